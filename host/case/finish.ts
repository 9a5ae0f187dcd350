// How a command on a case ends: a dated event in its history and an audit entry; it is derived anew before that is written.
import type { AuditEntry, CommandContext } from '#host/kernel/context.ts'
import type { CaseFile } from './case-file.ts'
import { addEvent } from './task-rows.ts'

export interface FinishedWork {
  /** Words for the timeline, without anything that identifies the patient. */
  event?: { kind: string; text: string; on?: string }
  audit: AuditEntry
}

/** Records the work on a case. */
export async function finishWork(
  context: CommandContext,
  file: CaseFile,
  { event, audit }: FinishedWork,
): Promise<void> {
  context.audit({ patientId: file.patientId, ...audit })
  if (event) await say(context, file, event)
  context.touches(file.id)
}

/** A dated event in the timeline of the case. */
export async function say(
  context: CommandContext,
  { id: caseId }: Pick<CaseFile, 'id'>,
  { kind, text, on = context.today }: NonNullable<FinishedWork['event']>,
): Promise<void> {
  await addEvent(context.tx, { id: context.newId<string>(), caseId, on, kind, body: text }, context)
}
