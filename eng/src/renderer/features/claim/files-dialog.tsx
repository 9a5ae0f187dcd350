// Claim files as they were exported: when, by whom, how they were answered; each can be saved again unchanged.
import type { OutputOf } from '#core/contract/index.ts'
import { formatInstant } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { saveClaimFile } from '../../lib/export-dialog.tsx'

type File = OutputOf<'claim.files'>['files'][number]

function When({ row }: { row: File }) {
  const today = useToday()
  return <>{formatInstant(row.writtenAt, today)}</>
}
function State({ row }: { row: File }) {
  if (row.state === 'rejected') return <StatusTag tone="block">Rejected</StatusTag>
  if (row.state === 'accepted') return <StatusTag tone="ok">Accepted</StatusTag>
  return <StatusTag tone="wait">No answer yet</StatusTag>
}
const COLUMNS: readonly Column<File>[] = [
  { header: 'Number', cell: (row) => row.control, align: 'right' },
  { header: 'Exported', cell: (row) => <When row={row} /> },
  { header: 'By', text: (row) => row.writtenBy },
  { header: 'Claims', cell: (row) => row.claims, align: 'right' },
  { header: 'Accepted', cell: (row) => row.accepted, align: 'right' },
  { header: 'Rejected', cell: (row) => row.rejected, align: 'right' },
  { header: 'File', cell: (row) => <State row={row} /> },
]

export function FilesDialog({ onClose }: { onClose: () => void }) {
  const query = useRoute('claim.files', {})
  const load = useCommand('claim.exportedFile', {
    onSuccess: ({ fileName, text }) => void saveClaimFile(fileName, text),
  })
  return (
    <Dialog open onClose={onClose} title="Exported files" size="90%">
      <p className="cw-muted">Enter on a file saves it again, byte for byte as it went out.</p>
      <Answer query={query}>
        {({ files }) => (
          <DataTable
            label="Exported files"
            columns={COLUMNS}
            rows={files}
            rowKey={(row) => row.id}
            onOpen={(row) => load.mutate({ fileId: row.id })}
            maxHeight="24rem"
            empty={<EmptyState title="Nothing exported yet">Files appear here after Export (837D).</EmptyState>}
          />
        )}
      </Answer>
    </Dialog>
  )
}
