// What patients paid at the desk.
import type { PatientPayment, PatientPaymentInput } from '#core/case/patient-payment.ts'
import type { CaseId, PatientPaymentId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { found, recordedBy, type Stamp } from '#host/kernel/versioned.ts'

/** Payments of a case that nobody took back, the latest first. */
export async function listPatientPayments(db: Reader, caseId: CaseId): Promise<PatientPayment[]> {
  return db
    .selectFrom('patient_payment as p')
    .innerJoin('app_user as u', 'u.id', 'p.recorded_by')
    .select(['p.id', 'p.paid_on as on', 'p.cents', 'p.means', 'p.note', 'u.name as recordedBy'])
    .where('p.case_id', '=', caseId)
    .where('p.taken_back_at', 'is', null)
    .orderBy('p.paid_on', 'desc')
    .orderBy('p.id', 'desc')
    .execute()
}

/** When the payments of a case were recorded, also those that were taken back. */
export async function paymentsRecordedAt(db: Reader, caseId: CaseId): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('patient_payment').select('recorded_at').where('case_id', '=', caseId).execute()
  return new Set(rows.map((row) => row.recorded_at))
}

export async function addPatientPayment(
  tx: Writer,
  id: PatientPaymentId,
  { caseId, on, ...payment }: PatientPaymentInput,
  stamp: Stamp,
): Promise<void> {
  const row = { id, case_id: caseId, paid_on: on, ...payment, ...recordedBy(stamp), taken_back_at: null }
  await insertRow(tx, 'patient_payment', row)
}

/** A payment that nobody took back, with its case. @throws NOT_FOUND */
export async function getPatientPayment(db: Reader, id: PatientPaymentId) {
  const query = db.selectFrom('patient_payment').selectAll().where('id', '=', id).where('taken_back_at', 'is', null)
  return found(await query.executeTakeFirst(), 'payment', id)
}

export async function takeBackPatientPayment(tx: Writer, id: PatientPaymentId, at: string): Promise<void> {
  await tx.updateTable('patient_payment').set({ taken_back_at: at }).where('id', '=', id).execute()
}
