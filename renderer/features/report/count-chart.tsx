// Counts as bars; the same numbers stand beside them as a table, so nothing is said by length alone.
import { formatMoney } from '../../lib/format.ts'
import { Section } from '../../ui/page.tsx'
import classes from './report.module.css'

interface CountChartProps {
  title: string
  counts: readonly { key: string; count: number; cents: number }[]
}
const MOST = 8

export function CountChart({ title, counts }: CountChartProps) {
  if (counts.length === 0) return null
  const most = Math.max(...counts.map((one) => one.count))
  const shown = counts.slice(0, MOST)
  const rest = counts.slice(MOST)
  const others = rest.reduce((sum, one) => ({ count: sum.count + one.count, cents: sum.cents + one.cents }), {
    count: 0,
    cents: 0,
  })
  return (
    <Section title={title}>
      <table className={classes.chart}>
        <colgroup>
          <col style={{ width: '45%' }} />
          <col />
          <col style={{ width: '3rem' }} />
          <col style={{ width: '7rem' }} />
        </colgroup>
        <thead className="cw-hidden">
          <tr>
            <th>{title}</th>
            <th>Share</th>
            <th>Lines</th>
            <th>Billed</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.key}>
              <th scope="row">{one.key}</th>
              <td className={classes.track} aria-hidden>
                <span className={classes.bar} style={{ width: `${(one.count / most) * 100}%` }} />
              </td>
              <td>{one.count}</td>
              <td>{formatMoney(one.cents)}</td>
            </tr>
          ))}
          {rest.length > 0 && (
            <tr>
              <th scope="row">{`${rest.length} more`}</th>
              <td />
              <td>{others.count}</td>
              <td>{formatMoney(others.cents)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  )
}
