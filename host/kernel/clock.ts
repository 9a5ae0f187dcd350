// The only place that turns an instant into the office's local calendar date.

/** `2026-11-23T23:30:00Z` → the calendar date on this PC. */
export function localDate(instant: string): string {
  const date = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
