// Brings in the list of codes that the office has under its own license.
import { useState } from 'react'
import { CODE_FIELDS } from '#core/codes/list-fields.ts'
import { isEdition, lastDayBefore } from '#core/codes/listed.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { Earlier, undoneWords } from '../../../forms/import/earlier.tsx'
import { ImportDialog } from '../../../forms/import/import-dialog.tsx'
import { Changes, type OutlookWords } from '../../../forms/import/outlook.tsx'
import { useListImport, withExtra } from '../../../forms/import/use-list-import.ts'
import { countOf, formatDate } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/use-today.ts'
import { CheckField, SelectField } from '../../../ui/fields.tsx'

type Preview = OutputOf<'codeList.previewImport'>
interface Into {
  of: string
  endMissing: boolean
}

export default function CodeImportDialog({ onClose }: { onClose: () => void }) {
  const thisYear = Number(useToday().slice(0, 4))
  const [into, setInto] = useState<Into>({ of: String(thisYear), endMissing: false })
  const { data: earlier } = useRoute('codeList.listImports', {})
  const preview = useCommand('codeList.previewImport', { expected: ['FILE_REJECTED', 'REFUSED'] })
  const run = useCommand('codeList.import', { expected: ['REFUSED'] })
  const undo = useCommand('codeList.undoImport', {
    expected: ['REFUSED'],
    done: (done) => undoneWords(done, 'list'),
  })
  const list = useListImport<Preview>({
    draft: 'code-import',
    noun: 'code',
    preview: withExtra(preview, { into }),
    run: withExtra(run, { into }),
    undo,
    onClose,
  })
  return (
    <ImportDialog
      list={list}
      onClose={onClose}
      title="Import a list of codes"
      fields={CODE_FIELDS}
      row="a code"
      lead={
        <>
          <p>
            The list of codes that your office has a license for: code, descriptor, and where it names them the first
            and last day. Claimwright ships none of the ADA’s words; they stay on this computer.
          </p>
          <div className="cw-fields">
            <SelectField
              label="List of"
              value={into.of}
              onChange={(of) => setInto({ of, endMissing: false })}
              options={[
                ...[thisYear, thisYear + 1].map((year) => ({ value: String(year), label: `CDT ${year}` })),
                { value: 'carc', label: 'Reason codes of EOBs (CARC)' },
                { value: 'rarc', label: 'Remark codes of EOBs (RARC)' },
              ]}
            />
            {isEdition(into.of) && (
              <CheckField
                label="Codes that are missing in it have ended"
                value={into.endMissing}
                onChange={(endMissing) => setInto({ ...into, endMissing })}
                hint="Only for the whole edition; the list of what would end is shown first"
              />
            )}
          </div>
        </>
      }
      chooser={null}
      earlier={<Earlier imports={earlier?.imports} undo={undo} />}
      outlook={(found) => outlookOf(found, into)}
    />
  )
}

/** Days as they are read. */
const inWords = ({ label, from, to }: Preview['changed'][number]['changes'][number]) =>
  label === 'Descriptor' ? { label, from, to } : { label, from: from && formatDate(from), to: formatDate(to) }

const WHY: Record<Preview['affected'][number]['why'], string> = {
  ended: 'the code has ended by then',
  not_yet: 'the code is not in force yet',
  revised: 'its descriptor is revised: read it again',
}

function outlookOf(found: Preview, { of, endMissing }: Into): OutlookWords {
  const { listed, ready, changing, changed, absent, affected, affecting, duplicates } = found
  const isKnown = duplicates > 0
  return {
    does: isKnown || listed === 0 ? null : `Import ${countOf(listed, 'code')}`,
    brings: isKnown ? (
      <>This list is on file already.</>
    ) : (
      <>
        <strong>{countOf(listed, 'code')}</strong> {isEdition(of) && `of CDT ${of} `}· {countOf(ready, 'code')} not
        known so far
        {changing > 0 && ` · ${countOf(changing, 'code')} changed`}
      </>
    ),
    changes: (
      <>
        {affecting > 0 && (
          <section aria-label="Open cases with changed codes">
            <h3>{countOf(affecting, 'line')} of open cases use changed codes</h3>
            <ul className="cw-stack cw-scroll">
              {affected.map(({ caseId, patient, code, on, why }) => (
                <li key={`${caseId} ${code} ${on}`}>
                  {patient}: {code} on {formatDate(on)}, {WHY[why]}
                </li>
              ))}
            </ul>
          </section>
        )}
        <Changes
          title="Changed codes"
          rows={changed.map(({ row, code, changes }) => ({ row, about: code, changes: changes.map(inWords) }))}
        />
      </>
    ),
    goodToKnow:
      absent.length > 0
        ? [
            `${countOf(absent.length, 'code')} of the guides ${absent.length === 1 ? 'is' : 'are'} not in this list: ${absent.join(', ')}. ${
              endMissing ? `They end on ${formatDate(lastDayBefore(of))}.` : 'They stay as they are.'
            }`,
          ]
        : [],
  }
}
