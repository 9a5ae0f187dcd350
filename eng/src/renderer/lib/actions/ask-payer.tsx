// Ask the payer: is an authorization needed at all, or does the one that was given still hold?
import { addDays, type IsoDate } from '#core/dates.ts'
import { useLocation } from 'wouter'
import { paths } from '../../paths.ts'
import { DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { FormDialog, useCommandForm } from '../command-form.tsx'
import { useCommand, useRoute } from '../query.ts'
import { useUndo } from '../touch-dialogs.tsx'
import { useToday } from '../use-today.ts'
import { Facts } from './facts.tsx'
import { NeedDialog } from './need-dialog.tsx'
import type { ActionProps } from './to-do.ts'

export function AskPayer(props: ActionProps) {
  const { caseView, request, onClose } = props
  const need = useRoute('authorization.forCase', { caseId: caseView.id }).data?.need
  if (request?.events.includes('confirm')) return <AskWhetherItHolds {...props} request={request} />
  if (!need) return null
  return (
    <NeedDialog caseView={caseView} earlier={need.check} facts={<Facts props={props} of="payer" />} onClose={onClose} />
  )
}

const SAID = { holds: 'It still holds', over: 'It no longer holds', pending: 'No answer yet' } as const

/** With who said so an approval goes on; else the asking is kept with the day to ask again. */
function AskWhetherItHolds(props: ActionProps & { request: NonNullable<ActionProps['request']> }) {
  const { todo, caseView, request, onClose } = props
  const [, go] = useLocation()
  const today = useToday()
  const start = {
    said: 'holds' as keyof typeof SAID,
    contact: '',
    reference: request.reference,
    nextOn: addDays(today, 7) as IsoDate | null,
  }
  const { field, ...form } = useCommandForm('case.touch', {
    scope: `action:ask-payer:${request.id}`,
    start,
    done: 'Call logged',
    undo: useUndo(),
    onSuccess: () => {
      onClose()
      if (form.values.said === 'over') go(paths.case(caseView.id, 'authorization'))
    },
  })
  const { said, contact, reference, nextOn } = form.values
  const confirm = useCommand('authorization.transition', {
    done: 'Confirmed to hold',
    onSuccess: () => {
      form.discard()
      onClose()
    },
  })
  const isHolding = said === 'holds'
  const isNamed = contact.trim() !== ''
  const save = () => {
    const { id, version } = request
    if (!isHolding) {
      const text = `Asked whether the approval still holds: ${SAID[said]}`
      const rest = said === 'pending' ? nextOn : null
      return form.send({ caseId: caseView.id, kind: 'call', text, contact, reference, nextOn: rest })
    }
    if (!isNamed) return form.ask()
    confirm.mutate({ id, version, event: 'confirm', on: today, details: { contact, reference } })
  }
  return (
    <FormDialog
      form={{ ...form, busy: form.busy || confirm.isPending }}
      title={todo.action}
      label="Call"
      onClose={onClose}
      onSave={save}
      save={said === 'over' ? 'Save and open the request' : 'Save'}
    >
      <Facts props={props} of="payer" />
      <div className="cw-fields">
        <SelectField label="Said" {...field('said')} options={SAID} autoFocus />
        <TextField
          label="Said by"
          {...field('contact', isHolding && !isNamed && 'Who said so?')}
          maxLength={100}
          required={isHolding}
        />
        <TextField label="Authorization number" {...field('reference')} maxLength={60} />
        {said === 'pending' && <DateField label="Ask again" {...field('nextOn')} hint="Rests until that day" />}
      </div>
    </FormDialog>
  )
}
