// Entry of the desktop shell: its windows, one host process, nothing else. Never loads SQLite.
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, powerMonitor, session } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'
import { findDataFolder, findProfileFolder } from './data-folder.ts'
import { ClosingWindow } from './closing-window.ts'
import { copy, forgetCopied } from './copied.ts'
import { GONE_MESSAGE, HostProcess, STOPPED_MESSAGE } from './host-process.ts'
import { lockGate } from './lock-gate.ts'
import { openLog } from './log.ts'
import { buildMenu } from './menu.ts'
import { watchMorning } from './morning.ts'
import { startRelay } from './relay.ts'
import { hardenSession, pageAddresses, secureStart, serveFiles } from './security.ts'
import { showTray } from './tray.ts'
import { Windows } from './windows.ts'

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

let windows: Windows | null = null
let host: HostProcess | null = null
let leaving = false
let ended: (() => void) | null = null
let closing: ClosingWindow | null = null
/** Why the closing backup failed. */
let notBackedUp: string | null = null
/** Looks whether this morning's message is due. */
let lookAtMorning = () => {}
let tellTray: ((event: HostEvent) => void) | null = null
let pageCrashes: number[] = []
/** An owner asked for the version that was found. */
let isInstalling = false
/** The update takes over: nothing holds this process any longer. */
let isHandedOver = false

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  app.on('second-instance', () => {
    // Somebody opens Claimwright while it still writes its closing backup.
    if (leaving && !isInstalling) app.relaunch()
    windows?.show()
  })
  app.on('before-quit', (event) => {
    if (isHandedOver) return
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
  const desk = new Windows({
    preload: join(dist, 'preload', 'index.cjs'),
    crashed: pageGone,
    lastCloses: () => app.quit(),
  })
  windows = desk
  const first = desk.open()
  const lock = lockGate({
    pages: () => desk.all.map(({ webContents }) => webContents.id),
    tellOthers: (but) =>
      desk.tell(
        { type: 'lock-soon' },
        desk.all.filter(({ webContents }) => webContents.id !== but),
      ),
    lock: (input) => host!.call('session.lock', input),
    patienceMs: DRAFT_GRACE_MS,
  })
  startRelay({
    host: (route, input) => host!.call(route, input),
    copy,
    lock,
    installUpdate: () => {
      isInstalling = true
      app.quit()
    },
    openWindow: (path) => desk.open(path) !== null,
  })
  powerMonitor.on('lock-screen', lockSoon)
  powerMonitor.on('suspend', lockSoon)
  // What nobody needs before there is something to see does not keep the page waiting.
  first?.once('ready-to-show', () => {
    buildMenu((action) => desk.tell({ type: 'menu', action }, desk.current ? [desk.current] : []))
    lookAtMorning = watchMorning({ host: (route, input) => host!.call(route, input), open: () => desk.show() })
    tellTray = showTray({
      dist,
      host: (route, input) => host!.call(route, input),
      open: () => desk.show(),
      quit: () => app.quit(),
    })
  })
}

function receive(event: HostEvent): void {
  windows?.tell(event)
  tellTray?.(event)
  if (event.type === 'changed' && event.topics.includes('session')) lookAtMorning()
  if (event.type === 'closing') closing?.show(event.step)
  if (event.type === 'not-backed-up') notBackedUp = event.message
  if (event.type !== 'locked') return
  ended?.()
  if (!leaving) reopenPages()
}

function reopenPages(which?: readonly BrowserWindow[]): void {
  // A second lock on the heels of the first interrupts its loading; the later one finishes.
  windows?.empty(() => log('page-reopen-interrupted'), which)
}

function hostStopped(again: boolean): void {
  log('host-stopped', { again: Number(again) })
  const message = again ? STOPPED_MESSAGE : GONE_MESSAGE
  const window = windows?.current
  if (window) void dialog.showMessageBox(window, { type: 'warning', title: 'Claimwright', message })
}

function pageGone(window: BrowserWindow, exitCode: number): void {
  log('page-gone', { exitCode })
  const now = Date.now()
  pageCrashes = [...pageCrashes.filter((at) => now - at < 60_000), now]
  if (pageCrashes.length <= MOST_PAGE_CRASHES) reopenPages([window])
}

/** Lets the pages save drafts; the host locks in any case. */
function lockSoon(): void {
  windows?.tell({ type: 'lock-soon' })
  setTimeout(() => void host?.call('session.lock', { reason: 'system' }), DRAFT_GRACE_MS).unref()
}

/** Hidden at once; then drafts, lock, closing backup, and out. */
async function leave(): Promise<void> {
  leaving = true
  // A page that closed itself took its window along.
  windows?.hide()
  closing = new ClosingWindow(() => host?.stop())
  await forgetCopied()
  const status = await host?.call('session.status', {})
  if (status?.ok && (status.data as { state: string }).state === 'open') {
    const saved = new Promise<void>((resolve) => {
      ended = resolve
      setTimeout(resolve, DRAFT_GRACE_MS)
    })
    windows?.tell({ type: 'lock-soon' })
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
  if (isInstalling) return handOver()
  app.exit(0)
}

/** The new version takes this one's place; when it cannot, this one opens again. */
async function handOver(): Promise<void> {
  try {
    isHandedOver = true
    // The new version must find the place free.
    app.releaseSingleInstanceLock()
    await (await import('./update/desk.ts')).handOver()
  } catch {
    log('update-not-installed')
    await dialog.showMessageBox({
      type: 'warning',
      title: 'Claimwright',
      message: 'The update was not installed.',
      detail: 'Claimwright opens again as it was. Saved work is kept.',
    })
    app.relaunch()
    app.exit(0)
  }
}
