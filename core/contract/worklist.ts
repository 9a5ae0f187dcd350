// Worklists: what filters them, what a row says, and what can be done to several cases at once and taken back.
import * as z from 'zod'
import { AGES, AUTHORIZATION_LISTS } from '../authorization/worklist.ts'
import { Step } from '../case/schema.ts'
import { IsoDate } from '../dates.ts'
import { AuthorizationId, CaseId, PayerId, ProviderId, UserId } from '../ids.ts'
import { command, Done } from './route.ts'

export const WorklistFilter = z.strictObject({
  age: z.enum(AGES).optional(),
  payerId: PayerId.optional(),
  providerId: ProviderId.optional(),
  assignee: z.union([z.enum(['me', 'none']), UserId]).optional(),
  kind: z.enum(['estimate', 'required']).optional(),
  state: z.string().max(30).optional(),
})
export type WorklistFilter = z.infer<typeof WorklistFilter>

/** Where a clock stands on a day. */
export const TodayBucket = z.enum(['overdue', 'today', 'week', 'waiting'])
export type TodayBucket = z.infer<typeof TodayBucket>

/** What narrows Today: one bucket, or the most urgent of each. */
export const TodayQuery = z.strictObject({
  bucket: z.union([z.literal('all'), TodayBucket]).default('all'),
  ...WorklistFilter.pick({ assignee: true, payerId: true, providerId: true }).shape,
})
export type TodayQuery = z.infer<typeof TodayQuery>

/** What narrows the authorizations, and their order. */
export const AuthorizationQuery = z.strictObject({
  list: z.enum([...AUTHORIZATION_LISTS, 'all']).default('open'),
  ...WorklistFilter.shape,
  sort: z.enum(['urgency', 'sent', 'validTo', 'patient']).default('urgency'),
})
export type AuthorizationQuery = z.infer<typeof AuthorizationQuery>

/** A list as it is printed, one page per person: as narrowed, or only these cases of it. */
export const PrintedList = z.discriminatedUnion('of', [
  z.strictObject({
    of: z.literal('today'),
    ...TodayQuery.shape,
    caseIds: z.array(CaseId).max(500).optional(),
  }),
  z.strictObject({
    of: z.literal('authorizations'),
    ...AuthorizationQuery.shape,
    caseIds: z.array(CaseId).max(500).optional(),
  }),
])
export type PrintedList = z.infer<typeof PrintedList>

/** One row: what it is, why it is here, and the one next action. */
export const WorklistRow = z.strictObject({
  id: z.uuid(),
  authorizationId: AuthorizationId.nullable(),
  caseId: CaseId,
  /** Of the authorization; null for a case whose need is unknown. */
  version: z.number().int().nullable(),
  patientName: z.string(),
  tooth: z.string().nullable(),
  area: z.string().nullable(),
  code: z.string().nullable(),
  payerName: z.string().nullable(),
  providerName: z.string().nullable(),
  assigneeName: z.string().nullable(),
  kind: z.enum(['estimate', 'required']).nullable(),
  state: z.string(),
  sentOn: IsoDate.nullable(),
  ageDays: z.number().int().nullable(),
  expectedOn: IsoDate.nullable(),
  infoDueOn: IsoDate.nullable(),
  decidedOn: IsoDate.nullable(),
  validTo: IsoDate.nullable(),
  patientCalledOn: IsoDate.nullable(),
  lastVisitOn: IsoDate.nullable(),
  reference: z.string(),
  snoozedUntil: IsoDate.nullable(),
  lists: z.array(z.enum(AUTHORIZATION_LISTS)),
  reason: z.string(),
  source: z.string(),
  action: z.string(),
  step: Step,
  /** The day that counts for urgency; null when nothing is due. */
  deadline: IsoDate.nullable(),
  bucket: z.enum(['overdue', 'today', 'week', 'waiting', 'later']),
})
export type WorklistRow = z.infer<typeof WorklistRow>

export const Touch = z.strictObject({
  kind: z.enum(['call', 'portal', 'mail', 'note']),
  text: z.string().trim().min(1).max(500),
  /** Who was spoken to. */
  contact: z.string().trim().max(100).default(''),
  reference: z.string().trim().max(60).default(''),
  nextOn: IsoDate.nullable().default(null),
})

const Cases = z.array(CaseId).min(1).max(500)
const Undoable = z.strictObject({ undoId: z.uuid() })

export const worklistRoutes = {
  'worklist.assign': command({
    permission: 'work',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({ caseIds: Cases, userId: UserId.nullable() }),
    output: Undoable,
  }),
  'worklist.snooze': command({
    permission: 'work',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({ caseIds: Cases, until: IsoDate, reason: z.string().trim().min(1).max(300) }),
    output: Undoable,
  }),
  /** Takes back what the same person just did on a list, while nothing has changed since. */
  'action.undo': command({
    permission: 'work',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({ id: z.uuid() }),
    output: Done,
  }),
} as const
