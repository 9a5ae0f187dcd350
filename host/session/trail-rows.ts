// The audit trail, read: page by page, and for what came after a backup.
import type Sqlite from 'better-sqlite3'
import type { TrailFilter, TrailRow } from '#core/contract/trail.ts'
import { addDays } from '#core/dates.ts'
import { TRAIL_KINDS } from '#core/trail-words.ts'
import { startOf } from '#host/kernel/clock.ts'
import type { Reader } from '#db/reader.ts'
import type { AuditHead } from '#host/kernel/audit.ts'
import { type PageOf, pageOf } from '#host/kernel/paging.ts'
import { aboutPatient, sitesOf } from './trail-subject-rows.ts'

/** The newest rows first, older than the one numbered `after`. */
export async function listTrail(
  db: Reader,
  { entityId, userId, patientId, kind, from, to }: TrailFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<PageOf<TrailRow>> {
  let query = db
    .selectFrom('audit')
    .leftJoin('app_user', 'app_user.id', 'audit.user_id')
    .select(['seq', 'at', 'name', 'action', 'entity', 'entity_id', 'reason', 'before_json', 'after_json'])
    .orderBy('seq', 'desc')
    .limit(limit + 1)
  if (entityId !== null) query = query.where('entity_id', '=', entityId)
  if (userId !== null) query = query.where('audit.user_id', '=', userId)
  if (patientId !== null) query = query.where(aboutPatient(patientId))
  if (kind !== null)
    query = query.where(({ eb, or }) => or(TRAIL_KINDS[kind].of.map((start) => eb('action', 'like', `${start}%`))))
  if (from !== null) query = query.where('at', '>=', startOf(from))
  if (to !== null) query = query.where('at', '<', startOf(addDays(to, 1)))
  if (after !== null) query = query.where('seq', '<', Number(after))
  const { rows, next } = pageOf(await query.execute(), limit, ({ seq }) => String(seq))
  const sites = await sitesOf(db, [...new Set(rows.map((row) => row.entity_id))])
  return {
    rows: rows.map((row) => ({
      seq: row.seq,
      at: row.at,
      user: row.name ?? '',
      action: row.action,
      entity: row.entity,
      entityId: row.entity_id,
      about: sites.get(row.entity_id) ?? '',
      reason: row.reason,
      before: row.before_json,
      after: row.after_json,
    })),
    next,
  }
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
