// Two steps: look at what a file holds, then keep it. Nothing is written before; nothing is posted here.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { call } from '../../lib/client.ts'
import { countOf, dateOrDash, formatDate, formatMoney, moneyOrDash } from '../../lib/format.ts'
import { explainError, useCommand } from '../../lib/query.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Short } from '../../ui/short.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { methodName } from './words.ts'

type Preview = OutputOf<'era.preview'>
type Payment = Preview['payments'][number]

const COLUMNS: readonly Column<Payment>[] = [
  { id: 'payer', header: 'Payer', cell: (row) => <Short text={row.payer || '–'} /> },
  { id: 'date', header: 'Paid', cell: (row) => dateOrDash(row.date), width: '7.5rem' },
  { id: 'method', header: 'By', cell: (row) => methodName(row.method), width: '6.5rem' },
  { id: 'trace', header: 'Trace', cell: (row) => <Short text={row.trace || '–'} />, width: '10rem' },
  { id: 'amount', header: 'Amount', cell: (row) => moneyOrDash(row.amountCents), align: 'right', width: '7rem' },
  { id: 'claims', header: 'Claims', cell: (row) => row.claims.length, align: 'right', width: '4.5rem' },
  {
    id: 'matched',
    header: 'Matched',
    cell: (row) => row.claims.filter(({ match }) => match.kind === 'claim' || match.kind === 'authorization').length,
    align: 'right',
    width: '5.5rem',
  },
  { id: 'state', header: '', cell: (row) => <State row={row} />, width: '13rem' },
]
function State({ row }: { row: Payment }) {
  if (row.importedOn) return <StatusTag tone="info">{`Imported ${formatDate(row.importedOn)}`}</StatusTag>
  if (row.balanced) return <StatusTag tone="ok">Adds up</StatusTag>
  return (
    <StatusTag tone="warn">
      {row.differenceCents === null ? 'Amount not readable' : `Off by ${formatMoney(row.differenceCents)}`}
    </StatusTag>
  )
}

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [refused, setRefused] = useState('')
  const preview = useCommand('era.preview', { expected: ['FILE_REJECTED', 'INVALID_INPUT'] })
  const run = useCommand('era.import', {
    done: ({ payments, claims }) => `${countOf(payments.length, 'payment')} with ${countOf(claims, 'claim')} imported`,
    expected: ['FILE_REJECTED', 'REFUSED'],
    onSuccess: ({ payments }) => {
      onClose()
      if (payments.length === 1) go(paths.remittance(payments[0]!))
    },
  })
  async function open([file]: readonly File[]): Promise<void> {
    if (!file) return
    setRefused('')
    const content = await file.text().catch(() => null)
    if (content === null) setRefused('The file cannot be read. Check that it is still there.')
    else {
      setText(content)
      preview.mutate({ text: content })
    }
  }
  const data = preview.data
  const fresh = data?.payments.filter((payment) => payment.importedOn === null) ?? []
  return (
    <Dialog open onClose={onClose} title="Import a remittance file" size="90%">
      {!data && (
        <>
          <p>An 835 from the download folder of the clearinghouse or payer. You look at it first; nothing is posted.</p>
          <FileDrop accept=".835,.edi,.era,.txt,.dat,.x12,.rmt" shortcut="f" onFiles={(files) => void open(files)}>
            Remittance file (835)
          </FileDrop>
        </>
      )}
      {refused && <Finding severity="warn">{refused}</Finding>}
      {preview.error && <Finding severity="warn">{explainError(preview.error)}</Finding>}
      {data && (
        <>
          <DataTable
            label="Payments in the file"
            columns={COLUMNS}
            rows={data.payments}
            rowKey={(row) => String(row.segment)}
            maxHeight="18rem"
            empty={<Finding severity="info">The file holds no payment.</Finding>}
          />
          <Warnings warnings={data.warnings} />
          {fresh.length < data.payments.length && (
            <Finding severity="info">Payments that were imported before are left out.</Finding>
          )}
          {run.error && <Finding severity="warn">{explainError(run.error)}</Finding>}
          {run.isPending ? (
            <Actions>
              <span role="status">Importing…</span>
              <Button onClick={() => void call('session.cancelWork', {})}>Stop</Button>
            </Actions>
          ) : (
            <Actions>
              <Button onClick={() => preview.reset()}>Another file</Button>
              <Button
                variant="filled"
                autoFocus
                shortcut="mod+enter"
                disabled={fresh.length === 0}
                onClick={() => run.mutate({ text })}
              >
                {fresh.length === 0 ? 'Nothing new in it' : `Import ${countOf(fresh.length, 'payment')}`}
              </Button>
            </Actions>
          )}
        </>
      )}
    </Dialog>
  )
}

/** What is odd about a file, each kind once with how often and where first. */
export function Warnings({ warnings }: { warnings: Preview['warnings'] }) {
  if (warnings.length === 0) return null
  const kinds = [...new Set(warnings.map((one) => one.message))]
  return (
    <Finding severity="warn">
      {kinds.slice(0, 6).map((message) => {
        const places = warnings.filter((one) => one.message === message)
        const first = places[0]!.segment
        const where =
          first === 0 ? '' : ` (segment ${first}${places.length > 1 ? ` and ${places.length - 1} more` : ''})`
        return <div key={message}>{`${message}${where}`}</div>
      })}
      {kinds.length > 6 && <div>{`${kinds.length - 6} more kinds of warnings.`}</div>}
    </Finding>
  )
}
