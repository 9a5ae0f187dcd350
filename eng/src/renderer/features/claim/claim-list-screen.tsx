// Every claim by where it stands: not sent, rejected, not acknowledged, with the payer, near its filing limit, decided.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { claimLife } from '#core/claim/lifecycle.ts'
import type { ClaimState } from '#core/claim/schema.ts'
import type { ClaimView } from '#core/contract/claim.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { CLAIM_TONES } from '../../lib/state-tones.ts'
import { dateOrDash, formatMoney, relativeDays, oneLine } from '../../lib/format.ts'
import { usePages } from '../../lib/paging.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Views } from '../../ui/views.tsx'
import { AnswerDialog } from './answer-dialog.tsx'
import { ExportDialog } from '../../lib/export-dialog.tsx'
import { FilesDialog } from './files-dialog.tsx'

type Row = OutputOf<'claim.list'>['rows'][number]
type Age = '0-30' | '31-60' | '61-90' | '91+'

function Waits({ row }: { row: Row }) {
  const today = useToday()
  return (
    <>
      {dateOrDash(row.sentOn)}
      {row.sentOn && <span className="cw-muted">, {relativeDays(row.sentOn, today)}</span>}
    </>
  )
}
/** The list is of rejected claims: its reasons need not begin with that word. */
function whyOf({ answerWords }: Row): string {
  const why = answerWords.replace(/^Rejected: /, '')
  return why === '' ? 'By hand, no reason on file' : why.charAt(0).toUpperCase() + why.slice(1)
}
/** What is known beyond the status: why it came back, whether anybody has confirmed it, until when it may be filed. */
function Note({ row }: { row: Row }) {
  const today = useToday()
  if (row.state === 'rejected') return <>{whyOf(row)}</>
  if (row.state === 'sent' && row.answer === 'none') return <>Not acknowledged</>
  if (row.state === 'sent' && row.answer === 'accepted') return <>Accepted</>
  if (row.timelyOn) return <>{`File by ${dateOrDash(row.timelyOn)} (${relativeDays(row.timelyOn, today)})`}</>
  return <>–</>
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'number', header: 'Claim', text: (row) => row.number },
  { id: 'patient', header: 'Patient', text: (row) => row.patientName },
  {
    id: 'what',
    header: 'Tooth, code',
    cell: (row) => oneLine([row.tooth && `#${row.tooth}`, row.code], ' ') || '–',
  },
  { id: 'payer', header: 'Payer', text: (row) => row.payerName },
  {
    id: 'state',
    header: 'Status',
    cell: (row) => (
      <StatusTag tone={CLAIM_TONES[row.state as ClaimState]}>
        {claimLife.states[row.state as ClaimState] ?? row.state}
      </StatusTag>
    ),
  },
  { id: 'sent', header: 'Sent', cell: (row) => dateOrDash(row.sentOn) },
  { id: 'waits', header: 'Sent', cell: (row) => <Waits row={row} /> },
  { id: 'note', header: 'Note', cell: (row) => <Note row={row} />, isLong: true },
  { id: 'total', header: 'Total', cell: (row) => formatMoney(row.totalCents), align: 'right' },
]

const without = (...ids: readonly string[]) => COLUMNS.filter((column) => !ids.includes(column.id ?? ''))
/** A list need not say its own status, nor a day of sending that is not there yet. */
const COLUMNS_OF: Record<ClaimView, readonly Column<Row>[]> = {
  draft: without('state', 'sent', 'waits'),
  rejected: without('state', 'waits', 'payer'),
  unacknowledged: without('state', 'sent'),
  waiting: without('state', 'sent'),
  timely: without('sent', 'waits'),
  adjudicated: without('state', 'waits'),
  all: without('waits'),
}

const EMPTY: Record<ClaimView, { title: string; text: string }> = {
  draft: { title: 'No claims waiting to be sent', text: 'A claim is listed here from its draft until it is sent.' },
  rejected: {
    title: 'No claim was rejected',
    text: 'Claims that a clearinghouse or payer rejects are listed here with the reason.',
  },
  unacknowledged: {
    title: 'Every export is answered',
    text: 'Exported claims are listed here until a 277CA accepts them.',
  },
  waiting: { title: 'No claim is with a payer', text: 'Sent claims are listed here until their EOB is posted.' },
  timely: { title: 'No filing limit is near', text: 'Unsent claims are listed here 30 days before their limit.' },
  adjudicated: { title: 'No decided claim', text: 'Claims are listed here once their EOB is posted.' },
  all: { title: 'No claim yet', text: 'One is filled in a case, at the step Claim.' },
}
const VIEWS: readonly { value: ClaimView; label: string; counted: boolean }[] = [
  { value: 'draft', label: 'To send', counted: true },
  { value: 'rejected', label: 'Rejected', counted: true },
  { value: 'unacknowledged', label: 'Not acknowledged', counted: true },
  { value: 'waiting', label: 'Waiting for payment', counted: true },
  { value: 'timely', label: 'Filing limit near', counted: true },
  { value: 'adjudicated', label: 'Decided', counted: false },
  { value: 'all', label: 'All', counted: false },
]
/** Lists whose claims may go into a file. */
const EXPORTABLE: readonly ClaimView[] = ['draft', 'rejected', 'timely', 'unacknowledged']
const AGES: Record<Age | '', string> = {
  '': 'Any age',
  '0-30': '0–30 days',
  '31-60': '31–60 days',
  '61-90': '61–90 days',
  '91+': 'Over 90 days',
}

export default function ClaimListScreen() {
  const [, go] = useLocation()
  const canWork = useCan('work')
  const [view, setView] = useState<ClaimView>('waiting')
  const [age, setAge] = useState<Age | ''>('')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [dialog, setDialog] = useState<'export' | 'answer' | 'files' | null>(null)
  const { pages, list } = usePages('claim.list', {
    view,
    age: view === 'waiting' && age !== '' ? age : null,
    limit: 200,
  })
  const rows = pages.flatMap((page) => page.rows)
  const counts = pages[0]?.counts
  const canExport = canWork && EXPORTABLE.includes(view)
  const chosen = rows.filter((row) => selected.has(row.id))
  return (
    <Page
      title="Claims"
      lead={counts && `${counts.draft} to send, ${counts.rejected} rejected, ${counts.waiting} with payers`}
      actions={
        <>
          <Button shortcut="f" onClick={() => setDialog('files')}>
            Exported files
          </Button>
          {canWork && (
            <Button shortcut="r" onClick={() => setDialog('answer')}>
              Read answers
            </Button>
          )}
          {canExport && (
            <Button variant="filled" shortcut="x" disabled={rows.length === 0} onClick={() => setDialog('export')}>
              {chosen.length > 0 ? `Export ${chosen.length} (837D)` : 'Export all (837D)'}
            </Button>
          )}
        </>
      }
      bar={
        <Views
          label="Which claims"
          value={view}
          onChange={(next) => {
            setView(next)
            setSelected(new Set())
          }}
          views={VIEWS.map(({ counted, ...one }) => ({ ...one, count: counted ? counts?.[one.value] : undefined }))}
        />
      }
    >
      {view === 'waiting' && (
        <div className="cw-filters">
          <SelectField label="Days since sent" value={age} onChange={setAge} options={AGES} />
        </div>
      )}
      <DataTable
        key={view}
        label="Claims"
        columns={COLUMNS_OF[view]}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) =>
          go(paths.case(row.caseId, row.state === 'draft' || row.state === 'rejected' ? 'claim' : 'follow_up'))
        }
        {...(canExport && { selected, onSelect: setSelected })}
        {...list}
        empty={<EmptyState title={EMPTY[view].title}>{EMPTY[view].text}</EmptyState>}
      />
      {dialog === 'export' && (
        <ExportDialog
          ids={(chosen.length > 0 ? chosen : rows).map((row) => row.id)}
          onClose={() => {
            setDialog(null)
            setSelected(new Set())
          }}
        />
      )}
      {dialog === 'answer' && <AnswerDialog onClose={() => setDialog(null)} />}
      {dialog === 'files' && <FilesDialog onClose={() => setDialog(null)} />}
    </Page>
  )
}
