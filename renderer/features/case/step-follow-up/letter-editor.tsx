// The letter while it is written: quoted reason, request, text, dated notes, enclosures; its text beside it.
import { useState } from 'react'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import { rejectedIn } from '#core/case/evidence.ts'
import type { DocumentationView } from '#core/contract/documentation.ts'
import type { IsoDate } from '#core/dates.ts'
import { daysBetween } from '#core/dates.ts'
import { gapsIn } from '#core/guide/narrative.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { formatDate } from '../../../lib/format.ts'
import { explainError, fieldErrors, useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckField, DateField, TextAreaField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { Loading } from '../../../ui/states.tsx'
import classes from '../money.module.css'
import { LetterActions } from './letter-actions.tsx'
import { LetterPaper } from './letter-paper.tsx'
import type { AppealData } from '../step-data.ts'

const toggle = <T extends string>(list: readonly T[], id: T, on: boolean) =>
  on ? [...list, id] : list.filter((one) => one !== id)

export function LetterEditor({ appeal, view, keys }: { appeal: AppealData; view: DocumentationView; keys: boolean }) {
  const saved = { version: appeal.version, letter: appeal.letter, dueOn: appeal.deadline?.on ?? null }
  // Null while nobody has typed: then what is saved shows.
  const [typed, setTyped, { discard, ready }] = useDraft<typeof saved | null>(`appeal:${appeal.id}`, null)
  const draft = typed ?? saved
  const [preview, setPreview] = useState(false)
  const update = useCommand('appeal.update', {
    done: 'Letter saved',
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: () => discard(),
  })
  if (!ready) return <Loading />
  const { letter, dueOn } = draft
  const rejected = rejectedIn(view.items)
  const errors = fieldErrors(update.error)
  const change = (next: (now: typeof saved) => typeof saved) => setTyped((now) => next(now ?? saved))
  const set = (part: Partial<typeof letter>) => change((now) => ({ ...now, letter: { ...now.letter, ...part } }))
  const changed = JSON.stringify([letter, dueOn]) !== JSON.stringify([saved.letter, saved.dueOn])
  const gaps = gapsIn(`${letter.quotedReason}\n${letter.request}\n${letter.body}`)
  const save = () =>
    update.mutate({ id: appeal.id, version: draft.version, letter, deadline: deadlineAt(appeal.deadline, dueOn) })
  return (
    <Form onSubmit={save} label="Appeal letter" busy={update.isPending}>
      <div className={classes.split}>
        <div className="cw-stack">
          <TextAreaField
            label="Denial reason, as the EOB words it"
            value={letter.quotedReason}
            onChange={(quotedReason) => set({ quotedReason })}
            error={errors['letter.quotedReason']}
            rows={2}
            limit={1000}
          />
          <TextAreaField
            label="Request"
            value={letter.request}
            onChange={(request) => set({ request })}
            error={errors['letter.request']}
            rows={2}
            limit={1000}
          />
          <TextAreaField
            label="Letter"
            value={letter.body}
            onChange={(body) => set({ body })}
            error={errors['letter.body']}
            rows={8}
            limit={8000}
          />
          {appeal.deadline && (
            <DateField
              label="Deadline"
              value={dueOn}
              onChange={(next) => change((now) => ({ ...now, dueOn: next }))}
              error={errors['deadline.on']}
              hint="The letter controls: change it when the letter names another day"
            />
          )}
        </div>
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
              {...(rejected.has(file.id) && { hint: 'The checklist does not take it: see Documentation' })}
              disabled={rejected.has(file.id) && !letter.enclosureIds.includes(file.id)}
              value={letter.enclosureIds.includes(file.id)}
              onChange={(on) => set({ enclosureIds: toggle(letter.enclosureIds, file.id, on) })}
            />
          ))}
        </div>
      </div>
      {gaps.length > 0 && <Finding severity="warn">Still to fill in or strike: {gaps.join(', ')}</Finding>}
      {update.error && Object.keys(errors).length === 0 && update.error.code !== 'CONFLICT' && (
        <Finding severity="warn">{explainError(update.error)}</Finding>
      )}
      {changed && draft.version !== appeal.version && (
        <Finding
          severity="warn"
          action={
            <Button onClick={() => change((now) => ({ ...now, version: appeal.version }))}>Keep my version</Button>
          }
        >
          The letter was changed while you typed. Keep yours, or drop the changes to see the other one.
        </Finding>
      )}
      {preview && <LetterPaper letter={letter} view={view} />}
      <div className="cw-row">
        <Button onClick={save} {...(keys && { shortcut: 'mod+s' })} loading={update.isPending} disabled={!changed}>
          Save letter
        </Button>
        <Button {...(keys && { shortcut: 'alt+w' })} onClick={() => setPreview(!preview)}>
          {preview ? 'Hide preview' : 'Preview'}
        </Button>
        <LetterActions appeal={appeal} keys={keys} stale={changed} />
        {changed && (
          <Button variant="subtle" onClick={() => discard()}>
            Drop the changes
          </Button>
        )}
      </div>
    </Form>
  )
}

/** The same deadline, or the day somebody read on the letter. */
function deadlineAt(deadline: AppealData['deadline'], on: IsoDate | null): AppealData['deadline'] {
  if (!deadline || !on || on === deadline.on) return deadline
  const days = daysBetween(deadline.countedFrom, on)
  return { ...deadline, on, days, basis: 'letter', source: 'Typed from the letter', confidence: 'confirmed' }
}
