// The application menu: hidden until Alt, but its shortcuts always work.
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuAction } from '#core/contract/events.ts'

/** Builds the menu; `act` tells the page which item was chosen. */
export function buildMenu(act: (action: MenuAction) => void): void {
  const item = (label: string, accelerator: string, action: MenuAction): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => act(action),
  })
  const template: MenuItemConstructorOptions[] = [
    {
      label: '&File',
      submenu: [
        item('New case', 'CmdOrCtrl+N', 'new-case'),
        item('New patient', 'CmdOrCtrl+Shift+P', 'new-patient'),
        item('New window', 'CmdOrCtrl+Shift+N', 'new-window'),
        { type: 'separator' },
        item('Print', 'CmdOrCtrl+P', 'print'),
        item('Back up now', 'CmdOrCtrl+Shift+B', 'backup'),
        item('Lock', 'CmdOrCtrl+L', 'lock'),
        { type: 'separator' },
        { role: 'close', label: 'Close window' },
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
      submenu: [
        item('Help for this screen', 'F1', 'help'),
        item('Keys on this screen', 'CmdOrCtrl+/', 'keys'),
        item('Diagnostics', 'CmdOrCtrl+Shift+D', 'diagnostics'),
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
