// Sends a claim, or records a rejection, the end, a new opening; asks just what that needs.
import { claimLife } from '#core/claim/lifecycle.ts'
import { useCommandForm } from '../../../lib/command-form.tsx'
import { useToday } from '../../../lib/use-today.ts'
import { EventForm, type EventValues } from '../event-form.tsx'
import type { ClaimData } from '../step-data.ts'

interface ClaimEventDialogProps {
  claim: ClaimData
  event: ClaimData['events'][number]
  /** What is still missing for this stage, as a sentence; empty when ready. */
  gaps: string
  onClose: () => void
}

export function ClaimEventDialog({ claim, event, gaps, onClose }: ClaimEventDialogProps) {
  const { id, version } = claim
  const start: EventValues = { on: useToday(), channel: claim.channel ?? 'electronic', reason: '', note: '' }
  const form = useCommandForm('claim.transition', {
    scope: `claim-${event}:${id}`,
    start,
    done: claimLife.done[event],
    onSuccess: onClose,
  })
  const isSent = event === 'send'
  const warnings = claim.findings.filter((finding) => finding.severity === 'warn').map((finding) => finding.message)
  const open = isSent ? [gaps, ...warnings].filter(Boolean) : []
  const { channel, reason, note } = form.values
  return (
    <EventForm
      form={form}
      title={`${claimLife.events[event]}: claim ${claim.number}`}
      label={claimLife.events[event]}
      onClose={onClose}
      onSave={(on) => form.send({ id, version, event, on, channel: isSent ? channel : null, reason, note })}
      dateLabel={isSent ? 'Sent on' : 'Date'}
      noteLabel={event === 'reject' ? 'What the payer or clearinghouse says' : 'Note'}
      isSent={isSent}
      open={open}
      needsReason={open.length > 0 || (isSent && form.isRefused) || event === 'void'}
      {...(!isSent && { reasonLabel: 'Reason' })}
    />
  )
}
