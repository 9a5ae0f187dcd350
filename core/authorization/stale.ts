// An approval speaks of the day it was given: what has changed since, in words (desk.md A, stale-approval warning).
import * as z from 'zod'
import { Cents, formatMoney } from '../money.ts'

/** What an approval rested on, kept with it. */
export const ApprovalBasis = z.strictObject({
  coverageId: z.string().nullable(),
  planId: z.string().nullable(),
  memberId: z.string(),
  annualMaxCents: Cents.nullable(),
  providerId: z.string().nullable(),
  /** The fee asked for each code, in the order of the lines. */
  fees: z.array(z.strictObject({ code: z.string(), feeCents: Cents })),
})
export type ApprovalBasis = z.infer<typeof ApprovalBasis>

/** Why an approval no longer fits, most serious first; empty while nothing changed. */
export function staleReasons(then: ApprovalBasis, now: ApprovalBasis): string[] {
  const reasons: string[] = []
  if (now.coverageId !== then.coverageId || now.planId !== then.planId) reasons.push('The coverage has changed')
  else if (now.memberId !== then.memberId) reasons.push('The member id has changed')
  if (now.providerId !== then.providerId) reasons.push('Another dentist treats: approvals may not transfer')
  if (now.annualMaxCents !== then.annualMaxCents) reasons.push('The plan’s annual maximum has changed')
  for (const { code, feeCents } of now.fees) {
    const before = then.fees.find((one) => one.code === code)
    if (before && before.feeCents !== feeCents)
      reasons.push(`${code}: fee now ${formatMoney(feeCents)}, approved at ${formatMoney(before.feeCents)}`)
  }
  return reasons
}
