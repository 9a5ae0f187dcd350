// What the plan should pay on this claim, line by line with its arithmetic; kept when the claim goes out.
import { useState } from 'react'
import { Link } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { formatDate, formatMoney } from '../../../lib/format.ts'
import { useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { partsOf } from '../../../ui/field-props.ts'
import { CheckField, MoneyField, SelectField, TextField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Answer } from '../../../ui/states.tsx'
import { TableHead } from '../../../ui/table-head.tsx'
import { paths } from '../../../paths.ts'
import classes from './claim.module.css'
import type { ClaimData } from '../step-data.ts'
import { FormDialog, useCommandForm } from '../../../lib/command-form.tsx'
import { wholeNumber } from '../../../lib/whole-number.ts'

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
          {data.sources.map((source) => (
            <div key={source} className="cw-muted">
              {source}
            </div>
          ))}
          {data.counted.length > 0 && <Counted counted={data.counted} />}
          {isOpen && <TermsDialog claim={claim} data={data} onClose={() => setOpen(false)} />}
        </div>
      )}
    </Answer>
  )
}

/** The services from which the used benefits are counted: an office can check each against its books. */
function Counted({ counted }: { counted: Expectation['counted'] }) {
  return (
    <table className="cw-table">
      <caption>Counted from</caption>
      <TableHead
        names={['Service on', 'Patient', 'Claim', 'Code', 'Deductible', 'Paid']}
        right={['Deductible', 'Paid']}
      />
      <tbody>
        {counted.map((one, at) => (
          <tr key={at}>
            <td>{formatDate(one.on)}</td>
            <td>{one.patientName}</td>
            <td>
              <Link className="cw-link" href={paths.case(one.caseId, 'follow_up')}>
                {one.claimNumber}
              </Link>
            </td>
            <td>{one.code || 'Claim'}</td>
            <td data-align="right">{formatMoney(one.deductibleCents)}</td>
            <td data-align="right">{formatMoney(one.paidCents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
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

function TermsDialog({ claim, data, onClose }: { claim: ClaimData; data: Expectation; onClose: () => void }) {
  const terms = data.terms ?? blank(claim)
  const form = useCommandForm('claim.setExpected', {
    scope: null,
    start: { terms, percents: terms.lines.map((line) => String(line.percent ?? '')), source: '' },
    done: 'Expected payment kept',
    onSuccess: onClose,
  })
  const { percents, source, terms: typed } = form.values
  const set = (part: Partial<Terms>) => form.set({ terms: { ...typed, ...part } })
  const read = percents.map((text) => wholeNumber(text, 0, 100))
  const isRead = !read.includes(undefined)
  const save = () => {
    const lines = typed.lines.map((line, at) => ({ ...line, percent: read[at] ?? null }))
    form.send(isRead && { id: claim.id, terms: { ...typed, lines }, source })
  }
  return (
    <FormDialog
      form={form}
      title="What should the plan pay?"
      label="Expected payment"
      size="xl"
      onClose={onClose}
      onSave={save}
      actions={<Button onClick={onClose}>Cancel</Button>}
      save="Keep"
      shortcut="mod+enter"
      disabled={!isRead}
    >
      <div className="cw-fields">
        <SelectField
          label="Network"
          autoFocus
          {...partsOf(typed, set)('network')}
          options={{ in: 'In network: contract fee', out: 'Out of network: allowed fee' }}
        />
        <MoneyField
          label="Deductible left"
          value={typed.deductibleLeftCents === 0 ? null : typed.deductibleLeftCents}
          onChange={(cents) => set({ deductibleLeftCents: cents ?? 0 })}
          hint="Empty: nothing left to pay"
        />
        <MoneyField
          label="Maximum left"
          value={typed.maximumLeftCents === NO_MAXIMUM ? null : typed.maximumLeftCents}
          onChange={(cents) => set({ maximumLeftCents: cents ?? NO_MAXIMUM })}
          hint="Empty: no maximum"
        />
      </div>
      {claim.lines.map((line, at) => (
        <LineTerms
          key={line.id}
          title={`${line.code}${line.tooth ? ` #${line.tooth}` : ''}, billed ${formatMoney(line.feeCents * line.quantity)}`}
          network={typed.network}
          terms={typed.lines[at]!}
          onChange={(part) =>
            set({ lines: typed.lines.map((one, index) => (index === at ? { ...one, ...part } : one)) })
          }
          percent={percents[at] ?? ''}
          onPercent={(text) => form.set({ percents: percents.map((one, index) => (index === at ? text : one)) })}
        />
      ))}
      <TextField label="Where this comes from" {...form.field('source')} hint="Such as: portal, Nov 23, 2026" />
      {!isRead && <Finding severity="warn">A percentage is a whole number from 0 to 100.</Finding>}
    </FormDialog>
  )
}

interface LineTermsProps {
  title: string
  network: Terms['network']
  terms: Terms['lines'][number]
  onChange: (part: Partial<Terms['lines'][number]>) => void
  percent: string
  onPercent: (text: string) => void
}

/** What the plan pays of one line. */
function LineTerms({ title, network, terms, onChange, percent, onPercent }: LineTermsProps) {
  const fee = network === 'in' ? 'contractCents' : 'allowedCents'
  const field = partsOf(terms, onChange)
  return (
    <fieldset className={classes.terms}>
      <legend>{title}</legend>
      <div className="cw-fields">
        <MoneyField label={network === 'in' ? 'Contract fee' : 'Allowed fee'} {...field(fee)} />
        <TextField label="Plan pays, %" hint="Empty: not known" value={percent} onChange={onPercent} />
        <MoneyField label="Downgraded to a fee of" {...field('alternateCents')} hint="Empty: no downgrade" />
        <CheckField label="Deductible applies" {...field('deductibleApplies')} />
        <CheckField label="Waiting period or exclusion: pays nothing" {...field('excluded')} />
      </div>
    </fieldset>
  )
}
