// A worklist as CSV: every row of the list as filtered, read page by page.
import { STATE_LABELS } from '#core/authorization/lifecycle.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import { call } from '../../lib/client.ts'
import { explainError } from '../../lib/query.ts'
import { showToast } from '../../lib/notify.tsx'

type Row = OutputOf<'authorization.list'>['rows'][number]

const COLUMNS: readonly [header: string, value: (row: Row) => string | number | null][] = [
  ['Patient', (row) => row.patientName],
  ['Tooth', (row) => row.tooth ?? row.area],
  ['Code', (row) => row.code],
  ['Payer', (row) => row.payerName],
  ['Dentist', (row) => row.providerName],
  ['Kind', (row) => row.kind],
  ['Status', (row) => STATE_LABELS[row.state as AuthorizationState]],
  ['Sent', (row) => row.sentOn],
  ['Age in days', (row) => row.ageDays],
  ['Answer expected', (row) => row.expectedOn],
  ['Valid to', (row) => row.validTo],
  ['Patient called', (row) => row.patientCalledOn],
  ['Number', (row) => row.reference],
  ['Why', (row) => row.reason],
  ['Next', (row) => row.action],
  ['Assigned', (row) => row.assigneeName],
]

/** One value as CSV; a leading sign that a spreadsheet would run as a formula is quoted. */
export function csvCell(value: string | number | null): string {
  const text = String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

/** Asks where to save, then writes the whole list. */
export async function exportCsv(input: Omit<InputOf<'authorization.list'>, 'after'>): Promise<void> {
  try {
    const lines = [COLUMNS.map(([header]) => header).join(',')]
    for (let after: string | null = null; ;) {
      const page: OutputOf<'authorization.list'> = await call('authorization.list', { ...input, limit: 500, after })
      for (const row of page.rows) lines.push(COLUMNS.map(([, value]) => csvCell(value(row))).join(','))
      if (page.next === null) break
      after = page.next
    }
    const content = new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`)
    const { saved } = await call('shell.saveFile', { name: `claimwright-authorizations.csv`, content })
    if (saved) showToast({ message: 'List saved' })
  } catch (error) {
    showToast({ message: explainError(error), tone: 'block' })
  }
}
