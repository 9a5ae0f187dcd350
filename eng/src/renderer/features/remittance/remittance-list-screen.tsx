// Remittance files: payments to post, claims that wait for somebody, what payers did to whole checks.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { dateOrDash, formatMoney, moneyOrDash } from '../../lib/format.ts'
import { usePages } from '../../lib/paging.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Views } from '../../ui/views.tsx'
import { ClaimRows } from './claim-rows.tsx'
import { PostReadyDialog } from './post-ready-dialog.tsx'
import { RemittanceImportDialog } from './remittance-import-dialog.tsx'
import { methodName } from './remittance-words.ts'

type Payment = OutputOf<'era.list'>['rows'][number]
type Entry = OutputOf<'era.ledger'>['rows'][number]
type View = 'open' | 'queue' | 'all' | 'ledger'

function Progress({ row }: { row: Payment }) {
  if (row.open > 0) return <StatusTag tone="todo">{`${row.open} of ${row.claims} to do`}</StatusTag>
  return <StatusTag tone="ok">{row.claims === 0 ? 'No claims' : 'All posted'}</StatusTag>
}
function Balance({ row }: { row: Payment }) {
  if (row.differenceCents === 0) return <StatusTag tone="ok">Adds up</StatusTag>
  return (
    <StatusTag tone="warn">
      {row.differenceCents === null ? 'Unreadable' : `Off by ${formatMoney(Math.abs(row.differenceCents))}`}
    </StatusTag>
  )
}

const PAYMENTS: readonly Column<Payment>[] = [
  { header: 'Payer', text: (row) => row.payer },
  { header: 'Paid', cell: (row) => dateOrDash(row.date) },
  { header: 'By', cell: (row) => methodName(row.method) },
  { header: 'Trace number', text: (row) => row.trace },
  { header: 'Amount', cell: (row) => moneyOrDash(row.amountCents), align: 'right' },
  { header: 'Balance', cell: (row) => <Balance row={row} /> },
  { header: 'Claims', cell: (row) => <Progress row={row} /> },
]
const LEDGER: readonly Column<Entry>[] = [
  { header: 'Date', cell: (row) => dateOrDash(row.on) },
  { header: 'Payer', text: (row) => row.payer },
  { header: 'What', text: (row) => `${row.words} (${row.reason})`, isLong: true },
  { header: 'Reference', text: (row) => row.reference },
  { header: 'Our claim', cell: (row) => row.claimNumber || '–' },
  // A positive entry lowered the check: shown as what it did to the deposit.
  {
    header: 'On the check',
    cell: (row) => (row.cents === null ? 'unreadable' : formatMoney(-row.cents)),
    align: 'right',
  },
]

export default function RemittanceListScreen() {
  const [view, setView] = useState<View>('open')
  const [dialog, setDialog] = useState<'import' | 'post'>()
  const canWork = useCan('work')
  const counts = useRoute('era.list', { limit: 1 }).data?.counts
  return (
    <Page
      title="Remittances"
      lead="Files from the clearinghouse or payer (835). What is imported moves no money until it is posted."
      actions={
        canWork && (
          <>
            {view === 'open' && (counts?.open ?? 0) > 1 && (
              <Button shortcut="b" onClick={() => setDialog('post')}>
                Post what adds up
              </Button>
            )}
            <Button variant="filled" shortcut="i" onClick={() => setDialog('import')}>
              Import a file
            </Button>
          </>
        )
      }
      bar={
        <Views
          label="Which remittances"
          value={view}
          onChange={setView}
          views={[
            { value: 'open', label: 'To post', count: counts?.open },
            { value: 'queue', label: 'Claims to look at', count: counts?.queue },
            { value: 'all', label: 'All payments' },
            { value: 'ledger', label: 'Withheld, carried, interest' },
          ]}
        />
      }
    >
      {view === 'queue' && <Queue />}
      {view === 'ledger' && <Ledger />}
      {(view === 'open' || view === 'all') && <Payments key={view} view={view} />}
      {dialog === 'import' && <RemittanceImportDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'post' && <PostReadyDialog onClose={() => setDialog(undefined)} />}
    </Page>
  )
}

function Payments({ view }: { view: 'open' | 'all' }) {
  const [, go] = useLocation()
  const { pages, list } = usePages('era.list', { view, limit: 100 })
  return (
    <DataTable
      label="Payments"
      columns={PAYMENTS}
      rows={pages.flatMap((page) => page.rows)}
      rowKey={(row) => row.id}
      onOpen={(row) => go(paths.remittance(row.id))}
      {...list}
      empty={
        <EmptyState title={view === 'open' ? 'Everything is posted' : 'No remittance yet'}>
          A payment is listed here from its import until every claim of it is posted or set aside.
        </EmptyState>
      }
    />
  )
}

function Queue() {
  const { pages, list } = usePages('era.claims', { paymentId: null, limit: 100 })
  return (
    <ClaimRows
      label="Claims to look at"
      rows={pages.flatMap((page) => page.rows)}
      {...list}
      empty={
        <EmptyState title="No claims waiting">Claims that match none of ours, or several, are listed here.</EmptyState>
      }
    />
  )
}

function Ledger() {
  const [, go] = useLocation()
  const query = useRoute('era.ledger', {})
  return (
    <DataTable
      label="Payer adjustments to whole checks"
      columns={LEDGER}
      rows={query.data?.rows ?? []}
      rowKey={(row) => `${row.id} ${row.reason}`}
      onOpen={({ caseId, paymentId }) => {
        if (caseId) go(paths.case(caseId, 'follow_up'))
        else if (paymentId) go(paths.remittance(paymentId))
      }}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
      empty={
        <EmptyState title="Nothing withheld or added">
          Provider adjustments (PLB) and interest of paper checks are listed here.
        </EmptyState>
      }
    />
  )
}
