// What the plan should pay on this claim, line by line with its arithmetic; kept when the claim goes out.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import { formatMoney } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { CheckField, MoneyField, SelectField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Answer } from '../../../ui/states.tsx'
import classes from './claim.module.css'
import type { ClaimData } from '../step-data.ts'

type Expectation = OutputOf<'claim.expected'>
type Terms = NonNullable<Expectation['terms']>

export function ExpectedPayment({ claim, latest }: { claim: ClaimData; latest: boolean }) {
  const canWork = useCan('work')
  const [isOpen, setOpen] = useState(false)
  const query = useRoute('claim.expected', { id: claim.id })
  return (
    <Answer query={query} lines={2}>
      {(data) => (
        <div className={classes.expected} role="group" aria-label="Expected payment">
          <div className="cw-row">
            <strong>Expected payment</strong>
            {data.expected?.totals ? (
              <>
                <span>Plan {formatMoney(data.expected.totals.planCents)}</span>
                <span>Patient {formatMoney(data.expected.totals.patientCents)}</span>
                <span>Write-off {formatMoney(data.expected.totals.writeOffCents)}</span>
              </>
            ) : (
              <span className="cw-muted">not known</span>
            )}
            {canWork && (
              <Button variant="subtle" {...(latest && { shortcut: 'alt+m' })} onClick={() => setOpen(true)}>
                {data.expected ? 'Change' : 'Enter'}
              </Button>
            )}
          </div>
          {data.expected?.lines.map((line) => (
            <div key={line.claimLineId} className="cw-muted">
              {`${line.code}${line.tooth ? ` #${line.tooth}` : ''}: ${line.arithmetic}`}
            </div>
          ))}
          <div className="cw-muted">{data.sources.join('. ')}</div>
          {isOpen && <TermsDialog claim={claim} data={data} onClose={() => setOpen(false)} />}
        </div>
      )}
    </Answer>
  )
}

const NO_MAXIMUM = 1_000_000_000
function blank(claim: ClaimData): Terms {
  const line = {
    contractCents: null,
    allowedCents: null,
    alternateCents: null,
    percent: null,
    deductibleApplies: true,
    excluded: false,
  }
  return { network: 'in', deductibleLeftCents: 0, maximumLeftCents: NO_MAXIMUM, lines: claim.lines.map(() => line) }
}

interface TermsDialogProps {
  claim: ClaimData
  data: Expectation
  onClose: () => void
}
function TermsDialog({ claim, data, onClose }: TermsDialogProps) {
  const [terms, setTerms] = useState<Terms>(data.terms ?? blank(claim))
  const [percents, setPercents] = useState(terms.lines.map((line) => String(line.percent ?? '')))
  const [source, setSource] = useState('')
  const save = useCommand('claim.setExpected', { done: 'Expected payment kept', onSuccess: onClose })
  const setLine = (at: number, change: Partial<Terms['lines'][number]>) =>
    setTerms({ ...terms, lines: terms.lines.map((line, index) => (index === at ? { ...line, ...change } : line)) })
  const isPercent = (text: string) => text === '' || (/^\d{1,3}$/.test(text) && Number(text) <= 100)
  const valid = percents.every(isPercent)
  const keep = () => {
    if (valid) save.mutate({ id: claim.id, terms, source })
  }
  return (
    <Dialog open onClose={onClose} title="What should the plan pay?" size="xl">
      <Form label="Expected payment" busy={save.isPending} onSubmit={keep}>
        <div className="cw-fields">
          <SelectField
            label="Network"
            autoFocus
            value={terms.network}
            onChange={(network) => setTerms({ ...terms, network })}
            options={[
              { value: 'in', label: 'In network: contract fee' },
              { value: 'out', label: 'Out of network: allowed fee' },
            ]}
          />
          <MoneyField
            label="Deductible left"
            value={terms.deductibleLeftCents === 0 ? null : terms.deductibleLeftCents}
            onChange={(cents) => setTerms({ ...terms, deductibleLeftCents: cents ?? 0 })}
            hint="Empty: nothing left to pay"
          />
          <MoneyField
            label="Maximum left"
            value={terms.maximumLeftCents === NO_MAXIMUM ? null : terms.maximumLeftCents}
            onChange={(cents) => setTerms({ ...terms, maximumLeftCents: cents ?? NO_MAXIMUM })}
            hint="Empty: no maximum"
          />
        </div>
        {claim.lines.map((line, at) => (
          <fieldset key={line.id} className={classes.terms}>
            <legend>{`${line.code}${line.tooth ? ` #${line.tooth}` : ''}, billed ${formatMoney(line.feeCents * line.quantity)}`}</legend>
            <div className="cw-fields">
              <MoneyField
                label={terms.network === 'in' ? 'Contract fee' : 'Allowed fee'}
                value={
                  (terms.network === 'in' ? terms.lines[at]?.contractCents : terms.lines[at]?.allowedCents) ?? null
                }
                onChange={(cents) =>
                  setLine(at, terms.network === 'in' ? { contractCents: cents } : { allowedCents: cents })
                }
              />
              <TextField
                label="Plan pays, %"
                hint="Empty: not known"
                value={percents[at] ?? ''}
                onChange={(text) => {
                  setPercents(percents.map((one, index) => (index === at ? text : one)))
                  if (isPercent(text)) setLine(at, { percent: text === '' ? null : Number(text) })
                }}
              />
              <MoneyField
                label="Downgraded to a fee of"
                value={terms.lines[at]?.alternateCents ?? null}
                onChange={(alternateCents) => setLine(at, { alternateCents })}
                hint="Empty: no downgrade"
              />
              <CheckField
                label="Deductible applies"
                value={terms.lines[at]?.deductibleApplies ?? true}
                onChange={(deductibleApplies) => setLine(at, { deductibleApplies })}
              />
              <CheckField
                label="Waiting period or exclusion: pays nothing"
                value={terms.lines[at]?.excluded ?? false}
                onChange={(excluded) => setLine(at, { excluded })}
              />
            </div>
          </fieldset>
        ))}
        <TextField
          label="Where this comes from"
          value={source}
          onChange={setSource}
          hint="Such as: portal, Nov 23, 2026"
        />
        {!valid && <Finding severity="warn">A percentage is a whole number from 0 to 100.</Finding>}
        <Actions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" shortcut="mod+enter" disabled={!valid} loading={save.isPending}>
            Keep
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
