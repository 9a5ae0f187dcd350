// Remittances as the payer wrote them: lines, adjustments, remarks. What follows from them is computed, not stored,
// except outcome, cause and the paid sum, which lists and clocks need.
import type { Remittance, RemittanceInput, RemittanceLine, RemittanceLineInput } from '#core/remittance/schema.ts'
import type { IsoDate } from '#core/dates.ts'
import type { CaseId, ClaimId, RemittanceId } from '#core/ids.ts'
import type { Cents } from '#core/money.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { found, type Stamp } from '#host/kernel/versioned.ts'

type Db = Reader | Writer

/** A stored remittance as it was typed, with its derived columns. */
export interface StoredRemittance extends RemittanceInput {
  id: RemittanceId
  caseId: CaseId
  lines: (RemittanceLineInput & { id: string })[]
  outcome: Remittance['outcome']
  expectedPlanCents: number | null
  reversedAt: string | null
  reversalReason: string
  enteredBy: string
  enteredAt: string
}

/** Remittances of a case, of a claim, or one by id, the newest EOB first; reversed ones only when asked for. */
export async function listRemittances(
  db: Db,
  where: { caseId: CaseId } | { claimId: ClaimId } | { id: RemittanceId },
  withReversed = false,
): Promise<StoredRemittance[]> {
  let query = db
    .selectFrom('remittance as r')
    .leftJoin('app_user', 'app_user.id', 'r.entered_by')
    .selectAll('r')
    .select('app_user.name')
    .orderBy('r.eob_date', 'desc')
    .orderBy('r.id', 'desc')
  if ('id' in where) query = query.where('r.id', '=', where.id)
  else if ('claimId' in where) query = query.where('r.claim_id', '=', where.claimId)
  else query = query.where('r.case_id', '=', where.caseId)
  if (!withReversed) query = query.where('r.reversed_at', 'is', null)
  const rows = await query.execute()
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const lines = await linesOf(db, ids)
  const atClaim = await db
    .selectFrom('claim_adjustment')
    .selectAll()
    .where('remittance_id', 'in', ids)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    claimId: row.claim_id,
    eobDate: row.eob_date,
    receivedOn: row.received_on,
    payerClaimNumber: row.payer_claim_number,
    paymentNumber: row.payment_number,
    method: row.method,
    appealDaysOnLetter: row.appeal_days_on_letter,
    informationDueOn: row.information_due_on,
    note: row.note,
    adjustments: atClaim
      .filter((one) => one.remittance_id === row.id)
      .map((one) => ({ group: one.group_code, carc: one.carc, cents: one.cents })),
    paidAtClaimCents: row.paid_at_claim_cents,
    lines: lines.filter((line) => line.remittanceId === row.id).map((line) => line.line),
    outcome: row.outcome as Remittance['outcome'],
    expectedPlanCents: row.expected_plan_cents,
    reversedAt: row.reversed_at,
    reversalReason: row.reversal_reason,
    enteredBy: row.name ?? '',
    enteredAt: row.entered_at,
  }))
}
/** @throws NOT_FOUND */
export async function getRemittance(db: Db, id: RemittanceId): Promise<StoredRemittance> {
  return found((await listRemittances(db, { id }, true))[0], 'remittance', id)
}

async function linesOf(db: Db, remittanceIds: readonly RemittanceId[]) {
  const rows = await db
    .selectFrom('remittance_line')
    .selectAll()
    .where('remittance_id', 'in', remittanceIds)
    .orderBy('seq')
    .execute()
  const lineIds = rows.length > 0 ? rows.map((row) => row.id) : ['']
  const adjustments = await db
    .selectFrom('adjustment')
    .selectAll()
    .where('remittance_line_id', 'in', lineIds)
    .orderBy('seq')
    .execute()
  const remarks = await db
    .selectFrom('remark')
    .selectAll()
    .where('remittance_line_id', 'in', lineIds)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    remittanceId: row.remittance_id,
    line: {
      id: row.id,
      claimLineId: row.claim_line_id,
      code: row.code,
      submittedCode: row.submitted_code,
      tooth: row.tooth,
      billedCents: row.billed_cents,
      allowedCents: row.allowed_cents,
      deductibleCents: row.deductible_cents,
      coinsuranceCents: row.coinsurance_cents,
      paidCents: row.paid_cents,
      adjustments: adjustments
        .filter((one) => one.remittance_line_id === row.id)
        .map((one) => ({ group: one.group_code, carc: one.carc, cents: one.cents })),
      remarks: remarks.filter((one) => one.remittance_line_id === row.id).map((one) => one.rarc),
    },
  }))
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
  await tx
    .insertInto('remittance')
    .values({
      id: row.id,
      case_id: row.caseId,
      claim_id: input.claimId,
      eob_date: input.eobDate,
      received_on: input.receivedOn,
      payer_claim_number: input.payerClaimNumber,
      payment_number: input.paymentNumber,
      method: input.method,
      appeal_days_on_letter: input.appealDaysOnLetter,
      information_due_on: input.informationDueOn,
      note: input.note,
      paid_cents: row.paidCents,
      paid_at_claim_cents: input.paidAtClaimCents,
      outcome: row.outcome,
      expected_plan_cents: row.expectedPlanCents,
      reversed_at: null,
      reversal_reason: '',
      entered_by: stamp.user.id,
      entered_at: stamp.now,
    })
    .execute()
  if (input.adjustments.length > 0)
    await tx
      .insertInto('claim_adjustment')
      .values(
        input.adjustments.map(({ group, carc, cents }, seq) => ({
          remittance_id: row.id,
          seq,
          group_code: group,
          carc,
          cents,
        })),
      )
      .execute()
  for (const [index, line] of input.lines.entries()) {
    const computed = row.lines[index]!
    await tx
      .insertInto('remittance_line')
      .values({
        id: computed.id,
        remittance_id: row.id,
        seq: index + 1,
        claim_line_id: line.claimLineId,
        code: line.code,
        submitted_code: line.submittedCode,
        tooth: line.tooth,
        billed_cents: line.billedCents,
        allowed_cents: line.allowedCents,
        deductible_cents: line.deductibleCents,
        coinsurance_cents: line.coinsuranceCents,
        paid_cents: line.paidCents,
        outcome: computed.outcome,
        cause: computed.cause,
      })
      .execute()
    await addReasons(tx, computed.id, line)
  }
}

async function addReasons(tx: Writer, lineId: string, line: RemittanceLineInput): Promise<void> {
  if (line.adjustments.length > 0)
    await tx
      .insertInto('adjustment')
      .values(
        line.adjustments.map((one, index) => ({
          id: `${lineId}-${index + 1}`,
          remittance_line_id: lineId,
          seq: index + 1,
          group_code: one.group,
          carc: one.carc,
          cents: one.cents,
        })),
      )
      .execute()
  if (line.remarks.length > 0)
    await tx
      .insertInto('remark')
      .values(line.remarks.map((rarc, index) => ({ remittance_line_id: lineId, seq: index + 1, rarc })))
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

/** What the decisions that stand say of a claim: charged and paid together, and the day of the last one. */
export async function decidedOn(
  db: Db,
  claimId: ClaimId,
): Promise<{ billedCents: Cents; paidCents: Cents; on: IsoDate | null }> {
  const row = await db
    .selectFrom('remittance as r')
    .select(({ fn, selectFrom }) => [
      selectFrom('remittance_line as l')
        .innerJoin('remittance as own', 'own.id', 'l.remittance_id')
        .select((of) => of.fn.sum<number | null>('l.billed_cents').as('billed'))
        .where('own.claim_id', '=', claimId)
        .where('own.reversed_at', 'is', null)
        .as('billed'),
      fn.sum<number | null>('r.paid_cents').as('paid'),
      fn.max('r.eob_date').as('on'),
    ])
    .where('r.claim_id', '=', claimId)
    .where('r.reversed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { billedCents: row.billed ?? 0, paidCents: row.paid ?? 0, on: row.on }
}
