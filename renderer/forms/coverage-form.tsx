// Payer, plan and coverage in one short form, new or edited: an existing plan is chosen, a new one is named.
import { useState } from 'react'
import type { CoverageId, PayerId, PlanId } from '#core/ids.ts'
import type { Coverage, Patient, PaymentOrder } from '#core/patient.ts'
import { useDraft } from '../lib/drafts.ts'
import { explainError, fieldErrors, useCommand, useRoute } from '../lib/query.ts'
import { Button } from '../ui/button.tsx'
import { Actions, Dialog } from '../ui/dialog.tsx'
import { BirthDateField, DateField, SelectField, TextField } from '../ui/fields.tsx'
import { Finding } from '../ui/finding.tsx'
import { Form } from '../ui/form.tsx'
import { PickField } from '../ui/pick-field.tsx'

interface CoverageFormProps {
  patient: Patient
  /** The next free place in the order of payment. */
  order: PaymentOrder
  onClose: () => void
  onSaved: (id: CoverageId) => void
  /** The one to edit; left out for a new one. */
  coverage?: Coverage
}

interface Draft {
  payerId: string | null
  planId: string
  planName: string
  groupNumber: string
  memberId: string
  order: Coverage['order']
  relation: string
  lastName: string
  firstName: string
  birthDate: string | null
  employer: string
  validFrom: string | null
  validTo: string | null
}

export function CoverageForm({ patient, order, onClose, onSaved, coverage }: CoverageFormProps) {
  const title = coverage ? 'Edit coverage' : 'Add coverage'
  const other = coverage && coverage.relation !== 'self' ? coverage.subscriber : null
  const [draft, setDraft, { discard }] = useDraft<Draft>(
    `coverage:${coverage ? `${coverage.id}:${coverage.version}` : `new:${patient.id}`}`,
    {
      payerId: coverage?.payerId ?? null,
      planId: coverage?.planId ?? '',
      planName: '',
      groupNumber: '',
      memberId: coverage?.memberId ?? '',
      order: coverage?.order ?? order,
      relation: coverage?.relation ?? 'self',
      lastName: other?.lastName ?? '',
      firstName: other?.firstName ?? '',
      birthDate: other?.birthDate ?? null,
      employer: coverage?.subscriber.employer ?? '',
      validFrom: coverage?.validFrom ?? null,
      validTo: coverage?.validTo ?? null,
    },
  )
  const [text, setText] = useState('')
  const payers = useRoute('payer.list', { text }, { keep: true })
  const plans = useRoute('plan.list', { payerId: draft.payerId ?? null }, { enabled: draft.payerId !== null })
  const addPayer = useCommand('payer.add', { onSuccess: ({ id }) => set({ payerId: id, planId: '' }) })
  const addPlan = useCommand('plan.add')
  const addCoverage = useCommand('coverage.add', {
    done: 'Coverage added',
    expected: ['INVALID_INPUT'],
    onSuccess: ({ id }) => {
      discard()
      onSaved(id)
    },
  })
  const updateCoverage = useCommand('coverage.update', {
    done: 'Coverage saved',
    expected: ['INVALID_INPUT'],
    onSuccess: () => {
      discard()
      if (coverage) onSaved(coverage.id)
    },
  })
  const saving = coverage ? updateCoverage : addCoverage
  const busy = addPlan.isPending || saving.isPending
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }))
  const errors = fieldErrors(saving.error)
  const known = plans.data?.plans ?? []
  const chosenPlan = draft.planId || known[0]?.id || ''
  const newPlan = draft.planId === 'new' || (draft.payerId !== null && plans.isSuccess && known.length === 0)
  const self = draft.relation === 'self'
  const complete =
    draft.payerId !== null &&
    draft.memberId.trim() !== '' &&
    (!newPlan || draft.planName.trim() !== '') &&
    (self || (draft.lastName.trim() !== '' && draft.birthDate !== null))
  /** The new plan's id, kept in the draft, so that a second try does not add it again. */
  const createPlan = async (): Promise<PlanId | null> => {
    const plan = { payerId: draft.payerId as PayerId, name: draft.planName, groupNumber: draft.groupNumber }
    try {
      const { id } = await addPlan.mutateAsync({ plan })
      set({ planId: id })
      return id
    } catch {
      return null
    }
  }
  const save = async () => {
    if (!complete) return
    const planId = newPlan ? await createPlan() : (chosenPlan as PlanId)
    if (!planId) return
    const own = {
      lastName: patient.lastName,
      firstName: patient.firstName,
      birthDate: patient.birthDate,
      gender: patient.gender,
      address: patient.address,
      employer: draft.employer,
    }
    const holder = {
      ...own,
      lastName: draft.lastName,
      firstName: draft.firstName,
      birthDate: draft.birthDate,
      gender: other?.gender ?? ('U' as const),
      address: other?.address ?? patient.address,
    }
    const values = {
      patientId: patient.id,
      planId,
      order: draft.order,
      memberId: draft.memberId,
      relation: draft.relation as 'self',
      subscriber: self ? own : holder,
      validFrom: draft.validFrom,
      validTo: draft.validTo,
    }
    if (coverage) updateCoverage.mutate({ id: coverage.id, version: coverage.version, coverage: values })
    else addCoverage.mutate({ coverage: values })
  }
  return (
    <Dialog open onClose={onClose} title={title} size="lg">
      <Form onSubmit={() => void save()} label={title} busy={busy}>
        <div className="cw-fields">
          <PickField
            label="Payer"
            value={draft.payerId}
            onChange={(payerId) => set({ payerId, planId: '' })}
            options={(payers.data?.payers ?? []).map((payer) => ({
              value: payer.id as string,
              label: payer.name,
              detail: payer.payerCode,
            }))}
            onSearch={setText}
            searching={payers.isPlaceholderData}
            onCreate={(name) => addPayer.mutate({ payer: { name } })}
            createLabel="Add payer"
            required
            autoFocus
          />
          {draft.payerId !== null && known.length > 0 && (
            <SelectField
              label="Plan"
              value={newPlan ? 'new' : chosenPlan}
              onChange={(value) => set({ planId: value })}
              options={[
                ...known.map((plan) => ({
                  value: plan.id as string,
                  label: `${plan.name}${plan.groupNumber ? ` · ${plan.groupNumber}` : ''}`,
                })),
                { value: 'new', label: 'Another plan…' },
              ]}
            />
          )}
          {newPlan && (
            <TextField
              label="Plan name"
              value={draft.planName}
              onChange={(planName) => set({ planName })}
              required
              placeholder="PPO"
            />
          )}
          {newPlan && (
            <TextField
              label="Group number"
              value={draft.groupNumber}
              onChange={(groupNumber) => set({ groupNumber })}
            />
          )}
          <TextField
            label="Member id"
            value={draft.memberId}
            onChange={(memberId) => set({ memberId })}
            error={errors['coverage.memberId']}
            required
          />
          <SelectField
            label="Pays"
            value={draft.order}
            onChange={(value) => set({ order: value })}
            options={[
              { value: 'primary', label: 'First (primary)' },
              { value: 'secondary', label: 'Second (secondary)' },
              { value: 'tertiary', label: 'Third' },
              { value: 'fourth', label: 'Fourth' },
            ]}
          />
          <SelectField
            label="Patient is the subscriber’s"
            value={draft.relation}
            onChange={(relation) => set({ relation })}
            options={[
              { value: 'self', label: 'Self' },
              { value: 'child', label: 'Child' },
              { value: 'spouse', label: 'Spouse' },
              { value: 'other', label: 'Other' },
            ]}
          />
          {!self && (
            <>
              <TextField
                label="Subscriber last name"
                value={draft.lastName}
                onChange={(lastName) => set({ lastName })}
                required
              />
              <TextField
                label="Subscriber first name"
                value={draft.firstName}
                onChange={(firstName) => set({ firstName })}
              />
              <BirthDateField
                label="Subscriber birth date"
                value={draft.birthDate}
                onChange={(birthDate) => set({ birthDate })}
                required
              />
            </>
          )}
          <DateField label="In force from" value={draft.validFrom} onChange={(validFrom) => set({ validFrom })} />
          <DateField
            label="In force to"
            value={draft.validTo}
            onChange={(validTo) => set({ validTo })}
            error={errors['coverage.validTo']}
          />
          <TextField label="Employer" value={draft.employer} onChange={(employer) => set({ employer })} />
        </div>
        {saving.error && <Finding severity="warn">{explainError(saving.error)}</Finding>}
        <Actions>
          <Button type="submit" variant="filled" disabled={!complete} loading={busy}>
            {coverage ? 'Save' : 'Add coverage'}
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
