// One line of an EOB being typed: a row of amounts with its reason, and under it what they mean.
import { useState } from 'react'
import type { PayerId } from '#core/ids.ts'
import type { RemittanceLine } from '#core/remittance/schema.ts'
import { useRoute } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { partsOf } from '../../../ui/field-props.ts'
import { MoneyField, SelectField } from '../../../ui/fields.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from '../money.module.css'
import { changeLine, isBalanced, type LineDraft, type Reason } from './eob-draft.ts'
import { EobLineDetails } from './eob-line-details.tsx'
import { Equation } from './equation.tsx'
import { Advice } from './meanings.tsx'
import { type EobPayer, OwnCodeDialog } from './own-code-dialog.tsx'
import { ReasonPick } from './reason-picks.tsx'
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

export const AMOUNTS = [
  ['allowedCents', 'Allowed'],
  ['deductibleCents', 'Deductible'],
  ['coinsuranceCents', 'Coinsurance'],
  ['paidCents', 'Paid'],
] as const

export function EobLine(props: EobLineProps) {
  const { number, line, onChange, active, onActive, computed, errorOf, payer } = props
  const [opened, setOpened] = useState(false)
  const set = (part: Partial<LineDraft>) => onChange(changeLine(line, part))
  const field = partsOf(line, set)
  const of = (name: string) => `${name}, line ${number}`
  const isOpen = opened || line.byHand || line.remarks.length > 0 || line.code !== line.reported
  const [only] = line.adjustments
  const chosen = line.byHand && line.adjustments.length === 1 && only?.carc ? { ...only, carc: only.carc } : line.reason
  const setReason = (reason: Reason | null) => set({ reason, byHand: false })
  const balance = {
    billedCents: line.billedCents,
    paidCents: line.paidCents ?? 0,
    adjustments: line.adjustments.flatMap((one) =>
      one.cents === null ? [] : [{ group: one.group, carc: one.carc ?? '', cents: one.cents }],
    ),
  }
  const isRead = line.paidCents !== null || isBalanced(line)
  return (
    <>
      <tr onFocus={onActive} className={classes.eobLine}>
        <th scope="row">
          {line.reported}
          {line.tooth && ` #${line.tooth}`}
        </th>
        <td data-label="Billed">
          <MoneyField
            label={of('Billed')}
            value={line.billedCents}
            onChange={(value) => set({ billedCents: value ?? 0 })}
            error={errorOf('billedCents')}
          />
        </td>
        {AMOUNTS.map(([key, name]) => (
          <td key={key} data-label={name}>
            <MoneyField label={of(name)} {...field(key)} error={errorOf(key)} />
          </td>
        ))}
        <td data-label="Reason">
          <LineReason label={of('Reason')} reason={chosen} onChange={setReason} payer={payer} />
        </td>
      </tr>
      <tr onFocus={onActive}>
        <td colSpan={7} className={classes.eobMeaning}>
          <div className="cw-row">
            <Equation line={balance} />
            {computed && isRead && (
              <StatusTag tone={OUTCOMES[computed.outcome].tone}>{OUTCOMES[computed.outcome].word}</StatusTag>
            )}
            {!isOpen && (
              <Button
                variant="subtle"
                {...(active ? { shortcut: 'alt+o' } : {})}
                label={`More reasons, remarks, another code, line ${number}`}
                onClick={() => setOpened(true)}
              >
                More reasons, remarks, another code
              </Button>
            )}
          </div>
          {computed && line.adjustments.length > 0 && <Advice line={computed} />}
          {isOpen && (
            <EobLineDetails
              number={number}
              line={line}
              onChange={onChange}
              onClose={() => setOpened(false)}
              active={active}
              errorOf={errorOf}
              payer={payer}
            />
          )}
        </td>
      </tr>
    </>
  )
}

interface LineReasonProps {
  label: string
  reason: Reason | null
  onChange: (reason: Reason | null) => void
  payer: EobPayer | null
}

/** Why the rest is not paid, and who bears it; a payer's own code is asked about once. */
export function LineReason({ label, reason, onChange, payer }: LineReasonProps) {
  const [unknown, setUnknown] = useState<string | null>(null)
  const mapped = useRoute('reason.own', { payerId: payer?.id as PayerId }, { enabled: payer !== null })
  const group = reason?.group ?? 'CO'
  return (
    <>
      <ReasonPick
        kind="carc"
        label={label}
        value={reason?.carc ?? null}
        onChange={(carc) => onChange(carc === null ? null : { group, carc })}
        {...(payer && {
          own: mapped.data?.codes ?? [],
          onOwn: (code: Reason) => onChange({ group: code.group, carc: code.carc }),
          onUnknown: setUnknown,
        })}
      />
      {reason && (
        <SelectField
          label={label.replace('Reason', 'Who bears it')}
          value={reason.group}
          onChange={(next) => onChange({ ...reason, group: next })}
          options={GROUPS}
        />
      )}
      {payer && unknown && (
        <OwnCodeDialog
          key={unknown}
          code={unknown}
          group={group}
          payer={payer}
          onMeaning={(meaning) => {
            onChange(meaning)
            setUnknown(null)
          }}
          onClose={() => setUnknown(null)}
        />
      )}
    </>
  )
}
