// Sends an appeal or records how it ended; asks just what that needs.
import { useState } from 'react'
import { EVENT_DONE, EVENT_LABELS } from '#core/appeal/lifecycle.ts'
import type { AppealEvent } from '#core/appeal/schema.ts'
import type { Channel } from '#core/authorization/schema.ts'
import type { IsoDate } from '#core/dates.ts'
import { explainError, fieldErrors, useCommand, useRoute } from '../../../lib/query.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { CHANNELS } from '../channels.ts'
import type { AppealData } from './appeal.tsx'

interface AppealEventDialogProps {
  appeal: AppealData
  event: AppealEvent
  onClose: () => void
}

interface Draft {
  on: IsoDate | null
  channel: Channel
  note: string
  gapReason: string
  /** Days to the next level, as typed. */
  nextDays: string
}

const DAYS = /^[1-9]\d{0,2}$/

export function AppealEventDialog({ appeal, event, onClose }: AppealEventDialogProps) {
  const today = useToday()
  const [draft, setDraft, { discard }] = useDraft<Draft>(`appeal-${event}:${appeal.id}`, {
    on: today,
    channel: appeal.channel ?? 'mail',
    note: '',
    gapReason: '',
    nextDays: '',
  })
  const [asked, setAsked] = useState(false)
  const run = useCommand('appeal.transition', {
    done: EVENT_DONE[event],
    expected: ['REFUSED', 'INVALID_INPUT'],
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }))
  const sending = event === 'send'
  const upheld = event === 'lose' || event === 'win_partly'
  const refused = run.error?.code === 'REFUSED'
  const letter = { kind: 'appeal-letter' as const, id: appeal.id }
  const open = useRoute('document.check', letter, { enabled: sending }).data?.open ?? []
  const errors = fieldErrors(run.error)
  const unreadable = upheld && draft.nextDays !== '' && !DAYS.test(draft.nextDays)
  const save = () => {
    setAsked(true)
    if (!draft.on || unreadable) return
    const { on, channel, note, gapReason } = draft
    const nextDays = upheld && DAYS.test(draft.nextDays) ? Number(draft.nextDays) : null
    run.mutate({
      id: appeal.id,
      version: appeal.version,
      event,
      on,
      channel: sending ? channel : null,
      note,
      gapReason,
      nextDays,
    })
  }
  return (
    <Dialog open onClose={onClose} title={EVENT_LABELS[event]}>
      <Form onSubmit={save} label={EVENT_LABELS[event]} busy={run.isPending}>
        <div className="cw-fields">
          <DateField
            label={sending ? 'Sent on' : event === 'withdraw' ? 'Date' : 'Decided on'}
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
          {upheld && (
            <TextField
              label="Days to the next level, when the decision says so"
              value={draft.nextDays}
              onChange={(nextDays) => set({ nextDays })}
              error={errors['nextDays'] ?? (asked && unreadable ? 'A number of days' : undefined)}
              inputMode="numeric"
              maxLength={3}
            />
          )}
        </div>
        <TextAreaField
          label={sending ? 'Note' : event === 'withdraw' ? 'Why it is withdrawn' : 'What the payer answered'}
          value={draft.note}
          onChange={(note) => set({ note })}
          rows={2}
          limit={500}
        />
        {run.error && (refused || Object.keys(errors).length === 0) && (
          <Finding severity="warn">{explainError(run.error)}</Finding>
        )}
        {open.map((words) => (
          <Finding key={words} severity="warn">
            {words}
          </Finding>
        ))}
        {sending && (refused || open.length > 0) && (
          <TextAreaField
            label="Reason for sending it as it is"
            value={draft.gapReason}
            onChange={(gapReason) => set({ gapReason })}
            rows={1}
            limit={500}
            autoFocus={refused}
          />
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
