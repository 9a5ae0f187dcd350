// Short messages at the lower left, one at a time: what was done, with Undo; what failed, with what to do.
import { Group } from '@mantine/core'
import { Notifications, notifications } from '@mantine/notifications'
import { Button } from '../ui/button.tsx'

interface Toast {
  message: string
  tone?: 'ok' | 'warn' | 'block'
  /** The one thing to do about it: Undo, Reload. */
  action?: { label: string; run: () => void; shortcut?: string }
  /** A later toast with the same key replaces this one. */
  key?: string
}

const COLORS = { ok: 'teal', warn: 'yellow', block: 'red' } as const

/** Where they stand: over the foot of the navigation, where no field is. */
export const Toasts = () => (
  <Notifications position="bottom-left" limit={1} containerWidth="14rem" transitionDuration={0} />
)

const STAYS_MS = 4000
let closing: ReturnType<typeof setTimeout> | undefined
/** What Ctrl+Z takes back: the last act, also when its message is gone. */
let lastAct: (() => void) | null = null

/** Takes back the last act, where that can be. */
export function undoLast(): void {
  const undo = lastAct
  lastAct = null
  undo?.()
}

/** Shows a message in place of the one before, for four seconds wherever the pointer is. Errors stay until closed. */
export function showToast({ message, tone = 'ok', action, key }: Toast): void {
  const id = key ?? message
  if (tone === 'ok') lastAct = action?.shortcut === 'mod+z' ? action.run : null
  notifications.clean()
  clearTimeout(closing)
  if (tone !== 'block') closing = setTimeout(() => notifications.hide(id), STAYS_MS)
  notifications.show({
    id,
    color: COLORS[tone],
    // The library would wait for as long as the pointer rests on it.
    autoClose: false,
    role: tone === 'ok' ? 'status' : 'alert',
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close message' },
    message: (
      <Group justify="space-between" gap="xs">
        <span>{message}</span>
        {action && (
          <Button
            variant="subtle"
            {...(action.shortcut && { shortcut: action.shortcut })}
            onClick={() => {
              notifications.hide(id)
              if (action.run === lastAct) lastAct = null
              action.run()
            }}
          >
            {action.label}
          </Button>
        )}
      </Group>
    ),
  })
}
