// What a remittance file holds: its payments, and under each its claims, those that need somebody first.
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, dateOrDash, formatDate, formatMoney, moneyOrDash, personName } from '../../lib/format.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Finding } from '../../ui/finding.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import classes from './remittance.module.css'
import { Warnings } from './warnings.tsx'
import { methodName, statusName } from './remittance-words.ts'

type Data = OutputOf<'era.preview'>
type Payment = Data['payments'][number]
type Claim = Payment['claims'][number]

const isMatched = ({ match }: Claim) => match.kind === 'claim' || match.kind === 'authorization'
/** More are counted, not listed: they stand on the payment's page after the import. */
const MOST_CLAIMS = 50

const COLUMNS: readonly Column<Payment>[] = [
  { header: 'Payer', text: (row) => row.payer },
  { header: 'Paid', cell: (row) => dateOrDash(row.date) },
  { header: 'By', cell: (row) => methodName(row.method) },
  { header: 'Trace', text: (row) => row.trace },
  { header: 'Amount', cell: (row) => moneyOrDash(row.amountCents), align: 'right' },
  { header: 'Claims', cell: (row) => row.claims.length, align: 'right' },
  { header: 'Matched', cell: (row) => row.claims.filter(isMatched).length, align: 'right' },
  { header: 'Balance', cell: (row) => <State row={row} /> },
]
function State({ row }: { row: Payment }) {
  if (row.importedOn) return <StatusTag tone="info">{`Imported ${formatDate(row.importedOn)}`}</StatusTag>
  if (row.balanced) return <StatusTag tone="ok">Adds up</StatusTag>
  return <Off cents={row.differenceCents} />
}
function Off({ cents }: { cents: number | null }) {
  return (
    <StatusTag tone="warn">
      {cents === null ? 'Amount not readable' : `Off by ${formatMoney(Math.abs(cents))}`}
    </StatusTag>
  )
}

export function EraPreview({ preview: { payments, warnings } }: { preview: Data }) {
  const [only] = payments
  return (
    <>
      <DataTable
        label="Payments in the file"
        columns={COLUMNS}
        rows={payments}
        rowKey={(row) => String(row.segment)}
        {...(payments.length > 1 && { details: (row: Payment) => <Claims claims={row.claims} /> })}
        maxHeight="18rem"
        empty={<Finding severity="info">The file has no payments.</Finding>}
      />
      {payments.length === 1 && only && <Claims claims={only.claims} />}
      {payments.length > 1 && <p className="cw-muted">→ on a payment shows its claims.</p>}
      <Warnings warnings={warnings} />
      {payments.some((payment) => payment.importedOn !== null) && (
        <Finding severity="info">
          {payments.every((payment) => payment.importedOn !== null)
            ? 'All of it was imported before. Nothing is imported twice.'
            : 'Payments that were imported before are left out.'}
        </Finding>
      )}
    </>
  )
}

function Claims({ claims }: { claims: readonly Claim[] }) {
  if (claims.length === 0) return <p className="cw-muted">No claims: only payer entries about a whole check.</p>
  const isOdd = (claim: Claim) => !isMatched(claim) || !claim.balanced
  const sorted = [...claims].sort((a, b) => Number(isOdd(b)) - Number(isOdd(a)))
  return (
    <div className={classes.details}>
      <table className={`cw-table ${classes.lines}`} aria-label="Claims in the file">
        <TableHead
          names={['Patient in the file', 'Claim', 'As', 'Billed', 'Paid', 'Ours']}
          right={['Billed', 'Paid']}
        />
        <tbody>
          {sorted.slice(0, MOST_CLAIMS).map((claim) => (
            <tr key={claim.segment}>
              <td>{personName(claim.patient) || '–'}</td>
              <td>{claim.claimId || '–'}</td>
              <td>{statusName(claim.status)}</td>
              <td data-align="right">{moneyOrDash(claim.chargeCents)}</td>
              <td data-align="right">{moneyOrDash(claim.paidCents)}</td>
              <td>
                <Match claim={claim} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {claims.length > MOST_CLAIMS && (
        <p className="cw-muted">{`and ${countOf(claims.length - MOST_CLAIMS, 'claim')} more`}</p>
      )}
    </div>
  )
}
function Match({ claim }: { claim: Claim }) {
  if (!claim.balanced) return <Off cents={claim.differenceCents} />
  if (isMatched(claim)) return <StatusTag tone="ok">{`Matched: ${claim.match.basis}`}</StatusTag>
  return (
    <StatusTag tone="warn">
      {claim.match.kind === 'choose' ? 'Choose after the import' : 'None of ours match'}
    </StatusTag>
  )
}
