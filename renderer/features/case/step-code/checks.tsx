// What is asked of the payer before the visit: coverage, frequency, bundling; and what the office expects to be paid.
import { useRef, useState } from 'react'
import type { BenefitCheck, BenefitCheckInput, EstimateInput } from '#core/case/schema.ts'
import type { IsoDate } from '#core/dates.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { formatDate, moneyOrDash } from '../../../lib/format.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, MoneyField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { RadioKeys } from '../../../ui/radio-keys.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { StepProps } from './code-step.tsx'
import classes from './step-code.module.css'

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
  return [formatDate(checkedOn), source, representative, reference && `ref. ${reference}`, note]
    .filter(Boolean)
    .join(' · ')
}

export function Checks({ caseView }: StepProps) {
  const canWork = useCan('work')
  const [open, setOpen] = useState<Kind | 'estimate' | null>(null)
  const [earlier, setEarlier] = useState<BenefitCheck | null>(null)
  const record = (kind: Kind | 'estimate' | null, from: BenefitCheck | null = null) => {
    setOpen(kind)
    setEarlier(from)
  }
  return (
    <>
      <table className={classes.table}>
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
                  {canWork && (
                    <Button
                      variant="subtle"
                      shortcut={shortcut}
                      onClick={() => record(kind)}
                      label={`Record ${title.toLowerCase()}`}
                    >
                      Record
                    </Button>
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
                <Button
                  variant="subtle"
                  shortcut="alt+m"
                  onClick={() => record('estimate')}
                  disabled={!caseView.coverageId}
                  label="Record expected payment"
                >
                  Record
                </Button>
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
  caseView: StepProps['caseView']
  onClose: () => void
}

interface CheckDraft {
  answer: 'yes' | 'no' | 'unknown' | null
  source: string
  representative: string
  reference: string
  checkedOn: IsoDate | null
  note: string
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

function CheckDialog({ caseView, kind, earlier, onClose }: CheckDialogProps) {
  const today = useToday()
  const spec = KINDS.find((one) => one.kind === kind)!
  const source = useRef<HTMLInputElement>(null)
  const scope = `check:${kind}:${caseView.id}${earlier ? `:${earlier.id}` : ''}`
  const [check, setCheck, { discard }] = useDraft<CheckDraft>(scope, {
    answer: earlier?.kind === 'bundling' ? earlier.answer : null,
    source: earlier?.source ?? '',
    representative: earlier?.representative ?? '',
    reference: earlier?.reference ?? '',
    checkedOn: earlier?.checkedOn ?? today,
    note: earlier?.note ?? '',
  })
  const record = useCommand('case.recordBenefit', {
    done: `${spec.title}: recorded`,
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const save = () => {
    const { answer, checkedOn } = check
    if (!checkedOn || !answer) return
    const code = caseView.proposedLines.at(-1)?.code ?? caseView.lines.at(-1)?.code ?? null
    record.mutate({
      id: caseView.id,
      check: { ...check, answer, checkedOn, kind, coverageId: caseView.coverageId, code },
    })
  }
  return (
    <Dialog open onClose={onClose} title={spec.title}>
      <Form onSubmit={save} label={spec.title} busy={record.isPending}>
        <RadioKeys
          question={spec.question}
          options={[
            { value: 'yes', label: 'Yes', key: 'y' },
            { value: 'no', label: 'No', key: 'n' },
            { value: 'unknown', label: 'Not known', key: 'u' },
          ]}
          value={check.answer}
          onChange={(answer) => {
            setCheck({ ...check, answer })
            source.current?.focus()
          }}
          active
        />
        <div className="cw-fields">
          <TextField
            label="Source"
            value={check.source}
            onChange={(text) => setCheck({ ...check, source: text })}
            ref={source}
            placeholder="Phone, portal, booklet"
          />
          <TextField
            label="Representative"
            value={check.representative}
            onChange={(representative) => setCheck({ ...check, representative })}
          />
          <TextField
            label="Call reference"
            value={check.reference}
            onChange={(reference) => setCheck({ ...check, reference })}
          />
          <DateField
            label="Date"
            value={check.checkedOn}
            onChange={(checkedOn) => setCheck({ ...check, checkedOn })}
            required
          />
        </div>
        <TextAreaField label="What was said" value={check.note} onChange={(note) => setCheck({ ...check, note })} />
        <Actions>
          <Button
            type="submit"
            variant="filled"
            disabled={!check.answer || !check.checkedOn}
            loading={record.isPending}
          >
            Record
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}

function EstimateDialog({ caseView, onClose }: DialogProps) {
  const [estimate, setEstimate, { discard }] = useDraft<Omit<EstimateInput, 'coverageId'>>(`estimate:${caseView.id}`, {
    network: caseView.estimate?.network ?? 'unknown',
    contractCents: caseView.estimate?.contractCents ?? null,
    expectedPlanCents: caseView.estimate?.expectedPlanCents ?? null,
    source: caseView.estimate?.source ?? '',
  })
  const record = useCommand('case.setEstimate', {
    done: 'Expected payment recorded',
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const save = () => {
    const { coverageId } = caseView
    if (coverageId) record.mutate({ id: caseView.id, estimate: { ...estimate, coverageId } })
  }
  return (
    <Dialog open onClose={onClose} title="Expected payment">
      <Form onSubmit={save} label="Expected payment" busy={record.isPending}>
        <div className="cw-fields">
          <SelectField
            label="Network"
            value={estimate.network}
            onChange={(network) => network && setEstimate({ ...estimate, network })}
            options={[
              { value: 'in', label: 'In network' },
              { value: 'out', label: 'Out of network' },
              { value: 'unknown', label: 'Not known' },
            ]}
            autoFocus
          />
          <MoneyField
            label="Contract fee"
            value={estimate.contractCents}
            onChange={(contractCents) => setEstimate({ ...estimate, contractCents })}
          />
          <MoneyField
            label="Plan is expected to pay"
            value={estimate.expectedPlanCents}
            onChange={(expectedPlanCents) => setEstimate({ ...estimate, expectedPlanCents })}
          />
          <TextField
            label="Source"
            value={estimate.source ?? ''}
            onChange={(source) => setEstimate({ ...estimate, source })}
            placeholder="Breakdown of benefits, Nov 20"
          />
        </div>
        <Actions>
          <Button type="submit" variant="filled" loading={record.isPending}>
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
