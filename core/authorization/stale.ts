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
export const OTHER_DENTIST = 'Another dentist treats: approvals may not transfer'

/** Another dentist than the one it was given to; one named only later is no change. */
export function isOtherDentist(then: Pick<ApprovalBasis, 'providerId'>, providerId: string | null): boolean {
  return then.providerId !== null && then.providerId !== providerId
}

/**
 * Why an approval no longer fits, most serious first; empty while nothing changed.
 * What was not known when it was given (an imported log has no fee, no maximum) cannot have changed.
 */
export function staleReasons(then: ApprovalBasis, now: ApprovalBasis): string[] {
  const reasons: string[] = []
  const differs = (known: string | number | null, value: string | number | null) =>
    known !== null && known !== '' && known !== value
  if (differs(then.coverageId, now.coverageId) || differs(then.planId, now.planId))
    reasons.push('The coverage has changed')
  else if (differs(then.memberId, now.memberId)) reasons.push('The member ID has changed')
  if (isOtherDentist(then, now.providerId)) reasons.push(OTHER_DENTIST)
  if (differs(then.annualMaxCents, now.annualMaxCents)) reasons.push('The plan’s annual maximum has changed')
  for (const { code, feeCents } of now.fees) {
    const before = then.fees.find((one) => one.code === code)
    if (before && before.feeCents !== 0 && before.feeCents !== feeCents)
      reasons.push(`${code}: fee now ${formatMoney(feeCents)}, approved at ${formatMoney(before.feeCents)}`)
  }
  return reasons
}
