// Records the payer's answer to "is an authorization needed?", with who said it.
import type { ReactNode } from 'react'
import type { BenefitCheck } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { FormDialog } from '../command-form.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextAreaField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { AnswerKeys, useBenefitAnswer, WhoSaidIt } from '../benefit-answer.tsx'

interface NeedDialogProps {
  caseView: CaseView
  /** The latest answer: offered again, with today's date. */
  earlier: BenefitCheck | null
  /** The numbers to read out, above the question. */
  facts?: ReactNode
  onClose: () => void
}

export function NeedDialog({ caseView, earlier, facts, onClose }: NeedDialogProps) {
  const code =
    caseView.lines.filter((line) => line.role === 'main').at(-1)?.code ?? caseView.proposedLines.at(-1)?.code ?? null
  const form = useBenefitAnswer({
    caseView,
    kind: 'authorization_need',
    code,
    scope: `authorization-need:${caseView.id}`,
    done: 'Answer recorded',
    start: earlier
      ? {
          answer: earlier.answer,
          authorizationKind: earlier.authorizationKind ?? 'required',
          source: earlier.source,
        }
      : {},
    onClose,
  })
  const { field, record } = form
  return (
    <FormDialog
      form={form}
      title={`Is an authorization needed${code ? ` for ${code}` : ''}?`}
      label="Authorization needed"
      onClose={onClose}
      onSave={record}
      actions={<Button onClick={onClose}>Cancel</Button>}
      save="Record"
    >
      {facts}
      <AnswerKeys form={form} question="The payer’s answer" unknown="They do not know" />
      {form.asked && !form.values.answer && <Finding severity="warn">Choose an answer: Y, N or U.</Finding>}
      {form.values.answer === 'yes' && (
        <SelectField
          label="Kind"
          {...field('authorizationKind')}
          options={{
            required: 'Prior authorization: without it the claim can be denied',
            estimate: 'Estimate: voluntary, no guarantee of payment',
          }}
        />
      )}
      <WhoSaidIt form={form} />
      <TextAreaField label="Note" {...field('note')} rows={1} limit={500} />
    </FormDialog>
  )
}
