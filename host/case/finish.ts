// How every command on a case ends: a dated event in its history, an audit entry, and what derives from it anew.
import { AppError } from '#core/errors.ts'
import type { CaseId } from '#core/ids.ts'
import { getCase } from './rows.ts'
import { addEvent } from './task-rows.ts'
import type { AuditEntry, CommandContext } from '#host/kernel/context.ts'
import { refreshCase } from './refresh.ts'

export interface Work {
  /** Words for the timeline, without anything that identifies the patient. */
  event?: { kind: string; text: string; on?: string }
  audit: AuditEntry
}

/** Records the work and derives the case's status and clocks from it. Call it last. */
export async function finishWork(context: CommandContext, caseId: CaseId, { event, audit }: Work): Promise<void> {
  const { patient_id: patientId } = await getCase(context.tx, caseId)
  context.audit({ patientId, ...audit })
  if (event) {
    const row = {
      id: context.newId<string>(),
      caseId,
      on: event.on ?? context.today,
      kind: event.kind,
      body: event.text,
    }
    await addEvent(context.tx, row, context)
  }
  await refreshCase(context, caseId)
}

/** Refuses with reasons that the UI shows one below the other. */
export function refuse(reasons: readonly string[]): never {
  throw new AppError('REFUSED', reasons.join(' '), { reasons })
}

/** Refuses a value of one field. */
export function invalid(path: string, message: string): never {
  throw new AppError('INVALID_INPUT', message, { issues: [{ path, message }] })
}
