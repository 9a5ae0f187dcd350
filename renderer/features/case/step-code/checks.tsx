// What is asked of the payer before the visit: coverage, frequency, bundling; and what the office expects to be paid.
import { useRef, useState } from 'react'
import type { BenefitCheck, BenefitCheckInput, EstimateInput } from '#core/case/schema.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'
import { formatDate, moneyOrDash, oneLine } from '../../../lib/format.ts'
import { useCan } from '../../../lib/session.ts'
import { Button, RowButton } from '../../../ui/button.tsx'
import { MoneyField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from './step-code.module.css'
import { OfferRule } from '../../../forms/payer-rule/offer-rule.tsx'
import { draftFrom } from '../../../forms/payer-rule/rule-draft.ts'
import { AnswerKeys, useBenefitAnswer, WhoSaidIt } from '../../../lib/benefit-answer.tsx'
import type { CodeProps } from '../step-data.ts'

type Kind = BenefitCheckInput['kind']
const KINDS: { kind: Exclude<Kind, 'authorization_need'>; title: string; question: string; shortcut: string }[] = [
  {
    kind: 'eligibility',
    title: 'Coverage verified',
    question: 'Is the coverage active on the day of the visit?',
    shortcut: 'alt+y',
  },
  {
    kind: 'frequency',
    title: 'Frequency limit',
    question: 'Is the service free of a frequency limit for this tooth?',
    shortcut: 'alt+f',
  },
  {
    kind: 'bundling',
    title: 'Bundling policy',
    question: 'Does the payer pay the lines separately?',
    shortcut: 'alt+b',
  },
]
const WORDS = {
  yes: { tone: 'ok', word: 'Yes' },
  no: { tone: 'warn', word: 'No' },
  unknown: { tone: 'info', word: 'Not known' },
} as const

function wordsOf(check: BenefitCheck): string {
  const { checkedOn, source, representative, reference, note } = check
  return oneLine([formatDate(checkedOn), source, representative, reference && `ref. ${reference}`, note])
}

export function Checks({ caseView }: CodeProps) {
  const canWork = useCan('work')
  const [open, setOpen] = useState<Kind | 'estimate' | null>(null)
  const [earlier, setEarlier] = useState<BenefitCheck | null>(null)
  const record = (kind: Kind | 'estimate' | null, from: BenefitCheck | null = null) => {
    setOpen(kind)
    setEarlier(from)
  }
  const newest = caseView.benefitChecks.find((check) => check.kind === 'frequency' || check.kind === 'bundling')
  return (
    <>
      <table className={`cw-table ${classes.table}`}>
        <tbody>
          {KINDS.map(({ kind, title, shortcut }) => {
            const latest = caseView.benefitChecks.find((check) => check.kind === kind)
            const offered = latest ? undefined : caseView.earlierChecks.find((check) => check.kind === kind)
            return (
              <tr key={kind}>
                <td>{title}</td>
                <td>
                  {latest ? (
                    <StatusTag tone={WORDS[latest.answer].tone}>{WORDS[latest.answer].word}</StatusTag>
                  ) : (
                    <StatusTag tone="todo">Not asked</StatusTag>
                  )}
                </td>
                <td className="cw-muted">
                  {latest && wordsOf(latest)}
                  {offered && `This payer in another case, ${offered.code}: ${earlierWords(offered)}`}
                </td>
                <td>
                  {canWork && offered && (
                    <Button variant="subtle" onClick={() => record(kind, offered)}>
                      Use<span className="cw-hidden">: earlier answer, {title.toLowerCase()}</span>
                    </Button>
                  )}
                  {latest && (
                    <OfferRule
                      start={draftFrom(latest)}
                      coverageId={latest.coverageId}
                      coverages={caseView.coverages}
                      {...(latest === newest && { shortcut: 'alt+u' })}
                    />
                  )}
                  {canWork && (
                    <RowButton
                      verb="Record"
                      of={title.toLowerCase()}
                      shortcut={shortcut}
                      onClick={() => record(kind)}
                    />
                  )}
                </td>
              </tr>
            )
          })}
          <tr>
            <td>Expected payment</td>
            <td className="cw-number">{moneyOrDash(caseView.estimate?.expectedPlanCents)}</td>
            <td className="cw-muted">
              {caseView.estimate &&
                `${{ in: 'In network', out: 'Out of network', unknown: 'Network not known' }[caseView.estimate.network]}${caseView.estimate.source ? ` · ${caseView.estimate.source}` : ''}`}
            </td>
            <td>
              {canWork && (
                <RowButton
                  verb="Record"
                  of="expected payment"
                  shortcut="alt+m"
                  onClick={() => record('estimate')}
                  disabled={!caseView.coverageId}
                />
              )}
            </td>
          </tr>
        </tbody>
      </table>
      {open === 'estimate' && <EstimateDialog caseView={caseView} onClose={() => record(null)} />}
      {open && open !== 'estimate' && (
        <CheckDialog caseView={caseView} kind={open} earlier={earlier} onClose={() => record(null)} />
      )}
    </>
  )
}

interface DialogProps {
  caseView: CodeProps['caseView']
  onClose: () => void
}

/** A limit depends on the tooth: of another case only what was said counts, not the answer. */
function earlierWords(check: BenefitCheck): string {
  return check.kind === 'bundling' ? `${WORDS[check.answer].word} · ${wordsOf(check)}` : wordsOf(check)
}

interface CheckDialogProps extends DialogProps {
  kind: Kind
  /** What the payer said in another case, to start from. */
  earlier: BenefitCheck | null
}

/** What the payer said about one of these, with who said it. */
export function CheckDialog({ caseView, kind, earlier, onClose }: CheckDialogProps) {
  const spec = KINDS.find((one) => one.kind === kind)!
  const source = useRef<HTMLInputElement>(null)
  const form = useBenefitAnswer({
    caseView,
    kind,
    code: caseView.proposedLines.at(-1)?.code ?? caseView.lines.at(-1)?.code ?? null,
    scope: `check:${kind}:${caseView.id}${earlier ? `:${earlier.id}` : ''}`,
    done: `${spec.title}: recorded`,
    start: earlier
      ? {
          // A limit depends on the tooth: of another case only a bundling answer counts.
          answer: earlier.kind === 'bundling' ? earlier.answer : null,
          source: earlier.source,
          representative: earlier.representative,
          reference: earlier.reference,
          checkedOn: earlier.checkedOn,
          note: earlier.note,
        }
      : {},
    onClose,
  })
  const { answer, checkedOn } = form.values
  return (
    <FormDialog
      form={form}
      title={spec.title}
      onClose={onClose}
      onSave={form.record}
      save="Record"
      disabled={!answer || !checkedOn}
    >
      <AnswerKeys form={form} question={spec.question} unknown="Not known" onChosen={() => source.current?.focus()} />
      <WhoSaidIt form={form} first={source} />
      <TextAreaField label="What was said" {...form.field('note')} />
    </FormDialog>
  )
}

function EstimateDialog({ caseView, onClose }: DialogProps) {
  const { id, coverageId, estimate } = caseView
  const start: Omit<EstimateInput, 'coverageId'> & { source: string } = {
    network: estimate?.network ?? 'unknown',
    contractCents: estimate?.contractCents ?? null,
    expectedPlanCents: estimate?.expectedPlanCents ?? null,
    source: estimate?.source ?? '',
  }
  const { field, ...form } = useCommandForm('case.setEstimate', {
    scope: `estimate:${id}`,
    start,
    at: 'estimate',
    done: 'Expected payment recorded',
    onSuccess: onClose,
  })
  const save = () => form.send(coverageId && { id, estimate: { ...form.values, coverageId } })
  return (
    <FormDialog form={form} title="Expected payment" onClose={onClose} onSave={save}>
      <div className="cw-fields">
        <SelectField
          label="Network"
          {...field('network')}
          options={{ in: 'In network', out: 'Out of network', unknown: 'Not known' }}
          autoFocus
        />
        <MoneyField label="Contract fee" {...field('contractCents')} />
        <MoneyField label="Plan is expected to pay" {...field('expectedPlanCents')} />
        <TextField label="Source" {...field('source')} hint="Where it stands: plan booklet, portal, call" />
      </div>
    </FormDialog>
  )
}
