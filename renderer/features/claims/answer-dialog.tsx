// A 999, 277CA or TA1 from the clearinghouse: what it says, claim by claim, with the field to mend.
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf } from '../../lib/format.ts'
import { explainError, useCommand } from '../../lib/query.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Short } from '../../ui/short.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Applied = OutputOf<'ack.read'>['applied'][number]

const COLUMNS: readonly Column<Applied>[] = [
  { id: 'number', header: 'Claim', cell: (row) => row.number, width: '10rem' },
  {
    id: 'state',
    header: 'Answer',
    cell: (row) => (
      <StatusTag tone={row.isAccepted ? 'ok' : 'block'}>{row.isAccepted ? 'Accepted' : 'Refused'}</StatusTag>
    ),
    width: '8rem',
  },
  {
    id: 'why',
    header: 'Why',
    cell: (row) => <Short text={row.reasons.map((reason) => reason.words).join('; ') || '–'} />,
  },
]

export function AnswerDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const read = useCommand('ack.read', { expected: ['FILE_REJECTED'] })
  const data = read.data
  async function open([file]: readonly File[]): Promise<void> {
    const text = await file?.text().catch(() => '')
    if (text) read.mutate({ text })
  }
  const refusedFiles = data?.files.filter((file) => !file.isAccepted).length ?? 0
  const acceptedFiles = data?.files.filter((file) => file.isAccepted).length ?? 0
  return (
    <Dialog open onClose={onClose} title="Read an answer to exported claims" size="lg">
      {!data && (
        <FileDrop accept=".999,.277,.ta1,.edi,.txt,.dat,.x12,.ack" shortcut="f" onFiles={(files) => void open(files)}>
          999, 277CA or TA1 file
        </FileDrop>
      )}
      {read.error && <Finding severity="warn">{explainError(read.error)}</Finding>}
      {data && (
        <>
          {data.isRepeated && <Finding severity="info">This answer was read before. Nothing was changed.</Finding>}
          {acceptedFiles > 0 && <Finding severity="info">{`${countOf(acceptedFiles, 'file')} accepted.`}</Finding>}
          {refusedFiles > 0 && <Finding severity="warn">{`${countOf(refusedFiles, 'file')} refused.`}</Finding>}
          {data.applied.length > 0 && (
            <DataTable
              label="Answered claims"
              columns={COLUMNS}
              rows={data.applied}
              rowKey={(row) => row.number}
              onOpen={(row) => row.caseId && go(paths.case(row.caseId, row.claimId ? 'claim' : 'authorization'))}
              maxHeight="18rem"
              empty={null}
            />
          )}
          {data.unknown.length > 0 && (
            <Finding severity="info">{`Not ours: ${data.unknown.slice(0, 10).join(', ')}`}</Finding>
          )}
          {data.warnings.length > 0 && (
            <Finding severity="info">
              {data.warnings
                .slice(0, 3)
                .map((one) => one.message)
                .join(' ')}
            </Finding>
          )}
          <Actions>
            <Button onClick={() => read.reset()}>Another file</Button>
            <Button variant="filled" autoFocus onClick={onClose}>
              Done
            </Button>
          </Actions>
        </>
      )}
    </Dialog>
  )
}
