// What is done to cases from a list, and noted in their timeline so that it can be taken back.
import type { Touch } from '#core/contract/case.ts'
import { formatDate, type IsoDate } from '#core/dates.ts'
import type { CaseId, UserId } from '#core/ids.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { invalid } from '#host/kernel/refuse.ts'
import { touchCases } from './undo.ts'
import { findPersonName } from './undo-rows.ts'

const TOUCH = { call: 'Call', portal: 'Portal check', mail: 'Mail', note: 'Note' }

/** A dated touch in the timeline; with a next day the case rests until then. @returns the id to take it back with */
export async function recordTouch(context: CommandContext, caseId: CaseId, touch: Touch): Promise<string> {
  const { kind, text, contact, reference, nextOn } = touch
  const details = [contact && `with ${contact}`, reference && `ref. ${reference}`].filter(Boolean).join(', ')
  const said = `${TOUCH[kind]}: ${text}${details ? ` (${details})` : ''}`
  const rest = nextOn ? { snoozed_until: nextOn, snoozed_on: context.today, snooze_reason: text } : {}
  return touchCases(context, said, [caseId], { changes: rest, event: { kind: 'touch', text: said } })
}

/** The cases rest until a day. @returns the id to take it back with */
export async function snoozeCases(
  context: CommandContext,
  caseIds: readonly CaseId[],
  { until, reason }: { until: IsoDate; reason: string },
): Promise<string> {
  const text = `Snoozed until ${formatDate(until)}: ${reason}`
  return touchCases(context, text, caseIds, {
    changes: { snoozed_until: until, snoozed_on: context.today, snooze_reason: reason },
    event: { kind: 'snooze', text },
  })
}

/** Whose the cases are from now on; null: nobody's. @returns the id to take it back with */
export async function assignCases(
  context: CommandContext,
  caseIds: readonly CaseId[],
  userId: UserId | null,
): Promise<string> {
  const text = await assignmentText(context, userId)
  return touchCases(context, text, caseIds, { changes: { assignee_id: userId }, event: { kind: 'assign', text } })
}

/** `Assigned to Ana`, as the timeline says it. */
async function assignmentText({ db }: CommandContext, userId: UserId | null): Promise<string> {
  if (!userId) return 'Assignment removed'
  const name = await findPersonName(db, userId)
  if (name === undefined) invalid('userId', 'This person is not among the users of the office.')
  return `Assigned to ${name}`
}
