// Causes of denials (domain.md 6) in the words of screen and paper.
import { CAUSE_WORDS, DenialCause } from './schema.ts'

/** The words for a cause as the figures carry it. */
export function causeWords(cause: string): string {
  const known = DenialCause.safeParse(cause)
  return known.success ? CAUSE_WORDS[known.data] : cause
}
