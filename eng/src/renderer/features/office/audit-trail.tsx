// Who did what when, by person, kind, patient and day; the chain is checked and names the first row that does not fit.
import { useState } from 'react'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import { MOST_EXPORTED } from '#core/contract/trail.ts'
import { withCommas } from '#core/counts.ts'
import type { IsoDate } from '#core/dates.ts'
import type { PatientId, UserId } from '#core/ids.ts'
import { trailVerdict } from '#core/trail-verdict.ts'
import { TRAIL_KINDS, type TrailKind, trailSentence } from '#core/trail-words.ts'
import { call } from '../../lib/client.ts'
import { csvFile, saveFile } from '../../lib/files-out.ts'
import { showToast } from '../../lib/notify.tsx'
import { usePages } from '../../lib/paging.ts'
import { explainError, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { formatDate, formatInstant, personName } from '../../lib/format.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DateField, SelectField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Patient = OutputOf<'patient.list'>['patients'][number]
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
  const [patientId, setPatientId] = useState<PatientId | null>(null)
  const [from, setFrom] = useState<IsoDate | null>(null)
  const [to, setTo] = useState<IsoDate | null>(null)
  const people = useRoute('user.list', {})
  const chosen = { userId: userId || null, kind: kind || null, patientId, from, to }
  const { pages, list } = usePages('audit.list', { limit: 200, ...chosen })
  const check = useRoute('audit.verify', {})
  const print = useCommand('shell.print')
  const names = (people.data?.users ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Section
      title="Audit trail"
      note="Newest first"
      actions={
        <>
          <Button onClick={() => print.mutate({ kind: 'audit-trail', trail: chosen })} loading={print.isPending}>
            Print
          </Button>
          <Button onClick={() => void exportTrail(chosen)}>Save as CSV</Button>
        </>
      }
    >
      {check.data && <StatusTag tone={check.data.ok ? 'ok' : 'block'}>{trailVerdict(check.data)}</StatusTag>}
      <div className="cw-fields">
        <SelectField label="Person" value={userId} onChange={setUserId} options={names} emptyLabel="Everybody" />
        <SelectField label="Kind" value={kind} onChange={setKind} options={KINDS} emptyLabel="Everything" />
        <PatientFilter value={patientId} onChange={setPatientId} />
        <DateField isPast label="From" value={from} onChange={setFrom} />
        <DateField isPast label="Until" value={to} onChange={setTo} />
      </div>
      <DataTable
        label="Audit trail"
        columns={COLUMNS}
        rows={pages.flatMap(({ rows }) => rows)}
        rowKey={(row) => String(row.seq)}
        empty="Nothing matches."
        maxHeight="20rem"
        {...list}
      />
    </Section>
  )
}

interface PatientFilterProps {
  value: PatientId | null
  onChange: (value: PatientId | null) => void
}

function PatientFilter({ value, onChange }: PatientFilterProps) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Patient | null>(null)
  const patients = useRoute('patient.list', { text, limit: 20 }, { keep: true })
  const found = patients.data?.patients ?? []
  const listed = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found
  return (
    <PickField
      label="Patient"
      value={value}
      onChange={(next) => {
        setChosen(listed.find(({ id }) => id === next) ?? null)
        onChange(next as PatientId | null)
      }}
      options={listed.map((one) => ({
        value: one.id,
        label: personName(one),
        detail: `born ${formatDate(one.birthDate)}`,
      }))}
      onSearch={setText}
      searching={patients.isPlaceholderData}
      placeholder="All patients"
    />
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
