// One step of a claim with everything that follows from it.
import { isApproved } from '#core/authorization/lifecycle.ts'
import type { Authorization } from '#core/authorization/schema.ts'
import type { StoredClaim } from '#core/case/contents.ts'
import { readinessOf } from '#core/case/readiness.ts'
import { claimLife } from '#core/claim/lifecycle.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { formatDate, type IsoDate, latestOf } from '#core/dates.ts'
import { formatMoney } from '#core/money.ts'
import { endedByClaim } from '#core/remittance/follow-up.ts'
import { updateAuthorization } from '#host/authorization/rows.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { finishWork } from '#host/case/finish.ts'
import { endTasks } from '#host/case/tasks.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { found } from '#host/kernel/versioned.ts'
import { refuseClosed } from '#host/office/closed-months.ts'
import { keepExpectation } from '#host/remittance/expectation.ts'
import { findingsOf } from './findings.ts'
import { openClaim } from './open.ts'
import { updateClaim } from './rows.ts'

export type ClaimStepInput = ParsedInputOf<'claim.transition'>

/** What the claim is sent in spite of: kept with the reason, the user and the date. @throws REFUSED, INVALID_INPUT */
async function checkSend(
  context: CommandContext,
  file: CaseFile,
  claim: StoredClaim,
  { on, reason }: ClaimStepInput,
): Promise<string[]> {
  const latest = latestOf(claim.lines.flatMap((line) => line.serviceDate ?? []))
  if (latest && on < latest) invalid('on', `A claim cannot be sent before its last service on ${formatDate(latest)}.`)
  const documentation = documentationIn(context, file)
  const findings = await findingsOf(context, file, documentation, claim)
  const blocking = findings.filter((finding) => finding.severity === 'block')
  if (blocking.length > 0) refuse(blocking.map((finding) => finding.message))
  const readiness = readinessOf('claim', documentation.itemsOf('claim'), file.visits)
  const reasons = [
    ...findings.filter((finding) => finding.severity === 'warn').map((finding) => finding.message),
    ...(readiness.ready ? [] : [`${readiness.sentence}.`]),
  ]
  if (reasons.length > 0 && reason === '') refuse([...reasons, 'To send it anyway, give a reason.'])
  return reasons
}

function checkDay({ sentOn }: StoredClaim, { event, on }: ClaimStepInput, today: IsoDate): void {
  if (on > today) invalid('on', 'This date is in the future.')
  if (event === 'reject' && sentOn && on < sentOn)
    invalid('on', `It cannot be rejected before it was sent on ${formatDate(sentOn)}.`)
}

/** The approval is spent once the last service of a finished treatment is billed under it. */
function spentBy({ record, authorizations }: CaseFile, { authorizationId }: StoredClaim): Authorization | null {
  if (authorizationId === null || record.treatment !== 'done') return null
  const authorization = authorizations.find((one) => one.id === authorizationId)
  return isApproved(found(authorization, 'authorization', authorizationId).state) ? authorization! : null
}

const sentBy = (channel: ClaimStepInput['channel']) =>
  channel === null || channel === 'other' ? '' : channel === 'electronic' ? ' electronically' : ` by ${channel}`

/** One step of a claim with everything that follows from it. @throws REFUSED, INVALID_INPUT, CONFLICT */
export async function takeClaimStep(context: CommandContext, input: ClaimStepInput): Promise<void> {
  const { id, version, event, on, channel, reason, note } = input
  const { file, claim } = await openClaim(context, id)
  const next = claimLife.transition(claim.state, event)
  if (!next.allowed) refuse(next.reasons)
  checkDay(claim, input, context.today)
  // Closing writes off what is left; opening again takes that back.
  if (event === 'close' || event === 'reopen') await refuseClosed(context, on)
  const isSent = event === 'send'
  const inSpiteOf = isSent ? await checkSend(context, file, claim, input) : []
  const spent = isSent ? spentBy(file, claim) : null
  const ended = isSent ? endedByClaim(file.tasks, file.remittances, file.claims, claim) : []
  if (isSent) await keepExpectation(context, file, claim)
  const remark = [note, reason].filter(Boolean).join('. ')
  const kept = inSpiteOf.length > 0 ? `${remark}. Despite: ${inSpiteOf.join(' ')}` : remark
  await file.write(context, ['claims', 'authorizations', 'steps'], async (tx) => {
    const sent = isSent ? { sent_on: on, channel, send_reason: reason } : {}
    await updateClaim(tx, id, version, { state: next.to, ...sent }, context)
    const common = { caseId: file.id, on }
    const ofClaim = { ...common, entity: 'claim' as const, entityId: id, event }
    await addTransition(context, { ...ofClaim, from: claim.state, to: next.to, note: kept })
    if (!spent) return
    await updateAuthorization(tx, spent.id, spent.version, { state: 'used' }, context)
    const ofRequest = { ...common, entity: 'authorization' as const, entityId: spent.id, event: 'use' }
    await addTransition(context, { ...ofRequest, from: spent.state, to: 'used', note: `Claim ${claim.number}` })
  })
  await endTasks(context, file, ended)
  const label = isSent ? `sent${sentBy(channel)}, ${formatMoney(claim.totalCents)}` : claimLife.events[event]
  await finishWork(context, file, {
    event: { kind: 'claim', on, text: [`Claim ${claim.number}: ${label}`, remark].filter(Boolean).join('. ') },
    audit: {
      entity: 'claim',
      entityId: id,
      before: { state: claim.state },
      after: { state: next.to, on, channel, inSpiteOf },
      reason,
    },
  })
}
