// Tasks, ringing clocks and dated events of cases.
import type { Insertable, Selectable } from 'kysely'
import type { Clock } from '#core/case/clocks.ts'
import { deadlineOf, NEVER } from '#core/case/urgency.ts'
import { type Step, Task, TaskInput } from '#core/case/schema.ts'
import type { CaseId, PayerId, ProviderId, RemittanceId, TaskId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { groupedQuery } from '#host/kernel/set-query.ts'
import type { ClockTable, TaskTable } from '#db/tables/work.ts'
import { found, type Stamp, stampOf, updaterOf } from '#host/kernel/versioned.ts'

const toTask = (row: Selectable<TaskTable> & { assignee_name: string | null }): Task => recordOf(Task, row)
/** Tasks of the cases by the day they are due, also those that are done. */
export const tasksByCase = groupedQuery(
  'case_id',
  (db, ids: CaseId[]) =>
    db
      .selectFrom('task')
      .leftJoin('app_user', 'app_user.id', 'assignee_id')
      .selectAll('task')
      .select('app_user.name as assignee_name')
      .where('case_id', 'in', ids)
      .orderBy('due_on'),
  toTask,
)
export async function getTask(db: Reader, id: TaskId): Promise<Task> {
  const row = await db
    .selectFrom('task')
    .leftJoin('app_user', 'app_user.id', 'assignee_id')
    .selectAll('task')
    .select('app_user.name as assignee_name')
    .where('task.id', '=', id)
    .executeTakeFirst()
  return toTask(found(row, 'task', id))
}
/** @param remittanceId the EOB that left the task */
export async function addTask(
  tx: Writer,
  id: TaskId,
  task: TaskInput,
  stamp: Stamp,
  remittanceId: RemittanceId | null = null,
): Promise<void> {
  await insertRow(tx, 'task', {
    id,
    ...columnsOf(TaskInput, task),
    remittance_id: remittanceId,
    done_at: null,
    created_at: stamp.now,
    ...stampOf(stamp),
  })
}
export const updateTask = updaterOf('task')

/** Whose clocks they are, and what lists narrow them by. */
export interface ClockOwner {
  id: CaseId
  payerId: PayerId | null
  /** Whom each authorization was asked of. */
  asked: ReadonlyMap<string, PayerId | null>
  providerId: ProviderId | null
}

/** A clock as its row. */
export function clockRow(owner: ClockOwner, clock: Clock): Insertable<ClockTable> {
  return {
    case_id: owner.id,
    payer_id: (clock.authorizationId ? owner.asked.get(clock.authorizationId) : undefined) ?? owner.payerId,
    provider_id: owner.providerId,
    key: clock.key,
    due_on: clock.dueOn,
    urgent_on: deadlineOf(clock) ?? NEVER,
    kind: clock.kind,
    params_json: JSON.stringify(clock.params),
    step: clock.step,
    assignee_id: clock.assigneeId,
    task_id: clock.taskId,
    waiting: clock.waiting ? 1 : 0,
    authorization_id: clock.authorizationId,
  }
}

/** Open cases with a clock that counts business days: they depend on the office's holidays. */
export async function casesCountingBusinessDays(db: Reader): Promise<CaseId[]> {
  const rows = await db
    .selectFrom('clock')
    .select('case_id')
    .distinct()
    .where('kind', 'in', ['unsent_authorization', 'no_answer', 'not_booked'])
    .execute()
  return rows.map((row) => row.case_id)
}

/** A row of the clock table as the clock that core knows. */
export function toClock(
  row: Omit<Selectable<ClockTable>, 'case_id' | 'urgent_on' | 'payer_id' | 'provider_id'>,
): Clock {
  return {
    key: row.key,
    kind: row.kind as Clock['kind'],
    dueOn: row.due_on,
    params: JSON.parse(row.params_json) as Clock['params'],
    step: row.step as Step,
    waiting: row.waiting === 1,
    assigneeId: row.assignee_id,
    taskId: row.task_id,
    authorizationId: row.authorization_id,
  }
}

/** Adds a dated event to the history of a case. Words without identifiers of the patient. */
export async function addEvent(
  tx: Writer,
  event: { id: string; caseId: CaseId; on: string; kind: string; body: string },
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'case_event', {
    id: event.id,
    case_id: event.caseId,
    at: stamp.now,
    on_date: event.on,
    user_id: stamp.user.id,
    kind: event.kind,
    body: event.body,
  })
}
export async function listEvents(
  db: Reader,
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
