// A payer's own reason code on a paper EOB: asked once what it stands for, remembered for that payer.
import type { PayerId } from '#core/ids.ts'
import type { AdjustmentGroup } from '#core/remittance/schema.ts'
import { Button } from '../../../ui/button.tsx'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { isReasonCode } from './eob-draft.ts'
import { ReasonPick } from './reason-picks.tsx'
import { GROUPS } from './follow-up-words.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'

interface Meaning {
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
  const { field, ...form } = useCommandForm('reason.map', {
    scope: null,
    start: { group: start, carc: null as string | null, words: '' },
    done: `${code} of ${payer.name} remembered`,
    onSuccess: (_, { group, carc }) => onMeaning({ group, carc: carc! }),
  })
  const { group, carc, words } = form.values
  const isRead = carc !== null && isReasonCode(carc)
  return (
    <FormDialog
      form={form}
      title={`What does ${code} stand for?`}
      label="Payer’s own code"
      onClose={onClose}
      onSave={() => form.send(isRead && { payerId: payer.id, code, group, carc, words })}
      save="Remember"
      actions={
        isReasonCode(code) && <Button onClick={() => onMeaning({ group, carc: code })}>Use {code} as printed</Button>
      }
    >
      <p>
        {code} is not a standard reason code. Choose the reason that says the same as the legend on the EOB; the next
        EOB of {payer.name} knows it.
      </p>
      <ReasonPick
        kind="carc"
        label="Standard reason"
        {...field('carc', !isRead && 'Choose a reason such as 45 or B15')}
        autoFocus
      />
      <div className="cw-fields">
        <SelectField label="Who is responsible" {...field('group')} options={GROUPS} />
        <TextField label="Words of the legend" {...field('words')} maxLength={200} />
      </div>
    </FormDialog>
  )
}
