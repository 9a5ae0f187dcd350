// A list of fees against a fee schedule: new, changed and known fees; written as fees from a day on.
import type { ParsedInputOf } from '#core/contract/index.ts'
import { editionOn, type FeeSchedule } from '#core/coverage/fee-schedule.ts'
import { FEE_HEADINGS, type FeeField, missingFeeFields } from '#core/fee-import/fields.ts'
import { feeChanges, type FeeChanges, feesWith, type ReadFees, readFeeRows } from '#core/fee-import/read-fees.ts'
import type { FeeScheduleId } from '#core/ids.ts'
import { askedColumns } from '#core/import/headings.ts'
import { type OpenedList, openList } from '#host/import/open-list.ts'
import { addImport, type Changed, type Made, rememberedLists, rememberList } from '#host/import/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { Reader } from '#host/kernel/store.ts'
import { found } from '#host/kernel/versioned.ts'
import { addFeeSchedule, findFeeSchedule, findOfficeSchedule, updateFeeSchedule } from './fee-schedule-rows.ts'

type Target = ParsedInputOf<'feeSchedule.previewImport'>['into']
interface FeeList
  extends Omit<OpenedList<FeeField>, 'above' | 'body'>, Omit<ReadFees, 'fees'>, Omit<FeeChanges, 'same'> {
  missing: string[]
  asked: ReturnType<typeof askedColumns<FeeField>>
  questions: []
  duplicates: number
  schedule: FeeSchedule | null
}
/** A schedule before an import changed it. */
export type FeesBefore = Omit<FeeSchedule, 'id' | 'version'>

/** Reads the file and holds its fees against those of the schedule. Writes nothing. @throws REFUSED */
export async function readFeeList(
  db: Reader,
  { into, ...input }: ParsedInputOf<'feeSchedule.previewImport'>,
): Promise<FeeList> {
  const schedule = await scheduleOf(db, into)
  const opened = await openList(input, FEE_HEADINGS, await rememberedLists<FeeField>(db, 'fee_schedule'))
  const { above: _, body, ...rest } = opened
  const missing = missingFeeFields(rest.mapping)
  const asked = askedColumns(rest.headings, rest.mapping, rest.ignored, FEE_HEADINGS)
  const { fees, ...read } = readFeeRows(missing.length > 0 ? [] : body, rest)
  const { same: duplicates, ...changes } = feeChanges(fees, feesOn(schedule, into))
  return { ...rest, missing, asked, questions: [], ...read, ...changes, duplicates, schedule }
}

const feesOn = (schedule: FeeSchedule | null, { from }: Target) => (schedule && editionOn(schedule, from)?.fees) ?? []

async function scheduleOf(db: Reader, { scheduleId, kind, name }: Target): Promise<FeeSchedule | null> {
  if (scheduleId !== null) return found(await findFeeSchedule(db, scheduleId), 'fee schedule', scheduleId)
  const own = kind === 'office' ? await findOfficeSchedule(db) : null
  if (own) refuse([`“${own.name}” holds the office’s own fees already. Choose it.`])
  if (name === '') refuse(['Type a name for the new fee schedule.'])
  return null
}

/** Writes the new and the changed fees. @returns the id of the import */
export async function writeFeeList(context: CommandContext, list: FeeList, into: Target): Promise<string> {
  const { tx } = context
  await rememberList(tx, 'fee_schedule', list)
  const { fresh, changed, schedule, sha256, rows } = list
  const importId = context.newId<string>()
  const fees = feesWith(feesOn(schedule, into), [...fresh, ...changed])
  const made: Made[] = []
  const before: Changed<FeesBefore>[] = []
  if (schedule === null) {
    const id = context.newId<FeeScheduleId>()
    const { kind, name, from } = into
    const editions = [{ from, source: SOURCE, fees }]
    await addFeeSchedule(tx, id, { name, kind, members: [], endsOn: null, editions }, context)
    made.push({ entity: 'fee_schedule', id })
  } else {
    const { id, version, ...was } = schedule
    const same = was.editions.find(({ from }) => from === into.from)
    const others = was.editions.filter((one) => one !== same)
    const editions = [...others, { from: into.from, source: same?.source || SOURCE, fees }]
    await updateFeeSchedule(tx, id, version, { ...was, editions }, context)
    before.push({ id, version: version + 1, before: was })
  }
  await addImport(tx, { id: importId, kind: 'fee_schedule', sha256, rows, made, changed: before }, context)
  return importId
}
const SOURCE = 'Imported list'

/** Puts a schedule back as it was; one that was edited since stays. */
export async function putFeesBack(
  context: CommandContext,
  changed: readonly (Changed<FeesBefore> & { versionNow: number | null })[],
): Promise<{ restored: number; stayed: number }> {
  let restored = 0
  for (const { id, version, versionNow, before } of changed) {
    if (version !== versionNow) continue
    await updateFeeSchedule(context.tx, id as FeeScheduleId, version, before, context)
    restored += 1
  }
  return { restored, stayed: changed.length - restored }
}
