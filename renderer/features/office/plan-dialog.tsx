// One plan: its name, group and the benefits that estimates are computed from.
import type { Plan } from '#core/patient.ts'
import { MoneyField, SelectField, TextField } from '../../ui/fields.tsx'
import { wholeNumber } from '../../lib/whole-number.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'

const NETWORKS = {
  unknown: 'Not known',
  in: 'In network',
  out: 'Out of network',
  capitation: 'Capitation (DHMO)',
} as const

export function PlanDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { id, version, payerName, ...stored } = plan
  const { field, ...form } = useCommandForm('plan.update', {
    scope: `plan:${id}:${version}`,
    start: { ...stored, percent: String(stored.endoPercent ?? '') },
    at: 'plan',
    done: 'Plan saved',
    onSuccess: onClose,
  })
  const { percent, ...values } = form.values
  const endoPercent = wholeNumber(percent, 0, 100)
  const save = () => form.send(endoPercent !== undefined && { id, version, plan: { ...values, endoPercent } })
  return (
    <FormDialog form={form} title={`Plan of ${payerName}`} label="Plan" size="lg" onClose={onClose} onSave={save}>
      <div className="cw-fields">
        <TextField label="Plan name" {...field('name')} required autoFocus />
        <TextField label="Group number" {...field('groupNumber')} />
        <SelectField label="Network" {...field('network')} options={NETWORKS} />
        <MoneyField label="Annual maximum" {...field('annualMaxCents')} />
        <MoneyField label="Deductible" {...field('deductibleCents')} />
        <TextField
          label="Plan pays of endodontics, %"
          {...field('percent', endoPercent === undefined && 'Type a whole number from 0 to 100')}
          inputMode="numeric"
        />
      </div>
    </FormDialog>
  )
}
