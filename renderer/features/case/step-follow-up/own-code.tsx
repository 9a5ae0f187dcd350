// A payer's own reason code on a paper EOB: asked once what it stands for, remembered for that payer.
import { useState } from 'react'
import type { PayerId } from '#core/ids.ts'
import type { AdjustmentGroup } from '#core/remittance/schema.ts'
import { explainError, fieldErrors, useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { isReasonCode } from './eob-draft.ts'
import { ReasonPick } from './reason-picks.tsx'
import { GROUPS } from './follow-up-words.ts'

export interface Meaning {
  group: AdjustmentGroup
  carc: string
}
export interface EobPayer {
  id: PayerId
  name: string
}

interface OwnCodeDialogProps {
  code: string
  /** Of the line it was typed in. */
  group: AdjustmentGroup
  payer: EobPayer
  onMeaning: (meaning: Meaning) => void
  onClose: () => void
}

export function OwnCodeDialog({ code, group: start, payer, onMeaning, onClose }: OwnCodeDialogProps) {
  const [group, setGroup] = useState(start)
  const [carc, setCarc] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [asked, setAsked] = useState(false)
  const map = useCommand('reason.map', {
    done: `${code} of ${payer.name} remembered`,
    expected: ['INVALID_INPUT'],
    onSuccess: (_, input) => onMeaning({ group, carc: input.carc! }),
  })
  const isRead = carc !== null && isReasonCode(carc)
  const errors = fieldErrors(map.error)
  const save = () => {
    setAsked(true)
    if (isRead) map.mutate({ payerId: payer.id, code, group, carc, words })
  }
  return (
    <Dialog open onClose={onClose} title={`What does ${code} stand for?`}>
      <Form onSubmit={save} label="Payer’s own code" busy={map.isPending}>
        <p>
          {code} is not a standard reason code. Choose the reason that says the same as the legend on the EOB; the next
          EOB of {payer.name} knows it.
        </p>
        <ReasonPick
          kind="carc"
          label="Standard reason"
          value={carc}
          onChange={setCarc}
          error={asked && !isRead ? 'Choose a reason such as 45 or B15' : undefined}
          autoFocus
        />
        <div className="cw-fields">
          <SelectField label="Who bears it" value={group} onChange={setGroup} options={GROUPS} />
          <TextField label="Words of the legend" value={words} onChange={setWords} maxLength={200} />
        </div>
        {map.error && <Finding severity="warn">{errors['code'] ?? explainError(map.error)}</Finding>}
        <Actions>
          {isReasonCode(code) && (
            <Button onClick={() => onMeaning({ group, carc: code })}>Use {code} as printed</Button>
          )}
          <Button type="submit" variant="filled" loading={map.isPending}>
            Remember
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
