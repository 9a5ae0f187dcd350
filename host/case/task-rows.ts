// Tasks, ringing clocks and dated events of cases.
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Clock } from '#core/case/clocks.ts'
import { urgentOn } from '#core/case/urgency.ts'
import { type Step, Task, TaskInput } from '#core/case/schema.ts'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { CaseId, PayerId, ProviderId, RemittanceId, TaskId, UserId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { groupedQuery } from '#host/kernel/set-query.ts'
import { countSome, pageOf } from '#host/kernel/paging.ts'
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
    urgent_on: urgentOn(clock),
    kind: clock.kind,
    params_json: JSON.stringify(clock.params),
    step: clock.step,
    assignee_id: clock.assigneeId,
    task_id: clock.taskId,
    waiting: clock.waiting ? 1 : 0,
    authorization_id: clock.authorizationId,
  }
}

export const BUCKETS = ['overdue', 'today', 'week', 'waiting'] as const
export type Bucket = (typeof BUCKETS)[number]
export interface BucketFilter {
  bucket: Bucket
  today: IsoDate
  /** Null: assigned to nobody. */
  assigneeId?: UserId | null | undefined
  payerId?: PayerId | undefined
  providerId?: ProviderId | undefined
}

/** The clocks of one bucket, by the rule of `bucketOf` in core. */
function ringing(db: Reader, { bucket, today, assigneeId, payerId, providerId }: BucketFilter) {
  let query = db.selectFrom('clock as k')
  if (assigneeId !== undefined) query = query.where('k.assignee_id', 'is', assigneeId)
  if (payerId) query = query.where('k.payer_id', '=', payerId)
  if (providerId) query = query.where('k.provider_id', '=', providerId)
  switch (bucket) {
    case 'overdue':
      return query.where('k.urgent_on', '<', today)
    case 'today':
      return query.where('k.urgent_on', '>=', today).where('k.due_on', '<=', today)
    case 'week':
      return query.where('k.waiting', '=', 0).where('k.due_on', '>', today).where('k.due_on', '<=', addDays(today, 7))
    case 'waiting':
      return query.where('k.waiting', '=', 1).where('k.due_on', '>', today)
  }
}

/** One page of a bucket, most urgent first; `after` is the `next` of the page before. */
export async function pageClocks(
  db: Reader,
  filter: BucketFilter,
  { after, limit }: { after: string | null; limit: number },
) {
  const isUrgent = filter.bucket === 'overdue' || filter.bucket === 'today'
  // The columns of the index, so that a page is read and nothing is sorted.
  const order = isUrgent
    ? (['k.urgent_on', 'k.due_on', 'k.case_id', 'k.key'] as const)
    : (['k.due_on', 'k.case_id', 'k.key'] as const)
  let query = ringing(db, filter)
    .innerJoin('case_file as c', 'c.id', 'k.case_id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('payer', 'payer.id', 'k.payer_id')
    .leftJoin('provider', 'provider.id', 'k.provider_id')
    .leftJoin('app_user as u', 'u.id', 'k.assignee_id')
    .selectAll('k')
    .select(['p.last_name', 'p.first_name', 'c.tooth', 'c.area', 'c.main_code', 'payer.name as payer_name'])
    .select(['provider.last_name as provider_name', 'u.name as assignee_name'])
    .limit(limit + 1)
  for (const column of order) query = query.orderBy(column)
  if (after !== null) {
    const at = sql.join(split(after, order.length))
    query = query.where(sql<boolean>`(${sql.join(order.map((column) => sql.ref(column)))}) > (${at})`)
  }
  return pageOf(await query.execute(), limit, (last) =>
    [...(isUrgent ? [last.urgent_on] : []), last.due_on, last.case_id, last.key].join('|'),
  )
}
export type RingingRow = Awaited<ReturnType<typeof pageClocks>>['rows'][number]

/** The parts of a page's end; only the last one may hold the separator. */
function split(after: string, parts: number): string[] {
  const all = after.split('|')
  return [...all.slice(0, parts - 1), all.slice(parts - 1).join('|')]
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

/** How many clocks a bucket holds, at most `MOST_COUNTED`. */
export async function countClocks(db: Reader, filter: BucketFilter): Promise<number> {
  return countSome(db, ringing(db, filter).select('k.key'))
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
