// The audit trail, read and verified.
import { type auditRoutes, MOST_EXPORTED } from '#core/contract/trail.ts'
import { verifyAudit } from '#host/kernel/audit.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { listTrail } from './trail-rows.ts'

export const auditHandlers = {
  'audit.list': ({ db }, input) => listTrail(db, input, input),
  'audit.export': async ({ db }, input) => ({
    rows: (await listTrail(db, input, { after: null, limit: MOST_EXPORTED })).rows,
  }),
  'audit.verify': ({ db, auditKey, trailEnd }) => verifyAudit(db, auditKey, trailEnd),
} satisfies HandlersOf<keyof typeof auditRoutes>
