// What patients pay at the desk.
import { MEANS_WORDS } from '#core/case/patient-payment.ts'
import type { patientPaymentRoutes } from '#core/contract/case.ts'
import type { PatientPaymentId } from '#core/ids.ts'
import { formatMoney } from '#core/money.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { refuseClosed } from '#host/office/closed-months.ts'
import { openCase } from './case-file.ts'
import { finishWork } from './finish.ts'
import {
  addPatientPayment,
  getPatientPayment,
  listPatientPayments,
  takeBackPatientPayment,
} from './patient-payment-rows.ts'

export const patientPaymentHandlers = {
  'patientPayment.forCase': async ({ db }, { caseId }) => ({ payments: await listPatientPayments(db, caseId) }),
  'patientPayment.add': async (context, { payment }) => {
    if (payment.on > context.today) refuse(['The payment lies in the future. Check its date.'])
    await refuseClosed(context, payment.on)
    const file = await openCase(context, payment.caseId)
    const id = context.newId<PatientPaymentId>()
    await addPatientPayment(context.tx, id, payment, context)
    const { cents, means, on } = payment
    await finishWork(context, file, {
      event: { kind: 'payment', on, text: `Patient paid ${formatMoney(cents)} by ${MEANS_WORDS[means]}` },
      audit: { entity: 'patient_payment', entityId: id, after: payment },
    })
    return { id }
  },
  'patientPayment.takeBack': async (context, { id, reason }) => {
    const before = await getPatientPayment(context.db, id)
    await refuseClosed(context, before.paid_on)
    const file = await openCase(context, before.case_id)
    await takeBackPatientPayment(context.tx, id, context.now)
    await finishWork(context, file, {
      event: { kind: 'payment', text: `Payment of ${formatMoney(before.cents)} by the patient removed: ${reason}` },
      audit: { entity: 'patient_payment', entityId: id, before, reason },
    })
  },
} satisfies HandlersOf<keyof typeof patientPaymentRoutes>
