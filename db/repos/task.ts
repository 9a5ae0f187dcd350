// Tasks, ringing clocks and dated events of cases.
import type { Selectable } from 'kysely'
import type { Clock } from '#core/case/deadlines.ts'
import type { Step, Task, TaskInput } from '#core/case/schema.ts'
import type { CaseId, TaskId, UserId } from '#core/ids.ts'
import type { Reader, Writer } from '../reader.ts'
import type { TaskTable } from '../schema.ts'
import { found, type Stamp, stampOf, updateVersioned } from './versioned.ts'

type Db = Reader | Writer

const toTask = (row: Selectable<TaskTable> & { assignee: string | null }): Task => ({
  id: row.id,
  caseId: row.case_id,
  title: row.title,
  dueOn: row.due_on,
  assigneeId: row.assignee_id,
  assigneeName: row.assignee,
  kind: row.kind as Task['kind'],
  note: row.note,
  doneAt: row.done_at,
  version: row.version,
})
export async function listTasks(db: Db, caseId: CaseId): Promise<Task[]> {
  const rows = await db
    .selectFrom('task')
    .leftJoin('app_user', 'app_user.id', 'assignee_id')
    .selectAll('task')
    .select('app_user.name as assignee')
    .where('case_id', '=', caseId)
    .orderBy('due_on')
    .execute()
  return rows.map(toTask)
}
export async function getTask(db: Db, id: TaskId): Promise<Task> {
  const row = await db
    .selectFrom('task')
    .leftJoin('app_user', 'app_user.id', 'assignee_id')
    .selectAll('task')
    .select('app_user.name as assignee')
    .where('task.id', '=', id)
    .executeTakeFirst()
  return toTask(found(row, 'task', id))
}
export async function addTask(tx: Writer, id: TaskId, task: TaskInput, stamp: Stamp): Promise<void> {
  await tx
    .insertInto('task')
    .values({
      id,
      case_id: task.caseId,
      title: task.title,
      due_on: task.dueOn,
      assignee_id: task.assigneeId,
      kind: task.kind,
      note: task.note,
      done_at: null,
      created_at: stamp.now,
      ...stampOf(stamp),
    })
    .execute()
}
export async function updateTask(
  tx: Writer,
  id: TaskId,
  version: number | null,
  changes: Partial<Selectable<TaskTable>>,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'task', id, version, changes, stamp)
}

/** Rewrites the clocks of a case. */
export async function replaceClocks(tx: Writer, caseId: CaseId, clocks: readonly Clock[]): Promise<void> {
  await tx.deleteFrom('clock').where('case_id', '=', caseId).execute()
  if (clocks.length === 0) return
  await tx
    .insertInto('clock')
    .values(
      clocks.map((clock) => ({
        case_id: caseId,
        key: clock.key,
        due_on: clock.dueOn,
        kind: clock.kind,
        params_json: JSON.stringify(clock.params),
        step: clock.step,
        assignee_id: clock.assigneeId,
        task_id: clock.taskId,
        waiting: clock.waiting ? (1 as const) : (0 as const),
      })),
    )
    .execute()
}

export interface RingingRow {
  caseId: CaseId
  clock: Clock
  patientName: string
  tooth: string | null
  code: string | null
  payerName: string | null
  assigneeName: string | null
}
/** Clocks due until `until` (all of one kind of waiting), the oldest first. */
export async function listClocks(
  db: Db,
  filter: { until: string; waiting: boolean; assigneeId: UserId | null; limit: number },
): Promise<RingingRow[]> {
  let query = db
    .selectFrom('clock as k')
    .innerJoin('case_file as c', 'c.id', 'k.case_id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('coverage as v', 'v.id', 'c.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .leftJoin('app_user as u', 'u.id', 'k.assignee_id')
    .selectAll('k')
    .select([
      'p.last_name',
      'p.first_name',
      'c.tooth',
      'c.main_code',
      'payer.name as payer_name',
      'u.name as assignee_name',
    ])
    .where('k.waiting', '=', filter.waiting ? 1 : 0)
    .where('k.due_on', '<=', filter.until)
    .orderBy('k.due_on')
    .limit(filter.limit)
  if (filter.assigneeId) query = query.where('k.assignee_id', '=', filter.assigneeId)
  return (await query.execute()).map((row) => ({
    caseId: row.case_id,
    patientName: `${row.last_name}, ${row.first_name}`,
    tooth: row.tooth,
    code: row.main_code,
    payerName: row.payer_name,
    assigneeName: row.assignee_name,
    clock: {
      key: row.key,
      kind: row.kind as Clock['kind'],
      dueOn: row.due_on,
      params: JSON.parse(row.params_json) as Clock['params'],
      step: row.step as Step,
      waiting: row.waiting === 1,
      assigneeId: row.assignee_id,
      taskId: row.task_id,
    },
  }))
}
/** How many clocks lie in a span of days, ends included. */
export async function countClocks(
  db: Db,
  filter: { from: string | null; until: string | null; waiting: boolean; assigneeId: UserId | null },
): Promise<number> {
  let query = db
    .selectFrom('clock')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('waiting', '=', filter.waiting ? 1 : 0)
  if (filter.from) query = query.where('due_on', '>=', filter.from)
  if (filter.until) query = query.where('due_on', '<=', filter.until)
  if (filter.assigneeId) query = query.where('assignee_id', '=', filter.assigneeId)
  return (await query.executeTakeFirstOrThrow()).n
}

/** Adds a dated event to the history of a case. Words without identifiers of the patient. */
export async function addEvent(
  tx: Writer,
  event: { id: string; caseId: CaseId; on: string; kind: string; body: string },
  stamp: Stamp,
): Promise<void> {
  await tx
    .insertInto('case_event')
    .values({
      id: event.id,
      case_id: event.caseId,
      at: stamp.now,
      on_date: event.on,
      user_id: stamp.user.id,
      kind: event.kind,
      body: event.body,
    })
    .execute()
}
export async function listEvents(
  db: Db,
  caseId: CaseId,
): Promise<{ at: string; on: string; user: string; kind: string; text: string }[]> {
  const rows = await db
    .selectFrom('case_event')
    .leftJoin('app_user', 'app_user.id', 'user_id')
    .select(['at', 'on_date', 'kind', 'body', 'app_user.name as name'])
    .where('case_id', '=', caseId)
    .orderBy('at', 'desc')
    .orderBy('case_event.id', 'desc')
    .execute()
  return rows.map((row) => ({ at: row.at, on: row.on_date, user: row.name ?? '', kind: row.kind, text: row.body }))
}
