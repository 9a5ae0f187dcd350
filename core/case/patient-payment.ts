// What the patient paid at the desk: kept beside the case, so that what is asked of the patient is what is still owed. No ledger.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { CaseId, PatientPaymentId } from '../ids.ts'
import { type Cents, Fee } from '../money.ts'

export const MEANS_WORDS = { cash: 'cash', check: 'check', card: 'card', other: 'other means' } as const

export const PatientPaymentInput = z.strictObject({
  caseId: CaseId,
  on: IsoDate,
  cents: Fee.min(1, 'Type the amount that was paid'),
  means: z.enum(['cash', 'check', 'card', 'other']),
  note: z.string().trim().max(200).default(''),
})
export type PatientPaymentInput = z.infer<typeof PatientPaymentInput>
export const PatientPayment = PatientPaymentInput.omit({ caseId: true }).extend({
  id: PatientPaymentId,
  recordedBy: z.string(),
})
export type PatientPayment = z.infer<typeof PatientPayment>

/**
 * What the patient still owes, in cents; negative: to be given back. Null while the patient's part is not known.
 * @param shareCents the patient's part over all plans
 */
export function patientOwes(shareCents: Cents | null, payments: readonly { cents: Cents }[]): Cents | null {
  return shareCents === null ? null : payments.reduce((owed, { cents }) => owed - cents, shareCents)
}
