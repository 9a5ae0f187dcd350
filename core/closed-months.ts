// Closed months: what was counted for a month stays as it was counted. Our own rule, as bookkeeping programs have it (lock dates).
import { addDays, addMonths, formatDate, type IsoDate } from './dates.ts'

/** The last days of the months that have ended, the latest first. */
export function endedMonths(today: IsoDate, count: number): IsoDate[] {
  const firstDay = `${today.slice(0, 8)}01`
  return Array.from({ length: count }, (_, back) => addDays(addMonths(firstDay, -back), -1))
}

/** Why months cannot be closed through this day; null when they can. */
export function closingProblem(through: IsoDate, today: IsoDate): string | null {
  if (!addDays(through, 1).endsWith('-01')) return 'Months are closed whole: choose the last day of one.'
  return through < today ? null : 'A month can be closed once it has ended.'
}

/** Why money of this day cannot be entered or changed any more; null while its month is open. */
export function closedWords(day: IsoDate, closedThrough: IsoDate | null): string | null {
  if (closedThrough === null || day > closedThrough) return null
  return `${formatDate(day)} is in a closed month (closed through ${formatDate(closedThrough)}). Use a later date, or ask an owner to open it in Settings.`
}
