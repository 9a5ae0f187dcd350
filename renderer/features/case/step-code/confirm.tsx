// The dentist's confirmation of the codes, or another choice with a reason: who and when are kept.
import { useState } from 'react'
import type { Provider } from '#core/office.ts'
import type { ProviderId } from '#core/ids.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'
import { formatInstant, dentistName } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/use-today.ts'
import { Button } from '../../../ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { CodeProps } from '../step-data.ts'

/** True when nothing about the codes is left to record. */
export function isDecided({ decision }: CodeProps['caseView']): boolean {
  return decision !== null && decision.confirmedBy !== null && !decision.outdated
}

export function Confirm({ caseView }: CodeProps) {
  const canWork = useCan('work')
  const today = useToday()
  const providers = useRoute('provider.list', {})
  const [picked, setPicked] = useState<ProviderId | ''>('')
  const [overriding, setOverriding] = useState(false)
  const decide = useCommand('case.decide', { done: 'Recorded' })
  const dentists = (providers.data?.providers ?? []).filter((one) => one.active)
  const dentist =
    dentists.find((one) => one.id === picked) ??
    dentists.find((one) => one.id === caseView.provider?.id) ??
    (dentists.length === 1 ? dentists[0] : undefined)
  const codes = [...new Set(caseView.proposedLines.map((line) => line.code))]
  const { decision } = caseView
  const settled = isDecided(caseView) && codes.every((code) => decision?.codes.includes(code))
  const canConfirm = codes.length > 0 && !settled
  const blocked = caseView.choice.findings.some((finding) => finding.severity === 'block')
  const record = (providerId: ProviderId | null) => decide.mutate({ id: caseView.id, codes, providerId })
  return (
    <div className="cw-stack">
      {decision && (
        <div>
          <StatusTag tone={decision.confirmedBy ? 'ok' : 'warn'}>
            {decision.confirmedBy ? `Confirmed by ${decision.confirmedBy.name}` : 'Not yet confirmed by a dentist'}
          </StatusTag>{' '}
          <span className="cw-muted">
            {decision.codes.join(', ')} · recorded by {decision.recordedBy}, {formatInstant(decision.recordedAt, today)}
            {decision.overrideReason && ` · other than recommended: ${decision.overrideReason}`}
          </span>
        </div>
      )}
      {decision?.outdated && <Finding severity="warn">The answers changed since. Ask the dentist again.</Finding>}
      {caseView.choice.needsDentist && !decision?.confirmedBy && (
        <Finding severity="info">The dentist decides here: the sources leave it open.</Finding>
      )}
      {blocked && <p className="cw-muted">What must be fixed above comes before the confirmation.</p>}
      {canWork && (
        <div className="cw-row">
          {canConfirm && dentists.length > 1 && (
            <SelectField
              label="Dentist"
              value={dentist?.id ?? ''}
              onChange={setPicked}
              options={dentists.map((one) => ({ value: one.id, label: dentistName(one) }))}
              {...(dentist ? {} : { emptyLabel: 'Choose the dentist' })}
            />
          )}
          <div className="cw-row" style={{ alignSelf: 'flex-end' }} data-next={canConfirm ? 'confirm' : undefined}>
            {canConfirm && (
              <Button
                variant="filled"
                shortcut="alt+d"
                onClick={() => dentist && record(dentist.id)}
                disabled={blocked || !dentist}
                loading={decide.isPending}
              >
                {dentist ? `Record confirmation by ${dentistName(dentist)}` : 'Record confirmation'}
              </Button>
            )}
            {canConfirm && !decision && (
              <Button shortcut="alt+s" onClick={() => record(null)} disabled={blocked || decide.isPending}>
                Dentist not asked yet
              </Button>
            )}
            <Button shortcut="alt+o" onClick={() => setOverriding(true)}>
              Other codes…
            </Button>
          </div>
        </div>
      )}
      {overriding && <Override caseView={caseView} dentists={dentists} onClose={() => setOverriding(false)} />}
    </div>
  )
}

interface OverrideProps {
  caseView: CodeProps['caseView']
  dentists: readonly Provider[]
  onClose: () => void
}

function Override({ caseView, dentists, onClose }: OverrideProps) {
  const { id } = caseView
  const start = { codes: '', reason: '', providerId: '' as ProviderId | '' }
  const { field, ...form } = useCommandForm('case.decide', {
    scope: `override:${id}`,
    start,
    done: 'Recorded',
    onSuccess: onClose,
  })
  const { reason: overrideReason, providerId } = form.values
  const codes = [...new Set(form.values.codes.toUpperCase().match(/D\d{4}/g))]
  return (
    <FormDialog
      form={form}
      title="Other codes than recommended"
      label="Other codes"
      onClose={onClose}
      onSave={() => form.send({ id, codes, providerId: providerId || null, overrideReason })}
      save="Record"
      disabled={codes.length === 0 || overrideReason.trim().length < 3}
    >
      <TextField label="Codes" {...field('codes')} required autoFocus hint="One or more, such as D3351 D3353" />
      <TextAreaField label="Reason" {...field('reason')} required hint="Kept with your name and the date" />
      <SelectField
        label="Decided by"
        {...field('providerId')}
        options={dentists.map((one) => ({ value: one.id, label: dentistName(one) }))}
        emptyLabel="Staff; the dentist is not asked yet"
      />
    </FormDialog>
  )
}
