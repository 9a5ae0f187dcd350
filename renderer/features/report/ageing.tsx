// Claims that wait for an answer, by their age; and approvals that end soon.
import { addDays } from '#core/dates.ts'
import { formatMoney, formatMonthDay } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { ColumnChart } from '../../ui/column-chart.tsx'

export function Ageing() {
  const { data } = useRoute('claim.ageing', {})
  if (!data) return null
  return (
    <ColumnChart
      title="Claims not answered, by age"
      note="days since sending"
      head={['Days', 'Claims', 'Billed']}
      columns={data.ages.map(({ age, claims, cents }) => ({
        key: age,
        label: age.replace('-', '–'),
        value: claims,
        more: [formatMoney(cents)],
      }))}
    />
  )
}

const WEEKS = 6

/** How many approvals end in each of the next weeks. */
export function Expiring() {
  const today = useToday()
  const days = Array.from({ length: WEEKS * 7 }, (_, at) => addDays(today, at))
  const { data } = useRoute('calendar.month', { days })
  if (!data) return null
  const ends = data.days.filter(({ kind }) => kind === 'ends')
  return (
    <ColumnChart
      title="Approvals that end in the next six weeks"
      note="and are not used yet"
      head={['Week from', 'Approvals', 'Patients']}
      columns={Array.from({ length: WEEKS }, (_, week) => {
        const [from, to] = [days[week * 7]!, days[week * 7 + 6]!]
        const own = ends.filter(({ on }) => on >= from && on <= to)
        const names = [...new Set(own.flatMap((one) => one.names))]
        return {
          key: from,
          label: formatMonthDay(from),
          value: own.reduce((sum, { count }) => sum + count, 0),
          more: [names.join(', ') || '–'],
        }
      })}
    />
  )
}
