// What patients pay at the desk.
import { postedOf } from '#core/case/contents.ts'
import { decisionsOf, moneyOf } from '#core/case/decisions.ts'
import { MEANS_WORDS, patientOwes } from '#core/case/patient-payment.ts'
import type { Task } from '#core/case/schema.ts'
import type { patientPaymentRoutes } from '#core/contract/case.ts'
import type { PatientPaymentId } from '#core/ids.ts'
import { formatMoney } from '#core/money.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { refuseClosed, refuseClosedDay } from '#host/office/closed-months.ts'
import { type CaseFile, openCase } from './case-file.ts'
import { finishWork } from './finish.ts'
import { endTasks, reopenTasks } from './tasks.ts'
import {
  addPatientPayment,
  getPatientPayment,
  listPatientPayments,
  paymentsRecordedAt,
  takeBackPatientPayment,
} from './patient-payment-rows.ts'

/** Whether the patient owes something still; a part that is not known may be owed. */
function isOwed({ assets }: CommandContext, file: CaseFile): boolean {
  const { patientCents } = moneyOf(file, decisionsOf(file, assets.reasons))
  return (patientOwes(patientCents, [{ cents: file.patientPaidCents }]) ?? 1) > 0
}
const billing = ({ tasks }: CaseFile): Task[] => tasks.filter(({ kind }) => kind === 'bill_patient')

/** Once the patient owes nothing, nobody has to bill. */
async function endBilling(context: CommandContext, file: CaseFile): Promise<void> {
  if (isOwed(context, file)) return
  await endTasks(
    context,
    file,
    billing(file).filter(({ doneAt }) => doneAt === null),
  )
}

/** What payments ended, in the very act of recording them, is to be done again once one of them is gone. */
async function resumeBilling(context: CommandContext, file: CaseFile): Promise<void> {
  if (!isOwed(context, file)) return
  const recorded = await paymentsRecordedAt(context.db, file.id)
  const stands = (id: Task['remittanceId']) => postedOf(file).some((eob) => eob.id === id)
  await reopenTasks(
    context,
    file,
    billing(file).filter(({ doneAt, remittanceId }) => doneAt !== null && recorded.has(doneAt) && stands(remittanceId)),
  )
}

export const patientPaymentHandlers = {
  'patientPayment.forCase': async ({ db }, { caseId }) => ({ payments: await listPatientPayments(db, caseId) }),
  'patientPayment.add': async (context, { payment }) => {
    if (payment.on > context.today) refuse(['The payment is in the future. Check its date.'])
    await refuseClosedDay(context, payment.on, 'payment.on')
    const file = await openCase(context, payment.caseId)
    const id = context.newId<PatientPaymentId>()
    await file.write(context, ['head'], (tx) => addPatientPayment(tx, id, payment, context))
    await endBilling(context, await openCase(context, payment.caseId))
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
    await file.write(context, ['head'], (tx) => takeBackPatientPayment(tx, id, context.now))
    await resumeBilling(context, await openCase(context, before.case_id))
    await finishWork(context, file, {
      event: { kind: 'payment', text: `Payment of ${formatMoney(before.cents)} by the patient removed: ${reason}` },
      audit: { entity: 'patient_payment', entityId: id, before, reason },
    })
  },
} satisfies HandlersOf<keyof typeof patientPaymentRoutes>
