// A paper check beside its EOBs: what they pay, the interest and what was kept back come to its total.
import { type Cents, formatMoney, sumCents } from '../money.ts'
import type { RemittanceInput } from './schema.ts'

/** What an EOB says of its check. */
export interface CheckPart extends Pick<RemittanceInput, 'interestCents' | 'withheldCents' | 'checkTotalCents'> {
  paidCents: Cents
}

/**
 * Why a person looks at the check first, in words; null when its EOBs come to its total, or nobody typed it. Typed once, the
 * total stands for every further EOB of the check.
 * @param others the EOBs of the same check that are posted already
 */
export function doubtAboutCheck(own: CheckPart, others: readonly CheckPart[]): string | null {
  const parts = [own, ...others]
  const [totalCents, another] = [...new Set(parts.flatMap((one) => one.checkTotalCents ?? []))]
  if (totalCents === undefined) return null
  if (another !== undefined)
    return `The check is ${formatMoney(totalCents)} here and ${formatMoney(another)} on another of its EOBs.`
  const explained = sumCents(parts.map((one) => one.paidCents + one.interestCents - one.withheldCents))
  if (explained === totalCents) return null
  const sums = `The check is ${formatMoney(totalCents)}, ${others.length > 0 ? `its ${parts.length} EOBs` : 'this EOB with its interest'} ${others.length > 0 ? 'come' : 'comes'} to ${formatMoney(explained)}.`
  return explained < totalCents
    ? `${sums} ${formatMoney(totalCents - explained)} is for claims not entered yet, or missing.`
    : `${sums} That is ${formatMoney(explained - totalCents)} more than was paid.`
}
