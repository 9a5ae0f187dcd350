// Brings the office's dentists in, from a list with names and numbers.
import type { OutputOf } from '#core/contract/index.ts'
import { PROVIDER_FIELDS } from '#core/provider-import/fields.ts'
import { Earlier, undoneWords } from '../../../forms/import/earlier.tsx'
import { ImportDialog } from '../../../forms/import/import-dialog.tsx'
import { Changes, doesWords, type OutlookWords, Rows } from '../../../forms/import/outlook.tsx'
import { useListImport } from '../../../forms/import/use-list-import.ts'
import { countOf } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'

type Preview = OutputOf<'provider.previewImport'>

export default function ProviderImportDialog({ onClose }: { onClose: () => void }) {
  const { data: earlier } = useRoute('provider.listImports', {})
  const preview = useCommand('provider.previewImport', { expected: ['FILE_REJECTED', 'REFUSED'] })
  const run = useCommand('provider.import', { expected: ['REFUSED'] })
  const undo = useCommand('provider.undoImport', {
    expected: ['REFUSED'],
    done: (done) => undoneWords(done, 'dentist'),
  })
  const list = useListImport<Preview>({ draft: 'provider-import', noun: 'dentist', preview, run, undo, onClose })
  return (
    <ImportDialog
      list={list}
      onClose={onClose}
      title="Import dentists"
      fields={PROVIDER_FIELDS}
      row="a dentist"
      lead={
        <p>
          A list with one dentist a row: name, NPI, license, taxonomy, saved as CSV, text or Excel. Each NPI’s check
          digit is tested. Hygienists sign no claim: leave them out.
        </p>
      }
      chooser={null}
      earlier={<Earlier imports={earlier?.imports} undo={undo} />}
      outlook={outlookOf}
    />
  )
}

function outlookOf({ rows, ready, fresh, changed }: Preview): OutlookWords {
  return {
    does: doesWords('dentist', ready, changed.length),
    brings: (
      <>
        <strong>{countOf(ready, 'new dentist')}</strong> of {countOf(rows, 'row')}
        {changed.length > 0 && ` · ${countOf(changed.length, 'dentist')} changed`}
      </>
    ),
    changes: (
      <>
        {fresh.length > 0 && (
          <Rows
            label="New dentists"
            rows={fresh.map(({ row, name, npi }) => ({ row, text: `${name} · NPI ${npi || 'missing'}` }))}
          />
        )}
        <Changes title="Changed" rows={changed.map(({ row, name, changes }) => ({ row, about: name, changes }))} />
      </>
    ),
    goodToKnow: [],
  }
}
