// Entry of the desktop shell: one window, one host process, nothing else. Never loads SQLite.
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, powerMonitor, session } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'
import { findDataFolder, findProfileFolder } from './data-folder.ts'
import { ClosingWindow } from './closing-window.ts'
import { copy, forgetCopied } from './copied.ts'
import { GONE_MESSAGE, HostProcess, STOPPED_MESSAGE } from './host-process.ts'
import { openLog } from './log.ts'
import { buildMenu } from './menu.ts'
import { watchMorning } from './morning.ts'
import { startRelay } from './relay.ts'
import { hardenSession, pageAddresses, secureStart, serveFiles } from './security.ts'
import { emptyWindow, openWindow } from './window.ts'

/** What a lock or a closing window leaves the page to save drafts. */
const DRAFT_GRACE_MS = 1500
/** More crashes of the page than this within a minute: opening it again would only loop. */
const MOST_PAGE_CRASHES = 3

const dist = join(__dirname, '..')
const dataDir = findDataFolder(process.argv)
const logDir = join(dataDir, 'logs')
const log = openLog(logDir, 'main')
const profile = findProfileFolder(dataDir)
if (profile) app.setPath('userData', profile)
secureStart()

let window: BrowserWindow | null = null
let host: HostProcess | null = null
let leaving = false
let ended: (() => void) | null = null
let closing: ClosingWindow | null = null
/** Why the closing backup failed. */
let notBackedUp: string | null = null
/** Looks whether this morning's message is due. */
let lookAtMorning = () => {}
let pageCrashes: number[] = []

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  app.on('second-instance', () => {
    // Somebody opens Claimwright while it still writes its closing backup.
    if (leaving) app.relaunch()
    showWindow()
  })
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (!leaving) void leave()
  })
  // Otherwise Electron makes a menu of its own at once, for ours to replace.
  Menu.setApplicationMenu(null)
  void app.whenReady().then(open)
}

function open(): void {
  // First, since it takes longest: what the page shows is its answer.
  host = new HostProcess(
    join(dist, 'host', 'index.cjs'),
    { dataDir, assetsDir: join(dist, 'assets'), appVersion: app.getVersion(), logDir },
    { event: receive, stopped: hostStopped },
  )
  const page = session.fromPartition('app')
  hardenSession(page, pageAddresses())
  serveFiles(page, join(dist, 'renderer'))
  window = openWindow(join(dist, 'preload', 'index.cjs'))
  startRelay({ window: () => window, host: (route, input) => host!.call(route, input), copy })
  window.on('close', (event) => {
    event.preventDefault()
    app.quit()
  })
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') pageGone(details.exitCode)
  })
  powerMonitor.on('lock-screen', lockSoon)
  powerMonitor.on('suspend', lockSoon)
  // What nobody needs before there is something to see does not keep the page waiting.
  window.once('ready-to-show', () => {
    buildMenu((action) => tell({ type: 'menu', action }))
    lookAtMorning = watchMorning({ host: (route, input) => host!.call(route, input), open: showWindow })
  })
}

function showWindow(): void {
  if (window?.isMinimized()) window.restore()
  window?.focus()
}

function tell(event: HostEvent): void {
  if (window && !window.isDestroyed()) window.webContents.send('event', event)
}

function receive(event: HostEvent): void {
  tell(event)
  if (event.type === 'changed' && event.topics.includes('session')) lookAtMorning()
  if (event.type === 'closing') closing?.show(event.step)
  if (event.type === 'not-backed-up') notBackedUp = event.message
  if (event.type !== 'locked') return
  ended?.()
  if (!leaving) reopenPage()
}

function reopenPage(): void {
  // A second lock on the heels of the first interrupts its loading; the later one finishes.
  if (window && !window.isDestroyed()) void emptyWindow(window).catch(() => log('page-reopen-interrupted'))
}

function hostStopped(again: boolean): void {
  log('host-stopped', { again: Number(again) })
  const message = again ? STOPPED_MESSAGE : GONE_MESSAGE
  if (window) void dialog.showMessageBox(window, { type: 'warning', title: 'Claimwright', message })
}

function pageGone(exitCode: number): void {
  log('page-gone', { exitCode })
  const now = Date.now()
  pageCrashes = [...pageCrashes.filter((at) => now - at < 60_000), now]
  if (pageCrashes.length <= MOST_PAGE_CRASHES) reopenPage()
}

/** Lets the page save drafts; the host locks in any case. */
function lockSoon(): void {
  tell({ type: 'lock-soon' })
  setTimeout(() => void host?.call('session.lock', { reason: 'system' }), DRAFT_GRACE_MS).unref()
}

/** Hidden at once; then drafts, lock, closing backup, and out. */
async function leave(): Promise<void> {
  leaving = true
  // A page that closed itself took its window along.
  if (window && !window.isDestroyed()) window.hide()
  closing = new ClosingWindow(() => host?.stop())
  await forgetCopied()
  const status = await host?.call('session.status', {})
  if (status?.ok && (status.data as { state: string }).state === 'open') {
    const saved = new Promise<void>((resolve) => {
      ended = resolve
      setTimeout(resolve, DRAFT_GRACE_MS)
    })
    tell({ type: 'lock-soon' })
    await saved
  }
  await host?.close()
  if (notBackedUp !== null)
    await dialog.showMessageBox({
      type: 'warning',
      title: 'Claimwright',
      message: 'Closed without a backup.',
      detail: `${notBackedUp} Saved work is kept on this computer; nothing of it lies anywhere else until the next backup.`,
    })
  app.exit(0)
}
