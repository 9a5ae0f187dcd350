// The recommended code beside the codes it is confused with.
import { findTooth } from '#core/teeth.ts'
import { comparisonsFor } from '#core/guide/reference.ts'
import { ComparisonTable } from '../../../ui/comparison-table.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import type { CodeProps } from '../step-data.ts'

export function Compare({ caseView, guide, onClose }: CodeProps & { onClose: () => void }) {
  const main = [...caseView.proposedLines, ...caseView.lines].filter((line) => line.role === 'main').at(-1)
  const code = caseView.decision?.codes.at(-1) ?? main?.code ?? guide.comparisons[0]?.codes[0] ?? ''
  const tooth = caseView.tooth !== null && findTooth(caseView.tooth) ? caseView.tooth : null
  const comparisons = comparisonsFor(guide, code, tooth)
  return (
    <Dialog open onClose={onClose} title={`Compare ${code}`} size="90%">
      {comparisons.length === 0 && <p className="cw-muted">The guide has no comparison for {code}.</p>}
      {comparisons.map((comparison) => (
        <ComparisonTable
          key={comparison.id}
          {...comparison}
          codes={comparison.codes.map((one) => `${one} ${guide.codes.find((each) => each.code === one)?.label ?? ''}`)}
          caption={comparison.title}
          source={[...new Set(comparison.rows.flatMap((row) => row.source))].join('; ')}
        />
      ))}
    </Dialog>
  )
}
