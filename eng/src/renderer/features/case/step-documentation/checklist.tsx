// The checklist of a stage: what is still needed first, then what is there; done by a note, or waived with a reason.
import { Fragment, useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import type { DocumentationView, ItemView } from '#core/contract/case-documentation.ts'
import type { IsoDate } from '#core/dates.ts'
import { ATTACHMENT_LABELS } from '#core/case/schema.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'
import { formatDate, formatInstant, oneLine } from '../../../lib/format.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/use-today.ts'
import { RowButton } from '../../../ui/button.tsx'
import { CheckItem, CheckList } from '../../../ui/check-item.tsx'
import { ConfirmWithReason } from '../../../ui/dialog.tsx'
import { TextAreaField } from '../../../ui/fields.tsx'
import { Why } from '../../../ui/finding.tsx'
import classes from './documentation.module.css'
import { OWNER_LABELS } from './kinds.ts'
import type { DocumentationProps } from '../step-data.ts'

interface ChecklistProps extends DocumentationProps {
  /** Opens what settles an item; undefined for who only reads. */
  onOpen: ((entry: ItemView) => void) | undefined
}

/** What a visit leaves behind stands in the grid of visits once it is there. */
export function Checklist({ caseView, view, onOpen }: ChecklistProps) {
  const [marking, setMarking] = useState<ItemView | null>(null)
  const [waiving, setWaiving] = useState<ItemView | null>(null)
  const reopen = useCommand('documentation.reopenItem')
  const waive = useCommand('documentation.waiveItem', {
    done: 'Waived',
    undo: (_output, { key }) => reopen.mutate({ caseId: caseView.id, key }),
    onSuccess: () => setWaiving(null),
  })
  const isOpen = (entry: ItemView) => entry.state === 'missing' || entry.state === 'problem'
  const row = (entry: ItemView) => (
    <Item
      key={entry.item.key}
      caseView={caseView}
      view={view}
      entry={entry}
      onOpen={onOpen && (() => onOpen(entry))}
      onDone={() => setMarking(entry)}
      onWaive={() => setWaiving(entry)}
      onReopen={() => reopen.mutate({ caseId: caseView.id, key: entry.item.key })}
    />
  )
  const needed = view.items.filter(isOpen)
  const settled = view.items.filter((entry) => !isOpen(entry) && (entry.item.visitId === null || entry.answer !== null))
  return (
    <>
      {[
        { label: 'Still needed', entries: needed },
        { label: 'There', entries: settled },
      ].map(
        ({ label, entries }) =>
          entries.length > 0 && (
            <Fragment key={label}>
              <h3 className={classes.settled}>
                {label} ({entries.length})
              </h3>
              <CheckList label={label}>{entries.map(row)}</CheckList>
            </Fragment>
          ),
      )}
      {marking && <MarkDone caseView={caseView} entry={marking} onClose={() => setMarking(null)} />}
      <ConfirmWithReason
        key={waiving?.item.key ?? ''}
        open={waiving !== null}
        onClose={() => setWaiving(null)}
        title={`Waive: ${waiving?.item.title ?? ''}`}
        confirmLabel="Waive"
        onConfirm={(reason) => waiving && waive.mutate({ caseId: caseView.id, key: waiving.item.key, reason })}
        busy={waive.isPending}
      >
        The waiver keeps your name, the date and the reason.
      </ConfirmWithReason>
    </>
  )
}

interface ItemProps extends DocumentationProps {
  entry: ItemView
  onOpen: (() => void) | undefined
  onDone: () => void
  onWaive: () => void
  onReopen: () => void
}

function Item({ caseView, view, entry, onOpen, onDone, onWaive, onReopen }: ItemProps) {
  const canWork = useCan('work')
  const { item, state, answer } = entry
  const settled = settledBy(entry, view, useToday())
  const visit = caseView.visits.find((one) => one.id === item.visitId)
  const when = visit?.doneOn ?? visit?.plannedOn
  const title = when ? `${item.title}, ${formatDate(when)}` : item.title
  const actions = answer ? (
    <RowButton verb="Reopen" of={title} onClick={onReopen} />
  ) : state === 'done' ? null : (
    <>
      <RowButton verb="Done" of={`by note: ${title}`} onClick={onDone} />
      <RowButton verb="Waive" of={title} onClick={onWaive} />
    </>
  )
  return (
    <CheckItem
      title={title}
      state={state}
      onOpen={answer ? undefined : onOpen}
      {...(settled ? {} : { owner: item.who.map((who) => OWNER_LABELS[who] ?? who).join(', ') })}
      problems={entry.problems}
      beside={
        <>
          {canWork && actions}
          <Why of={title} reason={item.detail} source={item.source.split('; ')} confidence={item.confidence} />
        </>
      }
    >
      {oneLine([item.payer && `${item.payer} wants it`, settled])}
    </CheckItem>
  )
}

/** What settled an item, in one line; empty while nothing has. */
function settledBy({ answer, ...entry }: ItemView, view: DocumentationView, today: IsoDate): string {
  const files = view.attachments
    .filter((file) => entry.attachmentIds.includes(file.id))
    .map((file) => `${ATTACHMENT_LABELS[file.kind]}${file.takenOn ? ` of ${formatDate(file.takenOn)}` : ''}`)
  const notes = view.notes
    .filter((note) => entry.noteIds.includes(note.id))
    .map((note) => `Note of ${formatDate(note.notedOn)}`)
  const word = answer?.state === 'waived' ? 'Waived' : 'Done'
  const said = answer ? [`${word} by ${answer.user}, ${formatInstant(answer.at, today)}: ${answer.note}`] : []
  return [...files, ...notes, ...said].join(' · ')
}

function MarkDone({ caseView, entry, onClose }: { caseView: CaseView; entry: ItemView; onClose: () => void }) {
  const caseId = caseView.id
  const { key, title, detail } = entry.item
  const { field, ...form } = useCommandForm('documentation.markItem', {
    scope: `item:${caseId}:${key}`,
    start: { note: '' },
    done: 'Marked as done',
    onSuccess: onClose,
  })
  const { note } = form.values
  return (
    <FormDialog
      form={form}
      title={title}
      label="Done by note"
      onClose={onClose}
      onSave={() => form.send({ caseId, key, note })}
      save="Mark as done"
      disabled={note.trim() === ''}
    >
      <p className="cw-muted">{detail}</p>
      <TextAreaField label="Where it is" {...field('note')} required autoFocus hint="Such as the chart" />
    </FormDialog>
  )
}
