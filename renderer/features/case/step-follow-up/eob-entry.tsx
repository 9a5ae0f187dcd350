// The EOB by hand: Tab through the lines; balance, outcome and advice stand there before it is posted.
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import type { Claim } from '#core/claim/schema.ts'
import { formatMoney, oneLine } from '../../../lib/format.ts'
import { useKeys } from '../../../lib/keys.ts'
import { useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/use-today.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckField, DateField, MoneyField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { Section } from '../../../ui/page.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import { TableHead } from '../../../ui/table-head.tsx'
import { Loading } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { changeLine, emptyEob, inputOf, missingIn } from './eob-draft.ts'
import { AMOUNTS, EobLine, LineReason } from './eob-line.tsx'
import classes from '../money.module.css'
import type { EobPayer } from './own-code-dialog.tsx'
import { METHODS, OUTCOMES } from './follow-up-words.ts'
import type { LineOutcome } from '#core/remittance/schema.ts'
import { FormProblem, useCommandForm } from '../../../lib/command-form.tsx'

interface EobEntryProps {
  claim: Claim
  payer: EobPayer | null
  onDone: () => void
}

/** The EOB while it is typed: what is computed from it, what is missing, what gives pause. */
function useEob({ claim, onDone }: EobEntryProps) {
  const today = useToday()
  const form = useCommandForm('remittance.post', {
    scope: `eob:${claim.id}`,
    start: emptyEob(claim, today),
    at: 'remittance',
    done: 'EOB posted',
    onSuccess: onDone,
  })
  const { values } = form
  /** What was confirmed, word for word: another amount asks again. */
  const [confirmed, setConfirmed] = useState('')
  const summed = useDeferredValue(values)
  const preview = useRoute('remittance.preview', inputOf(summed, claim.id, today), { keep: true, enabled: form.ready })
  const sum = preview.data
  const missing = missingIn(values)
  const isOff = sum !== undefined && sum.differenceCents !== 0
  const doubts = [
    isOff && `The EOB itself is off by ${formatMoney(sum.differenceCents)}; keep the difference open.`,
    sum?.doubt && `${sum.doubt} Post it as printed.`,
  ]
  const doubt = oneLine(doubts, ' ')
  const isAcknowledged = doubt !== '' && confirmed === doubt
  const isComplete = Object.keys(missing).length === 0 && (doubt === '' || isAcknowledged)
  /** Saving was asked for: it waits for the sum of what was typed last, which comes a moment later. */
  const isWanted = useRef(false)
  const isSummed = summed === values && !preview.isPlaceholderData && !preview.isPending
  const sendWanted = () => {
    if (!isWanted.current || !isSummed) return
    isWanted.current = false
    const remittance = inputOf(values, claim.id, today)
    form.send(isComplete && { remittance, acknowledgeDifference: isAcknowledged })
  }
  useEffect(sendWanted)
  return {
    ...form,
    sum,
    missing: form.asked ? [...new Set(Object.values(missing))] : [],
    isOff,
    doubt,
    isAcknowledged,
    acknowledge: (is: boolean) => setConfirmed(is ? doubt : ''),
    /** What is wrong at a path of the EOB, such as `lines.0.code`. */
    errorOf: (path: string) => form.errorAt(path) ?? (form.asked ? missing[path] : undefined),
    save: () => {
      isWanted.current = true
      sendWanted()
    },
  }
}
type EobState = ReturnType<typeof useEob>

export function EobEntry(props: EobEntryProps) {
  const { claim, payer, onDone } = props
  const form = useEob(props)
  const [active, setActive] = useState(0)
  if (!form.ready) return <Loading />
  const { values, set, field, errorOf, missing } = form
  const billed = `${claim.form.payerName} · billed ${formatMoney(claim.totalCents)}`
  return (
    <Section
      title={`Enter the EOB for claim ${claim.number}`}
      note={form.restored ? 'What you had typed is back.' : billed}
    >
      <Form onSubmit={form.save} label="EOB" busy={form.busy}>
        <EobHead form={form} />
        {values.lines.length > 1 && <SameReason form={form} payer={payer} />}
        {values.lines.length > 1 && <p className="cw-muted">A line that is not on this EOB: Billed 0.</p>}
        <table className="cw-grid">
          <TableHead names={['Line', 'Billed', ...AMOUNTS.map(([, name]) => name), 'Reason']} />
          <tbody>
            {values.lines.map((line, index) => (
              <EobLine
                key={line.claimLineId}
                number={index + 1}
                line={line}
                onChange={(next) => set({ lines: values.lines.map((one, at) => (at === index ? next : one)) })}
                active={active === index}
                onActive={() => setActive(index)}
                computed={form.sum?.lines[index]}
                errorOf={(path) => errorOf(`lines.${index}.${path}`)}
                payer={payer}
              />
            ))}
          </tbody>
        </table>
        <div className="cw-fields">
          <TextField
            label="Days to appeal, when the EOB says so"
            hint="Calendar days from its date; others are counted at the appeal"
            {...field('appealDays')}
            inputMode="numeric"
            error={errorOf('appealDaysOnLetter')}
            maxLength={3}
          />
          <DateField label="Information due, when the payer asks for it" {...field('informationDueOn')} />
        </div>
        <TextAreaField label="Note" {...field('note')} rows={1} limit={500} />
        <EobSum form={form} />
        <FormProblem form={form} />
        {missing.length > 0 && <Finding severity="warn">Still missing: {missing.join('; ')}.</Finding>}
        <div className="cw-row">
          <Button type="submit" variant="filled" shortcut="mod+enter" loading={form.busy}>
            Post EOB
          </Button>
          <Button onClick={onDone}>Later</Button>
          <Button variant="subtle" onClick={form.discard}>
            Clear
          </Button>
        </div>
      </Form>
    </Section>
  )
}

/** A denial of the whole claim is typed once. */
function SameReason({ form: { values, set }, payer }: { form: EobState; payer: EobPayer | null }) {
  const place = useRef<HTMLDivElement>(null)
  const [first] = values.lines
  const isSame = values.lines.every((one) => one.reason?.carc === first?.reason?.carc)
  useKeys([
    {
      combo: 'alt+j',
      label: 'Same reason for all lines',
      run: () => place.current?.querySelector('input')?.focus(),
    },
  ])
  return (
    <div ref={place} className={classes.sameReason}>
      <LineReason
        label="Reason for all lines"
        reason={isSame ? (first?.reason ?? null) : null}
        onChange={(reason) => set({ lines: values.lines.map((line) => changeLine(line, { reason, byHand: false })) })}
        payer={payer}
      />
      <Kbd combo="alt+j" />
    </div>
  )
}

function EobHead({ form: { values, field, errorOf } }: { form: EobState }) {
  return (
    <div className="cw-fields">
      <DateField isPast label="EOB date" {...field('eobDate')} error={errorOf('eobDate')} required autoFocus />
      <DateField isPast label="Received" {...field('receivedOn')} error={errorOf('receivedOn')} required />
      <TextField label="Payer’s claim number" {...field('payerClaimNumber')} maxLength={40} />
      <SelectField label="Paid by" {...field('method')} options={METHODS} />
      {values.method !== 'none' && (
        <>
          <TextField label="Check or trace number" {...field('paymentNumber')} maxLength={40} />
          <MoneyField label="Check total" {...field('checkTotalCents')} hint="Compared with all its EOBs" />
          <MoneyField label="Interest in the check" {...field('interestCents')} hint="No part of what was paid" />
          <MoneyField
            label="Withheld from the check"
            {...field('withheldCents')}
            hint="For another claim, for example"
          />
        </>
      )}
    </div>
  )
}

/** What the EOB comes to, and what has to be confirmed before it is posted. */
function EobSum({ form }: { form: EobState }) {
  const { sum, isOff, doubt, isAcknowledged } = form
  const advice = `${isOff ? 'Find the missing amount' : 'Compare the EOBs'}, or check this box to post it as printed`
  return (
    <>
      {sum && (
        <div className="cw-row" role="status">
          <Outcome outcome={sum.outcome} />
          <span>Paid {formatMoney(sum.paidCents)}</span>
          <span>Write-off {formatMoney(sum.writeOffCents)}</span>
          <span>Patient {formatMoney(sum.patientCents)}</span>
          {isOff && <StatusTag tone="warn">Difference {formatMoney(sum.differenceCents)}</StatusTag>}
        </div>
      )}
      {doubt !== '' && (
        <CheckField
          label={doubt}
          value={isAcknowledged}
          onChange={form.acknowledge}
          error={form.asked && !isAcknowledged ? advice : undefined}
        />
      )}
    </>
  )
}

function Outcome({ outcome }: { outcome: string }) {
  const known = OUTCOMES[outcome as LineOutcome]
  return known ? <StatusTag tone={known.tone}>{known.word}</StatusTag> : <span>{outcome}</span>
}
