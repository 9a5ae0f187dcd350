// The claim as a form in the order of the ADA items, prefilled; findings stand beside the fields.
import { fieldErrors, useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import classes from './claim.module.css'
import { binder, remarksOf, type ClaimDraft } from './bind.tsx'
import { LineGrid } from './line-grid.tsx'
import { BillingItems, TreatingItems } from './sections-office.tsx'
import { HeaderItems, OtherCoverageItems, PatientItems, SubscriberItems } from './sections-people.tsx'
import { AccidentItems, DiagnosisItems, TreatmentItems } from './sections-treatment.tsx'
import type { ClaimData } from '../step-data.ts'
import { FormProblem, useCommandForm } from '../../../lib/command-form.tsx'

/** The claim while it is changed; `version` is the one that the changes began from. */
export function useClaimDraft({ id, version, form, lines, payerClaimNumber, frequency }: ClaimData) {
  const start: ClaimDraft = { version, form, lines, payerClaimNumber }
  const draft = useCommandForm('claim.update', { scope: `claim:${id}`, start, done: 'Claim saved' })
  const { values } = draft
  return {
    ...draft,
    changed:
      JSON.stringify([values.form, values.lines]) !== JSON.stringify([form, lines]) ||
      values.payerClaimNumber !== payerClaimNumber,
    save: () => {
      const { payerClaimNumber: corrects, ...rest } = values
      draft.send({ id, ...rest, ...(frequency !== 'original' && { payerClaimNumber: corrects }) })
    },
  }
}

interface ClaimFormFieldsProps {
  claim: ClaimData
  draft: ReturnType<typeof useClaimDraft>
  /** All boxes, or only those that need a look. */
  all: boolean
  onAll: (all: boolean) => void
  /** The one the keys work on. */
  latest: boolean
}

export function ClaimFormFields({ claim, draft, all, onAll, latest }: ClaimFormFieldsProps) {
  const refill = useCommand('claim.refill', { done: 'Filled again from the case', onSuccess: draft.discard })
  const { changed, save, values, set } = draft
  const { form, lines } = values
  const refused = fieldErrors(draft.command.error)
  const remarks = remarksOf(claim.findings, refused)
  const change = (next: Partial<ClaimDraft['form']>) => set({ form: { ...form, ...next } })
  const part = { form, set: change, top: binder({ name: '', value: form, onChange: change }, remarks), remarks }
  return (
    <Form onSubmit={save} label={`Claim ${claim.number}`} busy={draft.busy}>
      {claim.frequency !== 'original' && (
        <TextField
          label="Payer’s number of the claim it corrects"
          name="payerClaimNumber"
          {...draft.field('payerClaimNumber')}
          maxLength={40}
          {...remarks('payerClaimNumber')}
        />
      )}
      <div className="cw-row">
        <Button variant="subtle" {...(latest && { shortcut: 'alt+i' })} onClick={() => onAll(!all)}>
          {all ? 'Only boxes that need a look' : 'All boxes'}
        </Button>
        {!all && <span className="cw-muted">The other boxes are filled in and raise no question.</span>}
      </div>
      <div className={`cw-split ${all ? '' : classes.needsLook}`}>
        <HeaderItems {...part} />
        <OtherCoverageItems {...part} />
        <SubscriberItems {...part} />
        <PatientItems {...part} />
        <LineGrid
          lines={lines}
          onChange={(next) => set({ lines: next })}
          otherFees={part.top('otherFeesCents')}
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
      {changed && values.version !== claim.version && (
        <Finding
          severity="warn"
          action={<Button onClick={() => set({ version: claim.version })}>Keep my version</Button>}
        >
          The claim was changed while you typed. Keep yours, or drop the changes to see the other one.
        </Finding>
      )}
      {Object.keys(refused).length > 0 ? (
        <Finding severity="warn">Not saved: the marked fields cannot be read.</Finding>
      ) : (
        <FormProblem form={draft} />
      )}
      <div className="cw-row">
        <Button
          shortcut="mod+s"
          onClick={save}
          variant={changed ? 'filled' : 'default'}
          disabled={!changed}
          loading={draft.busy}
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
            <Button variant="subtle" onClick={draft.discard}>
              Drop the changes
            </Button>
            <span className="cw-muted">Saved as a draft. Checks run on the saved claim.</span>
          </>
        )}
      </div>
    </Form>
  )
}
