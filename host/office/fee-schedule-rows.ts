// Fee schedules: rows to the shapes of the contract and back.
import { type FeeEdition, FeeSchedule, FeeScheduleInput, feeOn } from '#core/coverage/fee-schedule.ts'
import type { IsoDate } from '#core/dates.ts'
import type { FeeScheduleId } from '#core/ids.ts'
import type { Cents } from '#core/money.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

const Row = FeeSchedule.omit({ members: true, editions: true })
const Columns = FeeScheduleInput.omit({ members: true, editions: true })
const columns = (schedule: FeeScheduleInput) => ({
  ...columnsOf(Columns, schedule),
  members_json: JSON.stringify(schedule.members),
  editions_json: JSON.stringify(schedule.editions),
})
type Stored = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]
const toSchedule = (row: Stored): FeeSchedule => ({
  ...recordOf(Row, row),
  members: JSON.parse(row.members_json) as FeeSchedule['members'],
  editions: JSON.parse(row.editions_json) as FeeEdition[],
})
const select = (db: Reader) => db.selectFrom('fee_schedule').selectAll()

/** All fee schedules: the office's own first, then contracts by name. */
export async function listFeeSchedules(db: Reader): Promise<FeeSchedule[]> {
  return (await select(db).orderBy('kind', 'desc').orderBy('name').execute()).map(toSchedule)
}
export async function findFeeSchedule(db: Reader, id: FeeScheduleId | null): Promise<FeeSchedule | null> {
  const row = id && (await select(db).where('id', '=', id).executeTakeFirst())
  return row ? toSchedule(row) : null
}
/** The office's own schedule; null while there is none. */
export async function findOfficeSchedule(db: Reader): Promise<FeeSchedule | null> {
  const row = await select(db).where('kind', '=', 'office').executeTakeFirst()
  return row ? toSchedule(row) : null
}
/** The office's own fees of codes on a day; what is not on file is left out. */
export async function officeFees(db: Reader, codes: Iterable<string>, day: IsoDate): Promise<Map<string, Cents>> {
  const own = await findOfficeSchedule(db)
  return new Map(
    [...codes].flatMap((code) => {
      const cents = own && feeOn(own, code, day)
      return cents === null ? [] : [[code, cents] as const]
    }),
  )
}

export async function addFeeSchedule(
  tx: Writer,
  id: FeeScheduleId,
  schedule: FeeScheduleInput,
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'fee_schedule', { id, ...columns(schedule), ...stampOf(stamp) })
}
export async function updateFeeSchedule(
  tx: Writer,
  id: FeeScheduleId,
  version: number,
  schedule: FeeScheduleInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'fee_schedule', id, version, columns(schedule), stamp)
}
