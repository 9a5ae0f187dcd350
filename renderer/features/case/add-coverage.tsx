// Payer, plan and coverage in one short form: an existing plan is chosen, a new one is named.
import { useState } from 'react'
import type { CoverageId, PayerId, PlanId } from '#core/ids.ts'
import type { Patient } from '#core/patient.ts'
import { useDraft } from '../../lib/drafts.ts'
import { explainError, fieldErrors, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { PickField } from '../../ui/pick-field.tsx'

interface AddCoverageProps {
  patient: Patient
  /** The next free place in the order of payment. */
  order: 'primary' | 'secondary' | 'tertiary'
  onClose: () => void
  onAdded: (id: CoverageId) => void
}

export function AddCoverage({ patient, order, onClose, onAdded }: AddCoverageProps) {
  const [draft, setDraft, { discard }] = useDraft(`coverage.new:${patient.id}`, {
    payerId: null as string | null,
    planId: '',
    planName: '',
    groupNumber: '',
    memberId: '',
    order,
    relation: 'self',
    lastName: '',
    firstName: '',
    birthDate: null as string | null,
    employer: '',
  })
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
      onAdded(id)
    },
  })
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }))
  const errors = fieldErrors(addCoverage.error)
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
      gender: 'U' as const,
    }
    addCoverage.mutate({
      coverage: {
        patientId: patient.id,
        planId,
        order: draft.order,
        memberId: draft.memberId,
        relation: draft.relation as 'self',
        subscriber: self ? own : holder,
      },
    })
  }
  return (
    <Dialog open onClose={onClose} title="Add coverage" size="lg">
      <Form onSubmit={() => void save()} label="Add coverage" busy={addPlan.isPending || addCoverage.isPending}>
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
            onChange={(value) => value && set({ order: value })}
            options={[
              { value: 'primary', label: 'First (primary)' },
              { value: 'secondary', label: 'Second (secondary)' },
              { value: 'tertiary', label: 'Third' },
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
              <DateField
                label="Subscriber birth date"
                value={draft.birthDate}
                onChange={(birthDate) => set({ birthDate })}
                required
              />
            </>
          )}
          <TextField label="Employer" value={draft.employer} onChange={(employer) => set({ employer })} />
        </div>
        {addCoverage.error && <Finding severity="warn">{explainError(addCoverage.error)}</Finding>}
        <Actions>
          <Button
            type="submit"
            variant="filled"
            disabled={!complete}
            loading={addPlan.isPending || addCoverage.isPending}
          >
            Add coverage
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
