// The open work of somebody who leaves: cases and tasks go over to somebody else.
import type { CaseId, UserId } from '#core/ids.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { handOverTasks, openCasesOf } from './hand-over-rows.ts'
import { assignCases } from './touch.ts'

/** Within the caller's transaction: all of it goes over, or nothing. */
export async function handOver(
  context: CommandContext,
  from: UserId,
  to: UserId | null,
): Promise<{ cases: number; tasks: number }> {
  const tasks = await handOverTasks(context, from, to)
  for (const { case_id } of tasks) context.touches(case_id)
  const cases = await openCasesOf(context.db, from)
  if (cases.length > 0) await assignCases(context, cases as CaseId[], to)
  return { cases: cases.length, tasks: tasks.length }
}
