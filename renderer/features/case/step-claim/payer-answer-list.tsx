// How each export of a claim was answered, the latest first.
import { formatDate, formatInstant } from '../../../lib/format.ts'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { goToField } from './findings-list.tsx'
import type { ClaimData } from '../step-data.ts'

export function PayerAnswerList({ claim, editable }: { claim: ClaimData; editable: boolean }) {
  if (claim.answers.length === 0) return null
  return (
    <ul aria-label="Exports" className="cw-plain-list">
      {claim.answers.map((one) => (
        <li key={one.fileId} className="cw-row">
          <span className="cw-muted">{`File ${one.control}, ${formatInstant(one.writtenAt)}`}</span>
          {one.answer === 'none' && <StatusTag tone="wait">No acknowledgement yet</StatusTag>}
          {one.answer === 'accepted' && (
            <StatusTag tone="ok">{`Accepted${one.answeredOn ? ` ${formatDate(one.answeredOn)}` : ''}`}</StatusTag>
          )}
          {one.answer === 'rejected' && <StatusTag tone="block">Rejected</StatusTag>}
          {one.reasons.map((reason) =>
            editable && reason.field !== '' ? (
              <button key={reason.words} type="button" className="cw-link" onClick={() => goToField(reason.field)}>
                {reason.words}
              </button>
            ) : (
              <span key={reason.words}>{reason.words}</span>
            ),
          )}
        </li>
      ))}
    </ul>
  )
}
