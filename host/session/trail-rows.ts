// The audit trail, read: page by page, and for what came after a backup.
import type Sqlite from 'better-sqlite3'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { Reader } from '#db/reader.ts'
import type { AuditHead } from '#host/kernel/audit.ts'

/** The newest rows first. */
export async function listTrail(
  db: Reader,
  { entityId, before, limit }: ParsedInputOf<'audit.list'>,
): Promise<OutputOf<'audit.list'>['rows']> {
  let query = db
    .selectFrom('audit')
    .leftJoin('app_user', 'app_user.id', 'audit.user_id')
    .select(['seq', 'at', 'name', 'action', 'entity', 'entity_id', 'reason', 'before_json', 'after_json'])
    .orderBy('seq', 'desc')
    .limit(limit)
  if (entityId !== null) query = query.where('entity_id', '=', entityId)
  if (before !== null) query = query.where('seq', '<', before)
  const rows = await query.execute()
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    user: row.name ?? '',
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    reason: row.reason,
    before: row.before_json,
    after: row.after_json,
  }))
}

/** When the first change was made that no backup with one of these heads holds; that somebody signed in is no change. */
export function firstChangeAfter(sqlite: Sqlite.Database, heads: readonly AuditHead[]): string | null {
  const hashOf = sqlite.prepare('SELECT hash FROM audit WHERE seq = ?').pluck()
  // Backups of a time before a restore may have higher numbers and other hashes.
  const ours = heads.filter(({ seq, hash }) => hashOf.get(seq) === hash)
  const later =
    "SELECT at FROM audit WHERE seq > ? AND action NOT IN ('session.signIn', 'session.signInByPin', 'session.recover') ORDER BY seq LIMIT 1"
  const first = sqlite
    .prepare(later)
    .pluck()
    .get(Math.max(0, ...ours.map(({ seq }) => seq)))
  return (first as string | undefined) ?? null
}
