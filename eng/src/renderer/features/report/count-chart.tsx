// Figures as bars; the numbers stand beside them, so nothing is said by length alone.
import { formatMoney } from '../../lib/format.ts'
import { Section } from '../../ui/page.tsx'
import classes from './report.module.css'

interface Count {
  key: string
  count: number
  cents: number
}
const MOST = 8

/** Denied lines by what they have in common, the most first. */
export function CountChart({ title, counts }: { title: string; counts: readonly Count[] }) {
  const rest = counts.slice(MOST)
  const sum = (of: 'count' | 'cents') => rest.reduce((total, one) => total + one[of], 0)
  return (
    <BarChart
      title={title}
      head={['Lines', 'Billed']}
      bars={counts
        .slice(0, MOST)
        .map(({ key, count, cents }) => ({ key, value: count, cells: [String(count), formatMoney(cents)] }))}
      rest={rest.length > 0 ? [`${rest.length} more`, String(sum('count')), formatMoney(sum('cents'))] : null}
    />
  )
}

interface BarChartProps {
  title: string
  note?: string
  /** Headings of the figures at the right. */
  head: readonly [string, string]
  bars: readonly { key: string; value: number; cells: readonly [string, string] }[]
  /** What the others have together. */
  rest?: readonly [string, string, string] | null
}

export function BarChart({ title, note, head, bars, rest = null }: BarChartProps) {
  if (bars.length === 0) return null
  const most = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <Section title={title} note={note}>
      <table className={classes.chart} aria-label={title}>
        <colgroup>
          <col style={{ width: '45%' }} />
          <col />
          <col style={{ width: '4rem' }} />
          <col style={{ width: '7rem' }} />
        </colgroup>
        <thead className="cw-hidden">
          <tr>
            <th>{title}</th>
            <th>Share</th>
            {head.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map(({ key, value, cells }) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td className={classes.track} aria-hidden>
                <span className={classes.bar} style={{ width: `${(value / most) * 100}%` }} />
              </td>
              <td>{cells[0]}</td>
              <td>{cells[1]}</td>
            </tr>
          ))}
          {rest && (
            <tr>
              <th scope="row">{rest[0]}</th>
              <td />
              <td>{rest[1]}</td>
              <td>{rest[2]}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  )
}
