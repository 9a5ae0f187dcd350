// The audit trail, read and verified.
import type { auditRoutes } from '#core/contract/session.ts'
import { verifyAudit } from '#host/kernel/audit.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

export const auditHandlers = {
  'audit.list': async ({ db }, { entityId, before, limit }) => {
    let query = db
      .selectFrom('audit')
      .leftJoin('app_user', 'app_user.id', 'audit.user_id')
      .select(['seq', 'at', 'name', 'action', 'entity', 'entity_id', 'reason', 'before_json', 'after_json'])
      .orderBy('seq', 'desc')
      .limit(limit)
    if (entityId !== null) query = query.where('entity_id', '=', entityId)
    if (before !== null) query = query.where('seq', '<', before)
    const rows = await query.execute()
    return {
      rows: rows.map((row) => ({
        seq: row.seq,
        at: row.at,
        user: row.name ?? '',
        action: row.action,
        entity: row.entity,
        entityId: row.entity_id,
        reason: row.reason,
        before: row.before_json,
        after: row.after_json,
      })),
    }
  },
  'audit.verify': ({ db, auditKey, trailEnd }) => verifyAudit(db, auditKey, trailEnd),
} satisfies HandlersOf<keyof typeof auditRoutes>
