// A case that was entered by mistake: out of every list and search, kept in the trail, given back whole.
import { whyNotVoid } from '#core/case/void.ts'
import type { CaseId } from '#core/ids.ts'
import { hasPackets } from '#host/document/packet-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { type CaseFile, openCase } from './case-file.ts'
import { finishWork } from './finish.ts'
import { listOpenCases } from './list-rows.ts'
import { updateCase } from './rows.ts'

/** @throws REFUSED once something of it was sent or paid; CONFLICT */
export async function voidCase(
  context: CommandContext,
  { id, version, reason }: { id: CaseId; version: number | null; reason: string },
): Promise<void> {
  const file = await openCase(context, id)
  const reasons = await whyToKeep(context, file)
  if (reasons.length > 0) refuse([...reasons, 'Close the case instead.'])
  if (file.record.state === 'voided') refuse(['This case is voided already.'])
  await file.write(context, ['head'], (tx) =>
    updateCase(tx, id, version, { state: 'voided', void_reason: reason }, context),
  )
  await finishWork(context, file, {
    event: { kind: 'case', text: `Voided: ${reason}` },
    audit: { entity: 'case', entityId: id, after: { state: 'voided' }, reason },
  })
  await touchOthers(context, file)
}

/** Gives a voided case back as it was, open or closed. @throws REFUSED when its patient is voided; CONFLICT */
export async function restoreCase(
  context: CommandContext,
  { id, version }: { id: CaseId; version: number | null },
): Promise<void> {
  const file = await openCase(context, id)
  const { state, closeReason } = file.record
  if (state !== 'voided') refuse(['This case is not voided.'])
  const before = closeReason === '' ? ('open' as const) : ('closed' as const)
  await file.write(context, ['head'], (tx) => updateCase(tx, id, version, { state: before, void_reason: '' }, context))
  await finishWork(context, file, {
    event: { kind: 'case', text: 'Restored' },
    audit: { entity: 'case', entityId: id, after: { state: before } },
  })
  await touchOthers(context, file)
}

/** What it planned no longer counts in the history of the patient’s other cases, or does again. */
async function touchOthers(context: CommandContext, { patientId }: CaseFile): Promise<void> {
  for (const id of await listOpenCases(context.tx, patientId)) context.touches(id)
}

/** Why the case has to stay on file. */
export async function whyToKeep({ db }: Pick<CommandContext, 'db'>, file: CaseFile): Promise<string[]> {
  const reasons = whyNotVoid(file)
  return reasons.length === 0 && (await hasPackets(db, file.id)) ? ['A packet for the payer was saved.'] : reasons
}
