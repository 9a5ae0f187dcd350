// What the practice system says was done or is planned for a patient.
import type { OutputOf } from '#core/contract/index.ts'
import { formatMoney } from '#core/money.ts'
import { PAST_STATE_WORDS } from '#core/past-procedure.ts'
import type { PatientId } from '#core/ids.ts'
import { countOf, formatDate, oneLine, siteName } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Section } from '../../ui/page.tsx'

type Row = OutputOf<'patient.history'>['procedures'][number]
const COLUMNS: readonly Column<Row>[] = [
  { header: 'Date', text: (row) => (row.serviceDate ? formatDate(row.serviceDate) : '') },
  { header: 'Code', cell: (row) => row.code },
  { header: 'Where', text: (row) => oneLine([siteName(row.tooth, row.area), row.detail], ' ') },
  { header: 'Status', cell: (row) => PAST_STATE_WORDS[row.state] },
  { header: 'Provider', text: (row) => row.provider },
  { header: 'Fee', text: (row) => (row.feeCents === null ? '' : formatMoney(row.feeCents)), align: 'right' },
  { header: 'Note', text: (row) => (row.isListed ? '' : 'Not in the last list'), isLong: true },
]

/** Nothing where no list held the patient. */
export function History({ patientId }: { patientId: PatientId }) {
  const { data } = useRoute('patient.history', { id: patientId })
  if (!data || data.procedures.length === 0) return null
  return (
    <Section
      title="History in the practice system"
      note={`${countOf(data.procedures.length, 'procedure')}, as last imported. What is done counts for limits and earlier treatment.`}
    >
      <DataTable
        label="History in the practice system"
        columns={COLUMNS}
        rows={data.procedures}
        rowKey={(row) => row.id}
        empty={null}
      />
    </Section>
  )
}
