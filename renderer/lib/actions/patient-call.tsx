// Call the patient, book the visit: one call, whether it was reached and for when.
import { addDays, type IsoDate } from '#core/dates.ts'
import { DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { FormDialog, useCommandForm } from '../command-form.tsx'
import { formatMoney, oneLine } from '../format.ts'
import { useCommand } from '../query.ts'
import { useUndo } from '../touch-dialogs.tsx'
import { useToday } from '../use-today.ts'
import type { ActionProps } from './to-do.ts'
import { Facts } from './facts.tsx'

const REACHED = { yes: 'Spoke with the patient', message: 'Left a message', no: 'No answer' } as const

export function PatientCall(props: ActionProps) {
  const { todo, caseView, request, onClose } = props
  const today = useToday()
  const start = {
    reached: 'yes' as keyof typeof REACHED,
    bookedFor: request?.bookedFor ?? (null as IsoDate | null),
    words: '',
    nextOn: addDays(today, 2) as IsoDate | null,
  }
  const { field, ...form } = useCommandForm('case.touch', {
    scope: `action:${todo.form}:${request?.id ?? caseView.id}`,
    start,
    done: 'Call logged',
    undo: useUndo(),
    onSuccess: onClose,
  })
  const { reached, bookedFor, words, nextOn } = form.values
  const tell = useCommand('authorization.update', {
    done: bookedFor ? 'Visit booked' : 'Patient called',
    onSuccess: () => {
      form.discard()
      onClose()
    },
  })
  const isSettled = request !== null && (reached === 'yes' || bookedFor !== null)
  const save = () => {
    if (request && isSettled) {
      const details = { patientCalledOn: request.patientCalledOn ?? today, bookedFor }
      return tell.mutate({ id: request.id, version: request.version, details })
    }
    form.send({ caseId: caseView.id, kind: 'call', text: oneLine([REACHED[reached], words], ': '), nextOn })
  }
  const { expectedPlanCents, patientCents } = caseView.money
  const isBooking = todo.form === 'book_visit'
  const visit = <DateField label="Visit booked for" {...field('bookedFor')} autoFocus={isBooking} />
  return (
    <FormDialog
      form={{ ...form, busy: form.busy || tell.isPending }}
      title={todo.action}
      label="Call"
      onClose={onClose}
      onSave={save}
    >
      <Facts props={props} of="patient" />
      {expectedPlanCents !== null && patientCents !== null && (
        <p>
          Tell the patient: plan <strong>{formatMoney(expectedPlanCents)}</strong>, you{' '}
          <strong>{formatMoney(patientCents)}</strong>
        </p>
      )}
      <div className="cw-fields">
        {isBooking && visit}
        <SelectField label="Call" {...field('reached')} options={REACHED} autoFocus={!isBooking} />
        {!isBooking && visit}
        {!isSettled && (
          <>
            <TextField label="Note" {...field('words')} maxLength={300} />
            <DateField label="Try again" {...field('nextOn')} hint="Snoozed until that day" />
          </>
        )}
      </div>
    </FormDialog>
  )
}
