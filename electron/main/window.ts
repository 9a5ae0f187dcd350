// The one window.
import { BrowserWindow, nativeTheme } from 'electron'
import { hardenContents, ORIGIN, webPreferences } from './security.ts'

/** Opens the window on the page at `hash`. Its title never changes: no patient's name in the task bar. */
export function openWindow(preload: string, hash: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 800,
    minHeight: 560,
    show: false,
    autoHideMenuBar: true,
    title: 'Claimwright',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14181a' : '#ffffff',
    webPreferences: webPreferences(preload),
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  // Screenshots by other programs (Recall among them) see nothing; remote support may switch this off.
  window.setContentProtection(process.env['CLAIMWRIGHT_CAPTURE'] !== '1')
  hardenContents(window.webContents)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${ORIGIN}/index.html${hash}`)
  return window
}
