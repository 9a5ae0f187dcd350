// Which plan pays first: asks only what decides, names the rule and its source, and can set the order (desk.md row 46).
import { useState } from 'react'
import { orderPlans, type Parents, type PlanPosition } from '#core/coverage/order.ts'
import { type Coverage, PLAN_ORDERS } from '#core/patient.ts'
import { useCommand } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { partsOf } from '../../ui/field-props.ts'
import { CheckField, DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'

interface PlanAnswers {
  medicaid: boolean
  employment: PlanPosition['employment']
  coveredSince: string | null
  through: NonNullable<PlanPosition['through']>
}
interface Birthdays {
  first: string
  second: string
}
type Family = 'together' | 'joint' | 'first_order' | 'second_order' | 'first_custody' | 'second_custody'

/** What was answered, as the rules take it. */
function parentsOf(family: Family, birthdays: Birthdays): Parents {
  return {
    together: family === 'together',
    joint: family === 'joint',
    decree: family === 'first_order' ? 'first_parent' : family === 'second_order' ? 'second_parent' : null,
    custodial: family === 'first_custody' ? 'first_parent' : family === 'second_custody' ? 'second_parent' : null,
    firstBirthday: monthDay(birthdays.first),
    secondBirthday: monthDay(birthdays.second),
  }
}

/** The answers so far, the order that follows from them, and setting it. */
function usePlanOrder(coverages: readonly Coverage[], onClose: () => void) {
  const isChild = coverages.some((one) => one.relation === 'child')
  const [plans, setPlans] = useState<PlanAnswers[]>(() =>
    coverages.map((one, index) => ({
      medicaid: /medicaid/i.test(one.payerName),
      employment: 'active',
      coveredSince: one.validFrom,
      through: index === 0 ? 'first_parent' : 'second_parent',
    })),
  )
  const [family, setFamily] = useState<Family>('together')
  const [birthdays, setBirthdays] = useState<Birthdays>({ first: '', second: '' })
  const update = useCommand('coverage.update')
  const answer = orderPlans(
    coverages.map(({ id, relation }, index) => ({
      ...plans[index]!,
      id,
      noCoordination: false,
      asSubscriber: relation === 'self',
      through: relation === 'child' ? plans[index]!.through : null,
    })),
    isChild ? parentsOf(family, birthdays) : null,
  )
  const save = async () => {
    for (const [index, coverageId] of answer.order.entries()) {
      const coverage = coverages.find((one) => one.id === coverageId)
      const order = PLAN_ORDERS[index]
      if (!coverage || !order || coverage.order === order) continue
      const { id, version, payerId: _payer, payerName: _name, planName: _plan, groupNumber: _group, ...rest } = coverage
      await update.mutateAsync({ id, version, coverage: { ...rest, order } })
    }
    onClose()
  }
  return {
    plans,
    change: (index: number, part: Partial<PlanAnswers>) =>
      setPlans(plans.map((plan, at) => (at === index ? { ...plan, ...part } : plan))),
    isChild,
    family,
    setFamily,
    birthdays,
    setBirthdays,
    answer,
    save: () => void save(),
    busy: update.isPending,
  }
}

export function PlanOrder({ coverages, onClose }: { coverages: readonly Coverage[]; onClose: () => void }) {
  const { plans, change, answer, ...form } = usePlanOrder(coverages, onClose)
  const isKnown = answer.order.length > 0
  const names = answer.order.map((id, at) => `${at + 1}. ${coverages.find((one) => one.id === id)?.payerName}`)
  return (
    <Dialog open onClose={onClose} title="Which plan is primary?" size="lg">
      <Form onSubmit={form.save} label="Plan order" busy={form.busy}>
        {coverages.map((one, index) => (
          <PlanFields key={one.id} coverage={one} plan={plans[index]!} onChange={(part) => change(index, part)} />
        ))}
        {form.isChild && <FamilyFields {...form} />}
        <Finding severity={isKnown ? 'info' : 'warn'} source={answer.source} confidence={answer.confidence}>
          {isKnown ? `${names.join('  ')}. ${answer.reason}. State law may say otherwise.` : answer.reason}
        </Finding>
        <Actions>
          <Button type="submit" variant="filled" disabled={!isKnown} loading={form.busy}>
            Set this order
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}

interface PlanFieldsProps {
  coverage: Coverage
  plan: PlanAnswers
  onChange: (part: Partial<PlanAnswers>) => void
}

function PlanFields({ coverage, plan, onChange }: PlanFieldsProps) {
  const of = partsOf(plan, onChange)
  return (
    <fieldset>
      <legend>
        {coverage.payerName}, {coverage.planName}
      </legend>
      <div className="cw-fields">
        <CheckField label="Medicaid" {...of('medicaid')} />
        <SelectField
          label="The subscriber is"
          {...of('employment')}
          options={{ active: 'Working', retired: 'Retired or laid off', cobra: 'On COBRA' }}
        />
        <DateField label="Covered since" {...of('coveredSince')} />
        {coverage.relation === 'child' && (
          <SelectField
            label="Through"
            {...of('through')}
            options={{
              first_parent: 'First parent',
              second_parent: 'Second parent',
              first_stepparent: 'Spouse of the first parent',
              second_stepparent: 'Spouse of the second parent',
            }}
          />
        )}
      </div>
    </fieldset>
  )
}

type FamilyFieldsProps = Pick<ReturnType<typeof usePlanOrder>, 'family' | 'setFamily' | 'birthdays' | 'setBirthdays'>

function FamilyFields({ family, setFamily, birthdays, setBirthdays }: FamilyFieldsProps) {
  const birthday = partsOf(birthdays, (part) => setBirthdays({ ...birthdays, ...part }))
  return (
    <div className="cw-fields">
      <SelectField
        label="The parents"
        value={family}
        onChange={setFamily}
        options={{
          together: 'Live together',
          joint: 'Apart, joint custody',
          first_order: 'Apart, a court order names the first parent',
          second_order: 'Apart, a court order names the second parent',
          first_custody: 'Apart, the first parent has custody',
          second_custody: 'Apart, the second parent has custody',
        }}
      />
      {(family === 'together' || family === 'joint') && (
        <>
          <TextField
            label="First parent’s birthday"
            {...birthday('first')}
            hint="Month and day; the year does not matter"
          />
          <TextField label="Second parent’s birthday" {...birthday('second')} />
        </>
      )}
    </div>
  )
}

/** `3/9` → `03-09`; null while it is not a month and a day. */
function monthDay(text: string): string | null {
  const match = /^(\d{1,2})[/-](\d{1,2})/.exec(text.trim())
  if (!match || Number(match[1]) < 1 || Number(match[1]) > 12 || Number(match[2]) < 1 || Number(match[2]) > 31)
    return null
  return `${match[1]!.padStart(2, '0')}-${match[2]!.padStart(2, '0')}`
}
