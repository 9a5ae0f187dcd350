// Lists of cases: a page of them, and how many there are.
import { sql } from 'kysely'
import { type CaseRow, type CaseState, type Step, STEPS } from '#core/case/schema.ts'
import type { CaseId, PatientId, PayerId, PlanId } from '#core/ids.ts'
import type { Reader } from '#db/reader.ts'
import { pageOf } from '#host/kernel/paging.ts'

export interface CaseFilter {
  progress: Step | null
  /** `all`: but what was voided. */
  state: CaseState | 'all'
  patientId: PatientId | null
  ids: readonly CaseId[] | null
  after: string | null
  limit: number
}

/** Whose case it is, where, and who pays and works on it: how every list names a case. */
export const caseLabel = (row: {
  last_name: string
  first_name: string
  tooth: string | null
  area: string | null
  main_code: string | null
  payer_name: string | null
  assignee_name: string | null
}) => ({
  patientName: `${row.last_name}, ${row.first_name}`,
  tooth: row.tooth,
  area: row.area,
  code: row.main_code,
  payerName: row.payer_name,
  assigneeName: row.assignee_name,
})

/** One page of cases, the last changed first. The cursor is `updated_at|id`. */
export async function pageCases(db: Reader, filter: CaseFilter): Promise<{ rows: CaseRow[]; next: string | null }> {
  let query = db
    .selectFrom('case_file as c')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('coverage as v', 'v.id', 'c.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .leftJoin('app_user as u', 'u.id', 'c.assignee_id')
    .selectAll('c')
    .select(['p.last_name', 'p.first_name', 'p.birth_date', 'payer.name as payer_name', 'u.name as assignee_name'])
    .orderBy('c.updated_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(filter.limit + 1)
  // Found by text or patient the cases are few: the plus keeps SQLite from reading all open ones in order instead.
  const isFew = filter.ids !== null || filter.patientId !== null
  const state = isFew ? sql<string>`+c.state` : 'c.state'
  query = filter.state === 'all' ? query.where(sql`+c.state`, '!=', 'voided') : query.where(state, '=', filter.state)
  if (filter.progress) query = query.where('c.progress', '=', filter.progress)
  if (filter.patientId) query = query.where('c.patient_id', '=', filter.patientId)
  if (filter.ids) query = query.where('c.id', 'in', filter.ids.length > 0 ? filter.ids : ['' as CaseId])
  if (filter.after) {
    const [at, id] = filter.after.split('|') as [string, CaseId]
    query = query.where(sql<boolean>`(c.updated_at, c.id) < (${at}, ${id})`)
  }
  const { rows, next } = pageOf(await query.execute(), filter.limit, (last) => `${last.updated_at}|${last.id}`)
  return {
    rows: rows.map((row) => ({
      id: row.id,
      patientId: row.patient_id,
      ...caseLabel(row),
      birthDate: row.birth_date,
      title: row.guide_id,
      step: row.progress as Step,
      status: row.status,
      state: row.state,
      updatedAt: row.updated_at,
      feeCents: row.fee_cents,
    })),
    next,
  }
}

export async function listOpenCases(db: Reader, patientId: PatientId): Promise<CaseId[]> {
  const rows = await db
    .selectFrom('case_file')
    .select('id')
    .where('patient_id', '=', patientId)
    .where('state', '=', 'open')
    .execute()
  return rows.map((row) => row.id)
}

/** Open cases of patients with a coverage under a plan, or under any plan of a payer. */
export async function openCasesUnder(db: Reader, by: { planId: PlanId } | { payerId: PayerId }): Promise<CaseId[]> {
  let query = db
    .selectFrom('plan as p')
    .innerJoin('coverage as v', 'v.plan_id', 'p.id')
    .innerJoin('case_file as c', 'c.patient_id', 'v.patient_id')
    .select('c.id')
    .distinct()
    .where('c.state', '=', 'open')
  query = 'planId' in by ? query.where('p.id', '=', by.planId) : query.where('p.payer_id', '=', by.payerId)
  return (await query.execute()).map((row) => row.id)
}

/** Open cases per step of progress. */
export async function countByProgress(db: Reader): Promise<Record<Step, number>> {
  const counts: Record<Step, number> = { code: 0, documentation: 0, authorization: 0, claim: 0, follow_up: 0 }
  const rows = await db.selectFrom('tally').select(['key', 'n']).where('what', '=', 'case').execute()
  for (const step of STEPS) counts[step] = rows.find((row) => row.key === `open:${step}`)?.n ?? 0
  return counts
}

/** Cases of a state and step, from the counts that the store keeps. */
export async function countCases(db: Reader, state: CaseFilter['state'], progress: Step | null): Promise<number> {
  const keys = (state === 'all' ? ['open', 'closed'] : [state]).flatMap((one) =>
    (progress ? [progress] : STEPS).map((step) => `${one}:${step}`),
  )
  const rows = await db.selectFrom('tally').select('n').where('what', '=', 'case').where('key', 'in', keys).execute()
  return rows.reduce((sum, row) => sum + row.n, 0)
}
