// The columns that every worklist has: whom a row is about, how late it is, why it is there, and what is to be done.
import type { Bucket } from '#core/case/urgency.ts'
import { daysBetween, type IsoDate } from '#core/dates.ts'
import { oneLine, relativeDays, shortSite } from '../format.ts'
import { useToday } from '../use-today.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import type { WorkColumn } from './worklist.tsx'

interface CommonRow {
  bucket: Bucket | 'later'
  deadline: IsoDate | null
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

/** `2 d late` in red, which nothing else is; else how much time there is. */
function When({ row: { bucket, deadline } }: { row: CommonRow }) {
  const today = useToday()
  if (bucket === 'overdue' && deadline)
    return <StatusTag tone="block">{`${daysBetween(deadline, today)} d late`}</StatusTag>
  if (bucket === 'today') return <>today</>
  return <>{deadline ? relativeDays(deadline, today) : '–'}</>
}

/** By name. */
export function commonColumns<Row extends CommonRow>() {
  const short = (id: string, header: string, text: (row: Row) => string | null): WorkColumn<Row> => ({
    id,
    header,
    text,
  })
  const why: WorkColumn<Row> = { ...short('why', 'Why', (row) => row.reason), isLong: true }
  return {
    short,
    patient: short('patient', 'Patient', (row) => row.patientName),
    what: short('what', 'Tooth, code', siteAndCode),
    payer: short('payer', 'Payer', (row) => row.payerName),
    provider: { ...short('provider', 'Dentist', (row) => row.providerName), extra: true },
    due: { ...short('due', 'Due', (row) => row.deadline), cell: (row: Row) => <When row={row} /> },
    why,
    action: { ...short('action', 'Next', (row) => row.action), isSecond: true },
    person: { ...short('person', 'Assigned', (row) => row.assigneeName), extra: true },
  }
}
