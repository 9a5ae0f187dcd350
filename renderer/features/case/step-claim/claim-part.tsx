// One claim: where it stands, what a payer would send back, the form or the sheet, its next step.
import { useState } from 'react'
import { claimLife } from '#core/claim/lifecycle.ts'
import type { ClaimEvent } from '#core/claim/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { CLAIM_TONES } from '../../../lib/state-tones.ts'
import { ExportDialog } from '../../../lib/export-dialog.tsx'
import { formatDate, formatInstant, formatMoney } from '../../../lib/format.ts'
import { digitOf } from '../../../lib/keys.ts'
import { useOutgoing } from '../../../lib/outgoing.tsx'
import { useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { Loading } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import { channelPhrase } from '../channels.ts'
import { ClaimEventDialog } from './claim-event-dialog.tsx'
import { ClaimFormFields, useClaimDraft } from './claim-form-fields.tsx'
import { ClaimSheet } from './claim-sheet.tsx'
import { ExpectedPayment } from './expected-payment.tsx'
import { FindingsList, goToField } from './findings-list.tsx'
import { historyOf, type ClaimData } from '../step-data.ts'

interface ClaimPartProps {
  caseView: CaseView
  claim: ClaimData
  replaces: ClaimData | undefined
  /** The one the keys work on. */
  latest: boolean
}

export function ClaimPart({ caseView, claim, replaces, latest }: ClaimPartProps) {
  const canWork = useCan('work')
  const [event, setEvent] = useState<ClaimEvent | null>(null)
  const [exporting, setExporting] = useState(false)
  const draft = useClaimDraft(claim)
  const documentation = useRoute('documentation.get', { caseId: caseView.id, stage: 'claim' })
  const editable = canWork && (claim.state === 'draft' || claim.state === 'rejected')
  const changed = editable && draft.changed
  const readiness = documentation.data?.readiness.find((one) => one.stage === 'claim')
  const blocks = claim.findings.filter((finding) => finding.severity === 'block').length
  const sheet = useOutgoing({ kind: 'claim-summary', id: claim.id }, 'Summary saved')
  const stop = changed
    ? 'Save the claim before it is sent.'
    : blocks > 0
      ? `${blocks === 1 ? 'One finding stops' : `${blocks} findings stop`} this claim.`
      : ''
  return (
    <Section
      title={`Claim ${claim.number}`}
      actions={
        <>
          <Button {...(latest && { shortcut: 'alt+p' })} onClick={sheet.print}>
            Print summary
          </Button>
          <Button {...(latest && { shortcut: 'alt+l' })} onClick={sheet.savePdf} loading={sheet.isSaving}>
            Summary as PDF
          </Button>
        </>
      }
    >
      <ClaimHead claim={claim} replaces={replaces} />
      <PayerAnswerList claim={claim} editable={editable} />
      {/* They lead to fields: not before those are there. */}
      {editable && draft.ready && <FindingsList findings={claim.findings} />}
      {claim.form.transaction !== 'predetermination' && claim.lines.length > 0 && (
        <ExpectedPayment claim={claim} latest={latest} />
      )}
      {canWork && claim.events.length > 0 && (
        <div className="cw-row">
          {claim.events.map((one, index) => (
            <Button
              key={one}
              {...(latest && { shortcut: digitOf(index) })}
              variant={one === 'send' && !changed ? 'filled' : one === 'void' ? 'subtle' : 'default'}
              onClick={() => setEvent(one)}
              disabled={one === 'send' && stop !== ''}
            >
              {claimLife.events[one]}
            </Button>
          ))}
          {editable && (
            <Button {...(latest && { shortcut: 'alt+d' })} onClick={() => setExporting(true)} disabled={changed}>
              Export (837D)
            </Button>
          )}
          {stop && <span className="cw-muted">{stop}</span>}
        </div>
      )}
      {!editable && <ClaimSheet claim={claim} />}
      {editable && (draft.ready ? <ClaimFormFields claim={claim} draft={draft} /> : <Loading />)}
      <Timeline label={`History of claim ${claim.number}`} entries={historyOf(claim.history, claimLife.done)} />
      {sheet.dialog}
      {exporting && <ExportDialog ids={[claim.id]} onClose={() => setExporting(false)} />}
      {event && (
        <ClaimEventDialog
          key={event}
          claim={claim}
          event={event}
          gaps={readiness && !readiness.ready ? readiness.sentence : ''}
          onClose={() => setEvent(null)}
        />
      )}
    </Section>
  )
}

/** Where it stands, how it went out, what goes with it. */
function ClaimHead({ claim, replaces }: Pick<ClaimPartProps, 'claim' | 'replaces'>) {
  return (
    <>
      <div className="cw-row">
        <StatusTag tone={CLAIM_TONES[claim.state]}>{claimLife.states[claim.state]}</StatusTag>
        <strong className="cw-number">{formatMoney(claim.totalCents)}</strong>
        {claim.frequency !== 'original' && (
          <span>
            {claim.frequency === 'replacement' ? 'Corrected claim' : 'Void'}
            {replaces && ` for ${replaces.number}`}
            {claim.payerClaimNumber && `, payer’s number ${claim.payerClaimNumber}`}
          </span>
        )}
        {claim.sentOn && (
          <span>
            Sent {formatDate(claim.sentOn)}
            {channelPhrase(claim.channel)}
          </span>
        )}
        {claim.sendReason && <span className="cw-muted">Sent as it was: {claim.sendReason}</span>}
      </div>
      {claim.enclosures.length > 0 && (
        <p>
          <span className="cw-muted">Enclosed (box 39): </span>
          {claim.enclosures.join('; ')}
        </p>
      )}
    </>
  )
}

/** How each export of a claim was answered, the latest first. */
function PayerAnswerList({ claim, editable }: { claim: ClaimData; editable: boolean }) {
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
          {one.reasons.map(({ words, field }) =>
            editable && field !== '' ? (
              <button key={words} type="button" className="cw-link" onClick={() => goToField(field)}>
                {words}
              </button>
            ) : (
              <span key={words}>{words}</span>
            ),
          )}
        </li>
      ))}
    </ul>
  )
}
