// The Follow-up step: the EOB line by line, what it means, what to do next; appeals with their deadline and letter.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { RemittanceLine } from '#core/remittance/schema.ts'
import { formatDate, formatMoney } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmWithReason } from '../../../ui/dialog.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Section } from '../../../ui/page.tsx'
import { Answer, EmptyState } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from '../step-code/step-code.module.css'
import { Appeals } from './appeals.tsx'
import { EobEntry } from './eob-entry.tsx'

export type FollowUpData = OutputOf<'remittance.forCase'>

export function FollowUpStep({ caseView }: { caseView: CaseView }) {
  const query = useRoute('remittance.forCase', { caseId: caseView.id })
  const claims = useRoute('claim.forCase', { caseId: caseView.id })
  const [entering, setEntering] = useState(false)
  const canWork = useCan('work')
  const claim = claims.data?.claims.filter((one) => !['draft', 'void'].includes(one.state)).at(-1)
  return (
    <Answer query={query}>
      {(data) => (
        <>
          {data.remittances.length === 0 && !entering && (
            <EmptyState
              title="No EOB yet"
              action={
                canWork &&
                claim && (
                  <Button variant="filled" shortcut="enter" onClick={() => setEntering(true)}>
                    Enter the EOB
                  </Button>
                )
              }
            >
              {claim
                ? 'When the EOB arrives, enter it line by line: the balance and its meaning appear while you type.'
                : 'The claim has not been sent.'}
            </EmptyState>
          )}
          {entering && claim && <EobEntry key={claim.id} claim={claim} onDone={() => setEntering(false)} />}
          {data.remittances.map((remittance) => (
            <Posted key={remittance.id} remittance={remittance} />
          ))}
          {canWork && claim && data.remittances.length > 0 && !entering && (
            <Button shortcut="alt+i" onClick={() => setEntering(true)}>
              Enter another EOB
            </Button>
          )}
          {data.remittances.length > 0 && <Appeals caseView={caseView} data={data} />}
        </>
      )}
    </Answer>
  )
}

const OUTCOMES = {
  paid: { tone: 'ok', word: 'Paid' },
  partly_paid: { tone: 'warn', word: 'Partly paid' },
  patient_only: { tone: 'info', word: 'Patient only' },
  denied: { tone: 'block', word: 'Denied' },
  info_requested: { tone: 'warn', word: 'Information requested' },
  pended: { tone: 'wait', word: 'Under review' },
  reversed: { tone: 'warn', word: 'Reversed' },
  predetermined: { tone: 'info', word: 'Estimate only' },
} as const
const CAUSES: Record<string, string> = {
  documentation: 'documentation',
  frequency: 'frequency',
  mismatch: 'code and diagnosis do not match',
  authorization: 'authorization',
  bundling: 'bundling',
  not_covered: 'not covered',
  timely: 'timely filing',
  coordination: 'other plan first',
  eligibility: 'eligibility',
  other: 'other',
}

/** `billed − CO − PR − OA − PI = paid`, with the difference when it does not balance. */
export function Equation({ line }: { line: RemittanceLine }) {
  const groups = (['CO', 'PR', 'OA', 'PI'] as const)
    .map((group) => ({
      group,
      cents: line.adjustments.filter((one) => one.group === group).reduce((sum, one) => sum + one.cents, 0),
    }))
    .filter((one) => one.cents !== 0)
  return (
    <span className="cw-number">
      {formatMoney(line.billedCents)}
      {groups.map((one) => ` − ${formatMoney(one.cents)} ${one.group}`)} ={' '}
      {formatMoney(line.billedCents - groups.reduce((sum, one) => sum + one.cents, 0))}; paid{' '}
      {formatMoney(line.paidCents)}{' '}
      {line.differenceCents === 0 ? (
        <StatusTag tone="ok">balanced</StatusTag>
      ) : (
        <StatusTag tone="block">{`difference ${formatMoney(line.differenceCents)}`}</StatusTag>
      )}
    </span>
  )
}

/** What a line says and what to do next. */
export function LineWords({ line }: { line: RemittanceLine }) {
  return (
    <>
      <div className="cw-row">
        <strong>
          {line.submittedCode && line.submittedCode !== line.code
            ? `${line.submittedCode} paid as ${line.code}`
            : line.code}
          {line.tooth && ` #${line.tooth}`}
        </strong>
        <StatusTag tone={OUTCOMES[line.outcome].tone}>{OUTCOMES[line.outcome].word}</StatusTag>
        {line.cause && <span>Cause: {CAUSES[line.cause]}</span>}
      </div>
      <Equation line={line} />
      <ul className={classes.rejected}>
        {line.meanings.map((meaning, index) => (
          <li key={`${meaning.code}-${index}`}>
            <strong>{meaning.group ? `${meaning.group}-${meaning.code}` : meaning.code}</strong>{' '}
            {meaning.cents !== null && formatMoney(meaning.cents)} {meaning.plain}
            {meaning.alert && <span className="cw-muted"> (an alert, never a denial by itself)</span>}
          </li>
        ))}
      </ul>
      {line.advice.map((advice, index) => (
        <Finding
          key={advice.action}
          severity={index === 0 && ['FIX', 'INFO', 'APP'].includes(advice.action) ? 'warn' : 'info'}
        >
          <strong>{advice.text}</strong>. {advice.why}
        </Finding>
      ))}
    </>
  )
}

function Posted({ remittance }: { remittance: FollowUpData['remittances'][number] }) {
  const canWork = useCan('work')
  const [reversing, setReversing] = useState(false)
  const reverse = useCommand('remittance.reverse', {
    done: 'Taken back; both stay in the history',
    onSuccess: () => setReversing(false),
  })
  return (
    <Section
      title={`EOB of ${formatDate(remittance.eobDate)}`}
      actions={
        canWork && (
          <Button variant="subtle" onClick={() => setReversing(true)}>
            Take back
          </Button>
        )
      }
    >
      <div className="cw-row">
        <StatusTag tone={OUTCOMES[remittance.outcome].tone}>{OUTCOMES[remittance.outcome].word}</StatusTag>
        <span className="cw-number">Paid {formatMoney(remittance.paidCents)}</span>
        <span className="cw-number">Patient {formatMoney(remittance.patientCents)}</span>
        <span className="cw-number">Write-off {formatMoney(remittance.writeOffCents)}</span>
        {remittance.paymentNumber && <span className="cw-muted">Payment {remittance.paymentNumber}</span>}
        {remittance.payerClaimNumber && <span className="cw-muted">Payer claim {remittance.payerClaimNumber}</span>}
        <span className="cw-muted">entered by {remittance.enteredBy}</span>
      </div>
      {remittance.shortfallCents !== null && (
        <Finding severity="warn">
          Expected {formatMoney(remittance.expectedPlanCents ?? 0)}, paid {formatMoney(remittance.paidCents)}:{' '}
          {formatMoney(remittance.shortfallCents)} less. Check the percentage, the deductible and a downgrade.
        </Finding>
      )}
      {remittance.lines.map((line) => (
        <LineWords key={line.id} line={line} />
      ))}
      <ConfirmWithReason
        open={reversing}
        onClose={() => setReversing(false)}
        title="Take this EOB back?"
        confirmLabel="Take back"
        onConfirm={(reason) => reverse.mutate({ id: remittance.id, reason })}
        busy={reverse.isPending}
      >
        Use it for an entry that was wrong. A payer’s own reversal is entered as a new EOB.
      </ConfirmWithReason>
    </Section>
  )
}
