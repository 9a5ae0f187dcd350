// What a payer answered, as it is recorded: who said it, where, when. The questions around it differ.
import type { Ref } from 'react'
import type { BenefitCheck } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { IsoDate } from '#core/dates.ts'
import { useCommandForm } from './command-form.tsx'
import { DateField, TextField } from '../ui/fields.tsx'
import { RadioKeys } from '../ui/radio-keys.tsx'
import { useToday } from './use-today.ts'

interface Said {
  answer: BenefitCheck['answer'] | null
  /** Of an authorization that is needed. */
  authorizationKind: NonNullable<BenefitCheck['authorizationKind']>
  source: string
  representative: string
  reference: string
  checkedOn: IsoDate | null
  note: string
}
interface BenefitAnswerOptions {
  caseView: CaseView
  kind: BenefitCheck['kind']
  /** The code that was asked about. */
  code: string | null
  scope: string
  done: string
  /** What is known of it already, to start from. */
  start: Partial<Said>
  onClose: () => void
}

/** The form of one answer; `record` sends it. */
export function useBenefitAnswer({ caseView, kind, code, scope, done, start, onClose }: BenefitAnswerOptions) {
  const today: IsoDate = useToday()
  const nothing: Said = {
    answer: null,
    authorizationKind: 'required',
    source: '',
    representative: '',
    reference: '',
    checkedOn: today,
    note: '',
  }
  const form = useCommandForm('case.recordBenefit', {
    scope,
    start: { ...nothing, ...start },
    at: 'check',
    done,
    onSuccess: onClose,
  })
  const { id, coverageId } = caseView
  const record = () => {
    const { answer, checkedOn, ...said } = form.values
    const isNeeded = kind === 'authorization_need' && answer === 'yes'
    const about = { kind, coverageId, code, authorizationKind: isNeeded ? said.authorizationKind : null }
    form.send(answer && checkedOn && { id, check: { ...said, ...about, answer, checkedOn } })
  }
  return { ...form, record }
}
type Form = ReturnType<typeof useBenefitAnswer>

interface AnswerKeysProps {
  form: Form
  question: string
  /** The words for an answer that the payer does not have. */
  unknown: string
  onChosen?: () => void
}
export function AnswerKeys({ form, question, unknown, onChosen }: AnswerKeysProps) {
  return (
    <RadioKeys
      question={question}
      options={[
        { value: 'yes', label: 'Yes', key: 'y' },
        { value: 'no', label: 'No', key: 'n' },
        { value: 'unknown', label: unknown, key: 'u' },
      ]}
      value={form.values.answer}
      onChange={(answer) => {
        form.set({ answer })
        onChosen?.()
      }}
      active
      autoFocus
    />
  )
}

/** Who said it, where and when. `first`: the field to go to once the answer is chosen. */
export function WhoSaidIt({ form, first }: { form: Form; first?: Ref<HTMLInputElement> }) {
  const { field, values } = form
  return (
    <div className="cw-fields">
      <TextField
        label="Source"
        {...field('source')}
        {...(first && { ref: first })}
        hint="Phone, portal or plan booklet"
        maxLength={200}
      />
      <TextField label="Representative" {...field('representative')} maxLength={100} />
      <TextField label="Call reference" {...field('reference')} maxLength={60} />
      <DateField isPast label="Date" {...field('checkedOn', !values.checkedOn && 'Type a date')} required />
    </div>
  )
}
