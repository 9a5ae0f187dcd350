// The checklist of a stage: what settles each item, what is wrong with it; done by a note, or waived with a reason and a name.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import type { DocumentationView, ItemView } from '#core/contract/documentation.ts'
import { formatDate, formatInstant } from '../../../lib/format.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckItem, CheckList } from '../../../ui/check-item.tsx'
import { Actions, ConfirmWithReason, Dialog } from '../../../ui/dialog.tsx'
import { TextAreaField } from '../../../ui/fields.tsx'
import { Why } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { KIND_LABELS, OWNER_LABELS } from './kinds.ts'

export interface DocumentationProps {
  caseView: CaseView
  view: DocumentationView
}

export function Checklist({ caseView, view }: DocumentationProps) {
  const [marking, setMarking] = useState<ItemView | null>(null)
  const [waiving, setWaiving] = useState<ItemView | null>(null)
  const canWork = useCan('work')
  const reopen = useCommand('documentation.reopenItem')
  const waive = useCommand('documentation.waiveItem', {
    done: 'Waived',
    undo: (_output, input) => reopen.mutate({ caseId: caseView.id, key: input.key }),
    onSuccess: () => setWaiving(null),
  })
  return (
    <>
      <CheckList label="Checklist">
        {view.items.map((entry) => {
          const visit = caseView.visits.find((one) => one.id === entry.item.visitId)
          const when = visit?.doneOn ?? visit?.plannedOn
          return (
            <CheckItem
              key={entry.item.key}
              title={when ? `${entry.item.title}, ${formatDate(when)}` : entry.item.title}
              state={entry.state}
              owner={entry.item.who.map((who) => OWNER_LABELS[who] ?? who).join(', ')}
              problems={entry.problems}
              actions={
                canWork &&
                (entry.answer ? (
                  <Button
                    variant="subtle"
                    onClick={() => reopen.mutate({ caseId: caseView.id, key: entry.item.key })}
                    label={`Reopen ${entry.item.title}`}
                  >
                    Reopen
                  </Button>
                ) : entry.state === 'done' ? null : (
                  <>
                    <Button
                      variant="subtle"
                      onClick={() => setMarking(entry)}
                      label={`Done by note: ${entry.item.title}`}
                    >
                      Done
                    </Button>
                    <Button variant="subtle" onClick={() => setWaiving(entry)} label={`Waive ${entry.item.title}`}>
                      Waive
                    </Button>
                  </>
                ))
              }
            >
              <Settled entry={entry} view={view} />{' '}
              <Why
                reason={entry.item.detail}
                source={entry.item.source.split('; ')}
                confidence={entry.item.confidence}
              />
            </CheckItem>
          )
        })}
      </CheckList>
      {marking && <MarkDone caseView={caseView} entry={marking} onClose={() => setMarking(null)} />}
      <ConfirmWithReason
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

/** What settled an item, in one line. */
function Settled({ entry, view }: { entry: ItemView; view: DocumentationView }) {
  const files = view.attachments
    .filter((file) => entry.attachmentIds.includes(file.id))
    .map((file) => `${KIND_LABELS[file.kind]}${file.takenOn ? ` of ${formatDate(file.takenOn)}` : ''}`)
  const notes = view.notes
    .filter((note) => entry.noteIds.includes(note.id))
    .map((note) => `Note of ${formatDate(note.notedOn)}, ${note.author}`)
  const answer =
    entry.answer &&
    `${entry.answer.state === 'waived' ? 'Waived' : 'Done'} by ${entry.answer.user}, ${formatInstant(entry.answer.at)}: ${entry.answer.note}`
  const words = [...files, ...notes, ...(answer ? [answer] : [])].join(' · ')
  return words ? <span className="cw-muted">{words}</span> : null
}

function MarkDone({ caseView, entry, onClose }: { caseView: CaseView; entry: ItemView; onClose: () => void }) {
  const [note, setNote] = useState('')
  const mark = useCommand('documentation.markItem', { done: 'Marked as done', onSuccess: onClose })
  return (
    <Dialog open onClose={onClose} title={entry.item.title}>
      <Form
        onSubmit={() => mark.mutate({ caseId: caseView.id, key: entry.item.key, note })}
        label="Done by note"
        busy={mark.isPending}
      >
        <p className="cw-muted">{entry.item.detail}</p>
        <TextAreaField
          label="Where it is"
          value={note}
          onChange={setNote}
          required
          autoFocus
          placeholder="In the chart, entry of Nov 1"
        />
        <Actions>
          <Button type="submit" variant="filled" disabled={note.trim() === ''}>
            Mark as done
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
