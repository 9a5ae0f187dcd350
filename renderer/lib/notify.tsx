// Short messages at the corner: what was done, with Undo; what failed, with what to do.
import { Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
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

/** Shows a message; it stays longer when it asks for something. Errors stay until closed. */
export function showToast({ message, tone = 'ok', action, key }: Toast): void {
  const id = key ?? message
  notifications.hide(id)
  notifications.show({
    id,
    color: COLORS[tone],
    autoClose: tone === 'block' ? false : action ? 12_000 : 4000,
    role: tone === 'ok' ? 'status' : 'alert',
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close message' },
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <span>{message}</span>
        {action && (
          <Button
            variant="subtle"
            {...(action.shortcut && { shortcut: action.shortcut })}
            onClick={() => {
              notifications.hide(id)
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
