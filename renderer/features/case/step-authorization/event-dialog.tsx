// One step in the life of an authorization: asks just what that step needs.
import { useState } from 'react'
import { EVENT_LABELS } from '#core/authorization/lifecycle.ts'
import type { AuthorizationEvent, Channel } from '#core/authorization/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, MoneyField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import classes from '../step-code/step-code.module.css'
import type { AuthorizationData } from './index.tsx'

export const CHANNELS: { value: Channel; label: string }[] = [
  { value: 'portal', label: 'Portal' },
  { value: 'electronic', label: 'Electronic' },
  { value: 'mail', label: 'Mail' },
  { value: 'fax', label: 'Fax' },
  { value: 'phone', label: 'Phone' },
  { value: 'other', label: 'Other' },
]

interface EventDialogProps {
  caseView: CaseView
  authorization: AuthorizationData
  event: AuthorizationEvent
  onClose: () => void
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
  const gaps = event === 'submit' && readiness !== undefined && !readiness.ready
  const [on, setOn] = useState<string | null>(today)
  const [note, setNote] = useState('')
  const [gapReason, setGapReason] = useState('')
  const [details, setDetails] = useState({
    channel: (authorization.channel ?? 'portal') as Channel,
    reference: authorization.reference,
    contact: authorization.contact,
    infoDueOn: authorization.infoDueOn,
    validFrom: authorization.validFrom ?? today,
    validTo: authorization.validTo,
  })
  const [lines, setLines] = useState(() =>
    authorization.lines.map((line) => ({
      ...line,
      approvedCode: line.approvedCode ?? line.code,
      approvedTooth: line.approvedTooth ?? line.tooth,
      approvedQuantity: line.approvedQuantity ?? line.quantity,
    })),
  )
  const transition = useCommand('authorization.transition', { done: EVENT_LABELS[event], onSuccess: onClose })
  const save = () => {
    if (!on) return
    transition.mutate({
      id: authorization.id,
      version: authorization.version,
      event,
      on,
      note,
      gapReason,
      details: {
        ...(sending && { channel: details.channel, reference: details.reference, contact: details.contact }),
        ...(event === 'request_info' && { infoDueOn: details.infoDueOn }),
        ...(approving && {
          reference: details.reference,
          validFrom: details.validFrom,
          ...(details.validTo && { validTo: details.validTo }),
        }),
      },
      ...(approving && { lines: lines.map((line) => ({ ...line })) }),
    })
  }
  const change = (index: number, part: Partial<(typeof lines)[number]>) =>
    setLines(lines.map((line, at) => (at === index ? { ...line, ...part } : line)))
  return (
    <Dialog open onClose={onClose} title={EVENT_LABELS[event]} size={approving ? 'lg' : 'md'}>
      <Form onSubmit={save} label={EVENT_LABELS[event]} busy={transition.isPending}>
        <div className="cw-fields">
          <DateField
            label={sending ? 'Sent on' : approving || event === 'deny' ? 'Decided on' : 'Date'}
            value={on}
            onChange={setOn}
            required
            autoFocus
          />
          {sending && (
            <SelectField
              label="Channel"
              value={details.channel}
              onChange={(channel) => channel && setDetails({ ...details, channel })}
              options={CHANNELS}
            />
          )}
          {(sending || approving) && (
            <TextField
              label={approving ? 'Authorization number' : 'Reference number'}
              value={details.reference}
              onChange={(reference) => setDetails({ ...details, reference })}
            />
          )}
          {sending && (
            <TextField
              label="Contact"
              value={details.contact}
              onChange={(contact) => setDetails({ ...details, contact })}
            />
          )}
          {event === 'request_info' && (
            <DateField
              label="Information due"
              value={details.infoDueOn}
              onChange={(infoDueOn) => setDetails({ ...details, infoDueOn })}
            />
          )}
          {approving && (
            <DateField
              label="Valid from"
              value={details.validFrom}
              onChange={(validFrom) => setDetails({ ...details, validFrom: validFrom ?? today })}
            />
          )}
          {approving && (
            <DateField
              label="Valid to"
              value={details.validTo}
              onChange={(validTo) => setDetails({ ...details, validTo })}
              hint="Empty: 180 days are assumed and marked so"
            />
          )}
        </div>
        {approving && (
          <table className={classes.table}>
            <thead>
              <tr>
                <th>Requested</th>
                <th>Approved code</th>
                <th>Amount</th>
                <th>Patient portion</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line, index) => (
                <tr key={line.id}>
                  <td>{line.code}</td>
                  <td>
                    <TextField
                      label={`Approved code, line ${index + 1}`}
                      value={line.approvedCode}
                      onChange={(approvedCode) => change(index, { approvedCode: approvedCode.toUpperCase() })}
                      maxLength={5}
                    />
                  </td>
                  <td>
                    <MoneyField
                      label={`Approved amount, line ${index + 1}`}
                      value={line.approvedCents}
                      onChange={(approvedCents) => change(index, { approvedCents })}
                    />
                  </td>
                  <td>
                    <MoneyField
                      label={`Patient portion, line ${index + 1}`}
                      value={line.patientCents}
                      onChange={(patientCents) => change(index, { patientCents })}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {gaps && (
          <>
            <Finding severity="warn">{readiness.sentence}</Finding>
            <TextField
              label="Reason for sending without it"
              value={gapReason}
              onChange={setGapReason}
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
            disabled={!on || (gaps && gapReason.trim().length < 3)}
          >
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
