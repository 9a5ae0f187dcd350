// One claim: where it stands, what a payer would send back, the form or the sheet, its next step.
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { claimLife } from '#core/claim/lifecycle.ts'
import { mergeFindings } from '#core/claim/merge-findings.ts'
import type { ClaimEvent } from '#core/claim/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { Papers } from '../../../lib/actions/papers.tsx'
import { SendClaim } from '../../../lib/actions/send-claim.tsx'
import { CLAIM_TONES } from '../../../lib/state-tones.ts'
import { formatDate, formatInstant, formatMoney } from '../../../lib/format.ts'
import { digitOf } from '../../../lib/keys.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/page.tsx'
import { Loading } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import { channelPhrase } from '../../../lib/channels.ts'
import { TakeBack } from '../take-back.tsx'
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
  const [all, setAll] = useState(false)
  /** The box of an answer may be among those that are not shown. */
  const goToBox = (field: string) => {
    flushSync(() => setAll(true))
    goToField(field)
  }
  const [printing, setPrinting] = useState(false)
  const draft = useClaimDraft(claim)
  const editable = canWork && (claim.state === 'draft' || claim.state === 'rejected')
  const changed = editable && draft.changed
  const findings = mergeFindings(claim.findings)
  const blocks = findings.filter((finding) => finding.severity === 'block').length
  const isSendable = canWork && claim.events.includes('send')
  const others = canWork ? claim.events.filter((one) => one !== 'send') : []
  const stop = changed
    ? 'Save the claim before it is sent.'
    : blocks > 0
      ? `${blocks === 1 ? 'One problem stops' : `${blocks} problems stop`} this claim.`
      : ''
  return (
    <Section title={`Claim ${claim.number}`}>
      <ClaimHead claim={claim} replaces={replaces} />
      <div className="cw-row">
        {isSendable && (
          <Button
            {...(latest && { shortcut: '1' })}
            variant={!changed && blocks === 0 ? 'filled' : 'default'}
            onClick={() => setEvent('send')}
          >
            Send…
          </Button>
        )}
        {others.map((one, index) => (
          <Button
            key={one}
            {...(latest && { shortcut: digitOf(index + (isSendable ? 1 : 0)) })}
            variant={one === 'void' ? 'subtle' : 'default'}
            onClick={() => setEvent(one)}
          >
            {claimLife.events[one]}
          </Button>
        ))}
        {!isSendable && (
          <Button {...(latest && { shortcut: digitOf(others.length) })} onClick={() => setPrinting(true)}>
            Summary…
          </Button>
        )}
        {editable && stop && <span className="cw-muted">{stop}</span>}
      </div>
      <PayerAnswerList claim={claim} editable={editable} onField={goToBox} />
      {/* They lead to fields: not before those are there. */}
      {editable && draft.ready && <FindingsList findings={findings} />}
      {claim.form.transaction !== 'predetermination' && claim.lines.length > 0 && (
        <ExpectedPayment claim={claim} latest={latest} />
      )}
      {!editable && <ClaimSheet claim={claim} />}
      {editable && (draft.ready ? <ClaimFormFields {...{ claim, draft, all, latest }} onAll={setAll} /> : <Loading />)}
      <Timeline label={`History of claim ${claim.number}`} entries={historyOf(claim.history, claimLife.done)} />
      {canWork && claim.canUndo && <TakeBack route="claim.undo" of={claim} latest={latest} />}
      {printing && (
        <Dialog open onClose={() => setPrinting(false)} title={`Claim ${claim.number}`}>
          <Papers letter={{ kind: 'claim-summary', id: claim.id }} name="summary" isAlone />
        </Dialog>
      )}
      {event === 'send' && (
        <SendClaim
          caseView={caseView}
          claim={claim}
          {...(changed && { stop: 'Save the claim before it is sent.' })}
          onClose={() => setEvent(null)}
        />
      )}
      {event && event !== 'send' && (
        <ClaimEventDialog key={event} claim={claim} event={event} onClose={() => setEvent(null)} />
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

interface PayerAnswerListProps {
  claim: ClaimData
  editable: boolean
  onField: (field: string) => void
}

/** How each export of a claim was answered, the latest first. */
function PayerAnswerList({ claim, editable, onField }: PayerAnswerListProps) {
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
          {one.answer === 'rejected' && <StatusTag tone="warn">Rejected</StatusTag>}
          {one.reasons.map(({ words, field }) =>
            editable && field !== '' ? (
              <button key={words} type="button" className="cw-link" onClick={() => onField(field)}>
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
