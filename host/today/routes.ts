// Today and tasks: what rings, and the touches that quiet it.
import type { taskRoutes } from '#core/contract/case.ts'
import type { todayRoutes } from '#core/contract/today.ts'
import type { TaskId } from '#core/ids.ts'
import { openCase } from '#host/case/case-file.ts'
import { finishWork } from '#host/case/finish.ts'
import { recordsById } from '#host/case/rows.ts'
import { addTask, getTask, tasksByCase, updateTask } from '#host/case/task-rows.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { readSettings } from '#host/office/settings.ts'
import { setUpSoFar } from './first-week-rows.ts'
import { listToday } from './list.ts'
import { assignCases, recordTouch, snoozeCases } from './touch.ts'

export const todayHandlers = {
  'today.list': listToday,
  'today.firstWeek': async (context) => {
    const { name, receiverId, submitterId } = (await readSettings(context)).clearinghouse
    return { ...(await setUpSoFar(context.db)), clearinghouse: [name, receiverId, submitterId].some(Boolean) }
  },
  'task.forCase': async ({ db }, { caseId }) => ({ tasks: (await tasksByCase(db, [caseId])).get(caseId)! }),
  'task.add': async (context, { task }) => {
    const file = await openCase(context, task.caseId)
    const id = context.newId<TaskId>()
    await file.write(context, ['tasks'], (tx) => addTask(tx, id, task, context))
    await finishWork(context, file, { audit: { entity: 'task', entityId: id, after: task } })
    return { id }
  },
  'task.update': async (context, { id, version, task }) => {
    const before = await getTask(context.db, id)
    const file = await openCase(context, before.caseId)
    const columns = { title: task.title, due_on: task.dueOn, assignee_id: task.assigneeId }
    const changes = { ...columns, kind: task.kind, note: task.note }
    await file.write(context, ['tasks'], (tx) => updateTask(tx, id, version, changes, context))
    await finishWork(context, file, { audit: { entity: 'task', entityId: id, before, after: task } })
  },
  'task.complete': async (context, { id, done, note }) => {
    const { caseId, title, doneAt } = await getTask(context.db, id)
    const file = await openCase(context, caseId)
    const changes = { done_at: done ? context.now : null }
    await file.write(context, ['tasks'], (tx) => updateTask(tx, id, null, changes, context))
    await finishWork(context, file, {
      event: { kind: 'task', text: `${done ? 'Done' : 'Reopened'}: ${title}${note ? ` (${note})` : ''}` },
      audit: { entity: 'task', entityId: id, before: { doneAt }, after: { done }, reason: note },
    })
  },
  'case.touch': async (context, { caseId, ...touch }) => {
    const undoId = await recordTouch(context, caseId, touch)
    context.audit({ entity: 'case', entityId: caseId, after: { ...touch, undoId } })
    return { undoId }
  },
  'case.snooze': async (context, { caseId, until, reason }) => {
    const undoId = await snoozeCases(context, [caseId], { until, reason })
    context.audit({ entity: 'case', entityId: caseId, after: { until, undoId }, reason })
    return { undoId }
  },
  'case.assign': async (context, { caseId, userId }) => {
    const { assigneeId } = (await recordsById(context.db, [caseId])).get(caseId)!
    const undoId = await assignCases(context, [caseId], userId)
    context.audit({
      entity: 'case',
      entityId: caseId,
      before: { assigneeId },
      after: { assigneeId: userId, undoId },
    })
    return { undoId }
  },
} satisfies HandlersOf<keyof typeof todayRoutes | keyof typeof taskRoutes>
