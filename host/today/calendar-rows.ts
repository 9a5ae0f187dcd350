// Days on which something ends, is due or is planned, each read along an index by day.
import { type RawBuilder, sql } from 'kysely'
import type { IsoDate } from '#core/dates.ts'
import type { Step } from '#core/case/schema.ts'
import type { CaseId } from '#core/ids.ts'
import type { Reader } from '#db/reader.ts'
import { CONDITIONS } from '#host/authorization/worklist-rows.ts'

export type CalendarKind = 'ends' | 'answer' | 'information' | 'visit' | 'claim' | 'appeal' | 'task'
interface Days {
  from: IsoDate
  to: IsoDate
}

interface DayRow {
  id: string
  case_id: CaseId
  on: IsoDate
  text: string
  step: Step
}

/**
 * What stands where on `days`, of open cases, by kind: id, case, day, words of its own, step. At least the first `limit`.
 * @param isCounted only how many there are is asked for, which the indexes know
 */
function daysOf(kind: CalendarKind, days: RawBuilder<unknown>, limit: number, isCounted = false) {
  const own = (column: string) => sql.raw(isCounted ? "''" : column)
  // The plus keeps SQLite from reading by state, of which there are many: the days are few.
  const granted = sql`+a.state IN ('approved', 'approved_modified')`
  const open = sql`CROSS JOIN case_file AS c ON c.id = case_id AND c.state = 'open'`
  // Clocks and rows of worklists are those of open cases.
  const clocks = (clock: string) =>
    sql<DayRow>`(SELECT key AS id, case_id, urgent_on AS "on", '' AS text, step FROM clock WHERE kind = ${clock} AND urgent_on ${days})`
  const sources: Record<CalendarKind, () => ReturnType<typeof clocks>> = {
    ends: () =>
      sql`(SELECT id, case_id, valid_to AS "on", kind AS text, 'authorization' AS step FROM authorization_work
             WHERE valid_to ${days} AND ${sql.raw(CONDITIONS.expiring)})`,
    answer: () =>
      sql`(SELECT id, case_id, answer_due_on AS "on", '' AS text, 'authorization' AS step FROM authorization_work WHERE answer_due_on ${days})`,
    information: () =>
      sql`(SELECT a.id, case_id, info_due_on AS "on", '' AS text, 'authorization' AS step FROM authorization AS a ${open}
             WHERE info_due_on ${days} AND +a.state = 'info_requested')`,
    visit: () =>
      // Each part stops by itself: put together they would be sorted whole.
      sql`(SELECT * FROM (SELECT ${own('v.id')} AS id, case_id, planned_on AS "on", ${own('phase')} AS text, 'documentation' AS step FROM visit AS v ${open}
             WHERE planned_on ${days} AND done_on IS NULL ORDER BY planned_on LIMIT ${limit})
           UNION ALL SELECT * FROM (SELECT ${own('a.id')}, case_id, booked_for, 'booked', 'documentation' FROM authorization AS a ${open}
             WHERE booked_for ${days} AND ${granted} ORDER BY booked_for LIMIT ${limit}))`,
    task: () =>
      sql`(SELECT t.id, case_id, due_on AS "on", title AS text, 'follow_up' AS step FROM task AS t ${open}
             WHERE due_on ${days} AND done_at IS NULL)`,
    claim: () => clocks('timely_filing'),
    appeal: () => clocks('appeal_due'),
  }
  return sources[kind]()
}

/** At most `limit` items of one kind between two days, in the order of days. */
export async function listDays(db: Reader, kind: CalendarKind, { from, to, limit }: Days & { limit: number }) {
  const days = daysOf(kind, sql`BETWEEN ${from} AND ${to}`, limit)
  return db
    .selectFrom(sql<DayRow>`(SELECT * FROM ${days} ORDER BY "on" LIMIT ${limit})`.as('d'))
    .innerJoin('case_file as c', 'c.id', 'd.case_id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('coverage as v', 'v.id', 'c.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .leftJoin('app_user as u', 'u.id', 'c.assignee_id')
    .select(['d.id', 'd.case_id', 'd.on', 'd.text', 'd.step', 'c.tooth', 'c.area', 'c.main_code'])
    .select(['p.last_name', 'p.first_name', 'payer.name as payer_name', 'u.name as assignee_name'])
    .orderBy('d.on')
    .orderBy(sql`d.text = 'booked'`)
    .orderBy('p.sort_name')
    .execute()
}

/** Of so many items of a day the patients are named. */
const NAMED = 3

/** How many items of one kind each of these days holds, counted up to `most`, and some names; a case has one visit a day. */
export async function countDays(db: Reader, kind: CalendarKind, days: readonly IsoDate[], most: number) {
  const what = sql.raw(kind === 'visit' ? 'DISTINCT case_id' : 'case_id')
  return db
    .selectFrom(sql<{ value: IsoDate }>`json_each(${JSON.stringify(days)})`.as('day'))
    .select('day.value as on')
    .select(
      sql<number>`(SELECT count(*) FROM (SELECT ${what} FROM ${daysOf(kind, sql`= day.value`, most, true)} LIMIT ${most}))`.as(
        'count',
      ),
    )
    .select(
      sql<string>`(SELECT json_group_array(last_name) FROM (SELECT DISTINCT p.last_name FROM (SELECT case_id FROM ${daysOf(kind, sql`= day.value`, NAMED, true)} LIMIT ${NAMED})
        AS d CROSS JOIN case_file AS n ON n.id = d.case_id CROSS JOIN patient AS p ON p.id = n.patient_id))`.as(
        'names',
      ),
    )
    .execute()
}

/** State and last day of the newest live authorization of each of these cases. */
export async function newestAuthorizations(db: Reader, caseIds: readonly CaseId[]) {
  const rows = await db
    .selectFrom('authorization')
    .select(['case_id', 'state', 'valid_to'])
    .where('case_id', 'in', [...caseIds])
    .where('state', '!=', 'withdrawn')
    .orderBy('created_at')
    .execute()
  return new Map(rows.map((row) => [row.case_id, { state: row.state, validTo: row.valid_to }]))
}
