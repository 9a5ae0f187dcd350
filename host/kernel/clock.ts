// The only place that turns an instant into the office's local calendar date, and back.
import { clockTime, formatDate } from '#core/dates.ts'

/** `2026-11-23T23:30:00Z` → the calendar date on this PC. */
export function localDate(instant: string): string {
  const date = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** `2026-11-23T23:30:00Z` → `Nov 23, 2026, 6:30 PM` on this PC. */
export function localTime(instant: string): string {
  const date = new Date(instant)
  return `${formatDate(localDate(instant))}, ${clockTime(date.getHours(), date.getMinutes())}`
}

/** `2026-11-23` → the instant at which that day begins on this PC. */
export function startOf(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString()
}
