// Taking an EOB back.
import { postedOf, type StoredClaim, type StoredRemittance } from '#core/case/contents.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { openTasksOf, originOf } from '#core/remittance/follow-up.ts'
import { builtOn, isReversal } from '#core/remittance/taking-back.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import { finishWork } from '#host/case/finish.ts'
import { endTasks } from '#host/case/tasks.ts'
import { isAcknowledged } from '#host/claim/answers.ts'
import { claimIn } from '#host/claim/open.ts'
import { updateClaim } from '#host/claim/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { refuseClosed } from '#host/office/closed-months.ts'
import { moveClaim, resumeVoids } from './move-claim.ts'
import { releasePosted } from './era-posting-rows.ts'
import { reverseRemittance } from './rows.ts'
import { caseOf } from '#host/case/rows.ts'

/** @throws NOT_FOUND, REFUSED */
export async function takeBack(
  context: CommandContext,
  { id, reason }: ParsedInputOf<'remittance.reverse'>,
): Promise<void> {
  const file = await openCase(context, await caseOf(context.db, 'remittance', id))
  const stored = file.remittances.find((one) => one.id === id)!
  if (stored.reversedAt !== null) refuse(['This EOB was already undone.'])
  await refuseClosed(context, stored.receivedOn)
  const claim = claimIn(file, stored.claimId)
  if (claim.state === 'closed') refuse(['This claim is closed. Open it again first.'])
  const obstacle = builtOn(file, context.assets.reasons, stored)
  if (obstacle !== null) refuse([obstacle])
  const left = postedOf(file).filter((one) => one.claimId === claim.id && one.id !== id)
  // Its follow-up would chase a decision that was never made.
  const tasks = openTasksOf(file.tasks, id)
  await file.write(context, ['remittances'], (tx) => reverseRemittance(tx, id, reason, context))
  await forgetNumber(context, file, claim, { eob: stored, left })
  await releasePosted(context.tx, { remittanceId: id })
  if (left.length === 0 && claim.state === 'adjudicated')
    await moveClaim(context, file, claim, { event: 'reopen', on: context.today, note: reason })
  if (isReversal(stored) && !left.some(isReversal)) await resumeVoids(context, file, claim, reason)
  await endTasks(context, file, tasks)
  await finishWork(context, file, {
    event: { kind: 'remittance', text: `${originOf(stored.eobDate)} undone: ${reason}` },
    audit: { entity: 'remittance', entityId: id, before: stored, reason },
  })
}

/**
 * A number that only this EOB gave a claim is another claim's: what is left names it, and drafts that correct it. What the
 * payer acknowledged stays.
 */
async function forgetNumber(
  context: CommandContext,
  file: CaseFile,
  claim: StoredClaim,
  { eob: { payerClaimNumber: number }, left }: { eob: StoredRemittance; left: readonly StoredRemittance[] },
): Promise<void> {
  const isGiven = left.some((one) => one.payerClaimNumber === number)
  if (number === '' || isGiven) return
  const own = claim.payerClaimNumber === number ? '' : claim.payerClaimNumber
  const other = left.find((one) => one.payerClaimNumber !== '')?.payerClaimNumber ?? own
  const isOpen = ({ state }: StoredClaim) => state === 'draft' || state === 'rejected'
  const named = file.claims.filter(
    (one) =>
      one.payerClaimNumber === number &&
      (one.id === claim.id ? one.frequency === 'original' : one.replacesId === claim.id && isOpen(one)),
  )
  if (named.length === 0 || (await isAcknowledged(context, claim.number, number))) return
  await file.write(context, ['claims'], async (tx) => {
    for (const one of named) await updateClaim(tx, one.id, null, { payer_claim_number: other }, context)
  })
}
