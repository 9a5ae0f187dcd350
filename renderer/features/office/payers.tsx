// Payers and their figures, each with where it comes from; shipped figures can be taken over, with source and confidence shown.
import { useState } from 'react'
import { CLASS_WORDS } from '#core/coverage/benefit-class.ts'
import type { Payer, Plan } from '#core/patient.ts'
import { formatMoney } from '#core/money.ts'
import { oneLine, planText } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { RowButton } from '../../ui/button.tsx'
import { PhoneField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { documentsIn, PayerDocuments, rowsOf } from './payer-documents.tsx'
import { PayerFigures } from './payer-figures.tsx'
import { KnownCodes } from './known-codes.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { wholeNumber } from '../../lib/whole-number.ts'
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
                      payer.usualAnswerDays !== null && `answers in ${payer.usualAnswerDays} business days`,
                      payer.appealDays !== null && `${payer.appealDays} days to appeal`,
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

/** Days of a payer's figure; undefined when what was typed is no such number. */
const days = (text: string) => wholeNumber(text, 1, 999)
const DAYS_MESSAGE = 'Type a number of days from 1 to 999'

function PayerDialog({ payer, onClose }: { payer: Payer; onClose: () => void }) {
  const { id, version, ...stored } = payer
  const rules = useRoute('payer.rules', {})
  const { field, ...form } = useCommandForm('payer.update', {
    scope: `payer:${id}:${version}`,
    start: {
      ...stored,
      answer: String(stored.usualAnswerDays ?? ''),
      appeal: String(stored.appealDays ?? ''),
      filing: String(stored.timelyFilingDays ?? ''),
      rows: rowsOf(stored.documents),
    },
    at: 'payer',
    done: 'Payer saved',
    onSuccess: onClose,
  })
  const { answer, appeal, filing, rows, ...rest } = form.values
  const documents = documentsIn(rows)
  const rule = rules.data?.rules.find((one) => one.key === rest.rulesKey)
  const daysField = (key: 'answer' | 'appeal' | 'filing') =>
    field(key, days(form.values[key]) === undefined && DAYS_MESSAGE)
  const save = () => {
    const [usualAnswerDays, appealDays, timelyFilingDays] = [days(answer), days(appeal), days(filing)]
    const isRead =
      usualAnswerDays !== undefined &&
      appealDays !== undefined &&
      timelyFilingDays !== undefined &&
      documents !== undefined
    form.send(isRead && { id, version, payer: { ...rest, documents, usualAnswerDays, appealDays, timelyFilingDays } })
  }
  return (
    <FormDialog form={form} title="Edit payer" label="Payer" size="xl" onClose={onClose} onSave={save}>
      <div className="cw-fields">
        <TextField label="Name" {...field('name')} required autoFocus />
        <TextField label="Electronic payer ID" {...field('payerCode')} />
        <PhoneField label="Phone" {...field('phone')} />
        <TextField label="Portal" {...field('portal')} />
        <TextField label="Usually answers in, business days" {...daysField('answer')} inputMode="numeric" />
        <TextField label="Days to appeal" {...daysField('appeal')} inputMode="numeric" />
        <TextField label="Days to file a claim" {...daysField('filing')} inputMode="numeric" />
        <SelectField
          label="Treatment in phases"
          {...field('reportingMode')}
          options={{ phased: 'One code per visit', final_only: 'One code at completion' }}
        />
        <TextField label="Source of these figures" {...field('source')} />
        <SelectField
          label="Shipped figures"
          {...field('rulesKey')}
          options={(rules.data?.rules ?? []).map((one) => ({ value: one.key, label: one.name }))}
          emptyLabel="None"
        />
      </div>
      {rule && (
        <Finding severity="info" source={rule.source} confidence={rule.confidence}>
          {rule.statement}
        </Finding>
      )}
      <PayerDocuments
        rows={rows}
        onChange={(next) => form.set({ rows: next })}
        asked={form.asked}
        shipped={(rules.data?.documents ?? []).filter((one) => one.payer === rest.rulesKey)}
      />
      <PayerFigures payerId={id} />
      <KnownCodes payerId={id} />
    </FormDialog>
  )
}
