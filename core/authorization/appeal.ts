// Appealing the denial of a request: which level, until when, and what the payer said.
import { deadlineOf, nextDeadline } from '../appeal/deadline.ts'
import type { Deadline } from '../appeal/schema.ts'
import type { FiguredPayer } from '../payer-figures.ts'
import { standing } from './lifecycle.ts'
import type { Authorization } from './schema.ts'

type Decided = Pick<Authorization, 'state' | 'decidedOn' | 'appealDays' | 'history'>

/** Appeals of the request as it was sent last. */
function appealsOf({ history }: Pick<Authorization, 'history'>): number {
  const steps = standing(history)
  const sent = steps.map((step) => step.event).lastIndexOf('submit')
  return steps.slice(sent + 1).filter((step) => step.event === 'appeal').length
}

/** Until when a denial, or an approval with changes, may be appealed: the letter, then the payer's figure, then the law's. */
export function appealDeadline(decided: Decided, payer: FiguredPayer | null): Deadline | null {
  const { state, decidedOn, appealDays } = decided
  if (decidedOn === null || (state !== 'denied' && state !== 'approved_modified')) return null
  if (appealsOf(decided) > 0) return nextDeadline({ decidedOn, nextDays: appealDays })
  return deadlineOf({ eobDate: decidedOn, daysOnLetter: appealDays, letter: 'decision', payer })
}

/** The level of the appeal that is under way, or would be the next. */
export function appealLevel(decided: Decided): 'first' | 'second' {
  const before = appealsOf(decided) - (decided.state === 'appealed' ? 1 : 0)
  return before === 0 ? 'first' : 'second'
}

/** What the payer said with its denial; empty where nobody recorded it. */
export function denialWords({ history }: Pick<Authorization, 'history'>): string {
  return (
    standing(history)
      .filter((step) => step.event === 'deny')
      .at(-1)?.note ?? ''
  )
}
