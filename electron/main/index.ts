// Entry of the desktop shell: one window, one host process, nothing else. Never loads SQLite.
import { join } from 'node:path'
import { app, type BrowserWindow, powerMonitor, session } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'
import { findDataFolder } from './data-folder.ts'
import { HostProcess } from './host-process.ts'
import { openLog } from './log.ts'
import { buildMenu } from './menu.ts'
import { startRelay } from './relay.ts'
import { hardenSession, registerScheme, serveFiles } from './security.ts'
import { openWindow } from './window.ts'

/** What a closing lock waits for the page to save drafts. */
const DRAFT_GRACE_MS = 1500
const CLOSE_LIMIT_MS = 10_000

const dist = join(__dirname, '..')
const dataDir = findDataFolder(process.argv)
// The profile lies beside the data: one Claimwright per data folder.
app.setPath('userData', join(dataDir, 'shell'))
// Root on a Linux development machine can only run unsandboxed; a packaged app always sandboxes.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerScheme()

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  let window: BrowserWindow | null = null
  let host: HostProcess | null = null
  let leaving = false
  const logDir = join(dataDir, 'logs')
  const log = openLog(logDir)
  const tell = (event: HostEvent) => {
    if (window && !window.isDestroyed()) window.webContents.send('event', event)
  }

  const receive = (event: HostEvent) => {
    tell(event)
    // The page with patients on it is thrown away; the address (ids only) is kept, so work goes on where it stopped.
    if (event.type === 'locked') reload()
  }
  const reload = () => {
    if (!window || window.isDestroyed()) return
    window.webContents.reloadIgnoringCache()
  }
  const lockSoon = () => {
    tell({ type: 'lock-soon' })
    setTimeout(() => void host?.call('session.lock', { reason: 'system' }), DRAFT_GRACE_MS).unref()
  }

  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (leaving || !host) return
    event.preventDefault()
    leaving = true
    void host.close(CLOSE_LIMIT_MS).finally(() => app.exit(0))
  })

  void app.whenReady().then(() => {
    const page = session.fromPartition('app')
    hardenSession(page)
    serveFiles(page, join(dist, 'renderer'))
    host = new HostProcess(
      join(dist, 'host', 'index.cjs'),
      { dataDir, assetsDir: join(dist, 'assets'), appVersion: app.getVersion(), logDir },
      receive,
    )
    startRelay({ window: () => window, host: (route, input) => host!.call(route, input) })
    buildMenu((action) => tell({ type: 'menu', action }))
    window = openWindow(join(dist, 'preload', 'index.cjs'), '#/')
    window.webContents.on('render-process-gone', (_event, details) => {
      log('page-gone', { exitCode: details.exitCode })
      reload()
    })
    powerMonitor.on('lock-screen', lockSoon)
    powerMonitor.on('suspend', lockSoon)
  })
}
