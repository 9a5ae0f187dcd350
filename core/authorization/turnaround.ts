// How long a payer takes, learned from the office's own answers.
import { businessDaysBetween, type IsoDate } from '../dates.ts'

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
