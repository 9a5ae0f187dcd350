// Authorization worklists: rows rewritten with the clocks of a case, read page by page along an index.
import { type Insertable, type Selectable, sql } from 'kysely'
import type { WorkItem } from '#core/authorization/work.ts'
import { NEVER } from '#core/case/urgency.ts'
import { AUTHORIZATION_LISTS, type AuthorizationList, EXPIRING_DAYS } from '#core/authorization/worklist.ts'
import type { ClockKind } from '#core/case/clocks.ts'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { CaseId, PayerId, ProviderId, UserId } from '#core/ids.ts'
import type { Reader } from '#db/reader.ts'
import { countSome, pageOf } from '#host/kernel/paging.ts'
import type { AuthorizationWorkTable, ClockTable } from '#db/tables/work.ts'

type WorkRow = Insertable<AuthorizationWorkTable>

/** An item of a case as its row. */
export const toWorkRow = (caseId: CaseId, item: WorkItem): WorkRow => ({
  id: item.authorizationId ?? caseId,
  case_id: caseId,
  authorization_id: item.authorizationId,
  payer_id: item.payerId,
  provider_id: item.providerId,
  assignee_id: item.assigneeId,
  sort_name: item.sortName,
  treatment: item.treatment,
  state: item.state,
  kind: item.kind,
  sent_on: item.sentOn,
  answer_due_on: item.answerDueOn,
  valid_to: item.validTo,
  called_on: item.calledOn,
  last_visit_on: item.lastVisitOn,
  late: item.isLate ? 1 : 0,
  stale: item.isStale ? 1 : 0,
  urgent_on: item.urgentOn,
  clock_key: item.clockKey,
})

const GRANTED = "state IN ('approved', 'approved_modified') AND treatment != 'done'"
const WAITING = "state IN ('approved', 'approved_modified') AND treatment = 'planned'"
/**
 * What puts a row into a list, whatever the day: the same conditions as `listsOf` in core. Written out, not bound, and
 * word for word as in the indexes of migration 44, since SQLite uses a partial index only then.
 */
export const CONDITIONS: Record<AuthorizationList, string> = {
  open: "state IN ('to_verify', 'drafting', 'submitted', 'info_requested', 'appealed')",
  unanswered: "state = 'submitted' AND answer_due_on IS NOT NULL",
  information: "state = 'info_requested'",
  expiring: `${GRANTED} AND valid_to IS NOT NULL`,
  not_called: `${WAITING} AND called_on IS NULL`,
  not_booked: `${WAITING} AND called_on IS NOT NULL`,
  booked_late: `${GRANTED} AND late = 1`,
  to_verify: "state = 'to_verify'",
  stale: `${GRANTED} AND stale = 1`,
}

export interface WorklistSelection {
  list: AuthorizationList | 'all'
  today: IsoDate
  payerId?: PayerId | undefined
  providerId?: ProviderId | undefined
  assigneeId?: UserId | null | undefined
  kind?: 'estimate' | 'required' | undefined
  state?: string | undefined
  /** Days of sending, both counted. */
  sent?: { from: IsoDate | null; to: IsoDate | null } | 'never' | undefined
}

/**
 * The rows of a list on a day. A page walks the list in its order and passes over what the filter leaves out, which the
 * plus makes sure of; counting goes by the filter, since it needs no order.
 */
function inList(db: Reader, { list, today, ...filter }: WorklistSelection, way: 'page' | 'count') {
  const column = (name: 'payer_id' | 'provider_id' | 'assignee_id') =>
    way === 'page' ? sql<string | null>`+${sql.ref(`w.${name}`)}` : sql.ref<string | null>(`w.${name}`)
  let query = db.selectFrom('authorization_work as w')
  if (list !== 'all') query = query.where(sql.raw<boolean>(CONDITIONS[list]))
  if (list === 'unanswered') query = query.where('w.answer_due_on', '<=', today)
  if (list === 'expiring') query = query.where('w.valid_to', '<=', addDays(today, EXPIRING_DAYS))
  if (list === 'not_booked')
    query = query.where((where) =>
      where.or([where('w.last_visit_on', 'is', null), where('w.last_visit_on', '<', today)]),
    )
  if (filter.payerId) query = query.where(column('payer_id'), '=', filter.payerId)
  if (filter.providerId) query = query.where(column('provider_id'), '=', filter.providerId)
  if (filter.assigneeId !== undefined) query = query.where(column('assignee_id'), 'is', filter.assigneeId)
  if (filter.kind) query = query.where('w.kind', '=', filter.kind)
  if (filter.state) query = query.where('w.state', '=', filter.state)
  if (filter.sent === 'never') query = query.where('w.sent_on', 'is', null)
  else if (filter.sent) {
    if (filter.sent.from) query = query.where('w.sent_on', '>=', filter.sent.from)
    if (filter.sent.to) query = query.where('w.sent_on', '<=', filter.sent.to)
  }
  return query
}

const ORDER = { urgency: 'w.urgent_on', sent: 'w.sent_on', validTo: 'w.valid_to', patient: 'w.sort_name' } as const
export type WorklistOrder = keyof typeof ORDER
/** The day that makes a row urgent, where a list is about one day: read in the order of its index. */
export const URGENCY: Partial<Record<WorklistSelection['list'], 'w.answer_due_on' | 'w.valid_to'>> = {
  unanswered: 'w.answer_due_on',
  expiring: 'w.valid_to',
}

/** The clock that puts a row into a list. */
const CLOCK_OF: Partial<Record<WorklistSelection['list'], ClockKind>> = {
  unanswered: 'no_answer',
  information: 'information_due',
  expiring: 'expiring',
  not_called: 'not_called',
  not_booked: 'not_booked',
  booked_late: 'visit_after_expiry',
  stale: 'stale_approval',
  to_verify: 'need_unknown',
}

/** One page of a list with what its rows show; `after` is the `next` of the page before. */
export async function pageWorklist(
  db: Reader,
  filter: WorklistSelection,
  { by, after, limit }: { by: WorklistOrder; after: string | null; limit: number },
) {
  const kind = CLOCK_OF[filter.list]
  const column = sql.ref<string>(by === 'urgency' ? (URGENCY[filter.list] ?? ORDER[by]) : ORDER[by])
  // What urgency goes by is never null; an expression around it would hide its index.
  const key = by === 'urgency' ? column : sql<string>`coalesce(${column}, ${NEVER})`
  let narrow = inList(db, filter, 'page')
    .selectAll('w')
    .select(key.as('sort_key'))
    .orderBy(key)
    .orderBy('w.id')
    .limit(limit + 1)
  if (after !== null) {
    const at = after.lastIndexOf('|')
    narrow = narrow.where(sql<boolean>`(${key}, w.id) > (${after.slice(0, at)}, ${after.slice(at + 1)})`)
  }
  // The page first, then what its rows show: sorting carries no names.
  const query = db
    .selectFrom(narrow.as('w'))
    .innerJoin('case_file as c', 'c.id', 'w.case_id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('authorization as a', 'a.id', 'w.authorization_id')
    .leftJoin('payer', 'payer.id', 'w.payer_id')
    .leftJoin('provider', 'provider.id', 'w.provider_id')
    .leftJoin('app_user as u', 'u.id', 'w.assignee_id')
    .leftJoin('clock as k', (join) => {
      const own = join.onRef('k.case_id', '=', 'w.case_id')
      // A list says why its rows stand in it; the others, what is most urgent.
      return kind
        ? own.on('k.kind', '=', kind).on(sql<boolean>`k.authorization_id IS w.authorization_id`)
        : own.onRef('k.key', '=', 'w.clock_key')
    })
    .selectAll('w')
    .select(['c.tooth', 'c.area', 'c.main_code', 'c.snoozed_until', 'p.last_name', 'p.first_name'])
    .select(['payer.name as payer_name', 'provider.last_name as provider_name', 'u.name as assignee_name'])
    .select(['a.version', 'a.reference', 'a.expected_on', 'a.info_due_on', 'a.decided_on', 'a.booked_for'])
    .select(['k.kind as clock_kind', 'k.due_on', 'k.params_json', 'k.step', 'k.waiting', 'k.task_id'])
    .orderBy('w.sort_key')
    .orderBy('w.id')
  return pageOf(await query.execute(), limit, (last) => `${last.sort_key}|${last.id}`)
}
export type WorklistRecord = Awaited<ReturnType<typeof pageWorklist>>['rows'][number]

/** How many rows each list holds, at most `MOST_COUNTED`. */
export async function countWorklists(
  db: Reader,
  filter: Omit<WorklistSelection, 'list'>,
): Promise<Record<AuthorizationList, number>> {
  const counts = {} as Record<AuthorizationList, number>
  for (const list of AUTHORIZATION_LISTS) {
    counts[list] = await countSome(db, inList(db, { ...filter, list }, 'count').select('w.id'))
  }
  return counts
}

/** How many authorizations have a clock that rings on `today`. */
export async function countRingingAuthorizations(db: Reader, today: IsoDate): Promise<number> {
  const { n } = await db
    .selectFrom('clock')
    .select(({ fn }) => fn.count<number>('authorization_id').distinct().as('n'))
    .where('due_on', '<=', today)
    .executeTakeFirstOrThrow()
  return n
}

/** The clocks of authorizations that ring on `today`, most urgent first. */
export async function ringingAuthorizations(
  db: Reader,
  today: IsoDate,
  limit: number,
): Promise<Selectable<ClockTable>[]> {
  return db
    .selectFrom('clock')
    .selectAll()
    .where('authorization_id', 'is not', null)
    .where('due_on', '<=', today)
    .orderBy('urgent_on')
    .limit(limit)
    .execute()
}
