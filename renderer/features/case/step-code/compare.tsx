// The recommended code beside the codes it is confused with.
import { findTooth } from '#core/teeth.ts'
import { comparisonsFor } from '#core/guide/reference.ts'
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
        <table key={comparison.id} className="cw-table">
          <caption className="cw-muted">{comparison.title}</caption>
          <thead>
            <tr>
              <th>Point</th>
              {comparison.codes.map((one) => (
                <th key={one}>
                  {one} <span className="cw-muted">{guide.codes.find((code) => code.code === one)?.label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {comparison.rows.map((row) => (
              <tr key={row.point}>
                <th scope="row">{row.point}</th>
                {comparison.codes.map((one, index) => (
                  <td key={one}>{row.cells[index]}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={comparison.codes.length + 1} className="cw-muted">
                {[...new Set(comparison.rows.flatMap((row) => row.source))].join('; ')}
              </td>
            </tr>
          </tfoot>
        </table>
      ))}
    </Dialog>
  )
}
