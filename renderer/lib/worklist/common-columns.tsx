// The columns that every worklist has: whom a row is about, why it is there, and what is to be done.
import { oneLine, shortSite } from '../format.ts'
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
const siteAndCode = ({ tooth, area, code }: CommonRow) => oneLine([shortSite(tooth, area), code], ' ')

/** By name. */
export function commonColumns<Row extends CommonRow>() {
  const short = (id: string, header: string, text: (row: Row) => string | null): WorkColumn<Row> => ({
    id,
    header,
    text,
  })
  const why: WorkColumn<Row> = {
    id: 'why',
    header: 'Why',
    cell: (row) => <StatusTag tone={URGENCY[row.bucket]}>{row.reason}</StatusTag>,
    text: (row) => row.reason,
    isLong: true,
  }
  return {
    short,
    patient: short('patient', 'Patient', (row) => row.patientName),
    what: short('what', 'Tooth, code', siteAndCode),
    payer: short('payer', 'Payer', (row) => row.payerName),
    provider: { ...short('provider', 'Dentist', (row) => row.providerName), extra: true },
    why,
    action: { ...short('action', 'Next', (row) => row.action), isSecond: true },
    person: { ...short('person', 'Assigned', (row) => row.assigneeName), extra: true },
  }
}
