// The money of a case beside every step: what plans paid, what is the patient's, what was paid at the desk.
import { useState } from 'react'
import { MEANS_WORDS, patientOwes, type PatientPayment } from '#core/case/patient-payment.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { IsoDate } from '#core/dates.ts'
import { type Cents, sumCents } from '#core/money.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'
import { formatDate, formatMoney, moneyOrDash } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { ConfirmWithReason } from '../../ui/dialog.tsx'
import { DateField, MoneyField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Section } from '../../ui/page.tsx'

const MEANS = { card: 'Card', cash: 'Cash', check: 'Check', other: 'Other' } as const

export function CaseMoney({ caseView }: { caseView: CaseView }) {
  const canWork = useCan('work')
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<PatientPayment | null>(null)
  const takeBack = useCommand('patientPayment.takeBack', {
    done: 'Payment removed',
    onSuccess: () => setRemoving(null),
  })
  const { id, money } = caseView
  const payments = useRoute('patientPayment.forCase', { caseId: id }).data?.payments ?? []
  const owesCents = patientOwes(money.patientCents, payments)
  const facts: readonly (readonly [name: string, cents: Cents | null])[] = [
    ['Fee', money.feeCents],
    ['Expected', money.expectedPlanCents],
    ['Paid', money.paidCents],
    ['Write-off', money.writeOffCents],
    [`Patient${money.paidCents === 0 ? ' about' : ''}`, money.patientCents],
    ...(payments.length > 0
      ? ([
          ['Patient paid', sumCents(payments.map(({ cents }) => cents))],
          ['Patient owes', owesCents],
        ] as const)
      : []),
    ['Open', money.openCents],
  ]
  return (
    <Section
      title="Money"
      actions={
        canWork && (
          <Button
            variant="subtle"
            shortcut="alt+h"
            onClick={() => setAdding(true)}
            label="Record what the patient paid"
          >
            Patient paid
          </Button>
        )
      }
    >
      <dl className="cw-facts">
        {facts.map(([name, cents]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="cw-number">{moneyOrDash(cents)}</dd>
          </div>
        ))}
      </dl>
      {payments.length > 0 && (
        <ul className="cw-plain-list" aria-label="Paid at the desk">
          {payments.map((payment) => {
            const words = `${formatDate(payment.on)}: ${formatMoney(payment.cents)} by ${MEANS_WORDS[payment.means]}`
            return (
              <li key={payment.id} className="cw-row">
                <span title={payment.note || undefined}>{words}</span>
                {canWork && <RowButton verb="Remove" of={words} onClick={() => setRemoving(payment)} />}
              </li>
            )
          })}
        </ul>
      )}
      {owesCents !== null && owesCents < 0 && payments.length > 0 && (
        <Finding severity="warn">
          The patient paid {formatMoney(-owesCents)} more than the patient owes. Refund it, or check the payments.
        </Finding>
      )}
      {money.capped && <p className="cw-muted">{money.capped}</p>}
      {money.feeTodayCents !== money.feeCents && (
        <Finding severity="warn">
          The lines come to {formatMoney(money.feeTodayCents)} today, and {formatMoney(money.feeCents)} is charged on
          the claims that were sent. What was sent counts. If it is wrong, send a corrected claim.
        </Finding>
      )}
      {money.excessCents > 0 && (
        <Finding severity="warn">
          {formatMoney(money.excessCents)} more is paid or written off than is charged. Compare the EOBs with the
          payments.
        </Finding>
      )}
      {money.lapsedCents > 0 && (
        <Finding severity="warn">
          {formatMoney(money.lapsedCents)} that the office wrote off or billed no longer counts: the EOBs leave less
          open. Remove it under Follow-up.
        </Finding>
      )}
      {adding && <PaymentDialog caseId={id} owesCents={owesCents} onClose={() => setAdding(false)} />}
      <ConfirmWithReason
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={removing ? `Remove the payment of ${formatMoney(removing.cents)}` : ''}
        confirmLabel="Remove"
        onConfirm={(reason) => removing && takeBack.mutate({ id: removing.id, reason })}
        busy={takeBack.isPending}
      >
        It was recorded by mistake or refunded. It stays in the trail.
      </ConfirmWithReason>
    </Section>
  )
}

/** A payment while it is typed. */
interface Typed {
  cents: Cents | null
  on: IsoDate | null
  means: keyof typeof MEANS
  note: string
}

function PaymentDialog({
  caseId,
  owesCents,
  onClose,
}: {
  caseId: CaseView['id']
  owesCents: Cents | null
  onClose: () => void
}) {
  const start: Typed = { cents: null, on: useToday(), means: 'card', note: '' }
  const { field, ...form } = useCommandForm('patientPayment.add', {
    scope: `patient-payment:${caseId}`,
    start,
    at: 'payment',
    done: (_, { payment }) => `${formatMoney(payment.cents)} recorded`,
    onSuccess: onClose,
  })
  const { cents, on, means, note } = form.values
  return (
    <FormDialog
      form={form}
      title="What the patient paid"
      label="Payment"
      onClose={onClose}
      onSave={() => form.send(cents !== null && on !== null && { payment: { caseId, cents, on, means, note } })}
    >
      <div className="cw-fields">
        <MoneyField
          label="Amount"
          hint={owesCents !== null && owesCents > 0 ? `${formatMoney(owesCents)} is owed` : undefined}
          {...field('cents', cents === null && 'Type the amount that was paid')}
          required
          autoFocus
        />
        <DateField isPast label="Day" {...field('on', on === null && 'Type the day')} required />
        <SelectField label="By" {...field('means')} options={MEANS} />
      </div>
      <TextField label="Note" {...field('note')} maxLength={200} />
    </FormDialog>
  )
}
