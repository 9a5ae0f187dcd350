// What a payer wants beside the guide's checklist: shipped with its source, and what the office adds.
import { ATTACHMENT_LABELS } from '#core/case/schema.ts'
import { PayerDocument, type ShippedDocument } from '#core/payer-documents.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Why } from '../../ui/finding.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { wholeNumber } from '../../lib/whole-number.ts'

const WHEN = { claim: 'Claim', authorization: 'Authorization', both: 'Both', appeal: 'Appeal' } as const

/** A row of the table as it is typed. */
export interface DocumentRow {
  title: string
  codes: string
  /** Empty: a note settles it. */
  kind: string
  when: keyof typeof WHEN
  months: string
  note: string
}

const STAGES: Record<DocumentRow['when'], PayerDocument['stages']> = {
  claim: ['claim'],
  authorization: ['authorization'],
  both: ['authorization', 'claim'],
  appeal: ['appeal'],
}
const whenOf = (stages: PayerDocument['stages']): DocumentRow['when'] => (stages.length > 1 ? 'both' : stages[0]!)

export function rowsOf(documents: readonly PayerDocument[]): DocumentRow[] {
  return documents.map(({ title, codes, kind, stages, maxAgeMonths, note }) => ({
    title,
    codes: codes.join(', '),
    kind: kind ?? '',
    when: whenOf(stages),
    months: String(maxAgeMonths ?? ''),
    note,
  }))
}

function documentIn({ title, codes, kind, when, months, note }: DocumentRow): PayerDocument | undefined {
  const maxAgeMonths = wholeNumber(months, 1, 120)
  const named = codes.split(/[,;\s]+/).filter(Boolean)
  const read = PayerDocument.safeParse({
    title,
    codes: named,
    kind: kind || null,
    stages: STAGES[when],
    maxAgeMonths,
    note,
  })
  return maxAgeMonths === undefined || !read.success ? undefined : read.data
}

/** What was typed, without rows that are empty; undefined while one cannot be read. */
export function documentsIn(rows: readonly DocumentRow[]): PayerDocument[] | undefined {
  const all = rows.filter((row) => row.title.trim() !== '' || row.codes.trim() !== '').map(documentIn)
  return all.some((one) => one === undefined) ? undefined : all.flatMap((one) => one ?? [])
}

const EMPTY: DocumentRow = { title: '', codes: '', kind: '', when: 'claim', months: '', note: '' }
const WRONG = 'Say what is wanted; codes such as D2740 or D2950-D2957; months from 1 to 120'

interface PayerDocumentsProps {
  rows: readonly DocumentRow[]
  onChange: (rows: DocumentRow[]) => void
  asked: boolean
  shipped: readonly ShippedDocument[]
}
export function PayerDocuments({ rows, onChange, asked, shipped }: PayerDocumentsProps) {
  const set = (at: number, part: Partial<DocumentRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    <section aria-label="Documents this payer wants">
      <h3>Documents this payer wants</h3>
      {shipped.length > 0 && (
        <ul className="cw-plans" aria-label="Shipped with these figures">
          {shipped.map((one) => (
            <li key={one.title} className="cw-row">
              <span>
                {one.title}
                {one.maxAgeMonths !== null && `, not older than ${one.maxAgeMonths} months`}
              </span>
              <span className="cw-muted">{one.codes.join(', ') || 'every code'}</span>
              <Why reason={one.note || one.title} source={one.source} confidence={one.confidence} />
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <table className="cw-grid">
          <caption>The office’s own list. It is part of the checklist of this payer’s cases.</caption>
          <TableHead names={['What', 'Codes, empty: every one', 'Settled by', 'For', 'Not older than, months', '']} />
          <tbody>
            {rows.map((row, at) => {
              const name = row.title || `Document ${at + 1}`
              const isWrong = asked && documentsIn([row]) === undefined
              return (
                <tr key={at}>
                  <td>
                    <TextField
                      label={`What, ${at + 1}`}
                      value={row.title}
                      onChange={(title) => set(at, { title })}
                      error={isWrong ? WRONG : undefined}
                    />
                  </td>
                  <td>
                    <TextField label={`Codes of ${name}`} value={row.codes} onChange={(codes) => set(at, { codes })} />
                  </td>
                  <td>
                    <SelectField
                      label={`What settles ${name}`}
                      value={row.kind}
                      onChange={(kind) => set(at, { kind })}
                      options={ATTACHMENT_LABELS}
                      emptyLabel="A note"
                    />
                  </td>
                  <td>
                    <SelectField
                      label={`When ${name}`}
                      value={row.when}
                      onChange={(when) => set(at, { when })}
                      options={WHEN}
                    />
                  </td>
                  <td>
                    <TextField
                      label={`Months of ${name}`}
                      value={row.months}
                      onChange={(months) => set(at, { months })}
                      inputMode="numeric"
                    />
                  </td>
                  <td>
                    <RowButton
                      verb="Remove"
                      of={name}
                      onClick={() => onChange(rows.filter((_, index) => index !== at))}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <Button onClick={() => onChange([...rows, EMPTY])}>Add a document</Button>
    </section>
  )
}
