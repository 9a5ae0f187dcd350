// What is known of a payer's days: learned, typed, shipped and assumed beside each other, and which one the clocks go by.
import type { PayerId } from '#core/ids.ts'
import { type FigureRow, ORIGINS, type PayerFigure } from '#core/payer-figures.ts'
import { spanWords } from '#core/payer-rule/words.ts'
import { useRoute } from '../../lib/query.ts'
import { Why } from '../../ui/finding.tsx'
import { Answer } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

const TOPICS: Record<FigureRow['topic'], string> = {
  answer: 'Answers in',
  valid: 'Approval valid for',
  appeal: 'Time to appeal',
  filing: 'Time to file a claim',
}
const words = (figure: PayerFigure) => `${ORIGINS[figure.origin]}: ${spanWords(figure)}`

export function PayerFigures({ payerId }: { payerId: PayerId }) {
  const figures = useRoute('payer.figures', { id: payerId })
  return (
    <>
      <h3>Which figures count</h3>
      <Answer query={figures}>
        {({ rows }) => (
          <ul className="cw-stack" aria-label="Which figures count">
            {rows.map(({ topic, kind, figures: all }) => (
              <li key={`${topic} ${kind}`} className="cw-row">
                <strong>
                  {TOPICS[topic]}
                  {kind && ` (${kind})`}
                </strong>
                {all.length === 0 && <span className="cw-muted">Not known: check with the payer</span>}
                {all.map((figure) =>
                  figure.counts ? (
                    <StatusTag key={words(figure)} tone="ok">
                      {words(figure)}, counts
                    </StatusTag>
                  ) : (
                    <span key={words(figure)} className="cw-muted">
                      {words(figure)}
                    </span>
                  ),
                )}
                {all
                  .filter((figure) => figure.source !== '')
                  .slice(0, 1)
                  .map(({ source, confidence }) => (
                    <Why key={source} label="source" reason="" source={source} confidence={confidence} />
                  ))}
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </>
  )
}
