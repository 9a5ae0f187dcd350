// The audit trail, read: page by page, and for what came after a backup.
import type Sqlite from 'better-sqlite3'
import type { TrailFilter, TrailRow } from '#core/contract/session.ts'
import { addDays } from '#core/dates.ts'
import { TRAIL_KINDS } from '#core/trail-words.ts'
import { startOf } from '#host/kernel/clock.ts'
import type { Reader } from '#db/reader.ts'
import type { AuditHead } from '#host/kernel/audit.ts'

/** The newest rows first, before the one with number `before`. */
export async function listTrail(
  db: Reader,
  { entityId, userId, kind, from, to }: TrailFilter,
  { before, limit }: { before: number | null; limit: number },
): Promise<TrailRow[]> {
  let query = db
    .selectFrom('audit')
    .leftJoin('app_user', 'app_user.id', 'audit.user_id')
    .select(['seq', 'at', 'name', 'action', 'entity', 'entity_id', 'reason', 'before_json', 'after_json'])
    .orderBy('seq', 'desc')
    .limit(limit)
  if (entityId !== null) query = query.where('entity_id', '=', entityId)
  if (userId !== null) query = query.where('audit.user_id', '=', userId)
  if (kind !== null)
    query = query.where(({ eb, or }) => or(TRAIL_KINDS[kind].of.map((start) => eb('action', 'like', `${start}%`))))
  if (from !== null) query = query.where('at', '>=', startOf(from))
  if (to !== null) query = query.where('at', '<', startOf(addDays(to, 1)))
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
