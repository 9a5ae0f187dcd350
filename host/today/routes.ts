// Today and tasks: what rings, most urgent first, and the touches that quiet it.
import { describeClock } from '#core/case/clock-words.ts'
import type { TodayRow, todayRoutes } from '#core/contract/today.ts'
import { formatDate, type IsoDate } from '#core/dates.ts'
import type { CaseId, TaskId } from '#core/ids.ts'
import { countByProgress, getCase } from '#host/case/rows.ts'
import {
  addEvent,
  addTask,
  type Bucket,
  BUCKETS,
  countClocks,
  getTask,
  listTasks,
  pageClocks,
  type RingingRow,
  updateTask,
} from '#host/case/task-rows.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { refreshCase } from '#host/case/refresh.ts'
import { touchCases } from './undo.ts'
import { assigneeOf } from '#host/authorization/list.ts'
import { readSettings } from '#host/office/settings.ts'
import { assignmentText } from './worklist-routes.ts'

interface Touch {
  kind: keyof typeof TOUCH
  text: string
  contact: string
  reference: string
  nextOn: IsoDate | null
}

const TOUCH = { call: 'Call', portal: 'Portal check', mail: 'Mail', note: 'Note' }

export const todayHandlers = {
  'today.list': async ({ db, today, user }, { bucket: chosen, assignee, after, limit, ...narrow }) => {
    const filter = { today, ...narrow, assigneeId: assigneeOf(assignee, user.id) }
    const { holidays } = await readSettings(db)
    const counts = { overdue: 0, today: 0, week: 0, waiting: 0 }
    for (const bucket of BUCKETS) counts[bucket] = await countClocks(db, { ...filter, bucket })
    const rows: TodayRow[] = []
    let next: string | null = null
    const rooms = Object.entries(chosen === 'all' ? shareOut(counts, limit) : { [chosen]: limit }) as [Bucket, number][]
    for (const [bucket, room] of rooms) {
      if (room === 0) continue
      const page = await pageClocks(db, { ...filter, bucket }, { after: chosen === 'all' ? null : after, limit: room })
      rows.push(...page.rows.map((row) => toRow(row, today, holidays)))
      if (chosen !== 'all') next = page.next
    }
    return { today, rows, next, counts, steps: await countByProgress(db) }
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
  'case.touch': async (context, { caseId, ...touch }) => {
    const undoId = await recordTouch(context, caseId, touch)
    context.audit({ entity: 'case', entityId: caseId, after: { ...touch, undoId } })
    return { undoId }
  },
  'case.snooze': async (context, { caseId, until, reason }) => {
    const text = `Snoozed until ${formatDate(until)}: ${reason}`
    const undoId = await touchCases(context, text, [caseId], {
      changes: { snoozed_until: until, snoozed_on: context.today, snooze_reason: reason },
      event: { kind: 'snooze', text },
    })
    context.audit({ entity: 'case', entityId: caseId, after: { until, undoId }, reason })
    return { undoId }
  },
  'case.assign': async (context, { caseId, userId }) => {
    const before = await getCase(context.tx, caseId)
    const text = await assignmentText(context.tx, userId)
    const undoId = await touchCases(context, text, [caseId], {
      changes: { assignee_id: userId },
      event: { kind: 'assign', text },
    })
    context.audit({
      entity: 'case',
      entityId: caseId,
      before: { assigneeId: before.assignee_id },
      after: { assigneeId: userId, undoId },
    })
    return { undoId }
  },
} satisfies HandlersOf<keyof typeof todayRoutes>

/** Rows per bucket, most urgent first; each keeps a quarter, so that a backlog never hides what waits behind it. */
function shareOut(counts: Record<Bucket, number>, limit: number): Record<Bucket, number> {
  const share = { overdue: 0, today: 0, week: 0, waiting: 0 }
  for (const bucket of BUCKETS) share[bucket] = Math.min(counts[bucket], Math.ceil(limit / 4))
  for (const bucket of BUCKETS) {
    const free = limit - BUCKETS.reduce((sum, one) => sum + share[one], 0)
    share[bucket] += Math.max(0, Math.min(free, counts[bucket] - share[bucket]))
  }
  return share
}

function toRow(row: RingingRow, today: string, holidays: readonly string[]): TodayRow {
  const words = describeClock(row.clock, today, holidays)
  return {
    key: `${row.caseId}/${row.clock.key}`,
    caseId: row.caseId,
    taskId: row.clock.taskId,
    patientName: row.patientName,
    tooth: row.tooth,
    area: row.area,
    code: row.code,
    payerName: row.payerName,
    providerName: row.providerName,
    bucket: row.bucket,
    dueOn: words.deadline,
    reason: words.reason,
    source: words.source,
    action: words.action,
    step: row.clock.step,
    assigneeName: row.assigneeName,
  }
}

/** A dated touch in the timeline; with a next day the case rests until then. @returns the id to take it back with */
export async function recordTouch(context: CommandContext, caseId: CaseId, touch: Touch): Promise<string> {
  const { kind, text, contact, reference, nextOn } = touch
  const details = [contact && `with ${contact}`, reference && `ref. ${reference}`].filter(Boolean).join(', ')
  const said = `${TOUCH[kind]}: ${text}${details ? ` (${details})` : ''}`
  const rest = nextOn ? { snoozed_until: nextOn, snoozed_on: context.today, snooze_reason: text } : {}
  return touchCases(context, said, [caseId], { changes: rest, event: { kind: 'touch', text: said } })
}

async function say(context: CommandContext, caseId: CaseId, kind: string, body: string): Promise<void> {
  await addEvent(context.tx, { id: context.newId<string>(), caseId, on: context.today, kind, body }, context)
}
