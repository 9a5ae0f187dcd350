// What is due, overdue or stuck: the union of everything that rings, each row with its reason and the one next action.
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { TodayQuery, type TodayBucket } from '#core/contract/worklist.ts'
import type { TodayRow } from '#core/contract/today.ts'
import { formatDate, siteName } from '../../lib/format.ts'
import { allPages, pagesOf, usePages } from '../../lib/paging.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/today.ts'
import { usePeopleFilters } from '../../lib/worklist/filters.tsx'
import { LastTouches } from '../../lib/worklist/last-touches.tsx'
import { useListState } from '../../lib/worklist/list-memory.ts'
import { Worklist, type WorkColumn } from '../../lib/worklist/worklist.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Short } from '../../ui/short.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'

const BUCKETS: readonly { key: TodayBucket; title: string; tone: Tone }[] = [
  { key: 'overdue', title: 'Overdue', tone: 'block' },
  { key: 'today', title: 'Today', tone: 'warn' },
  { key: 'week', title: 'This week', tone: 'info' },
  { key: 'waiting', title: 'Waiting on others', tone: 'wait' },
]
const bucketOf = (key: TodayBucket) => BUCKETS.find((bucket) => bucket.key === key)!

type Row = TodayRow & { id: string }

const COLUMNS: readonly WorkColumn<Row>[] = [
  {
    id: 'patient',
    header: 'Patient',
    cell: (row) => <Short text={row.patientName} />,
    text: (row) => row.patientName,
    width: '9.5rem',
  },
  {
    id: 'what',
    header: 'Tooth, code',
    cell: (row) => [siteName(row.tooth, row.area), row.code].filter(Boolean).join(' ') || '–',
    text: (row) => [siteName(row.tooth, row.area), row.code].filter(Boolean).join(' '),
    width: '7rem',
  },
  {
    id: 'payer',
    header: 'Payer',
    cell: (row) => <Short text={row.payerName ?? '–'} />,
    text: (row) => row.payerName,
    width: '9rem',
  },
  {
    id: 'provider',
    header: 'Dentist',
    cell: (row) => <Short text={row.providerName ?? '–'} />,
    text: (row) => row.providerName,
    width: '7rem',
    extra: true,
  },
  {
    id: 'due',
    header: 'Due',
    cell: (row) => formatDate(row.dueOn),
    text: (row) => row.dueOn,
    width: '7rem',
    extra: true,
  },
  {
    id: 'why',
    header: 'Why',
    cell: (row) => (
      <StatusTag tone={bucketOf(row.bucket).tone}>
        <Short text={row.reason} />
      </StatusTag>
    ),
    text: (row) => row.reason,
  },
  {
    id: 'action',
    header: 'Next',
    cell: (row) => <Short text={row.action} />,
    text: (row) => row.action,
    width: '11rem',
  },
  {
    id: 'person',
    header: 'Assigned',
    cell: (row) => <Short text={row.assigneeName ?? '–'} />,
    text: (row) => row.assigneeName,
    width: '6rem',
    extra: true,
  },
]

const PAGE = 200

/** What Today will show: asked for as soon as somebody is signed in, before the frame is drawn. */
export function askToday(client: QueryClient): void {
  void client.prefetchInfiniteQuery(pagesOf('today.list', { ...TodayQuery.parse({ bucket: 'all' }), limit: PAGE }))
}

export function TodayScreen() {
  const [, go] = useLocation()
  const today = useToday()
  const canWork = useCan('work')
  const memory = useListState('today', 'all')
  const { view, filter } = memory.state
  // What was kept by an older version may not fit any more: then nothing is narrowed.
  const chosen = TodayQuery.safeParse({ ...filter, bucket: view })
  const query = chosen.success ? chosen.data : TodayQuery.parse({})
  const { pages, error, isPending, refetch, more } = usePages('today.list', { ...query, limit: PAGE })
  const counts = pages[0]?.counts
  const rows = useMemo(() => pages.flatMap((page) => page.rows.map(toRow)), [pages])
  const groupOf = useMemo(() => (row: Row) => ({ ...bucketOf(row.bucket), count: counts?.[row.bucket] ?? 0 }), [counts])
  const isNarrowed = Object.keys(filter).length > 0
  return (
    <Worklist
      title={formatDate(today)}
      label="Today"
      memory={memory}
      views={[
        { value: 'all', label: 'All' },
        ...BUCKETS.map(({ key, title }) => ({
          value: key as string,
          label: title,
          ...(counts && { count: counts[key] }),
        })),
      ]}
      filters={usePeopleFilters()}
      columns={COLUMNS}
      rows={rows}
      error={error}
      pending={isPending}
      onRetry={() => void refetch()}
      more={more}
      all={async () => (await allPages('today.list', { ...query, limit: 500 })).flatMap((page) => page.rows.map(toRow))}
      print={{ of: 'today', ...query }}
      groupOf={groupOf}
      details={(row) => <LastTouches caseId={row.caseId} reason={row.reason} source={row.source} />}
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
