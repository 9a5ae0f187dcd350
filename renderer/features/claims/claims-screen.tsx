// Every claim by where it stands: not sent yet, with the payer, decided.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { STATE_LABELS } from '#core/claim/lifecycle.ts'
import type { ClaimState } from '#core/claim/schema.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { dateOrDash, formatMoney, relativeDays } from '../../lib/format.ts'
import { usePages } from '../../lib/pages.ts'
import { useToday } from '../../lib/today.ts'
import { paths } from '../../paths.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Short } from '../../ui/short.tsx'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'
import { Views } from '../../ui/views.tsx'

type Row = OutputOf<'claim.list'>['rows'][number]
type View = 'draft' | 'waiting' | 'adjudicated' | 'all'

const TONES: Partial<Record<string, Tone>> = {
  draft: 'todo',
  sent: 'wait',
  rejected: 'block',
  adjudicated: 'info',
  closed: 'ok',
}

function Sent({ row }: { row: Row }) {
  const today = useToday()
  if (!row.sentOn) return <>–</>
  return (
    <>
      {dateOrDash(row.sentOn)}
      {row.state === 'sent' && <span className="cw-muted">, {relativeDays(row.sentOn, today)}</span>}
    </>
  )
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'number', header: 'Claim', cell: (row) => row.number, width: '11rem' },
  { id: 'patient', header: 'Patient', cell: (row) => row.patientName },
  {
    id: 'what',
    header: 'Tooth, code',
    cell: (row) => [row.tooth && `#${row.tooth}`, row.code].filter(Boolean).join(' ') || '–',
    width: '8rem',
  },
  { id: 'payer', header: 'Payer', cell: (row) => <Short text={row.payerName ?? '–'} /> },
  {
    id: 'state',
    header: 'Status',
    cell: (row) => (
      <StatusTag tone={TONES[row.state] ?? 'plain'}>{STATE_LABELS[row.state as ClaimState] ?? row.state}</StatusTag>
    ),
    width: '9rem',
  },
  { id: 'sent', header: 'Sent', cell: (row) => <Sent row={row} />, width: '14rem' },
  { id: 'total', header: 'Total', cell: (row) => formatMoney(row.totalCents), align: 'right', width: '7rem' },
]

const EMPTY: Record<View, { title: string; text: string }> = {
  draft: { title: 'No claim waits to be sent', text: 'A claim stands here from its draft until it is sent.' },
  waiting: { title: 'No claim is with a payer', text: 'Sent claims stand here until their EOB is posted.' },
  adjudicated: { title: 'No decided claim', text: 'Claims stand here once their EOB is posted.' },
  all: { title: 'No claim yet', text: 'One is filled in a case, at the step Claim.' },
}

export default function ClaimsScreen() {
  const [, go] = useLocation()
  const [view, setView] = useState<View>('waiting')
  const { pages, error, isPending, refetch, more } = usePages('claim.list', { view, limit: 200 })
  const rows = pages.flatMap((page) => page.rows)
  const counts = pages[0]?.counts
  return (
    <Page
      title="Claims"
      lead={counts && `${counts.draft} to send, ${counts.waiting} with payers`}
      bar={
        <Views
          label="Which claims"
          value={view}
          onChange={setView}
          views={[
            { value: 'draft', label: 'To send', ...(counts && { count: counts.draft }) },
            { value: 'waiting', label: 'Waiting for the payer', ...(counts && { count: counts.waiting }) },
            { value: 'adjudicated', label: 'Decided' },
            { value: 'all', label: 'All' },
          ]}
        />
      }
    >
      {error ? (
        <ErrorState message={error.message} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          key={view}
          label="Claims"
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => row.id}
          onOpen={(row) =>
            go(paths.case(row.caseId, row.state === 'draft' || row.state === 'rejected' ? 'claim' : 'follow_up'))
          }
          loading={isPending}
          onEnd={more}
          empty={<EmptyState title={EMPTY[view].title}>{EMPTY[view].text}</EmptyState>}
        />
      )}
    </Page>
  )
}
