// The case with its facts, decision, visits and lines.
import { type Selectable, sql } from 'kysely'
import type { CaseInput, CaseRow, FactValue, Line, LineInput, Step, Visit, VisitInput } from '#core/case/schema.ts'
import { STEPS } from '#core/case/schema.ts'
import type { CaseId, LineId, PatientId, ProviderId, VisitId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { CaseTable, ProcedureLineTable, VisitTable } from '#db/tables/case.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

type Db = Reader | Writer
export type CaseRecord = Selectable<CaseTable>

export async function getCase(db: Db, id: CaseId): Promise<CaseRecord> {
  return found(await db.selectFrom('case_file').selectAll().where('id', '=', id).executeTakeFirst(), 'case', id)
}

export async function addCase(tx: Writer, id: CaseId, input: CaseInput, stamp: Stamp): Promise<void> {
  await tx
    .insertInto('case_file')
    .values({
      id,
      patient_id: input.patientId,
      guide_id: input.guideId,
      tooth: input.tooth,
      area: input.area,
      coverage_id: input.coverageId,
      provider_id: input.providerId,
      assignee_id: stamp.user.id,
      treatment: input.treatment,
      reporting_mode: null,
      state: 'open',
      close_reason: '',
      closed_at: null,
      step: 'code',
      main_code: null,
      status: '',
      progress: 'code',
      fee_cents: 0,
      snoozed_until: null,
      snoozed_on: null,
      snooze_reason: '',
      created_by: stamp.user.id,
      created_at: stamp.now,
      ...stampOf(stamp),
    })
    .execute()
}

/** Changes columns of the case in the version the person saw; null for changes that cannot collide. */
export async function updateCase(
  tx: Writer,
  id: CaseId,
  version: number | null,
  changes: Partial<CaseRecord>,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'case_file', id, version, changes, stamp)
}

/** Columns derived from everything else; they do not count as a change by a person. */
export async function setDerived(
  tx: Writer,
  id: CaseId,
  derived: Pick<CaseRecord, 'main_code' | 'status' | 'progress' | 'fee_cents'>,
): Promise<void> {
  await tx.updateTable('case_file').set(derived).where('id', '=', id).execute()
}

export interface CaseFilter {
  progress: Step | null
  state: 'open' | 'closed' | 'all'
  patientId: PatientId | null
  ids: readonly CaseId[] | null
  after: string | null
  limit: number
}

/** One page of cases, the last changed first. The cursor is `updated_at|id`. */
export async function pageCases(db: Db, filter: CaseFilter): Promise<{ rows: CaseRow[]; next: string | null }> {
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
  const isFew = filter.ids !== undefined || filter.patientId !== undefined
  if (filter.state !== 'all') query = query.where(isFew ? sql<string>`+c.state` : 'c.state', '=', filter.state)
  if (filter.progress) query = query.where('c.progress', '=', filter.progress)
  if (filter.patientId) query = query.where('c.patient_id', '=', filter.patientId)
  if (filter.ids) query = query.where('c.id', 'in', filter.ids.length > 0 ? filter.ids : ['' as CaseId])
  if (filter.after) {
    const [at, id] = filter.after.split('|') as [string, CaseId]
    query = query.where(sql<boolean>`(c.updated_at, c.id) < (${at}, ${id})`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({
      id: row.id,
      patientId: row.patient_id,
      patientName: `${row.last_name}, ${row.first_name}`,
      birthDate: row.birth_date,
      tooth: row.tooth,
      area: row.area,
      code: row.main_code,
      title: row.guide_id,
      step: row.progress as Step,
      status: row.status,
      state: row.state,
      payerName: row.payer_name,
      assigneeName: row.assignee_name,
      updatedAt: row.updated_at,
      feeCents: row.fee_cents,
    })),
    next: rows.length > filter.limit && last ? `${last.updated_at}|${last.id}` : null,
  }
}

export async function listOpenCases(db: Db, patientId: PatientId): Promise<CaseId[]> {
  const rows = await db
    .selectFrom('case_file')
    .select('id')
    .where('patient_id', '=', patientId)
    .where('state', '=', 'open')
    .execute()
  return rows.map((row) => row.id)
}

/** Open cases per step of progress. */
export async function countByProgress(db: Db): Promise<Record<Step, number>> {
  const counts: Record<Step, number> = { code: 0, documentation: 0, authorization: 0, claim: 0, follow_up: 0 }
  const rows = await db.selectFrom('tally').select(['key', 'n']).where('what', '=', 'case').execute()
  for (const step of STEPS) counts[step] = rows.find((row) => row.key === `open:${step}`)?.n ?? 0
  return counts
}

/** Cases of a state and step, from the counts that the store keeps. */
export async function countCases(db: Db, state: CaseFilter['state'], progress: Step | null): Promise<number> {
  const keys = (state === 'all' ? ['open', 'closed'] : [state]).flatMap((one) =>
    (progress ? [progress] : STEPS).map((step) => `${one}:${step}`),
  )
  const rows = await db.selectFrom('tally').select('n').where('what', '=', 'case').where('key', 'in', keys).execute()
  return rows.reduce((sum, row) => sum + row.n, 0)
}

export async function listFacts(
  db: Db,
  caseId: CaseId,
): Promise<{ fact: string; value: FactValue; answeredBy: string; answeredAt: string }[]> {
  const rows = await db
    .selectFrom('case_fact')
    .leftJoin('app_user', 'app_user.id', 'answered_by')
    .select(['fact', 'value_json', 'answered_at', 'app_user.name as name'])
    .where('case_id', '=', caseId)
    .execute()
  return rows.map((row) => ({
    fact: row.fact,
    value: JSON.parse(row.value_json) as FactValue,
    answeredBy: row.name ?? '',
    answeredAt: row.answered_at,
  }))
}

/** Keeps the answer, or takes it back when the value is null. */
export async function setFact(tx: Writer, caseId: CaseId, fact: string, value: FactValue, stamp: Stamp): Promise<void> {
  if (value === null) {
    await tx.deleteFrom('case_fact').where('case_id', '=', caseId).where('fact', '=', fact).execute()
    return
  }
  const answer = { value_json: JSON.stringify(value), answered_by: stamp.user.id, answered_at: stamp.now }
  await tx
    .insertInto('case_fact')
    .values({ case_id: caseId, fact, ...answer })
    .onConflict((conflict) => conflict.columns(['case_id', 'fact']).doUpdateSet(answer))
    .execute()
}

export interface DecisionRecord {
  codes: string[]
  ruleId: string | null
  provider: { providerId: ProviderId; name: string } | null
  overrideReason: string
  recordedBy: string
  recordedAt: string
}
/** The latest decision on codes, if any. */
export async function findDecision(db: Db, caseId: CaseId): Promise<DecisionRecord | undefined> {
  const row = await db
    .selectFrom('code_decision as d')
    .leftJoin('provider', 'provider.id', 'd.provider_id')
    .leftJoin('app_user', 'app_user.id', 'd.recorded_by')
    .selectAll('d')
    .select(['provider.first_name', 'provider.last_name', 'app_user.name'])
    .where('case_id', '=', caseId)
    .orderBy('recorded_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      codes: JSON.parse(row.codes_json) as string[],
      ruleId: row.rule_id,
      overrideReason: row.override_reason,
      recordedBy: row.name ?? '',
      recordedAt: row.recorded_at,
      provider: row.provider_id
        ? { providerId: row.provider_id, name: `Dr. ${row.first_name} ${row.last_name}` }
        : null,
    }
  )
}
export async function addDecision(
  tx: Writer,
  decision: {
    id: string
    caseId: CaseId
    codes: readonly string[]
    ruleId: string | null
    providerId: ProviderId | null
    overrideReason: string
  },
  stamp: Stamp,
): Promise<void> {
  await tx
    .insertInto('code_decision')
    .values({
      id: decision.id,
      case_id: decision.caseId,
      codes_json: JSON.stringify(decision.codes),
      rule_id: decision.ruleId,
      provider_id: decision.providerId,
      override_reason: decision.overrideReason,
      recorded_by: stamp.user.id,
      recorded_at: stamp.now,
    })
    .execute()
}

const toVisit = (row: Selectable<VisitTable>): Visit => ({
  id: row.id,
  seq: row.seq,
  phase: row.phase,
  plannedOn: row.planned_on,
  doneOn: row.done_on,
})
export async function listVisits(db: Db, caseId: CaseId): Promise<Visit[]> {
  return (await db.selectFrom('visit').selectAll().where('case_id', '=', caseId).orderBy('seq').execute()).map(toVisit)
}
/** Replaces the visits of a case; its own ids that are given stay, so that notes and films keep their visit. */
export async function replaceVisits(
  tx: Writer,
  caseId: CaseId,
  visits: readonly VisitInput[],
  newId: () => VisitId,
): Promise<void> {
  const present = new Set((await listVisits(tx, caseId)).map((visit) => visit.id))
  const kept = visits.flatMap((visit) => (visit.id && present.has(visit.id) ? visit.id : []))
  let stale = tx.deleteFrom('visit').where('case_id', '=', caseId)
  if (kept.length > 0) stale = stale.where('id', 'not in', kept)
  await stale.execute()
  for (const [index, visit] of visits.entries()) {
    const values = { seq: index + 1, phase: visit.phase, planned_on: visit.plannedOn, done_on: visit.doneOn }
    if (visit.id && present.has(visit.id))
      await tx.updateTable('visit').set(values).where('id', '=', visit.id).execute()
    else
      await tx
        .insertInto('visit')
        .values({ id: newId(), case_id: caseId, ...values })
        .execute()
  }
}

const toLine = (row: Selectable<ProcedureLineTable>): Line => ({
  id: row.id,
  seq: row.seq,
  visitId: row.visit_id,
  code: row.code,
  role: row.role,
  tooth: row.tooth,
  area: row.area as Line['area'],
  surfaces: row.surfaces,
  quantity: row.quantity,
  feeCents: row.fee_cents,
  serviceDate: row.service_date,
  note: row.note,
})
export async function listLines(db: Db, caseId: CaseId): Promise<Line[]> {
  return (await db.selectFrom('procedure_line').selectAll().where('case_id', '=', caseId).orderBy('seq').execute()).map(
    toLine,
  )
}
export async function replaceLines(
  tx: Writer,
  caseId: CaseId,
  lines: readonly LineInput[],
  newId: () => LineId,
): Promise<void> {
  const present = new Set((await listLines(tx, caseId)).map((line) => line.id))
  await tx.deleteFrom('procedure_line').where('case_id', '=', caseId).execute()
  if (lines.length === 0) return
  await tx
    .insertInto('procedure_line')
    .values(
      lines.map((line, index) => ({
        id: line.id && present.has(line.id) ? line.id : newId(),
        case_id: caseId,
        visit_id: line.visitId,
        seq: index + 1,
        code: line.code,
        role: line.role,
        tooth: line.tooth,
        area: line.area,
        surfaces: line.surfaces,
        quantity: line.quantity,
        fee_cents: line.feeCents,
        service_date: line.serviceDate,
        note: line.note,
      })),
    )
    .execute()
}
/** Lines of the patient's other cases: what was done or planned before, here. */
export async function listHistory(db: Db, patientId: PatientId, exceptCase: CaseId) {
  return db
    .selectFrom('procedure_line as l')
    .innerJoin('case_file as c', 'c.id', 'l.case_id')
    .select(['l.code', 'l.tooth', 'l.area', 'l.quantity', 'l.service_date as serviceDate'])
    .select('c.provider_id as providerId')
    .where('c.patient_id', '=', patientId)
    .where('c.id', '!=', exceptCase)
    .execute()
}
/** The fee last used for each code in this office. */
export async function lastFees(db: Db, codes: readonly string[]): Promise<Map<string, number>> {
  const fees = new Map<string, number>()
  for (const code of new Set(codes)) {
    const row = await db
      .selectFrom('procedure_line')
      .select('fee_cents')
      .where('code', '=', code)
      .where('fee_cents', '>', 0)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row) fees.set(code, row.fee_cents)
  }
  return fees
}
