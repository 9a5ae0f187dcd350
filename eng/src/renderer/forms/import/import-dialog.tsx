// Brings a list of the office in: choose the file, say which column holds what, look, import, undo.
import { type ReactNode, useState } from 'react'
import { headingsKey } from '#core/import/headings.ts'
import { Progress } from '../../lib/progress.tsx'
import { explainError } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Finding } from '../../ui/finding.tsx'
import { ColumnMap, HeadingRow } from './column-map.tsx'
import type { ListFields, ListPreview } from './list-preview.ts'
import { Outlook, type OutlookWords } from './outlook.tsx'
import { Questions } from './questions.tsx'
import type { ListImport } from './use-list-import.ts'

interface ImportDialogProps<Preview extends ListPreview> {
  list: ListImport<Preview>
  onClose: () => void
  title: string
  fields: ListFields
  /** What one row is: `a request`. */
  row: string
  /** Before a file is chosen: what it may be, and what else there is to do. */
  lead: ReactNode
  chooser: ReactNode
  earlier: ReactNode
  /** What importing this would do. */
  outlook: (preview: Preview) => OutlookWords
}

/** What is said about the columns outlives a lock or a crash: the same list opened again is where it was. */
export function ImportDialog<Preview extends ListPreview>(props: ImportDialogProps<Preview>) {
  const { list, onClose, title, lead, chooser, earlier, outlook } = props
  const { data, kept } = list
  const words = data && outlook(data)
  return (
    <Dialog open onClose={onClose} title={title} size="xl">
      {!data && (
        <>
          {lead}
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
            onFiles={list.open}
          >
            CSV or Excel file
          </FileDrop>
          {chooser}
          {earlier}
        </>
      )}
      {data && words && (
        <div className="cw-stack">
          <Columns {...props} data={data} />
          <Questions questions={list.questions} answers={list.answers} onAnswer={(answers) => list.say({ answers })} />
          <Outlook
            preview={data}
            words={words}
            leaveOut={list.leaveOut}
            onLeaveOut={(leaveOut) => list.say({ leaveOut })}
          />
        </div>
      )}
      {list.errors.map((error) => (
        <Finding key={error.message} severity="warn">
          {explainError(error)}
        </Finding>
      ))}
      {data &&
        words &&
        (list.isImporting ? <Progress label="Importing" /> : <Way list={list} data={data} does={words.does} />)}
    </Dialog>
  )
}

/** Which sheet, row and columns hold what. */
function Columns<Preview extends ListPreview>({
  list: { say, turnTo },
  fields,
  row,
  data,
}: ImportDialogProps<Preview> & { data: Preview }) {
  const toSay = data.missing.length + data.asked.length
  // Stays open once it was: the next column is said where the first was.
  const [wasAsked, setWasAsked] = useState(toSay > 0)
  if (toSay > 0 && !wasAsked) setWasAsked(true)
  const known = Object.keys(data.mapping).length
  return (
    <>
      <div className="cw-fields">
        {data.sheets.length > 1 && (
          <SelectField
            label="Sheet"
            value={data.sheet}
            onChange={(sheet) => turnTo({ sheet })}
            options={data.sheets.map((name) => ({ value: name, label: name }))}
          />
        )}
        <HeadingRow preview={data} first={row} onChange={(headingRow) => turnTo({ headingRow })} />
      </div>
      <details open={wasAsked}>
        <summary>
          Columns: {known} of {data.headings.length} imported{data.asked.length > 0 && `, ${data.asked.length} to say`}
        </summary>
        <ColumnMap key={headingsKey(data.headings)} preview={data} fields={fields} onChange={say} />
      </details>
    </>
  )
}

/** @param does what importing does, in words; null: there is nothing to do */
function Way({
  list,
  data,
  does,
}: {
  list: Pick<ListImport<ListPreview>, 'close' | 'bring' | 'isLooking' | 'leaveOut'>
  data: ListPreview
  does: string | null
}) {
  const isHeld = data.asked.length > 0 || (data.waiting > 0 && !list.leaveOut)
  return (
    <Actions>
      <Button onClick={list.close}>Another file</Button>
      <Button
        variant="filled"
        autoFocus
        shortcut="mod+enter"
        disabled={list.isLooking || does === null || isHeld}
        onClick={list.bring}
      >
        {does ?? 'Import'}
      </Button>
    </Actions>
  )
}
