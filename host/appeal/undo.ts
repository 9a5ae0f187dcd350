// Takes back that an appeal was sent or decided: for whoever recorded it by mistake.
import { appealLife } from '#core/appeal/lifecycle.ts'
import { type Appeal, LEVEL_LABELS } from '#core/appeal/schema.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { TaskId } from '#core/ids.ts'
import { finishWork } from '#host/case/finish.ts'
import { reopenTasks, stepToTakeBack } from '#host/case/last-step.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { openAppeal } from './open.ts'
import { updateAppeal } from './rows.ts'

/** An appeal before a step, and the tasks that the step ended. */
export type AppealBefore = Pick<Appeal, 'state' | 'sentOn' | 'channel' | 'decidedOn' | 'outcomeNote' | 'nextDays'> & {
  tasks: TaskId[]
}

/** The step and its taking back both stay in the history. @throws NOT_FOUND, REFUSED, CONFLICT */
export async function undoAppealStep(
  context: CommandContext,
  { id, version, reason }: ParsedInputOf<'appeal.undo'>,
): Promise<void> {
  const { file, appeal } = await openAppeal(context, id)
  const last = stepToTakeBack(context, file, id)
  const { tasks, ...before } = last.before as AppealBefore
  await file.write(context, ['appeals', 'steps'], async (tx) => {
    const columns = {
      state: before.state,
      sent_on: before.sentOn,
      channel: before.channel,
      decided_on: before.decidedOn,
      outcome_note: before.outcomeNote,
      next_days: before.nextDays,
    }
    await updateAppeal(tx, id, version, columns, context)
    const step = { event: 'undo', from: appeal.state, to: before.state, on: context.today, note: reason }
    await addTransition(context, { caseId: file.id, entity: 'appeal', entityId: id, ...step })
  })
  await reopenTasks(context, file, tasks)
  const done = appealLife.done[last.event as keyof typeof appealLife.done]
  await finishWork(context, file, {
    event: { kind: 'appeal', text: `${LEVEL_LABELS[appeal.level]}: undid “${done}” (${reason})` },
    audit: { entity: 'appeal', entityId: id, before: { state: appeal.state }, after: before, reason },
  })
}
