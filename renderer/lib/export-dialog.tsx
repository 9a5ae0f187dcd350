// Claims into one 837D file: what each still lacks, a reason for what goes out with warnings, then the file.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { call } from './client.ts'
import { countOf, formatMoney } from './format.ts'
import { showToast } from './notify.tsx'
import { explainError, useCommand, useRoute } from './query.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/button.tsx'
import { DataTable, type Column } from '../ui/data-table.tsx'
import { Actions, Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/fields.tsx'
import { Finding } from '../ui/finding.tsx'
import { Short } from '../ui/short.tsx'
import { Answer } from '../ui/states.tsx'
import { StatusTag } from '../ui/status-tag.tsx'

type Checked = OutputOf<'claim.checkExport'>['claims'][number]

const firstOf = (row: Checked) => row.findings.find((finding) => finding.severity !== 'info')
function State({ row }: { row: Checked }) {
  const first = firstOf(row)
  if (!first) return <StatusTag tone="ok">Ready</StatusTag>
  return (
    <StatusTag tone={first.severity === 'block' ? 'block' : 'warn'}>
      {first.severity === 'block' ? 'Lacks something' : 'Look at it'}
    </StatusTag>
  )
}
const COLUMNS: readonly Column<Checked>[] = [
  { id: 'number', header: 'Claim', cell: (row) => row.number, width: '10rem' },
  { id: 'kind', header: 'As', cell: (row) => (row.isPredetermination ? 'Predetermination' : 'Claim'), width: '8.5rem' },
  { id: 'state', header: '', cell: (row) => <State row={row} />, width: '9.5rem' },
  { id: 'why', header: 'What to mend', cell: (row) => <Short text={firstOf(row)?.message ?? '–'} /> },
  { id: 'total', header: 'Total', cell: (row) => formatMoney(row.totalCents), align: 'right', width: '6.5rem' },
]

/** Saves the text of a file where the person says; without a name of anybody. */
export async function saveClaimFile(fileName: string, text: string): Promise<void> {
  try {
    const { saved } = await call('shell.saveFile', { name: fileName, content: new TextEncoder().encode(text) })
    showToast({ message: saved ? `${fileName} saved` : `${fileName} is kept under Exported files` })
  } catch (error) {
    showToast({ message: explainError(error), tone: 'block' })
  }
}

export function ExportDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const [, go] = useLocation()
  const [reason, setReason] = useState('')
  const query = useRoute('claim.checkExport', { ids: [...ids] })
  const run = useCommand('claim.export', {
    expected: ['REFUSED'],
    onSuccess: ({ fileName, text }) => {
      onClose()
      void saveClaimFile(fileName, text)
    },
  })
  return (
    <Dialog open onClose={onClose} title="Export claims as an 837D file" size="xl">
      <Answer query={query}>
        {({ claims }) => {
          const isBlocked = (row: Checked) => row.findings.some((finding) => finding.severity === 'block')
          const ready = claims.filter((row) => !isBlocked(row))
          return (
            <>
              <p>
                The file goes to your clearinghouse’s upload. What is exported is kept byte for byte and marked as sent
                today.
              </p>
              <DataTable
                label="Claims to export"
                columns={COLUMNS}
                rows={claims}
                rowKey={(row) => row.id}
                onOpen={(row) => go(paths.case(row.caseId, row.isPredetermination ? 'authorization' : 'claim'))}
                maxHeight="18rem"
                empty={null}
              />
              {ready.length < claims.length && (
                <Finding severity="warn">
                  {`${countOf(claims.length - ready.length, 'claim')} cannot go out yet and ${claims.length - ready.length === 1 ? 'is' : 'are'} left out. Enter on a row opens it.`}
                </Finding>
              )}
              <TextField
                label="Reason, for claims that go out with warnings or missing papers"
                value={reason}
                onChange={setReason}
                hint="Such as: films follow by mail"
              />
              {run.error && (
                <Finding severity="warn">
                  {(Array.isArray(run.error.details['reasons']) ? run.error.details['reasons'] : [run.error.message])
                    .slice(0, 8)
                    .map((text) => (
                      <div key={String(text)}>{String(text)}</div>
                    ))}
                </Finding>
              )}
              <Actions>
                <Button onClick={onClose}>Cancel</Button>
                <Button
                  variant="filled"
                  shortcut="mod+enter"
                  loading={run.isPending}
                  disabled={ready.length === 0}
                  onClick={() => run.mutate({ ids: ready.map((row) => row.id), reason })}
                >
                  {`Export ${countOf(ready.length, 'claim')}`}
                </Button>
              </Actions>
            </>
          )
        }}
      </Answer>
    </Dialog>
  )
}
