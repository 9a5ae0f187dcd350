// How urgent a clock is, independent of today: the day after which it is overdue. Same rule as `describeClock` and `bucketOf`.
import type { IsoDate } from '../dates.ts'

export interface DueItem {
  kind: string
  dueOn: IsoDate
  params: Readonly<Record<string, string | number | null>>
}

/** The later of the day a clock begins to ring and the deadline behind it. */
export function urgentOn({ kind, dueOn, params }: DueItem): IsoDate {
  const deadline = kind === 'expiring' ? params['validTo'] : params['due']
  return typeof deadline === 'string' && deadline > dueOn ? deadline : dueOn
}
