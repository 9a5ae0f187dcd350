// Cases by step, found by name, birth date, tooth, code or number; Enter opens one where it was left.
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { CaseRow, CaseState, Step } from '#core/case/schema.ts'
import { formatInstant, formatMoney, oneLine, shortSite } from '../../lib/format.ts'
import { ActionDialog } from '../../lib/actions/action-dialog.tsx'
import type { ToDo } from '../../lib/actions/to-do.ts'
import { usePages } from '../../lib/paging.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { STEP_LABELS } from './step-data.ts'

const COLUMNS: readonly Column<CaseRow>[] = [
  { header: 'Patient', cell: (row) => row.patientName },
  { header: 'Tooth, code', text: (row) => oneLine([shortSite(row.tooth, row.area), row.code], ' ') },
  { header: 'Step', cell: (row) => STEP_LABELS[row.step] },
  { header: 'Status', text: (row) => row.status, isLong: true },
  { header: 'Payer', cell: (row) => row.payerName ?? '–' },
  { header: 'Assigned', text: (row) => row.assigneeName, isSecond: true },
  { header: 'Fee', cell: (row) => formatMoney(row.feeCents), align: 'right' },
  { header: 'Changed', cell: (row) => formatInstant(row.updatedAt), isSecond: true },
]

const toClose = ({ id, status }: CaseRow): ToDo => ({
  form: 'close_case',
  caseId: id,
  authorizationId: null,
  taskId: null,
  action: 'Close the case',
  reason: status,
})

export default function CaseListScreen() {
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [step, setStep] = useState<Step | ''>('')
  const [state, setState] = useState<CaseState | 'all'>('open')
  const canWork = useCan('work')
  const [closing, setClosing] = useState<CaseRow | null>(null)
  const counts = useRoute('case.list', { limit: 1 }).data?.counts
  const { pages, list } = usePages('case.list', { text, step: step || null, state })
  const rows = useMemo(() => pages.flatMap((page) => page.cases), [pages])
  return (
    <Page
      title="Cases"
      lead="Enter opens a case where it was left. K closes one that is finished."
      actions={
        <Button variant="filled" onClick={() => go(paths.newCase)}>
          New case
        </Button>
      }
    >
      <div className="cw-filters">
        <TextField
          label="Find"
          value={text}
          onChange={setText}
          hint="Name, birth date, phone, #8, D3353 or a number"
          autoFocus
        />
        <SelectField
          label="Step"
          value={step}
          onChange={setStep}
          options={(Object.keys(STEP_LABELS) as Step[]).map((value) => ({
            value,
            label: `${STEP_LABELS[value]}${counts ? ` (${counts[value]})` : ''}`,
          }))}
          emptyLabel="All steps"
        />
        <SelectField
          label="Show"
          value={state}
          onChange={setState}
          options={{ open: 'Open', closed: 'Closed', all: 'All', voided: 'Voided' }}
        />
      </div>
      <DataTable
        label="Cases"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) => go(paths.case(row.id))}
        {...(canWork && { keys: { k: (row: CaseRow) => row.state === 'open' && setClosing(row) } })}
        pathOf={(row) => paths.case(row.id)}
        {...list}
        empty={
          <EmptyState title={text ? 'No matching case' : 'No case yet'}>
            {text
              ? 'Try a part of the last name, or show closed cases too.'
              : 'A case follows one tooth from its code to the last payment. Ctrl+N opens one.'}
          </EmptyState>
        }
      />
      {closing && <ActionDialog todo={toClose(closing)} onClose={() => setClosing(null)} />}
    </Page>
  )
}
