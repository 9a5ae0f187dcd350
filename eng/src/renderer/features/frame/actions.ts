// What can be done from anywhere: by key, from the menu, from the palette.
import { useMantineColorScheme } from '@mantine/core'
import { useLocation } from 'wouter'
import { PERMISSIONS } from '#core/contract/route.ts'
import type { CaseId } from '#core/ids.ts'
import type { Action } from '../../lib/feature.ts'
import type { Key } from '../../lib/keys.ts'
import { showToast, undoLast } from '../../lib/notify.tsx'
import { useCommand } from '../../lib/query.ts'
import { useSession } from '../../lib/session.ts'
import { features } from '../registry.tsx'

interface Deeds {
  lock: () => void
  help: () => void
  keyMap: () => void
  closeCase: (id: CaseId) => void
  /** What works on this screen by key. */
  here: readonly Key[]
}

/** What the signed-in person may do, those of the screens first. */
export function useActions({ lock, help, keyMap, closeCase, here }: Deeds): readonly Action[] {
  const { user, readOnly } = useSession()
  const [path] = useLocation()
  const { setColorScheme } = useMantineColorScheme()
  const backUp = useCommand('backup.create', { done: 'Backup written and read back' })
  const openWindow = useCommand('shell.openWindow')
  const allowed = user ? PERMISSIONS[user.role] : []
  /** A button of the screen below that somebody asks for by name. */
  const press = (name: string, none: string) => () => {
    const key = here.find(({ label, combo }) => label === name && !combo.startsWith('mod+'))
    if (key) key.run()
    else showToast({ message: none, tone: 'warn' })
  }
  const caseId = /^\/cases\/([\w-]{30,})/.exec(path)?.[1] as CaseId | undefined
  const own: Action[] = [
    {
      id: 'new-window',
      title: 'New window',
      words: 'second side by side',
      shortcut: 'mod+shift+n',
      menu: 'new-window',
      run: () => openWindow.mutate({ path: rowPath() ?? path }),
    },
    {
      id: 'print',
      title: 'Print this screen',
      words: 'paper pdf',
      shortcut: 'mod+p',
      menu: 'print',
      run: press('Print', 'This screen has nothing to print.'),
    },
    {
      id: 'export',
      title: 'Export this list',
      words: 'csv spreadsheet excel save',
      run: press('CSV', 'Open a list first: Today, authorizations or reports.'),
    },
    ...(caseId
      ? [{ id: 'close-case', title: 'Close this case', needs: 'work' as const, run: () => closeCase(caseId) }]
      : []),
    {
      id: 'backup',
      title: 'Back up now',
      words: 'backup save copy',
      shortcut: 'mod+shift+b',
      menu: 'backup',
      needs: 'work',
      run: () => {
        if (!backUp.isPending) backUp.mutate({})
      },
    },
    { id: 'help', title: 'Help for this screen', words: 'how manual f1', menu: 'help', run: help },
    { id: 'keys', title: 'Keys on this screen', words: 'shortcuts keyboard map', menu: 'keys', run: keyMap },
    { id: 'lock', title: 'Lock', words: 'switch user sign out log off', menu: 'lock', run: lock },
    { id: 'undo', title: 'Undo the last step', words: 'take back', run: undoLast },
    { id: 'dark', title: 'Dark colors', words: 'theme mode night', run: () => setColorScheme('dark') },
    { id: 'light', title: 'Light colors', words: 'theme mode day', run: () => setColorScheme('light') },
  ]
  return [...features.flatMap((feature) => feature.actions ?? []), ...own].filter(
    ({ needs = 'read' }) => allowed.includes(needs) && !(readOnly && needs !== 'read' && needs !== 'audit'),
  )
}

/** Where the row under the focus leads. */
export const rowPath = (from: Element | null = document.activeElement): string | null =>
  from?.closest<HTMLElement>('[data-path]')?.dataset['path'] ?? null
