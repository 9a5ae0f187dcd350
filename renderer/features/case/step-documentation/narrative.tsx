// The narrative: drafted from facts and dated notes, edited by people, within the limits of box 35 and of the clearinghouses.
import { gapsIn, NARRATIVE_LIMITS } from '#core/guide/narrative.ts'
import { call } from '../../../lib/client.ts'
import { showToast } from '../../../lib/notify.tsx'
import { useOutgoing } from '../../../lib/outgoing.tsx'
import { explainError, useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { TextAreaField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import type { DocumentationProps } from '../step-data.ts'
import { FormProblem, SaveOrUndo, useCommandForm } from '../../../lib/command-form.tsx'

const showFailure = (error: unknown) => showToast({ message: explainError(error), tone: 'block' })

export function Narrative({ caseView, view }: DocumentationProps) {
  const canWork = useCan('work')
  const { narrative } = view
  const saved = narrative.edited ? narrative.text : ''
  const form = useCommandForm('narrative.save', {
    scope: `narrative:${caseView.id}`,
    start: { text: saved },
    done: 'Narrative saved',
  })
  const copy = useCommand('shell.copy', { done: 'Copied. The clipboard is emptied after a minute' })
  const sheet = { kind: 'narrative' as const, id: caseView.id }
  const outgoing = useOutgoing(sheet, 'PDF saved')
  const { text } = form.values
  const gaps = gapsIn(text)
  const over = text.length - NARRATIVE_LIMITS.narrative
  const draftAgain = () => {
    form.set({ text: narrative.draft })
    if (text) showToast({ message: 'Drafted again', action: { label: 'Undo', run: () => form.set({ text }) } })
  }
  const field = form.field('text')
  const isSaved = narrative.edited && !form.changed
  // The host keeps in the trail that the text left, and why with a blank.
  const copyOut = (reason: string) =>
    void call('document.render', { ...sheet, reason }).then(() => copy.mutate({ text }), showFailure)
  return (
    <Form
      onSubmit={() => form.send({ caseId: caseView.id, version: narrative.version, text })}
      label="Narrative"
      busy={form.busy}
    >
      <TextAreaField
        label="Text for the payer"
        {...field}
        rows={8}
        disabled={!canWork}
        error={over > 0 ? `${over} characters too many for most clearinghouses` : field.error}
        placeholder="Draft it from the case, then read it through."
      />
      <p className="cw-muted" role="status">
        {text.length.toLocaleString('en-US')} characters: box 35 guarantees {NARRATIVE_LIMITS.remark}, most
        clearinghouses take {NARRATIVE_LIMITS.narrative.toLocaleString('en-US')}.
        {gaps.length > 0 && ` Still to fill in: ${gaps.join(', ')}.`}
        {narrative.edited && ` Saved by ${narrative.editedBy}.`}
      </p>
      <FormProblem form={form} />
      <div className="cw-row">
        {canWork && (
          <>
            <Button
              variant={text ? 'default' : 'filled'}
              shortcut="alt+g"
              onClick={draftAgain}
              disabled={text === narrative.draft}
            >
              {text ? 'Draft again' : 'Draft from the case'}
            </Button>
            <SaveOrUndo form={form} save="Save narrative" />
          </>
        )}
        <Button shortcut="alt+y" onClick={() => outgoing.leave('Copy anyway', copyOut)} disabled={!isSaved}>
          Copy
        </Button>
        <Button shortcut="mod+p" onClick={outgoing.print} disabled={!isSaved}>
          Print
        </Button>
        <Button onClick={outgoing.savePdf} disabled={!isSaved}>
          Save PDF
        </Button>
        {outgoing.dialog}
      </div>
    </Form>
  )
}
