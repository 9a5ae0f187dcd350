// Posts a payment of a remittance file: money to the claims, a predetermination to its request, never the other way.
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { CaseId, ClaimId, RemittanceId } from '#core/ids.ts'
import type { Cents } from '#core/money.ts'
import { fromEra, joinParts, REVERSAL } from '#core/remittance/from-era.ts'
import { doubtAboutEra, type EraDecision } from '#core/remittance/posting-check.ts'
import { type CaseFile, openCase, openCases } from '#host/case/case-file.ts'
import { claimIn } from '#host/claim/open.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { together } from '#host/kernel/insert-rows.ts'
import { endVoids, moveClaim } from '../move-claim.ts'
import { forgetReasons, postedCharges, setEraClaim, setPosted } from '../era-posting-rows.ts'
import { getPayment, listToPost, type Payment, type StoredEraClaim } from '../era-rows.ts'
import { postEob } from '../post-eob.ts'
import { isPredetermination, NO_PREDETERMINATION } from './match.ts'
import { postToRequest } from './post-to-request.ts'
import { type Posted, unlessRefused } from './posted.ts'

type Outcome = OutputOf<'era.post'>

/** Decisions whose cases are read, and whose rows are written, together. */
const TOGETHER = 100
/** What posting adds, parents first. */
const NEW_ROWS = [
  'remittance',
  'claim_adjustment',
  'remittance_line',
  'adjustment',
  'remark',
  'transition',
  'task',
  'case_event',
] as const

/** Posts what is matched of a payment, or the claims named. @returns what stays where it is, and why */
export async function postPayment(context: CommandContext, input: ParsedInputOf<'era.post'>): Promise<Outcome> {
  const { paymentId, claimIds, acknowledgeDifference } = input
  const batch = await openBatch(context, paymentId, claimIds)
  const outcome = await postBatches(context, [batch], acknowledgeDifference)
  context.audit({
    entity: 'era_payment',
    entityId: paymentId,
    after: { posted: outcome.posted, left: outcome.left.length, acknowledgeDifference },
  })
  return outcome
}

/** Posts several payments, all of them or none; what asks for a check stays. @returns what stays where it is, and why */
export async function postPayments(
  context: CommandContext,
  { paymentIds }: ParsedInputOf<'era.postAll'>,
): Promise<Outcome> {
  const batches = []
  for (const id of paymentIds) batches.push(await openBatch(context, id))
  const outcome = await postBatches(context, batches, false)
  context.audit({
    entity: 'era_payment',
    entityId: paymentIds[0]!,
    after: { paymentIds, posted: outcome.posted, left: outcome.left.length },
  })
  return outcome
}

interface Batch {
  payment: Payment
  decisions: readonly StoredEraClaim[][]
}
async function openBatch({ db }: CommandContext, paymentId: string, claimIds?: readonly string[]): Promise<Batch> {
  return { payment: await getPayment(db, paymentId), decisions: decisionsIn(await listToPost(db, paymentId, claimIds)) }
}

async function postBatches(
  context: CommandContext,
  batches: readonly Batch[],
  acknowledgeDifference: boolean,
): Promise<Outcome> {
  const outcome = { posted: 0, paidCents: 0 }
  const queue = batches.flatMap(groupsOf)
  const moved = new Set<ClaimId>()
  let left: Left[] = []
  let total = queue.reduce((sum, { group }) => sum + group.length, 0)
  let seen = 0
  for (const { payment, group } of queue) {
    const posting = await openPosting(context, payment, group, acknowledgeDifference)
    const kept: { id: string; remittanceId: RemittanceId }[] = []
    await together(context.tx, NEW_ROWS, async () => {
      for (const parts of group) {
        await context.step(seen, total)
        seen += 1
        const result = await postDecision(context, posting, parts)
        if ('reason' in result) {
          left.push({ payment, parts, reason: result.reason })
          await keepReason(context, parts, result.reason)
          continue
        }
        const { remittanceId } = result
        outcome.posted += parts.length
        outcome.paidCents += result.paidCents
        if (remittanceId) kept.push(...parts.map(({ id }) => ({ id, remittanceId })))
        const { claimId } = parts[0]!
        if (claimId === null) continue
        moved.add(claimId)
        // A correction may stand before the reversal of what it corrects: what was left is judged by what stands now.
        const again = left.filter((one) => one.parts[0]!.claimId === claimId)
        left = left.filter((one) => !again.includes(one))
        queue.push(...again.map((one) => ({ payment: one.payment, group: [one.parts] })))
        total += again.length
      }
    })
    await setPosted(context.tx, payment.id, kept)
    await context.settle(seen, total)
  }
  const rows = left.flatMap(({ parts, reason }) =>
    parts.map(({ id, claim }) => ({ id, number: claim.claimId, reason })),
  )
  await forgetReasons(context.tx, [...moved], new Set(rows.map(({ id }) => id)))
  return { ...outcome, left: rows }
}
interface Left {
  payment: Payment
  parts: StoredEraClaim[]
  reason: string
}

async function keepReason({ tx }: CommandContext, parts: readonly StoredEraClaim[], reason: string): Promise<void> {
  for (const part of parts) {
    const state = reason.includes('by hand') ? 'by_hand' : part.state
    if (part.state === 'matched') await setEraClaim(tx, part, { state, reason })
  }
}

interface Group {
  payment: Payment
  group: StoredEraClaim[][]
}
/** Decisions in the order of the file, no two of a group on the same case: none needs what another of them writes. */
function groupsOf({ payment, decisions }: Batch): Group[] {
  const groups: Group[] = []
  let cases = new Set<CaseId>()
  for (const parts of decisions) {
    const { caseId } = parts[0]!
    const group = groups.at(-1)?.group
    if (group && group.length < TOGETHER && !(caseId && cases.has(caseId))) group.push(parts)
    else {
      groups.push({ payment, group: [parts] })
      cases = new Set()
    }
    if (caseId) cases.add(caseId)
  }
  return groups
}

/** What a group of decisions is posted with, read for all of them at once. */
interface Posting {
  payment: Payment
  acknowledgeDifference: boolean
  /** What is charged in claims of this payment that are posted on a claim of ours. */
  charges: ReadonlyMap<ClaimId, Cents>
}
async function openPosting(
  context: CommandContext,
  payment: Payment,
  group: readonly StoredEraClaim[][],
  acknowledgeDifference: boolean,
): Promise<Posting> {
  const rows = group.flat()
  await openCases(context, [...new Set(rows.flatMap((row) => row.caseId ?? []))])
  const claimIds = [...new Set(rows.flatMap((row) => row.claimId ?? []))]
  return { payment, acknowledgeDifference, charges: await postedCharges(context.db, payment.id, claimIds) }
}

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
  posting: Posting,
  parts: readonly StoredEraClaim[],
): Promise<Posted> {
  const { payment, acknowledgeDifference } = posting
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
  const doubt = acknowledgeDifference ? null : doubtOf(context, posting, file, { era, claim, made })
  if (doubt !== null) return { reason: `${doubt} Check it, then post it as it is.` }
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
    if (era.status === REVERSAL) await endVoids(context, file, claim)
    return { paidCents, remittanceId: id }
  })
}

function doubtOf(
  { assets }: CommandContext,
  { payment, charges }: Posting,
  file: CaseFile,
  decision: Pick<EraDecision, 'era' | 'claim' | 'made'>,
): string | null {
  const { differenceCents: paymentDifferenceCents, header } = payment
  const postedCents = charges.get(decision.claim.id) ?? 0
  return doubtAboutEra(file, assets.reasons, {
    ...decision,
    paymentDifferenceCents,
    postedCents,
    isDebit: header.isDebit,
  })
}
