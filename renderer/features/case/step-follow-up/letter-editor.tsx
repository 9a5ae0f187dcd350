// The letter while it is written: quoted reason, request, text, dated notes, enclosures; its text beside it.
import { useState } from 'react'
import { COUNTED_FROM, deadlineByLetter } from '#core/appeal/deadline.ts'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import { rejectedIn } from '#core/case/evidence.ts'
import type { DocumentationView } from '#core/contract/case-documentation.ts'
import { daysBetween, type IsoDate } from '#core/dates.ts'
import { gapsIn } from '#core/guide/narrative.ts'
import { formatDate } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckField, DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { Loading } from '../../../ui/states.tsx'
import { tabToBlank } from '../blanks.ts'
import { LetterActions } from './letter-actions.tsx'
import { LetterPaper } from './letter-paper.tsx'
import type { AppealData, FollowUpData } from '../step-data.ts'
import { FormProblem, useCommandForm } from '../../../lib/command-form.tsx'

const toggle = <T extends string>(list: readonly T[], id: T, on: boolean) =>
  on ? [...list, id] : list.filter((one) => one !== id)

/** The days that the payer’s own letter gives; none: its date stands in the field. */
interface LetterDays {
  count: string
  unit: 'cd' | 'bd'
  from: keyof typeof COUNTED_FROM
}
const NO_DAYS: LetterDays = { count: '', unit: 'cd', from: 'letter' }
const UNITS = { cd: 'calendar days', bd: 'business days' } as const
/** The EOB that is appealed, by the days that its own are counted from. */
type Appealed = FollowUpData['remittances'][number] | undefined

/** The letter and its deadline while they are written; `version` is the one that the changes began from. */
function useLetter({ id, version, letter, deadline }: AppealData, eob: Appealed) {
  const form = useCommandForm('appeal.update', {
    scope: `appeal:${id}`,
    start: { ...letter, version, dueOn: deadline?.on ?? null, days: NO_DAYS },
    at: 'letter',
    done: 'Letter saved',
  })
  const { version: begun, dueOn, days, ...typed } = form.values
  const starts = startsOf(deadline, eob)
  const counted = byDays(days, starts)
  return {
    ...form,
    letter: typed,
    starts,
    counted,
    changed: counted !== null || JSON.stringify([typed, dueOn]) !== JSON.stringify([letter, deadline?.on ?? null]),
    isOutrun: begun !== version,
    save: () => form.send({ id, version: begun, letter: typed, deadline: counted ?? deadlineAt(deadline, dueOn) }),
  }
}
type LetterState = ReturnType<typeof useLetter>

interface LetterEditorProps {
  appeal: AppealData
  eob: Appealed
  view: DocumentationView
  keys: boolean
}

export function LetterEditor({ appeal, eob, view, keys }: LetterEditorProps) {
  const form = useLetter(appeal, eob)
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
      {gaps.length > 0 && (
        <Finding severity="warn">Still to fill in or delete: {gaps.join(', ')}. Tab goes to the next one.</Finding>
      )}
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

function LetterText({ form, hasDeadline }: { form: LetterState; hasDeadline: boolean }) {
  const { field } = form
  return (
    <div className="cw-stack">
      <TextAreaField label="Denial reason, as the EOB words it" {...field('quotedReason')} rows={2} limit={1000} />
      <TextAreaField label="Request" {...field('request')} rows={2} limit={1000} />
      <TextAreaField label="Letter" {...field('body')} onKeyDown={tabToBlank} rows={8} limit={8000} />
      {hasDeadline && <DeadlineFields form={form} />}
    </div>
  )
}

/** The deadline: the day that the letter names, or the days that it gives. */
function DeadlineFields({ form: { values, set, field, errorAt, counted, starts } }: { form: LetterState }) {
  const { days } = values
  const setDays = (part: Partial<LetterDays>) => set({ days: { ...days, ...part } })
  const unreadable = days.count !== '' && counted === null
  const from = starts.received === null ? { letter: COUNTED_FROM.letter } : COUNTED_FROM
  return (
    <>
      <DateField
        label="Deadline"
        {...field('dueOn')}
        value={counted?.on ?? values.dueOn}
        onChange={(dueOn) => set({ dueOn, days: NO_DAYS })}
        error={errorAt('deadline.on')}
        hint={counted?.source ?? 'The letter decides: change this if the letter names another date'}
      />
      <div className="cw-row">
        <TextField
          label="Or days given in the letter"
          value={days.count}
          onChange={(count) => setDays({ count })}
          error={unreadable ? 'Type a number of days from 1 to 730' : undefined}
          inputMode="numeric"
          maxLength={3}
        />
        <SelectField label="Counted in" value={days.unit} onChange={(unit) => setDays({ unit })} options={UNITS} />
        <SelectField label="From" value={days.from} onChange={(start) => setDays({ from: start })} options={from} />
      </div>
    </>
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

type Starts = Record<LetterDays['from'], IsoDate | null>
/** The date of the payer’s letter and the day it came; of a decision on an appeal only its date is known. */
function startsOf(deadline: AppealData['deadline'], eob: Appealed): Starts {
  const countedFrom = deadline?.countedFrom ?? null
  const isOfEob = eob !== undefined && (countedFrom === eob.eobDate || countedFrom === eob.receivedOn)
  return isOfEob ? { letter: eob.eobDate, received: eob.receivedOn } : { letter: countedFrom, received: null }
}

/** The deadline by the days typed; null: none, or no number that could be one. */
function byDays({ count: text, unit, from }: LetterDays, starts: Starts): AppealData['deadline'] {
  const count = Number(text)
  const start = starts[from]
  const isCount = /^\d+$/.test(text.trim()) && count >= 1 && count <= 730
  return isCount && start !== null ? deadlineByLetter({ count, unit }, from, start) : null
}
