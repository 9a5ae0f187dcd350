// One plan: its name, group and the benefits that estimates are computed from.
import { useState } from 'react'
import type { Plan } from '#core/patient.ts'
import { useDraft } from '../../lib/drafts.ts'
import { fieldErrors, useCommand } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { MoneyField, SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { wholeNumber } from './whole-number.ts'

const NETWORKS = [
  { value: 'unknown' as const, label: 'Not known' },
  { value: 'in' as const, label: 'In network' },
  { value: 'out' as const, label: 'Out of network' },
]

export function PlanDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { id, version, payerName, ...stored } = plan
  const [draft, setDraft, { discard }] = useDraft(`plan:${id}:${version}`, {
    ...stored,
    percent: String(stored.endoPercent ?? ''),
  })
  const [asked, setAsked] = useState(false)
  const update = useCommand('plan.update', {
    done: 'Plan saved',
    expected: ['INVALID_INPUT'],
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const errors = fieldErrors(update.error)
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const percent = wholeNumber(draft.percent, 0, 100)
  const save = () => {
    setAsked(true)
    const { percent: _text, ...values } = draft
    if (percent !== undefined) update.mutate({ id, version, plan: { ...values, endoPercent: percent } })
  }
  return (
    <Dialog open onClose={onClose} title={`Plan of ${payerName}`} size="lg">
      <Form onSubmit={save} label="Plan" busy={update.isPending}>
        <div className="cw-fields">
          <TextField
            label="Plan name"
            value={draft.name}
            onChange={(name) => set({ name })}
            error={errors['plan.name']}
            required
            autoFocus
          />
          <TextField label="Group number" value={draft.groupNumber} onChange={(groupNumber) => set({ groupNumber })} />
          <SelectField
            label="Network"
            value={draft.network}
            onChange={(network) => network && set({ network })}
            options={NETWORKS}
          />
          <MoneyField
            label="Annual maximum"
            value={draft.annualMaxCents}
            onChange={(annualMaxCents) => set({ annualMaxCents })}
          />
          <MoneyField
            label="Deductible"
            value={draft.deductibleCents}
            onChange={(deductibleCents) => set({ deductibleCents })}
          />
          <TextField
            label="Plan pays of endodontics, %"
            value={draft.percent}
            onChange={(text) => set({ percent: text })}
            error={asked && percent === undefined ? 'Type a whole number from 0 to 100' : undefined}
            inputMode="numeric"
          />
        </div>
        <Actions>
          <Button type="submit" variant="filled" loading={update.isPending}>
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
