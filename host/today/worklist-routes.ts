// What is done to several cases at once from a list, and taking it back.
import type { worklistRoutes } from '#core/contract/worklist.ts'
import { formatDate } from '#core/dates.ts'
import type { UserId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { invalid } from '#host/case/finish.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { touchCases, undoTouch } from './undo.ts'

/** `Assigned to Ana`, as the timeline says it. */
export async function assignmentText(db: Reader | Writer, userId: UserId | null): Promise<string> {
  if (!userId) return 'Assignment removed'
  const user = await db.selectFrom('app_user').select('name').where('id', '=', userId).executeTakeFirst()
  if (!user) invalid('userId', 'This person is not among the users of the office.')
  return `Assigned to ${user.name}`
}

export const worklistHandlers = {
  'worklist.assign': async (context, { caseIds, userId }) => {
    const text = await assignmentText(context.tx, userId)
    const undoId = await touchCases(context, text, caseIds, {
      changes: { assignee_id: userId },
      event: { kind: 'assign', text },
    })
    context.audit({ entity: 'case', entityId: caseIds[0]!, after: { caseIds, userId, undoId } })
    return { undoId }
  },
  'worklist.snooze': async (context, { caseIds, until, reason }) => {
    if (until <= context.today) invalid('until', 'Choose a day after today.')
    const text = `Snoozed until ${formatDate(until)}: ${reason}`
    const undoId = await touchCases(context, text, caseIds, {
      changes: { snoozed_until: until, snoozed_on: context.today, snooze_reason: reason },
      event: { kind: 'snooze', text },
    })
    context.audit({ entity: 'case', entityId: caseIds[0]!, after: { caseIds, until, undoId }, reason })
    return { undoId }
  },
  'action.undo': async (context, { id }) => {
    const caseIds = await undoTouch(context, id)
    context.audit({ entity: 'case', entityId: caseIds[0] ?? id, after: { undone: id, caseIds } })
    return {}
  },
} satisfies HandlersOf<keyof typeof worklistRoutes>
