// What became of requests, by payer, code and kind (an estimate promises nothing, so the two are never added up): rates with the number of cases behind each.
import * as z from 'zod'
import { businessDaysBetween, type IsoDate } from '../dates.ts'
import { PayerId } from '../ids.ts'
import { AuthorizationKind, type AuthorizationState } from './schema.ts'
import { middle } from './turnaround.ts'

/** One decided or expired request, as far as figures need it. */
export interface DecidedRequest {
  payerId: PayerId | null
  payerName: string
  code: string
  kind: AuthorizationKind
  state: AuthorizationState
  /** How the payer last decided. */
  decision: 'approved' | 'approved_modified' | 'denied'
  sentOn: IsoDate | null
  decidedOn: IsoDate
}

export const FigureRow = z.strictObject({
  payerId: PayerId.nullable(),
  payerName: z.string(),
  code: z.string(),
  kind: AuthorizationKind,
  /** Decided requests: the number behind every rate of the row. */
  cases: z.number().int(),
  approved: z.number().int(),
  modified: z.number().int(),
  denied: z.number().int(),
  /** Business days from sending to decision; null when no request has both dates. */
  medianDays: z.number().int().nullable(),
  /** Nine of ten were answered within this many. */
  ninetiethDays: z.number().int().nullable(),
  expiredUnused: z.number().int(),
})
export type FigureRow = z.infer<typeof FigureRow>

/** One row per payer, code and kind, the most requests first. */
export function answerFigures(requests: readonly DecidedRequest[], holidays: readonly IsoDate[]): FigureRow[] {
  const groups = new Map<string, DecidedRequest[]>()
  for (const request of requests) {
    const key = `${request.payerId ?? ''} ${request.code} ${request.kind}`
    groups.set(key, [...(groups.get(key) ?? []), request])
  }
  const count = (group: readonly DecidedRequest[], decision: DecidedRequest['decision']) =>
    group.filter((one) => one.decision === decision).length
  return [...groups.values()]
    .map((group) => {
      const days = group.flatMap((one) =>
        one.sentOn ? [businessDaysBetween(one.sentOn, one.decidedOn, holidays)] : [],
      )
      const { payerId, payerName, code, kind } = group[0]!
      return {
        payerId,
        payerName,
        code,
        kind,
        cases: group.length,
        approved: count(group, 'approved'),
        modified: count(group, 'approved_modified'),
        denied: count(group, 'denied'),
        medianDays: middle(days),
        ninetiethDays: [...days].sort((a, b) => a - b)[Math.ceil(days.length * 0.9) - 1] ?? null,
        expiredUnused: group.filter((one) => one.state === 'expired').length,
      }
    })
    .sort((a, b) => b.cases - a.cases || a.payerName.localeCompare(b.payerName) || a.code.localeCompare(b.code))
}
