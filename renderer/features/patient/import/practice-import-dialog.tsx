// Brings the practice's patients in, with payers, plans and coverages, from the list of its practice system.
import { PERSON_FIELDS } from '#core/patient-import/fields.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, personName } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { Earlier, undoneWords } from '../../../forms/import/earlier.tsx'
import { ImportDialog } from '../../../forms/import/import-dialog.tsx'
import { PATIENTS_QUERY } from '../../../forms/import/open-dental-queries.ts'
import { Changes, doesWords, type OutlookWords, Rows } from '../../../forms/import/outlook.tsx'
import { useListImport } from '../../../forms/import/use-list-import.ts'
import { WhereFrom } from '../../../forms/import/where-from.tsx'

type Preview = OutputOf<'patient.previewImport'>

export default function PracticeImportDialog({ onClose }: { onClose: () => void }) {
  const { data: earlier } = useRoute('patient.listImports', {})
  const preview = useCommand('patient.previewImport', { expected: ['FILE_REJECTED', 'REFUSED'] })
  const run = useCommand('patient.import', { expected: ['REFUSED'] })
  const undo = useCommand('patient.undoImport', { expected: ['REFUSED'], done: (done) => undoneWords(done, 'patient') })
  const list = useListImport<Preview>({ draft: 'patient-import', noun: 'patient', preview, run, undo, onClose })
  return (
    <ImportDialog
      list={list}
      onClose={onClose}
      title="Import patients"
      fields={PERSON_FIELDS}
      row="a patient"
      lead={
        <p>
          The patient list of your practice system, saved as CSV, text or Excel (.xlsx). Import it again any day: only
          what changed is applied, and what you edited here stays. Nothing is written before you have seen what would
          be. Leave Social Security numbers out.
        </p>
      }
      chooser={
        <WhereFrom
          query={PATIENTS_QUERY}
          places={{
            Dentrix:
              'Letters & Custom Lists: choose the patients, create the data file, save the list from Excel. A printed Patient List saved as CSV is read too.',
            Eaglesoft: 'Lists → Patients → Report: save it as CSV or Excel.',
            'Any other':
              'A spreadsheet with one patient a row: name, birth date, and what else you have. You say which column holds what.',
          }}
        />
      }
      earlier={<Earlier imports={earlier?.imports} undo={undo} />}
      outlook={outlookOf}
    />
  )
}

function outlookOf(preview: Preview): OutlookWords {
  const { rows, ready, changing, changed, kept, newCoverages } = preview
  return {
    does: doesWords('patient', ready, changing),
    brings: (
      <>
        <strong>{countOf(ready, 'new patient')}</strong> of {countOf(rows, 'row')}
        {newCoverages > 0 && `, with ${countOf(newCoverages, 'plan')}`}
        {changing > 0 && ` · ${countOf(changing, 'patient')} changed`}
      </>
    ),
    changes: (
      <>
        <Changes title="Changed since last time" rows={changed.map(aboutPerson)} />
        <Changes title="Edited here and different in the list: kept as is" rows={kept.map(aboutPerson)} />
        {preview.readAs.length > 0 && (
          <details>
            <summary>Read differently than written: {preview.readAs.length}</summary>
            <Rows label="Read differently" rows={preview.readAs.map(({ row, words }) => ({ row, text: words }))} />
          </details>
        )}
      </>
    ),
    goodToKnow: goodToKnow(preview),
  }
}

const aboutPerson = ({ row, changes, ...person }: Preview['changed'][number]) => ({
  row,
  about: personName(person),
  changes,
})

function goodToKnow({ newPayers, absent, assumedSubscribers, openSubscribers }: Preview): string[] {
  const some = newPayers.slice(0, 6).join('; ')
  const more = newPayers.length > 6 ? ` and ${newPayers.length - 6} more` : ''
  const all: [boolean, string][] = [
    [
      newPayers.length > 0,
      `${newPayers.length === 1 ? 'New payer' : `${newPayers.length} new payers`}: ${some}${more}. Their plans’ percentages are not known yet.`,
    ],
    [
      absent > 0,
      `${countOf(absent, 'patient')} of an earlier list ${absent === 1 ? 'is' : 'are'} not in this one. They stay.`,
    ],
    [
      assumedSubscribers > 0,
      `The list does not say who the subscriber is. ${countOf(assumedSubscribers, 'patient')} whose member ID nobody else has ${assumedSubscribers === 1 ? 'counts as the' : 'count as'} subscriber.`,
    ],
    [
      openSubscribers > 0,
      `${countOf(openSubscribers, 'patient')} with a plan whose subscriber the list does not tell: the plan asks for the name before a claim.`,
    ],
  ]
  return all.flatMap(([isSo, words]) => (isSo ? [words] : []))
}
