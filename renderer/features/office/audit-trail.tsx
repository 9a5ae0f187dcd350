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
  { header: 'No.', cell: (row) => row.seq, align: 'right' },
  { header: 'When', cell: (row) => formatInstant(row.at) },
  { header: 'Who', cell: (row) => row.user },
  { header: 'What', cell: (row) => row.action },
  { header: 'Reason', text: (row) => row.reason, isLong: true },
]

export function AuditTrail() {
  const list = useRoute('audit.list', { limit: 100 })
  const check = useRoute('audit.verify', {})
  return (
    <Section title="Audit trail" note="The last 100 entries">
      {check.data && (
        <StatusTag tone={check.data.ok ? 'ok' : 'block'}>
          {check.data.ok ? `Intact: ${check.data.rows} entries` : `Altered at entry ${check.data.firstBad}`}
        </StatusTag>
      )}
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
