// Every claim by where it stands: not sent, refused, not acknowledged, with the payer, near its filing limit, decided.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { STATE_LABELS } from '#core/claim/lifecycle.ts'
import type { ClaimState } from '#core/claim/schema.ts'
import type { ClaimView } from '#core/contract/claim.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { dateOrDash, formatMoney, relativeDays } from '../../lib/format.ts'
import { usePages } from '../../lib/pages.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Short } from '../../ui/short.tsx'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'
import { Views } from '../../ui/views.tsx'
import { AnswerDialog } from './answer-dialog.tsx'
import { ExportDialog } from '../../lib/export-dialog.tsx'
import { FilesDialog } from './files-dialog.tsx'

type Row = OutputOf<'claim.list'>['rows'][number]
type Age = '0-30' | '31-60' | '61-90' | '91+'

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
/** What is known beyond the status: why it came back, whether anybody has confirmed it, until when it may be filed. */
function Note({ row }: { row: Row }) {
  const today = useToday()
  if (row.state === 'rejected') return <Short text={row.answerWords || 'Refused'} />
  if (row.state === 'sent' && row.answer === 'none') return <>No acknowledgement yet</>
  if (row.state === 'sent' && row.answer === 'accepted') return <>Accepted by clearinghouse or payer</>
  if (row.timelyOn) return <>{`File by ${dateOrDash(row.timelyOn)} (${relativeDays(row.timelyOn, today)})`}</>
  return <>–</>
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'number', header: 'Claim', cell: (row) => row.number, width: '10rem' },
  { id: 'patient', header: 'Patient', cell: (row) => <Short text={row.patientName} /> },
  {
    id: 'what',
    header: 'Tooth, code',
    cell: (row) => [row.tooth && `#${row.tooth}`, row.code].filter(Boolean).join(' ') || '–',
    width: '7.5rem',
  },
  { id: 'payer', header: 'Payer', cell: (row) => <Short text={row.payerName ?? '–'} /> },
  {
    id: 'state',
    header: 'Status',
    cell: (row) => (
      <StatusTag tone={TONES[row.state] ?? 'plain'}>{STATE_LABELS[row.state as ClaimState] ?? row.state}</StatusTag>
    ),
    width: '8.5rem',
  },
  { id: 'sent', header: 'Sent', cell: (row) => <Sent row={row} />, width: '13rem' },
  { id: 'note', header: 'Note', cell: (row) => <Note row={row} />, width: '15rem' },
  { id: 'total', header: 'Total', cell: (row) => formatMoney(row.totalCents), align: 'right', width: '6.5rem' },
]

const EMPTY: Record<ClaimView, { title: string; text: string }> = {
  draft: { title: 'No claim waits to be sent', text: 'A claim stands here from its draft until it is sent.' },
  rejected: {
    title: 'No claim was refused',
    text: 'What a clearinghouse or payer refuses stands here with the reason.',
  },
  unacknowledged: { title: 'Every export is answered', text: 'Exported claims stand here until a 277CA accepts them.' },
  waiting: { title: 'No claim is with a payer', text: 'Sent claims stand here until their EOB is posted.' },
  timely: { title: 'No filing limit is near', text: 'Unsent claims stand here 30 days before their limit.' },
  adjudicated: { title: 'No decided claim', text: 'Claims stand here once their EOB is posted.' },
  all: { title: 'No claim yet', text: 'One is filled in a case, at the step Claim.' },
}
const VIEWS: readonly { value: ClaimView; label: string; counted: boolean }[] = [
  { value: 'draft', label: 'To send', counted: true },
  { value: 'rejected', label: 'Refused', counted: true },
  { value: 'unacknowledged', label: 'Not acknowledged', counted: true },
  { value: 'waiting', label: 'Waiting for payment', counted: true },
  { value: 'timely', label: 'Filing limit near', counted: true },
  { value: 'adjudicated', label: 'Decided', counted: false },
  { value: 'all', label: 'All', counted: false },
]
/** Lists whose claims may go into a file. */
const EXPORTABLE: readonly ClaimView[] = ['draft', 'rejected', 'timely', 'unacknowledged']
const AGES: readonly { value: Age | ''; label: string }[] = [
  { value: '', label: 'Any age' },
  { value: '0-30', label: '0–30 days' },
  { value: '31-60', label: '31–60 days' },
  { value: '61-90', label: '61–90 days' },
  { value: '91+', label: 'Over 90 days' },
]

export default function ClaimsScreen() {
  const [, go] = useLocation()
  const canWork = useCan('work')
  const [view, setView] = useState<ClaimView>('waiting')
  const [age, setAge] = useState<Age | ''>('')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [dialog, setDialog] = useState<'export' | 'answer' | 'files' | null>(null)
  const { pages, error, isPending, refetch, more } = usePages('claim.list', {
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
      lead={counts && `${counts.draft} to send, ${counts.rejected} refused, ${counts.waiting} with payers`}
      actions={
        <>
          <Button shortcut="f" onClick={() => setDialog('files')}>
            Exported files
          </Button>
          {canWork && (
            <Button shortcut="r" onClick={() => setDialog('answer')}>
              Read an answer
            </Button>
          )}
          {canExport && (
            <Button variant="filled" shortcut="e" disabled={rows.length === 0} onClick={() => setDialog('export')}>
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
          views={VIEWS.map(({ value, label, counted }) => ({
            value,
            label,
            ...(counts && counted && { count: counts[value] }),
          }))}
        />
      }
    >
      {view === 'waiting' && (
        <div className="cw-filters">
          <SelectField label="Days since sent" value={age} onChange={setAge} options={[...AGES]} />
        </div>
      )}
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
          {...(canExport && { selected, onSelect: setSelected })}
          loading={isPending}
          onEnd={more}
          empty={<EmptyState title={EMPTY[view].title}>{EMPTY[view].text}</EmptyState>}
        />
      )}
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
