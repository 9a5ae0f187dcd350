// Takes back that a claim was marked as sent: for whoever did it by mistake, as long as nothing has left in a file.
import type { ClaimState } from '#core/claim/schema.ts'
import type { Channel } from '#core/authorization/schema.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import { claimLife } from '#core/claim/lifecycle.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import type { AuthorizationId, TaskId } from '#core/ids.ts'
import { updateAuthorization } from '#host/authorization/rows.ts'
import { finishWork } from '#host/case/finish.ts'
import { reopenTasks, stepToTakeBack } from '#host/case/last-step.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { listAnswers } from './file-rows.ts'
import { openClaim } from './open.ts'
import { updateClaim } from './rows.ts'

/** A claim before it was sent, and what sending it ended. */
export interface ClaimBefore {
  state: ClaimState
  sentOn: IsoDate | null
  channel: Channel | null
  sendReason: string
  tasks: TaskId[]
  /** The approval that it spent. */
  spent: { id: AuthorizationId; state: AuthorizationState } | null
}

/** The step and its taking back both stay in the history. @throws NOT_FOUND, REFUSED, CONFLICT */
export async function undoClaimStep(
  context: CommandContext,
  { id, version, reason }: ParsedInputOf<'claim.undo'>,
): Promise<void> {
  const { file, claim } = await openClaim(context, id)
  const last = stepToTakeBack(context, file, id)
  if ((await listAnswers(context.db, id)).length > 0)
    refuse(['It went out in an exported file. Record the rejection, or void it with the payer.'])
  const { tasks, spent, ...before } = last.before as ClaimBefore
  const used = spent && file.authorizations.find((one) => one.id === spent.id && one.state === 'used')
  await file.write(context, ['claims', 'authorizations', 'steps'], async (tx) => {
    const { state, sentOn, channel, sendReason } = before
    await updateClaim(tx, id, version, { state, sent_on: sentOn, channel, send_reason: sendReason }, context)
    const common = { caseId: file.id, event: 'undo', on: context.today }
    const step = { ...common, entity: 'claim' as const, entityId: id, from: claim.state, to: state, note: reason }
    await addTransition(context, step)
    if (!spent || !used) return
    await updateAuthorization(tx, used.id, used.version, { state: spent.state }, context)
    const ofRequest = { ...common, entity: 'authorization' as const, entityId: used.id, from: 'used', to: spent.state }
    await addTransition(context, { ...ofRequest, note: `Claim ${claim.number}` })
  })
  await reopenTasks(context, file, tasks)
  const done = claimLife.done[last.event as keyof typeof claimLife.done]
  await finishWork(context, file, {
    event: { kind: 'claim', text: `Claim ${claim.number}: undid “${done}” (${reason})` },
    audit: { entity: 'claim', entityId: id, before: { state: claim.state }, after: before, reason },
  })
}
