// Buttons: a verb, and the key that does the same.
import { Button as MantineButton } from '@mantine/core'
import type { ReactNode, Ref } from 'react'
import { ariaKey, keysFor, useKeys } from '../lib/keys.ts'
import { Kbd } from './kbd.tsx'
import classes from './kit.module.css'

const DOUBLED = /^(put|get|stop|begin|submit|set|sit|cut|drop|log|plan|split)$/i

/** What a button that is at it says: `Save patient` → `Saving…`. */
function busyWords(label: string): string {
  const [verb = ''] = label.split(' ')
  if (!/^[A-Za-z]{2,}$/.test(verb)) return 'One moment…'
  const stem = DOUBLED.test(verb) ? `${verb}${verb.at(-1)!}` : verb.replace(/([^e])e$/, '$1')
  return `${stem}ing…`
}

interface ButtonProps {
  children: ReactNode
  onClick?: () => void
  /** A combo such as `n` or `mod+enter`: registered while mounted and printed on the button. A letter works with Alt from fields. */
  shortcut?: string
  /** `filled` once per screen: the next right thing. */
  variant?: 'filled' | 'default' | 'subtle'
  tone?: 'accent' | 'block'
  type?: 'button' | 'submit'
  disabled?: boolean
  loading?: boolean
  icon?: ReactNode
  autoFocus?: boolean
  fullWidth?: boolean
  /** Its whole name, beginning with what it shows: for screen readers and the overlay of `?`. */
  label?: string
  ref?: Ref<HTMLButtonElement>
}

/** A button; with `shortcut` the key works wherever the button is on screen. */
export function Button(props: ButtonProps) {
  const { children, shortcut, variant = 'default', tone = 'accent', icon, label, ...rest } = props
  const { onClick, disabled = false, loading = false } = rest
  const text = label ?? (typeof children === 'string' ? children : '')
  useKeys(shortcut && onClick ? keysFor(shortcut, { label: text, run: onClick, disabled: disabled || loading }) : [])
  return (
    <MantineButton
      type="button"
      {...rest}
      variant={variant}
      data-tone={tone}
      data-autofocus={rest.autoFocus || undefined}
      leftSection={icon}
      rightSection={shortcut ? <Kbd combo={shortcut} bright={variant === 'filled'} /> : undefined}
      aria-keyshortcuts={shortcut ? ariaKey(shortcut) : undefined}
      aria-label={label}
      loaderProps={{ children: <span className={classes.busy}>{busyWords(text)}</span> }}
    >
      {children}
    </MantineButton>
  )
}

interface RowButtonProps {
  verb: string
  /** What it is done to: heard, not shown, since it stands beside it. */
  of: string
  onClick: () => void
  shortcut?: string
  disabled?: boolean
}

/** The small deed on one row of many. */
export function RowButton({ verb, of, ...rest }: RowButtonProps) {
  return (
    <Button variant="subtle" label={`${verb} ${of}`} {...rest}>
      {verb}
    </Button>
  )
}
