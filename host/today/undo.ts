// What a person just did on a list can be taken back, exactly, while nothing has changed since.
import type { CaseId } from '#core/ids.ts'
import { say } from '#host/case/finish.ts'
import { recordsById, updateCase } from '#host/case/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { addUndo, takeUndo, type UndoneCase } from './undo-rows.ts'

/** Columns of a case that touches change. */
type TouchedColumns = UndoneCase['before']

/** Changes each case, says so in its timeline, and keeps what was before. @returns the id to take it back with */
export async function touchCases(
  context: CommandContext,
  action: string,
  caseIds: readonly CaseId[],
  touch: { changes: Partial<TouchedColumns>; event: { kind: string; text: string } },
): Promise<string> {
  const { tx } = context
  const isChanged = Object.keys(touch.changes).length > 0
  const records = await recordsById(tx, [...new Set(caseIds)])
  for (const id of records.keys()) {
    if (isChanged) await updateCase(tx, id, null, touch.changes, context)
    await say(context, { id }, touch.event)
    context.touches(id)
  }
  const cases = [...records.values()].map((record) => ({
    caseId: record.id,
    version: isChanged ? record.version + 1 : record.version,
    before: {
      assignee_id: record.assigneeId,
      snoozed_until: record.snoozedUntil,
      snoozed_on: record.snoozedOn,
      snooze_reason: record.snoozeReason,
    },
  }))
  const undoId = context.newId<string>()
  await addUndo(tx, { id: undoId, action, cases }, context)
  return undoId
}

/** @throws REFUSED when somebody changed one of the cases since, NOT_FOUND when it is not this person's or was used */
export async function undoTouch(context: CommandContext, id: string): Promise<CaseId[]> {
  const { tx } = context
  const { action, cases } = await takeUndo(tx, id, context)
  const caseIds = cases.map((one) => one.caseId)
  const records = await recordsById(tx, caseIds)
  for (const { caseId, version, before } of cases) {
    if (records.get(caseId)!.version !== version)
      refuse(['One of the cases has changed since. Open it and correct it there.'])
    await updateCase(tx, caseId, version, before, context)
    await say(context, { id: caseId }, { kind: 'undo', text: `Undone: ${action}` })
    context.touches(caseId)
  }
  return caseIds
}
