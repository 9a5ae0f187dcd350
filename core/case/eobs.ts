// Which EOB of a case says how things stand, and which claims are still with their payer.
import type { ClaimState } from '../claim/schema.ts'

interface ClaimFacts {
  id: string
  state: ClaimState
  /** The sent claim that this one corrects. */
  replacesId: string | null
}

/** The newest EOB on a service that is not settled, else the newest. Oldest first. */
export function speakingOf<Eob extends { isOpen: boolean }>(eobs: readonly Eob[]): Eob | undefined {
  return eobs.filter((one) => one.isOpen).at(-1) ?? eobs.at(-1)
}

/** Whether a claim has a correction that was sent. */
export function isCorrected({ id }: ClaimFacts, claims: readonly ClaimFacts[]): boolean {
  return claims.some((one) => one.replacesId === id && !['draft', 'rejected', 'void'].includes(one.state))
}

/** Whether a payer still owes a decision on a claim; none on one that a correction replaces. */
export function isWithPayer(claims: readonly ClaimFacts[]): boolean {
  return claims.some((claim) => claim.state === 'sent' && !isCorrected(claim, claims))
}
