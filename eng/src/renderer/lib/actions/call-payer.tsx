// Call the payer: what it says settles the request, or is kept with the day to call again.
import { addDays, type IsoDate } from '#core/dates.ts'
import { useLocation } from 'wouter'
import { paths } from '../../paths.ts'
import { DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { FormDialog, useCommandForm } from '../command-form.tsx'
import { oneLine } from '../format.ts'
import { useCommand } from '../query.ts'
import { useUndo } from '../touch-dialogs.tsx'
import { useToday } from '../use-today.ts'
import type { ActionProps } from './to-do.ts'
import { Facts } from './facts.tsx'

const ALWAYS = { pending: 'Still pending', lost: 'Never got it', other: 'Something else' } as const
/** What a request can be told; an approval has its own lines to fill in. */
const OF_REQUEST = { info: 'Wants information', deny: 'Denied', approve: 'Approved' } as const
type Said = keyof typeof ALWAYS | keyof typeof OF_REQUEST
const EVENTS = { info: 'request_info', deny: 'deny' } as const

export function CallPayer(props: ActionProps) {
  const { todo, caseView, request, onClose } = props
  const [, go] = useLocation()
  const today = useToday()
  const start = {
    said: 'pending' as Said,
    words: '',
    contact: '',
    reference: '',
    nextOn: addDays(today, 7) as IsoDate | null,
    infoDueOn: null as IsoDate | null,
  }
  const canDecide = request?.state === 'submitted' || request?.state === 'info_requested'
  const said = { ...ALWAYS, ...(canDecide && OF_REQUEST) }
  const { field, ...form } = useCommandForm('case.touch', {
    scope: `action:call-payer:${request?.id ?? caseView.id}`,
    start,
    done: 'Call logged',
    undo: useUndo(),
    onSuccess: () => {
      onClose()
      if (form.values.said === 'approve') go(paths.case(caseView.id, 'authorization'))
    },
  })
  const { values } = form
  const settle = useCommand('authorization.transition', {
    done: said[values.said] ?? 'Saved',
    onSuccess: () => {
      form.discard()
      onClose()
    },
  })
  const event = values.said === 'info' || values.said === 'deny' ? EVENTS[values.said] : null
  const words = oneLine([said[values.said], values.words], ': ')
  const save = () => {
    const { contact, reference, nextOn, infoDueOn } = values
    if (!event || !request) {
      return form.send({ caseId: caseView.id, kind: 'call', text: words, contact, reference, nextOn })
    }
    const note = oneLine([words, contact && `said by ${contact}`, reference && `ref. ${reference}`], ', ')
    const details = event === 'request_info' ? { infoDueOn } : {}
    settle.mutate({ id: request.id, version: request.version, event, on: today, note, details })
  }
  return (
    <FormDialog
      form={{ ...form, busy: form.busy || settle.isPending }}
      title={todo.action}
      label="Call"
      onClose={onClose}
      onSave={save}
      save={values.said === 'approve' ? 'Save and fill in the approval' : 'Save'}
    >
      <Facts props={props} of="payer" />
      <div className="cw-fields">
        <SelectField label="Said" {...field('said')} options={said} autoFocus />
        <TextField label="In the payer’s words" {...field('words')} maxLength={300} />
        <TextField label="Spoke to" {...field('contact')} maxLength={100} />
        <TextField label="Call reference" {...field('reference')} maxLength={60} />
        {values.said === 'info' ? (
          <DateField label="Information due" {...field('infoDueOn')} hint="Leave empty if no date is given" />
        ) : (
          values.said !== 'deny' && <DateField label="Call again" {...field('nextOn')} hint="Snoozed until that day" />
        )}
      </div>
    </FormDialog>
  )
}
