// Today and tasks: what rings, most urgent first, and the touches that quiet it.
import { bucketOf, describeClock } from '#core/case/deadlines.ts'
import type { TodayRow, todayRoutes } from '#core/contract/today.ts'
import { addDays, formatDate } from '#core/dates.ts'
import type { CaseId, TaskId } from '#core/ids.ts'
import { countByProgress, getCase, updateCase } from '#db/repos/case.ts'
import {
  addEvent,
  addTask,
  countClocks,
  getTask,
  listClocks,
  listTasks,
  type RingingRow,
  updateTask,
} from '#db/repos/task.ts'
import type { CommandContext, HandlersOf } from '../context.ts'
import { refreshCase } from '../refresh.ts'
import { readSettings } from './setting.ts'

const ORDER = { overdue: 0, today: 1, week: 2, waiting: 3 }
const TOUCH = { call: 'Call', portal: 'Portal check', mail: 'Mail', note: 'Note' }

export const todayHandlers = {
  'today.list': async ({ db, today, user }, { mine, limit }) => {
    const assigneeId = mine ? user.id : null
    const week = addDays(today, 7)
    const { holidays } = await readSettings(db)
    const active = await listClocks(db, { until: week, waiting: false, assigneeId, limit })
    const late = await listClocks(db, { until: today, waiting: true, assigneeId, limit })
    const waiting = await listClocks(db, { until: '9999-12-31', waiting: true, assigneeId, limit })
    const seen = new Set<string>()
    const rows = [...active, ...late, ...waiting].flatMap((row): TodayRow[] => {
      const key = `${row.caseId}/${row.clock.key}`
      if (seen.has(key)) return []
      seen.add(key)
      return toRow(row, key, today, holidays)
    })
    rows.sort((a, b) => ORDER[a.bucket] - ORDER[b.bucket] || (a.dueOn < b.dueOn ? -1 : 1))
    const count = (from: string | null, until: string | null, isWaiting = false) =>
      countClocks(db, { from, until, waiting: isWaiting, assigneeId })
    const lateCount = await count(null, today, true)
    const counts = {
      overdue: rows.filter((row) => row.bucket === 'overdue').length,
      today: rows.filter((row) => row.bucket === 'today').length,
      week: await count(addDays(today, 1), week),
      waiting: (await count(null, null, true)) - lateCount,
    }
    // Beyond the page only the store can count: everything due by today is overdue or today.
    const dueNow = (await count(null, today)) + lateCount
    if (dueNow > counts.overdue + counts.today) counts.overdue = dueNow - counts.today
    return { today, rows: rows.slice(0, limit), counts, steps: await countByProgress(db) }
  },
  'task.forCase': async ({ db }, { caseId }) => ({ tasks: await listTasks(db, caseId) }),
  'task.add': async (context, { task }) => {
    await getCase(context.tx, task.caseId)
    const id = context.newId<TaskId>()
    await addTask(context.tx, id, task, context)
    context.audit({ entity: 'task', entityId: id, after: task })
    await refreshCase(context, task.caseId)
    return { id }
  },
  'task.update': async (context, { id, version, task }) => {
    const before = await getTask(context.tx, id)
    await updateTask(
      context.tx,
      id,
      version,
      { title: task.title, due_on: task.dueOn, assignee_id: task.assigneeId, kind: task.kind, note: task.note },
      context,
    )
    context.audit({ entity: 'task', entityId: id, before, after: task })
    await refreshCase(context, before.caseId)
    return {}
  },
  'task.complete': async (context, { id, done, note }) => {
    const task = await getTask(context.tx, id)
    await updateTask(context.tx, id, null, { done_at: done ? context.now : null }, context)
    await say(context, task.caseId, 'task', `${done ? 'Done' : 'Reopened'}: ${task.title}${note ? ` (${note})` : ''}`)
    context.audit({ entity: 'task', entityId: id, before: { doneAt: task.doneAt }, after: { done }, reason: note })
    await refreshCase(context, task.caseId)
    return {}
  },
  'case.touch': async (context, { caseId, kind, text, reference, nextOn }) => {
    await getCase(context.tx, caseId)
    await say(context, caseId, 'touch', `${TOUCH[kind]}: ${text}${reference ? ` (ref. ${reference})` : ''}`)
    if (nextOn) await snooze(context, caseId, nextOn, text)
    context.audit({ entity: 'case', entityId: caseId, after: { kind, text, reference, nextOn } })
    await refreshCase(context, caseId)
    return {}
  },
  'case.snooze': async (context, { caseId, until, reason }) => {
    await getCase(context.tx, caseId)
    await snooze(context, caseId, until, reason)
    await say(context, caseId, 'snooze', `Snoozed until ${formatDate(until)}: ${reason}`)
    context.audit({ entity: 'case', entityId: caseId, after: { until }, reason })
    await refreshCase(context, caseId)
    return {}
  },
  'case.assign': async (context, { caseId, userId }) => {
    const before = await getCase(context.tx, caseId)
    await updateCase(context.tx, caseId, null, { assignee_id: userId }, context)
    const name = userId
      ? (await context.tx.selectFrom('app_user').select('name').where('id', '=', userId).executeTakeFirst())?.name
      : null
    await say(context, caseId, 'assign', name ? `Assigned to ${name}` : 'Assignment removed')
    context.audit({
      entity: 'case',
      entityId: caseId,
      before: { assigneeId: before.assignee_id },
      after: { assigneeId: userId },
    })
    await refreshCase(context, caseId)
    return {}
  },
} satisfies HandlersOf<keyof typeof todayRoutes>

function toRow(row: RingingRow, key: string, today: string, holidays: readonly string[]): TodayRow[] {
  const words = describeClock(row.clock, today, holidays)
  const bucket = bucketOf(row.clock, words.deadline, today)
  if (!bucket) return []
  return [
    {
      key,
      caseId: row.caseId,
      taskId: row.clock.taskId,
      patientName: row.patientName,
      tooth: row.tooth,
      code: row.code,
      payerName: row.payerName,
      bucket,
      dueOn: words.deadline,
      reason: words.reason,
      source: words.source,
      action: words.action,
      step: row.clock.step,
      assigneeName: row.assigneeName,
    },
  ]
}

async function snooze(context: CommandContext, caseId: CaseId, until: string, reason: string): Promise<void> {
  await updateCase(context.tx, caseId, null, { snoozed_until: until, snooze_reason: reason }, context)
}

async function say(context: CommandContext, caseId: CaseId, kind: string, body: string): Promise<void> {
  await addEvent(context.tx, { id: context.newId<string>(), caseId, on: context.today, kind, body }, context)
}
