// Payer, plan and coverage in one short form, new or edited: an existing plan is chosen, a new one is named.
import { useState } from 'react'
import type { CoverageId, PayerId, PlanId } from '#core/ids.ts'
import type { Coverage, Patient, PaymentOrder } from '#core/patient.ts'
import { FormDialog, useCommandForm } from '../lib/command-form.tsx'
import { useCommand, useRoute } from '../lib/query.ts'
import { BirthDateField, DateField, SelectField, TextField } from '../ui/fields.tsx'
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

const RELATIONS: Record<Coverage['relation'], string> = {
  self: 'Self',
  child: 'Child',
  spouse: 'Spouse',
  other: 'Other',
}
const ORDERS: Partial<Record<PaymentOrder, string>> = {
  primary: 'First (primary)',
  secondary: 'Second (secondary)',
  tertiary: 'Third',
  fourth: 'Fourth',
}

function draftOf(coverage: Coverage | undefined, order: PaymentOrder) {
  const other = coverage && coverage.relation !== 'self' ? coverage.subscriber : null
  return {
    payerId: coverage?.payerId ?? null,
    /** `new`: another plan of this payer; empty: its first one. */
    planId: (coverage?.planId ?? '') as PlanId | 'new' | '',
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
  }
}

type Draft = ReturnType<typeof draftOf>

/** Who holds the plan: the patient, or the person named. */
function subscriberOf({ relation, lastName, firstName, birthDate, employer }: Draft, props: CoverageFormProps) {
  const { patient, coverage } = props
  if (relation === 'self') {
    const { lastName: last, firstName: first, birthDate: born, gender, address } = patient
    return { lastName: last, firstName: first, birthDate: born, gender, address, employer }
  }
  const known = coverage && coverage.relation !== 'self' ? coverage.subscriber : null
  const { gender, address } = known ?? { gender: 'U' as const, address: patient.address }
  return { lastName, firstName, birthDate, gender, address, employer }
}

/** The form, the payer's plans, and saving: a new plan first, then the coverage. */
function useCoverageForm(props: CoverageFormProps) {
  const { patient, order, coverage, onSaved } = props
  const form = useCommandForm(coverage ? 'coverage.update' : 'coverage.add', {
    scope: `coverage:${coverage ? `${coverage.id}:${coverage.version}` : `new:${patient.id}`}`,
    start: draftOf(coverage, order),
    at: 'coverage',
    done: coverage ? 'Coverage saved' : 'Coverage added',
    onSuccess: (output) => onSaved(coverage ? coverage.id : (output as { id: CoverageId }).id),
  })
  const { values } = form
  const { payerId, planId, planName, groupNumber, memberId, relation, validFrom, validTo } = values
  const addPlan = useCommand('plan.add')
  const query = useRoute('plan.list', { payerId }, { enabled: payerId !== null })
  const plans = query.data?.plans ?? []
  const isNewPlan = planId === 'new' || (payerId !== null && query.isSuccess && plans.length === 0)
  const isComplete =
    payerId !== null &&
    memberId.trim() !== '' &&
    (!isNewPlan || planName.trim() !== '') &&
    (relation === 'self' || (values.lastName.trim() !== '' && values.birthDate !== null))
  const chosen = planId && planId !== 'new' ? planId : plans[0]?.id
  function send(plan: PlanId): void {
    const kept = { order: values.order, memberId, relation, validFrom, validTo }
    const input = { ...kept, patientId: patient.id, planId: plan, subscriber: subscriberOf(values, props) }
    form.send(coverage ? { id: coverage.id, version: coverage.version, coverage: input } : { coverage: input })
  }
  function save(): void {
    if (!isComplete || !payerId) return
    if (!isNewPlan) {
      if (chosen) send(chosen)
      return
    }
    // The new plan's id is kept in the draft, so that a second try does not add it again.
    const keep = ({ id }: { id: PlanId }) => {
      form.set({ planId: id })
      send(id)
    }
    addPlan.mutate({ plan: { payerId, name: planName, groupNumber } }, { onSuccess: keep })
  }
  return { ...form, busy: form.busy || addPlan.isPending, plans, isNewPlan, chosen, isComplete, save }
}
type CoverageState = ReturnType<typeof useCoverageForm>

export function CoverageForm(props: CoverageFormProps) {
  const { coverage, onClose } = props
  const form = useCoverageForm(props)
  const { field } = form
  return (
    <FormDialog
      form={form}
      title={coverage ? 'Edit coverage' : 'Add coverage'}
      size="lg"
      onClose={onClose}
      onSave={form.save}
      save={coverage ? 'Save' : 'Add coverage'}
      disabled={!form.isComplete}
    >
      <div className="cw-fields">
        <PayerAndPlan form={form} />
        <TextField label="Member ID" {...field('memberId')} required />
        <SelectField label="Pays" {...field('order')} options={ORDERS} />
        <SelectField label="Patient is the subscriber’s" {...field('relation')} options={RELATIONS} />
        {form.values.relation !== 'self' && (
          <>
            <TextField label="Subscriber last name" {...field('lastName')} required />
            <TextField label="Subscriber first name" {...field('firstName')} />
            <BirthDateField label="Subscriber birth date" {...field('birthDate')} required />
          </>
        )}
        <DateField label="Effective from" {...field('validFrom')} />
        <DateField label="Effective through" {...field('validTo')} />
        <TextField label="Employer" {...field('employer')} />
      </div>
    </FormDialog>
  )
}

function PayerAndPlan({ form }: { form: CoverageState }) {
  const { values, field, set, plans, isNewPlan, chosen } = form
  const [text, setText] = useState('')
  const payers = useRoute('payer.list', { text }, { keep: true })
  const addPayer = useCommand('payer.add', { onSuccess: ({ id }) => set({ payerId: id, planId: '' }) })
  return (
    <>
      <PickField
        label="Payer"
        value={values.payerId}
        onChange={(payerId) => set({ payerId: payerId as PayerId | null, planId: '' })}
        options={(payers.data?.payers ?? []).map(({ id, name, payerCode }) => ({
          value: id,
          label: name,
          detail: payerCode,
        }))}
        onSearch={setText}
        searching={payers.isPlaceholderData}
        onCreate={(name) => addPayer.mutate({ payer: { name } })}
        createLabel="Add payer"
        required
        autoFocus
      />
      {values.payerId !== null && plans.length > 0 && (
        <SelectField<Draft['planId']>
          label="Plan"
          value={isNewPlan ? 'new' : (chosen ?? '')}
          onChange={(planId) => set({ planId })}
          options={[
            ...plans.map(({ id, name, groupNumber }) => ({
              value: id,
              label: `${name}${groupNumber ? ` · ${groupNumber}` : ''}`,
            })),
            { value: 'new', label: 'Another plan…' },
          ]}
        />
      )}
      {isNewPlan && (
        <>
          <TextField label="Plan name" {...field('planName')} required hint="As on the card" />
          <TextField label="Group number" {...field('groupNumber')} />
        </>
      )}
    </>
  )
}
