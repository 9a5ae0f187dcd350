// The EOB by hand: Tab through the lines; balance, outcome and advice stand there before it is posted.
import { useDeferredValue, useState } from 'react'
import type { Claim } from '#core/claim/schema.ts'
import { formatMoney } from '../../../lib/format.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { explainError, fieldErrors, useCommand, useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckField, DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { Section } from '../../../ui/page.tsx'
import { Loading } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from '../money.module.css'
import { emptyEob, inputOf, missingIn, type EobDraft } from './eob-draft.ts'
import { EobLine } from './eob-line.tsx'
import type { EobPayer } from './own-code.tsx'
import { METHODS, OUTCOMES } from './follow-up-words.ts'
import type { LineOutcome } from '#core/remittance/schema.ts'

interface EobEntryProps {
  claim: Claim
  payer: EobPayer | null
  onDone: () => void
}

export function EobEntry({ claim, payer, onDone }: EobEntryProps) {
  const today = useToday()
  const [draft, setDraft, { discard, ready, restored }] = useDraft(`eob:${claim.id}`, emptyEob(claim, today))
  const [active, setActive] = useState(0)
  const [asked, setAsked] = useState(false)
  /** What was confirmed, word for word: another amount asks again. */
  const [confirmed, setConfirmed] = useState('')
  const input = inputOf(useDeferredValue(draft), claim.id, today)
  const preview = useRoute('remittance.preview', input, { keep: true, enabled: ready })
  const post = useCommand('remittance.post', {
    done: 'EOB posted',
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: () => {
      discard(emptyEob(claim, today))
      onDone()
    },
  })
  if (!ready) return <Loading />
  const missing = missingIn(draft)
  const refused = fieldErrors(post.error)
  const errorOf = (path: string) => refused[`remittance.${path}`] ?? (asked ? missing[path] : undefined)
  const set = (part: Partial<EobDraft>) => setDraft((now) => ({ ...now, ...part }))
  const sum = preview.data
  const off = sum !== undefined && sum.differenceCents !== 0
  const doubts = [
    off && `The EOB itself is off by ${formatMoney(sum.differenceCents)}; keep the difference open.`,
    sum?.doubt && `${sum.doubt} Post it as printed.`,
  ]
  const doubt = doubts.filter(Boolean).join(' ')
  const acknowledged = doubt !== '' && confirmed === doubt
  const save = () => {
    setAsked(true)
    if (Object.keys(missing).length > 0 || (doubt !== '' && !acknowledged)) return
    post.mutate({ remittance: inputOf(draft, claim.id, today), acknowledgeDifference: acknowledged })
  }
  return (
    <Section
      title={`Enter the EOB for claim ${claim.number}`}
      note={
        restored ? 'What you had typed is back.' : `${claim.form.payerName} · billed ${formatMoney(claim.totalCents)}`
      }
    >
      <Form onSubmit={save} label="EOB" busy={post.isPending}>
        <div className={classes.head}>
          <DateField
            label="EOB date"
            value={draft.eobDate}
            onChange={(eobDate) => set({ eobDate })}
            error={errorOf('eobDate')}
            required
            autoFocus
          />
          <DateField
            label="Received"
            value={draft.receivedOn}
            onChange={(receivedOn) => set({ receivedOn })}
            error={errorOf('receivedOn')}
            required
          />
          <TextField
            label="Payer’s claim number"
            value={draft.payerClaimNumber}
            onChange={(payerClaimNumber) => set({ payerClaimNumber })}
            error={errorOf('payerClaimNumber')}
            maxLength={40}
          />
          <SelectField label="Paid by" value={draft.method} onChange={(method) => set({ method })} options={METHODS} />
          {draft.method !== 'none' && (
            <TextField
              label="Check or trace number"
              value={draft.paymentNumber}
              onChange={(paymentNumber) => set({ paymentNumber })}
              error={errorOf('paymentNumber')}
              maxLength={40}
            />
          )}
        </div>
        {draft.lines.map((line, index) => (
          <EobLine
            key={line.claimLineId}
            number={index + 1}
            line={line}
            onChange={(next) => set({ lines: draft.lines.map((one, at) => (at === index ? next : one)) })}
            active={active === index}
            onActive={() => setActive(index)}
            computed={sum?.lines[index]}
            errorOf={(field) => errorOf(`lines.${index}.${field}`)}
            payer={payer}
          />
        ))}
        <div className="cw-fields">
          <TextField
            label="Days to appeal, when the EOB says so"
            value={draft.appealDays}
            onChange={(appealDays) => set({ appealDays })}
            inputMode="numeric"
            error={errorOf('appealDaysOnLetter')}
            maxLength={3}
          />
          <DateField
            label="Information due, when the payer asks for it"
            value={draft.informationDueOn}
            onChange={(informationDueOn) => set({ informationDueOn })}
            error={errorOf('informationDueOn')}
          />
        </div>
        <TextAreaField label="Note" value={draft.note} onChange={(note) => set({ note })} rows={1} limit={500} />
        {sum && (
          <div className="cw-row" role="status">
            <Outcome outcome={sum.outcome} />
            <span>Paid {formatMoney(sum.paidCents)}</span>
            <span>Write-off {formatMoney(sum.writeOffCents)}</span>
            <span>Patient {formatMoney(sum.patientCents)}</span>
            {off && <StatusTag tone="warn">Difference {formatMoney(sum.differenceCents)}</StatusTag>}
          </div>
        )}
        {doubt !== '' && (
          <CheckField
            label={doubt}
            value={acknowledged}
            onChange={(is) => setConfirmed(is ? doubt : '')}
            error={
              asked && !acknowledged
                ? `${off ? 'Find the missing amount' : 'Compare the EOBs'}, or tick this to post it as printed`
                : undefined
            }
          />
        )}
        {post.error && (post.error.code === 'REFUSED' || post.error.code === 'INVALID_INPUT') && (
          <Finding severity="warn">{explainError(post.error)}</Finding>
        )}
        {asked && Object.keys(missing).length > 0 && (
          <Finding severity="warn">Still missing: {[...new Set(Object.values(missing))].join('; ')}.</Finding>
        )}
        <div className="cw-row">
          <Button type="submit" variant="filled" shortcut="mod+enter" loading={post.isPending}>
            Post EOB
          </Button>
          <Button onClick={onDone}>Later</Button>
          <Button variant="subtle" onClick={() => discard(emptyEob(claim, today))}>
            Clear
          </Button>
        </div>
      </Form>
    </Section>
  )
}

function Outcome({ outcome }: { outcome: string }) {
  const known = OUTCOMES[outcome as LineOutcome]
  return known ? <StatusTag tone={known.tone}>{known.word}</StatusTag> : <span>{outcome}</span>
}
