// Tasks of a case that end by themselves: with the letter, the payment or the case that they belong to.
import type { Task } from '#core/case/schema.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { CaseFile } from './case-file.ts'
import { updateTask } from './task-rows.ts'

/** Marks tasks of the case as done. */
export const endTasks = (context: CommandContext, file: CaseFile, ended: readonly Task[]): Promise<void> =>
  mark(context, file, ended, context.now)
/** Marks tasks of the case as still to do. */
export const reopenTasks = (context: CommandContext, file: CaseFile, tasks: readonly Task[]): Promise<void> =>
  mark(context, file, tasks, null)

async function mark(context: CommandContext, file: CaseFile, tasks: readonly Task[], doneAt: string | null) {
  if (tasks.length === 0) return
  await file.write(context, ['tasks'], async (tx) => {
    for (const { id } of tasks) await updateTask(tx, id, null, { done_at: doneAt }, context)
  })
}
