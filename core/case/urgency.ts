// How urgent a clock is, independent of today: the day after which it is overdue. Same rule as `describeClock` and `bucketOf`.
import type { IsoDate } from '../dates.ts'
import type { Clock } from './deadlines.ts'

/** The later of the day a clock begins to ring and the deadline behind it. */
export function urgentOn({ kind, dueOn, params }: Pick<Clock, 'kind' | 'dueOn' | 'params'>): IsoDate {
  const deadline = kind === 'expiring' ? params['validTo'] : params['due']
  return typeof deadline === 'string' && deadline > dueOn ? deadline : dueOn
}
