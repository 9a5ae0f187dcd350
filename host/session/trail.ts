// What the session itself leaves in the audit trail.
import type { Writer } from '#db/reader.ts'
import { appendAudit } from '#host/kernel/audit.ts'
import type { Principal } from '#host/kernel/caller.ts'
import { vaultPaths } from './paths.ts'
import type { OpenVault } from './vault.ts'
import { forgetRefused, trailRefused } from './refused-tries.ts'

/** Somebody in an open office. */
export interface Present {
  vault: OpenVault
  principal: Principal
}

/** Appends one row inside the caller's transaction. */
export async function recordTrail(
  { vault, principal }: Present,
  tx: Writer,
  now: string,
  [action, entity, entityId]: readonly [action: string, entity: string, entityId: string],
  after?: unknown,
): Promise<void> {
  await appendAudit(tx, vault.auditKey, {
    at: now,
    user_id: principal.user.id,
    session_id: principal.sessionId,
    action,
    entity,
    entity_id: entityId,
    patient_id: null,
    before_json: null,
    after_json: after === undefined ? null : JSON.stringify(after),
    reason: '',
  })
}

/**
 * The first row of a session, after the passwords and codes that were refused while nobody could write them down.
 * @returns forgets their file: to be called after the COMMIT, or they would stand in neither place when that fails
 */
export async function recordOpening(present: Present, tx: Writer, now: string, action: string): Promise<() => void> {
  const { vault, principal } = present
  const paths = vaultPaths(vault.folder)
  await trailRefused(paths, tx, { key: vault.auditKey, sessionId: principal.sessionId })
  await recordTrail(present, tx, now, [action, 'session', principal.sessionId])
  return () => forgetRefused(paths)
}
