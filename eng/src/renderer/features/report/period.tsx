// The period of a report: the last quarter, a year, or two dates.
import { useState, type ReactNode } from 'react'
import { addDays, type IsoDate } from '#core/dates.ts'
import { useToday } from '../../lib/use-today.ts'
import { DateField, SelectField } from '../../ui/fields.tsx'

const PERIODS = { quarter: 'Last 90 days', year: 'This year', before: 'Last year', own: 'From – to' } as const
type PeriodName = keyof typeof PERIODS
interface Between {
  from: IsoDate
  to: IsoDate
}

function daysOf(period: Exclude<PeriodName, 'own'>, today: IsoDate): Between {
  const year = Number(today.slice(0, 4))
  if (period === 'year') return { from: `${year}-01-01`, to: today }
  if (period === 'before') return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
  return { from: addDays(today, -90), to: today }
}

export function usePeriod() {
  const today = useToday()
  const [name, setName] = useState<PeriodName>('quarter')
  const [own, setOwn] = useState(daysOf('year', today))
  const between = name === 'own' ? own : daysOf(name, today)
  return { name, setName, own, setOwn, between }
}

/** `children`: the report's other filters, on the same line. */
export function PeriodFields({ period, children }: { period: ReturnType<typeof usePeriod>; children?: ReactNode }) {
  const { name, setName, own, setOwn } = period
  return (
    <div className="cw-filters">
      <SelectField label="Period" value={name} onChange={setName} options={PERIODS} />
      {name === 'own' && (
        <>
          <DateField label="From" value={own.from} onChange={(from) => from && setOwn({ ...own, from })} />
          <DateField label="To" value={own.to} onChange={(to) => to && setOwn({ ...own, to })} />
        </>
      )}
      {children}
    </div>
  )
}
