// The field for passwords; by itself, since the sign-in screen needs no other.
import { PasswordInput } from '@mantine/core'
import { common, type FieldProps } from './field-props.ts'

interface PasswordFieldProps extends FieldProps<string> {
  /** One that is being chosen. */
  fresh?: boolean
  /** A PIN. */
  digits?: boolean
}

/** A password or PIN, with an eye to show it. Never kept as a draft. */
export function PasswordField({ fresh = false, digits = false, ...field }: PasswordFieldProps) {
  return (
    <PasswordInput
      {...common(field)}
      autoComplete={digits ? 'off' : fresh ? 'new-password' : 'current-password'}
      inputMode={digits ? 'numeric' : undefined}
      visibilityToggleButtonProps={{ 'aria-label': `Show or hide the ${digits ? 'PIN' : 'password'}` }}
      value={field.value}
      onChange={(event) => field.onChange(event.currentTarget.value)}
    />
  )
}
