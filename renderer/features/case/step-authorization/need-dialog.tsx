// Records the payer's answer to "is an authorization needed?", with who said it.
import { useState } from 'react'
import type { BenefitCheck } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { IsoDate } from '#core/dates.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { explainError, fieldErrors, useCommand } from '../../../lib/query.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { RadioKeys } from '../../../ui/radio-keys.tsx'

interface NeedDialogProps {
  caseView: CaseView
  /** The latest answer: offered again, with today's date. */
  earlier: BenefitCheck | null
  onClose: () => void
}

interface Draft {
  answer: BenefitCheck['answer'] | null
  authorizationKind: 'estimate' | 'required'
  source: string
  representative: string
  reference: string
  checkedOn: IsoDate | null
  note: string
}

export function NeedDialog({ caseView, earlier, onClose }: NeedDialogProps) {
  const today = useToday()
  const [asked, setAsked] = useState(false)
  const [check, setCheck, { discard }] = useDraft<Draft>(`authorization-need:${caseView.id}`, {
    answer: earlier?.answer ?? null,
    authorizationKind: earlier?.authorizationKind ?? 'required',
    source: earlier?.source ?? '',
    representative: '',
    reference: '',
    checkedOn: today,
    note: '',
  })
  const record = useCommand('case.recordBenefit', {
    done: 'Answer recorded',
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const set = (part: Partial<typeof check>) => setCheck((now) => ({ ...now, ...part }))
  const errors = fieldErrors(record.error)
  const code =
    caseView.lines.filter((line) => line.role === 'main').at(-1)?.code ?? caseView.proposedLines.at(-1)?.code ?? null
  const save = () => {
    setAsked(true)
    if (!check.checkedOn || !check.answer) return
    record.mutate({
      id: caseView.id,
      check: {
        ...check,
        answer: check.answer,
        checkedOn: check.checkedOn,
        kind: 'authorization_need',
        coverageId: caseView.coverageId,
        code,
        authorizationKind: check.answer === 'yes' ? check.authorizationKind : null,
      },
    })
  }
  return (
    <Dialog open onClose={onClose} title={`Is an authorization needed${code ? ` for ${code}` : ''}?`}>
      <Form onSubmit={save} label="Authorization needed" busy={record.isPending}>
        <RadioKeys
          question="The payer’s answer"
          options={[
            { value: 'yes', label: 'Yes', key: 'y' },
            { value: 'no', label: 'No', key: 'n' },
            { value: 'unknown', label: 'They cannot say', key: 'u' },
          ]}
          value={check.answer}
          onChange={(answer) => set({ answer })}
          active
        />
        {asked && !check.answer && <Finding severity="warn">Choose an answer: Y, N or U.</Finding>}
        {check.answer === 'yes' && (
          <SelectField
            label="Kind"
            value={check.authorizationKind}
            onChange={(authorizationKind) => authorizationKind && set({ authorizationKind })}
            options={[
              { value: 'required', label: 'Prior authorization: without it the claim can be denied' },
              { value: 'estimate', label: 'Estimate: voluntary, no promise to pay' },
            ]}
          />
        )}
        <div className="cw-fields">
          <TextField
            label="Source"
            value={check.source}
            onChange={(source) => set({ source })}
            error={errors['check.source']}
            placeholder="Phone, portal, plan booklet"
            maxLength={200}
          />
          <TextField
            label="Representative"
            value={check.representative}
            onChange={(representative) => set({ representative })}
            error={errors['check.representative']}
            maxLength={100}
          />
          <TextField
            label="Call reference"
            value={check.reference}
            onChange={(reference) => set({ reference })}
            error={errors['check.reference']}
            maxLength={60}
          />
          <DateField
            label="Date"
            value={check.checkedOn}
            onChange={(checkedOn) => set({ checkedOn })}
            error={errors['check.checkedOn'] ?? (asked && !check.checkedOn ? 'Type a date' : undefined)}
            required
          />
        </div>
        <TextAreaField label="Note" value={check.note} onChange={(note) => set({ note })} rows={1} limit={500} />
        {record.error && Object.keys(errors).length === 0 && (
          <Finding severity="warn">{explainError(record.error)}</Finding>
        )}
        <Actions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={record.isPending}>
            Record
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
