// Reads a whole number that was typed; nothing is guessed.

/** The number, null when nothing is typed, undefined when it is not a whole number from `least` to `most`. */
export function wholeNumber(text: string, least: number, most: number): number | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  const value = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN
  return value >= least && value <= most ? value : undefined
}
