// A patient who was entered by mistake: out of every list and search with their cases, kept in the trail, given back whole.
import type { PatientId } from '#core/ids.ts'
import { openCases } from '#host/case/case-file.ts'
import { restoreCase, voidCase, whyToKeep } from '#host/case/void.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { casesOfPatient, keepMoved, NOTHING_MOVED, setPatientState, takeMoved } from './merge-rows.ts'
import { indexPatients, standingOf } from './rows.ts'

/** @throws REFUSED once something of a case was sent or paid; CONFLICT */
export async function voidPatient(
  context: CommandContext,
  { id, version, reason }: { id: PatientId; version: number; reason: string },
): Promise<void> {
  const { tx } = context
  if ((await standingOf(tx, id)).standing !== 'active') refuse(['This patient is voided or merged already.'])
  const cases = (await casesOfPatient(tx, id)).filter(({ state }) => state !== 'voided').map((one) => one.id)
  const reasons = []
  for (const file of await openCases(context, cases)) reasons.push(...(await whyToKeep(context, file)))
  if (reasons.length > 0)
    refuse([...new Set(reasons), 'Such a patient stays on file. If it is entered twice, merge the two.'])
  for (const caseId of cases) await voidCase(context, { id: caseId, version: null, reason })
  const undoId = context.newId<string>()
  await keepMoved(tx, { id: undoId, action: 'patient.void', moved: { ...NOTHING_MOVED, cases } }, context)
  await setPatientState(tx, id, version, { standing: 'voided', void_reason: reason, undo_id: undoId }, context)
  await indexPatients(tx, [id])
  context.audit({ entity: 'patient', entityId: id, patientId: id, after: { state: 'voided', cases }, reason })
}

/** Gives a voided patient back, with the cases that went along. @throws REFUSED, CONFLICT */
export async function restorePatient(
  context: CommandContext,
  { id, version }: { id: PatientId; version: number },
): Promise<void> {
  const { tx } = context
  const { standing, undoId } = await standingOf(tx, id)
  if (standing !== 'voided' || !undoId) refuse(['This patient is not voided.'])
  const { cases } = await takeMoved(tx, undoId, context)
  await setPatientState(tx, id, version, { standing: 'active', void_reason: '', undo_id: null }, context)
  await indexPatients(tx, [id])
  const voided = (await casesOfPatient(tx, id)).filter((one) => one.state === 'voided').map((one) => one.id)
  for (const caseId of cases) if (voided.includes(caseId)) await restoreCase(context, { id: caseId, version: null })
  context.audit({ entity: 'patient', entityId: id, patientId: id, after: { state: 'active', cases } })
}
