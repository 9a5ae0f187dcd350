// Figures as columns, drawn small; the same figures stand in the table below, so nothing is said by height alone.
import classes from './kit.module.css'
import { Section } from './page.tsx'
import { TableHead } from './table-head.tsx'

interface ChartColumn {
  key: string
  /** Under the column and in the table. */
  label: string
  value: number
  /** What stands over the column and in the table; else the value. */
  text?: string
  /** Further cells of the table. */
  more?: readonly string[]
}
interface ColumnChartProps {
  title: string
  note?: string | undefined
  /** Headings of the table: of the label, the value, and the further cells. */
  head: readonly string[]
  columns: readonly ChartColumn[]
}

const [WIDTH, HEIGHT, TOP, FOOT] = [64, 120, 16, 18]

/** A chart with its table, which is what screen readers get. */
export function ColumnChart({ title, note, head, columns }: ColumnChartProps) {
  const most = Math.max(1, ...columns.map(({ value }) => value))
  const heightOf = (value: number) => (value / most) * (HEIGHT - TOP)
  return (
    <Section title={title} note={note}>
      <svg
        className={classes.columns}
        viewBox={`0 0 ${columns.length * WIDTH} ${HEIGHT + FOOT}`}
        style={{ maxWidth: `${columns.length * WIDTH * 1.1}px` }}
        aria-hidden
      >
        <line x1={0} x2={columns.length * WIDTH} y1={HEIGHT} y2={HEIGHT} stroke="var(--cw-line)" />
        {columns.map(({ key, label, value, text }, at) => (
          <g key={key} transform={`translate(${at * WIDTH} 0)`}>
            <rect
              x={WIDTH * 0.2}
              width={WIDTH * 0.6}
              y={HEIGHT - heightOf(value)}
              height={heightOf(value)}
              rx={2}
              fill="var(--cw-accent)"
            />
            <text x={WIDTH / 2} y={HEIGHT - heightOf(value) - 4} textAnchor="middle">
              {text ?? value}
            </text>
            <text x={WIDTH / 2} y={HEIGHT + 14} textAnchor="middle">
              {label}
            </text>
          </g>
        ))}
      </svg>
      <table className="cw-table" aria-label={title}>
        <TableHead names={head} right={head.slice(1)} />
        <tbody>
          {columns.map(({ key, label, value, text, more = [] }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td data-align="right">{text ?? value}</td>
              {more.map((cell, at) => (
                <td key={head[at + 2]} data-align="right">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
