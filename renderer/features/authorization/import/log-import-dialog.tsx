// Brings an office's own log of authorizations in.
import { IMPORT_FIELDS } from '#core/authorization-import/fields.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { saveFile } from '../../../lib/files-out.ts'
import { countOf, personName, siteName } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions } from '../../../ui/dialog.tsx'
import { Earlier } from '../../../forms/import/earlier.tsx'
import { ImportDialog } from '../../../forms/import/import-dialog.tsx'
import { Changes, type OutlookWords } from '../../../forms/import/outlook.tsx'
import { useListImport } from '../../../forms/import/use-list-import.ts'
import { OPEN_WORK_QUERY } from '../../../forms/import/open-dental-queries.ts'
import { WhereFrom } from '../../../forms/import/where-from.tsx'
import template from '../../../../assets/templates/authorizations.csv?raw'

type Preview = OutputOf<'authorization.previewImport'>

export default function LogImportDialog({ onClose }: { onClose: () => void }) {
  const { data: earlier } = useRoute('authorization.listImports', {})
  const preview = useCommand('authorization.previewImport', { expected: ['FILE_REJECTED', 'REFUSED'] })
  const run = useCommand('authorization.import', { expected: ['REFUSED'] })
  const undo = useCommand('authorization.undoImport', {
    expected: ['REFUSED'],
    done: ({ removed }) => (removed > 0 ? `Import undone: ${countOf(removed, 'case')}` : 'Import undone'),
  })
  const list = useListImport<Preview>({
    draft: 'authorization-import',
    noun: ({ requests, claims }) => (claims === 0 ? 'authorization' : requests === 0 ? 'claim' : 'case'),
    preview,
    run,
    undo,
    onClose,
  })
  return (
    <ImportDialog
      list={list}
      onClose={onClose}
      title="Import a list of authorizations"
      fields={IMPORT_FIELDS}
      row="a request"
      lead={
        <p>
          A spreadsheet with one request a row, or the open claims and pre-authorizations of your practice system, saved
          as CSV, text or Excel (.xlsx). Nothing is written before you have seen what would be.
        </p>
      }
      chooser={
        <>
          <WhereFrom
            query={OPEN_WORK_QUERY}
            places={{
              'Dentrix, Eaglesoft':
                'The report of open claims or pre-authorizations, saved as CSV or Excel. A claim needs its code, day of service, day sent, fee and payer in each row: what lacks one is listed and left out.',
            }}
          />
          <Actions>
            <Button onClick={saveTemplate}>Save the template</Button>
          </Actions>
        </>
      }
      earlier={<Earlier imports={earlier?.imports} undo={undo} />}
      outlook={outlookOf}
    />
  )
}

function saveTemplate(): void {
  const content = new TextEncoder().encode(`\uFEFF${template}`)
  void saveFile('claimwright-authorizations-template.csv', content, 'Template saved')
}

function outlookOf(preview: Preview): OutlookWords {
  const { rows, ready, requests, claims, changed, newPatients } = preview
  const does = [
    ...(ready > 0 || changed.length === 0 ? [`Import ${countOf(ready, 'row')}`] : []),
    ...(changed.length > 0 ? [`${ready > 0 ? 'change' : 'Change'} ${countOf(changed.length, 'row')}`] : []),
  ]
  return {
    does: ready + changed.length === 0 ? null : does.join(', '),
    brings: (
      <>
        <strong>{countOf(ready, 'row')} to import</strong> of {rows.toLocaleString('en-US')}
        {requests + claims < ready && requests > 0 && `, as ${countOf(requests, 'request')}`}
        {claims > 0 && `, ${countOf(claims, 'open claim')}`}
        {newPatients > 0 && `, with ${countOf(newPatients, 'new patient')}`}
        {changed.length > 0 && ` · ${countOf(changed.length, 'row')} changed`}
      </>
    ),
    changes: (
      <Changes
        title="Changed since last time"
        rows={changed.map((one) => ({
          row: one.row,
          about: [personName(one), [one.code, siteName(one.tooth, one.area)].filter(Boolean).join(' '), one.payer]
            .filter(Boolean)
            .join(' · '),
          changes: one.changes,
        }))}
      />
    ),
    goodToKnow: goodToKnow(preview),
  }
}

function goodToKnow({
  ready,
  claims,
  mapping,
  readAs,
  newPayers,
  severalPayers,
  codesWithoutGuide,
}: Preview): string[] {
  const all: [boolean, string][] = [
    [
      claims > 0,
      'Each open claim becomes a case with a claim that is sent, to follow up and post its EOB on. What it was sent with stays in the practice system.',
    ],
    [
      ready > 0 && mapping.kind === undefined,
      'No column says the kind: every row counts as a prior authorization (required), none as an estimate.',
    ],
    [ready > 0 && mapping.payer === undefined, 'No column says the payer: the requests are kept without a plan.'],
    [readAs.length > 0, `Codes without their D: ${readAs.join(', ')}.`],
    [
      newPayers.length > 0,
      `${newPayers.length === 1 ? 'New payer' : `${newPayers.length} new payers`}: ${newPayers.join('; ')}. Each gets a plan “Plan to check”.`,
    ],
    [
      severalPayers.length > 0,
      `More than one payer: ${severalPayers.slice(0, 5).join('; ')}${severalPayers.length > 5 ? ` and ${severalPayers.length - 5} more` : ''}. The first in the list becomes primary; check the order with the patient’s plans.`,
    ],
    [
      codesWithoutGuide.length > 0,
      `Tracked without a guide of their own, as “Any other procedure”: ${codesWithoutGuide.join(', ')}. Check each code for typing errors.`,
    ],
  ]
  return all.flatMap(([isSo, words]) => (isSo ? [words] : []))
}
