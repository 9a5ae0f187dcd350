// The application menu: hidden until Alt, but its shortcuts always work.
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'

type Action = Extract<HostEvent, { type: 'menu' }>['action']

/** Builds the menu; `act` tells the page which item was chosen. */
export function buildMenu(act: (action: Action) => void): void {
  const item = (label: string, accelerator: string, action: Action): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => act(action),
  })
  const template: MenuItemConstructorOptions[] = [
    {
      label: '&File',
      submenu: [
        item('New case', 'CmdOrCtrl+N', 'new-case'),
        item('Back up now', 'CmdOrCtrl+Shift+B', 'backup'),
        item('Lock', 'CmdOrCtrl+L', 'lock'),
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Search', 'CmdOrCtrl+K', 'palette'),
        item('Settings', 'CmdOrCtrl+,', 'settings'),
        { type: 'separator' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        // Ctrl+0 is the tenth page, as Ctrl+1 is the first.
        { role: 'resetZoom', accelerator: 'CmdOrCtrl+Shift+0' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: '&Help',
      submenu: [item('Keyboard map', 'F1', 'help'), item('Diagnostics', 'CmdOrCtrl+Shift+D', 'diagnostics')],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
