// One step in the life of an authorization: asks just what that step needs.
import { useState } from 'react'
import { EVENT_DONE, EVENT_LABELS } from '#core/authorization/lifecycle.ts'
import type { AuthorizationEvent, AuthorizationLine, Channel } from '#core/authorization/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { IsoDate } from '#core/dates.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { explainError, fieldErrors, useCommand, useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { CHANNELS } from '../channels.ts'
import { ApprovedLines } from './approved-lines.tsx'
import type { AuthorizationData } from './authorization-step.tsx'

interface EventDialogProps {
  caseView: CaseView
  authorization: AuthorizationData
  event: AuthorizationEvent
  onClose: () => void
}

interface Draft {
  on: IsoDate | null
  note: string
  gapReason: string
  channel: Channel
  reference: string
  contact: string
  infoDueOn: IsoDate | null
  validFrom: IsoDate | null
  validTo: IsoDate | null
  lines: AuthorizationLine[]
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

export function EventDialog({ caseView, authorization, event, onClose }: EventDialogProps) {
  const today = useToday()
  const sending = event === 'submit' || event === 'answer_info'
  const approving = event === 'approve' || event === 'approve_modified'
  const documentation = useRoute(
    'documentation.get',
    { caseId: caseView.id, stage: 'authorization' },
    { enabled: event === 'submit' },
  )
  const readiness = documentation.data?.readiness.find((one) => one.stage === 'authorization')
  const letter = { kind: 'authorization-request' as const, id: authorization.id }
  const open = useRoute('document.check', letter, { enabled: event === 'submit' }).data?.open ?? []
  const [asked, setAsked] = useState(false)
  const [draft, setDraft, { discard }] = useDraft<Draft>(`authorization-${event}:${authorization.id}`, {
    on: today,
    note: '',
    gapReason: '',
    channel: authorization.channel ?? 'portal',
    reference: authorization.reference,
    contact: authorization.contact,
    infoDueOn: authorization.infoDueOn,
    validFrom: authorization.validFrom,
    validTo: authorization.validTo,
    lines: authorization.lines.map(asRequested),
  })
  const run = useCommand('authorization.transition', {
    done: EVENT_DONE[event],
    expected: ['REFUSED', 'INVALID_INPUT'],
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }))
  const errors = fieldErrors(run.error)
  const refused = run.error?.code === 'REFUSED'
  const isReady = readiness === undefined || readiness.ready
  const gaps = event === 'submit' && (!isReady || open.length > 0 || refused)
  const save = () => {
    setAsked(true)
    const { on, note, gapReason, channel, reference, contact, infoDueOn, validFrom, validTo, lines } = draft
    if (!on || (gaps && gapReason.trim() === '')) return
    run.mutate({
      id: authorization.id,
      version: authorization.version,
      event,
      on,
      note,
      gapReason,
      details: {
        ...(sending && { channel, reference, contact }),
        ...(event === 'request_info' && { infoDueOn }),
        ...(approving && { reference, ...(validFrom && { validFrom }), ...(validTo && { validTo }) }),
      },
      ...(approving && { lines }),
    })
  }
  return (
    <Dialog open onClose={onClose} title={EVENT_LABELS[event]} size={approving ? 'xl' : 'md'}>
      <Form onSubmit={save} label={EVENT_LABELS[event]} busy={run.isPending}>
        <div className="cw-fields">
          <DateField
            label={sending ? 'Sent on' : approving || event === 'deny' ? 'Decided on' : 'Date'}
            value={draft.on}
            onChange={(on) => set({ on })}
            error={errors['on'] ?? (asked && !draft.on ? 'Type a date' : undefined)}
            required
            autoFocus
          />
          {sending && (
            <SelectField
              label="Channel"
              value={draft.channel}
              onChange={(channel) => channel && set({ channel })}
              options={CHANNELS}
            />
          )}
          {(sending || approving) && (
            <TextField
              label={approving ? 'Authorization number' : 'Reference number'}
              value={draft.reference}
              onChange={(reference) => set({ reference })}
              error={errors['details.reference']}
              maxLength={60}
            />
          )}
          {sending && (
            <TextField
              label="Contact"
              value={draft.contact}
              onChange={(contact) => set({ contact })}
              error={errors['details.contact']}
              maxLength={100}
            />
          )}
          {event === 'request_info' && (
            <DateField
              label="Information due"
              value={draft.infoDueOn}
              onChange={(infoDueOn) => set({ infoDueOn })}
              error={errors['details.infoDueOn']}
              hint="As the letter says; empty when it names no day"
            />
          )}
          {approving && (
            <>
              <DateField
                label="Valid from"
                value={draft.validFrom}
                onChange={(validFrom) => set({ validFrom })}
                error={errors['details.validFrom']}
                hint="Empty: from the decision"
              />
              <DateField
                label="Valid to"
                value={draft.validTo}
                onChange={(validTo) => set({ validTo })}
                error={errors['details.validTo']}
                hint="Empty: assumed, and marked so"
              />
            </>
          )}
        </div>
        {approving && (
          <ApprovedLines lines={draft.lines} onChange={(lines) => set({ lines })} errorAt={(field) => errors[field]} />
        )}
        {gaps && (
          <>
            {readiness && !readiness.ready && <Finding severity="warn">{readiness.sentence}</Finding>}
            {open.map((words) => (
              <Finding key={words} severity="warn">
                {words}
              </Finding>
            ))}
            <TextAreaField
              label="Reason for sending it as it is"
              value={draft.gapReason}
              onChange={(gapReason) => set({ gapReason })}
              error={
                asked && draft.gapReason.trim() === '' ? 'Write a short reason; it is kept with your name' : undefined
              }
              rows={1}
              limit={500}
              required
            />
          </>
        )}
        <TextAreaField
          label={event === 'deny' || event === 'request_info' ? 'What the payer says' : 'Note'}
          value={draft.note}
          onChange={(note) => set({ note })}
          rows={2}
          limit={500}
        />
        {run.error && (refused || Object.keys(errors).length === 0) && (
          <Finding severity="warn">{explainError(run.error)}</Finding>
        )}
        <Actions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={run.isPending}>
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
