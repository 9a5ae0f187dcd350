// The narrative: drafted from facts and dated notes, edited by people, within the limits of box 35 and of the clearinghouses.
import { useDraft } from '../../../lib/drafts.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { NARRATIVE_LIMITS } from '#core/guide/narrative.ts'
import { Button } from '../../../ui/button.tsx'
import { TextAreaField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import type { DocumentationProps } from './checklist.tsx'

export function Narrative({ caseView, view }: DocumentationProps) {
  const canWork = useCan('work')
  const { narrative } = view
  const [text, setText, { discard }] = useDraft(
    `narrative:${caseView.id}:${narrative.version}`,
    narrative.edited ? narrative.text : '',
  )
  const save = useCommand('narrative.save', { done: 'Narrative saved', onSuccess: () => discard() })
  const copy = useCommand('shell.copy', { done: 'Copied. The clipboard is emptied after a minute' })
  const print = useCommand('shell.print')
  const pdf = useCommand('shell.savePdf', { done: ({ saved }) => (saved ? 'PDF saved' : '') })
  const gaps = text.match(/\[[^\]]+\]/g) ?? []
  const document = { kind: 'narrative' as const, id: caseView.id }
  return (
    <Form
      onSubmit={() => save.mutate({ caseId: caseView.id, version: narrative.version, text })}
      label="Narrative"
      busy={save.isPending}
    >
      <TextAreaField
        label="Narrative"
        value={text}
        onChange={setText}
        rows={8}
        disabled={!canWork}
        placeholder="Draft it from the case, then read it through."
      />
      <p className="cw-muted cw-number" role="status">
        {text.length} characters. Box 35 guarantees {NARRATIVE_LIMITS.remark}; most clearinghouses take{' '}
        {NARRATIVE_LIMITS.narrative}
        {text.length > NARRATIVE_LIMITS.narrative ? `: ${text.length - NARRATIVE_LIMITS.narrative} too many` : ''}.
        {gaps.length > 0 && ` Still to fill in: ${gaps.join(', ')}`}
        {narrative.edited && ` Saved by ${narrative.editedBy}.`}
      </p>
      <div className="cw-row">
        {canWork && (
          <>
            <Button shortcut="alt+g" onClick={() => setText(narrative.draft)}>
              {text ? 'Draft again' : 'Draft from the case'}
            </Button>
            <Button
              type="submit"
              variant="filled"
              loading={save.isPending}
              disabled={text === narrative.text && narrative.edited}
            >
              Save narrative
            </Button>
          </>
        )}
        <Button onClick={() => copy.mutate({ text })} disabled={text === ''}>
          Copy
        </Button>
        <Button onClick={() => print.mutate(document)} disabled={!narrative.edited}>
          Print
        </Button>
        <Button onClick={() => pdf.mutate(document)} disabled={!narrative.edited}>
          Save PDF
        </Button>
      </div>
    </Form>
  )
}
