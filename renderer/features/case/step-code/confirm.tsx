// The dentist's confirmation of the codes, or another choice with a reason: who and when are kept.
import { useState } from 'react'
import type { ProviderId } from '#core/ids.ts'
import { formatInstant } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { StepProps } from './code-step.tsx'
import classes from './step-code.module.css'

export function Confirm({ caseView }: StepProps) {
  const canWork = useCan('work')
  const providers = useRoute('provider.list', {})
  const [picked, setPicked] = useState('')
  const [overriding, setOverriding] = useState(false)
  const decide = useCommand('case.decide', { done: 'Recorded' })
  const active = (providers.data?.providers ?? []).filter((one) => one.active)
  const providerId = (picked || caseView.provider?.id || active[0]?.id || '') as string
  const codes = [...new Set(caseView.proposedLines.map((line) => line.code))]
  const { decision } = caseView
  const blocked = caseView.choice.findings.some((finding) => finding.severity === 'block')
  const confirm = () => decide.mutate({ id: caseView.id, codes, providerId: (providerId || null) as ProviderId | null })
  return (
    <div className={classes.confirm}>
      {decision && (
        <div className="cw-row">
          <StatusTag tone={decision.confirmedBy ? 'ok' : 'warn'}>
            {decision.confirmedBy ? `Confirmed by ${decision.confirmedBy.name}` : 'Not yet confirmed by a dentist'}
          </StatusTag>
          <span className="cw-muted">
            {decision.codes.join(', ')} · recorded by {decision.recordedBy}, {formatInstant(decision.recordedAt)}
          </span>
        </div>
      )}
      {decision?.overrideReason && <p className="cw-muted">Other than recommended: {decision.overrideReason}</p>}
      {decision?.outdated && <Finding severity="warn">The answers changed since. Ask the dentist again.</Finding>}
      {caseView.choice.needsDentist && !decision?.confirmedBy && (
        <Finding severity="info">The dentist decides here: the sources leave it open.</Finding>
      )}
      {canWork && (
        <div className="cw-row">
          <SelectField
            label="Dentist confirms"
            value={providerId}
            onChange={setPicked}
            options={active.map((one) => ({ value: one.id as string, label: `Dr. ${one.firstName} ${one.lastName}` }))}
            emptyLabel="Not yet: staff only"
          />
          <Button
            variant="filled"
            shortcut="alt+d"
            onClick={confirm}
            disabled={codes.length === 0 || blocked}
            loading={decide.isPending}
          >
            {providerId ? 'Record confirmation' : 'Record choice'}
          </Button>
          <Button shortcut="alt+o" onClick={() => setOverriding(true)}>
            Choose otherwise
          </Button>
        </div>
      )}
      {overriding && <Override caseView={caseView} providerId={providerId} onClose={() => setOverriding(false)} />}
    </div>
  )
}

function Override({
  caseView,
  providerId,
  onClose,
}: {
  caseView: StepProps['caseView']
  providerId: string
  onClose: () => void
}) {
  const [codes, setCodes] = useState('')
  const [reason, setReason] = useState('')
  const decide = useCommand('case.decide', { done: 'Recorded', onSuccess: onClose })
  const list = codes.toUpperCase().match(/D\d{4}/g) ?? []
  const save = () =>
    decide.mutate({
      id: caseView.id,
      codes: [...new Set(list)],
      providerId: (providerId || null) as ProviderId | null,
      overrideReason: reason,
    })
  return (
    <Dialog open onClose={onClose} title="Choose otherwise">
      <Form onSubmit={save} label="Choose otherwise" busy={decide.isPending}>
        <TextField
          label="Codes"
          value={codes}
          onChange={setCodes}
          placeholder="D3310"
          required
          autoFocus
          hint="One or more, such as D3351 D3353"
        />
        <TextAreaField
          label="Reason"
          value={reason}
          onChange={setReason}
          required
          hint="Kept with your name and the date"
        />
        <Actions>
          <Button type="submit" variant="filled" disabled={list.length === 0 || reason.trim().length < 3}>
            Record
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
