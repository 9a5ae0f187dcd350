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
}

/** As Mantine’s inputs take it. */
export function common<T>({ label, error, hint, required, disabled, autoFocus, placeholder, name }: FieldProps<T>) {
  return {
    label,
    error,
    description: hint,
    required,
    disabled,
    placeholder,
    name,
    'data-autofocus': autoFocus || undefined,
    // The page's question or dialog opens with its first field ready to type.
    autoFocus,
  }
}
