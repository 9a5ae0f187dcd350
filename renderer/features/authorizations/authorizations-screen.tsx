// The authorization worklists: why each row is here, the one next action, and touches on one row or on many.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { STATE_LABELS } from '#core/authorization/lifecycle.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import { AGES, AUTHORIZATION_LISTS, type AuthorizationList, LIST_LABELS } from '#core/authorization/worklist.ts'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import type { CaseId } from '#core/ids.ts'
import { formatDate, siteName } from '../../lib/format.ts'
import { usePages } from '../../lib/pages.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan, useSession } from '../../lib/session.ts'
import { AssignDialog, LogDialog, SnoozeDialog } from '../../lib/touch-dialogs.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Short } from '../../ui/short.tsx'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'
import { Views } from '../../ui/views.tsx'
import { exportCsv } from './export-csv.ts'

type Input = Omit<InputOf<'authorization.list'>, 'after'>
type Row = OutputOf<'authorization.list'>['rows'][number]

const TONES: Partial<Record<string, Tone>> = {
  submitted: 'wait',
  appealed: 'wait',
  info_requested: 'warn',
  approved: 'ok',
  approved_modified: 'warn',
  denied: 'block',
  expired: 'block',
}

const URGENCY: Record<Row['bucket'], Tone> = {
  overdue: 'block',
  today: 'warn',
  week: 'info',
  waiting: 'wait',
  later: 'plain',
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'patient', header: 'Patient', cell: (row) => <Short text={row.patientName} />, width: '9rem' },
  {
    id: 'what',
    header: 'Tooth, code',
    cell: (row) =>
      [siteName(row.tooth, row.area), row.code, row.kind === 'estimate' && 'estimate'].filter(Boolean).join(' ') || '–',
    width: '7.5rem',
  },
  { id: 'payer', header: 'Payer', cell: (row) => <Short text={row.payerName ?? '–'} />, width: '8.5rem' },
  {
    id: 'state',
    header: 'Status',
    cell: (row) => (
      <StatusTag tone={TONES[row.state] ?? 'plain'}>{STATE_LABELS[row.state as AuthorizationState]}</StatusTag>
    ),
    width: '11.5rem',
  },
  {
    id: 'sent',
    header: 'Sent',
    cell: (row) => (row.sentOn ? <span title={`Sent ${formatDate(row.sentOn)}`}>{row.ageDays} d ago</span> : '–'),
    width: '5.5rem',
  },
  {
    id: 'why',
    header: 'Why',
    cell: (row) => (
      <StatusTag tone={URGENCY[row.bucket]}>
        <Short text={row.reason} />
      </StatusTag>
    ),
  },
  { id: 'action', header: 'Next', cell: (row) => <Short text={row.action} />, width: '9rem' },
]

const EMPTY: Record<AuthorizationList | 'all', string> = {
  open: 'Requests stand here from the draft until the payer decides.',
  unanswered: 'Requests stand here once the payer takes longer than usual.',
  information: 'Requests stand here while the payer waits for papers.',
  expiring: 'Approvals stand here 30 days before their last day.',
  not_called: 'Approvals stand here until the call to the patient is recorded.',
  not_booked: 'Patients stand here who know of the approval and have no visit.',
  booked_late: 'Cases stand here whose visit lies after the approval ends.',
  to_verify: 'Cases stand here until it is known whether an authorization is needed.',
  stale: 'Approvals stand here when plan, fee, dentist or annual maximum changed since.',
  all: 'A request is started in a case, at the step Authorization.',
}

type Touch = { kind: 'call' | 'note' | 'snooze' | 'assign'; caseIds: readonly CaseId[] }

export default function AuthorizationsScreen() {
  const [, go] = useLocation()
  const canWork = useCan('work')
  const [list, setList] = useState<AuthorizationList | 'all'>('open')
  const [filter, setFilter] = useState<Omit<Input, 'list' | 'limit'>>({})
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [touch, setTouch] = useState<Touch | null>(null)
  const input = { list, ...filter, limit: 200 }
  const { pages, error, isPending, refetch, more } = usePages('authorization.list', input)
  const rows = pages.flatMap((page) => page.rows)
  const counts = pages[0]?.counts
  const close = () => setTouch(null)
  const forget = () => setSelected(new Set())
  /** On the ticked rows when there are some, else on the focused one. */
  const start = (kind: Touch['kind']) => (row: Row) => {
    const ticked = rows.filter((one) => selected.has(one.id)).map((one) => one.caseId)
    const isSingle = kind === 'call' || kind === 'note' || ticked.length === 0
    setTouch({ kind, caseIds: isSingle ? [row.caseId] : ticked })
  }
  const onTicked = (kind: 'snooze' | 'assign') => () =>
    setTouch({ kind, caseIds: rows.filter((one) => selected.has(one.id)).map((one) => one.caseId) })
  return (
    <Page
      title="Authorizations"
      lead="Enter does the next action. C logs a call, Z snoozes, A assigns, Space ticks."
      actions={
        <>
          {selected.size > 0 && canWork && (
            <>
              <span className="cw-muted">{selected.size} ticked</span>
              <Button onClick={onTicked('assign')}>Assign</Button>
              <Button onClick={onTicked('snooze')}>Snooze</Button>
            </>
          )}
          <Button shortcut="x" onClick={() => void exportCsv(input)}>
            Export CSV
          </Button>
        </>
      }
      bar={
        <Views
          label="Which authorizations"
          value={list}
          onChange={(next) => {
            setList(next)
            forget()
          }}
          views={AUTHORIZATION_LISTS.map((value) => ({
            value,
            label: LIST_LABELS[value],
            ...(counts && { count: counts[value] }),
          }))}
        />
      }
    >
      <Filters filter={filter} onChange={setFilter} />
      {error ? (
        <ErrorState message={error.message} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          key={list}
          label="Authorizations"
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => row.id}
          onOpen={(row) => go(paths.case(row.caseId, row.step))}
          {...(canWork && {
            selected,
            onSelect: setSelected,
            keys: { c: start('call'), n: start('note'), z: start('snooze'), a: start('assign') },
          })}
          loading={isPending}
          onEnd={more}
          empty={<EmptyState title="Nothing here">{EMPTY[list]}</EmptyState>}
        />
      )}
      {touch?.kind === 'snooze' && <SnoozeDialog caseIds={touch.caseIds} onClose={close} onDone={forget} />}
      {touch?.kind === 'assign' && <AssignDialog caseIds={touch.caseIds} onClose={close} onDone={forget} />}
      {(touch?.kind === 'call' || touch?.kind === 'note') && (
        <LogDialog kind={touch.kind} caseId={touch.caseIds[0]!} onClose={close} />
      )}
    </Page>
  )
}

interface FiltersProps {
  filter: Omit<Input, 'list' | 'limit'>
  onChange: (filter: Omit<Input, 'list' | 'limit'>) => void
}

/** Each filter names what it narrows; "All" is the first choice of each. */
function Filters({ filter, onChange }: FiltersProps) {
  const { users } = useSession()
  const payers = useRoute('payer.list', {})
  const providers = useRoute('provider.list', {})
  const set = (part: Partial<typeof filter>) => {
    const next = { ...filter, ...part }
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)))
  }
  const pick = <T extends { id: string }>(all: readonly T[], id: string) => all.find((one) => one.id === id)
  const payerList = payers.data?.payers ?? []
  const providerList = providers.data?.providers ?? []
  const assignee = filter.assignee ?? ''
  return (
    <div className="cw-filters">
      <SelectField
        label="Age"
        value={filter.age ?? ''}
        onChange={(age) => set({ age: AGES.find((one) => one === age) })}
        options={[
          { value: '', label: 'All ages' },
          ...AGES.map((age) => ({ value: age as string, label: age === 'unsent' ? 'Not sent' : `${age} days` })),
        ]}
      />
      <SelectField
        label="Payer"
        value={filter.payerId ?? ''}
        onChange={(id) => set({ payerId: pick(payerList, id)?.id })}
        options={[
          { value: '', label: 'All payers' },
          ...payerList.map((payer) => ({ value: payer.id as string, label: payer.name })),
        ]}
      />
      <SelectField
        label="Dentist"
        value={filter.providerId ?? ''}
        onChange={(id) => set({ providerId: pick(providerList, id)?.id })}
        options={[
          { value: '', label: 'All dentists' },
          ...providerList.map((one) => ({ value: one.id as string, label: `Dr. ${one.firstName} ${one.lastName}` })),
        ]}
      />
      <SelectField
        label="Assigned"
        value={assignee}
        onChange={(value) =>
          set({
            assignee: value === 'me' || value === 'none' ? value : pick(users, value)?.id,
          })
        }
        options={[
          { value: '', label: 'Everybody' },
          { value: 'me', label: 'Mine' },
          { value: 'none', label: 'Nobody' },
          ...users.map((user) => ({ value: user.id as string, label: user.name })),
        ]}
      />
      <SelectField
        label="Kind"
        value={filter.kind ?? ''}
        onChange={(kind) => set({ kind: kind === 'estimate' || kind === 'required' ? kind : undefined })}
        options={[
          { value: '', label: 'Both kinds' },
          { value: 'required', label: 'Prior authorization' },
          { value: 'estimate', label: 'Estimate' },
        ]}
      />
      <SelectField
        label="Order"
        value={filter.sort ?? 'urgency'}
        onChange={(sort) => sort && set({ sort })}
        options={[
          { value: 'urgency', label: 'Most urgent' },
          { value: 'sent', label: 'Sent first' },
          { value: 'validTo', label: 'Ends first' },
          { value: 'patient', label: 'Patient' },
        ]}
      />
    </div>
  )
}
