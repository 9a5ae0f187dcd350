// Posts a matched claim of a remittance file: money to the claim, a predetermination to the request, never the other way.
import { formatMoney } from '#core/money.ts'
import { AppError } from '#core/errors.ts'
import { transition } from '#core/claim/lifecycle.ts'
import type { AuthorizationLineInput } from '#core/authorization/schema.ts'
import { fromEra } from '#core/remittance/from-era.ts'
import type { EraClaim } from '#core/x12/era-schema.ts'
import { getAuthorization } from '#db/repos/authorization.ts'
import { getClaim } from '#db/repos/claim.ts'
import { type getPayment, setEraClaim, type StoredEraClaim } from '#db/repos/era.ts'
import type { CommandContext } from '../context.ts'
import { takeStep } from '../handlers/authorization.ts'
import { moveClaim, postRemittance } from '../handlers/remittance.ts'

type Payment = Awaited<ReturnType<typeof getPayment>>

/** Posts one claim. @returns the amount paid, or why it stays where it is */
export async function postEraClaim(
  context: CommandContext,
  payment: Payment,
  row: StoredEraClaim,
  acknowledgeDifference: boolean,
): Promise<{ paidCents: number } | { reason: string }> {
  if (row.state === 'posted') return { reason: 'It is posted already.' }
  if (row.authorizationId !== null) return postToRequest(context, payment, row)
  if (row.claimId === null) return { reason: row.reason || 'It is not matched yet.' }
  const { tx, today } = context
  const claim = await getClaim(tx, row.claimId)
  const { differenceCents } = row.claim
  if (differenceCents !== 0 && differenceCents !== null && !acknowledgeDifference)
    return {
      reason: `It does not add up: ${formatMoney(differenceCents)} unexplained. Check it, then post it with the difference.`,
    }
  const made = fromEra(row.claim, claim, { ...payment.header, date: payment.date }, today)
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
    await setEraClaim(tx, row, { state: 'posted', remittance_id: id, reason: '' })
    return { paidCents }
  } catch (error) {
    return reasonOf(error)
  }
}

/** A refusal concerns this claim alone; anything else stops the whole posting. */
function reasonOf(error: unknown): { reason: string } {
  if (error instanceof AppError && (error.code === 'REFUSED' || error.code === 'INVALID_INPUT'))
    return { reason: error.message }
  throw error
}

/** OA-101 holds what the payer expects to pay; some payers put it where a payment stands (x12.md 2). */
function expectedOf(era: EraClaim): number {
  const estimated = era.lines
    .flatMap((line) => line.adjustments)
    .filter((one) => one.group === 'OA' && one.carc === '101')
  if (estimated.length > 0) return estimated.reduce((sum, one) => sum + (one.cents ?? 0), 0)
  return era.lines.reduce((sum, line) => sum + (line.paidCents ?? 0), 0)
}

async function postToRequest(context: CommandContext, payment: Payment, row: StoredEraClaim) {
  const { tx, today } = context
  const { claim: era } = row
  if (era.differenceCents === null)
    return { reason: 'An amount in the file cannot be read: record this answer by hand.' }
  const request = await getAuthorization(tx, row.authorizationId!)
  const taken = new Set<number>()
  const lines: AuthorizationLineInput[] = request.lines.map((line): AuthorizationLineInput => {
    const at = era.lines.findIndex(
      (one, index) =>
        !taken.has(index) &&
        (one.submittedCode ?? one.code) === line.code &&
        (one.chargeCents === line.feeCents * line.quantity || era.lines.length === 1),
    )
    const answer = era.lines[at]
    if (!answer) return line
    taken.add(at)
    const approved = expectedOf({ ...era, lines: [answer] })
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
  const isModified =
    lines.some(
      (line) =>
        line.approvedCode !== null && (line.approvedCode !== line.code || line.approvedQuantity !== line.quantity),
    ) || lines.some((line) => line.approvedCode === null)
  const event = expectedOf(era) === 0 ? 'deny' : isModified ? 'approve_modified' : 'approve'
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
