// What is late, due or stuck: a row for each case that rings, with its reason and the one next action.
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { type TodayBucket, TodayQuery, type TodayRow } from '#core/contract/today.ts'
import { countText, MOST_COUNTED } from '#core/counts.ts'
import { dayOfWeek, oneLine, wholeDollars } from '../../lib/format.ts'
import { pagesOf } from '../../lib/paging.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { commonColumns } from '../../lib/worklist/common-columns.tsx'
import { usePeopleFilters } from '../../lib/worklist/filters.tsx'
import { useListState } from '../../lib/worklist/list-memory.ts'
import { chosenQuery, PAGE_ROWS, useWorklist } from '../../lib/worklist/use-worklist.tsx'
import { Worklist, type WorkColumn } from '../../lib/worklist/worklist.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { FirstWeek } from './first-week.tsx'

const GROUPS: readonly { key: TodayBucket; title: string }[] = [
  { key: 'overdue', title: 'Late' },
  { key: 'today', title: 'Due today' },
  { key: 'week', title: 'This week' },
  { key: 'waiting', title: 'Waiting' },
]
const groupAt = (key: TodayBucket) => GROUPS.find((group) => group.key === key)!

type Row = TodayRow & { id: string }

const { patient, what, payer, provider, due, why, action, person } = commonColumns<Row>()
const COLUMNS: readonly WorkColumn<Row>[] = [
  patient,
  what,
  payer,
  provider,
  due,
  {
    id: 'amount',
    header: 'Amount',
    cell: (row) => (row.amountCents === 0 ? '–' : wholeDollars(row.amountCents)),
    text: (row) => row.amountCents / 100,
    align: 'right',
  },
  {
    ...why,
    cell: (row) => (
      <>
        {row.reason}
        {row.more > 0 && <span className="cw-muted">{` (+${row.more} more)`}</span>}
      </>
    ),
  },
  action,
  person,
]

/** What Today will show: asked for as soon as somebody is signed in, before the frame is drawn. */
export function askToday(client: QueryClient): void {
  void client.prefetchInfiniteQuery(pagesOf('today.list', { ...TodayQuery.parse({ bucket: 'all' }), limit: PAGE_ROWS }))
}

export function TodayScreen() {
  const [, go] = useLocation()
  const today = useToday()
  const canWork = useCan('work')
  const memory = useListState('today', 'all')
  const { view, filter } = memory.state
  const query = chosenQuery(TodayQuery, { ...filter, bucket: view })
  const { list, first } = useWorklist('today.list', query, toRow)
  const { counts, atStakeCents = 0 } = first ?? {}
  const groupOf = useMemo(() => (row: Row) => ({ ...groupAt(row.bucket), count: counts?.[row.bucket] ?? 0 }), [counts])
  const isNarrowed = Object.keys(filter).length > 0
  return (
    <Worklist
      title={
        counts
          ? oneLine([
              dayOfWeek(today),
              `${countText(counts.overdue)} late`,
              `${countText(counts.today)} due`,
              atStakeCents > 0 && `${wholeDollars(atStakeCents)}${isCapped(counts) ? '+' : ''} at stake`,
            ])
          : dayOfWeek(today)
      }
      label="Today"
      memory={memory}
      views={[
        { value: 'all', label: 'All' },
        ...GROUPS.map(({ key, title }) => ({ value: key as string, label: title, count: counts?.[key] })),
      ]}
      filters={usePeopleFilters()}
      columns={COLUMNS}
      {...list}
      print={{ of: 'today', ...query }}
      groupOf={groupOf}
      empty={
        <>
          {!isNarrowed && <FirstWeek />}
          <EmptyState
            title={isNarrowed ? 'Nothing is due with these filters' : 'Nothing is due'}
            action={canWork && !isNarrowed && <Button onClick={() => go(paths.newCase)}>New case (Ctrl+N)</Button>}
          >
            Cases appear here by themselves: a code to choose, an answer that is late, an authorization that ends, an
            EOB to follow, a task that is due.
          </EmptyState>
        </>
      }
      actions={
        canWork && (
          <Button variant="filled" onClick={() => go(paths.newCase)}>
            New case
          </Button>
        )
      }
    />
  )
}

/** Fees are summed of as many cases as are counted: there are more then. */
const isCapped = ({ overdue, today }: { overdue: number; today: number }) => Math.max(overdue, today) >= MOST_COUNTED

function toRow(row: TodayRow): Row {
  return { ...row, id: row.key }
}
