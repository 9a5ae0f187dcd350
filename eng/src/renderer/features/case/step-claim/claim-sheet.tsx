// A claim that was sent: what went out, to read.
import { ORAL_AREAS } from '#core/teeth.ts'
import { dateOrDash, formatMoney, oneLine } from '../../../lib/format.ts'
import type { ClaimData } from '../step-data.ts'
import { TableHead } from '../../../ui/table-head.tsx'

export function ClaimSheet({ claim }: { claim: ClaimData }) {
  const { form } = claim
  const facts: [string, string][] = [
    ['3 Payer', oneLine([form.payerName, form.payerCode])],
    ['2 Authorization', form.authorizationNumber || form.predeterminationNumber],
    ['12 Subscriber', `${form.subscriber.lastName}, ${form.subscriber.firstName}`],
    ['15 Member ID', form.memberId],
    ['34a Diagnoses', form.diagnoses.join(', ')],
    ['35 Remarks', form.remarks],
    ['53 Treating dentist', `${form.treating.firstName} ${form.treating.lastName} · NPI ${form.treating.npi}`],
  ]
  return (
    <>
      <table className="cw-table">
        <TableHead
          names={['24 Date', '29 Code', '27 Tooth or 25 area', '29a', '30 Description', '31 Fee']}
          right={['31 Fee']}
        />
        <tbody>
          {claim.lines.map((line) => (
            <tr key={line.id}>
              <td>{dateOrDash(line.serviceDate)}</td>
              <td>
                {line.code}
                {line.quantity > 1 && ` × ${line.quantity}`}
              </td>
              <td>{line.tooth ? `#${line.tooth}` : line.area ? ORAL_AREAS[line.area] : '–'}</td>
              <td>{line.diagnosisPointers || '–'}</td>
              <td>{line.description}</td>
              <td data-align="right">{formatMoney(line.feeCents * line.quantity)}</td>
            </tr>
          ))}
          <tr>
            <td colSpan={5}>32 Total</td>
            <td data-align="right">
              <strong>{formatMoney(claim.totalCents)}</strong>
            </td>
          </tr>
        </tbody>
      </table>
      <dl className="cw-facts" data-close>
        {facts
          .filter(([, text]) => text !== '')
          .map(([term, text]) => (
            <div key={term} style={{ display: 'contents' }}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
    </>
  )
}
