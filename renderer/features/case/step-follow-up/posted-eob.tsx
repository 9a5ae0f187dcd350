// A posted EOB: read like the paper, with each line's balance, meaning and next step.
import { useState } from 'react'
import type { Claim } from '#core/claim/schema.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { formatDate, formatInstant, formatMoney, oneLine } from '../../../lib/format.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/use-today.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmWithReason } from '../../../ui/dialog.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Section } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from '../money.module.css'
import { Equation } from './equation.tsx'
import { Advice } from './meanings.tsx'
import { METHODS, OUTCOMES } from './follow-up-words.ts'

interface PostedEobProps {
  remittance: OutputOf<'remittance.forCase'>['remittances'][number]
  claim: Claim | undefined
  /** Only the latest one carries the key. */
  latest: boolean
}

export function PostedEob({ remittance, claim, latest }: PostedEobProps) {
  const today = useToday()
  const canWork = useCan('work')
  const [reversing, setReversing] = useState(false)
  const reverse = useCommand('remittance.reverse', {
    done: 'EOB undone. It stays in the trail',
    onSuccess: () => setReversing(false),
  })
  const { outcome, method } = remittance
  const facts = oneLine([
    remittance.payerClaimNumber && `payer’s number ${remittance.payerClaimNumber}`,
    remittance.paymentNumber && `${METHODS[method]} ${remittance.paymentNumber}`,
    remittance.interestCents !== 0 && `interest ${formatMoney(remittance.interestCents)}`,
    remittance.withheldCents !== 0 && `withheld ${formatMoney(remittance.withheldCents)}`,
    remittance.checkTotalCents !== null && `check total ${formatMoney(remittance.checkTotalCents)}`,
    `entered by ${remittance.enteredBy}, ${formatInstant(remittance.enteredAt, today)}`,
  ])
  return (
    <Section
      title={`EOB of ${formatDate(remittance.eobDate)}`}
      note={claim && `Claim ${claim.number}`}
      actions={
        canWork && (
          <Button variant="subtle" {...(latest ? { shortcut: 'alt+u' } : {})} onClick={() => setReversing(true)}>
            Undo posting
          </Button>
        )
      }
    >
      <div className="cw-row">
        <StatusTag tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].word}</StatusTag>
        <span>Paid {formatMoney(remittance.paidCents)}</span>
        <span>Write-off {formatMoney(remittance.writeOffCents)}</span>
        <span>Patient {formatMoney(remittance.patientCents)}</span>
        {remittance.expectedPlanCents !== null && (
          <span className="cw-muted">Expected {formatMoney(remittance.expectedPlanCents)}</span>
        )}
      </div>
      {remittance.differenceCents !== 0 && (
        <Finding severity="warn">
          This EOB is off by {formatMoney(remittance.differenceCents)} and was posted as printed. Ask the payer.
        </Finding>
      )}
      {remittance.shortfallCents !== null && remittance.flags.length === 0 && (
        <Finding severity="warn">
          Paid {formatMoney(remittance.shortfallCents)} less than expected. Compare with the contract fee and the
          authorization.
        </Finding>
      )}
      {remittance.flags.map((flag) => (
        <Finding key={`${flag.kind} ${flag.code} ${flag.words}`} severity="warn">
          {`${flag.code}${flag.tooth ? ` #${flag.tooth}` : ''}: ${flag.words}`}
        </Finding>
      ))}
      {remittance.adjustments.length > 0 && (
        <p>
          At the claim, at no line:{' '}
          {remittance.adjustments.map((one) => `${one.group}-${one.carc} ${formatMoney(one.cents)}`).join(', ')}
          {remittance.paidAtClaimCents !== 0 && `; paid ${formatMoney(remittance.paidAtClaimCents)}`}
        </p>
      )}
      <p className="cw-muted">{facts}</p>
      {remittance.note && <p>{remittance.note}</p>}
      {remittance.lines.map((line) => (
        <div key={line.id} className={classes.line} role="group" aria-label={`${line.code} on this EOB`}>
          <div className="cw-row">
            <strong>
              {line.code}
              {line.tooth && ` · #${line.tooth}`}
            </strong>
            {line.submittedCode && line.submittedCode !== line.code && (
              <span>paid instead of {line.submittedCode}</span>
            )}
            <StatusTag tone={OUTCOMES[line.outcome].tone}>{OUTCOMES[line.outcome].word}</StatusTag>
            {line.allowedCents !== null && <span className="cw-muted">Allowed {formatMoney(line.allowedCents)}</span>}
            {line.deductibleCents > 0 && (
              <span className="cw-muted">Deductible {formatMoney(line.deductibleCents)}</span>
            )}
            {line.coinsuranceCents > 0 && (
              <span className="cw-muted">Coinsurance {formatMoney(line.coinsuranceCents)}</span>
            )}
          </div>
          <Equation line={line} />
          <Advice line={line} />
        </div>
      ))}
      <ConfirmWithReason
        open={reversing}
        onClose={() => setReversing(false)}
        title="Undo this EOB?"
        confirmLabel="Undo"
        onConfirm={(reason) => reverse.mutate({ id: remittance.id, reason })}
        busy={reverse.isPending}
      >
        For an entry typed wrong. The entry and your reason stay in the trail; then enter the EOB again.
      </ConfirmWithReason>
    </Section>
  )
}
