// The host: session + router behind one `call`. Runs in Electron's utility process, the browser preview, the CLI and tests.
import { PinBox, type PinKeeper } from '#core/pin.ts'
import type { Assets } from '#core/assets.ts'
import type { HostEvent } from '#core/contract/events.ts'
import { contract, type ParsedInputOf, type RouteName } from '#core/contract/index.ts'
import type { CaseId } from '#core/ids.ts'
import { AppError, type Reply } from '#core/errors.ts'
import { createRouter, type RunAsCommand } from '#host/kernel/router.ts'
import type { Principal } from '#host/kernel/caller.ts'
import { leaveWithEverything } from '#host/session/leave/leave.ts'
import { diagnose } from '#host/session/diagnostics.ts'
import { leaveDemo } from '#host/session/demo-visit.ts'
import { Office } from '#host/session/office.ts'
import { isSpent } from '#host/session/spent.ts'
import { allowPins, setOwnPin } from '#host/session/pins.ts'
import { listUsers, removeUser, resetPassword, setRole } from '#host/session/users.ts'
import { Session } from '#host/session/session.ts'
import { localDate } from '#host/kernel/clock.ts'
import type { OpenVault } from '#host/session/vault.ts'
import type { Store } from '#host/kernel/store.ts'
import { refreshCases } from './case/refresh.ts'
import { openAssets } from './assets.ts'
import { codeLists } from './guide/code-list-rows.ts'
import { currentGuides } from './guide/rows.ts'
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
  /** Milliseconds on a clock that nobody can set. */
  elapsed?: () => number
  log?: (entry: LogEntry) => void
  /** Where that goes, for the page of diagnostics. */
  logDir?: string
  /** Fills a fresh demo practice. */
  seedDemo?: (vault: OpenVault, today: string, assets: Assets) => Promise<void>
  /** Cheap key derivation for throwaway folders. */
  scryptN?: number
  checkOutput?: boolean
  /** Where PINs of today lie; in a memory of this host’s own when nobody outlives it. */
  pins?: PinKeeper
}
/** One PC at this host. */
export interface Connection {
  call(route: string, input: unknown): Promise<Reply<unknown>>
  on(listener: (event: HostEvent) => void): () => void
  /** Locks it and forgets it. */
  close(): Promise<void>
  /** Who is signed in there. */
  readonly principal: Principal | null
}
export interface Host {
  /** A PC joins; the person comes with their sign-in. */
  connect(place: Pick<Principal, 'workstation'>): Connection
  /** See `isSpent`. */
  spent(): Promise<boolean>
  /** Backs up when something changed, then closes the data folder. */
  close(): Promise<void>
  /** For scripts in the same process (bulk seeding): the open vault or null. */
  readonly vault: OpenVault | null
}
/** How often it is looked whether a backup is due. */
const UPKEEP_EVERY_MS = 30 * 60 * 1000

/** Starts a host on a data folder. Nothing is opened until somebody signs in. */
export function createHost(options: HostOptions): Host {
  const now = options.now ?? (() => new Date().toISOString())
  const today = () => localDate(now())
  const log = options.log ?? (() => undefined)
  let shelves = new WeakMap<Store, Promise<Assets>>()
  const assetsIn = (store: Store): Promise<Assets> => {
    const known = shelves.get(store)
    if (known) return known
    const assets = store.read(async (db) =>
      openAssets(options.assetsDir, {
        guides: await currentGuides(db),
        codeLists: await codeLists(db),
        today: today(),
      }),
    )
    shelves.set(store, assets)
    assets.catch(() => shelves.delete(store))
    return assets
  }
  const office = new Office({
    dataDir: options.dataDir,
    appVersion: options.appVersion,
    now,
    today,
    elapsed: options.elapsed ?? (() => performance.now()),
    log: (event) => log({ level: 'warn', event }),
    pins: options.pins ?? new PinBox(),
    assets: assetsIn,
    seedDemo: async (vault, day) => options.seedDemo?.(vault, day, await assetsIn(vault)),
    ...(options.scryptN ? { scryptN: options.scryptN } : {}),
  })
  const router = createRouter<Session>({
    now,
    today,
    log,
    assets: assetsIn,
    handlers: domainHandlers,
    derive: (context, ids) => refreshCases(context, ids as CaseId[]),
    checkOutput: options.checkOutput ?? false,
    backUp: () => office.backUpBefore(),
    announce: (topics) => {
      if (topics.includes('guide')) shelves = new WeakMap()
      office.announce({ type: 'changed', topics })
    },
    system: (session, route, input, run) => callSystem({ office, session, run, logDir: options.logDir }, route, input),
  })
  const timer = setInterval(() => void office.upkeep(), UPKEEP_EVERY_MS)
  timer.unref?.()
  return {
    connect({ workstation }) {
      const session = new Session(office, workstation)
      return {
        call: (route, input) => router(session, route, input),
        on: (listener) => session.on(listener),
        close: () => session.close(),
        get principal() {
          return session.principal
        },
      }
    },
    spent: () => isSpent(office),
    async close() {
      clearInterval(timer)
      await office.close()
    },
    get vault() {
      return office.vault
    },
  }
}

/** Opens, replaces or leaves the files, or changes the key file: two at once would have them under each other's hands. */
const IN_TURN: ReadonlySet<RouteName> = new Set([
  'session.setup',
  'session.bring',
  'session.confirmRecovery',
  'session.signIn',
  'session.signInByPin',
  'session.setPin',
  'session.allowPins',
  'session.recover',
  'session.changePassword',
  'session.newRecoveryCode',
  'session.setAutoLock',
  'user.add',
  'user.setRole',
  'user.resetPassword',
  'user.remove',
  'demo.open',
  'demo.leave',
  'backup.restore',
])

interface Asked {
  office: Office
  session: Session
  run: RunAsCommand
  logDir: string | undefined
}

async function callSystem({ office, session, run, logDir }: Asked, route: RouteName, input: unknown): Promise<unknown> {
  const known = {
    'session.status': () => session.status(),
    'session.setup': (value: never) => session.setup(value),
    'session.bring': (value: never) => session.bring(value),
    'session.leave': (value: never) => leaveWithEverything(office, session, value),
    'session.confirmRecovery': (value: never) => session.confirmRecovery(value, run),
    'session.signIn': (value: never) => session.signIn(value),
    'session.signInByPin': (value: never) => session.signInByPin(value),
    'session.setPin': (value: never) => setOwnPin(office, session.present, value),
    'session.allowPins': (value: never) => allowPins(office, value, run),
    'session.recover': (value: never) => session.recover(value),
    'session.lock': (value: never) => session.lock(value),
    'session.activity': () => session.activity(),
    'session.cancelWork': () => session.stop(),
    'session.changePassword': (value: never) => session.changePassword(value, run),
    'session.newRecoveryCode': (value: never) => session.newRecoveryCode(value),
    'session.setAutoLock': (value: never) => session.setAutoLock(value),
    'diagnostics.get': () => diagnose(office, logDir),
    'user.list': () => listUsers(office.need()),
    'user.add': (value: never) => session.addUser(value, run),
    'user.setRole': (value: never) => session.changeUser(setRole, value, run),
    'user.resetPassword': (value: never) => session.changeUser(resetPassword, value, run),
    'user.remove': (value: never) => session.changeUser(removeUser, value, run),
    'demo.open': () => session.openDemo(),
    'demo.leave': () => leaveDemo(office, session),
    'backup.list': () => office.listBackups(),
    'backup.create': () => office.createBackup('manual'),
    'backup.setSecondPlace': (value: never) => session.setSecondPlace(value),
    'backup.look': ({ folder }: ParsedInputOf<'backup.look'>) => office.backups.look(folder),
    'backup.restore': (value: never) => office.restore(value, session.principal?.user.id ?? null),
  } as const
  const handler = (known as Record<string, ((value: never) => unknown) | undefined>)[route]
  if (!handler) throw new AppError('UNKNOWN_ROUTE', 'This request is answered by the desktop shell only.', {})
  if (!IN_TURN.has(route)) return handler(input as never)
  const { principal } = session
  return office.inTurn(() => {
    // What one person was allowed to do is not done for the next, who sat down while it waited.
    if (contract[route].permission !== 'none' && session.principal !== principal)
      throw new AppError('LOCKED', 'Sign in first.', {})
    return handler(input as never)
  })
}
