// What ends, is due and is planned, as a month; beside it the chosen day.
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useLocation } from 'wouter'
import { type CalendarItem, MOST_LISTED, MOST_ON_DAY } from '#core/contract/today.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { addMonths, type IsoDate } from '#core/dates.ts'
import { moveDay, weeksOf } from '#core/month.ts'
import { formatDate, shortSite, oneLine } from '../../lib/format.ts'
import { useKeys } from '../../lib/keys.ts'
import { useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import classes from './calendar.module.css'

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
type Count = OutputOf<'calendar.month'>['days'][number]
/** In the order of what cannot be made good once its day is over. */
const KINDS: readonly { kind: CalendarItem['kind']; label: string; isLastDay?: boolean }[] = [
  { kind: 'ends', label: 'Ends', isLastDay: true },
  { kind: 'appeal', label: 'Appeals', isLastDay: true },
  { kind: 'claim', label: 'Filing', isLastDay: true },
  { kind: 'information', label: 'Information', isLastDay: true },
  { kind: 'visit', label: 'Visits' },
  { kind: 'answer', label: 'Answers' },
  { kind: 'task', label: 'Tasks' },
]
/** Kinds that a day of the month has room for. */
const MOST_LINES = 3
/** People that such a line names. */
const MOST_NAMES = 2

const MOVES = [
  ['ArrowLeft', 'Previous day'],
  ['ArrowRight', 'Next day'],
  ['ArrowUp', 'Previous week'],
  ['ArrowDown', 'Next week'],
  ['PageUp', 'Previous month'],
  ['PageDown', 'Next month'],
  ['0', 'Today'],
] as const

const COLUMNS: readonly Column<CalendarItem>[] = [
  { header: 'What', text: (item) => item.text, isLong: true },
  { header: 'Patient', text: (item) => item.patientName },
  {
    header: 'Tooth, code',
    cell: (item) => oneLine([shortSite(item.tooth, item.area), item.code], ' ') || '–',
  },
]

export default function CalendarScreen() {
  const today = useToday()
  const [, go] = useLocation()
  const [day, setDay] = useState(today)
  const list = useRef<HTMLDivElement>(null)
  const weeks = weeksOf(day)
  const month = useRoute('calendar.month', { days: weeks.flat() }, { keep: true })
  const [whole, setWhole] = useState<IsoDate>()
  const query = useRoute(
    'calendar.list',
    { from: day, to: day, ...(whole === day && { limit: MOST_LISTED }) },
    { keep: true },
  )
  const holidays = month.data?.holidays ?? []
  const items = query.data?.items.filter((item) => item.on === day)
  const failed = month.error ? month : query.error ? query : null
  const title = `${formatDate(day).split(' ')[0]} ${day.slice(0, 4)}`
  return (
    <Page
      title={title}
      lead="Arrows move by day and week, PageUp and PageDown by month, 0 is today, Enter goes to the day’s list."
      actions={
        <>
          <Button onClick={() => setDay(addMonths(day, -1))}>Previous month</Button>
          <Button onClick={() => setDay(today)}>Today</Button>
          <Button onClick={() => setDay(addMonths(day, 1))}>Next month</Button>
          <Button shortcut="h" onClick={() => go(paths.huddle)}>
            Huddle sheet
          </Button>
        </>
      }
    >
      {failed ? (
        <ErrorState message={failed.error.message} onRetry={() => void failed.refetch()} />
      ) : (
        <div className={classes.split}>
          <Month
            weeks={weeks}
            day={day}
            counts={month.data?.days ?? []}
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
              rows={items ?? []}
              loading={items === undefined}
              rowKey={(item) => item.id}
              onOpen={(item) => go(paths.case(item.caseId, item.step))}
              takesArrow={false}
              empty={
                <EmptyState title="Nothing on this day">
                  Approvals that end, answers, visits and deadlines are listed here.
                </EmptyState>
              }
            />
            {query.data?.isCut && whole !== day && <Button onClick={() => setWhole(day)}>Show the whole day</Button>}
          </section>
        </div>
      )}
    </Page>
  )
}

interface MonthProps {
  weeks: readonly (readonly IsoDate[])[]
  day: IsoDate
  counts: readonly Count[]
  holidays: readonly IsoDate[]
  onDay: (day: IsoDate) => void
  onEnter: () => void
}

function Month({ weeks, day, counts, holidays, onDay, onEnter }: MonthProps) {
  const today = useToday()
  const grid = useRef<HTMLTableElement>(null)
  const moved = useRef(false)
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    focusDay(grid.current, day)
  }, [day])
  function move(key: string): boolean {
    const next = moveDay(day, key, today)
    if (!next) return false
    moved.current = next !== day
    if (next === day) focusDay(grid.current, day)
    else onDay(next)
    return true
  }
  // From anywhere on the page; from then on the day has the focus and takes the keys itself.
  useKeys([
    ...MOVES.map(([key, label]) => ({ combo: key.toLowerCase(), label, run: () => void move(key) })),
    { combo: 'enter', label: 'To the day’s list', run: onEnter },
  ])
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') onEnter()
    else if (!move(event.key)) return
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
              const own = KINDS.flatMap((kind) => {
                const here = counts.find((count) => count.on === one && count.kind === kind.kind)
                return here ? [{ ...kind, count: here.count, names: here.names }] : []
              })
              const all = sum(own)
              const last = sum(own.filter((kind) => kind.isLastDay))
              return (
                <td
                  key={one}
                  data-day={one}
                  data-other={one.slice(0, 7) !== day.slice(0, 7) || undefined}
                  data-today={one === today || undefined}
                  data-closed={holidays.includes(one) || undefined}
                  aria-selected={one === day}
                  aria-current={one === today ? 'date' : undefined}
                  aria-label={`${formatDate(one)}: ${all} ${all === 1 ? 'item' : 'items'}${last > 0 ? `, ${last} last day` : ''}`}
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
                  {own.slice(0, MOST_LINES).map(({ kind, label, count, names }) => (
                    <span key={kind} className={classes.item}>
                      <span className="cw-muted">{label}</span> {namesOf(names, count)}
                    </span>
                  ))}
                  {own.length > MOST_LINES && (
                    <span className={classes.item}>
                      <span className="cw-muted">More</span> {sum(own.slice(MOST_LINES))}
                    </span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `Doe, Roe +3`: as many as a cell has room for. */
function namesOf(names: readonly string[], count: number): string {
  const shown = names.slice(0, MOST_NAMES)
  const rest = count >= MOST_ON_DAY ? `${MOST_ON_DAY}+` : count - shown.length
  return oneLine([shown.join(', '), rest !== 0 && (shown.length > 0 ? `+${rest}` : String(rest))], ' ')
}

const focusDay = (month: HTMLTableElement | null, day: IsoDate) =>
  month?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()

const sum = (kinds: readonly { count: number }[]) => kinds.reduce((total, { count }) => total + count, 0)
