// The calendar: what ends, is due or is planned, day by day; and the sheet for the morning.
import * as z from 'zod'
import { withCommas } from '../counts.ts'
import { Step } from '../case/schema.ts'
import { IsoDate } from '../dates.ts'
import { CaseId } from '../ids.ts'
import { Nothing, query } from './route.ts'

/** Beyond it a day of the month says "and more". */
export const MOST_ON_DAY = 100
export const CALENDAR_KINDS = ['ends', 'answer', 'information', 'visit', 'claim', 'appeal', 'task'] as const
export const CalendarItem = z.strictObject({
  id: z.string(),
  on: IsoDate,
  kind: z.enum(CALENDAR_KINDS),
  caseId: CaseId,
  patientName: z.string(),
  tooth: z.string().nullable(),
  area: z.string().nullable(),
  code: z.string().nullable(),
  payerName: z.string().nullable(),
  assigneeName: z.string().nullable(),
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
    input: Nothing,
    output: Huddle,
  }),
  'calendar.list': query({
    permission: 'read',
    topics: ['authorization', 'case', 'task', 'claim', 'appeal'],
    input: z.strictObject({ from: IsoDate, to: IsoDate, limit: z.number().int().min(1).max(2000).default(100) }),
    output: z.strictObject({
      items: z.array(CalendarItem),
      /** More than `limit` of one kind lie in these days. */
      isCut: z.boolean(),
    }),
  }),
  /** How much of each kind stands on the days of a month; days on which nothing stands are left out. */
  'calendar.month': query({
    permission: 'read',
    topics: ['authorization', 'case', 'task', 'claim', 'appeal'],
    input: z.strictObject({ days: z.array(IsoDate).min(1).max(42) }),
    output: z.strictObject({
      days: z.array(z.strictObject({ on: IsoDate, kind: z.enum(CALENDAR_KINDS), count: z.number().int() })),
      holidays: z.array(IsoDate),
    }),
  }),
} as const
