// What is due, overdue or stuck: the union of everything that rings, each row with its reason and the one next action.
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { type TodayBucket, TodayQuery, type TodayRow } from '#core/contract/today.ts'
import { formatDate } from '../../lib/format.ts'
import { pagesOf } from '../../lib/paging.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { commonColumns, URGENCY } from '../../lib/worklist/common-columns.tsx'
import { usePeopleFilters } from '../../lib/worklist/filters.tsx'
import { useListState } from '../../lib/worklist/list-memory.ts'
import { chosenQuery, PAGE_ROWS, useWorklist } from '../../lib/worklist/use-worklist.tsx'
import { Worklist, type WorkColumn } from '../../lib/worklist/worklist.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'

const BUCKETS: readonly { key: TodayBucket; title: string }[] = [
  { key: 'overdue', title: 'Overdue' },
  { key: 'today', title: 'Today' },
  { key: 'week', title: 'This week' },
  { key: 'waiting', title: 'Waiting on others' },
]
const groupAt = (key: TodayBucket) => ({ ...BUCKETS.find((bucket) => bucket.key === key)!, tone: URGENCY[key] })

type Row = TodayRow & { id: string }

const { patient, what, payer, provider, why, action, person } = commonColumns<Row>()
const COLUMNS: readonly WorkColumn<Row>[] = [
  patient,
  what,
  payer,
  provider,
  {
    id: 'due',
    header: 'Due',
    cell: (row) => formatDate(row.dueOn),
    text: (row) => row.dueOn,
    extra: true,
  },
  why,
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
  const { list, counts } = useWorklist('today.list', query, toRow)
  const groupOf = useMemo(() => (row: Row) => ({ ...groupAt(row.bucket), count: counts?.[row.bucket] ?? 0 }), [counts])
  const isNarrowed = Object.keys(filter).length > 0
  return (
    <Worklist
      title={formatDate(today)}
      label="Today"
      memory={memory}
      views={[
        { value: 'all', label: 'All' },
        ...BUCKETS.map(({ key, title }) => ({ value: key as string, label: title, count: counts?.[key] })),
      ]}
      filters={usePeopleFilters()}
      columns={COLUMNS}
      {...list}
      print={{ of: 'today', ...query }}
      groupOf={groupOf}
      empty={
        <EmptyState
          title={isNarrowed ? 'Nothing rings with these filters' : 'Nothing rings today'}
          action={canWork && !isNarrowed && <Button onClick={() => go(paths.newCase)}>New case (Ctrl+N)</Button>}
        >
          Cases appear here by themselves: a code to choose, an answer that is late, an authorization that ends, an EOB
          to follow, a task that is due.
        </EmptyState>
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

function toRow(row: TodayRow): Row {
  return { ...row, id: row.key }
}
