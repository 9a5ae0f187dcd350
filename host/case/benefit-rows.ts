// What was asked of the payer for a case, and what the office expects to be paid.
import { BenefitCheck, BenefitCheckInput, EstimateInput } from '#core/case/schema.ts'
import type { CaseId, PayerId, PlanId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow, putRow } from '#host/kernel/insert-rows.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { groupedQuery } from '#host/kernel/set-query.ts'
import { type Stamp, recordedBy } from '#host/kernel/versioned.ts'

const select = (db: Reader) =>
  db
    .selectFrom('benefit_check as b')
    .leftJoin('app_user', 'app_user.id', 'recorded_by')
    .selectAll('b')
    .select('app_user.name')
    .orderBy('recorded_at', 'desc')
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

const Kept = BenefitCheck.omit({ user: true })
const toCheck = (row: Row): BenefitCheck => ({ ...recordOf(Kept, row), user: row.name ?? '' })

/** What was asked of payers for these cases, the latest first. */
export const checksByCase = groupedQuery(
  'case_id',
  (db, ids: CaseId[]) => select(db).where('case_id', 'in', ids),
  toCheck,
)
/** The latest answer of each kind that a payer gave for one of the codes in another case. */
export async function checksElsewhere(
  db: Reader,
  payerId: PayerId,
  kinds: readonly BenefitCheck['kind'][],
  codes: readonly string[],
  exceptCase: CaseId,
): Promise<BenefitCheck[]> {
  if (codes.length === 0) return []
  const latest = (kind: BenefitCheck['kind']) =>
    db
      .selectFrom('benefit_check as one')
      .select('one.id')
      .where('one.plan_id', 'in', (where) => where.selectFrom('plan').select('plan.id').where('payer_id', '=', payerId))
      .where('one.kind', '=', kind)
      .where('one.code', 'in', codes)
      .where('one.answer', '!=', 'unknown')
      .where('one.case_id', '!=', exceptCase)
      .orderBy('one.recorded_at', 'desc')
      .limit(1)
  const rows = await select(db)
    .where(({ or, eb }) => or(kinds.map((kind) => eb('b.id', 'in', latest(kind)))))
    .execute()
  return rows.map(toCheck)
}
/** The latest answer under the plan to whether one of the codes needs an authorization, of another case. */
export async function findNeedElsewhere(
  db: Reader,
  planId: PlanId,
  codes: readonly string[],
  exceptCase: CaseId,
): Promise<BenefitCheck | undefined> {
  if (codes.length === 0) return undefined
  const row = await select(db)
    .clearOrderBy()
    .orderBy('checked_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .where('plan_id', '=', planId)
    .where('kind', '=', 'authorization_need')
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
  check: BenefitCheckInput,
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'benefit_check', {
    id,
    case_id: caseId,
    plan_id: planId,
    ...columnsOf(BenefitCheckInput, check),
    ...recordedBy(stamp),
  })
}

export async function setEstimate(tx: Writer, caseId: CaseId, estimate: EstimateInput, stamp: Stamp): Promise<void> {
  const values = { ...columnsOf(EstimateInput, estimate), ...recordedBy(stamp) }
  await putRow(tx, 'estimate', { case_id: caseId }, values)
}
