// Codes side by side, point by point.
import { TableHead } from './table-head.tsx'

interface ComparisonTableProps {
  codes: readonly string[]
  rows: readonly { point: string; cells: readonly string[] }[]
  caption?: string
  /** Where it is from. */
  source?: string
}

export function ComparisonTable({ codes, rows, caption, source }: ComparisonTableProps) {
  return (
    <table className="cw-table">
      {caption && <caption className="cw-muted">{caption}</caption>}
      <TableHead names={['Point', ...codes]} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.point}>
            <th scope="row">{row.point}</th>
            {row.cells.map((cell, index) => (
              <td key={codes[index]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
      {source && (
        <tfoot>
          <tr>
            <td colSpan={codes.length + 1} className="cw-muted">
              {source}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}
