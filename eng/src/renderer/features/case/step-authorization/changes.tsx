// The payer approved something else than was asked: what differs, and what the office makes of it.
import { useState } from 'react'
import { compareApproved } from '#core/authorization/terms.ts'
import type { ChangesAnswer } from '#core/authorization/schema.ts'
import { formatDate } from '../../../lib/format.ts'
import { useOutgoing } from '../../../lib/outgoing.tsx'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/use-today.ts'
import { Button } from '../../../ui/button.tsx'
import { TextAreaField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import type { AuthorizationData } from '../step-data.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'

const DONE: Record<ChangesAnswer, string> = { accepted: 'Changes accepted', requoted: 'Patient given a new estimate' }

/** Accept, quote the patient anew, or appeal; once answered, only what was answered. */
export function Changes({ authorization, onAppeal }: { authorization: AuthorizationData; onAppeal: () => void }) {
  const canWork = useCan('work')
  const today = useToday()
  const [quoting, setQuoting] = useState(false)
  const answer = useCommand('authorization.answerChanges', { done: DONE.accepted })
  const { id, version, changesAnswer, changesAnsweredOn } = authorization
  if (changesAnswer)
    return (
      <p className="cw-muted">
        {DONE[changesAnswer]}
        {changesAnsweredOn && ` ${formatDate(changesAnsweredOn)}`}
      </p>
    )
  const differences = compareApproved(authorization.lines)
  return (
    <>
      <Finding severity="warn">
        The payer changed the request
        {differences.length > 0 ? `: ${differences.join('; ')}.` : '. Compare the lines above.'} Accept it, give the
        patient a new estimate, or appeal?
      </Finding>
      {canWork && (
        <div className="cw-row">
          <Button
            shortcut="alt+y"
            variant="filled"
            onClick={() => answer.mutate({ id, version, answer: 'accepted', on: today, note: '' })}
            loading={answer.isPending}
          >
            Accept the changes
          </Button>
          <Button shortcut="alt+g" onClick={() => setQuoting(true)}>
            Give the patient a new estimate
          </Button>
          <Button onClick={onAppeal}>Appeal</Button>
        </div>
      )}
      {quoting && <QuoteDialog authorization={authorization} onClose={() => setQuoting(false)} />}
    </>
  )
}

interface QuoteDialogProps {
  authorization: AuthorizationData
  onClose: () => void
}

function QuoteDialog({ authorization: { id, version }, onClose }: QuoteDialogProps) {
  const on = useToday()
  const form = useCommandForm('authorization.answerChanges', {
    scope: `quote:${id}`,
    start: { note: '' },
    done: DONE.requoted,
    onSuccess: onClose,
  })
  const estimate = useOutgoing({ kind: 'patient-estimate', id }, 'Estimate saved')
  return (
    <FormDialog
      form={form}
      title="Give the patient a new estimate"
      label="Quote"
      onClose={onClose}
      onSave={() => form.send({ id, version, answer: 'requoted', on, note: form.values.note })}
      save="Estimate for the patient"
    >
      <p>
        The estimate lists fee, plan’s part and the patient’s part of each line, and says that it is not a guarantee.
      </p>
      <div className="cw-row">
        <Button onClick={estimate.print}>Print the estimate</Button>
        <Button onClick={estimate.savePdf} loading={estimate.isSaving}>
          Estimate as PDF
        </Button>
      </div>
      <TextAreaField
        label="What the patient said"
        {...form.field('note')}
        rows={2}
        limit={500}
        autoFocus
        hint="Optional"
      />
      {estimate.dialog}
    </FormDialog>
  )
}
