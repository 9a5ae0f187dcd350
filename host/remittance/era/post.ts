// Posts a matched claim of a remittance file: money to the claim, a predetermination to the request, never the other way.
import { formatMoney } from '#core/money.ts'
import { AppError } from '#core/errors.ts'
import { transition } from '#core/claim/lifecycle.ts'
import type { AuthorizationLineInput } from '#core/authorization/schema.ts'
import { formatDate } from '#core/dates.ts'
import type { ClaimId } from '#core/ids.ts'
import { type FromEra, fromEra, joinParts, pairLines } from '#core/remittance/from-era.ts'
import { decideRemittance, isDecision } from '#core/remittance/outcome.ts'
import type { EraClaim } from '#core/x12/era-schema.ts'
import { getAuthorization } from '#host/authorization/rows.ts'
import { getClaim, listClaims, type StoredClaim } from '#host/claim/rows.ts'
import { decidedOn } from '../rows.ts'
import { type getPayment, postedCharge, setEraClaim, type StoredEraClaim } from '../era-rows.ts'
import { requestNumber } from '#host/claim/claim-file.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { takeStep } from '#host/authorization/routes.ts'
import { moveClaim, postRemittance } from '../routes.ts'
import { doubtAbout } from '../posting-check.ts'
import { isPredetermination } from './match.ts'

type Payment = Awaited<ReturnType<typeof getPayment>>

/** Reversal of an earlier decision (CLP02). */
const REVERSAL = '22'

/**
 * Claims to post, those together that are parts of one decision on the same claim of ours. A reversal stands alone and parts
 * the decision it takes back from the one that follows; what is more than our claim charges is no part of it.
 */
export function decisionsOf(rows: readonly StoredEraClaim[]): StoredEraClaim[][] {
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
export async function postDecision(
  context: CommandContext,
  payment: Payment,
  parts: readonly StoredEraClaim[],
  acknowledgeDifference: boolean,
): Promise<{ paidCents: number } | { reason: string }> {
  const [row] = parts
  if (!row || row.state === 'posted') return { reason: 'It is posted already.' }
  if (row.state === 'set_aside') return { reason: 'It is set aside.' }
  if (row.authorizationId !== null) return postToRequest(context, payment, row)
  if (row.claimId === null) return { reason: row.reason || 'It is not matched yet.' }
  const era = joinParts(parts.map((part) => part.claim))
  if (isPredetermination(era)) return { reason: 'It is the answer to a predetermination: match it to the request.' }
  const { tx, today } = context
  const claim = await getClaim(tx, row.claimId)
  const made = fromEra(era, claim, { ...payment.header, date: payment.date }, today)
  const doubt = acknowledgeDifference ? null : await doubtOf(context, payment, { era, claim, made })
  if (doubt !== null) return { reason: `${doubt} Check it, then post it as it stands.` }
  if ('reason' in made) return made
  if (claim.state === 'draft' || claim.state === 'rejected')
    return { reason: `Claim ${claim.number} has not been sent. Mark it as sent, then post.` }
  if (claim.state === 'void') return { reason: `Claim ${claim.number} is void.` }
  if (claim.state === 'closed') {
    const next = transition(claim.state, 'reopen')
    if (next.allowed) await moveClaim(context, claim, 'reopen', today, 'A remittance came')
  }
  const current = await getClaim(tx, claim.id)
  try {
    // What the file says is posted as it stands: its differences were seen above.
    const { id, paidCents } = await postRemittance(context, current, made.input, true)
    for (const part of parts) await setEraClaim(tx, part, { state: 'posted', remittance_id: id, reason: '' })
    if (era.status === REVERSAL) await endVoids(context, claim)
    return { paidCents }
  } catch (error) {
    return reasonOf(error)
  }
}

/** The payer has taken the claim back: the voids that asked for it wait for nothing more. */
async function endVoids(context: CommandContext, { id, caseId }: StoredClaim): Promise<void> {
  for (const one of await listClaims(context.tx, { caseId })) {
    if (one.frequency !== 'void' || one.replacesId !== id || one.state !== 'sent') continue
    for (const event of ['adjudicate', 'close'] as const)
      await moveClaim(
        context,
        await getClaim(context.tx, one.id),
        event,
        context.today,
        'The payer took the claim back',
      )
  }
}

interface Decision {
  era: EraClaim
  claim: StoredClaim
  made: FromEra
}

/** What a person has to look at before this decision counts; null when nothing speaks against it. */
async function doubtOf(context: CommandContext, payment: Payment, decision: Decision): Promise<string | null> {
  const { era, claim, made } = decision
  const { differenceCents, patientCents, chargeCents } = era
  if (differenceCents !== 0 && differenceCents !== null)
    return `It does not add up: ${formatMoney(differenceCents)} unexplained.`
  if (payment.differenceCents !== 0) return 'Its payment does not add up: compare it with the deposit.'
  const tables = context.assets.reasons
  const decided = 'input' in made ? decideRemittance(tables, made.input, () => '') : null
  if (decided && !decided.lines.some(isDecision)) return null
  const before = await decidedOn(context.tx, claim.id)
  // What is taken back was seen when it was posted.
  const further = async () =>
    'input' in made && decided
      ? (made.doubt ?? (await doubtAbout(context.tx, tables, claim, made.input, decided)))
      : null
  if (era.status === REVERSAL)
    return before.on === null ? `The decision on ${claim.number} that it takes back is not recorded here.` : further()
  const charge = chargeCents ?? 0
  const { number, totalCents } = claim
  const posted = await postedCharge(context.tx, payment.id, claim.id)
  if (posted > 0 && posted + charge > totalCents) return `This payment decides claim ${number} twice.`
  if (charge > totalCents)
    return `It decides ${formatMoney(charge)}, but claim ${number} charges ${formatMoney(totalCents)}.`
  if (before.paidCents > 0 && before.billedCents + charge > totalCents)
    return `Claim ${number} was paid before: ${formatMoney(before.paidCents)}, last on ${formatDate(before.on!)}.`
  const adjustments = [...era.adjustments, ...era.lines.flatMap((line) => line.adjustments)]
  const patient = adjustments.filter((one) => one.group === 'PR').reduce((sum, one) => sum + (one.cents ?? 0), 0)
  if (patientCents !== null && patientCents !== 0 && patientCents !== patient)
    return `The payer names ${formatMoney(patientCents)} as the patient’s, its PR amounts are ${formatMoney(patient)}.`
  return further()
}

/** A refusal concerns this claim alone; anything else stops the whole posting. */
function reasonOf(error: unknown): { reason: string } {
  if (error instanceof AppError && (error.code === 'REFUSED' || error.code === 'INVALID_INPUT'))
    return { reason: error.message }
  throw error
}

/** OA-101 holds what the payer expects to pay; some payers put it where a payment stands (x12.md 2). */
function expectedOf(of: Pick<EraClaim, 'adjustments' | 'paidCents'>): number {
  const estimated = of.adjustments.filter((one) => one.group === 'OA' && one.carc === '101')
  if (estimated.length > 0) return estimated.reduce((sum, one) => sum + (one.cents ?? 0), 0)
  return of.paidCents ?? 0
}

/** The lines of an answer; without any it speaks of the whole request, exact where that has one line. */
function answersOf({ lines, ...era }: EraClaim, request: { lines: readonly { code: string }[] }) {
  const [only] = request.lines
  const rest = { submittedCode: null, units: null, allowedCents: null, serviceDate: null, lineId: '' }
  const whole = { ...era, ...rest, code: only?.code ?? '' }
  if (lines.length === 0) return request.lines.length === 1 ? [whole] : []
  // On a single line the claim’s own adjustments can only be that line’s.
  const more = lines.length === 1 ? era.adjustments : []
  return lines.map((line) => ({ ...line, adjustments: [...line.adjustments, ...more] }))
}

async function postToRequest(context: CommandContext, payment: Payment, row: StoredEraClaim) {
  const { tx, today } = context
  const { claim: era } = row
  if (era.differenceCents === null)
    return { reason: 'An amount in the file cannot be read: record this answer by hand.' }
  const request = await getAuthorization(tx, row.authorizationId!)
  const answers = answersOf(era, request)
  const { ours, doubt } = pairLines({ number: requestNumber(request.id), lines: request.lines }, answers)
  if (doubt !== null) return { reason: `${doubt} Record this answer by hand.` }
  if (ours.some((line, at) => line !== null && ours.indexOf(line) < at))
    return { reason: 'It answers one line in parts: record this answer by hand.' }
  const lines: AuthorizationLineInput[] = request.lines.map((line): AuthorizationLineInput => {
    const answer = answers[ours.indexOf(line)]
    if (!answer) return line
    const approved = expectedOf(answer)
    return {
      ...line,
      approvedCode: approved > 0 ? answer.code : null,
      approvedTooth: approved > 0 ? line.tooth : null,
      approvedQuantity: approved > 0 ? (answer.units ?? line.quantity) : null,
      approvedCents: approved,
      patientCents: answer.adjustments
        .filter((one) => one.group === 'PR')
        .reduce((sum, one) => sum + (one.cents ?? 0), 0),
    }
  })
  if (ours.every((line) => line === null))
    return { reason: 'No line of it is one of the request: record this answer by hand.' }
  const isModified =
    lines.some(
      (line) =>
        line.approvedCode !== null && (line.approvedCode !== line.code || line.approvedQuantity !== line.quantity),
    ) || lines.some((line) => line.approvedCode === null)
  const isDenied = lines.every((line) => (line.approvedCents ?? 0) === 0)
  const event = isDenied ? 'deny' : isModified ? 'approve_modified' : 'approve'
  const day = [payment.date, payment.header.producedOn].find((on) => on !== null && on <= today) ?? today
  const reference = era.predeterminationNumber || era.payerClaimId
  try {
    await takeStep(context, {
      id: request.id,
      version: request.version,
      event,
      on: day,
      note: `From the payer’s file, trace ${payment.trace}`,
      gapReason: '',
      details: reference ? { reference } : {},
      lines,
    })
  } catch (error) {
    if (error instanceof AppError && (error.code === 'REFUSED' || error.code === 'INVALID_INPUT'))
      return { reason: error.message }
    throw error
  }
  await setEraClaim(tx, row, { state: 'posted', reason: '' })
  return { paidCents: 0 }
}
