// Records the payer's answer to "is an authorization needed?", with who said it.
import type { BenefitCheck } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { IsoDate } from '#core/dates.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'
import { useToday } from '../../../lib/use-today.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { RadioKeys } from '../../../ui/radio-keys.tsx'

interface NeedDialogProps {
  caseView: CaseView
  /** The latest answer: offered again, with today's date. */
  earlier: BenefitCheck | null
  onClose: () => void
}

export function NeedDialog({ caseView, earlier, onClose }: NeedDialogProps) {
  const start = {
    answer: earlier?.answer ?? null,
    authorizationKind: earlier?.authorizationKind ?? ('required' as const),
    source: earlier?.source ?? '',
    representative: '',
    reference: '',
    checkedOn: useToday() as IsoDate | null,
    note: '',
  }
  const { field, ...form } = useCommandForm('case.recordBenefit', {
    scope: `authorization-need:${caseView.id}`,
    start,
    at: 'check',
    done: 'Answer recorded',
    onSuccess: onClose,
  })
  const { id, coverageId } = caseView
  const { answer, checkedOn, authorizationKind, ...said } = form.values
  const code =
    caseView.lines.filter((line) => line.role === 'main').at(-1)?.code ?? caseView.proposedLines.at(-1)?.code ?? null
  const save = () => {
    const kind = 'authorization_need'
    const what = { kind, coverageId, code, authorizationKind: answer === 'yes' ? authorizationKind : null } as const
    form.send(answer && checkedOn && { id, check: { ...said, ...what, answer, checkedOn } })
  }
  return (
    <FormDialog
      form={form}
      title={`Is an authorization needed${code ? ` for ${code}` : ''}?`}
      label="Authorization needed"
      onClose={onClose}
      onSave={save}
      actions={<Button onClick={onClose}>Cancel</Button>}
      save="Record"
    >
      <RadioKeys
        question="The payer’s answer"
        options={[
          { value: 'yes', label: 'Yes', key: 'y' },
          { value: 'no', label: 'No', key: 'n' },
          { value: 'unknown', label: 'They cannot say', key: 'u' },
        ]}
        value={answer}
        onChange={(next) => form.set({ answer: next })}
        active
      />
      {form.asked && !answer && <Finding severity="warn">Choose an answer: Y, N or U.</Finding>}
      {answer === 'yes' && (
        <SelectField
          label="Kind"
          {...field('authorizationKind')}
          options={{
            required: 'Prior authorization: without it the claim can be denied',
            estimate: 'Estimate: voluntary, no promise to pay',
          }}
        />
      )}
      <div className="cw-fields">
        <TextField label="Source" {...field('source')} placeholder="Phone, portal, plan booklet" maxLength={200} />
        <TextField label="Representative" {...field('representative')} maxLength={100} />
        <TextField label="Call reference" {...field('reference')} maxLength={60} />
        <DateField label="Date" {...field('checkedOn', !checkedOn && 'Type a date')} required />
      </div>
      <TextAreaField label="Note" {...field('note')} rows={1} limit={500} />
    </FormDialog>
  )
}
