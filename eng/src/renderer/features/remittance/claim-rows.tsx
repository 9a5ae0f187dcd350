// Claims of a remittance file as rows: what was paid, what it was matched to, and the next step on the focused one.
import { useState, type ComponentProps } from 'react'
import { useLocation } from 'wouter'
import type { EraClaimRow } from '#core/contract/remittance.ts'
import { dateOrDash, moneyOrDash, oneLine, personName } from '../../lib/format.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ClaimDetails } from './claim-details.tsx'
import { MatchDialog } from './match-dialog.tsx'
import { ERA_STATE_WORDS, statusName } from './remittance-words.ts'

const COLUMNS: readonly Column<EraClaimRow>[] = [
  {
    header: 'Patient in the file',
    text: ({ claim }) => personName(claim.patient),
  },
  { header: 'Claim in the file', text: ({ claim }) => claim.claimId },
  { header: 'As', text: ({ claim }) => statusName(claim.status) },
  {
    header: 'Service',
    cell: ({ claim }) => dateOrDash(claim.lines[0]?.serviceDate ?? claim.serviceFrom),
  },
  { header: 'Billed', cell: ({ claim }) => moneyOrDash(claim.chargeCents), align: 'right' },
  { header: 'Paid', cell: ({ claim }) => moneyOrDash(claim.paidCents), align: 'right' },
  {
    header: 'Status',
    cell: (row) => <StatusTag tone={ERA_STATE_WORDS[row.state].tone}>{ERA_STATE_WORDS[row.state].word}</StatusTag>,
  },
  {
    header: 'Matched by, or why not',
    text: (row) => row.reason || oneLine([row.basis, row.ourPatient], ': '),
    isLong: true,
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
