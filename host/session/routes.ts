// The audit trail, read and verified.
import { type auditRoutes, MOST_EXPORTED } from '#core/contract/session.ts'
import { verifyAudit } from '#host/kernel/audit.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { listTrail } from './trail-rows.ts'

export const auditHandlers = {
  'audit.list': async ({ db }, input) => ({ rows: await listTrail(db, input, input) }),
  'audit.export': async ({ db }, input) => ({
    rows: await listTrail(db, input, { before: null, limit: MOST_EXPORTED }),
  }),
  'audit.verify': ({ db, auditKey, trailEnd }) => verifyAudit(db, auditKey, trailEnd),
} satisfies HandlersOf<keyof typeof auditRoutes>
