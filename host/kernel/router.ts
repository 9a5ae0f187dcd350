// Every request passes here: known route, strict input, session, permission, one transaction, one audit row, one answer.
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Assets } from '#core/assets.ts'
import { contract, type RouteName } from '#core/contract/index.ts'
import { PERMISSIONS, type Route, type Topic } from '#core/contract/route.ts'
import { AppError, type Reply } from '#core/errors.ts'
import { translateOpenError } from '#db/open.ts'
import { uuidv7 } from './ids.ts'
import { appendAudit } from './audit.ts'
import type { AuditEntry, CommandContext, DomainRoute, HandlersOf, QueryContext } from './context.ts'
import type { Caller, Principal } from './caller.ts'
import { refuseStopped, stepOf } from './step.ts'
import type { Store } from './store.ts'

/** For a system route that changes rows too: one transaction, cases derived anew, one audit row, as for any command. */
export type RunAsCommand = <T>(work: (context: CommandContext) => Promise<T>) => Promise<T>

export interface RouterOptions<Client extends Caller = never> {
  now: () => string
  today: () => string
  /** What is installed, with what the office made of it. */
  assets: (store: Store) => Promise<Assets>
  /** Every query and command by its route. */
  handlers: HandlersOf<DomainRoute>
  /** Derives anew what a command touched. */
  derive: (context: CommandContext, ids: readonly string[]) => Promise<void>
  /** Answers what concerns the connection itself: sign-in, lock, backups. */
  system: (client: Client, route: RouteName, input: unknown, run: RunAsCommand) => Promise<unknown>
  /** Before a command that changes much at once. */
  backUp: () => Promise<void>
  /** To every connection. */
  announce: (topics: readonly Topic[]) => void
  log: (entry: { level: 'error' | 'warn'; event: string; [key: string]: string | number }) => void
  /** Checks handlers' answers against the contract; on in tests and development. */
  checkOutput: boolean
}
type AnyHandler = (context: QueryContext | CommandContext, input: unknown) => Promise<unknown>

function handlerOf({ handlers }: RouterOptions, name: RouteName): AnyHandler {
  const handler = (handlers as unknown as Record<string, AnyHandler | undefined>)[name]
  if (!handler) throw new AppError('UNKNOWN_ROUTE', 'This request is not answered here.', {})
  return handler
}

export type Router<Client extends Caller> = (client: Client, route: string, input: unknown) => Promise<Reply<unknown>>

/** Answers requests one after another where they write, never throwing. */
export function createRouter<Client extends Caller>(options: RouterOptions<Client>): Router<Client> {
  return async (client, name, input) => {
    try {
      return { ok: true, data: await answer(options, client, name, input) }
    } catch (error) {
      return { ok: false, error: toEnvelope(options, name, error) }
    }
  }
}

async function answer<Client extends Caller>(
  options: RouterOptions<Client>,
  client: Client,
  name: string,
  input: unknown,
): Promise<unknown> {
  if (typeof name !== 'string' || !Object.hasOwn(contract, name))
    throw new AppError('UNKNOWN_ROUTE', 'This request is not known.', {})
  const routeName = name as RouteName
  const route: Route = contract[routeName]
  // Nothing that somebody sends is looked at before it is known who they are.
  if (route.permission !== 'none' && !PERMISSIONS[signedIn(client).principal.user.role].includes(route.permission))
    throw new AppError('FORBIDDEN', 'Your role does not allow this. Ask the office owner.', {
      permission: route.permission,
    })
  const parsed = parseInput(route, input)
  let data: unknown
  if (route.kind === 'system') {
    const run: RunAsCommand = (work) => runCommand(options, signedIn(client), routeName, parsed, work)
    data = await options.system(client, routeName, parsed, run)
  } else if (route.kind === 'query') data = await runQuery(options, signedIn(client), routeName, route, parsed)
  else {
    const asking = signedIn(client)
    if (route.backsUp(parsed)) await options.backUp()
    refuseStopped(asking.signal)
    const handler = handlerOf(options, routeName)
    data = (await runCommand(options, asking, routeName, parsed, (context) => handler(context, parsed))) ?? {}
  }
  if (options.checkOutput) route.output.parse(data)
  if (route.kind === 'command' && route.topics.length > 0) options.announce(route.topics)
  return data
}

/** A caller as they were when they asked: a lock meanwhile takes nothing away from what is under way. */
interface Asking {
  principal: Principal
  store: Store
  signal: AbortSignal
  tell: Caller['tell']
}

function signedIn(caller: Caller): Asking {
  const { principal, store, signal } = caller
  if (!principal || !store) throw new AppError('LOCKED', 'Sign in first.', {})
  return { principal, store, signal, tell: (event) => caller.tell(event) }
}

function parseInput(route: Route, input: unknown): unknown {
  const result = unlessEndless(() => route.input.safeParse(input ?? {}))
  if (result.success) return result.data
  const issues = result.error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  throw new AppError('INVALID_INPUT', issues[0]?.message ?? 'Check the input.', { issues })
}

/** @throws INVALID_INPUT for a value that holds itself, or is nested deeper than can be followed */
function unlessEndless<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const message = 'This is nested too deeply to be read.'
    throw new AppError('INVALID_INPUT', message, { issues: [{ path: '', message }] })
  }
}

async function runQuery(
  options: RouterOptions,
  asking: Asking,
  name: RouteName,
  route: Route,
  input: unknown,
): Promise<unknown> {
  const handler = handlerOf(options, name)
  const base = await baseContext(options, asking)
  const { store } = asking
  const data = await store.read((db) => handler({ ...base, db }, input))
  // Looking at a chart goes on where no trail can be kept; printing and exporting do not.
  if (route.audited && !(route.audited === 'view' && store.isReadOnly)) {
    const after = route.noted?.(input)
    const entry = { entity: name.split('.')[0]!, entityId: idIn(input), after, reason: reasonIn(input) }
    const written = store.write((tx) => appendAudit(tx, store.auditKey, auditRow(asking, base.now, name, entry)))
    await (route.audited === 'view' ? unlessLate(options, name, written) : written)
  }
  return data
}

/** A chart waits no longer than this for its row of the trail, which has its turn behind a long command. */
const VIEW_MS = 150

/** @throws what went wrong with the row in that time; what goes wrong later is logged */
async function unlessLate(options: RouterOptions, route: RouteName, written: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, VIEW_MS)))
  written.catch(() => options.log({ level: 'error', event: 'view-not-in-trail', route }))
  await Promise.race([written, late]).finally(() => clearTimeout(timer))
}

async function runCommand<T>(
  options: RouterOptions,
  asking: Asking,
  name: RouteName,
  input: unknown,
  work: (context: CommandContext) => Promise<T>,
): Promise<T> {
  const base = await baseContext(options, asking)
  const { store } = asking
  return store.write(async (tx) => {
    refuseStopped(asking.signal)
    let entry: AuditEntry = { entity: name.split('.')[0]!, entityId: idIn(input) }
    const audit = (next: AuditEntry) => {
      entry = { ...entry, ...next }
    }
    const newId = uuidv7 as CommandContext['newId']
    const touched = new Set<string>()
    const touches = (id: string) => void touched.add(id)
    const settle = async (step = base.step) => {
      const ids = [...touched]
      touched.clear()
      if (ids.length > 0) await options.derive({ ...context, step }, ids)
    }
    const context: CommandContext = {
      ...base,
      db: tx,
      tx,
      newId,
      audit,
      touches,
      settle: (done, total) => settle(() => base.step(done, total)),
    }
    const data = await work(context)
    await settle()
    await appendAudit(tx, store.auditKey, auditRow(asking, base.now, name, entry))
    return data
  })
}

async function baseContext(options: RouterOptions, asking: Asking) {
  const { store, principal } = asking
  return {
    step: stepOf(asking),
    user: principal.user,
    now: options.now(),
    today: options.today(),
    assets: await options.assets(store),
    blobs: store.blobs,
    auditKey: store.auditKey,
    // Before the moment that a query sees, so that it is never ahead of it.
    trailEnd: store.trailEnd,
    kept: new Map<unknown, unknown>(),
  }
}

function auditRow({ principal }: Asking, now: string, action: string, entry: AuditEntry) {
  const text = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  return {
    at: now,
    user_id: principal.user.id,
    session_id: principal.sessionId,
    action,
    entity: entry.entity,
    entity_id: entry.entityId,
    patient_id: entry.patientId ?? null,
    before_json: text(entry.before),
    after_json: text(entry.after),
    reason: entry.reason ?? '',
  }
}

function idIn(input: unknown): string {
  const record = (input ?? {}) as Record<string, unknown>
  const id = record['id'] ?? record['caseId'] ?? Object.values(record['of'] ?? {})[0]
  return typeof id === 'string' ? id : ''
}

/** Why it was asked for, where the route wants a reason: printing with blanks. */
function reasonIn(input: unknown): string {
  const { reason } = (input ?? {}) as Record<string, unknown>
  return typeof reason === 'string' ? reason : ''
}

function toEnvelope(options: RouterOptions, name: string, raw: unknown) {
  const error = translateOpenError(raw)
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details }
  const incident = randomUUID().slice(0, 8)
  const known =
    error instanceof z.ZodError ? 'output does not fit the contract' : error instanceof Error ? error.name : 'unknown'
  options.log({ level: 'error', event: 'internal', incident, route: name, kind: known, where: stackOf(error) })
  return {
    code: 'INTERNAL' as const,
    message: `Something failed inside Claimwright. Nothing was saved. Incident ${incident}.`,
    details: { incident },
  }
}

/** Code places only: messages may carry what the user typed. */
function stackOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' < ')
}
