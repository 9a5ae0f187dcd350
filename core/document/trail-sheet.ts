// The audit trail on paper: what was looked for, the verdict on its chain, and each row as a sentence.
import type { TrailFilter, TrailRow } from '../contract/trail.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import type { OfficeInput } from '../office.ts'
import { trailVerdict, type Verdict } from '../trail-verdict.ts'
import { TRAIL_KINDS, trailSentence } from '../trail-words.ts'
import type { Document } from './document.ts'
import { sheet } from './sheets.ts'

interface PrintedTrail {
  /** `at` in the words of the office's clock. */
  rows: readonly TrailRow[]
  filter: TrailFilter & { person: string }
  isCut: boolean
  verdict: Verdict
}

/** Names no patient: who was looked for stands there as “one patient”. */
export function auditTrailSheet(
  office: OfficeInput,
  today: IsoDate,
  { rows, filter, isCut, verdict }: PrintedTrail,
): Document {
  const { person, kind, patientId, from, to } = filter
  const chosen: [string, string][] = [
    ['Person', person || 'Everybody'],
    ['Kind', kind ? TRAIL_KINDS[kind].label : 'Everything'],
    ['Patient', patientId ? 'One patient' : 'All'],
    ['Days', days(from, to)],
    ['The trail', trailVerdict(verdict)],
  ]
  return sheet(office, today, 'Audit trail', 'Audit trail', [
    { kind: 'facts', rows: chosen },
    {
      kind: 'table',
      head: ['No.', 'When', 'What', 'Reason'],
      rows: rows.map((row) => [String(row.seq), row.at, trailSentence(row), row.reason]),
      right: [0],
    },
    ...(rows.length === 0 ? [{ kind: 'text', text: 'Nothing matches.' } as const] : []),
    ...(isCut ? [{ kind: 'text', text: `Only the newest ${rows.length} entries are printed.` } as const] : []),
  ])
}

function days(from: IsoDate | null, to: IsoDate | null): string {
  if (from && to) return from === to ? formatDate(from) : `${formatDate(from)} to ${formatDate(to)}`
  if (from) return `From ${formatDate(from)}`
  return to ? `Until ${formatDate(to)}` : 'All'
}
