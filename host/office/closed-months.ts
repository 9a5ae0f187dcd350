// Months whose money stays as it was counted.
import { closedWords, closingProblem } from '#core/closed-months.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { readSettings, writeSettings } from './settings.ts'

/** Before money of a day that stands in `field` is entered or written off. @throws INVALID_INPUT there in a closed month */
export async function refuseClosedDay(context: CommandContext, day: IsoDate, field: string): Promise<void> {
  const problem = closedWords(day, (await readSettings(context)).closedThrough)
  if (problem) invalid(field, problem)
}

/** Before money that was entered on this day is taken back. @throws REFUSED in a closed month */
export async function refuseClosed(context: CommandContext, day: IsoDate): Promise<void> {
  const problem = closedWords(day, (await readSettings(context)).closedThrough, true)
  if (problem) refuse([problem])
}

/** Closes months; opening one again wants a reason, which stays in the trail. @throws INVALID_INPUT */
export async function closeMonths(
  context: CommandContext,
  { through, reason }: ParsedInputOf<'setting.closeMonths'>,
): Promise<void> {
  const settings = await readSettings(context)
  const before = settings.closedThrough
  const problem = through && closingProblem(through, context.today)
  if (problem) invalid('through', problem)
  const opens = before !== null && (through === null || through < before)
  if (opens && reason.length < 3) invalid('reason', 'Say why: it stays in the audit trail')
  await writeSettings(context, { ...settings, closedThrough: through })
  context.audit({
    entity: 'setting',
    entityId: 'closedThrough',
    before: { closedThrough: before },
    after: { closedThrough: through },
    reason,
  })
}
