// Sends a claim, or records a rejection, the end, a new opening; asks just what that needs.
import { useState } from 'react'
import type { Channel } from '#core/authorization/schema.ts'
import { EVENT_DONE, EVENT_LABELS } from '#core/claim/lifecycle.ts'
import type { IsoDate } from '#core/dates.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { explainError, fieldErrors, useCommand } from '../../../lib/query.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, SelectField, TextAreaField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { CHANNELS } from '../channels.ts'
import type { ClaimData } from './bind.tsx'

interface ClaimEventDialogProps {
  claim: ClaimData
  event: ClaimData['events'][number]
  /** What is still missing for this stage, as a sentence; empty when ready. */
  gaps: string
  onClose: () => void
}

interface Draft {
  on: IsoDate | null
  channel: Channel
  reason: string
  note: string
}

export function ClaimEventDialog({ claim, event, gaps, onClose }: ClaimEventDialogProps) {
  const today = useToday()
  const [asked, setAsked] = useState(false)
  const [draft, setDraft, { discard }] = useDraft<Draft>(`claim-${event}:${claim.id}`, {
    on: today,
    channel: claim.channel ?? 'electronic',
    reason: '',
    note: '',
  })
  const run = useCommand('claim.transition', {
    done: EVENT_DONE[event],
    expected: ['REFUSED', 'INVALID_INPUT'],
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }))
  const sending = event === 'send'
  const warnings = claim.findings.filter((finding) => finding.severity === 'warn').map((finding) => finding.message)
  const refused = run.error?.code === 'REFUSED'
  const open = sending ? [gaps, ...warnings].filter(Boolean) : []
  const needsReason = open.length > 0 || (sending && refused) || event === 'void'
  const errors = fieldErrors(run.error)
  const save = () => {
    setAsked(true)
    const { on, channel, reason, note } = draft
    if (!on || (needsReason && reason.trim() === '')) return
    run.mutate({ id: claim.id, version: claim.version, event, on, channel: sending ? channel : null, reason, note })
  }
  return (
    <Dialog open onClose={onClose} title={`${EVENT_LABELS[event]}: claim ${claim.number}`}>
      <Form onSubmit={save} label={EVENT_LABELS[event]} busy={run.isPending}>
        <div className="cw-fields">
          <DateField
            label={sending ? 'Sent on' : 'Date'}
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
        </div>
        {open.map((text) => (
          <Finding key={text} severity="warn">
            {text}
          </Finding>
        ))}
        {needsReason && (
          <TextAreaField
            label={sending ? 'Reason for sending it as it is' : 'Reason'}
            value={draft.reason}
            onChange={(reason) => set({ reason })}
            error={asked && draft.reason.trim() === '' ? 'Write a short reason; it is kept with your name' : undefined}
            rows={1}
            limit={500}
            required
          />
        )}
        <TextAreaField
          label={event === 'reject' ? 'What the payer or clearinghouse says' : 'Note'}
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
