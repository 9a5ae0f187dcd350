// Who looked at and changed what belongs to a case, from the audit trail.
import type { TrailEntry } from '#core/document/sheets.ts'
import type { Reader } from '#db/reader.ts'

/** Oldest first. */
export async function listAccess(db: Reader, entityIds: readonly string[]): Promise<TrailEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('app_user', 'app_user.id', 'audit.user_id')
    .select(['audit.at', 'audit.action', 'audit.reason', 'app_user.name'])
    .where('entity_id', 'in', entityIds)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    at: row.at,
    on: row.at.slice(0, 10),
    user: row.name ?? '',
    text: row.reason ? `${row.action} (${row.reason})` : row.action,
  }))
}
