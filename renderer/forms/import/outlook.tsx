// What importing a list would do: new rows, changes to what is on file, what is left out and why, each problem with its row.
import type { ReactNode } from 'react'
import { countOf } from '../../lib/format.ts'
import { CheckField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import type { ListPreview } from './list-preview.ts'

export interface OutlookWords {
  /** On the button: `Import 12 rows`; null where there is nothing to do. */
  does: string | null
  /** What it brings, in front of what every list counts. */
  brings: ReactNode
  /** What it changes. */
  changes?: ReactNode
  /** What importing takes for granted, or makes beside. */
  goodToKnow: readonly string[]
}

/** On the button: `Import 12 fees, change 2 fees`; null where there is nothing to do. */
export function doesWords(noun: string, ready: number, changing: number): string | null {
  const does = [
    ...(ready > 0 ? [`Import ${countOf(ready, noun)}`] : []),
    ...(changing > 0 ? [`${ready > 0 ? 'change' : 'Change'} ${countOf(changing, noun)}`] : []),
  ]
  return does.length === 0 ? null : does.join(', ')
}

interface OutlookProps {
  preview: ListPreview
  words: OutlookWords
  leaveOut: boolean
  onLeaveOut: (leaveOut: boolean) => void
}

export function Outlook({ preview, words, leaveOut, onLeaveOut }: OutlookProps) {
  const { duplicates, problems, leftOut, missing, waiting: wrong } = preview
  if (missing.length > 0) return <Finding severity="warn">Say which column holds: {missing.join(', ')}.</Finding>
  const what = problems.length > 0 ? 'with problems' : 'with questions'
  return (
    <>
      <p>
        {words.brings}
        {duplicates > 0 && ` · ${countOf(duplicates, 'row')} already there, skipped`}
        {wrong > 0 && ` · ${countOf(wrong, 'row')} ${what}`}
      </p>
      {words.changes}
      <div>
        {words.goodToKnow.map((one) => (
          <Finding key={one} severity="info">
            {one}
          </Finding>
        ))}
      </div>
      {leftOut.length > 0 && (
        <details>
          <summary>Not imported: {countOf(preview.notTaken, 'row')}</summary>
          <Rows label="Not imported" rows={leftOut.map((one) => ({ ...one, text: one.reason }))} />
        </details>
      )}
      {problems.length > 0 && (
        <Rows
          label="Problems"
          rows={problems.map(({ row, column, message }) => ({ row, text: `${column}: ${message}` }))}
        />
      )}
      {wrong > 0 && (
        <CheckField
          label={`Leave out ${countOf(wrong, 'row')} ${what}`}
          value={leaveOut}
          onChange={onLeaveOut}
          hint="Or correct the list in the spreadsheet and open it again"
        />
      )}
    </>
  )
}

export function Rows({ label, rows }: { label: string; rows: readonly { row: number; text: ReactNode }[] }) {
  return (
    <ul className="cw-stack cw-scroll" aria-label={label}>
      {rows.map(({ row, text }, at) => (
        <li key={`${row} ${at}`}>
          <strong>Row {row}</strong> · {text}
        </li>
      ))}
    </ul>
  )
}

interface ChangedRow {
  row: number
  /** Whom and what it is about. */
  about: string
  changes: readonly { label: string; from: string; to: string }[]
}

/** What the list says otherwise, old beside new. */
export function Changes({ title, rows }: { title: string; rows: readonly ChangedRow[] }) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Rows
        label={title}
        rows={rows.map(({ row, about, changes }) => ({
          row,
          text: (
            <>
              {about}
              {changes.map(({ label, from, to }) => (
                <div key={label}>
                  {label}: {from && <del>{from}</del>} {from && '→ '}
                  <strong>{to}</strong>
                </div>
              ))}
            </>
          ),
        }))}
      />
    </section>
  )
}
