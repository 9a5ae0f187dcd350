// Takes back that an appeal was sent or decided: for whoever recorded it by mistake.
import { appealLife } from '#core/appeal/lifecycle.ts'
import { type Appeal, LEVEL_LABELS } from '#core/appeal/schema.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { TaskId } from '#core/ids.ts'
import { undoStep } from '#host/case/last-step.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { openAppeal } from './open.ts'
import { updateAppeal } from './rows.ts'

/** An appeal before a step, and the tasks that the step ended. */
export type AppealBefore = Pick<Appeal, 'state' | 'sentOn' | 'channel' | 'decidedOn' | 'outcomeNote' | 'nextDays'> & {
  tasks: TaskId[]
}

/** @throws NOT_FOUND, REFUSED, CONFLICT */
export async function undoAppealStep(
  context: CommandContext,
  { id, version, reason }: ParsedInputOf<'appeal.undo'>,
): Promise<void> {
  const { file, appeal } = await openAppeal(context, id)
  const title = LEVEL_LABELS[appeal.level]
  await undoStep<AppealBefore>(context, file, {
    entity: 'appeal',
    id,
    state: appeal.state,
    title,
    done: appealLife.done,
    reason,
    parts: ['appeals'],
    async restore(tx, { state, sentOn, channel, decidedOn, outcomeNote, nextDays }) {
      const decision = { decided_on: decidedOn, outcome_note: outcomeNote, next_days: nextDays }
      await updateAppeal(tx, id, version, { state, sent_on: sentOn, channel, ...decision }, context)
    },
  })
}
