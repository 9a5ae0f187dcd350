// Finds reason and remark codes by number or by what they mean.
import { useRoute } from '../../../lib/query.ts'
import { PickField } from '../../../ui/pick-field.tsx'

interface ReasonPickProps {
  kind: 'carc' | 'rarc'
  label: string
  value: string | null
  onChange: (code: string | null) => void
  error?: string | undefined
  autoFocus?: boolean
}

/** A code that is not in the table can be used as printed on the EOB. */
export function ReasonPick({ kind, label, value, onChange, error, autoFocus = false }: ReasonPickProps) {
  const reasons = useRoute('reason.list', { kind })
  const known = (reasons.data?.reasons ?? []).map((reason) => ({
    value: reason.code,
    label: reason.code,
    detail: reason.retired ? `${reason.plain} (retired)` : reason.plain,
  }))
  const options =
    value !== null && !known.some((one) => one.value === value) ? [{ value, label: value }, ...known] : known
  return (
    <PickField
      label={label}
      value={value}
      onChange={onChange}
      options={options}
      onCreate={(typed) => typed && onChange(typed.toUpperCase())}
      createLabel="Use as printed:"
      placeholder={kind === 'carc' ? '45, or “contract”' : 'N706, or “x-ray”'}
      error={error}
      autoFocus={autoFocus}
    />
  )
}
