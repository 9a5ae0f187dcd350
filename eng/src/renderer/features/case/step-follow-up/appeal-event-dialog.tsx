// Sends an appeal or records how it ended; asks just what that needs.
import { appealLife } from '#core/appeal/lifecycle.ts'
import type { AppealEvent } from '#core/appeal/schema.ts'
import { useCommandForm } from '../../../lib/command-form.tsx'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/use-today.ts'
import { TextField } from '../../../ui/fields.tsx'
import { EventForm, type EventValues } from '../../../lib/actions/event-form.tsx'
import type { AppealData } from '../step-data.ts'

interface AppealEventDialogProps {
  appeal: AppealData
  event: AppealEvent
  onClose: () => void
}

const DAYS = /^[1-9]\d{0,2}$/

export function AppealEventDialog({ appeal, event, onClose }: AppealEventDialogProps) {
  const { id, version } = appeal
  const sent: EventValues = { on: useToday(), channel: appeal.channel ?? 'mail', note: '', reason: '' }
  const undo = useCommand('appeal.undo', { done: 'Undone' })
  const form = useCommandForm('appeal.transition', {
    scope: `appeal-${event}:${id}`,
    start: { ...sent, nextDays: '' },
    done: appealLife.done[event],
    undo: () => undo.mutate({ id, version: version + 1, reason: 'Undone right away' }),
    onSuccess: onClose,
  })
  const isSent = event === 'send'
  const isUpheld = event === 'lose' || event === 'win_partly'
  const open = useRoute('document.check', { kind: 'appeal-letter', id }, { enabled: isSent }).data?.open ?? []
  const { channel, note, reason: gapReason, nextDays: typed } = form.values
  const isRead = !isUpheld || typed === '' || DAYS.test(typed)
  const nextDays = isUpheld && typed !== '' ? Number(typed) : null
  return (
    <EventForm
      form={form}
      title={appealLife.events[event]}
      label={appealLife.events[event]}
      onClose={onClose}
      onSave={(on) =>
        form.send(isRead && { id, version, event, on, channel: isSent ? channel : null, note, gapReason, nextDays })
      }
      dateLabel={isSent ? 'Sent on' : event === 'withdraw' ? 'Date' : 'Decided on'}
      noteLabel={isSent ? 'Note' : event === 'withdraw' ? 'Why it is withdrawn' : 'What the payer answered'}
      isSent={isSent}
      open={open}
      needsReason={isSent && (open.length > 0 || form.isRefused)}
      fields={
        isUpheld && (
          <TextField
            label="Days to the next level, when the decision says so"
            {...form.field('nextDays', !isRead && 'A number of days')}
            inputMode="numeric"
            maxLength={3}
          />
        )
      }
    />
  )
}
