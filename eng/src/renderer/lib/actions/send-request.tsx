// Sends a request, its information or its appeal: letter, PDF, packet and file stand in one form with the day it went out.
import { authorizationLife } from '#core/authorization/lifecycle.ts'
import type { AuthorizationEvent, AuthorizationKind } from '#core/authorization/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import { packetChannelOf } from '#core/packet/channel.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { FormDialog, useCommandForm } from '../command-form.tsx'
import { formatDate } from '../format.ts'
import { useCommand, useRoute } from '../query.ts'
import { useToday } from '../use-today.ts'
import { EventForm, type EventValues } from './event-form.tsx'
import { Papers } from './papers.tsx'
import type { ActionProps } from './to-do.ts'

type Request = OutputOf<'authorization.forCase'>['authorizations'][number]
const SENDING = ['submit', 'answer_info', 'appeal'] as const
type Sending = (typeof SENDING)[number]

/** Whether a step sends something to the payer. */
export const isSending = (event: AuthorizationEvent): event is Sending => SENDING.some((one) => one === event)
/** What goes out next; null: nothing is to be sent now. An appeal is a choice, not the next thing. */
export const sendingOf = ({ events }: Request): Sending | null =>
  events.find((one): one is Sending => one === 'submit' || one === 'answer_info') ?? null

interface SendRequestProps {
  caseView: CaseView
  request: Request
  /** Null: only its papers, as it is. */
  event: Sending | null
  onClose: () => void
}

export function SendRequest({ caseView, request, event, onClose }: SendRequestProps) {
  const { id, state, channel } = request
  const papers = (
    <Papers
      letter={{ kind: 'authorization-request', id }}
      name="letter"
      packet={{ of: { authorizationId: id }, channel: packetChannelOf(channel) }}
      {...((state === 'drafting' || state === 'submitted') && { file: [id], onExported: onClose })}
      isAlone={event === null}
    />
  )
  if (event === null)
    return (
      <Dialog open onClose={onClose} title="Letter and packet" size="lg">
        {papers}
      </Dialog>
    )
  return <SendForm {...{ caseView, request, event, papers, onClose }} />
}

interface SendFormProps extends SendRequestProps {
  event: Sending
  papers: React.ReactNode
}

function SendForm({ caseView, request, event, papers, onClose }: SendFormProps) {
  const { id, version, channel, reference, contact } = request
  const open = useOpen(caseView, request, event)
  const undo = useCommand('authorization.undo', { done: 'Undone' })
  const start: EventValues & { reference: string; contact: string } = {
    on: useToday(),
    note: '',
    reason: '',
    channel: channel ?? 'portal',
    reference,
    contact,
  }
  const form = useCommandForm('authorization.transition', {
    scope: `authorization-${event}:${id}`,
    start,
    at: 'details',
    done: authorizationLife.done[event],
    undo: () => undo.mutate({ id, version: version + 1, reason: 'Undone right away' }),
    onSuccess: onClose,
  })
  const save = (on: IsoDate) => {
    const { note, reason: gapReason, ...details } = form.values
    const { on: _, ...said } = details
    form.send({ id, version, event, on, note, gapReason, details: said })
  }
  return (
    <EventForm
      form={form}
      title={TITLES[event]}
      label={TITLES[event]}
      onClose={onClose}
      onSave={save}
      dateLabel="Sent on"
      noteLabel="Note"
      isSent
      papers={papers}
      open={open}
      needsReason={event !== 'answer_info' && (open.length > 0 || form.isRefused)}
      fields={
        <>
          <TextField label="Reference number" {...form.field('reference')} maxLength={60} />
          <TextField label="Contact" {...form.field('contact')} maxLength={100} />
        </>
      }
    />
  )
}
const TITLES = { submit: 'Send the request', answer_info: 'Send the information', appeal: 'Send the appeal' } as const

/** What is open when it goes out: gaps of the documentation, blanks in the letter, a time to appeal that is over. */
function useOpen(caseView: CaseView, { id, state, appeal }: Request, event: Sending): string[] {
  const today = useToday()
  const isRequest = event === 'submit'
  const isContested = event === 'appeal' && state === 'denied'
  const about = { caseId: caseView.id, stage: 'authorization' } as const
  const documentation = useRoute('documentation.get', about, { enabled: isRequest })
  const readiness = documentation.data?.readiness.find((one) => one.stage === 'authorization')
  const enabled = isRequest || isContested
  const letter = useRoute('document.check', { kind: 'authorization-request', id }, { enabled })
  const isLate = event === 'appeal' && appeal !== null && appeal.on < today
  return [
    ...(isLate ? [`The time to appeal ended ${formatDate(appeal.on)} (${appeal.source}).`] : []),
    ...(readiness && !readiness.ready ? [readiness.sentence] : []),
    ...(letter.data?.open ?? []),
  ]
}

const KINDS: Record<AuthorizationKind, string> = {
  required: 'Prior authorization: without it the claim can be denied',
  estimate: 'Estimate (predetermination): voluntary, no promise to pay',
}

/** From a list: a request that is not started yet is started first, in the same place. */
export function SendTheRequest({ todo, caseView, request, onClose }: ActionProps) {
  const start: { kind: AuthorizationKind } = { kind: 'required' }
  const form = useCommandForm('authorization.create', {
    scope: null,
    start,
    done: 'Request started',
  })
  if (request) return <SendRequest {...{ caseView, request, onClose }} event={sendingOf(request)} />
  const { id: caseId, coverageId, lines } = caseView
  return (
    <FormDialog
      form={form}
      title={todo.action}
      label="Request"
      onClose={onClose}
      onSave={() => form.send({ caseId, coverageId, kind: form.values.kind })}
      save="Start the request"
      disabled={lines.length === 0}
    >
      {lines.length === 0 && <p>Confirm the code first: a request lists the lines.</p>}
      <SelectField label="Kind" {...form.field('kind')} options={KINDS} autoFocus />
    </FormDialog>
  )
}
