// One rule of a payer: what it says, for which codes and whom, and where it comes from.
import { ATTACHMENT_LABELS } from '#core/case/schema.ts'
import type { PayerId, PlanId } from '#core/ids.ts'
import type { OfficeRule } from '#core/payer-rule/schema.ts'
import { NEED_LABELS, TOPIC_LABELS } from '#core/payer-rule/words.ts'
import { type FieldOf, FormDialog, useCommandForm } from '../../lib/command-form.tsx'
import { useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { DateField, SelectField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { draftOf, newDraft, readRule, type RuleDraft, WHEN_LABELS } from './rule-draft.ts'

const SPAN_UNITS = { cd: 'Calendar days', bd: 'Business days', mo: 'Months' } as const
const SCOPES = { tooth: 'Tooth', quadrant: 'Quadrant', arch: 'Arch', patient: 'Whole mouth' } as const
const PERIODS = {
  month: 'Months from the last service',
  day: 'Days from the last service',
  calendar_year: 'Calendar years',
  lifetime: 'Once in a lifetime, no period',
} as const
const CONFIDENCES = {
  confirmed: 'Confirmed: in the payer’s own document',
  reported: 'Said, not written',
  unverified: 'Not sure: check with payer',
} as const
const ASKED = { required: 'Required authorizations', estimate: 'Estimates' } as const

interface Typed extends RuleDraft {
  /** Empty: all plans. */
  planId: string
}

interface RuleDialogProps {
  payerId: PayerId
  payerName: string
  /** The office's rule that is changed; null: a new one. */
  rule: OfficeRule | null
  /** What a new rule begins with. */
  start?: Partial<RuleDraft>
  /** Key of the shipped rule that it stands for. */
  replaces?: string | null
  onClose: () => void
}
export function RuleDialog({ payerId, payerName, rule, start = {}, replaces = null, onClose }: RuleDialogProps) {
  const today = useToday()
  const plans = useRoute('plan.list', { payerId }).data?.plans ?? []
  const name = rule ? `${rule.id}:${rule.version}` : `new:${payerId}:${replaces ?? start.source ?? ''}`
  const typed: Typed = {
    planId: rule?.planId ?? '',
    ...(rule ? draftOf(rule.body) : newDraft({ seenOn: today, ...start })),
  }
  const form = useCommandForm(rule ? 'payerRule.update' : 'payerRule.add', {
    scope: `payer-rule:${name}`,
    start: typed,
    at: 'rule',
    done: rule ? 'Rule saved' : 'Rule added',
    onSuccess: onClose,
  })
  const { values } = form
  const { body, errors } = readRule(values)
  const field = <Key extends keyof RuleDraft>(key: Key) => form.field(key, errors?.[key])
  const save = () => {
    if (!body) return form.send(null)
    const planId = (values.planId || null) as PlanId | null
    const wanted = { payerId, planId, body, replaces: rule ? rule.replaces : replaces, isOff: false }
    form.send(rule ? { id: rule.id, version: rule.version, rule: wanted } : { rule: wanted })
  }
  return (
    <FormDialog
      form={form}
      title={`${rule ? 'Edit rule' : 'Add rule'}: ${payerName}`}
      label="Rule of the payer"
      size="xl"
      onClose={onClose}
      onSave={save}
    >
      <div className="cw-fields">
        <SelectField label="What it is about" {...field('topic')} options={TOPIC_LABELS} autoFocus />
        <TextField label="Codes" {...field('codes')} hint="Such as D2740, D2950-D2957; empty: every code" />
        <SelectField<string>
          label="Plan"
          {...form.field('planId')}
          options={plans.map((plan) => ({ value: plan.id, label: plan.name }))}
          emptyLabel="All plans"
        />
        <TextField label="State of the practice" {...field('state')} hint="Such as TX; empty: every state" />
      </div>
      <div className="cw-fields">
        <TermFields topic={values.topic} periodUnit={values.periodUnit} field={field} />
      </div>
      <TextAreaField label="In words" {...field('words')} rows={2} limit={400} />
      <div className="cw-fields">
        <TextField label="Source" {...field('source')} required hint="Document, page, or call with its reference" />
        <TextField label="Date of the source" {...field('docDate')} hint="Such as 2026-03 or 2026-03-14" />
        <DateField isPast label="Read or heard on" {...field('seenOn')} required />
        <SelectField label="How sure" {...field('confidence')} options={CONFIDENCES} />
      </div>
    </FormDialog>
  )
}

interface TermFieldsProps extends Pick<RuleDraft, 'topic' | 'periodUnit'> {
  field: <Key extends keyof RuleDraft>(key: Key) => FieldOf<Typed[Key]>
}
/** The fields of a topic. */
function TermFields({ topic, periodUnit, field }: TermFieldsProps) {
  const teeth = <TextField label="Teeth" {...field('teeth')} hint="Such as 3, 14, A, T" />
  const span = (
    <>
      <TextField label="How long" {...field('count')} inputMode="numeric" required />
      <SelectField label="Counted in" {...field('spanUnit')} options={SPAN_UNITS} />
      <TextField label="Counted from" {...field('from')} hint="Such as receipt of the request" />
    </>
  )
  const asked = <SelectField label="Of" {...field('asked')} options={ASKED} emptyLabel="Both kinds" />
  switch (topic) {
    case 'need':
      return <SelectField label="Authorization" {...field('need')} options={NEED_LABELS} />
    case 'document':
      return (
        <>
          <TextField label="What the payer wants" {...field('title')} required />
          <SelectField label="Settled by" {...field('kind')} options={ATTACHMENT_LABELS} emptyLabel="A note" />
          <SelectField label="For" {...field('when')} options={WHEN_LABELS} />
          <TextField label="Not older than, months" {...field('months')} inputMode="numeric" />
        </>
      )
    case 'frequency':
      return (
        <>
          <TextField label="How many" {...field('count')} inputMode="numeric" required />
          <SelectField label="Per" {...field('scope')} options={SCOPES} />
          <SelectField label="Period" {...field('periodUnit')} options={PERIODS} />
          {periodUnit !== 'lifetime' && (
            <TextField label="Length of the period" {...field('period')} inputMode="numeric" required />
          )}
          <TextField label="Counted with these codes" {...field('counted')} />
        </>
      )
    case 'waiting':
      return (
        <TextField label="Months from the start of the coverage" {...field('months')} inputMode="numeric" required />
      )
    case 'age':
      return (
        <>
          <TextField label="From age" {...field('ageFrom')} inputMode="numeric" />
          <TextField label="Through age" {...field('ageThrough')} inputMode="numeric" />
        </>
      )
    case 'teeth':
      return teeth
    case 'missing_tooth':
      return (
        <SelectField
          label="Replaces a tooth lost before the coverage"
          {...field('isPaid')}
          options={{ no: 'No', yes: 'Yes' }}
        />
      )
    case 'downgrade':
      return (
        <>
          <TextField label="Paid as" {...field('as')} required hint="A code, or what it is: amalgam" />
          {teeth}
        </>
      )
    case 'bundling':
      return <TextField label="Not paid with, on the same day" {...field('with')} required />
    case 'answer':
      return (
        <>
          {span}
          {asked}
          <TextField label="Expedited" {...field('expedited')} inputMode="numeric" />
          <SelectField label="Expedited, counted in" {...field('expeditedUnit')} options={SPAN_UNITS} />
        </>
      )
    case 'valid':
      return (
        <>
          {span}
          {asked}
        </>
      )
    case 'filing':
      return span
    case 'appeal':
      return (
        <>
          {span}
          <SelectField label="Level" {...field('level')} options={{ 1: 'First', 2: 'Second', 3: 'Third' }} />
        </>
      )
    case 'channel':
    case 'remark':
      return null
  }
}
