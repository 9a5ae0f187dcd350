// Finds reason and remark codes by number or by what they mean.
import type { OutputOf } from '#core/contract/index.ts'
import { alike } from '#core/remittance/synonyms.ts'
import { useRoute } from '../../../lib/query.ts'
import { PickField } from '../../../ui/pick-field.tsx'

export type OwnCode = OutputOf<'reason.own'>['codes'][number]

interface ReasonPickProps {
  kind: 'carc' | 'rarc'
  label: string
  value: string | null
  onChange: (code: string | null) => void
  error?: string | undefined
  autoFocus?: boolean
  /** The payer's own codes as the office mapped them; they stand first. */
  own?: readonly OwnCode[]
  /** A mapped own code was chosen. */
  onOwn?: (code: OwnCode) => void
  /** Something was typed that stands in no table; without it the text is used as printed. */
  onUnknown?: (typed: string) => void
}
const OWN = 'own:'

/** A code that is not in the table can be used as printed on the EOB. */
export function ReasonPick(props: ReasonPickProps) {
  const { kind, label, value, onChange, error, autoFocus = false, own = [], onOwn, onUnknown } = props
  const reasons = useRoute('reason.list', { kind })
  const known = (reasons.data?.reasons ?? []).map((reason) => ({
    value: reason.code,
    label: reason.code,
    detail: reason.retired ? `${reason.plain} (retired)` : reason.plain,
  }))
  const mapped = own.map(({ code, group, carc, words, plain }) => ({
    value: `${OWN}${code}`,
    label: code,
    detail: `this payer: ${group} ${carc}, ${words || plain}`,
  }))
  const printed = value !== null && !known.some((one) => one.value === value) ? [{ value, label: value }] : []
  const ownOf = (code: string) => own.find((one) => one.code === code)
  const take = (chosen: string | null) => {
    const found = chosen?.startsWith(OWN) ? ownOf(chosen.slice(OWN.length)) : undefined
    if (found) onOwn?.(found)
    else onChange(chosen)
  }
  const create = (typed: string) => {
    const code = typed.trim().toUpperCase()
    const found = ownOf(code)
    if (found) onOwn?.(found)
    else if (code && known.every((one) => one.value !== code) && onUnknown) onUnknown(code)
    else if (code) onChange(code)
  }
  return (
    <PickField
      label={label}
      value={value}
      onChange={take}
      options={[...mapped, ...printed, ...known]}
      onCreate={create}
      alike={alike}
      createLabel={onUnknown ? 'Payer’s own code:' : 'Use as printed:'}
      placeholder="Code or a word"
      error={error}
      autoFocus={autoFocus}
    />
  )
}
