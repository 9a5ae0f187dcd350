// Everybody in the file, in the order of names; a part of the name or the birth date finds a person.
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, formatDate, personName } from '../../lib/format.ts'
import { usePages } from '../../lib/paging.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'

type Row = OutputOf<'patient.list'>['patients'][number]
const COLUMNS: readonly Column<Row>[] = [
  { header: 'Name', cell: (row) => personName(row) },
  { header: 'Born', cell: (row) => formatDate(row.birthDate) },
  { header: 'Primary payer', cell: (row) => row.payerName ?? '–' },
  { header: 'Number', cell: (row) => row.externalId || '–' },
  { header: 'Open cases', cell: (row) => row.openCases || '–', align: 'right' },
]

export default function PatientListScreen() {
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const { pages, list } = usePages('patient.list', { text })
  const rows = useMemo(() => pages.flatMap((page) => page.patients), [pages])
  return (
    <Page title="Patients" lead={pages[0] ? countOf(pages[0].total, 'person', 'people') : ''}>
      <div className="cw-filters">
        <TextField
          label="Find"
          value={text}
          onChange={setText}
          placeholder="Last name, first name, or birth date"
          autoFocus
        />
      </div>
      <DataTable
        label="Patients"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) => go(paths.patient(row.id))}
        {...list}
        empty={
          <EmptyState title={text ? 'No matching patient' : 'No patient yet'}>
            {text ? 'Try a shorter part of the name.' : 'Patients are added with their first case: Ctrl+N.'}
          </EmptyState>
        }
      />
    </Page>
  )
}
