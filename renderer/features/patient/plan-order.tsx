// Which plan pays first: asks only what decides, names the rules and their sources, and sets the order (desk.md row 46).
import { useState } from 'react'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import type { Coverage, Patient, PayerInput } from '#core/patient.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { partsOf } from '../../ui/field-props.ts'
import { DateField, SelectField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { Answer } from '../../ui/states.tsx'

type Facts = InputOf<'cob.order'>
type Position = Facts['coverages'][number]
type Relation = Position['holder']['relation']
type Parents = NonNullable<Facts['parents']>
type Found = OutputOf<'cob.order'>

/** What is known of a plan so far. */
interface PlanFacts {
  kind: Position['kind']
  hasCobClause: boolean
  coversService: boolean | null
  /** Null while nobody said through whom a child is covered. */
  relation: Relation | null
  birthDate: string | null
  status: Position['status']
  since: string | null
}

const KINDS: Record<PayerInput['kind'], Position['kind']> = {
  commercial: 'commercial',
  other: 'commercial',
  medicaid: 'medicaid',
  medicare: 'medical',
}
/** What the file says. Employers' plans coordinate; one that does not is said to be so. */
function onFile({ relation, subscriber, validFrom }: Coverage, kind: PayerInput['kind']): PlanFacts {
  return {
    kind: KINDS[kind],
    hasCobClause: true,
    coversService: null,
    relation: relation === 'self' || relation === 'spouse' ? relation : null,
    birthDate: subscriber.birthDate,
    status: null,
    since: validFrom,
  }
}

interface PlanOrderProps {
  patient: Patient
  coverages: readonly Coverage[]
  onClose: () => void
}

/** The answers so far, the order that follows from them, and setting it. */
function usePlanOrder({ patient, coverages, onClose }: PlanOrderProps, kindOf: (one: Coverage) => PayerInput['kind']) {
  const [plans, setPlans] = useState(() => coverages.map((one) => onFile(one, kindOf(one))))
  const [parents, setParents] = useState<Parents>({ together: null, custody: null, decree: null })
  const set = useCommand('coverage.setOrder', { done: 'Order of plans set', onSuccess: onClose })
  const unsaid = coverages.find((_one, at) => plans[at]!.relation === null)
  const facts: Facts = {
    patient: { birthDate: patient.birthDate, isChild: coverages.some(({ relation }) => relation === 'child') },
    coverages: plans.map(({ relation, birthDate, ...plan }, at) => ({
      ...plan,
      id: coverages[at]!.id,
      holder: { relation: relation ?? 'other', birthDate },
    })),
    parents,
  }
  const found = useRoute('cob.order', facts, { enabled: !unsaid, keep: true }).data
  const byId = (id: string) => coverages.find((one) => one.id === id)!
  return {
    plans,
    change: (index: number, part: Partial<PlanFacts>) =>
      setPlans(plans.map((plan, at) => (at === index ? { ...plan, ...part } : plan))),
    parents,
    setParents: (part: Partial<Parents>) => setParents({ ...parents, ...part }),
    unsaid,
    found: unsaid ? undefined : found,
    byId,
    save: ({ order, steps }: Found) =>
      set.mutate({
        patientId: patient.id,
        coverages: order.map((id) => ({ id: byId(id).id, version: byId(id).version })),
        reason: steps.map(({ text }) => text).join(' '),
      }),
    busy: set.isPending,
  }
}

export function PlanOrder(props: PlanOrderProps) {
  const payers = useRoute('payer.list', {})
  return (
    <Dialog open onClose={props.onClose} title="Which plan is primary?" size="lg">
      <Answer query={payers}>
        {({ payers: known }) => (
          <Questions {...props} kindOf={(one) => known.find(({ id }) => id === one.payerId)?.kind ?? 'commercial'} />
        )}
      </Answer>
    </Dialog>
  )
}

function Questions({ kindOf, ...props }: PlanOrderProps & { kindOf: (one: Coverage) => PayerInput['kind'] }) {
  const { plans, change, parents, setParents, found, unsaid, ...order } = usePlanOrder(props, kindOf)
  const why = (fact: string) => found?.missing.find((one) => one.fact === fact)?.why
  const isComplete = found !== undefined && found.missing.length === 0
  return (
    <Form onSubmit={() => isComplete && order.save(found)} label="Plan order" busy={order.busy}>
      {props.coverages.map((one, index) => (
        <PlanFields
          key={one.id}
          coverage={one}
          plan={plans[index]!}
          isFirst={index === 0}
          onChange={(part) => change(index, part)}
          why={(fact) => why(`${one.id}.${fact}`)}
        />
      ))}
      <ParentFields parents={parents} onChange={setParents} why={(fact) => why(`parents.${fact}`)} />
      {unsaid && <Finding severity="warn">Say through whom the patient is covered by {unsaid.payerName}.</Finding>}
      {found && <Outcome found={found} byId={order.byId} />}
      <Actions>
        <Button type="submit" variant="filled" disabled={!isComplete} loading={order.busy}>
          Set this order
        </Button>
      </Actions>
    </Form>
  )
}

function Outcome({ found, byId }: { found: Found; byId: (id: string) => Coverage }) {
  const { order, steps, missing, confidence } = found
  const names = order.map((id, at) => `${at + 1}. ${byId(id).payerName}`).join('  ')
  const sources = [...new Set(steps.map(({ source }) => source))]
  if (missing.length > 0)
    return (
      <Finding severity="warn" {...(sources.length > 0 && { source: sources })}>
        {names && `${names}, then: `}
        {missing.map(({ question }) => question).join(' ')}
      </Finding>
    )
  return (
    <Finding severity="info" source={sources} confidence={confidence}>
      {names}. {steps.map(({ text }) => text).join(' ')} State law may say otherwise.
    </Finding>
  )
}

const RELATIONS: Record<Relation, string> = {
  self: 'The patient',
  spouse: 'Spouse',
  mother: 'Mother',
  father: 'Father',
  stepmother: 'Stepmother',
  stepfather: 'Stepfather',
  guardian: 'Guardian',
  other: 'Somebody else',
}
const YES_NO = { yes: 'Yes', no: 'No' }
const asYesNo = (value: boolean | null) => (value === null ? '' : value ? 'yes' : 'no')
const fromYesNo = (value: string) => (value === '' ? null : value === 'yes')

interface PlanFieldsProps {
  coverage: Coverage
  plan: PlanFacts
  isFirst: boolean
  onChange: (part: Partial<PlanFacts>) => void
  /** Why a fact is asked for; undefined where it decides nothing. */
  why: (fact: string) => string | undefined
}

function PlanFields({ coverage, plan, isFirst, onChange, why }: PlanFieldsProps) {
  const of = partsOf(plan, onChange)
  const isOwn = coverage.relation === 'self'
  return (
    <fieldset>
      <legend>
        {coverage.payerName}, {coverage.planName}
      </legend>
      <div className="cw-fields">
        <SelectField
          label="Kind of plan"
          {...of('kind')}
          autoFocus={isFirst}
          options={{ commercial: 'Dental', medicaid: 'Medicaid', medical: 'Medical' }}
        />
        {plan.kind === 'medical' && (
          <SelectField
            label="Pays for this service"
            value={asYesNo(plan.coversService)}
            onChange={(value) => onChange({ coversService: fromYesNo(value) })}
            options={YES_NO}
            emptyLabel="Not known"
            hint={why('coversService')}
          />
        )}
        {!isOwn && (
          <SelectField
            label="Through"
            value={plan.relation ?? ''}
            onChange={(relation) => onChange({ relation: relation || null })}
            options={RELATIONS}
            emptyLabel="Choose"
          />
        )}
        {!isOwn && <DateField label="Holder’s birth date" isPast {...of('birthDate')} hint={why('holder.birthDate')} />}
        {(plan.status || why('status')) && (
          <SelectField
            label="The holder is"
            value={plan.status ?? ''}
            onChange={(status) => onChange({ status: status || null })}
            options={{ active: 'Working', retired: 'Retired', laid_off: 'Laid off', cobra: 'On COBRA' }}
            emptyLabel="Not known"
            hint={why('status')}
          />
        )}
        <DateField label="Covered since" isPast {...of('since')} hint={why('since')} />
        <SelectField
          label="Coordinates with other plans"
          value={plan.hasCobClause ? 'yes' : 'no'}
          onChange={(value) => onChange({ hasCobClause: value === 'yes' })}
          options={{ yes: 'Yes, as employers’ plans do', no: 'No: the plan says it does not' }}
        />
      </div>
    </fieldset>
  )
}

interface ParentFieldsProps {
  parents: Parents
  onChange: (part: Partial<Parents>) => void
  why: (fact: string) => string | undefined
}

/** Shown once something of the parents decides. */
function ParentFields({ parents: { together, custody, decree }, onChange, why }: ParentFieldsProps) {
  if (together === null && !why('together')) return null
  return (
    <div className="cw-fields">
      <SelectField
        label="The parents live together"
        value={asYesNo(together)}
        onChange={(value) => onChange({ together: fromYesNo(value) })}
        options={YES_NO}
        emptyLabel="Not known"
        hint={why('together')}
      />
      {together === false && (
        <>
          <SelectField
            label="Custody"
            value={custody ?? ''}
            onChange={(value) => onChange({ custody: value || null })}
            options={{ mother: 'Mother', father: 'Father', joint: 'Joint' }}
            emptyLabel="Not known"
            hint={why('custody')}
          />
          <SelectField
            label="A court order makes responsible"
            value={decree?.responsible ?? ''}
            onChange={(responsible) => onChange({ decree: responsible ? { responsible, knownToPlan: null } : null })}
            options={{ mother: 'Mother', father: 'Father', both: 'Both parents' }}
            emptyLabel="No such order"
          />
          {decree && (decree.knownToPlan !== null || why('decree.knownToPlan')) && (
            <SelectField
              label="The plan knows of the court order"
              value={asYesNo(decree.knownToPlan)}
              onChange={(value) => onChange({ decree: { ...decree, knownToPlan: fromYesNo(value) } })}
              options={YES_NO}
              emptyLabel="Not known"
              hint={why('decree.knownToPlan')}
            />
          )}
        </>
      )}
    </div>
  )
}
