// What is done to several cases at once from a list, and taking it back.
import type { worklistRoutes } from '#core/contract/today.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { invalid } from '#host/kernel/refuse.ts'
import { assignCases, snoozeCases } from './touch.ts'
import { undoTouch } from './undo.ts'

export const worklistHandlers = {
  'worklist.assign': async (context, { caseIds, userId }) => {
    const undoId = await assignCases(context, caseIds, userId)
    context.audit({ entity: 'case', entityId: caseIds[0]!, after: { caseIds, userId, undoId } })
    return { undoId }
  },
  'worklist.snooze': async (context, { caseIds, until, reason }) => {
    if (until <= context.today) invalid('until', 'Choose a day after today.')
    const undoId = await snoozeCases(context, caseIds, { until, reason })
    context.audit({ entity: 'case', entityId: caseIds[0]!, after: { caseIds, until, undoId }, reason })
    return { undoId }
  },
  'action.undo': async (context, { id }) => {
    const caseIds = await undoTouch(context, id)
    context.audit({ entity: 'case', entityId: caseIds[0] ?? id, after: { undone: id, caseIds } })
  },
} satisfies HandlersOf<keyof typeof worklistRoutes>
