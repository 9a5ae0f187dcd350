// What settles an item, opened from its line: the film or note that is there, else the form that adds it.
import { useLocation } from 'wouter'
import type { ItemView } from '#core/contract/case-documentation.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'
import { paths } from '../../../paths.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { DateField } from '../../../ui/fields.tsx'
import { FileDrop } from '../../../ui/file-drop.tsx'
import { CheckDialog } from '../step-code/checks.tsx'
import type { DocumentationProps } from '../step-data.ts'
import { Viewer } from './files.tsx'
import { NoteDialog } from './notes.tsx'

type Source = 'narrative' | 'note' | 'benefit' | 'authorization' | 'accident' | 'code' | 'file'

/** Where an item that nothing settles yet comes from. */
function sourceOf({ item }: ItemView): Source {
  const isOf = (kind: string) => item.evidenceKinds.includes(kind)
  if (item.type === 'narrative' && isOf('narrative')) return 'narrative'
  if (isOf('case_data')) return item.id === 'accident' ? 'accident' : 'code'
  if (isOf('benefit_check')) return 'benefit'
  if (isOf('authorization_letter') && item.payer === '') return 'authorization'
  return isOf('chart_note') && item.type !== 'image' ? 'note' : 'file'
}

/** Goes to what is no dialog: the narrative on this page, another step of the case. @returns false for an item with a dialog */
export function useItemPlaces(caseId: DocumentationProps['caseView']['id'], onNarrative: () => void) {
  const [, go] = useLocation()
  return (entry: ItemView): boolean => {
    if (entry.attachmentIds.length + entry.rejectedIds.length + entry.noteIds.length > 0) return false
    const source = sourceOf(entry)
    if (source === 'narrative') onNarrative()
    else if (source === 'authorization' || source === 'code') go(paths.case(caseId, source))
    else return false
    return true
  }
}

interface ItemSourceProps extends DocumentationProps {
  entry: ItemView
  /** Files chosen for the item. */
  onFiles: (files: File[]) => void
  onClose: () => void
}

export function ItemSource({ caseView, view, entry, onFiles, onClose }: ItemSourceProps) {
  const file = view.attachments.find(({ id }) => id === (entry.attachmentIds[0] ?? entry.rejectedIds[0]))
  if (file) return <Viewer file={file} caseView={caseView} onClose={onClose} />
  const note = view.notes.find(({ id }) => id === entry.noteIds[0])
  const source = sourceOf(entry)
  if (note || source === 'note') return <NoteDialog {...{ caseView, view, entry, onClose }} note={note ?? null} />
  if (source === 'benefit')
    return <CheckDialog caseView={caseView} kind="eligibility" earlier={null} onClose={onClose} />
  if (source === 'accident') return <Accident caseView={caseView} onClose={onClose} />
  return (
    <Dialog open onClose={onClose} title={entry.item.title}>
      <div className="cw-stack">
        <p>{entry.item.detail}</p>
        <FileDrop onFiles={onFiles} isFocused />
      </div>
    </Dialog>
  )
}

function Accident({ caseView, onClose }: Pick<ItemSourceProps, 'caseView' | 'onClose'>) {
  const { id, facts } = caseView
  const known = facts.find(({ fact }) => fact === 'trauma_date')?.value
  const form = useCommandForm('case.answer', {
    scope: `accident:${id}`,
    start: { on: typeof known === 'string' ? known : null },
    done: 'Accident recorded',
    onSuccess: onClose,
  })
  const { on } = form.values
  return (
    <FormDialog
      form={form}
      title="Accident"
      onClose={onClose}
      onSave={() => form.send(on !== null && { id, fact: 'trauma_date', value: on })}
    >
      <DateField
        isPast
        label="Date of the accident"
        {...form.field('on', on === null && 'Type a date')}
        required
        autoFocus
      />
      <p className="cw-muted">The claim takes it over (box 46) and asks for cause and state.</p>
    </FormDialog>
  )
}
