// Today, the worklists and the calendar: what is due, overdue or stuck, with the reason and the one next action.
import * as z from 'zod'
import { AGES, AUTHORIZATION_LISTS } from '../authorization/worklist.ts'
import { ActionForm } from '../case/actions.ts'
import { Step } from '../case/schema.ts'
import { BUCKETS } from '../case/urgency.ts'
import { withCommas } from '../counts.ts'
import { IsoDate } from '../dates.ts'
import { AuthorizationId, CaseId, PayerId, ProviderId, TaskId, UserId } from '../ids.ts'
import { Cents } from '../money.ts'
import { command, query } from './route.ts'

export const WorklistFilter = z.strictObject({
  age: z.enum(AGES).optional(),
  payerId: PayerId.optional(),
  providerId: ProviderId.optional(),
  assignee: z.union([z.enum(['me', 'none']), UserId]).optional(),
  kind: z.enum(['estimate', 'required']).optional(),
  state: z.string().max(30).optional(),
})
export type WorklistFilter = z.infer<typeof WorklistFilter>

/** Where a case stands on a day. */
export const TodayBucket = z.enum(BUCKETS)
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

/** How every list names a case. */
const CaseLabel = {
  patientName: z.string(),
  tooth: z.string().nullable(),
  area: z.string().nullable(),
  code: z.string().nullable(),
  payerName: z.string().nullable(),
  assigneeName: z.string().nullable(),
}

/** One row: what it is, why it is here, and the one next action. */
export const WorklistRow = z.strictObject({
  id: z.uuid(),
  authorizationId: AuthorizationId.nullable(),
  caseId: CaseId,
  /** Of the authorization; null for a case whose need is unknown. */
  version: z.number().int().nullable(),
  ...CaseLabel,
  providerName: z.string().nullable(),
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
  /** The form that does it; null: the page of its step. */
  form: ActionForm.nullable(),
  taskId: TaskId.nullable(),
  step: Step,
  /** The day that counts for urgency; null when nothing is due. */
  deadline: IsoDate.nullable(),
  bucket: z.enum(['overdue', 'today', 'week', 'waiting', 'later']),
})
export type WorklistRow = z.infer<typeof WorklistRow>

const Cases = z.array(CaseId).min(1).max(500)
const Undoable = z.strictObject({ undoId: z.uuid() })

/** A case that rings, by the most urgent of its clocks: `reason` says why it is here, `action` what to do, at `step`. */
export const TodayRow = z.strictObject({
  key: z.string(),
  caseId: CaseId,
  taskId: TaskId.nullable(),
  authorizationId: AuthorizationId.nullable(),
  ...CaseLabel,
  providerName: z.string().nullable(),
  bucket: TodayBucket,
  /** The fee of all its services. */
  amountCents: Cents,
  /** How many of its other clocks ring or will within the week. */
  more: z.number().int(),
  /** Since when it rings, or will. */
  dueOn: IsoDate,
  /** The last day in time; null where nothing runs out. */
  deadline: IsoDate.nullable(),
  reason: z.string(),
  source: z.string(),
  action: z.string(),
  /** The form that does it; null: the page of its step. */
  form: ActionForm.nullable(),
  step: Step,
})
export type TodayRow = z.infer<typeof TodayRow>

export const todayRoutes = {
  'today.list': query({
    permission: 'read',
    topics: ['task', 'case', 'authorization', 'claim', 'appeal'],
    input: z.strictObject({
      ...TodayQuery.shape,
      after: z.string().max(300).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.strictObject({
      today: IsoDate,
      rows: z.array(TodayRow),
      next: z.string().nullable(),
      counts: z.strictObject({
        overdue: z.number().int(),
        today: z.number().int(),
        week: z.number().int(),
        waiting: z.number().int(),
      }),
      /** Fees of what is late or due today. */
      atStakeCents: Cents,
      steps: z.record(Step, z.number().int()),
    }),
  }),
  /** What a new office has set up so far; the second place for backups `backup.list` knows. */
  'today.firstWeek': query({
    permission: 'read',
    topics: ['user', 'payer', 'patient', 'setting', 'case'],
    output: z.strictObject({
      people: z.boolean(),
      payers: z.boolean(),
      clearinghouse: z.boolean(),
      patients: z.boolean(),
      printed: z.boolean(),
    }),
  }),
} as const

/** From so many cases on, a mistake is no longer mended by hand. */
const MANY = 20
const changesMany = ({ caseIds }: { caseIds: readonly unknown[] }) => caseIds.length >= MANY

export const worklistRoutes = {
  'worklist.assign': command({
    permission: 'work',
    backsUp: changesMany,
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({ caseIds: Cases, userId: UserId.nullable() }),
    output: Undoable,
  }),
  'worklist.snooze': command({
    permission: 'work',
    backsUp: changesMany,
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({ caseIds: Cases, until: IsoDate, reason: z.string().trim().min(1).max(300) }),
    output: Undoable,
  }),
  /** Takes back what the same person just did on a list, while nothing has changed since. */
  'action.undo': command({
    permission: 'work',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({ id: z.uuid() }),
  }),
} as const

/** Beyond it a day of the month says "and more". */
export const MOST_ON_DAY = 100

/** Items of one kind that a list of days holds at most. */
export const MOST_LISTED = 2000

export const CALENDAR_KINDS = ['ends', 'answer', 'information', 'visit', 'claim', 'appeal', 'task'] as const

export const CalendarItem = z.strictObject({
  id: z.string(),
  on: IsoDate,
  kind: z.enum(CALENDAR_KINDS),
  caseId: CaseId,
  ...CaseLabel,
  /** `Authorization ends`, `Answer expected`, the title of a task. */
  text: z.string(),
  step: Step,
})
export type CalendarItem = z.infer<typeof CalendarItem>

export const HuddlePart = z.strictObject({
  title: z.string(),
  /** All there are; `rows` may hold fewer. */
  count: z.number().int(),
  /** There are more than `count`: counting stopped. */
  isMore: z.boolean(),
  head: z.array(z.string()),
  rows: z.array(z.array(z.string())),
})
export type HuddlePart = z.infer<typeof HuddlePart>

/** `57`, or what of it is shown: `first 40 of 57`. */
export function huddleCount({ count, isMore, rows }: Pick<HuddlePart, 'count' | 'isMore' | 'rows'>): string {
  const all = `${withCommas(count)}${isMore ? ' or more' : ''}`
  return rows.length < count ? `first ${rows.length} of ${all}` : all
}

export const Huddle = z.strictObject({ day: IsoDate, lead: z.string(), parts: z.array(HuddlePart) })
export type Huddle = z.infer<typeof Huddle>

export const calendarRoutes = {
  /** The sheet for the morning: who comes, what does not hold, whom to call, what is due. */
  'calendar.huddle': query({
    permission: 'read',
    topics: ['authorization', 'case', 'task', 'claim', 'appeal'],
    output: Huddle,
  }),
  'calendar.list': query({
    permission: 'read',
    topics: ['authorization', 'case', 'task', 'claim', 'appeal'],
    input: z.strictObject({ from: IsoDate, to: IsoDate, limit: z.number().int().min(1).max(MOST_LISTED).default(40) }),
    output: z.strictObject({
      items: z.array(CalendarItem),
      /** More than `limit` of one kind lie in these days. */
      isCut: z.boolean(),
    }),
  }),
  /** How much of each kind stands on the days of a month, with the first last names; days on which nothing stands are left out. */
  'calendar.month': query({
    permission: 'read',
    topics: ['authorization', 'case', 'task', 'claim', 'appeal'],
    input: z.strictObject({ days: z.array(IsoDate).min(1).max(42) }),
    output: z.strictObject({
      days: z.array(
        z.strictObject({
          on: IsoDate,
          kind: z.enum(CALENDAR_KINDS),
          count: z.number().int(),
          names: z.array(z.string()),
        }),
      ),
      holidays: z.array(IsoDate),
    }),
  }),
} as const
