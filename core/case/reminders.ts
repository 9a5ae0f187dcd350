// Days before a deadline on which it is said again, and how long a snooze may silence it (own design of domain.md 4 and 7).
import { addDays, type IsoDate } from '../dates.ts'
import { deadlineOf, type DueItem } from './urgency.ts'

export const EXPIRY_REMINDERS = [30, 14, 7]
export const INFORMATION_REMINDERS = [5, 1]
export const APPEAL_REMINDERS = [14, 7, 1]

/** An appeal cannot be snoozed; nothing else sleeps past its deadline, nor past its next reminder before that. */
export function snoozed(clock: DueItem, until: IsoDate, since: IsoDate | null): IsoDate {
  if (clock.kind === 'appeal_due') return clock.dueOn
  const deadline = deadlineOf(clock)
  const next = since === null ? undefined : remindersOf(clock).find((day) => day > since)
  const ends = [until, deadline !== null && deadline > clock.dueOn ? deadline : until, next ?? until].sort()
  return clock.dueOn > ends[0]! ? clock.dueOn : ends[0]!
}

/** The days on which a clock rings again although it was snoozed before them (domain.md 4, 7). */
function remindersOf({ kind, params }: DueItem): IsoDate[] {
  const before = (end: unknown, days: readonly number[]) =>
    typeof end === 'string' ? days.map((count) => addDays(end, -count)) : []
  switch (kind) {
    case 'expiring':
      return before(params['validTo'], EXPIRY_REMINDERS)
    case 'information_due':
      return before(params['due'], INFORMATION_REMINDERS)
    case 'denied_claim':
    case 'denied_authorization':
      return before(params['appealBy'], [...APPEAL_REMINDERS, 0])
    default:
      return []
  }
}
