// Records a rejection, the end or a new opening of a claim; asks just what that needs.
import { claimLife } from '#core/claim/lifecycle.ts'
import type { ClaimEvent } from '#core/claim/schema.ts'
import { EventForm, type EventValues } from '../../../lib/actions/event-form.tsx'
import { useCommandForm } from '../../../lib/command-form.tsx'
import { useToday } from '../../../lib/use-today.ts'
import type { ClaimData } from '../step-data.ts'

interface ClaimEventDialogProps {
  claim: ClaimData
  event: Exclude<ClaimEvent, 'send'>
  onClose: () => void
}

export function ClaimEventDialog({ claim, event, onClose }: ClaimEventDialogProps) {
  const { id, version } = claim
  const start: EventValues = { on: useToday(), channel: claim.channel ?? 'electronic', reason: '', note: '' }
  const form = useCommandForm('claim.transition', {
    scope: `claim-${event}:${id}`,
    start,
    done: claimLife.done[event],
    onSuccess: onClose,
  })
  const { reason, note } = form.values
  return (
    <EventForm
      form={form}
      title={`${claimLife.events[event]}: claim ${claim.number}`}
      label={claimLife.events[event]}
      onClose={onClose}
      onSave={(on) => form.send({ id, version, event, on, channel: null, reason, note })}
      dateLabel="Date"
      noteLabel={event === 'reject' ? 'What the payer or clearinghouse says' : 'Note'}
      isSent={false}
      needsReason={event === 'void'}
      reasonLabel="Reason"
    />
  )
}
