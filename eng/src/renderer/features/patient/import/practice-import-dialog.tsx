// Brings the practice's patients in, with payers, plans and coverages, from the list of its practice system.
import { PERSON_FIELDS } from '#core/patient-import/fields.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, personName } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { Earlier } from '../../../forms/import/earlier.tsx'
import { ImportDialog } from '../../../forms/import/import-dialog.tsx'
import { Changes, type OutlookWords, Rows } from '../../../forms/import/outlook.tsx'
import { useListImport } from '../../../forms/import/use-list-import.ts'
import { OPEN_DENTAL_QUERY } from './open-dental-query.ts'

type Preview = OutputOf<'patient.previewImport'>

export default function PracticeImportDialog({ onClose }: { onClose: () => void }) {
  const { data: earlier } = useRoute('patient.listImports', {})
  const preview = useCommand('patient.previewImport', { expected: ['FILE_REJECTED', 'REFUSED'] })
  const run = useCommand('patient.import', { expected: ['REFUSED'] })
  const undo = useCommand('patient.undoImport', { expected: ['REFUSED'], done: undoneWords })
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
      chooser={<WhereFrom />}
      earlier={<Earlier imports={earlier?.imports} undo={undo} />}
      outlook={outlookOf}
    />
  )
}

function undoneWords({ removed, restored, stayed }: OutputOf<'patient.undoImport'>): string {
  return [
    'Import undone',
    ...(removed > 0 ? [`${countOf(removed, 'patient')} removed`] : []),
    ...(restored > 0 ? [`${restored} as before`] : []),
    ...(stayed > 0 ? [`${stayed} worked on since ${stayed === 1 ? 'stays' : 'stay'}`] : []),
  ].join(', ')
}

/** How each practice system gives its list. */
function WhereFrom() {
  const copy = useCommand('shell.copy', { done: 'Query copied' })
  return (
    <details open>
      <summary>Where the list comes from</summary>
      <dl className="cw-stack">
        <dt>Open Dental</dt>
        <dd>
          Reports → User Query: paste the query, Submit, Export.{' '}
          <Button variant="subtle" onClick={() => copy.mutate({ text: OPEN_DENTAL_QUERY })}>
            Copy the query
          </Button>
        </dd>
        <dt>Dentrix</dt>
        <dd>
          Letters &amp; Custom Lists: choose the patients, create the data file, save the list from Excel. A printed
          Patient List saved as CSV is read too.
        </dd>
        <dt>Eaglesoft</dt>
        <dd>Lists → Patients → Report: save it as CSV or Excel.</dd>
        <dt>Any other</dt>
        <dd>
          A spreadsheet with one patient a row: name, birth date, and what else you have. You say which column holds
          what.
        </dd>
      </dl>
    </details>
  )
}

function outlookOf(preview: Preview): OutlookWords {
  const { rows, ready, changing, changed, kept, newCoverages } = preview
  const does = [
    ...(ready > 0 ? [`Import ${countOf(ready, 'patient')}`] : []),
    ...(changing > 0 ? [`${ready > 0 ? 'change' : 'Change'} ${countOf(changing, 'patient')}`] : []),
  ]
  return {
    does: does.length === 0 ? null : does.join(', '),
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
