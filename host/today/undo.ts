// What a person just did on a list can be taken back, exactly, while nothing has changed since.
import type { CaseId } from '#core/ids.ts'
import { getCase, updateCase } from '#host/case/rows.ts'
import { addEvent } from '#host/case/task-rows.ts'
import { addUndo, takeUndo, type UndoneCase } from './undo-rows.ts'
import { refuse } from '#host/case/finish.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refreshCase } from '#host/case/refresh.ts'

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
  const cases: UndoneCase[] = []
  for (const caseId of new Set(caseIds)) {
    const { assignee_id, snoozed_until, snoozed_on, snooze_reason, version } = await getCase(tx, caseId)
    const isChanged = Object.keys(touch.changes).length > 0
    if (isChanged) await updateCase(tx, caseId, null, touch.changes, context)
    await addEvent(
      tx,
      { id: context.newId<string>(), caseId, on: context.today, kind: touch.event.kind, body: touch.event.text },
      context,
    )
    cases.push({
      caseId,
      version: isChanged ? version + 1 : version,
      before: { assignee_id, snoozed_until, snoozed_on, snooze_reason },
    })
    await refreshCase(context, caseId)
  }
  const id = context.newId<string>()
  await addUndo(tx, { id, action, cases }, context)
  return id
}

/** @throws REFUSED when somebody changed one of the cases since, NOT_FOUND when it is not this person's or was used */
export async function undoTouch(context: CommandContext, id: string): Promise<CaseId[]> {
  const { tx } = context
  const { action, cases } = await takeUndo(tx, id, context)
  for (const { caseId, version, before } of cases) {
    const { version: now } = await getCase(tx, caseId)
    if (now !== version) refuse(['One of the cases has changed since. Open it and correct it there.'])
    await updateCase(tx, caseId, version, before, context)
    await addEvent(
      tx,
      { id: context.newId<string>(), caseId, on: context.today, kind: 'undo', body: `Taken back: ${action}` },
      context,
    )
    await refreshCase(context, caseId)
  }
  return cases.map((one) => one.caseId)
}
