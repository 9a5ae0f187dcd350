// The letter while it is written: quoted reason, request, text, dated notes, enclosures; its text beside it.
import { useState } from 'react'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import { rejectedIn } from '#core/case/evidence.ts'
import type { DocumentationView } from '#core/contract/case-documentation.ts'
import { daysBetween, type IsoDate } from '#core/dates.ts'
import { gapsIn } from '#core/guide/narrative.ts'
import { formatDate } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckField, DateField, TextAreaField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { Loading } from '../../../ui/states.tsx'
import { LetterActions } from './letter-actions.tsx'
import { LetterPaper } from './letter-paper.tsx'
import type { AppealData } from '../step-data.ts'
import { FormProblem, useCommandForm } from '../../../lib/command-form.tsx'

const toggle = <T extends string>(list: readonly T[], id: T, on: boolean) =>
  on ? [...list, id] : list.filter((one) => one !== id)

/** The letter and its deadline while they are written; `version` is the one that the changes began from. */
function useLetter({ id, version, letter, deadline }: AppealData) {
  const form = useCommandForm('appeal.update', {
    scope: `appeal:${id}`,
    start: { ...letter, version, dueOn: deadline?.on ?? null },
    at: 'letter',
    done: 'Letter saved',
  })
  const { version: begun, dueOn, ...typed } = form.values
  return {
    ...form,
    letter: typed,
    changed: JSON.stringify([typed, dueOn]) !== JSON.stringify([letter, deadline?.on ?? null]),
    isOutrun: begun !== version,
    save: () => form.send({ id, version: begun, letter: typed, deadline: deadlineAt(deadline, dueOn) }),
  }
}
type LetterState = ReturnType<typeof useLetter>

export function LetterEditor({ appeal, view, keys }: { appeal: AppealData; view: DocumentationView; keys: boolean }) {
  const form = useLetter(appeal)
  const [preview, setPreview] = useState(false)
  if (!form.ready) return <Loading />
  const { letter, changed } = form
  const gaps = gapsIn(`${letter.quotedReason}\n${letter.request}\n${letter.body}`)
  return (
    <Form onSubmit={form.save} label="Appeal letter" busy={form.busy}>
      <div className="cw-split">
        <LetterText form={form} hasDeadline={appeal.deadline !== null} />
        <Enclosures form={form} view={view} />
      </div>
      {gaps.length > 0 && <Finding severity="warn">Still to fill in or delete: {gaps.join(', ')}</Finding>}
      <FormProblem form={form} />
      {changed && form.isOutrun && (
        <Finding
          severity="warn"
          action={<Button onClick={() => form.set({ version: appeal.version })}>Keep my version</Button>}
        >
          The letter was changed while you typed. Keep yours, or drop the changes to see the other one.
        </Finding>
      )}
      {preview && <LetterPaper letter={letter} view={view} />}
      <div className="cw-row">
        <Button onClick={form.save} {...(keys && { shortcut: 'mod+s' })} loading={form.busy} disabled={!changed}>
          Save letter
        </Button>
        <Button {...(keys && { shortcut: 'alt+w' })} onClick={() => setPreview(!preview)}>
          {preview ? 'Hide preview' : 'Preview'}
        </Button>
        <LetterActions appeal={appeal} keys={keys} stale={changed} />
        {changed && (
          <Button variant="subtle" onClick={form.discard}>
            Drop the changes
          </Button>
        )}
      </div>
    </Form>
  )
}

function LetterText({ form: { field, errorAt }, hasDeadline }: { form: LetterState; hasDeadline: boolean }) {
  return (
    <div className="cw-stack">
      <TextAreaField label="Denial reason, as the EOB words it" {...field('quotedReason')} rows={2} limit={1000} />
      <TextAreaField label="Request" {...field('request')} rows={2} limit={1000} />
      <TextAreaField label="Letter" {...field('body')} rows={8} limit={8000} />
      {hasDeadline && (
        <DateField
          label="Deadline"
          {...field('dueOn')}
          error={errorAt('deadline.on')}
          hint="The letter decides: change this if the letter names another date"
        />
      )}
    </div>
  )
}

/** Which notes the letter quotes and which files go with it. */
function Enclosures({ form: { letter, set }, view }: { form: LetterState; view: DocumentationView }) {
  const rejected = rejectedIn(view.items)
  return (
    <div className="cw-stack">
      <h3>Chart notes to quote</h3>
      {view.notes.length === 0 && (
        <p className="cw-muted">None on this case. Add the dated entries under Documentation.</p>
      )}
      {view.notes.map((note) => (
        <CheckField
          key={note.id}
          label={`${formatDate(note.notedOn)}, ${note.author}`}
          hint={note.text.length > 160 ? `${note.text.slice(0, 160)}…` : note.text}
          value={letter.noteIds.includes(note.id)}
          onChange={(on) => set({ noteIds: toggle(letter.noteIds, note.id, on) })}
        />
      ))}
      <h3>Enclosures</h3>
      {view.attachments.length === 0 && <p className="cw-muted">No file on this case.</p>}
      {view.attachments.map((file) => (
        <CheckField
          key={file.id}
          label={attachmentTitle(file)}
          {...(rejected.has(file.id) && { hint: 'Not accepted by the checklist: see Documentation' })}
          disabled={rejected.has(file.id) && !letter.enclosureIds.includes(file.id)}
          value={letter.enclosureIds.includes(file.id)}
          onChange={(on) => set({ enclosureIds: toggle(letter.enclosureIds, file.id, on) })}
        />
      ))}
    </div>
  )
}

/** The same deadline, or the day somebody read on the letter. */
function deadlineAt(deadline: AppealData['deadline'], on: IsoDate | null): AppealData['deadline'] {
  if (!deadline || !on || on === deadline.on) return deadline
  const days = daysBetween(deadline.countedFrom, on)
  return { ...deadline, on, days, basis: 'letter', source: 'Typed from the letter', confidence: 'confirmed' }
}
