// The authorization worklists: why each row is here, its facts as columns, and what narrows them.
import { lazy, Suspense, useState } from 'react'
import { authorizationLife, KIND_LABELS } from '#core/authorization/lifecycle.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import { AGES, AUTHORIZATION_LISTS, type AuthorizationList, LIST_LABELS, OVER } from '#core/authorization/worklist.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { AuthorizationQuery } from '#core/contract/today.ts'
import type { IsoDate } from '#core/dates.ts'
import { dateOrDash, formatDate } from '../../lib/format.ts'
import { AUTHORIZATION_TONES } from '../../lib/state-tones.ts'
import { commonColumns } from '../../lib/worklist/common-columns.tsx'
import { type Filter, usePeopleFilters } from '../../lib/worklist/filters.tsx'
import { useListState } from '../../lib/worklist/list-memory.ts'
import { chosenQuery, useWorklist } from '../../lib/worklist/use-worklist.tsx'
import { Worklist, type WorkColumn } from '../../lib/worklist/worklist.tsx'
import { useCan } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

const LogImportDialog = lazy(() => import('./import/log-import-dialog.tsx'))

type Row = OutputOf<'authorization.list'>['rows'][number]

const SHORT_KIND = { estimate: 'Estimate', required: 'Required' } as const

const { short, patient, what, payer, provider, due, why, action, person } = commonColumns<Row>()
const COLUMNS: readonly WorkColumn<Row>[] = [
  patient,
  what,
  {
    id: 'kind',
    header: 'Kind',
    cell: (row) => (row.kind ? SHORT_KIND[row.kind] : '–'),
    text: (row) => row.kind && KIND_LABELS[row.kind],
    extra: true,
  },
  payer,
  provider,
  due,
  {
    id: 'state',
    header: 'Status',
    cell: (row) => <StatusTag tone={AUTHORIZATION_TONES[row.state as AuthorizationState]}>{stateLabel(row)}</StatusTag>,
    text: stateLabel,
  },
  { id: 'sent', header: 'Sent', cell: (row) => <Age row={row} />, text: (row) => row.sentOn },
  date('expected', 'Answer expected', (row) => row.expectedOn),
  date('infoDue', 'Information due', (row) => row.infoDueOn),
  date('decided', 'Decided', (row) => row.decidedOn),
  date('validTo', 'Valid to', (row) => row.validTo),
  date('called', 'Patient called', (row) => row.patientCalledOn),
  date('visit', 'Last visit', (row) => row.lastVisitOn),
  { ...short('number', 'Number', (row) => row.reference), extra: true },
  why,
  action,
  person,
  date('snoozed', 'Snoozed until', (row) => row.snoozedUntil),
]

function date(id: string, header: string, of: (row: Row) => IsoDate | null): WorkColumn<Row> {
  return { id, header, cell: (row) => dateOrDash(of(row)), text: of, extra: true }
}

/** An estimate is called one wherever it stands: it promises nothing. */
function stateLabel(row: Row): string {
  const label = authorizationLife.states[row.state as AuthorizationState]
  return row.kind === 'estimate' ? `Estimate ${label.toLowerCase()}` : label
}

/** Days since it was sent, with a bar that is full at 90: the longest wait stands out. */
function Age({ row }: { row: Row }) {
  if (row.sentOn === null || row.ageDays === null) return '–'
  return (
    <span className="cw-age" title={`Sent ${formatDate(row.sentOn)}`}>
      {row.ageDays} d
      <i style={{ width: `${Math.min(100, Math.max(2, (row.ageDays / 90) * 100))}%` }} />
    </span>
  )
}

const EMPTY: Record<AuthorizationList | 'all', string> = {
  open: 'Requests are listed here from the draft until the payer decides.',
  unanswered: 'Requests are listed here once the payer takes longer than usual.',
  information: 'Requests are listed here while the payer waits for documents.',
  expiring: 'Approvals are listed here 30 days before their last day.',
  not_called: 'Approvals are listed here until the call to the patient is recorded.',
  not_booked: 'Patients who know of the approval and have no visit are listed here.',
  booked_late: 'Cases whose visit is after the approval ends are listed here.',
  to_verify: 'Cases are listed here until it is known whether an authorization is needed.',
  stale: 'Approvals are listed here when plan, fee, dentist or annual maximum changed since.',
  all: 'A request is started in a case, at the step Authorization.',
}

export default function AuthorizationListScreen() {
  const memory = useListState('authorizations', 'open')
  const { view, filter } = memory.state
  const query = chosenQuery(AuthorizationQuery, { ...filter, list: view })
  const { list, first } = useWorklist('authorization.list', query, asItIs)
  const filters = useFilters()
  const canWork = useCan('work')
  const [importing, setImporting] = useState(false)
  return (
    <>
      <Worklist
        title="Authorizations"
        label="Authorizations"
        memory={memory}
        views={[
          ...AUTHORIZATION_LISTS.map((value) => ({
            value: value as string,
            label: LIST_LABELS[value],
            count: first?.counts[value],
          })),
          { value: 'all', label: 'All' },
        ]}
        filters={filters}
        columns={COLUMNS}
        {...list}
        print={{ of: 'authorizations', ...query }}
        empty={<EmptyState title="Nothing here">{EMPTY[query.list]}</EmptyState>}
        actions={
          canWork && (
            <Button shortcut="i" onClick={() => setImporting(true)}>
              Import a list
            </Button>
          )
        }
      />
      {importing && (
        <Suspense>
          <LogImportDialog onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </>
  )
}

const asItIs = (row: Row) => row
const AGE_OPTIONS = AGES.map((age) => ({ value: age, label: age === 'unsent' ? 'Not sent' : `${age} days` }))
const OPEN_STATES = Object.entries(authorizationLife.states).filter(([state]) => !OVER.includes(state))
const ORDERS = { sent: 'Sent first', validTo: 'Ends first', patient: 'Patient' }

function useFilters(): Filter[] {
  const people = usePeopleFilters()
  const { required, estimate } = KIND_LABELS
  return [
    { key: 'age', label: 'Age', every: 'All ages', options: AGE_OPTIONS },
    ...people,
    { key: 'kind', label: 'Kind', every: 'Both kinds', options: { required, estimate } },
    { key: 'state', label: 'Status', every: 'Every status', options: Object.fromEntries(OPEN_STATES) },
    { key: 'sort', label: 'Order', every: 'Most urgent', options: ORDERS },
  ]
}
