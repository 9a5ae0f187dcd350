// Who did what when, by person, kind and day; the chain is checked on request and names the first row that does not fit.
import { useState } from 'react'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import { MOST_EXPORTED } from '#core/contract/session.ts'
import { withCommas } from '#core/counts.ts'
import type { IsoDate } from '#core/dates.ts'
import type { UserId } from '#core/ids.ts'
import { TRAIL_KINDS, type TrailKind, trailSentence } from '#core/trail-words.ts'
import { call } from '../../lib/client.ts'
import { csvFile, saveFile } from '../../lib/files-out.ts'
import { showToast } from '../../lib/notify.tsx'
import { explainError, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { formatInstant } from '../../lib/format.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DateField, SelectField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Row = OutputOf<'audit.list'>['rows'][number]
const COLUMNS: readonly Column<Row>[] = [
  { header: 'No.', cell: (row) => row.seq, align: 'right' },
  { header: 'When', cell: (row) => formatInstant(row.at) },
  { header: 'What', text: (row) => trailSentence(row), isLong: true },
  { header: 'Reason', text: (row) => row.reason },
]
const KINDS = Object.entries(TRAIL_KINDS).map(([value, { label }]) => ({ value: value as TrailKind, label }))

export function AuditTrail() {
  const [userId, setUserId] = useState<UserId | ''>('')
  const [kind, setKind] = useState<TrailKind | ''>('')
  const [from, setFrom] = useState<IsoDate | null>(null)
  const [to, setTo] = useState<IsoDate | null>(null)
  const people = useRoute('user.list', {})
  const chosen = { userId: userId || null, kind: kind || null, from, to }
  const list = useRoute('audit.list', { limit: 200, ...chosen })
  const check = useRoute('audit.verify', {})
  const names = (people.data?.users ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Section
      title="Audit trail"
      note="The newest 200 entries of what is chosen"
      actions={<Button onClick={() => void exportTrail(chosen)}>Save as CSV</Button>}
    >
      {check.data && <StatusTag tone={check.data.ok ? 'ok' : 'block'}>{verdict(check.data)}</StatusTag>}
      <div className="cw-fields">
        <SelectField label="Person" value={userId} onChange={setUserId} options={names} emptyLabel="Everybody" />
        <SelectField label="Kind" value={kind} onChange={setKind} options={KINDS} emptyLabel="Everything" />
        <DateField label="From" value={from} onChange={setFrom} />
        <DateField label="Until" value={to} onChange={setTo} />
      </div>
      <Answer query={list}>
        {({ rows }) => (
          <DataTable
            label="Audit trail"
            columns={COLUMNS}
            rows={rows}
            rowKey={(row) => String(row.seq)}
            empty="Nothing matches."
            maxHeight="20rem"
          />
        )}
      </Answer>
    </Section>
  )
}

/** With everything that the trail holds of each row. */
async function exportTrail(chosen: InputOf<'audit.export'>): Promise<void> {
  try {
    const { rows } = await call('audit.export', chosen)
    const cells = rows.map((row) => [
      row.seq,
      row.at,
      row.user,
      trailSentence(row),
      row.reason,
      row.entity,
      row.entityId,
      row.before,
      row.after,
    ])
    const head = ['No.', 'When (UTC)', 'Who', 'What', 'Reason', 'Record', 'Id', 'Before', 'After']
    const isCut = rows.length === MOST_EXPORTED
    const done = isCut
      ? `The newest ${withCommas(MOST_EXPORTED)} entries saved. Choose days for older ones.`
      : 'Audit trail saved'
    await saveFile('audit-trail.csv', csvFile(head, cells), done)
  } catch (error) {
    showToast({ message: explainError(error), tone: 'block' })
  }
}

/** The first entry that does not fit, and what was cut off at the end: both, when both were done. */
function verdict({ ok, rows, firstBad, altered, missing }: OutputOf<'audit.verify'>): string {
  if (ok) return `Intact: ${rows} entries`
  const found = altered ? `Altered at entry ${firstBad}` : `Intact up to entry ${rows}`
  return missing > 0 ? `${found}; ${missing} missing at the end` : found
}
