// Counts beside lists stop somewhere, so that counting stays cheap however large the office.

/** Nobody works through more than this in a day: beyond it a count says "and more". */
export const MOST_COUNTED = 1000

/** A count as shown: `12`, or `1,000+` where counting stopped. */
export function countText(count: number): string {
  const text = Math.min(count, MOST_COUNTED).toLocaleString('en-US')
  return count >= MOST_COUNTED ? `${text}+` : text
}
