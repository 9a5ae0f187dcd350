// A window: opened on the page, emptied whenever the session ends.
import { BrowserWindow, nativeTheme, type Rectangle } from 'electron'
import { EMPTY_PAGE, PAGE, webPreferences } from './security.ts'

/** Opens a window on an address of the page. Its title never changes: no patient's name in the task bar. */
export function openWindow(preload: string, path: string, bounds: Rectangle | null): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    ...bounds,
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
  window.once('ready-to-show', () => window.show())
  void window.loadURL(path ? `${PAGE}#${path}` : PAGE)
  return window
}

/** Where the person is in each: route and ids, never a name. Outlives a second lock that comes while the page is away. */
const places = new WeakMap<BrowserWindow, string>()

/**
 * Throws the page away, patients and all, and opens it again at the same address (ids only). By way of an empty
 * page, since a reload would keep the same process and what lies in its memory.
 */
export async function emptyWindow(window: BrowserWindow): Promise<void> {
  const contents = window.webContents
  const url = contents.getURL()
  if (url.startsWith(PAGE)) places.set(window, new URL(url).hash)
  await contents.loadURL(EMPTY_PAGE)
  await contents.loadURL(`${PAGE}${places.get(window) ?? ''}`)
  // The empty page must not be a step "back". Electron before 33 has the older name only.
  const history = (contents as { navigationHistory?: { clear?: () => void } }).navigationHistory
  if (history?.clear) history.clear()
  else contents.clearHistory()
}
