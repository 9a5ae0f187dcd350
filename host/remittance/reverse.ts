// Taking an EOB back.
import { postedOf } from '#core/case/contents.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { openTasksOf, originOf } from '#core/remittance/follow-up.ts'
import { openCase } from '#host/case/case-file.ts'
import { finishWork } from '#host/case/finish.ts'
import { updateTask } from '#host/case/task-rows.ts'
import { claimIn } from '#host/claim/open.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { moveClaim } from './claim-step.ts'
import { releasePosted } from './era-rows.ts'
import { caseOfRemittance, reverseRemittance } from './rows.ts'

/** @throws NOT_FOUND, REFUSED */
export async function takeBack(
  context: CommandContext,
  { id, reason }: ParsedInputOf<'remittance.reverse'>,
): Promise<void> {
  const file = await openCase(context, await caseOfRemittance(context.db, id))
  const stored = file.remittances.find((one) => one.id === id)!
  if (stored.reversedAt !== null) refuse(['This EOB was taken back already.'])
  const claim = claimIn(file, stored.claimId)
  if (claim.state === 'closed') refuse(['This claim is closed. Open it again first.'])
  const left = postedOf(file).filter((one) => one.claimId === claim.id && one.id !== id)
  // Its follow-up would chase a decision that was never made.
  const tasks = openTasksOf(file.tasks, id)
  await file.write(context, ['remittances'], (tx) => reverseRemittance(tx, id, reason, context))
  await releasePosted(context.tx, id)
  if (left.length === 0 && claim.state === 'adjudicated')
    await moveClaim(context, file, claim, { event: 'reopen', on: context.today, note: reason })
  if (tasks.length > 0)
    await file.write(context, ['tasks'], async (tx) => {
      for (const task of tasks) await updateTask(tx, task.id, null, { done_at: context.now }, context)
    })
  await finishWork(context, file, {
    event: { kind: 'remittance', text: `${originOf(stored.eobDate)} taken back: ${reason}` },
    audit: { entity: 'remittance', entityId: id, before: stored, reason },
  })
}
