// Claims into one 837D file: what each still lacks, a reason for what goes out with warnings, then the file.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { saveFile } from './files-out.ts'
import { countOf, formatMoney } from './format.ts'
import { useCommand, useRoute } from './query.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/button.tsx'
import { DataTable, type Column } from '../ui/data-table.tsx'
import { Actions, Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/fields.tsx'
import { Finding } from '../ui/finding.tsx'
import { Answer } from '../ui/states.tsx'
import { StatusTag } from '../ui/status-tag.tsx'

type Checked = OutputOf<'claim.checkExport'>['claims'][number]

const toMend = (row: Checked) => row.findings.filter((finding) => finding.severity !== 'info')
function State({ row }: { row: Checked }) {
  const [first] = toMend(row)
  if (!first) return <StatusTag tone="ok">Ready</StatusTag>
  if (first.severity === 'block') return <StatusTag tone="warn">Lacks something</StatusTag>
  return <StatusTag tone="warn">Look at it</StatusTag>
}
const mendWords = (row: Checked) =>
  toMend(row)
    .map((finding) => finding.message)
    .join(' ')
const COLUMNS: readonly Column<Checked>[] = [
  { header: 'Claim', text: (row) => row.number },
  { header: 'Patient', text: (row) => row.patientName },
  { header: 'As', cell: (row) => (row.isPredetermination ? 'Predetermination' : 'Claim') },
  { header: 'Status', cell: (row) => <State row={row} /> },
  { header: 'What to correct', text: mendWords, isLong: true },
  { header: 'Total', cell: (row) => formatMoney(row.totalCents), align: 'right' },
]

/** Saves the text of a file where the person says; without a name of anybody. */
export async function saveClaimFile(fileName: string, text: string): Promise<void> {
  const kept = `${fileName} is kept under Exported files`
  await saveFile(fileName, new TextEncoder().encode(text), `${fileName} saved`, kept)
}

interface ExportDialogProps {
  ids: readonly string[]
  onClose: () => void
  /** After the file is written. */
  onExported?: () => void
}

export function ExportDialog({ ids, onClose, onExported }: ExportDialogProps) {
  const [, go] = useLocation()
  const [reason, setReason] = useState('')
  const query = useRoute('claim.checkExport', { ids: [...ids] })
  const run = useCommand('claim.export', {
    expected: ['REFUSED'],
    onSuccess: ({ fileName, text }) => {
      onClose()
      onExported?.()
      void saveClaimFile(fileName, text)
    },
  })
  return (
    <Dialog open onClose={onClose} title="Export claims as an 837D file" size="90%">
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
                label="Reason, for claims that go out with warnings or missing documents"
                value={reason}
                onChange={setReason}
                hint="Such as: films follow by mail"
                autoFocus
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
