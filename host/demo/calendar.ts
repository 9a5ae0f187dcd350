// Days of the invented practice, counted from today; what happens falls on working days.
import type { IsoDate } from '#core/dates.ts'

const DAY = 86_400_000

export interface Calendar {
  /** The calendar date `offset` days from today. */
  day(offset: number): IsoDate
  /** The same, moved back to Friday from a weekend. */
  workday(offset: number): IsoDate
  /** A date plus days. */
  plus(date: IsoDate, days: number): IsoDate
}

/** Plain UTC arithmetic: exact for calendar days, and fast enough for millions of them. */
export function createCalendar(today: IsoDate): Calendar {
  const start = Date.parse(`${today}T00:00:00Z`)
  const known = new Map<number, IsoDate>()
  const dayAt = (time: number): IsoDate => {
    let date = known.get(time)
    if (date === undefined) {
      date = new Date(time).toISOString().slice(0, 10)
      known.set(time, date)
    }
    return date
  }
  return {
    day: (offset) => dayAt(start + offset * DAY),
    workday(offset) {
      const time = start + offset * DAY
      const weekday = new Date(time).getUTCDay()
      return dayAt(time - (weekday === 6 ? 1 : weekday === 0 ? 2 : 0) * DAY)
    },
    plus: (date, days) => dayAt(Date.parse(`${date}T00:00:00Z`) + days * DAY),
  }
}

/** The instant at which a clock in the office shows `time` on that day: the host counts days by that clock. */
export function officeTime(on: IsoDate, time: string): string {
  return new Date(`${on}T${time}`).toISOString()
}
