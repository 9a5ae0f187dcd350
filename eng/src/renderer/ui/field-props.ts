// What every form field has.
import type { ReactNode } from 'react'

export interface FieldProps<T> {
  label: string
  value: T
  onChange: (value: T) => void
  error?: string | undefined
  /** A short help under the label. */
  hint?: ReactNode
  required?: boolean
  disabled?: boolean
  autoFocus?: boolean
  placeholder?: string
  name?: string
  className?: string | undefined
}

/** Binds fields to the parts of a value: `const of = partsOf(visit, change)`; then `<DateField label="Done" {...of('doneOn')} />`. */
export function partsOf<T extends object>(value: T, change: (part: Partial<T>) => void) {
  return <Key extends keyof T>(key: Key) => ({
    value: value[key],
    onChange: (next: T[Key]) => change({ [key]: next } as unknown as Partial<T>),
  })
}

/** As Mantine’s inputs take it, apart from value and change. */
export function common<T, More>(field: FieldProps<T> & More) {
  const { value: _value, onChange: _onChange, hint, autoFocus, ...rest } = field
  // The page's question or dialog opens with its first field ready to type.
  return { ...rest, description: hint, autoFocus, 'data-autofocus': autoFocus || undefined }
}
