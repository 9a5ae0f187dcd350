// Claims of remittance files that wait for somebody: what they may be, what they are said to be, what is none of ours.
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { searchOurs } from '../era-match-rows.ts'
import { setEraClaim } from '../era-posting-rows.ts'
import { getEraClaim, getPayment, type StoredEraClaim } from '../era-rows.ts'
import { candidatesOf, evidenceOf, isPredetermination, NO_PREDETERMINATION, payersOf } from './match.ts'
import { caseOf } from '#host/case/rows.ts'

function refusePosted({ state }: StoredEraClaim): void {
  if (state === 'posted') refuse(['It is posted. Undo the posting first.'])
}

/** What a claim may be, the likeliest first: a request for a predetermination, else a claim. */
export async function listCandidates(
  { db }: QueryContext,
  { id, text }: ParsedInputOf<'era.candidates'>,
): Promise<OutputOf<'era.candidates'>> {
  const { claim, paymentId } = await getEraClaim(db, id)
  const payers = await payersOf(db, (await getPayment(db, paymentId)).header)
  const found = text === '' ? await candidatesOf(db, claim) : await searchOurs(db, text)
  const kind = isPredetermination(claim) ? 'authorization' : 'claim'
  const ours = found.filter((one) => one.kind === kind)
  const candidates = ours.map((one) => {
    const { order: _, payerId: _payer, memberId: _member, lastDate: _last, lastName, firstName, ...told } = one
    return { ...told, patientName: `${lastName}, ${firstName}`, evidence: evidenceOf(claim, one, payers) }
  })
  const fitting = (evidence: readonly { fits: boolean }[]) => evidence.filter((one) => one.fits).length
  return { candidates: candidates.sort((a, b) => fitting(b.evidence) - fitting(a.evidence)).slice(0, 20) }
}

/** Says which claim or request of ours it is; null takes the match back. @throws NOT_FOUND, REFUSED */
export async function matchByHand(
  context: CommandContext,
  { id, claimId, authorizationId }: ParsedInputOf<'era.match'>,
): Promise<void> {
  const { db } = context
  const row = await getEraClaim(db, id)
  refusePosted(row)
  if (claimId !== null) {
    await caseOf(db, 'claim', claimId)
    if (isPredetermination(row.claim)) refuse(['It is the answer to a predetermination: choose the request.'])
  }
  if (authorizationId !== null) {
    await caseOf(db, 'authorization', authorizationId)
    if (!isPredetermination(row.claim)) refuse([NO_PREDETERMINATION])
  }
  const isMatched = claimId !== null || authorizationId !== null
  const isReadable = row.claim.differenceCents !== null
  await setEraClaim(context.tx, row, {
    state: isMatched ? (isReadable ? 'matched' : 'by_hand') : 'unmatched',
    claim_id: claimId,
    authorization_id: authorizationId,
    basis: isMatched ? `Chosen by ${context.user.name}` : '',
    reason: isMatched ? '' : 'The match was undone.',
  })
  context.audit({
    entity: 'era_claim',
    entityId: id,
    before: { claimId: row.claimId },
    after: { claimId, authorizationId },
  })
}

/** Takes a claim that is not ours out of the queue, or back into it. @throws NOT_FOUND, REFUSED */
export async function setClaimAside(
  context: CommandContext,
  { id, aside, reason }: ParsedInputOf<'era.setAside'>,
): Promise<void> {
  const row = await getEraClaim(context.db, id)
  refusePosted(row)
  if (aside && reason.length < 3) refuse(['Say why it is set aside, such as “another office”.'])
  const back = row.claimId === null && row.authorizationId === null ? 'unmatched' : 'matched'
  await setEraClaim(context.tx, row, { state: aside ? 'set_aside' : back, reason: aside ? reason : '' })
  context.audit({ entity: 'era_claim', entityId: id, before: { state: row.state }, after: { aside }, reason })
}
