// The claim as a form in the order of the ADA items, prefilled; findings stand beside the fields.
import { explainError, fieldErrors, useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { remarksOf, type ClaimDraft } from './bind.tsx'
import classes from './claim.module.css'
import { LineGrid } from './line-grid.tsx'
import { BillingItems, TreatingItems } from './sections-office.tsx'
import { HeaderItems, OtherCoverageItems, PatientItems, SubscriberItems } from './sections-people.tsx'
import { AccidentItems, DiagnosisItems, TreatmentItems } from './sections-treatment.tsx'
import type { ClaimData } from '../step-data.ts'

interface ClaimFormProps {
  claim: ClaimData
  draft: ClaimDraft
  onChange: (next: (now: ClaimDraft) => ClaimDraft) => void
  discard: () => void
  changed: boolean
}

export function ClaimForm({ claim, draft, onChange, discard, changed }: ClaimFormProps) {
  const save = useCommand('claim.update', {
    done: 'Claim saved',
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: () => discard(),
  })
  const refill = useCommand('claim.refill', { done: 'Filled again from the case', onSuccess: () => discard() })
  const refused = fieldErrors(save.error)
  const { form, lines, payerClaimNumber = claim.payerClaimNumber } = draft
  const isCorrection = claim.frequency !== 'original'
  const remarks = remarksOf(claim.findings, refused)
  const part = {
    form,
    remarks,
    set: (next: Partial<ClaimDraft['form']>) => onChange((now) => ({ ...now, form: { ...now.form, ...next } })),
  }
  const submit = () =>
    save.mutate({ id: claim.id, version: draft.version, form, lines, ...(isCorrection && { payerClaimNumber }) })
  return (
    <Form onSubmit={submit} label={`Claim ${claim.number}`} busy={save.isPending}>
      {isCorrection && (
        <TextField
          label="Payer’s number of the claim it corrects"
          name="payerClaimNumber"
          value={payerClaimNumber}
          onChange={(next) => onChange((now) => ({ ...now, payerClaimNumber: next }))}
          maxLength={40}
          {...remarks('payerClaimNumber')}
        />
      )}
      <div className={classes.form}>
        <HeaderItems {...part} />
        <OtherCoverageItems {...part} />
        <SubscriberItems {...part} />
        <PatientItems {...part} />
        <LineGrid
          lines={lines}
          onChange={(next) => onChange((now) => ({ ...now, lines: next }))}
          otherFeesCents={form.otherFeesCents}
          onOtherFees={(otherFeesCents) => part.set({ otherFeesCents })}
          remarks={remarks}
        />
        <DiagnosisItems {...part} />
        <div className="cw-stack">
          <TreatmentItems {...part} />
          <AccidentItems {...part} />
        </div>
        <BillingItems {...part} />
        <TreatingItems {...part} />
      </div>
      {changed && draft.version !== claim.version && (
        <Finding
          severity="warn"
          action={
            <Button onClick={() => onChange((now) => ({ ...now, version: claim.version }))}>Keep my version</Button>
          }
        >
          The claim was changed while you typed. Keep yours, or drop the changes to see the other one.
        </Finding>
      )}
      {save.error && save.error.code !== 'CONFLICT' && (
        <Finding severity="warn">
          {Object.keys(refused).length > 0 ? 'Not saved: the marked fields cannot be read.' : explainError(save.error)}
        </Finding>
      )}
      <div className="cw-row">
        <Button
          shortcut="mod+s"
          onClick={submit}
          variant={changed ? 'filled' : 'default'}
          disabled={!changed}
          loading={save.isPending}
        >
          Save claim
        </Button>
        <Button
          shortcut="alt+g"
          onClick={() => refill.mutate({ id: claim.id, version: claim.version })}
          loading={refill.isPending}
        >
          Fill again from the case
        </Button>
        {changed && (
          <>
            <Button variant="subtle" onClick={() => discard()}>
              Drop the changes
            </Button>
            <span className="cw-muted">Kept as a draft. Findings follow the saved claim.</span>
          </>
        )}
      </div>
    </Form>
  )
}
