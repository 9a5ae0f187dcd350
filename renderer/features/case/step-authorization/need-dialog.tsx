// Records the payer's answer to "is an authorization needed?", with who said it.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import { useCommand } from '../../../lib/query.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, SelectField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'

export function NeedDialog({ caseView, onClose }: { caseView: CaseView; onClose: () => void }) {
  const today = useToday()
  const [check, setCheck] = useState({
    answer: 'yes' as 'yes' | 'no' | 'unknown',
    authorizationKind: 'required' as 'estimate' | 'required',
    source: '',
    representative: '',
    reference: '',
    checkedOn: today as string | null,
    note: '',
  })
  const record = useCommand('case.recordBenefit', { done: 'Answer recorded', onSuccess: onClose })
  const set = (part: Partial<typeof check>) => setCheck({ ...check, ...part })
  const code =
    caseView.lines.filter((line) => line.role === 'main').at(-1)?.code ?? caseView.proposedLines.at(-1)?.code ?? null
  const save = () => {
    if (!check.checkedOn) return
    record.mutate({
      id: caseView.id,
      check: {
        ...check,
        checkedOn: check.checkedOn,
        kind: 'authorization_need',
        coverageId: caseView.coverageId,
        code,
        authorizationKind: check.answer === 'yes' ? check.authorizationKind : null,
      },
    })
  }
  return (
    <Dialog open onClose={onClose} title="Is an authorization needed?">
      <Form onSubmit={save} label="Authorization needed" busy={record.isPending}>
        <div className="cw-fields">
          <SelectField
            label={`For ${code ?? 'this treatment'}`}
            value={check.answer}
            onChange={(answer) => answer && set({ answer })}
            options={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
              { value: 'unknown', label: 'Not known' },
            ]}
            autoFocus
          />
          {check.answer === 'yes' && (
            <SelectField
              label="Kind"
              value={check.authorizationKind}
              onChange={(authorizationKind) => authorizationKind && set({ authorizationKind })}
              options={[
                { value: 'required', label: 'Prior authorization: without it the claim can be denied' },
                { value: 'estimate', label: 'Estimate: voluntary, no promise' },
              ]}
            />
          )}
          <TextField
            label="Source"
            value={check.source}
            onChange={(source) => set({ source })}
            placeholder="Phone, portal, booklet"
          />
          <TextField
            label="Representative"
            value={check.representative}
            onChange={(representative) => set({ representative })}
          />
          <TextField label="Call reference" value={check.reference} onChange={(reference) => set({ reference })} />
          <DateField label="Date" value={check.checkedOn} onChange={(checkedOn) => set({ checkedOn })} required />
        </div>
        <Actions>
          <Button type="submit" variant="filled" loading={record.isPending}>
            Record
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
