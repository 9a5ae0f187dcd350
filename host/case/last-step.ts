// The last step of a request, a claim or an appeal that stands, for whoever wants to take it back.
import { standing } from '#core/authorization/lifecycle.ts'
import type { TaskId } from '#core/ids.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { Writer } from '#host/kernel/store.ts'
import type { CaseFile, Part } from './case-file.ts'
import { finishWork } from './finish.ts'
import { updateTask } from './task-rows.ts'
import { addTransition, type StepRecord } from './transition-rows.ts'

const lastStep = (file: CaseFile, entityId: string): StepRecord | undefined =>
  standing(file.steps.get(entityId) ?? []).at(-1)

/** Whether this person recorded the last step, and it kept what was before. */
export function canTakeBack({ user }: Pick<QueryContext, 'user'>, file: CaseFile, entityId: string): boolean {
  const last = lastStep(file, entityId)
  return last !== undefined && last.before !== null && last.userId === user.id
}

/** What the last step of a claim or an appeal was taken with: its state and the tasks that it ended, and what else changed. */
interface Before {
  state: string
  tasks: TaskId[]
}

/**
 * Undoes the last step of a claim or an appeal: `restore` writes what was before it into `parts` of the case. The step and its undoing both stay in the history.
 * @throws REFUSED when there is none to undo, or it is somebody else's
 */
export async function undoStep<B extends Before>(
  context: CommandContext,
  file: CaseFile,
  {
    reason,
    parts,
    restore,
    ...of
  }: {
    entity: 'claim' | 'appeal'
    id: string
    state: string
    /** "Claim 12", "First appeal", and its steps as they read once done. */
    title: string
    done: Partial<Record<string, string>>
    reason: string
    parts: Part[]
    restore: (tx: Writer, before: Omit<B, 'tasks'>) => Promise<void>
  },
): Promise<void> {
  const last = lastStep(file, of.id)
  if (!last || last.before === null) refuse(['There is no step to undo.'])
  if (last.userId !== context.user.id) refuse(['Only the person who recorded the last step may undo it.'])
  const { tasks, ...before } = last.before as B
  const entity = { entity: of.entity, entityId: of.id }
  await file.write(context, [...parts, 'steps'], async (tx) => {
    await restore(tx, before)
    const step = { event: 'undo', from: of.state, to: before.state, on: context.today, note: reason }
    await addTransition(context, { caseId: file.id, ...entity, ...step })
  })
  await reopenTasks(context, file, tasks)
  await finishWork(context, file, {
    event: { kind: of.entity, text: `${of.title}: undid “${of.done[last.event]}” (${reason})` },
    audit: { ...entity, before: { state: of.state }, after: before, reason },
  })
}

/** What a step ended is to be done again. */
async function reopenTasks(context: CommandContext, file: CaseFile, ids: readonly TaskId[]): Promise<void> {
  if (ids.length === 0) return
  await file.write(context, ['tasks'], async (tx) => {
    for (const id of ids) await updateTask(tx, id, null, { done_at: null }, context)
  })
}
