// Tasks of a case that end by themselves: with the letter, the payment or the case that they belong to.
import type { Task } from '#core/case/schema.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { CaseFile } from './case-file.ts'
import { updateTask } from './task-rows.ts'

/** Marks tasks of the case as done. */
export async function endTasks(context: CommandContext, file: CaseFile, ended: readonly Task[]): Promise<void> {
  if (ended.length === 0) return
  await file.write(context, ['tasks'], async (tx) => {
    for (const { id } of ended) await updateTask(tx, id, null, { done_at: context.now }, context)
  })
}
