// The field for passwords; by itself, since the sign-in screen needs no other.
import { PasswordInput } from '@mantine/core'
import { common, type FieldProps } from './field-props.ts'

/** A password, with an eye to show it. Never kept as a draft. */
export function PasswordField({ fresh = false, ...field }: FieldProps<string> & { fresh?: boolean }) {
  return (
    <PasswordInput
      {...common(field)}
      autoComplete={fresh ? 'new-password' : 'current-password'}
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
      value={field.value}
      onChange={(event) => field.onChange(event.currentTarget.value)}
    />
  )
}
