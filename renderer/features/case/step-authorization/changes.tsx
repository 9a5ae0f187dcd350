// The payer approved something else than was asked: what differs, and what the office makes of it.
import { useState } from 'react'
import { compareApproved } from '#core/authorization/terms.ts'
import type { ChangesAnswer } from '#core/authorization/schema.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { formatDate } from '../../../lib/format.ts'
import { useOutgoing } from '../../../lib/outgoing.tsx'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { TextAreaField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import type { AuthorizationData } from '../step-data.ts'

const DONE: Record<ChangesAnswer, string> = { accepted: 'Changes accepted', requoted: 'Patient quoted anew' }

interface ChangesProps {
  authorization: AuthorizationData
  onAppeal: () => void
}

/** Accept, quote the patient anew, or appeal; once answered, only what was answered. */
export function Changes({ authorization, onAppeal }: ChangesProps) {
  const canWork = useCan('work')
  const today = useToday()
  const [quoting, setQuoting] = useState(false)
  const answer = useCommand('authorization.answerChanges', {
    done: (_, input) => DONE[input.answer],
    onSuccess: () => setQuoting(false),
  })
  const say = (given: ChangesAnswer, note = '') =>
    answer.mutate({ id: authorization.id, version: authorization.version, answer: given, on: today, note })
  const { changesAnswer, changesAnsweredOn } = authorization
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
        {differences.length > 0 ? `: ${differences.join('; ')}.` : '. Compare the lines above.'} Accept it, quote the
        patient anew, or appeal?
      </Finding>
      {canWork && (
        <div className="cw-row">
          <Button shortcut="alt+a" variant="filled" onClick={() => say('accepted')} loading={answer.isPending}>
            Accept the changes
          </Button>
          <Button shortcut="alt+n" onClick={() => setQuoting(true)}>
            Quote the patient anew
          </Button>
          <Button onClick={onAppeal}>Appeal</Button>
        </div>
      )}
      {quoting && (
        <QuoteDialog
          authorization={authorization}
          busy={answer.isPending}
          onSave={(note) => say('requoted', note)}
          onClose={() => setQuoting(false)}
        />
      )}
    </>
  )
}

interface QuoteDialogProps {
  authorization: AuthorizationData
  busy: boolean
  onSave: (note: string) => void
  onClose: () => void
}

function QuoteDialog({ authorization, busy, onSave, onClose }: QuoteDialogProps) {
  const [note, setNote, { discard }] = useDraft(`quote:${authorization.id}`, '')
  const estimate = useOutgoing({ kind: 'patient-estimate', id: authorization.id }, 'Estimate saved')
  return (
    <Dialog open onClose={onClose} title="Quote the patient anew">
      <Form
        onSubmit={() => {
          onSave(note)
          discard()
        }}
        label="Quote"
        busy={busy}
      >
        <p>The estimate lists fee, plan’s part and the patient’s part of each line, and says that it is no promise.</p>
        <div className="cw-row">
          <Button onClick={estimate.print}>Print the estimate</Button>
          <Button onClick={estimate.savePdf} loading={estimate.isSaving}>
            Estimate as PDF
          </Button>
        </div>
        <TextAreaField
          label="What the patient said"
          value={note}
          onChange={setNote}
          rows={2}
          limit={500}
          autoFocus
          hint="Optional"
        />
        <Actions>
          <Button type="submit" variant="filled" loading={busy}>
            Patient was quoted
          </Button>
        </Actions>
      </Form>
      {estimate.dialog}
    </Dialog>
  )
}
