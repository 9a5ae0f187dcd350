// Days on which something ends, is due or is planned, each read along an index by day.
import { sql } from 'kysely'
import type { IsoDate } from '#core/dates.ts'
import type { Step } from '#core/case/schema.ts'
import type { CaseId } from '#core/ids.ts'
import type { Reader } from '../reader.ts'
import { CONDITIONS } from './worklist.ts'

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

/** What stands where on these days, by kind: id, case, day, words of its own, step. */
function daysOf(kind: CalendarKind, { from, to }: Days) {
  const days = sql`BETWEEN ${from} AND ${to}`
  // The plus keeps SQLite from reading by state, of which there are many: the days are few.
  const granted = sql`+state IN ('approved', 'approved_modified')`
  const clocks = (clock: string) =>
    sql<DayRow>`(SELECT key AS id, case_id, urgent_on AS "on", '' AS text, step FROM clock WHERE kind = ${clock} AND urgent_on ${days})`
  const sources: Record<CalendarKind, () => ReturnType<typeof clocks>> = {
    ends: () =>
      sql`(SELECT id, case_id, valid_to AS "on", kind AS text, 'authorization' AS step FROM authorization_work
             WHERE valid_to ${days} AND ${sql.raw(CONDITIONS.expiring)})`,
    answer: () =>
      sql`(SELECT id, case_id, answer_due_on AS "on", '' AS text, 'authorization' AS step FROM authorization_work WHERE answer_due_on ${days})`,
    information: () =>
      sql`(SELECT id, case_id, info_due_on AS "on", '' AS text, 'authorization' AS step FROM authorization
             WHERE info_due_on ${days} AND +state = 'info_requested')`,
    visit: () =>
      sql`(SELECT id, case_id, planned_on AS "on", phase AS text, 'documentation' AS step FROM visit WHERE planned_on ${days} AND done_on IS NULL
           UNION ALL SELECT id, case_id, booked_for, 'booked', 'documentation' FROM authorization
             WHERE booked_for ${days} AND ${granted})`,
    task: () =>
      sql`(SELECT id, case_id, due_on AS "on", title AS text, 'follow_up' AS step FROM task WHERE due_on ${days} AND done_at IS NULL)`,
    claim: () => clocks('timely_filing'),
    appeal: () => clocks('appeal_due'),
  }
  return sources[kind]()
}

/** At most `limit` items of one kind between two days, of open cases, in the order of days. */
export async function listDays(db: Reader, kind: CalendarKind, days: Days & { limit: number }) {
  return db
    .selectFrom(sql<DayRow>`(SELECT * FROM ${daysOf(kind, days)} ORDER BY "on", id LIMIT ${days.limit})`.as('d'))
    .innerJoin('case_file as c', 'c.id', 'd.case_id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('coverage as v', 'v.id', 'c.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .leftJoin('app_user as u', 'u.id', 'c.assignee_id')
    .select(['d.id', 'd.case_id', 'd.on', 'd.text', 'd.step', 'c.tooth', 'c.area', 'c.main_code'])
    .select(['p.last_name', 'p.first_name', 'payer.name as payer_name', 'u.name as assignee_name'])
    .select((where) => [
      where
        .selectFrom('authorization as a')
        .select('a.state')
        .whereRef('a.case_id', '=', 'd.case_id')
        .where('a.state', '!=', 'withdrawn')
        .orderBy('a.created_at', 'desc')
        .limit(1)
        .as('state'),
      where
        .selectFrom('authorization as a')
        .select('a.valid_to')
        .whereRef('a.case_id', '=', 'd.case_id')
        .where('a.state', '!=', 'withdrawn')
        .orderBy('a.created_at', 'desc')
        .limit(1)
        .as('valid_to'),
    ])
    .where(sql<boolean>`+c.state = 'open'`)
    .orderBy('d.on')
    .orderBy(sql`d.text = 'booked'`)
    .orderBy('p.sort_name')
    .execute()
}
