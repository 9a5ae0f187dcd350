// Brings an office's own log in: choose the file, say which column holds what, look, import, take back.
import { useState } from 'react'
import { headingsKey, IMPORT_FIELD_IDS, type Mapping } from '#core/authorization-import/fields.ts'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import { call } from '../../../lib/client.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { countOf } from '../../../lib/format.ts'
import { showToast } from '../../../lib/notify.tsx'
import { Progress } from '../../../lib/progress.tsx'
import { explainError, useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { CheckField, SelectField } from '../../../ui/fields.tsx'
import { FileDrop } from '../../../ui/file-drop.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { ColumnMap } from './column-map.tsx'
import { Earlier } from './earlier.tsx'
import template from '../../../../assets/templates/authorizations.csv?raw'

type Preview = OutputOf<'authorization.previewImport'>
type List = Pick<InputOf<'authorization.previewImport'>, 'content' | 'sheet' | 'mapping'>

/** What somebody has said about a list; the list itself stays in its file. */
interface Kept {
  fileName: string
  headings: string
  sheet: string | null
  mapping: Mapping
  leaveOut: boolean
}

/** What is said about the columns outlives a lock or a crash: the same list opened again is where it was. */
export function LogImportDialog({ onClose }: { onClose: () => void }) {
  const [list, setList] = useState<(List & { fileName: string }) | null>(null)
  const [kept, keep, { discard }] = useDraft<Kept | null>('authorization-import', null)
  /** Stays while a changed column is looked at again, so that the focus stays in it. */
  const [data, setData] = useState<Preview | null>(null)
  const preview = useCommand('authorization.previewImport', {
    expected: ['FILE_REJECTED', 'REFUSED'],
    onSuccess: (next, input) => {
      const isKnown = kept !== null && kept.headings === headingsKey(next.headings)
      if (isKnown && !input.mapping && !isSameMapping(kept.mapping, next.mapping))
        preview.mutate({ ...input, mapping: kept.mapping })
      else setData(next)
    },
  })
  const leaveOut = kept?.leaveOut ?? false
  const undo = useCommand('authorization.undoImport', {
    done: ({ removed }) => `Import taken back: ${countOf(removed, 'case')}`,
  })
  const run = useCommand('authorization.import', {
    expected: ['REFUSED'],
    onSuccess: ({ importId, imported }) => {
      const takeBack = () => importId && undo.mutate({ importId })
      discard()
      showToast({
        message: `${countOf(imported, 'authorization')} imported`,
        ...(importId ? { action: { label: 'Undo', run: takeBack, shortcut: 'mod+z' } } : {}),
      })
      onClose()
    },
  })
  const look = ({ fileName, ...next }: List & { fileName: string }) => {
    setList({ fileName, ...next })
    preview.mutate(next)
  }
  async function open([file]: readonly File[]): Promise<void> {
    if (!file) return
    const sheet = kept?.fileName === file.name ? kept.sheet : null
    look({ fileName: file.name, content: new Uint8Array(await file.arrayBuffer()), ...(sheet && { sheet }) })
  }
  /** Says something about the list that is looked at. */
  const say = (part: Partial<Kept>) => {
    if (!list || !data) return
    const { headings, mapping } = data
    const now = {
      fileName: list.fileName,
      headings: headingsKey(headings),
      sheet: list.sheet ?? null,
      mapping,
      leaveOut,
    }
    keep({ ...now, ...part })
  }
  const saveTemplate = () =>
    call('shell.saveFile', {
      name: 'claimwright-authorizations-template.csv',
      content: new TextEncoder().encode(`\uFEFF${template}`),
    }).then(
      ({ saved }) => saved && showToast({ message: 'Template saved' }),
      (error: unknown) => showToast({ message: explainError(error), tone: 'block' }),
    )
  return (
    <Dialog open onClose={onClose} title="Import a list of authorizations" size="xl">
      {!data && (
        <>
          <p>
            A spreadsheet with one request a row, saved as CSV or Excel (.xlsx). Nothing is written before you have seen
            what would be.
          </p>
          {kept && (
            <Finding severity="info">
              What you said about the columns of {kept.fileName} is kept. Open the file again to go on.
            </Finding>
          )}
          <FileDrop
            accept=".csv,.xlsx,.txt"
            takes="CSV, XLSX, TXT"
            multiple={false}
            shortcut="f"
            onFiles={(files) => void open(files)}
          >
            CSV or Excel file
          </FileDrop>
          <Actions>
            <Button onClick={() => void saveTemplate()}>Save the template</Button>
          </Actions>
          <Earlier />
        </>
      )}
      {preview.error && <Finding severity="warn">{explainError(preview.error)}</Finding>}
      {data && list && (
        <>
          {data.sheets.length > 1 && (
            <SelectField
              label="Sheet"
              value={data.sheet}
              onChange={(sheet) => {
                say({ sheet })
                const { mapping: _, ...same } = list
                look({ ...same, sheet })
              }}
              options={data.sheets.map((name) => ({ value: name, label: name }))}
            />
          )}
          <ColumnMap
            preview={data}
            onChange={(mapping) => {
              say({ mapping })
              look({ ...list, mapping })
            }}
          />
          <Outlook preview={data} leaveOut={leaveOut} onLeaveOut={(next) => say({ leaveOut: next })} />
          {run.error && <Finding severity="warn">{explainError(run.error)}</Finding>}
          {run.isPending ? (
            <Progress label="Importing" />
          ) : (
            <Actions>
              <Button
                onClick={() => {
                  preview.reset()
                  setData(null)
                  setList(null)
                }}
              >
                Another file
              </Button>
              <Button
                variant="filled"
                autoFocus
                shortcut="mod+enter"
                disabled={preview.isPending || data.ready === 0 || (data.problems.length > 0 && !leaveOut)}
                onClick={() => {
                  const { fileName: _, ...file } = list
                  run.mutate({ ...file, mapping: data.mapping, leaveOutProblems: leaveOut })
                }}
              >
                {`Import ${countOf(data.ready, 'row')}`}
              </Button>
            </Actions>
          )}
        </>
      )}
    </Dialog>
  )
}

const isSameMapping = (one: Mapping, other: Mapping) => IMPORT_FIELD_IDS.every((field) => one[field] === other[field])

interface OutlookProps {
  preview: Preview
  leaveOut: boolean
  onLeaveOut: (leaveOut: boolean) => void
}

/** What importing would do, in numbers, and each problem with its row. */
function Outlook({ preview, leaveOut, onLeaveOut }: OutlookProps) {
  const { rows, ready, duplicates, problems, mapping, missing, newPatients, newPayers, codesWithoutGuide } = preview
  if (missing.length > 0) return <Finding severity="warn">Say which column holds: {missing.join(', ')}.</Finding>
  const wrong = new Set(problems.map((one) => one.row)).size
  return (
    <>
      <p>
        <strong>{countOf(ready, 'row')} to import</strong> of {rows.toLocaleString('en-US')}
        {newPatients > 0 && `, with ${countOf(newPatients, 'new patient')}`}
        {duplicates > 0 && ` · ${countOf(duplicates, 'row')} already there, skipped`}
        {wrong > 0 && ` · ${countOf(wrong, 'row')} with problems`}
      </p>
      {ready > 0 && mapping.kind === undefined && (
        <Finding severity="info">
          No column says the kind: every row counts as a prior authorization (required), none as an estimate.
        </Finding>
      )}
      {newPayers.length > 0 && (
        <Finding severity="info">
          {newPayers.length === 1 ? 'New payer' : `${newPayers.length} new payers`}: {newPayers.join('; ')}. Each gets a
          plan “Plan to check”.
        </Finding>
      )}
      {codesWithoutGuide.length > 0 && (
        <Finding severity="info">
          Tracked without a guide of their own, as “Any other procedure”: {codesWithoutGuide.join(', ')}. Check that
          each is a code and no slip.
        </Finding>
      )}
      {wrong > 0 && (
        <>
          <ul className="cw-stack cw-scroll" aria-label="Problems">
            {problems.map((one) => (
              <li key={`${one.row} ${one.column} ${one.message}`}>
                <strong>Row {one.row}</strong> · {one.column}: {one.message}
              </li>
            ))}
          </ul>
          <CheckField
            label={`Leave out ${countOf(wrong, 'row')} with problems`}
            value={leaveOut}
            onChange={onLeaveOut}
            hint="Or correct the list in the spreadsheet and open it again"
          />
        </>
      )}
    </>
  )
}
