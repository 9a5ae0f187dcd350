// What few lines of an EOB have: several reasons with their amounts, remark codes, another code than was billed.
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { PayerId } from '#core/ids.ts'
import { useRoute } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { partsOf } from '../../../ui/field-props.ts'
import { MoneyField, SelectField, TextField } from '../../../ui/fields.tsx'
import classes from '../money.module.css'
import { type AdjustmentDraft, changeLine, type LineDraft } from './eob-draft.ts'
import { type EobPayer, OwnCodeDialog } from './own-code-dialog.tsx'
import { type OwnCode, ReasonPick } from './reason-picks.tsx'
import { GROUPS } from './follow-up-words.ts'

interface DetailsProps {
  number: number
  line: LineDraft
  onChange: (line: LineDraft) => void
  onClose: () => void
  active: boolean
  errorOf: (field: string) => string | undefined
  payer: EobPayer | null
}

export function EobLineDetails({ number, line, onChange, onClose, active, errorOf, payer }: DetailsProps) {
  const set = (part: Partial<LineDraft>) => onChange(changeLine(line, part))
  const setAdjustments = (adjustments: AdjustmentDraft[]) => onChange({ ...line, adjustments, byHand: true })
  const of = (name: string) => `${name}, line ${number}`
  return (
    <>
      <Adjustments line={line} number={number} onChange={setAdjustments} errorOf={errorOf} payer={payer} />
      <div className={classes.adjustment}>
        <Button
          {...(active ? { shortcut: 'alt+o' } : {})}
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
        <TextField
          label={of('Code on the EOB')}
          value={line.code}
          onChange={(code) => set({ code: code.toUpperCase() })}
          maxLength={5}
          error={errorOf('code')}
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
        {line.byHand ? (
          <Button variant="subtle" onClick={() => set({ byHand: false })}>
            From the amounts<span className="cw-hidden">, line {number}</span>
          </Button>
        ) : (
          <Button variant="subtle" onClick={onClose}>
            Fewer<span className="cw-hidden"> details, line {number}</span>
          </Button>
        )}
      </div>
    </>
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
