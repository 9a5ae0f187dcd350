// The last step of a request, a claim or an appeal that stands, for whoever wants to take it back.
import { standing } from '#core/authorization/lifecycle.ts'
import type { TaskId } from '#core/ids.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { CaseFile } from './case-file.ts'
import { updateTask } from './task-rows.ts'
import type { StepRecord } from './transition-rows.ts'

const lastStep = (file: CaseFile, entityId: string): StepRecord | undefined =>
  standing(file.steps.get(entityId) ?? []).at(-1)

/** Whether this person recorded the last step, and it kept what was before. */
export function canTakeBack({ user }: Pick<QueryContext, 'user'>, file: CaseFile, entityId: string): boolean {
  const last = lastStep(file, entityId)
  return last !== undefined && last.before !== null && last.userId === user.id
}

/** @throws REFUSED when there is none to take back, or it is somebody else's */
export function stepToTakeBack({ user }: CommandContext, file: CaseFile, entityId: string): StepRecord {
  const last = lastStep(file, entityId)
  if (!last || last.before === null) refuse(['There is no step to undo.'])
  if (last.userId !== user.id) refuse(['Only the person who recorded the last step may undo it.'])
  return last
}

/** What a step ended is to be done again. */
export async function reopenTasks(context: CommandContext, file: CaseFile, ids: readonly TaskId[]): Promise<void> {
  if (ids.length === 0) return
  await file.write(context, ['tasks'], async (tx) => {
    for (const id of ids) await updateTask(tx, id, null, { done_at: null }, context)
  })
}
