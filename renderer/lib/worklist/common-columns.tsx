// The columns that every worklist has: whom a row is about, why it is there, and what is to be done.
import { Short } from '../../ui/data-table.tsx'
import { oneLine, siteName } from '../format.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import type { WorkColumn } from './worklist.tsx'

/** How urgent a row is. */
export const URGENCY = { overdue: 'block', today: 'warn', week: 'info', waiting: 'wait', later: 'plain' } as const

interface CommonRow {
  bucket: keyof typeof URGENCY
  patientName: string
  tooth: string | null
  area: string | null
  code: string | null
  payerName: string | null
  providerName: string | null
  assigneeName: string | null
  reason: string
  action: string
}
const siteAndCode = ({ tooth, area, code }: CommonRow) => oneLine([siteName(tooth, area), code], ' ')

/** By name; the widths are those of a list with few columns. */
export function commonColumns<Row extends CommonRow>() {
  const short = (id: string, header: string, width: string, text: (row: Row) => string | null): WorkColumn<Row> => ({
    id,
    header,
    text,
    width,
  })
  const why: WorkColumn<Row> = {
    id: 'why',
    header: 'Why',
    cell: (row) => (
      <StatusTag tone={URGENCY[row.bucket]}>
        <Short text={row.reason} />
      </StatusTag>
    ),
    text: (row) => row.reason,
  }
  return {
    short,
    patient: short('patient', 'Patient', '9.5rem', (row) => row.patientName),
    what: short('what', 'Tooth, code', '7rem', siteAndCode),
    payer: short('payer', 'Payer', '9rem', (row) => row.payerName),
    provider: { ...short('provider', 'Dentist', '7rem', (row) => row.providerName), extra: true },
    why,
    action: short('action', 'Next', '11rem', (row) => row.action),
    person: { ...short('person', 'Assigned', '6rem', (row) => row.assigneeName), extra: true },
  }
}
