// Payers and their plans; what they differ in stands under Payer rules.
import { useState } from 'react'
import { CLASS_WORDS } from '#core/coverage/benefit-class.ts'
import type { Payer, Plan } from '#core/patient.ts'
import { formatMoney } from '#core/money.ts'
import { oneLine, planText } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { RowButton } from '../../ui/button.tsx'
import { PhoneField, SelectField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { KnownCodes } from './known-codes.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'

export function Payers() {
  const query = useRoute('payer.list', {})
  const canWork = useCan('work')
  const plans = useRoute('plan.list', { payerId: null })
  const [editing, setEditing] = useState<Payer | null>(null)
  const [planning, setPlanning] = useState<Plan | null>(null)
  return (
    <Section title="Payers" note="Added with the first coverage">
      <Answer query={query}>
        {({ payers }) =>
          payers.length === 0 ? (
            <EmptyState title="No payer yet">A payer is added with a patient’s coverage.</EmptyState>
          ) : (
            <ul className="cw-stack">
              {payers.map((payer) => (
                <li key={payer.id} className="cw-row">
                  <strong>{payer.name}</strong>
                  <span className="cw-muted">
                    {oneLine([
                      payer.payerCode || 'no payer ID',
                      payer.reportingMode === 'final_only' && 'one code at completion',
                    ])}
                  </span>
                  {canWork && <RowButton verb="Edit" of={payer.name} onClick={() => setEditing(payer)} />}
                  <Plans
                    plans={(plans.data?.plans ?? []).filter((plan) => plan.payerId === payer.id)}
                    {...(canWork && { onEdit: setPlanning })}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {planning && <PlanDialog key={planning.id} plan={planning} onClose={() => setPlanning(null)} />}
      {editing && <PayerDialog key={editing.id} payer={editing} onClose={() => setEditing(null)} />}
    </Section>
  )
}

/** The plans of a payer under its line, with what estimates are computed from. */
function Plans({ plans, onEdit }: { plans: readonly Plan[]; onEdit?: (plan: Plan) => void }) {
  if (plans.length === 0) return null
  return (
    <ul className="cw-plans">
      {plans.map((plan) => (
        <li key={plan.id} className="cw-row">
          <span>{planText(plan.name, plan.groupNumber)}</span>
          <span className="cw-muted">
            {oneLine([
              plan.annualMaxCents !== null && `maximum ${formatMoney(plan.annualMaxCents)}`,
              plan.deductibleCents !== null && `deductible ${formatMoney(plan.deductibleCents)}`,
              plan.endoPercent !== null && `endodontics ${plan.endoPercent} %`,
              ...plan.benefits.flatMap(({ of, percent }) =>
                percent === null ? [] : `${CLASS_WORDS[of].toLowerCase()} ${percent} %`,
              ),
            ]) || 'benefits not recorded'}
          </span>
          {onEdit && <RowButton verb="Edit plan" of={plan.name} onClick={() => onEdit(plan)} />}
        </li>
      ))}
    </ul>
  )
}

function PayerDialog({ payer, onClose }: { payer: Payer; onClose: () => void }) {
  const { id, version, ...stored } = payer
  const programs = useRoute('payerRule.programs', {}).data?.programs ?? []
  const { field, ...form } = useCommandForm('payer.update', {
    scope: `payer:${id}:${version}`,
    start: stored,
    at: 'payer',
    done: 'Payer saved',
    onSuccess: onClose,
  })
  const save = () => form.send({ id, version, payer: form.values })
  return (
    <FormDialog form={form} title="Edit payer" label="Payer" size="xl" onClose={onClose} onSave={save}>
      <div className="cw-fields">
        <TextField label="Name" {...field('name')} required autoFocus />
        <TextField label="Electronic payer ID" {...field('payerCode')} />
        <PhoneField label="Phone" {...field('phone')} />
        <TextField label="Portal" {...field('portal')} />
        <SelectField
          label="Treatment in phases"
          {...field('reportingMode')}
          options={{ phased: 'One code per visit', final_only: 'One code at completion' }}
        />
        <SelectField
          label="Shipped rules"
          {...field('rulesKey')}
          options={programs.map(({ key, name }) => ({ value: key, label: name }))}
          emptyLabel="None"
        />
        <TextField label="Where this payer comes from" {...field('source')} />
      </div>
      <p className="cw-muted">Days, limits, films and other rules of this payer stand under Payer rules.</p>
      <KnownCodes payerId={id} />
    </FormDialog>
  )
}
