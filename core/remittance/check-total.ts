// A paper check beside its EOBs: what they pay and the interest come to its total.
import { type Cents, formatMoney, sumCents } from '../money.ts'
import type { RemittanceInput } from './schema.ts'

/** What an EOB takes of its check. */
export interface CheckPart {
  paidCents: Cents
  interestCents: Cents
}

/**
 * Why a person looks at the check first, in words; null when its EOBs come to its total, or nobody typed it.
 * @param others the EOBs of the same check that are posted already
 */
export function doubtAboutCheck(
  { checkTotalCents, interestCents }: Pick<RemittanceInput, 'checkTotalCents' | 'interestCents'>,
  paidCents: Cents,
  others: readonly CheckPart[],
): string | null {
  if (checkTotalCents === null) return null
  const parts = [{ paidCents, interestCents }, ...others]
  const explained = sumCents(parts.map((one) => one.paidCents + one.interestCents))
  if (explained === checkTotalCents) return null
  const sums = `The check is ${formatMoney(checkTotalCents)}, ${others.length > 0 ? `its ${parts.length} EOBs` : 'this EOB with its interest'} ${others.length > 0 ? 'come' : 'comes'} to ${formatMoney(explained)}.`
  return explained < checkTotalCents
    ? `${sums} ${formatMoney(checkTotalCents - explained)} is for claims not entered yet, or missing.`
    : `${sums} That is ${formatMoney(explained - checkTotalCents)} more than was paid.`
}
