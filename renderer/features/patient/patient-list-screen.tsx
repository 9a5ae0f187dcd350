// Everybody in the file, in the order of names; a part of name, birth date, phone or member ID finds a person.
import { lazy, Suspense, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { formatPhone } from '#core/phone.ts'
import { AddPatient } from '../../forms/add-patient.tsx'
import { countOf, formatDate, personName } from '../../lib/format.ts'
import { usePages } from '../../lib/paging.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'

const HistoryImportDialog = lazy(() => import('./import/history-import-dialog.tsx'))
const PracticeImportDialog = lazy(() => import('./import/practice-import-dialog.tsx'))

type Row = OutputOf<'patient.list'>['patients'][number]
const COLUMNS: readonly Column<Row>[] = [
  { header: 'Name', cell: (row) => personName(row) },
  { header: 'Born', cell: (row) => formatDate(row.birthDate) },
  { header: 'Phone', text: (row) => formatPhone(row.mobile || row.phone) },
  { header: 'Primary payer', text: (row) => row.payerName, isLong: true },
  { header: 'Number', text: (row) => row.externalId, isSecond: true },
  { header: 'Open cases', cell: (row) => row.openCases || '–', align: 'right' },
]

export default function PatientListScreen() {
  const [path, go] = useLocation()
  const canWork = useCan('work')
  const [text, setText] = useState('')
  const [standing, setStanding] = useState<'active' | 'gone'>('active')
  const { pages, list } = usePages('patient.list', { text, standing })
  const rows = useMemo(() => pages.flatMap((page) => page.patients), [pages])
  return (
    <Page
      title="Patients"
      lead={pages[0] ? countOf(pages[0].total, 'person', 'people') : ''}
      actions={
        canWork && (
          <>
            <Button shortcut="i" onClick={() => go(paths.importPatients)}>
              Import
            </Button>
            <Button shortcut="h" onClick={() => go(paths.importHistory)}>
              Import history
            </Button>
            <Button variant="filled" shortcut="mod+shift+p" onClick={() => go(paths.newPatient)}>
              Add patient
            </Button>
          </>
        )
      }
    >
      <div className="cw-filters">
        <TextField
          label="Find"
          value={text}
          onChange={setText}
          hint="A part of the name, birth date, phone or member ID"
          autoFocus
        />
        <SelectField
          label="Show"
          value={standing}
          onChange={setStanding}
          options={{ active: 'On file', gone: 'Voided and merged' }}
        />
      </div>
      <DataTable
        label="Patients"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) => go(paths.patient(row.id))}
        pathOf={(row) => paths.patient(row.id)}
        {...list}
        empty={
          <EmptyState
            title={text ? 'No matching patient' : standing === 'gone' ? 'Nobody voided or merged' : 'No patient yet'}
          >
            {text
              ? 'Try a shorter part of the name.'
              : standing === 'active' &&
                'Import the list of your practice system, or add the first one here or with the first case: Ctrl+N.'}
          </EmptyState>
        }
      />
      {path === paths.importPatients && canWork && (
        <Suspense>
          <PracticeImportDialog onClose={() => go(paths.patients)} />
        </Suspense>
      )}
      {path === paths.importHistory && canWork && (
        <Suspense>
          <HistoryImportDialog onClose={() => go(paths.patients)} />
        </Suspense>
      )}
      {path === paths.newPatient && canWork && (
        <AddPatient name={text} onClose={() => go(paths.patients)} onAdded={(id) => go(paths.patient(id))} />
      )}
    </Page>
  )
}
