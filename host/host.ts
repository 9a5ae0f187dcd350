// The host: session + router behind one `call`. Runs in Electron's utility process, the browser preview, the CLI and tests.
import type { Assets } from '#core/assets.ts'
import type { HostEvent } from '#core/contract/events.ts'
import type { RouteName } from '#core/contract/index.ts'
import type { CaseId } from '#core/ids.ts'
import { AppError, type Reply } from '#core/errors.ts'
import { createRouter } from '#host/kernel/router.ts'
import { Session } from '#host/session/session.ts'
import { localDate } from '#host/kernel/clock.ts'
import type { OpenVault } from '#host/session/vault.ts'
import { refreshCases } from './case/refresh.ts'
import { openAssets } from './assets.ts'
import { domainHandlers } from './routes.ts'

interface LogEntry {
  level: 'error' | 'warn' | 'info'
  event: string
  [key: string]: string | number
}
export interface HostOptions {
  dataDir: string
  assetsDir: string
  appVersion: string
  /** The present instant in UTC; tests move it. */
  now?: () => string
  log?: (entry: LogEntry) => void
  /** Fills a fresh demo practice. */
  seedDemo?: (vault: OpenVault, today: string, assets: Assets) => Promise<void>
  /** Cheap key derivation for throwaway folders. */
  scryptN?: number
  checkOutput?: boolean
}
export interface Host {
  call(route: string, input: unknown): Promise<Reply<unknown>>
  subscribe(listener: (event: HostEvent) => void): () => void
  /** Backs up when something changed, then closes the data folder. */
  close(): Promise<void>
  /** For scripts in the same process (bulk seeding): the open vault or null. */
  readonly vault: OpenVault | null
}
const BACKUP_EVERY_MS = 4 * 60 * 60 * 1000

/** Starts a host on a data folder. Nothing is opened until somebody signs in. */
export function createHost(options: HostOptions): Host {
  const listeners = new Set<(event: HostEvent) => void>()
  const announce = (event: HostEvent) => {
    for (const listener of listeners) listener(event)
  }
  const now = options.now ?? (() => new Date().toISOString())
  const today = () => localDate(now())
  const log = options.log ?? (() => undefined)
  const shelves = new Map<string, Assets>()
  const assetsIn = (folder: string): Assets => {
    const assets = shelves.get(folder) ?? openAssets(options.assetsDir, folder)
    shelves.set(folder, assets)
    return assets
  }
  const session = new Session({
    dataDir: options.dataDir,
    appVersion: options.appVersion,
    now,
    today,
    announce,
    log: (event) => log({ level: 'warn', event }),
    seedDemo: async (vault, today) => options.seedDemo?.(vault, today, assetsIn(vault.folder)),
    ...(options.scryptN ? { scryptN: options.scryptN } : {}),
  })
  const router = createRouter({
    now,
    today,
    log,
    assets: assetsIn,
    store: () => session.vault,
    handlers: domainHandlers,
    derive: (context, ids) => refreshCases(context, ids as CaseId[]),
    checkOutput: options.checkOutput ?? false,
    announce: (topics) => announce({ type: 'changed', topics }),
    progress: (done, total) => announce({ type: 'progress', done, total }),
    system: (route, input) => callSystem(session, route, input),
  })
  const timer = setInterval(() => {
    if (!session.vault?.changed) void session.bringToSecondPlace()
    else void session.createBackup('schedule').catch(() => log({ level: 'warn', event: 'backup-failed' }))
  }, BACKUP_EVERY_MS)
  timer.unref?.()
  return {
    call: router,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      clearInterval(timer)
      await session.close()
    },
    get vault() {
      return session.vault
    },
  }
}

/** Opens, replaces or leaves the files: two at once would have them under each other's hands. */
const IN_TURN: ReadonlySet<RouteName> = new Set([
  'session.setup',
  'session.signIn',
  'session.recover',
  'demo.open',
  'demo.leave',
  'backup.restore',
])

async function callSystem(session: Session, route: RouteName, input: unknown): Promise<unknown> {
  const known = {
    'session.status': () => session.status(),
    'session.setup': (value: never) => session.setup(value),
    'session.confirmRecovery': (value: never) => session.confirmRecovery(value),
    'session.signIn': (value: never) => session.signIn(value),
    'session.recover': (value: never) => session.recover(value),
    'session.lock': (value: never) => session.lock(value),
    'session.activity': () => session.activity(),
    'session.cancelWork': () => {
      if (session.vault) session.vault.stopWork = true
      return {}
    },
    'session.changePassword': (value: never) => session.changePassword(value),
    'session.setAutoLock': (value: never) => session.setAutoLock(value),
    'user.list': () => session.listUsers(),
    'user.add': (value: never) => session.addUser(value),
    'user.remove': (value: never) => session.removeUser(value),
    'demo.open': () => session.openDemo(),
    'demo.leave': () => session.leaveDemo(),
    'backup.list': () => session.listBackups(),
    'backup.create': () => session.createBackup('manual'),
    'backup.setSecondPlace': (value: never) => session.setSecondPlace(value),
    'backup.restore': (value: never) => session.restoreBackup(value),
  } as const
  const handler = (known as Record<string, ((value: never) => unknown) | undefined>)[route]
  if (!handler) throw new AppError('UNKNOWN_ROUTE', 'This request is answered by the desktop shell only.', {})
  return IN_TURN.has(route) ? session.inTurn(() => handler(input as never)) : handler(input as never)
}
