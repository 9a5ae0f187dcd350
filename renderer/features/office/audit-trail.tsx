// Who did what when; the chain is checked on request and names the first row that does not fit.
import { useRoute } from '../../lib/query.ts'
import { formatInstant } from '../../lib/format.ts'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import type { OutputOf } from '#core/contract/index.ts'

type Row = OutputOf<'audit.list'>['rows'][number]
const COLUMNS: readonly Column<Row>[] = [
  { header: 'No.', cell: (row) => row.seq, align: 'right', width: '4rem' },
  { header: 'When', cell: (row) => formatInstant(row.at), width: '11rem' },
  { header: 'Who', cell: (row) => row.user, width: '8rem' },
  { header: 'What', cell: (row) => row.action },
  { header: 'Reason', cell: (row) => row.reason },
]

export function AuditTrail() {
  const list = useRoute('audit.list', { limit: 100 })
  const check = useRoute('audit.verify', {})
  return (
    <Section title="Audit trail" note="The last 100 entries">
      {check.data && <StatusTag tone={check.data.ok ? 'ok' : 'block'}>{verdict(check.data)}</StatusTag>}
      <Answer query={list}>
        {({ rows }) => (
          <DataTable
            label="Audit trail"
            columns={COLUMNS}
            rows={rows}
            rowKey={(row) => String(row.seq)}
            empty={null}
            maxHeight="20rem"
          />
        )}
      </Answer>
    </Section>
  )
}

/** The first entry that does not fit, and what was cut off at the end: both, when both were done. */
function verdict({ ok, rows, firstBad, altered, missing }: OutputOf<'audit.verify'>): string {
  if (ok) return `Intact: ${rows} entries`
  const found = altered ? `Altered at entry ${firstBad}` : `Intact up to entry ${rows}`
  return missing > 0 ? `${found}; ${missing} missing at the end` : found
}
