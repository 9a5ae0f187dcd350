// The audit trail: who did what when, and whether the trail is intact.
import * as z from 'zod'
import { Instant } from '../dates.ts'
import { Nothing, query } from './route.ts'

export const auditRoutes = {
  'audit.list': query({
    permission: 'audit',
    topics: [],
    audited: true,
    input: z.strictObject({
      entityId: z.string().max(80).nullable().default(null),
      before: z.number().int().nullable().default(null),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          seq: z.number().int(),
          at: Instant,
          user: z.string(),
          action: z.string(),
          entity: z.string(),
          entityId: z.string(),
          reason: z.string(),
          before: z.string().nullable(),
          after: z.string().nullable(),
        }),
      ),
    }),
  }),
  /** Walks the chain; `firstBad` names the first row that does not fit. */
  'audit.verify': query({
    permission: 'audit',
    topics: [],
    input: Nothing,
    output: z.strictObject({ ok: z.boolean(), rows: z.number().int(), firstBad: z.number().int().nullable() }),
  }),
} as const
