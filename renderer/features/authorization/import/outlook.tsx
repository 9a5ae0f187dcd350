// What importing a list would do: new rows, changes to requests on file, what is left out and why, each problem with its row.
import type { ReactNode } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, personName, siteName } from '../../../lib/format.ts'
import { CheckField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'

type Preview = OutputOf<'authorization.previewImport'>

interface OutlookProps {
  preview: Preview
  leaveOut: boolean
  onLeaveOut: (leaveOut: boolean) => void
}

/** Rows that wait for a correction or an answer. */
export const wrongRows = ({ problems, questions }: Pick<Preview, 'problems' | 'questions'>): number =>
  new Set([...problems, ...questions].map((one) => one.row)).size

export function Outlook({ preview, leaveOut, onLeaveOut }: OutlookProps) {
  const { rows, ready, requests, changed, duplicates, problems, leftOut, missing, newPatients } = preview
  if (missing.length > 0) return <Finding severity="warn">Say which column holds: {missing.join(', ')}.</Finding>
  const wrong = wrongRows(preview)
  const what = problems.length > 0 ? 'with problems' : 'with questions'
  return (
    <>
      <p>
        <strong>{countOf(ready, 'row')} to import</strong> of {rows.toLocaleString('en-US')}
        {requests < ready && `, as ${countOf(requests, 'request')}`}
        {newPatients > 0 && `, with ${countOf(newPatients, 'new patient')}`}
        {changed.length > 0 && ` · ${countOf(changed.length, 'row')} changed`}
        {duplicates > 0 && ` · ${countOf(duplicates, 'row')} already there, skipped`}
        {wrong > 0 && ` · ${countOf(wrong, 'row')} ${what}`}
      </p>
      {changed.length > 0 && <Changes changed={changed} />}
      <GoodToKnow preview={preview} />
      {leftOut.length > 0 && (
        <details>
          <summary>Not imported: {countOf(leftOut.length, 'row')}</summary>
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

function Rows({ label, rows }: { label: string; rows: readonly { row: number; text: ReactNode }[] }) {
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

/** What the list says anew, old beside new. */
function Changes({ changed }: Pick<Preview, 'changed'>) {
  return (
    <section aria-label="Changed">
      <h3>Changed since last time</h3>
      <Rows
        label="Changes"
        rows={changed.map((one) => ({
          row: one.row,
          text: (
            <>
              {personName(one)} · {[one.code, siteName(one.tooth, one.area)].filter(Boolean).join(' ')}
              {one.payer && ` · ${one.payer}`}
              {one.changes.map(({ label, from, to }) => (
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

/** What importing takes for granted or makes beside the requests. */
function GoodToKnow({ preview }: { preview: Preview }) {
  const { ready, mapping, readAs, newPayers, severalPayers, codesWithoutGuide } = preview
  const all: [boolean, string][] = [
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
  return (
    <div>
      {all
        .filter(([isSo]) => isSo)
        .map(([, words]) => (
          <Finding key={words} severity="info">
            {words}
          </Finding>
        ))}
    </div>
  )
}
