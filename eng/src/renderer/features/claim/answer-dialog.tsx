// 999, 277CA and TA1 files from the clearinghouse: what they say, claim by claim, with the field to mend.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf } from '../../lib/format.ts'
import { explainError, useCommand } from '../../lib/query.ts'
import { readText } from '../../lib/read-text.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Finding } from '../../ui/finding.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Output = OutputOf<'ack.read'>
type Applied = Output['applied'][number]
/** One file: what it said, or why it could not be read. */
interface Read {
  name: string
  output: Output | null
  problem: string
}

const COLUMNS: readonly Column<Applied>[] = [
  { header: 'Claim', text: (row) => row.number },
  {
    header: 'Answer',
    cell: (row) => (
      <StatusTag tone={row.isAccepted ? 'ok' : 'warn'}>{row.isAccepted ? 'Accepted' : 'Rejected'}</StatusTag>
    ),
  },
  { header: 'Why', text: (row) => row.reasons.map((reason) => reason.words).join('; '), isLong: true },
]

export function AnswerDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const [reads, setReads] = useState<readonly Read[]>([])
  const read = useCommand('ack.read', { expected: ['FILE_REJECTED', 'INVALID_INPUT'] })
  /** One after the other: a 277CA may speak of claims that the 999 before it rejected. */
  async function open(files: readonly File[]): Promise<void> {
    const done: Read[] = []
    for (const file of files) {
      try {
        const text = await readText(file)
        done.push({ name: file.name, output: await read.mutateAsync({ text }), problem: '' })
      } catch (error) {
        const isGone = error instanceof DOMException
        const problem = isGone ? 'The file cannot be read. Check that it is still there.' : explainError(error)
        done.push({ name: file.name, output: null, problem })
      }
    }
    setReads(done)
  }
  return (
    <Dialog open onClose={onClose} title="Read answers to exported claims" size="xl">
      {!reads.some((one) => one.output) && (
        <>
          <p>What the clearinghouse or payer sent back for your claim files. Several files at once are fine.</p>
          <FileDrop
            isFocused
            accept=".999,.277,.ta1,.edi,.txt,.dat,.x12,.ack"
            takes="999, 277CA, TA1"
            shortcut="f"
            disabled={read.isPending}
            onFiles={(files) => void open(files)}
          >
            Answers
          </FileDrop>
        </>
      )}
      {read.isPending && <p role="status">Reading…</p>}
      {reads.length > 0 && !read.isPending && (
        <>
          <Said reads={reads} onOpen={(row) => row.caseId && go(paths.case(row.caseId, stepOf(row)))} />
          {reads.some((one) => one.output) && (
            <Actions>
              <Button onClick={() => setReads([])}>More files</Button>
              <Button variant="filled" autoFocus onClick={onClose}>
                Done
              </Button>
            </Actions>
          )}
        </>
      )}
    </Dialog>
  )
}
const stepOf = (row: Applied) => (row.claimId ? 'claim' : 'authorization')

/** All files together: what was accepted, what came back, what could not be read. */
function Said({ reads, onOpen }: { reads: readonly Read[]; onOpen: (row: Applied) => void }) {
  const outputs = reads.flatMap((one) => one.output ?? [])
  const applied = outputs.flatMap((one) => one.applied).sort((a, b) => Number(a.isAccepted) - Number(b.isAccepted))
  const rejected = applied.filter((row) => !row.isAccepted).length
  const files = outputs.flatMap((one) => one.files)
  const rejectedFiles = files.filter((file) => !file.isAccepted).length
  const repeated = outputs.filter((one) => one.isRepeated).length
  const unknown = outputs.flatMap((one) => one.unknown)
  const warnings = [...new Set(outputs.flatMap((one) => one.warnings.map((warning) => warning.message)))]
  const nameOf = (one: Read) => (reads.length > 1 ? `${one.name}: ` : '')
  return (
    <>
      {reads.map((one) =>
        one.problem ? (
          <Finding key={one.name} severity="warn">
            {nameOf(one) + one.problem}
          </Finding>
        ) : null,
      )}
      {repeated > 0 && (
        <Finding severity="info">
          {repeated === 1
            ? 'This answer was read before. Nothing was changed.'
            : `${repeated} answers were read before. Nothing was changed by them.`}
        </Finding>
      )}
      {files.length > rejectedFiles && (
        <Finding severity="info">{`${countOf(files.length - rejectedFiles, 'claim file')} accepted as a whole.`}</Finding>
      )}
      {rejectedFiles > 0 && (
        <Finding severity="warn">{`${countOf(rejectedFiles, 'claim file')} rejected as a whole.`}</Finding>
      )}
      {rejected > 0 && (
        <Finding severity="warn">
          {`${countOf(rejected, 'claim')} rejected. Each is listed under Rejected until it is corrected and exported again; Enter opens it.`}
        </Finding>
      )}
      {applied.length > 0 && (
        <DataTable
          label="Answered claims"
          columns={COLUMNS}
          rows={applied}
          rowKey={(row) => `${row.number} ${row.isAccepted} ${row.reasons.map((reason) => reason.words).join()}`}
          onOpen={onOpen}
          maxHeight="18rem"
          empty={null}
        />
      )}
      {unknown.length > 0 && (
        <Finding severity="info">{`Not among our exports: ${unknown.slice(0, 10).join(', ')}`}</Finding>
      )}
      {warnings.length > 0 && <Finding severity="info">{warnings.slice(0, 3).join(' ')}</Finding>}
    </>
  )
}
