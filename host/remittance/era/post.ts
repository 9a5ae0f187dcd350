// Posts a payment of a remittance file: money to the claims, a predetermination to its request, never the other way.
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { CaseId, ClaimId } from '#core/ids.ts'
import { fromEra, joinParts, REVERSAL } from '#core/remittance/from-era.ts'
import { doubtAboutEra, type EraDecision } from '#core/remittance/posting-check.ts'
import { type CaseFile, openCase, openCases } from '#host/case/case-file.ts'
import { claimIn } from '#host/claim/open.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { endVoids, moveClaim } from '../claim-step.ts'
import { getPayment, listToPost, type Payment, postedCharge, setEraClaim, type StoredEraClaim } from '../era-rows.ts'
import { postEob } from '../post.ts'
import { isPredetermination, NO_PREDETERMINATION } from './match.ts'
import { postToRequest } from './post-to-request.ts'
import { type Posted, unlessRefused } from './posted.ts'

/** Decisions whose cases are read together. */
const TOGETHER = 100

/** Posts what is matched of a payment, or the claims named. @returns what stays where it is, and why */
export async function postPayment(
  context: CommandContext,
  { paymentId, claimIds, acknowledgeDifference }: ParsedInputOf<'era.post'>,
): Promise<OutputOf<'era.post'>> {
  const payment = await getPayment(context.db, paymentId)
  const decisions = decisionsIn(await listToPost(context.db, paymentId, claimIds))
  const left: OutputOf<'era.post'>['left'] = []
  let posted = 0
  let paidCents = 0
  for (const [index, parts] of decisions.entries()) {
    if (index % TOGETHER === 0) await openCases(context, casesOf(decisions.slice(index, index + TOGETHER)))
    await context.step(index, decisions.length)
    const result = await postDecision(context, payment, parts, acknowledgeDifference)
    if ('paidCents' in result) {
      posted += parts.length
      paidCents += result.paidCents
      continue
    }
    for (const part of parts) {
      left.push({ id: part.id, number: part.claim.claimId, reason: result.reason })
      if (part.state === 'matched')
        await setEraClaim(context.tx, part, {
          state: result.reason.includes('by hand') ? 'by_hand' : part.state,
          reason: result.reason,
        })
    }
  }
  context.audit({
    entity: 'era_payment',
    entityId: paymentId,
    after: { posted, left: left.length, acknowledgeDifference },
  })
  return { posted, paidCents, left }
}
const casesOf = (decisions: readonly StoredEraClaim[][]): CaseId[] => [
  ...new Set(decisions.flatMap((parts) => parts.flatMap((part) => part.caseId ?? []))),
]

/**
 * Claims to post, those together that are parts of one decision on the same claim of ours. A reversal stands alone and parts
 * the decision it takes back from the one that follows; what is more than our claim charges is no part of it.
 */
function decisionsIn(rows: readonly StoredEraClaim[]): StoredEraClaim[][] {
  const decisions: StoredEraClaim[][] = []
  const open = new Map<ClaimId, StoredEraClaim[]>()
  for (const row of rows) {
    const mine = row.claimId === null ? undefined : open.get(row.claimId)
    const isPart = row.state === 'matched' && row.claim.status !== REVERSAL && row.claim.lines.length > 0
    if (row.claimId !== null && !isPart) open.delete(row.claimId)
    if (mine && isPart && chargeOf([...mine, row]) <= (row.ourTotalCents ?? 0)) mine.push(row)
    else {
      const decision = [row]
      decisions.push(decision)
      if (row.claimId !== null && isPart) open.set(row.claimId, decision)
    }
  }
  return decisions
}
const chargeOf = (rows: readonly StoredEraClaim[]) => rows.reduce((sum, row) => sum + (row.claim.chargeCents ?? 0), 0)

/** Posts one decision. @returns the amount paid, or why it stays where it is */
async function postDecision(
  context: CommandContext,
  payment: Payment,
  parts: readonly StoredEraClaim[],
  acknowledgeDifference: boolean,
): Promise<Posted> {
  const [row] = parts
  if (!row || row.state === 'posted') return { reason: 'It is posted already.' }
  if (row.state === 'set_aside') return { reason: 'It is set aside.' }
  if (row.authorizationId !== null)
    return isPredetermination(row.claim) ? postToRequest(context, payment, row) : { reason: NO_PREDETERMINATION }
  if (row.claimId === null) return { reason: row.reason || 'It is not matched yet.' }
  const era = joinParts(parts.map((part) => part.claim))
  if (isPredetermination(era)) return { reason: 'It is the answer to a predetermination: match it to the request.' }
  const file = await openCase(context, row.caseId!)
  const claim = claimIn(file, row.claimId)
  const made = fromEra(era, claim, { ...payment.header, date: payment.date }, context.today)
  const doubt = acknowledgeDifference ? null : await doubtOf(context, payment, file, { era, claim, made })
  if (doubt !== null) return { reason: `${doubt} Check it, then post it as it stands.` }
  if ('reason' in made) return made
  if (claim.state === 'draft' || claim.state === 'rejected')
    return { reason: `Claim ${claim.number} has not been sent. Mark it as sent, then post.` }
  if (claim.state === 'void') return { reason: `Claim ${claim.number} is void.` }
  if (claim.state === 'closed') {
    await moveClaim(context, file, claim, { event: 'reopen', on: context.today, note: 'A remittance came' })
    await openCase(context, file.id)
  }
  return unlessRefused(async () => {
    // What the file says is posted as it stands: its differences were seen above.
    const { id, paidCents } = await postEob(context, file, claimIn(file, claim.id), {
      input: made.input,
      acknowledgeDifference: true,
    })
    for (const part of parts) await setEraClaim(context.tx, part, { state: 'posted', remittance_id: id, reason: '' })
    if (era.status === REVERSAL) await endVoids(context, file, claim)
    return { paidCents }
  })
}

async function doubtOf(
  { db, assets }: CommandContext,
  { id, differenceCents }: Payment,
  file: CaseFile,
  decision: Pick<EraDecision, 'era' | 'claim' | 'made'>,
): Promise<string | null> {
  const postedCents = await postedCharge(db, id, decision.claim.id)
  return doubtAboutEra(file, assets.reasons, { ...decision, paymentDifferenceCents: differenceCents, postedCents })
}
