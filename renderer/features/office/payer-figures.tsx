// What is known of a payer's days: learned, typed, shipped and assumed beside each other, and which one the clocks go by.
import type { PayerId } from '#core/ids.ts'
import { type FigureRow, ORIGINS, type PayerFigure, spanWords } from '#core/payer-figures.ts'
import { useRoute } from '../../lib/query.ts'
import { confidenceText } from '../../ui/finding.tsx'
import { Answer } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { TableHead } from '../../ui/table-head.tsx'

const TOPICS: Record<FigureRow['topic'], string> = {
  answer: 'Answers in',
  valid: 'Approval holds',
  appeal: 'Time to appeal',
  filing: 'Time to file a claim',
}
const KINDS = { required: 'required', estimate: 'estimate' } as const
const NAMES = Object.keys(ORIGINS) as PayerFigure['origin'][]

export function PayerFigures({ payerId }: { payerId: PayerId }) {
  const figures = useRoute('payer.figures', { id: payerId })
  return (
    <>
      <h3>Which figures count</h3>
      <Answer query={figures}>
        {({ rows }) => (
          <table className="cw-table" aria-label="Which figures count">
            <TableHead names={['', ...NAMES.map((name) => ORIGINS[name]), 'Source of the one that counts']} />
            <tbody>
              {rows.map((row) => {
                const counting = row.figures.find((one) => one.counts)
                return (
                  <tr key={`${row.topic} ${row.kind}`}>
                    <th scope="row">
                      {TOPICS[row.topic]}
                      {row.kind && ` (${KINDS[row.kind]})`}
                    </th>
                    {NAMES.map((name) => (
                      <td key={name}>
                        <Figure figure={row.figures.find((one) => one.origin === name)} />
                      </td>
                    ))}
                    <td className="cw-muted">
                      {counting
                        ? `${counting.source} (${confidenceText(counting.confidence)})`
                        : 'Check with the payer'}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )}
      </Answer>
    </>
  )
}

function Figure({ figure }: { figure: PayerFigure | undefined }) {
  if (!figure) return '–'
  if (!figure.counts) return spanWords(figure)
  return (
    <>
      {spanWords(figure)} <StatusTag tone="ok">counts</StatusTag>
    </>
  )
}
