// One line of an EOB being typed: amounts, reasons, remarks, and at once what they mean.
import { IconX } from '@tabler/icons-react'
import type { RemittanceLine } from '#core/remittance/schema.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { MoneyField, SelectField, TextField } from '../../../ui/fields.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from '../money.module.css'
import { changeLine, type AdjustmentDraft, type LineDraft } from './eob-draft.ts'
import { Equation } from './equation.tsx'
import { Advice } from './meanings.tsx'
import { ReasonPick } from './reason-picks.tsx'
import { GROUPS, OUTCOMES } from './words.ts'

interface EobLineProps {
  number: number
  line: LineDraft
  onChange: (line: LineDraft) => void
  /** The line the keys work on. */
  active: boolean
  onActive: () => void
  computed: RemittanceLine | undefined
  errorOf: (field: string) => string | undefined
  autoFocus: boolean
}

export function EobLine({ number, line, onChange, active, onActive, computed, errorOf, autoFocus }: EobLineProps) {
  const set = (part: Partial<LineDraft>) => onChange(changeLine(line, part))
  const setAdjustments = (adjustments: AdjustmentDraft[]) => onChange({ ...line, adjustments, byHand: true })
  const change = (index: number, part: Partial<AdjustmentDraft>) =>
    setAdjustments(line.adjustments.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const addAdjustment = () => setAdjustments([...line.adjustments, { group: 'CO', carc: null, cents: null }])
  const balance = {
    billedCents: line.billedCents,
    paidCents: line.paidCents ?? 0,
    adjustments: line.adjustments.flatMap((one) =>
      one.cents === null ? [] : [{ group: one.group, carc: one.carc ?? '', cents: one.cents }],
    ),
  }
  return (
    <fieldset className={classes.line} onFocus={onActive}>
      <legend>
        Line {number}: {line.reported}
        {line.tooth && ` · #${line.tooth}`}
      </legend>
      <div className={classes.amounts}>
        <MoneyField
          label="Billed"
          value={line.billedCents}
          onChange={(value) => set({ billedCents: value ?? 0 })}
          error={errorOf('billedCents')}
        />
        <MoneyField
          label="Allowed"
          value={line.allowedCents}
          onChange={(allowedCents) => set({ allowedCents })}
          error={errorOf('allowedCents')}
          autoFocus={autoFocus}
        />
        <MoneyField
          label="Deductible"
          value={line.deductibleCents}
          onChange={(deductibleCents) => set({ deductibleCents })}
          error={errorOf('deductibleCents')}
        />
        <MoneyField
          label="Coinsurance"
          value={line.coinsuranceCents}
          onChange={(coinsuranceCents) => set({ coinsuranceCents })}
          error={errorOf('coinsuranceCents')}
        />
        <MoneyField
          label="Paid"
          value={line.paidCents}
          onChange={(paidCents) => set({ paidCents })}
          error={errorOf('paidCents')}
        />
        <TextField
          label="Code on the EOB"
          value={line.code}
          onChange={(code) => set({ code: code.toUpperCase() })}
          maxLength={5}
          error={errorOf('code')}
        />
      </div>
      {line.adjustments.map((one, index) => (
        <div key={index} className={classes.adjustment}>
          <SelectField
            label={`Group ${index + 1}`}
            value={one.group}
            onChange={(group) => group && change(index, { group })}
            options={GROUPS}
          />
          <ReasonPick
            kind="carc"
            label={`Reason ${index + 1}`}
            value={one.carc}
            onChange={(carc) => change(index, { carc })}
            error={errorOf(`adjustments.${index}.carc`)}
            autoFocus={line.byHand && one.carc === null && index === line.adjustments.length - 1}
          />
          <MoneyField
            label={`Amount ${index + 1}`}
            value={one.cents}
            onChange={(cents) => change(index, { cents })}
            error={errorOf(`adjustments.${index}.cents`)}
          />
          <IconButton
            label={`Remove adjustment ${index + 1}`}
            onClick={() => setAdjustments(line.adjustments.filter((_, at) => at !== index))}
          >
            <IconX size={16} />
          </IconButton>
        </div>
      ))}
      {!line.byHand && line.adjustments.length > 0 && (
        <p className="cw-muted">Computed from the amounts. Change them where the EOB prints something else.</p>
      )}
      <div className={classes.adjustment}>
        <Button {...(active ? { shortcut: 'alt+j' } : {})} onClick={addAdjustment}>
          Add adjustment
        </Button>
        <ReasonPick
          kind="rarc"
          label="Add a remark code"
          value={null}
          onChange={(code) => code && !line.remarks.includes(code) && set({ remarks: [...line.remarks, code] })}
          error={errorOf('remarks')}
        />
        <div className="cw-row">
          {line.remarks.map((remark) => (
            <Button
              key={remark}
              label={`Remove ${remark}`}
              icon={<IconX size={14} />}
              onClick={() => set({ remarks: line.remarks.filter((one) => one !== remark) })}
            >
              {remark}
            </Button>
          ))}
        </div>
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
