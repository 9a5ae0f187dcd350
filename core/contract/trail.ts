// The audit trail: looked through, exported, verified.
import * as z from 'zod'
import { Instant, IsoDate } from '../dates.ts'
import { PatientId, UserId } from '../ids.ts'
import { TRAIL_KINDS, type TrailKind } from '../trail-words.ts'
import { Verdict } from '../trail-verdict.ts'
import { query } from './route.ts'

/** What of the trail is looked for. */
export const TrailFilter = z.strictObject({
  entityId: z.string().max(80).nullable().default(null),
  /** Who did it. */
  userId: UserId.nullable().default(null),
  /** Whose chart, cases, claims and payments. */
  patientId: PatientId.nullable().default(null),
  kind: z
    .enum(Object.keys(TRAIL_KINDS) as TrailKind[])
    .nullable()
    .default(null),
  /** Days of the office, both included. */
  from: IsoDate.nullable().default(null),
  to: IsoDate.nullable().default(null),
})
export type TrailFilter = z.output<typeof TrailFilter>

const TrailRow = z.strictObject({
  seq: z.number().int(),
  at: Instant,
  user: z.string(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  /** The tooth or area of the case it was about, `#8`; empty where there is none. */
  about: z.string(),
  reason: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type TrailRow = z.output<typeof TrailRow>

/** A spreadsheet takes more; whoever wants older rows names the days. */
export const MOST_EXPORTED = 10_000

export const auditRoutes = {
  /** The newest first. `after` is the number of the last row that was read. */
  'audit.list': query({
    permission: 'audit',
    topics: [],
    audited: true,
    input: TrailFilter.extend({
      after: z
        .string()
        .regex(/^\d{1,15}$/)
        .nullable()
        .default(null),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    output: z.strictObject({ rows: z.array(TrailRow), next: z.string().nullable() }),
  }),
  /** The newest rows, at most `MOST_EXPORTED`. */
  'audit.export': query({
    permission: 'audit',
    topics: [],
    audited: true,
    input: TrailFilter,
    noted: (filter) => filter,
    output: z.strictObject({ rows: z.array(TrailRow) }),
  }),
  /** Walks the chain. */
  'audit.verify': query({
    permission: 'audit',
    topics: [],
    output: Verdict,
  }),
} as const
