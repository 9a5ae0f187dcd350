// Remittances as the payer wrote them: lines, adjustments, remarks. What follows from them is computed, not stored,
// except outcome, cause and the paid sum, which lists and clocks need.
import type { Selectable } from 'kysely'
import type { CheckPart } from '#core/remittance/check-total.ts'
import type { StoredRemittance } from '#core/case/contents.ts'
import {
  type Adjustment,
  type Remittance,
  RemittanceInput,
  type RemittanceLine,
  RemittanceLineInput,
} from '#core/remittance/schema.ts'
import type { CaseId, RemittanceId } from '#core/ids.ts'
import type { Cents } from '#core/money.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { RemittanceLineTable } from '#db/tables/money.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow, insertRows } from '#host/kernel/insert-rows.ts'
import { groupBy, setQuery } from '#host/kernel/set-query.ts'
import { type Stamp } from '#host/kernel/versioned.ts'
import { payerNameOf } from '#host/office/payer-name-rows.ts'

const remittanceRows = setQuery((db, ids: CaseId[]) =>
  db
    .selectFrom('remittance as r')
    .leftJoin('app_user', 'app_user.id', 'r.entered_by')
    .selectAll('r')
    .select('app_user.name')
    .where('r.case_id', 'in', ids)
    .orderBy('r.eob_date', 'desc')
    .orderBy('r.id', 'desc'),
)
const linesOf = setQuery((db, ids: RemittanceId[]) =>
  db.selectFrom('remittance_line').selectAll().where('remittance_id', 'in', ids).orderBy('seq'),
)
/** What lies in columns of its own; reasons and remarks are rows of theirs. */
const EobColumns = RemittanceInput.omit({ lines: true, adjustments: true })
const LineColumns = RemittanceLineInput.omit({ adjustments: true, remarks: true })
/** A reason or a remark, with the line or the EOB it belongs to. */
interface ReasonRow {
  owner: string
  seq: number
  group_code: Adjustment['group'] | ''
  carc: string
  cents: Cents
  rarc: string
}
const reasonRows = setQuery((db, ids: CaseId[]) => {
  const atLines = db
    .selectFrom('adjustment as a')
    .innerJoin('remittance_line as l', 'l.id', 'a.remittance_line_id')
    .innerJoin('remittance as r', 'r.id', 'l.remittance_id')
    .select(['a.remittance_line_id as owner', 'a.seq', 'a.group_code', 'a.carc', 'a.cents'])
    .select(({ val }) => val('').as('rarc'))
    .where('r.case_id', 'in', ids)
    .$castTo<ReasonRow>()
  const remarks = db
    .selectFrom('remark as k')
    .innerJoin('remittance_line as l', 'l.id', 'k.remittance_line_id')
    .innerJoin('remittance as r', 'r.id', 'l.remittance_id')
    .select(['k.remittance_line_id as owner', 'k.seq'])
    .select(({ val }) => [val('').as('group_code'), val('').as('carc'), val(0).as('cents')])
    .select('k.rarc')
    .where('r.case_id', 'in', ids)
    .$castTo<ReasonRow>()
  const atClaims = db
    .selectFrom('claim_adjustment as a')
    .innerJoin('remittance as r', 'r.id', 'a.remittance_id')
    .select(['a.remittance_id as owner', 'a.seq', 'a.group_code', 'a.carc', 'a.cents'])
    .select(({ val }) => val('').as('rarc'))
    .where('r.case_id', 'in', ids)
    .$castTo<ReasonRow>()
  return atLines.unionAll(remarks).unionAll(atClaims).orderBy('seq')
})
const reasonsIn = (rows: readonly ReasonRow[]): Adjustment[] =>
  rows.flatMap(({ group_code: group, carc, cents }) => (group === '' ? [] : { group, carc, cents }))
const remarksIn = (rows: readonly ReasonRow[]) => rows.flatMap(({ rarc }) => (rarc === '' ? [] : rarc))

/** Remittances of the cases, the newest EOB first, also those that were taken back. */
export async function remittancesByCase(db: Reader, ids: readonly CaseId[]): Promise<Map<CaseId, StoredRemittance[]>> {
  const rows = await remittanceRows(db, ids)
  const lineRows = await linesOf(
    db,
    rows.map((row) => row.id),
  )
  const owners = [...rows, ...lineRows].map((row): string => row.id)
  const reasons = groupBy(owners, rows.length > 0 ? await reasonRows(db, ids) : [], 'owner', (row) => row)
  const lines = groupBy(
    rows.map((row) => row.id),
    lineRows,
    'remittance_id',
    (row) => toLine(row, reasons.get(row.id)!),
  )
  return groupBy(ids, rows, 'case_id', (row) => ({
    id: row.id,
    caseId: row.case_id,
    ...recordOf(EobColumns, row),
    adjustments: reasonsIn(reasons.get(row.id)!),
    lines: lines.get(row.id)!,
    outcome: row.outcome as StoredRemittance['outcome'],
    expectedPlanCents: row.expected_plan_cents,
    reversedAt: row.reversed_at,
    reversalReason: row.reversal_reason,
    enteredBy: row.name ?? '',
    enteredAt: row.entered_at,
  }))
}
function toLine(
  row: Selectable<RemittanceLineTable>,
  reasons: readonly ReasonRow[],
): StoredRemittance['lines'][number] {
  return {
    id: row.id,
    ...recordOf(LineColumns, row),
    adjustments: reasonsIn(reasons),
    remarks: remarksIn(reasons),
  }
}

export interface NewRemittance {
  id: RemittanceId
  caseId: CaseId
  input: RemittanceInput
  /** Computed lines in the order of the input. */
  lines: readonly Pick<RemittanceLine, 'id' | 'outcome' | 'cause'>[]
  outcome: Remittance['outcome']
  paidCents: number
  expectedPlanCents: number | null
}
export async function addRemittance(tx: Writer, { input, ...row }: NewRemittance, stamp: Stamp): Promise<void> {
  await insertRow(tx, 'remittance', {
    id: row.id,
    case_id: row.caseId,
    ...columnsOf(EobColumns, input),
    paid_cents: row.paidCents,
    outcome: row.outcome,
    expected_plan_cents: row.expectedPlanCents,
    reversed_at: null,
    reversal_reason: '',
    entered_by: stamp.user.id,
    entered_at: stamp.now,
  })
  const reasonRow = ({ group, carc, cents }: Adjustment, seq: number) => ({ seq, group_code: group, carc, cents })
  await insertRows(
    tx,
    'claim_adjustment',
    input.adjustments.map((one, seq) => ({ remittance_id: row.id, ...reasonRow(one, seq) })),
  )
  const lines = input.lines.map((line, index) => ({ line, index, ...row.lines[index]! }))
  await insertRows(
    tx,
    'remittance_line',
    lines.map(({ line, index, id, outcome, cause }) => ({
      id,
      remittance_id: row.id,
      seq: index + 1,
      ...columnsOf(LineColumns, line),
      outcome,
      cause,
    })),
  )
  await insertRows(
    tx,
    'adjustment',
    lines.flatMap(({ line, id }) =>
      line.adjustments.map((one, at) => ({
        id: `${id}-${at + 1}`,
        remittance_line_id: id,
        ...reasonRow(one, at + 1),
      })),
    ),
  )
  await insertRows(
    tx,
    'remark',
    lines.flatMap(({ line, id }) => line.remarks.map((rarc, at) => ({ remittance_line_id: id, seq: at + 1, rarc }))),
  )
}

/** What the EOBs that are posted of a check take of it; a check without a number has no others. */
export async function partsOfCheck(
  db: Reader,
  { claimId, paymentNumber, eobDate }: Pick<RemittanceInput, 'claimId' | 'paymentNumber' | 'eobDate'>,
): Promise<CheckPart[]> {
  if (paymentNumber === '') return []
  return db
    .selectFrom('remittance as r')
    .innerJoin('claim as k', 'k.id', 'r.claim_id')
    .leftJoin('coverage as v', 'v.id', 'k.coverage_id')
    .leftJoin('plan as p', 'p.id', 'v.plan_id')
    .select(['r.paid_cents as paidCents', 'r.interest_cents as interestCents'])
    .select(['r.withheld_cents as withheldCents', 'r.check_total_cents as checkTotalCents'])
    .where('r.payment_number', '=', paymentNumber)
    .where('r.eob_date', '=', eobDate)
    .where('r.reversed_at', 'is', null)
    .where('p.payer_id', 'is', (eb) =>
      eb
        .selectFrom('claim')
        .leftJoin('coverage', 'coverage.id', 'claim.coverage_id')
        .leftJoin('plan', 'plan.id', 'coverage.plan_id')
        .select('plan.payer_id')
        .where('claim.id', '=', claimId),
    )
    .execute()
}

/** Interest of paper checks and what was kept back from them, the latest first. */
export async function listOfChecks(db: Reader, limit: number) {
  return db
    .selectFrom('remittance as r')
    .innerJoin('claim as k', 'k.id', 'r.claim_id')
    .select(['r.id', 'r.payment_number', 'r.received_on', 'k.number', 'k.case_id'])
    .select(['r.interest_cents', 'r.withheld_cents'])
    .select(payerNameOf('k.coverage_id').as('payer'))
    .where((where) => where.or([where('r.interest_cents', '!=', 0), where('r.withheld_cents', '!=', 0)]))
    .where('r.reversed_at', 'is', null)
    .orderBy('r.received_on', 'desc')
    .limit(limit)
    .execute()
}

/** Takes an entry back: it stays in the trail and counts for nothing. */
export async function reverseRemittance(tx: Writer, id: RemittanceId, reason: string, stamp: Stamp): Promise<void> {
  await tx
    .updateTable('remittance')
    .set({ reversed_at: stamp.now, reversal_reason: reason })
    .where('id', '=', id)
    .execute()
}
