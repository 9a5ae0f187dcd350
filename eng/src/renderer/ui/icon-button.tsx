// The small button: an icon, and its name on hover.
import { ActionIcon, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

interface IconButtonProps {
  /** What it does, read out and shown on hover. */
  label: string
  children: ReactNode
  onClick: () => void
  disabled?: boolean
}

/** A small square button with an icon; its label is always there for the screen reader and on hover. */
export function IconButton({ label, children, onClick, disabled = false }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="teal" size="md" aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
