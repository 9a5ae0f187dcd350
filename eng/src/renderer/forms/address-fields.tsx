// Street, city, state, ZIP of an office or a person.
import type { Address } from '#core/office.ts'
import { TextField } from '../ui/fields.tsx'

interface AddressFieldsProps {
  value: Address
  onChange: (address: Address) => void
  /** What is wrong with `address.zip`. */
  errorAt: (path: string) => string | undefined
}

export function AddressFields({ value, onChange, errorAt }: AddressFieldsProps) {
  const field = (key: keyof Address) => ({
    value: value[key],
    onChange: (text: string) => onChange({ ...value, [key]: key === 'state' ? text.toUpperCase() : text }),
    error: errorAt(`address.${key}`),
  })
  return (
    <>
      <TextField label="Street" {...field('street')} />
      <TextField label="City" {...field('city')} />
      <TextField label="State" {...field('state')} maxLength={2} />
      <TextField label="ZIP" {...field('zip')} />
    </>
  )
}
