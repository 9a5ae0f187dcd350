// Every authorization by what it waits for: the payer, a call to the patient, its last days.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { STATE_LABELS } from '#core/authorization/lifecycle.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { dateOrDash, relativeDays } from '../../lib/format.ts'
import { usePages } from '../../lib/pages.ts'
import { useToday } from '../../lib/today.ts'
import { paths } from '../../paths.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Short } from '../../ui/short.tsx'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'
import { Views } from '../../ui/views.tsx'

type Row = OutputOf<'authorization.list'>['rows'][number]
type View = 'open' | 'expiring' | 'approved_not_called' | 'all'

const TONES: Partial<Record<string, Tone>> = {
  submitted: 'wait',
  appealed: 'wait',
  info_requested: 'warn',
  approved: 'ok',
  approved_modified: 'warn',
  denied: 'block',
  expired: 'block',
  used: 'ok',
}

/** The date that matters now: when the answer is due, or how long the approval lasts. */
function NextDate({ row }: { row: Row }) {
  const today = useToday()
  const date = row.state.startsWith('approved') ? row.validTo : row.state === 'submitted' ? row.expectedOn : null
  if (!date) return <>–</>
  const word = row.state === 'submitted' ? 'Answer' : 'Valid to'
  const text = `${word} ${dateOrDash(date)}`
  const title = relativeDays(date, today)
  return <span title={title}>{date < today ? <StatusTag tone="warn">{text}</StatusTag> : text}</span>
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'patient', header: 'Patient', cell: (row) => row.patientName },
  {
    id: 'what',
    header: 'Tooth, code',
    cell: (row) =>
      [row.tooth && `#${row.tooth}`, row.code, row.kind === 'estimate' && 'estimate'].filter(Boolean).join(' ') || '–',
    width: '8.5rem',
  },
  { id: 'payer', header: 'Payer', cell: (row) => <Short text={row.payerName ?? '–'} /> },
  {
    id: 'state',
    header: 'Status',
    cell: (row) => (
      <StatusTag tone={TONES[row.state] ?? 'plain'}>
        {STATE_LABELS[row.state as AuthorizationState] ?? row.state}
      </StatusTag>
    ),
    width: '12.5rem',
  },
  { id: 'sent', header: 'Sent', cell: (row) => dateOrDash(row.sentOn), width: '7.5rem' },
  { id: 'next', header: 'Next date', cell: (row) => <NextDate row={row} />, width: '12rem' },
  { id: 'reference', header: 'Number', cell: (row) => row.reference || '–', width: '8rem' },
]

const EMPTY: Record<View, { title: string; text: string }> = {
  open: { title: 'Nothing is open', text: 'Requests stand here from the draft until the payer decides.' },
  expiring: { title: 'None is about to expire', text: 'Approvals stand here before their last day.' },
  approved_not_called: {
    title: 'Every approved patient was called',
    text: 'Approvals stand here until the call to the patient is recorded in the case.',
  },
  all: { title: 'No authorization yet', text: 'One is started in a case, at the step Authorization.' },
}

export default function AuthorizationsScreen() {
  const [, go] = useLocation()
  const [view, setView] = useState<View>('open')
  const { pages, error, isPending, refetch, more } = usePages('authorization.list', { view, limit: 200 })
  const rows = pages.flatMap((page) => page.rows)
  const counts = pages[0]?.counts
  return (
    <Page
      title="Authorizations"
      lead={counts && `${counts.open} open, ${counts.attention} need attention`}
      bar={
        <Views
          label="Which authorizations"
          value={view}
          onChange={setView}
          views={[
            { value: 'open', label: 'Open', ...(counts && { count: counts.open }) },
            { value: 'expiring', label: 'Expiring' },
            { value: 'approved_not_called', label: 'Approved, patient not called' },
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
          label="Authorizations"
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => row.id}
          onOpen={(row) => go(paths.case(row.caseId, 'authorization'))}
          loading={isPending}
          onEnd={more}
          empty={<EmptyState title={EMPTY[view].title}>{EMPTY[view].text}</EmptyState>}
        />
      )}
    </Page>
  )
}
