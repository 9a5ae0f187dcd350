// Brings an office's own log in: choose the file, say which column holds what, look, import, take back.
import { useState } from 'react'
import type { Mapping } from '#core/authorization-import/fields.ts'
import { headingsKey } from '#core/import/headings.ts'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { saveFile } from '../../../lib/files-out.ts'
import { countOf } from '../../../lib/format.ts'
import { showToast } from '../../../lib/notify.tsx'
import { Progress } from '../../../lib/progress.tsx'
import { explainError, useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { FileDrop } from '../../../ui/file-drop.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { ColumnMap, HeadingRow } from './column-map.tsx'
import { Earlier } from './earlier.tsx'
import { Outlook, wrongRows } from './outlook.tsx'
import { type Answers, Questions } from './questions.tsx'
import template from '../../../../assets/templates/authorizations.csv?raw'

type Preview = OutputOf<'authorization.previewImport'>
type Said = Pick<InputOf<'authorization.previewImport'>, 'sheet' | 'headingRow' | 'mapping' | 'ignored' | 'answers'>
type List = Said & Pick<InputOf<'authorization.previewImport'>, 'content'>

type OpenList = List & { fileName: string }

/** What somebody has said about a list; the list itself stays in its file. */
interface Kept {
  fileName: string
  headings: string
  sheet: string | null
  headingRow: number
  mapping: Mapping
  ignored: number[]
  answers: Answers
  leaveOut: boolean
}

/** A list that is looked at: what it would bring, what was said about it, and bringing it in. */
function useLogImport(onClose: () => void) {
  const [list, setList] = useState<OpenList | null>(null)
  const [kept, keep, { discard }] = useDraft<Kept | null>('authorization-import', null)
  /** Stays while a changed column is looked at again, so that the focus stays in it. */
  const [data, setData] = useState<Preview | null>(null)
  /** Every question that came up, also those that are answered by now. */
  const [questions, setQuestions] = useState<Preview['questions']>([])
  const preview = useCommand('authorization.previewImport', {
    expected: ['FILE_REJECTED', 'REFUSED'],
    onSuccess: (next, input) => {
      const isKnown = kept !== null && kept.headings === headingsKey(next.headings)
      setQuestions((known) => [...known, ...next.questions.filter((one) => known.every(({ id }) => id !== one.id))])
      if (isKnown && !input.mapping) look({ fileName: kept.fileName, ...input, ...saidOf(kept) })
      else setData(next)
    },
  })
  const leaveOut = kept?.leaveOut ?? false
  const undo = useCommand('authorization.undoImport', {
    done: ({ removed }) => (removed > 0 ? `Import undone: ${countOf(removed, 'case')}` : 'Import undone'),
  })
  const run = useCommand('authorization.import', {
    expected: ['REFUSED'],
    onSuccess: ({ importId, imported, changed }) => {
      const takeBack = () => importId && undo.mutate({ importId })
      discard()
      showToast({
        message: [
          ...(imported > 0 || changed === 0 ? [`${countOf(imported, 'authorization')} imported`] : []),
          ...(changed > 0 ? [`${countOf(changed, 'authorization')} changed`] : []),
        ].join(', '),
        ...(importId ? { action: { label: 'Undo', run: takeBack, shortcut: 'mod+z' } } : {}),
      })
      onClose()
    },
  })
  function look({ fileName, ...next }: OpenList): void {
    setList({ fileName, ...next })
    preview.mutate(next)
  }
  async function open([file]: readonly File[]): Promise<void> {
    if (!file) return
    const same = kept?.fileName === file.name ? kept : null
    setQuestions([])
    look({
      fileName: file.name,
      content: new Uint8Array(await file.arrayBuffer()),
      ...(same?.sheet && { sheet: same.sheet }),
      ...(same && { headingRow: same.headingRow }),
    })
  }
  /** Says something about the list that is looked at, and looks at it again. */
  const say = (part: Partial<Omit<Kept, 'fileName' | 'headings'>>) => {
    if (!list || !data) return
    const { mapping, ignored, headingRow } = data
    const said = {
      sheet: list.sheet ?? null,
      headingRow,
      mapping,
      ignored,
      answers: kept?.answers ?? {},
      leaveOut,
      ...part,
    }
    keep({ fileName: list.fileName, headings: headingsKey(data.headings), ...said })
    if (part.leaveOut === undefined) look({ ...list, ...saidOf(said) })
  }
  /** Other columns altogether: what was said about these does not hold for them. */
  const turnTo = (part: Pick<Said, 'sheet' | 'headingRow'>) => {
    if (!list) return
    const { fileName, content, sheet } = list
    discard()
    setQuestions([])
    look({ fileName, content, sheet, ...part })
  }
  return {
    list,
    kept,
    data,
    questions,
    answers: kept?.answers ?? {},
    leaveOut,
    say,
    turnTo,
    open: (files: readonly File[]) => void open(files),
    close: () => {
      preview.reset()
      setData(null)
      setList(null)
    },
    bring: () => {
      if (!list || !data) return
      const { fileName: _, ...file } = list
      const { mapping, ignored } = data
      run.mutate({ ...file, mapping, ignored, answers: kept?.answers ?? {}, leaveOutProblems: leaveOut })
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
      {data && list && <Columns log={log} data={data} />}
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
      <FileDrop
        accept=".csv,.xlsx,.txt"
        takes="CSV, XLSX, TXT"
        multiple={false}
        shortcut="f"
        isFocused
        onFiles={onOpen}
      >
        CSV or Excel file
      </FileDrop>
      <Actions>
        <Button onClick={saveTemplate}>Save the template</Button>
      </Actions>
      <Earlier />
    </>
  )
}

/** Which sheet, row and columns hold what, and what importing would do. */
function Columns({ log, data }: { log: LogImport; data: Preview }) {
  const { say, turnTo, leaveOut, questions, answers } = log
  const toSay = data.missing.length + data.asked.length
  // Stays open once it was: the next column is said where the first was.
  const [wasAsked, setWasAsked] = useState(toSay > 0)
  if (toSay > 0 && !wasAsked) setWasAsked(true)
  const known = Object.keys(data.mapping).length
  return (
    <div className="cw-stack">
      <div className="cw-fields">
        {data.sheets.length > 1 && (
          <SelectField
            label="Sheet"
            value={data.sheet}
            onChange={(sheet) => turnTo({ sheet })}
            options={data.sheets.map((name) => ({ value: name, label: name }))}
          />
        )}
        <HeadingRow preview={data} onChange={(headingRow) => turnTo({ headingRow })} />
      </div>
      <details open={wasAsked}>
        <summary>
          Columns: {known} of {data.headings.length} imported{data.asked.length > 0 && `, ${data.asked.length} to say`}
        </summary>
        <ColumnMap key={headingsKey(data.headings)} preview={data} onChange={say} />
      </details>
      <Questions questions={questions} answers={answers} onAnswer={(next) => say({ answers: next })} />
      <Outlook preview={data} leaveOut={leaveOut} onLeaveOut={(next) => say({ leaveOut: next })} />
    </div>
  )
}

function Way({ log, data }: { log: LogImport; data: Preview }) {
  const { ready, changed, asked } = data
  const does = [
    ...(ready > 0 || changed.length === 0 ? [`Import ${countOf(ready, 'row')}`] : []),
    ...(changed.length > 0 ? [`${ready > 0 ? 'change' : 'Change'} ${countOf(changed.length, 'row')}`] : []),
  ]
  const isNothing = ready + changed.length === 0
  return (
    <Actions>
      <Button onClick={log.close}>Another file</Button>
      <Button
        variant="filled"
        autoFocus
        shortcut="mod+enter"
        disabled={log.isLooking || isNothing || asked.length > 0 || (wrongRows(data) > 0 && !log.leaveOut)}
        onClick={log.bring}
      >
        {does.join(', ')}
      </Button>
    </Actions>
  )
}

const saidOf = ({
  sheet,
  headingRow,
  mapping,
  ignored,
  answers,
}: Omit<Kept, 'fileName' | 'headings' | 'leaveOut'>): Said => ({
  ...(sheet && { sheet }),
  headingRow,
  mapping,
  ignored,
  answers,
})
