// The days of a month as weeks from Sunday to Saturday.
import { addDays, addMonths, type IsoDate, weekdayOf } from './dates.ts'

/** Six weeks at most; the days before and after the month fill the first and the last. */
export function weeksOf(day: IsoDate): IsoDate[][] {
  const first = `${day.slice(0, 7)}-01`
  const next = addMonths(first, 1)
  const weeks: IsoDate[][] = []
  for (let sunday = addDays(first, -(weekdayOf(first) % 7)); sunday < next; sunday = addDays(sunday, 7))
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(sunday, at)))
  return weeks
}

/** Where a key leads from a day; null for keys that do not move. */
export function moveDay(day: IsoDate, key: string, today: IsoDate): IsoDate | null {
  const weekday = weekdayOf(day) % 7
  const moves: Record<string, () => IsoDate> = {
    ArrowLeft: () => addDays(day, -1),
    ArrowRight: () => addDays(day, 1),
    ArrowUp: () => addDays(day, -7),
    ArrowDown: () => addDays(day, 7),
    PageUp: () => addMonths(day, -1),
    PageDown: () => addMonths(day, 1),
    Home: () => addDays(day, -weekday),
    End: () => addDays(day, 6 - weekday),
    '0': () => today,
  }
  return moves[key]?.() ?? null
}
