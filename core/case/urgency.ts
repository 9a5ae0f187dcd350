// When a clock is late, and where it stands on a day: by the deadline behind it, not by how long it has rung.
import { daysBetween, type IsoDate } from '../dates.ts'

export interface DueItem {
  kind: string
  /** The day it begins to ring. */
  dueOn: IsoDate
  params: Readonly<Record<string, string | number | null>>
}
export const BUCKETS = ['overdue', 'today', 'week', 'waiting'] as const
/** late · to be done today · there is time · somebody else's move */
export type Bucket = (typeof BUCKETS)[number]

/** Sorts behind every date. */
export const NEVER = '9999-12-31'
/** How far Today looks ahead. */
export const AHEAD_DAYS = 7

/** Which day ends the time for a kind: one of its dates, or the day it rings for what somebody else owes us. */
const ENDS: Readonly<Record<string, string>> = {
  task: 'dueOn',
  no_answer: 'dueOn',
  no_eob: 'dueOn',
  appeal_unanswered: 'answer',
  information_due: 'due',
  eob_information: 'due',
  timely_filing: 'due',
  appeal_due: 'due',
  denied_claim: 'appealBy',
  denied_authorization: 'appealBy',
  expiring: 'validTo',
  visit_after_expiry: 'validTo',
}

/** The last day on which it is in time; null where nothing runs out: it is to be done, and never late. */
export function deadlineOf({ kind, dueOn, params }: DueItem): IsoDate | null {
  const name = ENDS[kind]
  if (name === undefined) return null
  const day = name === 'dueOn' ? dueOn : params[name]
  return typeof day === 'string' ? day : null
}

/** The day that a list stands in the order of: the deadline, else the day it began to ring. */
export const countsOn = (item: DueItem): IsoDate => deadlineOf(item) ?? item.dueOn

/** Where a clock stands in Today; null while it lies further ahead. As time goes by it only comes nearer. */
export function bucketOf(clock: DueItem & { waiting: boolean }, today: IsoDate): Bucket | null {
  if (clock.dueOn > today) {
    if (clock.waiting) return 'waiting'
    return daysBetween(today, clock.dueOn) <= AHEAD_DAYS ? 'week' : null
  }
  const deadline = deadlineOf(clock)
  if (deadline === null || deadline === today) return 'today'
  return deadline < today ? 'overdue' : 'week'
}
