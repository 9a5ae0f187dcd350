// Payer, plan and coverage in one short form: an existing plan is chosen, a new one is named.
import { useState } from 'react'
import type { CoverageId, PayerId, PlanId } from '#core/ids.ts'
import type { Patient } from '#core/patient.ts'
import { useDraft } from '../../lib/drafts.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { PickField } from '../../ui/pick-field.tsx'

interface AddCoverageProps {
  patient: Patient
  onClose: () => void
  onAdded: (id: CoverageId) => void
}

export function AddCoverage({ patient, onClose, onAdded }: AddCoverageProps) {
  const [draft, setDraft, { discard }] = useDraft(`coverage.new:${patient.id}`, {
    payerId: null as string | null,
    planId: '',
    planName: '',
    groupNumber: '',
    memberId: '',
    order: 'primary',
    relation: 'self',
    lastName: '',
    firstName: '',
    birthDate: null as string | null,
    employer: '',
  })
  const [text, setText] = useState('')
  const payers = useRoute('payer.list', { text }, { keep: true })
  const plans = useRoute(
    'plan.list',
    { payerId: (draft.payerId ?? null) as PayerId | null },
    { enabled: draft.payerId !== null },
  )
  const addPayer = useCommand('payer.add', { onSuccess: ({ id }) => set({ payerId: id, planId: '' }) })
  const addPlan = useCommand('plan.add')
  const addCoverage = useCommand('coverage.add', {
    done: 'Coverage added',
    onSuccess: ({ id }) => {
      discard()
      onAdded(id)
    },
  })
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const known = plans.data?.plans ?? []
  const planId = draft.planId || known[0]?.id || ''
  const newPlan = draft.planId === 'new' || (draft.payerId !== null && plans.isSuccess && known.length === 0)
  const self = draft.relation === 'self'
  const complete =
    draft.payerId !== null &&
    draft.memberId.trim() !== '' &&
    (!newPlan || draft.planName.trim() !== '') &&
    (self || (draft.lastName.trim() !== '' && draft.birthDate !== null))
  const save = async () => {
    if (!complete) return
    const plan = newPlan
      ? (
          await addPlan.mutateAsync({
            plan: { payerId: draft.payerId as PayerId, name: draft.planName, groupNumber: draft.groupNumber },
          })
        ).id
      : (planId as PlanId)
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
        planId: plan,
        order: draft.order as 'primary',
        memberId: draft.memberId,
        relation: draft.relation as 'self',
        subscriber: self ? own : holder,
      },
    })
  }
  return (
    <Dialog open onClose={onClose} title="Add coverage" size="lg">
      <Form onSubmit={() => void save()} label="Add coverage" busy={addCoverage.isPending}>
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
            onCreate={(name) => addPayer.mutate({ payer: { name } })}
            createLabel="Add payer"
            required
            autoFocus
          />
          {draft.payerId !== null && known.length > 0 && (
            <SelectField
              label="Plan"
              value={newPlan ? 'new' : (planId as string)}
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
          <TextField label="Member id" value={draft.memberId} onChange={(memberId) => set({ memberId })} required />
          <SelectField
            label="Pays"
            value={draft.order}
            onChange={(order) => set({ order })}
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
        <Actions>
          <Button type="submit" variant="filled" disabled={!complete} loading={addCoverage.isPending}>
            Add coverage
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
