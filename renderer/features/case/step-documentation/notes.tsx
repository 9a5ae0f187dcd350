// Dated notes copied from the chart: what narratives and letters may quote, and the checklist items they answer.
import { useState } from 'react'
import type { ChartNote } from '#core/case/schema.ts'
import type { IsoDate } from '#core/dates.ts'
import type { VisitId } from '#core/ids.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { formatDate } from '../../../lib/format.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, ConfirmWithReason, Dialog } from '../../../ui/dialog.tsx'
import { CheckField, DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import type { DocumentationProps } from './checklist.tsx'
import classes from './documentation.module.css'
import { visitOptions } from './files.tsx'

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
          <div className={classes.noteHead}>
            <strong>{formatDate(note.notedOn)}</strong>
            <span className="cw-muted">{note.author}</span>
            {canWork && (
              <span>
                <Button
                  variant="subtle"
                  onClick={() => setEditing(note)}
                  label={`Edit note of ${formatDate(note.notedOn)}`}
                >
                  Edit
                </Button>
                <Button
                  variant="subtle"
                  onClick={() => setRemoving(note)}
                  label={`Remove note of ${formatDate(note.notedOn)}`}
                >
                  Remove
                </Button>
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

interface NoteDraft {
  notedOn: IsoDate | null
  author: string
  visitId: VisitId | ''
  text: string
  itemKeys: string[]
}

function NoteDialog({
  caseView,
  view,
  note,
  onClose,
}: DocumentationProps & { note: ChartNote | null; onClose: () => void }) {
  const today = useToday()
  const [draft, setDraft, { discard }] = useDraft<NoteDraft>(`note:${caseView.id}:${note?.id ?? 'new'}`, {
    notedOn: note?.notedOn ?? today,
    author: note?.author ?? caseView.provider?.name ?? '',
    visitId: note?.visitId ?? '',
    text: note?.text ?? '',
    itemKeys: note?.itemKeys ?? [],
  })
  const finish = () => {
    discard()
    onClose()
  }
  const add = useCommand('note.add', { done: 'Note added', onSuccess: finish })
  const update = useCommand('note.update', { done: 'Note saved', onSuccess: finish })
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const items = view.items.filter(({ item }) => item.type === 'chart' && item.visitId === null)
  const save = () => {
    if (!draft.notedOn) return
    const input = {
      notedOn: draft.notedOn,
      author: draft.author,
      visitId: draft.visitId || null,
      text: draft.text,
      itemKeys: draft.itemKeys,
    }
    if (note) update.mutate({ id: note.id, version: note.version, note: input })
    else add.mutate({ caseId: caseView.id, note: input })
  }
  return (
    <Dialog open onClose={onClose} title={note ? 'Edit chart note' : 'Add chart note'} size="lg">
      <Form onSubmit={save} label="Chart note" busy={add.isPending || update.isPending}>
        <div className="cw-fields">
          <DateField label="Entry of" value={draft.notedOn} onChange={(notedOn) => set({ notedOn })} required />
          <TextField label="Author" value={draft.author} onChange={(author) => set({ author })} required />
          <SelectField
            label="Visit"
            value={draft.visitId}
            onChange={(visitId) => set({ visitId })}
            options={visitOptions(caseView)}
            emptyLabel="None"
          />
        </div>
        <TextAreaField
          label="Text, word for word"
          value={draft.text}
          onChange={(text) => set({ text })}
          rows={6}
          limit={4000}
          required
          autoFocus
        />
        <fieldset className={classes.shows}>
          <legend>This entry shows</legend>
          {items.map(({ item }) => (
            <CheckField
              key={item.key}
              label={item.title}
              value={draft.itemKeys.includes(item.key)}
              onChange={(on) =>
                set({ itemKeys: on ? [...draft.itemKeys, item.key] : draft.itemKeys.filter((key) => key !== item.key) })
              }
            />
          ))}
        </fieldset>
        <Actions>
          <Button
            type="submit"
            variant="filled"
            disabled={draft.text.trim() === '' || draft.author.trim() === '' || !draft.notedOn}
          >
            Save note
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
