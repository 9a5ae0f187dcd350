// Takes back that a claim was marked as sent: for whoever did it by mistake, as long as nothing has left in a file.
import type { ClaimState } from '#core/claim/schema.ts'
import type { Channel } from '#core/authorization/schema.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import { claimLife } from '#core/claim/lifecycle.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import type { AuthorizationId, TaskId } from '#core/ids.ts'
import { updateAuthorization } from '#host/authorization/rows.ts'
import { undoStep } from '#host/case/last-step.ts'
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

/** The approval that the claim spent covers the next one again. @throws NOT_FOUND, REFUSED, CONFLICT */
export async function undoClaimStep(
  context: CommandContext,
  { id, version, reason }: ParsedInputOf<'claim.undo'>,
): Promise<void> {
  const { file, claim } = await openClaim(context, id)
  if ((await listAnswers(context.db, id)).length > 0)
    refuse(['It went out in an exported file. Record the rejection, or void it with the payer.'])
  const title = `Claim ${claim.number}`
  await undoStep<ClaimBefore>(context, file, {
    entity: 'claim',
    id,
    state: claim.state,
    title,
    done: claimLife.done,
    reason,
    parts: ['claims', 'authorizations'],
    async restore(tx, { state, sentOn, channel, sendReason, spent }) {
      await updateClaim(tx, id, version, { state, sent_on: sentOn, channel, send_reason: sendReason }, context)
      const used = spent && file.authorizations.find((one) => one.id === spent.id && one.state === 'used')
      if (!spent || !used) return
      await updateAuthorization(tx, used.id, used.version, { state: spent.state }, context)
      const step = { event: 'undo', from: 'used', to: spent.state, on: context.today, note: title }
      await addTransition(context, { caseId: file.id, entity: 'authorization', entityId: used.id, ...step })
    },
  })
}
