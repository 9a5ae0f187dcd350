// What was asked of the payer for a case, and what the office expects to be paid.
import type { BenefitCheck, EstimateInput } from '#core/case/schema.ts'
import type { CaseId, PayerId, PlanId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { Stamp } from '#host/kernel/versioned.ts'

type Db = Reader | Writer

const select = (db: Db) =>
  db
    .selectFrom('benefit_check as b')
    .leftJoin('app_user', 'app_user.id', 'recorded_by')
    .selectAll('b')
    .select('app_user.name')
    .orderBy('recorded_at', 'desc')
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

const toCheck = (row: Row): BenefitCheck => ({
  id: row.id,
  kind: row.kind,
  coverageId: row.coverage_id,
  code: row.code,
  answer: row.answer,
  authorizationKind: row.authorization_kind,
  source: row.source,
  representative: row.representative,
  reference: row.reference,
  checkedOn: row.checked_on,
  note: row.note,
  user: row.name ?? '',
})

export async function listBenefitChecks(db: Db, caseId: CaseId): Promise<BenefitCheck[]> {
  return (await select(db).where('case_id', '=', caseId).execute()).map(toCheck)
}
/** The latest answer of this kind that a payer gave for one of the codes in another case. */
export async function findCheckElsewhere(
  db: Db,
  payerId: PayerId,
  kind: BenefitCheck['kind'],
  codes: readonly string[],
  exceptCase: CaseId,
): Promise<BenefitCheck | undefined> {
  if (codes.length === 0) return undefined
  const row = await select(db)
    .where('b.plan_id', 'in', (where) => where.selectFrom('plan').select('plan.id').where('payer_id', '=', payerId))
    .where('kind', '=', kind)
    .where('code', 'in', codes)
    .where('answer', '!=', 'unknown')
    .where('case_id', '!=', exceptCase)
    .limit(1)
    .executeTakeFirst()
  return row && toCheck(row)
}
export async function addBenefitCheck(
  tx: Writer,
  id: string,
  caseId: CaseId,
  planId: PlanId | null,
  check: Omit<BenefitCheck, 'id' | 'user'>,
  stamp: Stamp,
): Promise<void> {
  await tx
    .insertInto('benefit_check')
    .values({
      id,
      case_id: caseId,
      coverage_id: check.coverageId,
      plan_id: planId,
      kind: check.kind,
      code: check.code,
      answer: check.answer,
      authorization_kind: check.authorizationKind,
      source: check.source,
      representative: check.representative,
      reference: check.reference,
      checked_on: check.checkedOn,
      note: check.note,
      recorded_by: stamp.user.id,
      recorded_at: stamp.now,
    })
    .execute()
}

export async function findEstimate(db: Db, caseId: CaseId): Promise<EstimateInput | undefined> {
  const row = await db.selectFrom('estimate').selectAll().where('case_id', '=', caseId).executeTakeFirst()
  return (
    row && {
      coverageId: row.coverage_id,
      network: row.network,
      contractCents: row.contract_cents,
      expectedPlanCents: row.expected_plan_cents,
      source: row.source,
    }
  )
}
export async function setEstimate(tx: Writer, caseId: CaseId, estimate: EstimateInput, stamp: Stamp): Promise<void> {
  const values = {
    coverage_id: estimate.coverageId,
    network: estimate.network,
    contract_cents: estimate.contractCents,
    expected_plan_cents: estimate.expectedPlanCents,
    source: estimate.source,
    recorded_by: stamp.user.id,
    recorded_at: stamp.now,
  }
  await tx
    .insertInto('estimate')
    .values({ case_id: caseId, ...values })
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet(values))
    .execute()
}
