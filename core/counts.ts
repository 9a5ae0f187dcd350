// Counts beside lists stop somewhere, so that counting stays cheap however large the office.

/** Nobody works through more than this in a day: beyond it a count says "and more". */
export const MOST_COUNTED = 1000

/** `12,345`. By hand, since the first number written by `toLocaleString` waits 30 to 50 ms for its tables. */
export function withCommas(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A count as shown: `12`, or `1,000+` where counting stopped. */
export function countText(count: number): string {
  const text = withCommas(Math.min(count, MOST_COUNTED))
  return count >= MOST_COUNTED ? `${text}+` : text
}
