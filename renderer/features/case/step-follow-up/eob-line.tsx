// One line of an EOB being typed: amounts, reasons, remarks, and at once what they mean.
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { PayerId } from '#core/ids.ts'
import type { RemittanceLine } from '#core/remittance/schema.ts'
import { useRoute } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { partsOf } from '../../../ui/field-props.ts'
import { MoneyField, SelectField, TextField } from '../../../ui/fields.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { TableHead } from '../../../ui/table-head.tsx'
import classes from '../money.module.css'
import { changeLine, fromAmounts, type AdjustmentDraft, type LineDraft } from './eob-draft.ts'
import { Equation } from './equation.tsx'
import { Advice } from './meanings.tsx'
import { type EobPayer, OwnCodeDialog } from './own-code-dialog.tsx'
import { type OwnCode, ReasonPick } from './reason-picks.tsx'
import { GROUPS, OUTCOMES } from './follow-up-words.ts'

interface EobLineProps {
  number: number
  line: LineDraft
  onChange: (line: LineDraft) => void
  /** The line the keys work on. */
  active: boolean
  onActive: () => void
  computed: RemittanceLine | undefined
  errorOf: (field: string) => string | undefined
  /** Whose own codes may stand on the EOB; null when no payer is known. */
  payer: EobPayer | null
}

const AMOUNTS = [
  ['allowedCents', 'Allowed'],
  ['deductibleCents', 'Deductible'],
  ['coinsuranceCents', 'Coinsurance'],
  ['paidCents', 'Paid'],
] as const

export function EobLine({ number, line, onChange, active, onActive, computed, errorOf, payer }: EobLineProps) {
  const set = (part: Partial<LineDraft>) => onChange(changeLine(line, part))
  const field = partsOf(line, set)
  const setAdjustments = (adjustments: AdjustmentDraft[]) => onChange({ ...line, adjustments, byHand: true })
  const balance = {
    billedCents: line.billedCents,
    paidCents: line.paidCents ?? 0,
    adjustments: line.adjustments.flatMap((one) =>
      one.cents === null ? [] : [{ group: one.group, carc: one.carc ?? '', cents: one.cents }],
    ),
  }
  const of = (name: string) => `${name}, line ${number}`
  return (
    <fieldset className={classes.line} onFocus={onActive}>
      <legend>
        {number}. {line.reported}
        {line.tooth && ` · #${line.tooth}`}
      </legend>
      <table className="cw-grid">
        <TableHead names={['Billed', ...AMOUNTS.map(([, name]) => name), 'Code on the EOB']} />
        <tbody>
          <tr>
            <td>
              <MoneyField
                label={of('Billed')}
                value={line.billedCents}
                onChange={(value) => set({ billedCents: value ?? 0 })}
                error={errorOf('billedCents')}
              />
            </td>
            {AMOUNTS.map(([key, name]) => (
              <td key={key}>
                <MoneyField label={of(name)} {...field(key)} error={errorOf(key)} />
              </td>
            ))}
            <td>
              <TextField
                label={of('Code on the EOB')}
                value={line.code}
                onChange={(code) => set({ code: code.toUpperCase() })}
                maxLength={5}
                error={errorOf('code')}
              />
            </td>
          </tr>
        </tbody>
      </table>
      <Adjustments line={line} number={number} onChange={setAdjustments} errorOf={errorOf} payer={payer} />
      <div className={classes.adjustment}>
        <Button
          {...(active ? { shortcut: 'alt+j' } : {})}
          label={`Add reason, line ${number}`}
          onClick={() => setAdjustments([...line.adjustments, { group: 'CO', carc: null, cents: null }])}
        >
          Add reason
        </Button>
        <ReasonPick
          kind="rarc"
          label={of('Remark code')}
          value={null}
          onChange={(code) => code && !line.remarks.includes(code) && set({ remarks: [...line.remarks, code] })}
          error={errorOf('remarks')}
        />
        <div className="cw-row">
          {line.remarks.map((remark) => (
            <Button
              key={remark}
              icon={<IconX size={14} />}
              onClick={() => set({ remarks: line.remarks.filter((one) => one !== remark) })}
            >
              <span className="cw-hidden">Remove remark </span>
              {remark}
            </Button>
          ))}
        </div>
        {line.byHand && (
          <Button variant="subtle" onClick={() => onChange({ ...line, byHand: false, adjustments: fromAmounts(line) })}>
            From the amounts<span className="cw-hidden">, line {number}</span>
          </Button>
        )}
      </div>
      <Equation line={balance} />
      {computed && line.paidCents !== null && (
        <>
          <div>
            <StatusTag tone={OUTCOMES[computed.outcome].tone}>{OUTCOMES[computed.outcome].word}</StatusTag>
          </div>
          <Advice line={computed} />
        </>
      )}
    </fieldset>
  )
}

interface AdjustmentsProps {
  line: LineDraft
  number: number
  onChange: (adjustments: AdjustmentDraft[]) => void
  errorOf: (field: string) => string | undefined
  payer: EobPayer | null
}

function Adjustments({ line, number, onChange, errorOf, payer }: AdjustmentsProps) {
  const { adjustments, byHand } = line
  const [unknown, setUnknown] = useState<{ code: string; index: number } | null>(null)
  const mapped = useRoute('reason.own', { payerId: payer?.id as PayerId }, { enabled: payer !== null })
  if (adjustments.length === 0) return null
  const change = (index: number, part: Partial<AdjustmentDraft>) =>
    onChange(adjustments.map((one, at) => (at === index ? { ...one, ...part } : one)))
  return (
    <>
      {payer && unknown && (
        <OwnCodeDialog
          key={unknown.code}
          code={unknown.code}
          group={adjustments[unknown.index]?.group ?? 'CO'}
          payer={payer}
          onMeaning={(meaning) => {
            change(unknown.index, meaning)
            setUnknown(null)
          }}
          onClose={() => setUnknown(null)}
        />
      )}
      <table className="cw-grid" style={{ maxWidth: '40rem' }}>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Reason{!byHand && <span className="cw-muted"> (computed from the amounts)</span>}</th>
            <th scope="col">Amount</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {adjustments.map((one, index) => {
            const of = (name: string) => `${name}, line ${number}${index > 0 ? ` (${index + 1})` : ''}`
            const field = partsOf(one, (part) => change(index, part))
            return (
              <tr key={index}>
                <td style={{ width: '9rem' }}>
                  <SelectField label={of('Group')} {...field('group')} options={GROUPS} />
                </td>
                <td>
                  <ReasonPick
                    kind="carc"
                    label={of('Reason code')}
                    {...field('carc')}
                    {...(payer && {
                      own: mapped.data?.codes ?? [],
                      onOwn: ({ group, carc }: OwnCode) => change(index, { group, carc }),
                      onUnknown: (code: string) => setUnknown({ code, index }),
                    })}
                    error={errorOf(`adjustments.${index}.carc`)}
                    autoFocus={byHand && one.carc === null && index === adjustments.length - 1}
                  />
                </td>
                <td style={{ width: '8rem' }}>
                  <MoneyField label={of('Amount')} {...field('cents')} error={errorOf(`adjustments.${index}.cents`)} />
                </td>
                <td style={{ width: '2.2rem' }}>
                  <IconButton
                    label={of('Remove reason')}
                    onClick={() => onChange(adjustments.filter((_, at) => at !== index))}
                  >
                    <IconX size={16} />
                  </IconButton>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
