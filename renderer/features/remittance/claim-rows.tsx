// Claims of a remittance file as rows: what was paid, what it was matched to, and the next step on the focused one.
import { useState, type ComponentProps } from 'react'
import { useLocation } from 'wouter'
import type { EraClaimRow } from '#core/contract/remittance.ts'
import { dateOrDash, moneyOrDash } from '../../lib/format.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { DataTable, type Column, Short } from '../../ui/data-table.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ClaimDetails } from './claim-details.tsx'
import { MatchDialog } from './match-dialog.tsx'
import { ERA_STATE_WORDS, statusName } from './remittance-words.ts'

const COLUMNS: readonly Column<EraClaimRow>[] = [
  {
    id: 'patient',
    header: 'Patient in the file',
    cell: ({ claim }) => (
      <Short text={[claim.patient.lastName, claim.patient.firstName].filter(Boolean).join(', ') || '–'} />
    ),
    width: '10rem',
  },
  {
    id: 'number',
    header: 'Claim in the file',
    cell: ({ claim }) => <Short text={claim.claimId || '–'} />,
    width: '8.5rem',
  },
  { id: 'status', header: 'As', cell: ({ claim }) => <Short text={statusName(claim.status)} />, width: '6rem' },
  {
    id: 'date',
    header: 'Service',
    cell: ({ claim }) => dateOrDash(claim.lines[0]?.serviceDate ?? claim.serviceFrom),
    width: '7rem',
  },
  {
    id: 'charge',
    header: 'Billed',
    cell: ({ claim }) => moneyOrDash(claim.chargeCents),
    align: 'right',
    width: '6.5rem',
  },
  { id: 'paid', header: 'Paid', cell: ({ claim }) => moneyOrDash(claim.paidCents), align: 'right', width: '6.5rem' },
  {
    id: 'state',
    header: 'Where it stands',
    cell: (row) => <StatusTag tone={ERA_STATE_WORDS[row.state].tone}>{ERA_STATE_WORDS[row.state].word}</StatusTag>,
    width: '9.5rem',
  },
  {
    id: 'why',
    header: 'Matched by, or why not',
    cell: (row) => <Short text={row.reason || [row.basis, row.ourPatient].filter(Boolean).join(': ') || '–'} />,
    width: '12.5rem',
  },
]

type TableProps = ComponentProps<typeof DataTable<EraClaimRow>>
type ClaimRowsProps = Pick<TableProps, 'label' | 'rows' | 'loading' | 'error' | 'onRetry' | 'onEnd' | 'empty'>

/** Enter matches what waits and opens the case of what is posted; → shows the lines. */
export function ClaimRows(props: ClaimRowsProps) {
  const [, go] = useLocation()
  const [matching, setMatching] = useState<EraClaimRow | null>(null)
  const canWork = useCan('work')
  const toCase = (row: EraClaimRow) =>
    row.caseId && go(paths.case(row.caseId, row.authorizationId ? 'authorization' : 'follow_up'))
  const open = (row: EraClaimRow) => {
    if (row.state === 'posted') toCase(row)
    else if (canWork) setMatching(row)
  }
  return (
    <>
      <DataTable
        {...props}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        onOpen={open}
        keys={{
          o: toCase,
          ...(canWork ? { m: (row: EraClaimRow) => row.state !== 'posted' && setMatching(row) } : {}),
        }}
        details={(row) => <ClaimDetails row={row} />}
      />
      {matching && <MatchDialog row={matching} onClose={() => setMatching(null)} />}
    </>
  )
}
