// Brings an office's own log in: choose the file, say which column holds what, look, import, take back.
import { useState } from 'react'
import { headingsKey, IMPORT_FIELD_IDS, type Mapping } from '#core/authorization-import/fields.ts'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { saveFile } from '../../../lib/files-out.ts'
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

type OpenList = List & { fileName: string }

/** What somebody has said about a list; the list itself stays in its file. */
interface Kept {
  fileName: string
  headings: string
  sheet: string | null
  mapping: Mapping
  leaveOut: boolean
}

/** A list that is looked at: what it would bring, what was said about it, and bringing it in. */
function useLogImport(onClose: () => void) {
  const [list, setList] = useState<OpenList | null>(null)
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
  const look = ({ fileName, ...next }: OpenList) => {
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
    const { fileName, sheet = null } = list
    keep({ fileName, headings: headingsKey(data.headings), sheet, mapping: data.mapping, leaveOut, ...part })
  }
  return {
    list,
    kept,
    data,
    leaveOut,
    say,
    look,
    open: (files: readonly File[]) => void open(files),
    close: () => {
      preview.reset()
      setData(null)
      setList(null)
    },
    bring: () => {
      if (!list || !data) return
      const { fileName: _, ...file } = list
      run.mutate({ ...file, mapping: data.mapping, leaveOutProblems: leaveOut })
    },
    isLooking: preview.isPending,
    isImporting: run.isPending,
    problems: [preview.error, run.error].filter((error) => error !== null),
  }
}
type LogImport = ReturnType<typeof useLogImport>

/** What is said about the columns outlives a lock or a crash: the same list opened again is where it was. */
export default function LogImportDialog({ onClose }: { onClose: () => void }) {
  const log = useLogImport(onClose)
  const { data, list } = log
  return (
    <Dialog open onClose={onClose} title="Import a list of authorizations" size="xl">
      {!data && <ChooseList kept={log.kept} onOpen={log.open} />}
      {data && list && <Columns log={log} data={data} list={list} />}
      {log.problems.map((error) => (
        <Finding key={error.message} severity="warn">
          {explainError(error)}
        </Finding>
      ))}
      {data && (log.isImporting ? <Progress label="Importing" /> : <Way log={log} data={data} />)}
    </Dialog>
  )
}

function saveTemplate(): void {
  const content = new TextEncoder().encode(`\uFEFF${template}`)
  void saveFile('claimwright-authorizations-template.csv', content, 'Template saved')
}

function ChooseList({ kept, onOpen }: { kept: Kept | null; onOpen: LogImport['open'] }) {
  return (
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
      <FileDrop accept=".csv,.xlsx,.txt" takes="CSV, XLSX, TXT" multiple={false} shortcut="f" onFiles={onOpen}>
        CSV or Excel file
      </FileDrop>
      <Actions>
        <Button onClick={saveTemplate}>Save the template</Button>
      </Actions>
      <Earlier />
    </>
  )
}

/** Which sheet and column hold what, and what importing would do. */
function Columns({ log: { say, look, leaveOut }, data, list }: { log: LogImport; data: Preview; list: OpenList }) {
  return (
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
    </>
  )
}

function Way({ log, data: { ready, problems } }: { log: LogImport; data: Preview }) {
  return (
    <Actions>
      <Button onClick={log.close}>Another file</Button>
      <Button
        variant="filled"
        autoFocus
        shortcut="mod+enter"
        disabled={log.isLooking || ready === 0 || (problems.length > 0 && !log.leaveOut)}
        onClick={log.bring}
      >
        {`Import ${countOf(ready, 'row')}`}
      </Button>
    </Actions>
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
