// The narrative: drafted from facts and dated notes, edited by people, within the limits of box 35 and of the clearinghouses.
import { useImperativeHandle, useRef, type Ref } from 'react'
import { flushSync } from 'react-dom'
import type { CaseView } from '#core/contract/case.ts'
import { gapsIn, NARRATIVE_LIMITS } from '#core/guide/narrative.ts'
import { call } from '../../../lib/client.ts'
import { showToast } from '../../../lib/notify.tsx'
import { useOutgoing } from '../../../lib/outgoing.tsx'
import { explainError, useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { TextAreaField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { goToBlank, tabToBlank } from '../blanks.ts'
import type { DocumentationProps } from '../step-data.ts'
import { FormProblem, SaveOrUndo, useCommandForm } from '../../../lib/command-form.tsx'

const showFailure = (error: unknown) => showToast({ message: explainError(error), tone: 'block' })

/** What others on the page ask of it. */
export interface NarrativeHandle {
  /** The cursor into the text, at its first blank; drafted first where nothing is written yet. */
  begin: () => void
}

export function Narrative({ caseView, view, ref }: DocumentationProps & { ref: Ref<NarrativeHandle> }) {
  const canWork = useCan('work')
  const area = useRef<HTMLTextAreaElement>(null)
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
    const undo = { label: 'Undo', shortcut: 'mod+z', run: () => form.set({ text }) }
    if (text) showToast({ message: 'Drafted again', action: undo })
  }
  const begin = () => {
    if (text === '') flushSync(draftAgain)
    area.current?.scrollIntoView({ block: 'center' })
    area.current?.focus()
    goToBlank(area.current, 0)
  }
  useImperativeHandle(ref, () => ({ begin }))
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
        ref={area}
        onKeyDown={tabToBlank}
        rows={8}
        disabled={!canWork}
        error={over > 0 ? `${over} characters too many for most clearinghouses` : field.error}
        placeholder="Draft it from the case, then read it through."
      />
      <p className="cw-muted" role="status">
        {text.length.toLocaleString('en-US')} characters: box 35 is sure to hold {NARRATIVE_LIMITS.remark}, most
        clearinghouses take {NARRATIVE_LIMITS.narrative.toLocaleString('en-US')}.
        {gaps.length > 0 && ` Still to fill in: ${gaps.join(', ')}. Tab goes to the next one.`}
        {narrative.edited && ` Saved by ${narrative.editedBy}.`}
      </p>
      <FormProblem form={form} />
      <div className="cw-row">
        {canWork && <SaveOrUndo form={form} save="Save narrative" />}
        <Button shortcut="alt+y" onClick={() => outgoing.leave('Copy anyway', copyOut)} disabled={!isSaved}>
          Copy
        </Button>
        <Button shortcut="mod+p" onClick={outgoing.print} disabled={!isSaved}>
          Print
        </Button>
        <Button onClick={outgoing.savePdf} disabled={!isSaved}>
          Save PDF
        </Button>
        {canWork && <IntoRemarks caseView={caseView} text={text} disabled={!isSaved || gaps.length > 0} />}
        {canWork && (
          <Button
            variant={text ? 'default' : 'filled'}
            shortcut="alt+g"
            onClick={draftAgain}
            disabled={text === narrative.draft}
          >
            {text ? 'Draft again' : 'Draft from the case'}
          </Button>
        )}
        {outgoing.dialog}
      </div>
    </Form>
  )
}

interface IntoRemarksProps {
  caseView: CaseView
  text: string
  disabled: boolean
}

/** Copies the text into the remarks of the claim that is not sent yet; nothing while there is none. */
function IntoRemarks({ caseView, text, disabled }: IntoRemarksProps) {
  const claims = useRoute('claim.forCase', { caseId: caseView.id }).data?.claims
  const claim = claims?.find(({ state }) => state === 'draft' || state === 'rejected')
  const update = useCommand('claim.update')
  if (!claim || claim.lines.length === 0) return null
  const { id, version, form, lines } = claim
  // The payer finds the attachments by their number: it stays first.
  const remarks = [form.attachmentNumber, text].filter(Boolean).join(' ')
  const put = (words: string, at: number, onSuccess?: () => void) =>
    update.mutate({ id, version: at, form: { ...form, remarks: words }, lines }, { onSuccess: () => onSuccess?.() })
  const undo = { label: 'Undo', run: () => put(form.remarks, version + 1) }
  return (
    <Button
      shortcut="alt+b"
      onClick={() =>
        put(remarks, version, () => showToast({ message: `In box 35 of claim ${claim.number}`, action: undo }))
      }
      disabled={disabled || form.remarks === remarks}
      loading={update.isPending}
    >
      Put into box 35
    </Button>
  )
}
