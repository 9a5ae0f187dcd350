// The case with its facts, decision and visits.
import { type CaseContents, CaseRecord } from '#core/case/contents.ts'
import { CaseInput, type CaseFact, type Step, Visit, type VisitInput } from '#core/case/schema.ts'
import type { CaseId, ClaimId, ProviderId, UserId, VisitId } from '#core/ids.ts'
import { ProviderInput } from '#core/office.ts'
import type { PastPlaced } from '#core/past-procedure.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { pastOfCase, readPast } from '#host/patient/history-rows.ts'
import { localDate } from '#host/kernel/clock.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow, putRow } from '#host/kernel/insert-rows.ts'
import { groupedQuery, setQuery } from '#host/kernel/set-query.ts'
import { found, type Stamp, stampOf, updaterOf, recordedBy } from '#host/kernel/versioned.ts'
import type { DerivedColumns } from './derived-rows.ts'
import { readSettlements, settlementsOfCase } from './settlement-rows.ts'

const headRows = setQuery((db, ids: CaseId[]) =>
  db
    .selectFrom('case_file as c')
    .leftJoin('provider as d', 'd.id', 'c.provider_id')
    .leftJoin('estimate as e', 'e.case_id', 'c.id')
    .leftJoin('narrative as n', 'n.case_id', 'c.id')
    .leftJoin('app_user as editor', 'editor.id', 'n.updated_by')
    .leftJoin('app_user as assignee', 'assignee.id', 'c.assignee_id')
    .leftJoin('app_user as changer', 'changer.id', 'c.updated_by')
    .selectAll('c')
    .select(['d.first_name', 'd.last_name', 'd.npi', 'd.license', 'd.taxonomy', 'd.active'])
    .select(['d.version as provider_version', 'e.coverage_id as estimate_coverage', 'e.network', 'e.contract_cents'])
    .select(['e.expected_plan_cents', 'e.source as estimate_source'])
    .select(['n.body', 'n.version as narrative_version', 'editor.name as editor'])
    .select(['assignee.name as assignee_name', 'changer.name as updated_by_name'])
    .select((where) =>
      where
        .selectFrom('patient_payment as p')
        .select(({ fn }) => fn.sum<number>('p.cents').as('cents'))
        .whereRef('p.case_id', '=', 'c.id')
        .where('p.taken_back_at', 'is', null)
        .as('patient_paid_cents'),
    )
    .select([settlementsOfCase.as('settlements'), pastOfCase.as('past')])
    .where('c.id', 'in', ids),
)
type HeadRow = Awaited<ReturnType<typeof headRows>>[number]

/** The case of something that belongs to one. @throws NOT_FOUND */
export async function caseOf(
  db: Reader,
  entity: 'authorization' | 'claim' | 'remittance' | 'appeal',
  id: string,
): Promise<CaseId> {
  const rows = db.selectFrom(entity as 'claim').select('case_id')
  return found(await rows.where('id', '=', id as ClaimId).executeTakeFirst(), entity, id).case_id
}

/** Cases without their parts, in the order asked for. @throws NOT_FOUND when one of them is not there */
export async function recordsById(db: Reader, ids: readonly CaseId[]): Promise<Map<CaseId, CaseRecord>> {
  const heads = await headsById(db, ids)
  return new Map(ids.map((id) => [id, heads.get(id)!.record]))
}

/** A case and what there is at most once of it. */
export type CaseHead = Pick<
  CaseContents,
  'record' | 'provider' | 'estimate' | 'narrative' | 'patientPaidCents' | 'settlements'
> & {
  /** As derived last. */
  derived: DerivedColumns
  /** The practice system's history of the patient. */
  past: PastPlaced[]
}
/** @throws NOT_FOUND when one of them is not there */
export async function headsById(db: Reader, ids: readonly CaseId[]): Promise<Map<CaseId, CaseHead>> {
  const heads = new Map((await headRows(db, ids)).map((row) => [row.id, toHead(row)]))
  for (const id of ids) found(heads.get(id), 'case', id)
  return heads
}
/** The row of a case that has what is joined to it. */
type Joined<Row> = { [Column in keyof Row]: NonNullable<Row[Column]> }
function toHead(row: HeadRow): CaseHead {
  const { main_code, status, progress, fee_cents } = row
  return {
    record: recordOf(CaseRecord, { ...row, created_on: localDate(row.created_at) }),
    derived: { main_code, status, progress, fee_cents },
    patientPaidCents: row.patient_paid_cents ?? 0,
    settlements: readSettlements(row.settlements),
    past: readPast(row.past),
    provider:
      row.provider_id === null
        ? null
        : {
            ...recordOf(ProviderInput, row as Joined<HeadRow>),
            id: row.provider_id,
            active: row.active === 1,
            version: row.provider_version ?? 0,
          },
    estimate:
      row.estimate_coverage === null
        ? null
        : {
            coverageId: row.estimate_coverage,
            network: row.network ?? 'unknown',
            contractCents: row.contract_cents,
            expectedPlanCents: row.expected_plan_cents,
            source: row.estimate_source ?? '',
          },
    narrative:
      row.body === null ? null : { text: row.body, version: row.narrative_version ?? 0, editedBy: row.editor ?? '' },
  }
}
/** @param begun who has it and where it stands, when it does not begin with whom adds it */
export async function addCase(
  tx: Writer,
  id: CaseId,
  input: CaseInput,
  stamp: Stamp,
  begun: { assigneeId: UserId | null; step: Step } = { assigneeId: stamp.user.id, step: 'code' },
): Promise<void> {
  await insertRow(tx, 'case_file', {
    id,
    ...columnsOf(CaseInput, input),
    assignee_id: begun.assigneeId,
    reporting_mode: null,
    guide_version: null,
    guide_declined: null,
    state: 'open',
    close_reason: '',
    void_reason: '',
    closed_at: null,
    step: begun.step,
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
}

export const updateCase = updaterOf('case_file')

/** Where the person left the case: no change that another person could collide with. */
export async function setStep(tx: Writer, id: CaseId, step: Step): Promise<void> {
  await tx.updateTable('case_file').set({ step }).where('id', '=', id).execute()
}

/** The version of its guide that the case is worked with: no change that another person could collide with. */
export async function setGuideVersion(tx: Writer, id: CaseId, version: string): Promise<void> {
  await tx.updateTable('case_file').set({ guide_version: version }).where('id', '=', id).execute()
}

/** An open case of the patient by the same guide and on the same tooth. */
export async function findTwinCase(
  db: Reader,
  { patientId, guideId, tooth }: Pick<CaseInput, 'patientId' | 'guideId' | 'tooth'>,
): Promise<CaseId | undefined> {
  const row = await db
    .selectFrom('case_file')
    .select('id')
    .where('patient_id', '=', patientId)
    .where('guide_id', '=', guideId)
    .where('tooth', tooth === null ? 'is' : '=', tooth)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row?.id
}

export const factsByCase = groupedQuery(
  'case_id',
  (db, ids: CaseId[]) =>
    db
      .selectFrom('case_fact')
      .leftJoin('app_user', 'app_user.id', 'answered_by')
      .select(['case_id', 'fact', 'value_json', 'answered_at', 'app_user.name as name'])
      .where('case_id', 'in', ids),
  (row) => ({
    fact: row.fact,
    value: JSON.parse(row.value_json) as CaseFact,
    answeredBy: row.name ?? '',
    answeredAt: row.answered_at,
  }),
)

/** Keeps the answer, or takes it back when the value is null. */
export async function setFact(tx: Writer, caseId: CaseId, fact: string, value: CaseFact, stamp: Stamp): Promise<void> {
  if (value === null) {
    await tx.deleteFrom('case_fact').where('case_id', '=', caseId).where('fact', '=', fact).execute()
    return
  }
  const answer = { value_json: JSON.stringify(value), answered_by: stamp.user.id, answered_at: stamp.now }
  await putRow(tx, 'case_fact', { case_id: caseId, fact }, answer)
}

/** The decisions on codes, the latest last. */
export const decisionsByCase = groupedQuery(
  'case_id',
  (db, ids: CaseId[]) =>
    db
      .selectFrom('code_decision as d')
      .leftJoin('provider', 'provider.id', 'd.provider_id')
      .leftJoin('app_user', 'app_user.id', 'd.recorded_by')
      .selectAll('d')
      .select(['provider.first_name', 'provider.last_name', 'app_user.name'])
      .where('case_id', 'in', ids)
      .orderBy('recorded_at')
      .orderBy('d.id'),
  (row) => ({
    codes: JSON.parse(row.codes_json) as string[],
    ruleId: row.rule_id,
    overrideReason: row.override_reason,
    recordedBy: row.name ?? '',
    recordedAt: row.recorded_at,
    confirmedBy: row.provider_id
      ? { providerId: row.provider_id, name: `Dr. ${row.first_name} ${row.last_name}` }
      : null,
  }),
)
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
  await insertRow(tx, 'code_decision', {
    id: decision.id,
    case_id: decision.caseId,
    codes_json: JSON.stringify(decision.codes),
    rule_id: decision.ruleId,
    provider_id: decision.providerId,
    override_reason: decision.overrideReason,
    ...recordedBy(stamp),
  })
}

export const visitsByCase = groupedQuery(
  'case_id',
  (db, ids: CaseId[]) => db.selectFrom('visit').selectAll().where('case_id', 'in', ids).orderBy('seq'),
  (row) => recordOf(Visit, row),
)
/** Replaces the visits of a case; its own ids that are given stay, so that notes and films keep their visit. */
export async function replaceVisits(
  tx: Writer,
  caseId: CaseId,
  before: readonly Pick<Visit, 'id'>[],
  visits: readonly VisitInput[],
  newId: () => VisitId,
): Promise<void> {
  const present = new Set(before.map((visit) => visit.id))
  const kept = visits.flatMap((visit) => (visit.id && present.has(visit.id) ? visit.id : []))
  let stale = tx.deleteFrom('visit').where('case_id', '=', caseId)
  if (kept.length > 0) stale = stale.where('id', 'not in', kept)
  await stale.execute()
  for (const [index, visit] of visits.entries()) {
    const values = { seq: index + 1, phase: visit.phase, planned_on: visit.plannedOn, done_on: visit.doneOn }
    if (visit.id && present.has(visit.id))
      await tx.updateTable('visit').set(values).where('id', '=', visit.id).execute()
    else await insertRow(tx, 'visit', { id: newId(), case_id: caseId, ...values })
  }
}
