// Dated notes copied from the chart: what narratives and letters may quote, and the checklist items they answer.
import { useState } from 'react'
import type { ChartNote } from '#core/case/schema.ts'
import type { ItemView } from '#core/contract/case-documentation.ts'
import type { IsoDate } from '#core/dates.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'
import { formatDate } from '../../../lib/format.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/use-today.ts'
import { Button, RowButton } from '../../../ui/button.tsx'
import { ConfirmWithReason } from '../../../ui/dialog.tsx'
import { CheckField, DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import classes from './documentation.module.css'
import { visitOptions } from './files.tsx'
import type { DocumentationProps } from '../step-data.ts'

export function Notes({ caseView, view }: DocumentationProps) {
  const canWork = useCan('work')
  const [editing, setEditing] = useState<ChartNote | 'new' | null>(null)
  const [removing, setRemoving] = useState<ChartNote | null>(null)
  const remove = useCommand('note.remove', { done: 'Note removed', onSuccess: () => setRemoving(null) })
  return (
    <>
      {view.notes.length === 0 && (
        <p className="cw-muted">No chart note yet. Copy the dated entry from the chart, word for word.</p>
      )}
      {view.notes.map((note) => (
        <div key={note.id} className={classes.note}>
          <div className="cw-row">
            <strong>{formatDate(note.notedOn)}</strong>
            <span className="cw-muted">{note.author}</span>
            {canWork && (
              <span className="cw-row-end">
                <RowButton verb="Edit" of={`note of ${formatDate(note.notedOn)}`} onClick={() => setEditing(note)} />
                <RowButton verb="Remove" of={`note of ${formatDate(note.notedOn)}`} onClick={() => setRemoving(note)} />
              </span>
            )}
          </div>
          <p className={classes.noteText}>{note.text}</p>
        </div>
      ))}
      {canWork && (
        <Button shortcut="alt+w" onClick={() => setEditing('new')}>
          Add chart note
        </Button>
      )}
      {editing && (
        <NoteDialog
          key={editing === 'new' ? 'new' : editing.id}
          caseView={caseView}
          view={view}
          note={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmWithReason
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title="Remove this note?"
        confirmLabel="Remove"
        onConfirm={(reason) => removing && remove.mutate({ id: removing.id, reason })}
        busy={remove.isPending}
      />
    </>
  )
}

interface NoteDialogProps extends DocumentationProps {
  note: ChartNote | null
  /** The item that a new note is for. */
  entry?: ItemView
  onClose: () => void
}

export function NoteDialog({ caseView, view, note, entry, onClose }: NoteDialogProps) {
  const today = useToday()
  const visit = caseView.visits.find(({ id }) => id === entry?.item.visitId)
  const start = {
    notedOn: (note?.notedOn ?? visit?.doneOn ?? today) as IsoDate | null,
    author: note?.author ?? caseView.provider?.name ?? '',
    visitId: note?.visitId ?? visit?.id ?? ('' as const),
    text: note?.text ?? '',
    itemKeys: note?.itemKeys ?? (entry ? [entry.item.key] : []),
  }
  const { field, ...form } = useCommandForm(note ? 'note.update' : 'note.add', {
    scope: `note:${caseView.id}:${note?.id ?? entry?.item.key ?? 'new'}`,
    start,
    at: 'note',
    done: note ? 'Note saved' : 'Note added',
    onSuccess: onClose,
  })
  const { notedOn, author, text, itemKeys, visitId } = form.values
  const items = view.items.filter(
    ({ item }) => item.evidenceKinds.includes('chart_note') && (item.visitId === null || item.visitId === visitId),
  )
  const save = () => {
    const input = notedOn && { notedOn, author, text, itemKeys, visitId: visitId || null }
    const on = note ? { id: note.id, version: note.version } : { caseId: caseView.id }
    form.send(input && { ...on, note: input })
  }
  return (
    <FormDialog
      form={form}
      title={note ? 'Edit chart note' : 'Add chart note'}
      label="Chart note"
      size="lg"
      onClose={onClose}
      onSave={save}
      save="Save note"
      disabled={text.trim() === '' || author.trim() === '' || !notedOn}
    >
      <div className="cw-fields">
        <DateField isPast label="Entry of" {...field('notedOn')} required />
        <TextField label="Author" {...field('author')} required />
        <SelectField label="Visit" {...field('visitId')} options={visitOptions(caseView)} emptyLabel="None" />
      </div>
      <TextAreaField label="Text, word for word" {...field('text')} rows={6} limit={4000} required autoFocus />
      <fieldset className={classes.shows}>
        <legend>This entry shows</legend>
        {items.map(({ item: { key, title } }) => (
          <CheckField
            key={key}
            label={title}
            value={itemKeys.includes(key)}
            onChange={(on) => form.set({ itemKeys: on ? [...itemKeys, key] : itemKeys.filter((one) => one !== key) })}
          />
        ))}
      </fieldset>
    </FormDialog>
  )
}
