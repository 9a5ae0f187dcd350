// One step in the life of an authorization: asks just what that step needs.
import { authorizationLife } from '#core/authorization/lifecycle.ts'
import type { AuthorizationEvent, AuthorizationLine } from '#core/authorization/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { IsoDate } from '#core/dates.ts'
import { useCommandForm } from '../../../lib/command-form.tsx'
import { useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/use-today.ts'
import { DateField, TextField } from '../../../ui/fields.tsx'
import { EventForm } from '../event-form.tsx'
import { ApprovedLines } from './approved-lines.tsx'
import type { AuthorizationData } from '../step-data.ts'

interface AuthorizationEventDialogProps {
  caseView: CaseView
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

/** What is open when a request is sent: gaps of the documentation, blanks in the letter. */
function useOpen(caseView: CaseView, authorization: AuthorizationData, enabled: boolean): string[] {
  const documentation = useRoute('documentation.get', { caseId: caseView.id, stage: 'authorization' }, { enabled })
  const readiness = documentation.data?.readiness.find((one) => one.stage === 'authorization')
  const letter = useRoute('document.check', { kind: 'authorization-request', id: authorization.id }, { enabled })
  return [...(readiness && !readiness.ready ? [readiness.sentence] : []), ...(letter.data?.open ?? [])]
}

export function AuthorizationEventDialog({ caseView, authorization, event, onClose }: AuthorizationEventDialogProps) {
  const isSent = event === 'submit' || event === 'answer_info'
  const isApproved = event === 'approve' || event === 'approve_modified'
  const open = useOpen(caseView, authorization, event === 'submit')
  const start = {
    on: useToday() as IsoDate | null,
    note: '',
    reason: '',
    channel: authorization.channel ?? 'portal',
    reference: authorization.reference,
    contact: authorization.contact,
    infoDueOn: authorization.infoDueOn,
    validFrom: authorization.validFrom,
    validTo: authorization.validTo,
    lines: authorization.lines.map(asRequested),
  }
  const form = useCommandForm('authorization.transition', {
    scope: `authorization-${event}:${authorization.id}`,
    start,
    at: 'details',
    done: authorizationLife.done[event],
    onSuccess: onClose,
  })
  const { id, version } = authorization
  const save = (on: IsoDate) => {
    const { note, reason: gapReason, channel, reference, contact, infoDueOn, validFrom, validTo, lines } = form.values
    const details = {
      ...(isSent && { channel, reference, contact }),
      ...(event === 'request_info' && { infoDueOn }),
      ...(isApproved && { reference, ...(validFrom && { validFrom }), ...(validTo && { validTo }) }),
    }
    form.send({ id, version, event, on, note, gapReason, details, ...(isApproved && { lines }) })
  }
  return (
    <EventForm
      form={form}
      title={authorizationLife.events[event]}
      label={authorizationLife.events[event]}
      size={isApproved ? 'xl' : 'md'}
      onClose={onClose}
      onSave={save}
      dateLabel={isSent ? 'Sent on' : isApproved || event === 'deny' ? 'Decided on' : 'Date'}
      noteLabel={event === 'deny' || event === 'request_info' ? 'What the payer says' : 'Note'}
      isSent={isSent}
      open={open}
      needsReason={event === 'submit' && (open.length > 0 || form.isRefused)}
      fields={
        <>
          {(isSent || isApproved) && (
            <TextField
              label={isApproved ? 'Authorization number' : 'Reference number'}
              {...form.field('reference')}
              maxLength={60}
            />
          )}
          {isSent && <TextField label="Contact" {...form.field('contact')} maxLength={100} />}
          {event === 'request_info' && (
            <DateField
              label="Information due"
              {...form.field('infoDueOn')}
              hint="As the letter says; empty when it names no day"
            />
          )}
          {isApproved && (
            <>
              <DateField label="Valid from" {...form.field('validFrom')} hint="Empty: from the decision" />
              <DateField label="Valid to" {...form.field('validTo')} hint="Empty: assumed, and marked so" />
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
