// What the session itself leaves in the audit trail.
import type { Writer } from '#db/reader.ts'
import { appendAudit } from '#host/kernel/audit.ts'
import { type OpenVault, vaultPaths } from './vault.ts'
import { forgetRestoreTries, trailRestoreTries } from './restore-tries.ts'

/** Appends one row inside the caller's transaction. */
export async function recordTrail(
  vault: OpenVault,
  tx: Writer,
  now: string,
  [action, entity, entityId]: readonly [action: string, entity: string, entityId: string],
  after?: unknown,
): Promise<void> {
  vault.head = await appendAudit(tx, vault.auditKey, vault.head, {
    at: now,
    user_id: vault.user.id,
    session_id: vault.sessionId,
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
 * The first row of a session, after the restores that were refused while nobody could write them down.
 * @returns forgets their file: to be called after the COMMIT, or they would stand in neither place when that fails
 */
export async function recordOpening(vault: OpenVault, tx: Writer, now: string, action: string): Promise<() => void> {
  const paths = vaultPaths(vault.folder)
  vault.head = await trailRestoreTries(paths, tx, {
    key: vault.auditKey,
    head: vault.head,
    sessionId: vault.sessionId,
  })
  await recordTrail(vault, tx, now, [action, 'session', vault.sessionId])
  return () => forgetRestoreTries(paths)
}
