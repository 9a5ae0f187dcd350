// The small button: an icon, and its name on hover.
import { ActionIcon, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { ariaKey, useKeys } from '../lib/keys.ts'
import { Kbd } from './kbd.tsx'

interface IconButtonProps {
  /** What it does, read out and shown on hover. */
  label: string
  children: ReactNode
  onClick: () => void
  shortcut?: string
  disabled?: boolean
  pressed?: boolean
}

/** A small square button with an icon; its label is always there for the screen reader and on hover. */
export function IconButton({ label, children, onClick, shortcut, disabled = false, pressed }: IconButtonProps) {
  useKeys(shortcut ? [{ combo: shortcut, label, run: onClick, disabled }] : [])
  const tip = shortcut ? (
    <span>
      {label} <Kbd combo={shortcut} bright />
    </span>
  ) : (
    label
  )
  return (
    <Tooltip label={tip}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color="teal"
        size="md"
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut ? ariaKey(shortcut) : undefined}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
