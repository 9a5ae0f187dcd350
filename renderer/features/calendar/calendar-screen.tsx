// What ends, is due and is planned, as a month; beside it the chosen day.
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useLocation } from 'wouter'
import type { CalendarItem } from '#core/contract/calendar.ts'
import { addMonths, type IsoDate } from '#core/dates.ts'
import { formatDate, siteName } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Short } from '../../ui/short.tsx'
import classes from './calendar.module.css'
import { moveDay, weeksOf } from './month.ts'

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const KINDS: Record<CalendarItem['kind'], string> = {
  ends: 'Ends',
  answer: 'Answer',
  information: 'Information',
  visit: 'Visit',
  claim: 'Filing',
  appeal: 'Appeal',
  task: 'Task',
}
/** Past these days nothing can be made good: they stand out. */
const LAST_DAYS: readonly CalendarItem['kind'][] = ['ends', 'appeal', 'claim', 'information']

const COLUMNS: readonly Column<CalendarItem>[] = [
  { id: 'kind', header: 'What', cell: (item) => <Short text={item.text} />, width: '9rem' },
  { id: 'patient', header: 'Patient', cell: (item) => <Short text={item.patientName} /> },
  {
    id: 'site',
    header: 'Tooth, code',
    cell: (item) => [siteName(item.tooth, item.area), item.code].filter(Boolean).join(' ') || '–',
    width: '7.5rem',
  },
]

export default function CalendarScreen() {
  const today = useToday()
  const [, go] = useLocation()
  const [day, setDay] = useState(today)
  const list = useRef<HTMLDivElement>(null)
  const weeks = weeksOf(day)
  const query = useRoute('calendar.list', { from: weeks[0]![0]!, to: weeks.at(-1)!.at(-1)! }, { keep: true })
  const items = query.data?.items ?? []
  const holidays = query.data?.holidays ?? []
  const ofDay = items.filter((item) => item.on === day)
  const title = `${formatDate(day).split(' ')[0]} ${day.slice(0, 4)}`
  return (
    <Page
      title={title}
      lead="Arrows move by day and week, PageUp and PageDown by month, T is today, Enter goes to the day’s list."
      actions={
        <>
          <Button onClick={() => setDay(addMonths(day, -1))}>Month before</Button>
          <Button onClick={() => setDay(today)}>Today</Button>
          <Button onClick={() => setDay(addMonths(day, 1))}>Next month</Button>
          <Button shortcut="h" onClick={() => go(paths.huddle)}>
            Huddle sheet
          </Button>
        </>
      }
    >
      {query.error ? (
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      ) : (
        <div className={classes.split}>
          <Month
            weeks={weeks}
            day={day}
            items={items}
            holidays={holidays}
            onDay={setDay}
            onEnter={() => list.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()}
          />
          <section ref={list} aria-label={`Items of ${formatDate(day)}`} className={classes.day}>
            <h2>
              {formatDate(day)}
              {holidays.includes(day) && <span className="cw-muted"> · office closed</span>}
            </h2>
            <DataTable
              key={day}
              label={`Due on ${formatDate(day)}`}
              columns={COLUMNS}
              rows={ofDay}
              rowKey={(item) => item.id}
              onOpen={(item) => go(paths.case(item.caseId, item.step))}
              empty={
                <EmptyState title="Nothing on this day">
                  Approvals that end, answers, visits and deadlines stand here.
                </EmptyState>
              }
            />
            {query.data?.isCut && <p className="cw-muted">More stands in these weeks than is shown.</p>}
          </section>
        </div>
      )}
    </Page>
  )
}

interface MonthProps {
  weeks: readonly (readonly IsoDate[])[]
  day: IsoDate
  items: readonly CalendarItem[]
  holidays: readonly IsoDate[]
  onDay: (day: IsoDate) => void
  onEnter: () => void
}

function Month({ weeks, day, items, holidays, onDay, onEnter }: MonthProps) {
  const today = useToday()
  const grid = useRef<HTMLTableElement>(null)
  const moved = useRef(false)
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
  }, [day])
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') onEnter()
    else {
      const next = moveDay(day, event.key, today)
      if (!next) return
      moved.current = true
      onDay(next)
    }
    event.preventDefault()
  }
  return (
    <table ref={grid} role="grid" aria-label="Month" className={classes.month} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th key={name} scope="col" abbr={name}>
              {name.slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((one) => {
              const own = items.filter((item) => item.on === one)
              const last = own.filter((item) => LAST_DAYS.includes(item.kind)).length
              return (
                <td
                  key={one}
                  data-day={one}
                  data-other={one.slice(0, 7) !== day.slice(0, 7) || undefined}
                  data-today={one === today || undefined}
                  data-closed={holidays.includes(one) || undefined}
                  aria-selected={one === day}
                  aria-current={one === today ? 'date' : undefined}
                  aria-label={`${formatDate(one)}: ${own.length} ${own.length === 1 ? 'item' : 'items'}${last > 0 ? `, ${last} last day` : ''}`}
                  tabIndex={one === day ? 0 : -1}
                  onClick={() => onDay(one)}
                >
                  <span className={classes.number}>
                    {Number(one.slice(8))}
                    {holidays.includes(one) && <span className="cw-muted"> closed</span>}
                    {last > 0 && (
                      <span className={classes.last}>
                        <IconAlertTriangle size={13} aria-hidden /> {last}
                      </span>
                    )}
                  </span>
                  {own.slice(0, 2).map((item) => (
                    <span key={item.id} className={classes.item}>
                      {KINDS[item.kind]}: {item.patientName}
                    </span>
                  ))}
                  {own.length > 2 && <span className={classes.item}>{own.length - 2} more</span>}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
