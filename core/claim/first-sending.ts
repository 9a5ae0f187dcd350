// When a claim first reached its payer, and what proves it: a corrected claim counts from there, an appeal names it.
import type { CaseContents, StoredClaim } from '../case/contents.ts'
import { postedOf } from '../case/contents.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import type { ClaimId, RemittanceId } from '../ids.ts'

/** How an export of a claim was answered. */
export interface SentFile {
  claimId: ClaimId
  control: number
  answer: string
  answeredOn: IsoDate | null
}
/** The payer has a claim: since when, as far as it is proved, and by what. */
export interface Acceptance {
  on: IsoDate
  /** `acknowledgement of claim file 12`, `EOB of May 10, 2026, claim number ICN-1` */
  proof: string
}
export interface Sending {
  /** Our number of the claim that went out. */
  number: string
  on: IsoDate
  accepted: Acceptance | null
}
type Filed = Pick<CaseContents, 'claims' | 'remittances'>

/** A claim and all that it corrects, the first one at the front. */
export function lineOf({ claims }: Pick<Filed, 'claims'>, claim: StoredClaim): StoredClaim[] {
  const before = claims.find((one) => one.id === claim.replacesId)
  return before ? [...lineOf({ claims }, before), claim] : [claim]
}

/**
 * The first sending that the payer accepted, of a claim or one that it corrects; without any, the first that was not sent back.
 * @param files exports of these claims with their answers
 * @param except the decision that is contested: it proves no sending in time
 */
export function firstSending(
  contents: Filed,
  claim: StoredClaim,
  files: readonly SentFile[],
  except: RemittanceId | null = null,
): Sending | null {
  const all = lineOf(contents, claim).flatMap((one) => sendingsOf(contents, one, files, except))
  return all.find(({ accepted }) => accepted !== null) ?? all[0] ?? null
}

function sendingsOf(
  contents: Filed,
  claim: StoredClaim,
  files: readonly SentFile[],
  except: RemittanceId | null,
): Sending[] {
  const { id, number, history, sentOn } = claim
  const steps = history.filter(({ event }) => event === 'send' || event === 'reject')
  const sends = steps.some(({ event }) => event === 'send') ? steps : sentOn ? [{ event: 'send', on: sentOn }] : []
  const eobs = postedOf(contents).filter((one) => one.claimId === id && one.id !== except)
  const proofs: Acceptance[] = [
    ...files
      .filter((file) => file.claimId === id && file.answer === 'accepted')
      .map(({ control, answeredOn }) => ({ on: answeredOn ?? '', proof: `acknowledgement of claim file ${control}` })),
    ...eobs.map(({ eobDate, payerClaimNumber }) => ({
      on: eobDate,
      proof: `EOB of ${formatDate(eobDate)}${payerClaimNumber ? `, claim number ${payerClaimNumber}` : ''}`,
    })),
  ]
    .filter(({ on }) => on !== '')
    .sort((a, b) => (a.on < b.on ? -1 : 1))
  return sends.flatMap(({ event, on }, at): Sending[] => {
    const next = sends[at + 1]
    if (event !== 'send' || next?.event === 'reject') return []
    return [{ number, on, accepted: proofs.find((one) => one.on >= on && (!next || one.on < next.on)) ?? null }]
  })
}
