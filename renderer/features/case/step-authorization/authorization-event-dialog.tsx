// One step in the life of an authorization: asks just what that step needs.
import { authorizationLife } from '#core/authorization/lifecycle.ts'
import type { AuthorizationEvent, AuthorizationLine } from '#core/authorization/schema.ts'
import type { IsoDate } from '#core/dates.ts'
import { useCommandForm } from '../../../lib/command-form.tsx'
import { useCommand } from '../../../lib/query.ts'
import { useToday } from '../../../lib/use-today.ts'
import { wholeNumber } from '../../../lib/whole-number.ts'
import { DateField, TextField } from '../../../ui/fields.tsx'
import { EventForm } from '../../../lib/actions/event-form.tsx'
import { ApprovedLines } from './approved-lines.tsx'
import type { AuthorizationData } from '../step-data.ts'

interface AuthorizationEventDialogProps {
  authorization: AuthorizationData
  event: AuthorizationEvent
  onClose: () => void
}

/** What the payer is taken to have approved until somebody types otherwise: the request itself. */
function asRequested(line: AuthorizationLine): AuthorizationLine {
  return {
    ...line,
    approvedCode: line.approvedCode ?? line.code,
    approvedTooth: line.approvedTooth ?? line.tooth,
    approvedQuantity: line.approvedQuantity ?? line.quantity,
  }
}

/** What a payer says of an approval that stands: which fields it takes. */
const STANDING = {
  extend: { reference: 'Authorization number', until: 'New last day' },
  confirm: { reference: 'Authorization number', until: 'Valid to' },
  replace: { reference: 'New number', until: null },
} as const

export function AuthorizationEventDialog({ authorization, event, onClose }: AuthorizationEventDialogProps) {
  const isDecided = event === 'deny' || event === 'approve_modified'
  const standing = event === 'extend' || event === 'confirm' || event === 'replace' ? STANDING[event] : null
  const isApproved = event === 'approve' || event === 'approve_modified'
  const start = {
    on: useToday() as IsoDate | null,
    note: '',
    reason: '',
    channel: authorization.channel ?? 'portal',
    reference: event === 'replace' ? '' : authorization.reference,
    contact: standing ? '' : authorization.contact,
    infoDueOn: authorization.infoDueOn,
    validFrom: authorization.validFrom,
    validTo: event === 'extend' ? null : authorization.validTo,
    appealDays: '',
    lines: authorization.lines.map(asRequested),
  }
  const { id, version } = authorization
  const undo = useCommand('authorization.undo', { done: 'Undone' })
  const form = useCommandForm('authorization.transition', {
    scope: `authorization-${event}:${authorization.id}`,
    start,
    at: 'details',
    done: authorizationLife.done[event],
    undo: () => undo.mutate({ id, version: version + 1, reason: 'Undone right away' }),
    onSuccess: onClose,
  })
  const appealDays = wholeNumber(form.values.appealDays, 1, 730)
  const save = (on: IsoDate) => {
    const { note, reference, contact, infoDueOn, validFrom, validTo, lines } = form.values
    if (appealDays === undefined) return
    const details = {
      ...(event === 'request_info' && { infoDueOn }),
      ...(isDecided && { appealDays }),
      ...(standing && { reference, contact, ...(standing.until && validTo && { validTo }) }),
      ...(isApproved && { reference, ...(validFrom && { validFrom }), ...(validTo && { validTo }) }),
    }
    form.send({ id, version, event, on, note, details, ...(isApproved && { lines }) })
  }
  return (
    <EventForm
      form={form}
      title={authorizationLife.events[event]}
      label={authorizationLife.events[event]}
      size={isApproved ? 'xl' : 'md'}
      onClose={onClose}
      onSave={save}
      dateLabel={isApproved || event === 'deny' ? 'Decided on' : standing ? 'Said on' : 'Date'}
      noteLabel={event === 'deny' || event === 'request_info' ? 'What the payer says' : 'Note'}
      isSent={false}
      needsReason={false}
      fields={
        <>
          {isApproved && (
            <TextField
              label="Authorization number"
              {...form.field('reference')}
              hint={authorization.reference && 'As the request was sent: compare it with the decision'}
              maxLength={60}
            />
          )}
          {event === 'request_info' && (
            <DateField
              label="Information due"
              {...form.field('infoDueOn')}
              hint="As the letter says; leave empty if no date is given"
            />
          )}
          {standing && (
            <>
              <TextField label={standing.reference} {...form.field('reference')} maxLength={60} />
              {standing.until && (
                <DateField label={standing.until} {...form.field('validTo')} required={event === 'extend'} />
              )}
              <TextField
                label="Said by"
                {...form.field('contact')}
                hint="Name and call reference, or the letter"
                maxLength={100}
                required
              />
            </>
          )}
          {isDecided && (
            <TextField
              label="Days to appeal"
              {...form.field('appealDays', appealDays === undefined && 'Type a number of days from 1 to 730')}
              hint="As the decision says; leave empty if it names none"
              inputMode="numeric"
              maxLength={3}
            />
          )}
          {isApproved && (
            <>
              <DateField label="Valid from" {...form.field('validFrom')} hint="Leave empty: from the decision on" />
              <DateField
                label="Valid to"
                {...form.field('validTo')}
                hint="Leave empty: an end is assumed and called so"
              />
            </>
          )}
        </>
      }
    >
      {isApproved && (
        <ApprovedLines lines={form.values.lines} onChange={(lines) => form.set({ lines })} errorAt={form.errorAt} />
      )}
    </EventForm>
  )
}
