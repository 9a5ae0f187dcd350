// The Authorization step: is one needed, the request and its life, the decision, the patient called.
import { useState } from 'react'
import { authorizationLife, KIND_LABELS } from '#core/authorization/lifecycle.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { dateAndDistance, dateOrDash, formatDate, formatMoney, moneyOrDash } from '../../../lib/format.ts'
import { isSending, sendingOf, SendRequest } from '../../../lib/actions/send-request.tsx'
import { digitOf } from '../../../lib/keys.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { AUTHORIZATION_TONES } from '../../../lib/state-tones.ts'
import { useToday } from '../../../lib/use-today.ts'
import { siteName } from '#core/teeth.ts'
import { Button } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Section } from '../../../ui/page.tsx'
import { Answer } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import { TableHead } from '../../../ui/table-head.tsx'
import { channelPhrase } from '../../../lib/channels.ts'
import { TakeBack } from '../take-back.tsx'
import { OfferRule } from '../../../forms/payer-rule/offer-rule.tsx'
import { draftFrom, draftOfRequest } from '../../../forms/payer-rule/rule-draft.ts'
import { Changes } from './changes.tsx'
import { AfterApproval } from './after-approval.tsx'
import { AuthorizationEventDialog } from './authorization-event-dialog.tsx'
import { NeedDialog } from '../../../lib/actions/need-dialog.tsx'
import { historyOf, type AuthorizationData } from '../step-data.ts'

type Data = OutputOf<'authorization.forCase'>

export default function AuthorizationStep({ caseView }: { caseView: CaseView }) {
  const query = useRoute('authorization.forCase', { caseId: caseView.id })
  return (
    <Answer query={query}>
      {(data) => (
        <>
          <Need caseView={caseView} data={data} />
          {data.authorizations.map((authorization, index) => (
            <One key={authorization.id} caseView={caseView} authorization={authorization} latest={index === 0} />
          ))}
          <Start caseView={caseView} data={data} />
        </>
      )}
    </Answer>
  )
}

const NEED = {
  yes: { tone: 'warn', word: 'Needed' },
  no: { tone: 'ok', word: 'Not needed' },
  unknown: { tone: 'todo', word: 'Not known' },
} as const

function Need({ caseView, data }: { caseView: CaseView; data: Data }) {
  const [asking, setAsking] = useState(false)
  const canWork = useCan('work')
  const { answer, check, fromOtherCase, stale, rule } = data.need
  return (
    <Section
      title="Is an authorization needed?"
      actions={
        canWork && (
          <Button shortcut="alt+q" onClick={() => setAsking(true)}>
            Record the answer
          </Button>
        )
      }
    >
      <div className="cw-row">
        <StatusTag tone={stale ? 'warn' : NEED[answer].tone}>{NEED[answer].word}</StatusTag>
        {check && (
          <span className="cw-muted">
            {formatDate(check.checkedOn)}
            {check.source && ` · ${check.source}`}
            {check.representative && ` · ${check.representative}`}
            {check.reference && ` · ref. ${check.reference}`}
            {check.user && ` · ${check.user}`}
            {fromOtherCase && ' · answer from an earlier case of this plan'}
            {stale && ' · old: ask again'}
          </span>
        )}
        {check && !fromOtherCase && (
          <OfferRule
            start={draftFrom(check)}
            coverageId={check.coverageId}
            coverages={caseView.coverages}
            shortcut="alt+u"
          />
        )}
      </div>
      {rule && (
        <Finding severity="info" source={rule.source} confidence={rule.confidence}>
          By the payer’s rule: {rule.text}
        </Finding>
      )}
      {data.hints.length > 0 && (
        <details>
          <summary>What is known about this ({data.hints.length})</summary>
          {data.hints.map((hint) => (
            <Finding key={hint.text} severity="info" source={hint.source} confidence={hint.confidence}>
              {hint.text}
            </Finding>
          ))}
        </details>
      )}
      {asking && <NeedDialog caseView={caseView} earlier={check} onClose={() => setAsking(false)} />}
    </Section>
  )
}

/** The step that usually comes next; while the payer decides there is none. */
const NEXT: Partial<Record<AuthorizationData['state'], AuthorizationData['events'][number]>> = {
  to_verify: 'start_draft',
  drafting: 'submit',
  info_requested: 'answer_info',
  denied: 'resubmit',
  expired: 'resubmit',
}

const isOver = (state: string) => ['not_required', 'used', 'replaced', 'withdrawn', 'denied', 'expired'].includes(state)

/** Each payer of the patient can be asked; a payer that is being asked is not offered again. */
function Start({ caseView, data }: { caseView: CaseView; data: Data }) {
  const canWork = useCan('work')
  const create = useCommand('authorization.create', { done: 'Request started' })
  const asked = data.authorizations.filter((one) => !isOver(one.state)).map((one) => one.coverageId)
  const free = caseView.coverages.filter((one) => !asked.includes(one.id))
  const [chosen, setChosen] = useState<string>()
  const coverage =
    free.find((one) => one.id === chosen) ?? free.find((one) => one.id === caseView.coverageId) ?? free[0]
  if (!canWork || (caseView.coverages.length === 0 ? asked.length > 0 : free.length === 0)) return null
  const start = (kind: 'estimate' | 'required') =>
    create.mutate({ caseId: caseView.id, kind, coverageId: coverage?.id ?? caseView.coverageId })
  return (
    <Section
      title={asked.length > 0 ? 'Ask another payer' : 'Start a request'}
      note="An estimate is no guarantee; without a required authorization the claim can be denied."
    >
      <div className="cw-row">
        {caseView.coverages.length > 1 && (
          <SelectField<string>
            label="Payer"
            value={coverage?.id ?? ''}
            onChange={setChosen}
            options={free.map((one) => ({ value: one.id, label: `${one.payerName} (${one.order})` }))}
          />
        )}
        <Button
          shortcut="alt+r"
          variant={data.need.answer === 'yes' && asked.length === 0 ? 'filled' : 'default'}
          onClick={() => start('required')}
          disabled={caseView.lines.length === 0}
          loading={create.isPending}
        >
          Prior authorization
        </Button>
        <Button
          shortcut="alt+k"
          onClick={() => start('estimate')}
          disabled={caseView.lines.length === 0}
          loading={create.isPending}
        >
          Estimate (predetermination)
        </Button>
        {caseView.lines.length === 0 && (
          <span className="cw-muted">Confirm the code first: a request lists the lines.</span>
        )}
      </div>
    </Section>
  )
}

function Findings({ findings }: { findings: AuthorizationData['findings'] }) {
  return findings.map((finding) => (
    <Finding key={finding.id + finding.message} severity={finding.severity} source={finding.source}>
      {finding.message}
    </Finding>
  ))
}

/** A way on, by its digit. */
interface Choice {
  key: string
  label: string
  run: () => void
  isNext?: boolean
  isSubtle?: boolean
}

interface OneProps {
  caseView: CaseView
  authorization: AuthorizationData
  /** The one the keys work on. */
  latest: boolean
}

function One({ caseView, authorization, latest }: OneProps) {
  const today = useToday()
  const canWork = useCan('work')
  /** What is asked for: a step, or only the papers. */
  const [event, setEvent] = useState<AuthorizationData['events'][number] | 'papers' | null>(null)
  const { state } = authorization
  const isApproved = state === 'approved' || state === 'approved_modified'
  const isAsking = state === 'approved_modified' && authorization.changesAnswer === null
  const hasEnded = isApproved && authorization.validTo !== null && authorization.validTo < today
  // While the payer's changes are open, the appeal is one of the answers to them.
  // Only what is in doubt needs to be confirmed.
  const isStale = authorization.findings.some((one) => one.id === 'stale')
  const events = authorization.events.filter((one) => !(isAsking && one === 'appeal') && (one !== 'confirm' || isStale))
  const next = isAsking ? undefined : hasEnded ? 'expire' : NEXT[state]
  const sending = sendingOf(authorization)
  const send = { key: 'papers', label: sending && canWork ? 'Send…' : 'Letter and packet…' }
  const choices: Choice[] = [
    ...(sending && canWork ? [{ ...send, run: () => setEvent(sending), isNext: true }] : []),
    ...(canWork ? events.filter((one) => one !== sending) : []).map((one) => ({
      key: one,
      label: authorizationLife.events[one],
      run: () => setEvent(one),
      isNext: one === next,
      isSubtle: one === 'withdraw',
    })),
    ...(sending && canWork ? [] : [{ ...send, run: () => setEvent('papers') }]),
  ]
  return (
    <Section title={KIND_LABELS[authorization.kind]}>
      <Standing authorization={authorization} />
      <OfferRule
        start={draftOfRequest(authorization)}
        coverageId={authorization.coverageId ?? caseView.coverageId}
        coverages={caseView.coverages}
      />
      <div className="cw-row">
        {choices.map(({ key, label, run, isNext, isSubtle }, index) => (
          <Button
            key={key}
            variant={isSubtle ? 'subtle' : isNext && latest ? 'filled' : 'default'}
            {...(latest && { shortcut: digitOf(index) })}
            onClick={run}
          >
            {label}
          </Button>
        ))}
      </div>
      <Findings findings={authorization.findings.filter((one) => one.severity !== 'info')} />
      <AuthorizationLines lines={authorization.lines} />
      <Findings findings={authorization.findings.filter((one) => one.severity === 'info')} />
      {state === 'approved_modified' && <Changes authorization={authorization} onAppeal={() => setEvent('appeal')} />}
      {isApproved && <AfterApproval authorization={authorization} isNext={latest && !isAsking && !hasEnded} />}
      <Timeline
        label="History of the authorization"
        entries={historyOf(authorization.history, authorizationLife.done)}
      />
      {authorization.canUndo && canWork && <TakeBack route="authorization.undo" of={authorization} latest={latest} />}
      {(event === 'papers' || (event && isSending(event))) && (
        <SendRequest
          key={event}
          caseView={caseView}
          request={authorization}
          event={event === 'papers' ? null : event}
          onClose={() => setEvent(null)}
        />
      )}
      {event && event !== 'papers' && !isSending(event) && (
        <AuthorizationEventDialog
          key={event}
          authorization={authorization}
          event={event}
          onClose={() => setEvent(null)}
        />
      )}
    </Section>
  )
}

/** Where the request stands: sent, expected, valid. */
function Standing({ authorization }: Pick<OneProps, 'authorization'>) {
  const today = useToday()
  const { state } = authorization
  return (
    <div className="cw-row">
      <StatusTag tone={AUTHORIZATION_TONES[state]}>{authorizationLife.states[state]}</StatusTag>
      {authorization.reference && <strong>No. {authorization.reference}</strong>}
      {authorization.payerName && <span>{authorization.payerName}</span>}
      {authorization.sentOn && (
        <span className="cw-muted">
          Sent {dateAndDistance(authorization.sentOn, today)}
          {channelPhrase(authorization.channel)}
        </span>
      )}
      {state === 'submitted' && authorization.expectedOn && (
        <span className="cw-muted">
          Answer expected {dateAndDistance(authorization.expectedOn, today)} ({authorization.expectedBasis})
        </span>
      )}
      {authorization.appeal && (
        <span className="cw-muted">
          Appeal until {dateAndDistance(authorization.appeal.on, today)} ({authorization.appeal.source})
        </span>
      )}
      {authorization.validTo && (
        <span>
          Valid {dateOrDash(authorization.validFrom)} to {dateAndDistance(authorization.validTo, today)}
          {authorization.validBasis && ` (${authorization.validBasis})`}
        </span>
      )}
    </div>
  )
}

/** What was asked beside what was approved. */
function AuthorizationLines({ lines }: { lines: AuthorizationData['lines'] }) {
  return (
    <table className="cw-table">
      <TableHead
        names={['Requested', 'Place', 'Fee', 'Approved', 'Plan pays', 'Patient pays']}
        right={['Fee', 'Plan pays', 'Patient pays']}
      />
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>
              {line.code}
              {line.quantity > 1 && ` × ${line.quantity}`}
            </td>
            <td>{siteName(line.tooth, line.area) || '–'}</td>
            <td data-align="right">{formatMoney(line.feeCents)}</td>
            <td>
              {line.approvedQuantity === 0
                ? 'Not approved'
                : line.approvedCode
                  ? `${line.approvedCode}${(line.approvedQuantity ?? 1) > 1 ? ` × ${line.approvedQuantity}` : ''}`
                  : '–'}
            </td>
            <td data-align="right">{moneyOrDash(line.approvedCents)}</td>
            <td data-align="right">{moneyOrDash(line.patientCents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
