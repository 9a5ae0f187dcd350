// Brings the dental history in: procedures by patient, from the list of the practice system.
import type { OutputOf } from '#core/contract/index.ts'
import { HISTORY_FIELDS } from '#core/history-import/fields.ts'
import { Earlier, undoneWords } from '../../../forms/import/earlier.tsx'
import { ImportDialog } from '../../../forms/import/import-dialog.tsx'
import { HISTORY_QUERY } from '../../../forms/import/open-dental-queries.ts'
import { Changes, doesWords, type OutlookWords } from '../../../forms/import/outlook.tsx'
import { useListImport } from '../../../forms/import/use-list-import.ts'
import { WhereFrom } from '../../../forms/import/where-from.tsx'
import { countOf, personName } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'

type Preview = OutputOf<'patient.previewHistory'>

export default function HistoryImportDialog({ onClose }: { onClose: () => void }) {
  const { data: earlier } = useRoute('patient.listHistoryImports', {})
  const preview = useCommand('patient.previewHistory', { expected: ['FILE_REJECTED', 'REFUSED'] })
  const run = useCommand('patient.importHistory', { expected: ['REFUSED'] })
  const undo = useCommand('patient.undoHistory', {
    expected: ['REFUSED'],
    done: (done) => undoneWords(done, 'procedure'),
  })
  const list = useListImport<Preview>({ draft: 'history-import', noun: 'procedure', preview, run, undo, onClose })
  return (
    <ImportDialog
      list={list}
      onClose={onClose}
      title="Import dental history"
      fields={HISTORY_FIELDS}
      row="a procedure"
      lead={
        <p>
          What was done and is planned, one procedure a row, of patients who are on file here. Limits and earlier
          treatment of the same tooth are then told from it. Import it again any day: only what changed is applied.
        </p>
      }
      chooser={
        <WhereFrom
          query={HISTORY_QUERY}
          places={{
            'Any other':
              'A list with patient number (or name and birth date), date, code, tooth and status, saved as CSV, text or Excel. You say which column holds what.',
          }}
        />
      }
      earlier={<Earlier imports={earlier?.imports} undo={undo} />}
      outlook={outlookOf}
    />
  )
}

function outlookOf(preview: Preview): OutlookWords {
  const { rows, ready, patients, changing, changed, absent, mapping } = preview
  const isAbsent = absent > 0
  return {
    does: doesWords('procedure', ready, changing) ?? (isAbsent ? 'Apply' : null),
    brings: (
      <>
        <strong>{countOf(ready, 'new procedure')}</strong> of {countOf(rows, 'row')}, {countOf(patients, 'patient')}
        {changing > 0 && ` · ${countOf(changing, 'procedure')} changed`}
      </>
    ),
    changes: (
      <Changes
        title="Changed since last time"
        rows={changed.map(({ row, code, changes, ...person }) => ({
          row,
          about: `${personName(person)} · ${code}`,
          changes,
        }))}
      />
    ),
    goodToKnow: [
      ...(mapping.state === undefined
        ? ['No column says the status: what has a day up to today counts as done, the rest as planned.']
        : []),
      ...(isAbsent
        ? [
            `${countOf(absent, 'procedure')} on file not in this list ${absent === 1 ? 'stays' : 'stay'}, marked as such.`,
          ]
        : []),
    ],
  }
}
