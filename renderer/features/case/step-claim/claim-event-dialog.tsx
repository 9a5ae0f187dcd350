// Sends, rejects, closes or reopens a claim; open findings or missing papers need a reason.
import { useState } from 'react'
import { EVENT_LABELS } from '#core/claim/lifecycle.ts'
import type { Channel } from '#core/authorization/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { CHANNELS } from '../step-authorization/event-dialog.tsx'
import type { ClaimData } from './index.tsx'

interface ClaimEventDialogProps {
  caseView: CaseView
  claim: ClaimData
  event: ClaimData['events'][number]
  onClose: () => void
}

export function ClaimEventDialog({ caseView, claim, event, onClose }: ClaimEventDialogProps) {
  const today = useToday()
  const sending = event === 'send'
  const documentation = useRoute('documentation.get', { caseId: caseView.id, stage: 'claim' }, { enabled: sending })
  const readiness = documentation.data?.readiness.find((one) => one.stage === 'claim')
  const warnings = claim.findings.filter((finding) => finding.severity === 'warn').length
  const gaps = sending && ((readiness !== undefined && !readiness.ready) || warnings > 0)
  const [on, setOn] = useState<string | null>(today)
  const [channel, setChannel] = useState<Channel>(claim.channel ?? 'electronic')
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const transition = useCommand('claim.transition', { done: EVENT_LABELS[event], onSuccess: onClose })
  const save = () =>
    on &&
    transition.mutate({
      id: claim.id,
      version: claim.version,
      event,
      on,
      channel: sending ? channel : null,
      reason,
      note,
    })
  return (
    <Dialog open onClose={onClose} title={EVENT_LABELS[event]}>
      <Form onSubmit={save} label={EVENT_LABELS[event]} busy={transition.isPending}>
        <div className="cw-fields">
          <DateField label={sending ? 'Sent on' : 'Date'} value={on} onChange={setOn} required autoFocus />
          {sending && (
            <SelectField
              label="Channel"
              value={channel}
              onChange={(value) => value && setChannel(value)}
              options={CHANNELS}
            />
          )}
        </div>
        {gaps && (
          <>
            {readiness && !readiness.ready && <Finding severity="warn">{readiness.sentence}</Finding>}
            {warnings > 0 && (
              <Finding severity="warn">
                {warnings === 1 ? 'One warning is open.' : `${warnings} warnings are open.`}
              </Finding>
            )}
            <TextField
              label="Reason for sending it so"
              value={reason}
              onChange={setReason}
              required
              hint="Kept with your name"
            />
          </>
        )}
        <TextAreaField label="Note" value={note} onChange={setNote} rows={2} />
        <Actions>
          <Button
            type="submit"
            variant="filled"
            loading={transition.isPending}
            disabled={!on || (gaps && reason.trim().length < 3)}
          >
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
