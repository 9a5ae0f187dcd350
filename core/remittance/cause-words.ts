// Causes of denials (domain.md 6) in the words of screen and paper.
import { DenialCause } from './schema.ts'

const CAUSE_WORDS: Readonly<Record<DenialCause, string>> = {
  documentation: 'Papers missing',
  frequency: 'Frequency or limit',
  mismatch: 'Code or diagnosis does not fit',
  authorization: 'Authorization',
  bundling: 'Bundled into another service',
  not_covered: 'Not covered',
  timely: 'Filed too late',
  coordination: 'Other plan first',
  eligibility: 'Not eligible',
  other: 'Other',
}

/** The words for a cause as the figures carry it. */
export function causeWords(cause: string): string {
  const known = DenialCause.safeParse(cause)
  return known.success ? CAUSE_WORDS[known.data] : cause
}
