// Ask for an extension, bill the patient, do a task, close the case: a field or two each.
import { patientOwes } from '#core/case/patient-payment.ts'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { Cents } from '#core/money.ts'
import { DateField, MoneyField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { FormDialog, useCommandForm } from '../command-form.tsx'
import { formatMoney, oneLine } from '../format.ts'
import { useCommand, useRoute } from '../query.ts'
import { useUndo } from '../touch-dialogs.tsx'
import { useToday } from '../use-today.ts'
import type { ActionProps } from './to-do.ts'
import { Facts } from './facts.tsx'

/** With the new last day the approval goes on; without it the asking is logged, and rings again. */
export function AskExtension(props: ActionProps) {
  const { todo, caseView, request, onClose } = props
  const today = useToday()
  const start = {
    validTo: null as IsoDate | null,
    contact: '',
    reference: request?.reference ?? '',
    nextOn: addDays(today, 7) as IsoDate | null,
  }
  const { field, ...form } = useCommandForm('case.touch', {
    scope: `action:extension:${request?.id ?? caseView.id}`,
    start,
    done: 'Call logged',
    undo: useUndo(),
    onSuccess: onClose,
  })
  const { validTo, contact, reference, nextOn } = form.values
  const extend = useCommand('authorization.transition', {
    done: 'Extended',
    onSuccess: () => {
      form.discard()
      onClose()
    },
  })
  const isGiven = validTo !== null && request !== null && request.events.includes('extend')
  const save = () => {
    if (!isGiven) {
      return form.send({
        caseId: caseView.id,
        kind: 'call',
        text: 'Asked for an extension',
        contact,
        reference,
        nextOn,
      })
    }
    if (contact.trim() === '') return form.ask()
    const details = { validTo, contact, reference }
    extend.mutate({ id: request.id, version: request.version, event: 'extend', on: today, details })
  }
  return (
    <FormDialog
      form={{ ...form, busy: form.busy || extend.isPending }}
      title={todo.action}
      label="Extension"
      onClose={onClose}
      onSave={save}
    >
      <Facts props={props} of="payer" />
      <div className="cw-fields">
        <DateField label="New last day" {...field('validTo')} hint="Leave empty until the payer says" autoFocus />
        <TextField
          label="Said by"
          {...field('contact', isGiven && contact.trim() === '' && 'Who said so?')}
          maxLength={100}
          required={isGiven}
        />
        <TextField label="Authorization number" {...field('reference')} maxLength={60} />
        {!isGiven && <DateField label="Ask again" {...field('nextOn')} hint="Snoozed until that day" />}
      </div>
    </FormDialog>
  )
}

const WAYS = { mail: 'By mail', desk: 'At the desk', email: 'By email' } as const

/** Opens once it is known what the patient has paid. */
export function BillPatient(props: ActionProps) {
  const { id: caseId, money } = props.caseView
  const payments = useRoute('patientPayment.forCase', { caseId }).data?.payments
  return payments ? <BillForm {...props} owesCents={patientOwes(money.patientCents, payments)} /> : null
}

function BillForm(props: ActionProps & { owesCents: Cents | null }) {
  const { todo, caseView, owesCents, onClose } = props
  const start = {
    cents: owesCents,
    way: 'mail' as keyof typeof WAYS,
    nextOn: addDays(useToday(), 30) as IsoDate | null,
  }
  const { field, ...form } = useCommandForm('case.touch', {
    scope: `action:bill:${caseView.id}`,
    start,
    done: 'Statement logged',
    undo: useUndo(),
    onSuccess: onClose,
  })
  const { cents, way, nextOn } = form.values
  const text = `Patient billed ${formatMoney(cents ?? 0)}, ${WAYS[way].toLowerCase()}`
  return (
    <FormDialog
      form={form}
      title={todo.action}
      label="Statement"
      onClose={onClose}
      onSave={() => form.send(cents !== null && { caseId: caseView.id, kind: 'mail', text, nextOn })}
    >
      <Facts props={props} of="patient" />
      <div className="cw-fields">
        <MoneyField label="Amount" {...field('cents', cents === null && 'Type the amount')} required autoFocus />
        <SelectField label="How" {...field('way')} options={WAYS} />
        <DateField label="Look again" {...field('nextOn')} hint="Snoozed until that day" />
      </div>
    </FormDialog>
  )
}

export function DoTask(props: ActionProps) {
  const { todo, onClose } = props
  const { field, ...form } = useCommandForm('task.complete', {
    scope: `action:task:${todo.taskId}`,
    start: { note: '' },
    done: 'Task done',
    onSuccess: onClose,
  })
  return (
    <FormDialog
      form={form}
      title={todo.reason}
      label="Task"
      onClose={onClose}
      onSave={() => form.send(todo.taskId !== null && { id: todo.taskId, done: true, note: form.values.note })}
      save="Done"
    >
      <Facts props={props} of="payer" />
      <TextField label="How it went" {...field('note')} maxLength={300} autoFocus />
    </FormDialog>
  )
}

export function CloseCase({ todo, caseView, onClose }: ActionProps) {
  const { openCents, patientCents } = caseView.money
  const payments = useRoute('patientPayment.forCase', { caseId: caseView.id }).data?.payments
  const owed = Math.max(0, (payments && patientOwes(patientCents, payments)) ?? 0)
  const { field, ...form } = useCommandForm('case.close', {
    scope: null,
    start: { reason: openCents === 0 && payments && owed === 0 ? 'Paid in full' : '' },
    done: 'Case closed',
    onSuccess: onClose,
  })
  const { reason } = form.values
  const { id, version } = caseView
  return (
    <FormDialog
      form={form}
      title={oneLine([todo.action, openCents !== 0 && `${formatMoney(openCents)} open`], ', ')}
      label="Close"
      onClose={onClose}
      onSave={() => form.send(reason.trim() !== '' && { id, version, reason })}
      save="Close case"
    >
      {owed > 0 && (
        <Finding severity="warn">
          The patient owes {formatMoney(owed)}. Record the payment (Patient paid), or say how it is collected.
        </Finding>
      )}
      <TextField
        label="Reason"
        {...field('reason', reason.trim() === '' && 'Say why')}
        required
        autoFocus
        maxLength={300}
      />
    </FormDialog>
  )
}
