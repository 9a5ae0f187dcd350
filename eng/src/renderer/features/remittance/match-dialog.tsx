// Which of our claims a claim of the file is: candidates with what speaks for and against each, or set aside.
import { useState } from 'react'
import type { EraClaimRow } from '#core/contract/remittance.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { dateOrDash, formatMoney, moneyOrDash, oneLine, personName } from '../../lib/format.ts'
import { explainError, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Actions, ConfirmWithReason, Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ClaimDetails } from './claim-details.tsx'

type Candidate = OutputOf<'era.candidates'>['candidates'][number]

const evidenceOf = (row: Candidate, fits: boolean) =>
  row.evidence
    .filter((one) => one.fits === fits)
    .map((one) => one.words)
    .join(', ')

const COLUMNS: readonly Column<Candidate>[] = [
  { header: 'Our patient', text: (row) => row.patientName },
  {
    header: 'Claim or request',
    text: (row) => `${row.kind === 'claim' ? 'Claim' : 'Request'} ${row.number}`.trim(),
  },
  { header: 'Code', cell: (row) => oneLine([row.tooth && `#${row.tooth}`, row.code], ' ') },
  { header: 'Service', cell: (row) => dateOrDash(row.serviceDate) },
  { header: 'Billed', cell: (row) => formatMoney(row.totalCents), align: 'right' },
  { header: 'Fits', text: (row) => evidenceOf(row, true) || 'nothing', isLong: true },
  { header: 'Does not', text: (row) => evidenceOf(row, false), isLong: true },
]

export function MatchDialog({ row, onClose }: { row: EraClaimRow; onClose: () => void }) {
  const [text, setText] = useState('')
  const [aside, setAside] = useState(false)
  const query = useRoute(
    'era.candidates',
    { id: row.id, text: text.trim().length >= 3 ? text.trim() : '' },
    { keep: true },
  )
  const match = useCommand('era.match', { done: 'Matched', expected: ['REFUSED'], onSuccess: onClose })
  const put = useCommand('era.setAside', {
    done: (_, { aside: is }) => (is ? 'Set aside' : 'Back in the queue'),
    onSuccess: onClose,
  })
  const choose = (one: Candidate) =>
    match.mutate(one.kind === 'claim' ? { id: row.id, claimId: one.id } : { id: row.id, authorizationId: one.id })
  const { claim } = row
  const isMatched = row.claimId !== null || row.authorizationId !== null
  return (
    <Dialog open onClose={onClose} title="Which of our claims is this?" size="90%">
      <div className="cw-row">
        <strong>{personName(claim.patient) || 'No name'}</strong>
        <span>Claim {claim.claimId || '–'}</span>
        <span>Member {claim.patient.memberId || '–'}</span>
        <span>Billed {moneyOrDash(claim.chargeCents)}</span>
        <span>Paid {moneyOrDash(claim.paidCents)}</span>
      </div>
      <ClaimDetails row={row} />
      {row.reason && <Finding severity="info">{row.reason}</Finding>}
      <TextField
        label="Find another"
        value={text}
        onChange={setText}
        hint="Last name or claim number, at least 3 characters"
      />
      <DataTable
        label="Our claims and requests"
        columns={COLUMNS}
        rows={query.data?.candidates ?? []}
        rowKey={(one) => one.id}
        onOpen={choose}
        loading={query.isPending}
        maxHeight="14rem"
        empty={<EmptyState title="None of ours match">Search by name, or set it aside if it is not yours.</EmptyState>}
      />
      {match.error && <Finding severity="warn">{explainError(match.error)}</Finding>}
      <Actions>
        {isMatched && <Button onClick={() => match.mutate({ id: row.id })}>Undo the match</Button>}
        {row.state === 'set_aside' ? (
          <Button onClick={() => put.mutate({ id: row.id, aside: false })}>Back in the queue</Button>
        ) : (
          <Button onClick={() => setAside(true)}>Set aside</Button>
        )}
      </Actions>
      <ConfirmWithReason
        open={aside}
        onClose={() => setAside(false)}
        title="Set this claim aside?"
        confirmLabel="Set aside"
        onConfirm={(reason) => put.mutate({ id: row.id, aside: true, reason })}
        busy={put.isPending}
      >
        For claims that are not this office’s. It stays in the file and can come back.
      </ConfirmWithReason>
    </Dialog>
  )
}
