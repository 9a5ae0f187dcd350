// The lines of a claim in the file with every adjustment in words, and its balance.
import type { EraClaimRow } from '#core/contract/remittance.ts'
import { Adjustment } from '#core/remittance/schema.ts'
import { patientShareOf } from '#core/x12/era-claim.ts'
import type { EraAdjustment } from '#core/x12/era-schema.ts'
import { formatMoney, moneyOrDash } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import classes from './remittance.module.css'

const label = (one: EraAdjustment) =>
  `${one.group}-${one.carc} ${one.cents === null ? 'unreadable' : formatMoney(one.cents)}`

export function ClaimDetails({ row: { claim } }: { row: Pick<EraClaimRow, 'claim'> }) {
  const all = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)]
  const patient = patientShareOf(claim)
  const known = all.flatMap((one) => Adjustment.safeParse({ ...one, cents: one.cents ?? 0 }).data ?? [])
  const remarks = [...new Set([...claim.remarks, ...claim.lines.flatMap((line) => line.remarks)])]
  const meanings = useRoute('reason.explain', { adjustments: known.slice(0, 30), remarks: remarks.slice(0, 20) }).data
  const words = [...new Map((meanings?.meanings ?? []).map((one) => [one.code, one.plain])).entries()]
  return (
    <div className={classes.details}>
      <table className={`cw-table ${classes.lines}`}>
        <TableHead
          names={['Code', 'Billed', 'Allowed', 'Paid', 'Adjustments', 'Balance']}
          right={['Billed', 'Allowed', 'Paid']}
        />
        <tbody>
          {claim.lines.map((line, at) => (
            <tr key={at}>
              <td>{line.submittedCode ? `${line.code} for ${line.submittedCode}` : line.code}</td>
              <td data-align="right">{moneyOrDash(line.chargeCents)}</td>
              <td data-align="right">{moneyOrDash(line.allowedCents)}</td>
              <td data-align="right">{moneyOrDash(line.paidCents)}</td>
              <td>{[...line.adjustments.map(label), ...line.remarks].join(', ') || '–'}</td>
              <td>{balanceOf(line.differenceCents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="cw-row">
        {claim.balanced ? (
          <StatusTag tone="ok">The claim adds up</StatusTag>
        ) : (
          <StatusTag tone="warn">{`The claim is ${balanceOf(claim.differenceCents)}`}</StatusTag>
        )}
        {claim.adjustments.length > 0 && <span>At the claim: {claim.adjustments.map(label).join(', ')}</span>}
        <span>Patient {moneyOrDash(patient)}</span>
        {claim.patientStated && claim.status !== '22' && patient !== claim.patientCents && (
          <StatusTag tone="warn">{`The file says ${moneyOrDash(claim.patientCents)} without PR amounts for it`}</StatusTag>
        )}
        {claim.payerClaimId && <span className="cw-muted">Payer’s number {claim.payerClaimId}</span>}
        {claim.forwardedTo && <span>Forwarded to {claim.forwardedTo}</span>}
      </div>
      {words.length > 0 && (
        <ul className="cw-muted">
          {words.map(([code, plain]) => (
            <li key={code}>{`${code}: ${plain}`}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
function balanceOf(cents: number | null): string {
  if (cents === 0) return 'adds up'
  return cents === null ? 'not readable' : `off by ${formatMoney(cents)}`
}
