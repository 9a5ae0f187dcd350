// How long a payer takes: learned from the office's own answers once there are enough, else the shipped or typed figure.
import { businessDaysBetween, type IsoDate } from '../dates.ts'

/** Answers of a payer needed before the office's own history counts (issue 3). */
export const OWN_ANSWERS = 10

export interface Answered {
  sentOn: IsoDate
  decidedOn: IsoDate
}

/** The middle of the business days from sending to decision; null without answers. */
export function medianAnswerDays(answers: readonly Answered[], holidays: readonly IsoDate[]): number | null {
  return middle(answers.map((one) => businessDaysBetween(one.sentOn, one.decidedOn, holidays)))
}

/** The lower middle of a sample, so that one slow answer does not move the figure. */
export function middle(sample: readonly number[]): number | null {
  const sorted = [...sample].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

export interface Turnaround {
  /** Business days; null when nothing is known. */
  days: number | null
  /** Where the figure comes from, in words. */
  basis: string
}

/** The figure that counts for a payer: own history from `OWN_ANSWERS` on, else the figure on file. */
export function turnaroundOf(
  own: { days: number | null; answers: number },
  onFile: { days: number | null; source: string },
): Turnaround {
  if (own.days !== null && own.answers >= OWN_ANSWERS) return { days: own.days, basis: `our ${own.answers} answers` }
  return { days: onFile.days, basis: onFile.source }
}
