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
import type { Store } from './store.ts'

export interface RouterOptions {
  now: () => string
  today: () => string
  /** What is installed, with what the office keeps in its folder. */
  assets: (folder: string) => Assets
  /** What is open, or null when locked. */
  store: () => Store | null
  /** Every query and command by its route. */
  handlers: HandlersOf<DomainRoute>
  system: (route: RouteName, input: unknown) => Promise<unknown>
  announce: (topics: readonly Topic[]) => void
  progress: (done: number, total: number) => void
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

/** Answers requests one after another where they write, never throwing. */
export function createRouter(options: RouterOptions): (route: string, input: unknown) => Promise<Reply<unknown>> {
  return async (name, input) => {
    try {
      return { ok: true, data: await answer(options, name, input) }
    } catch (error) {
      return { ok: false, error: toEnvelope(options, name, error) }
    }
  }
}

async function answer(options: RouterOptions, name: string, input: unknown): Promise<unknown> {
  if (typeof name !== 'string' || !Object.hasOwn(contract, name))
    throw new AppError('UNKNOWN_ROUTE', 'This request is not known.', {})
  const routeName = name as RouteName
  const route: Route = contract[routeName]
  const parsed = parseInput(route, input)
  const store = options.store()
  if (route.permission !== 'none') {
    if (!store) throw new AppError('LOCKED', 'Sign in first.', {})
    if (!PERMISSIONS[store.user.role].includes(route.permission))
      throw new AppError('FORBIDDEN', 'Your role does not allow this. Ask the office owner.', {
        permission: route.permission,
      })
  }
  let data: unknown
  if (route.kind === 'system') data = await options.system(routeName, parsed)
  else if (!store) throw new AppError('LOCKED', 'Sign in first.', {})
  else if (route.kind === 'query') data = await runQuery(options, store, routeName, route, parsed)
  else data = await runCommand(options, store, routeName, parsed)
  if (options.checkOutput) route.output.parse(data)
  if (route.kind === 'command' && route.topics.length > 0) options.announce(route.topics)
  return data
}

function parseInput(route: Route, input: unknown): unknown {
  const result = route.input.safeParse(input ?? {})
  if (result.success) return result.data
  const issues = result.error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  throw new AppError('INVALID_INPUT', issues[0]?.message ?? 'Check the input.', { issues })
}

async function runQuery(
  options: RouterOptions,
  store: Store,
  name: RouteName,
  route: Route,
  input: unknown,
): Promise<unknown> {
  const handler = handlerOf(options, name)
  const base = baseContext(options, store)
  const data = await store.readOnly((db) => handler({ ...base, db }, input))
  if (route.audited) {
    await store.write(async (tx) => {
      store.head = await appendAudit(
        tx,
        store.auditKey,
        store.head,
        auditRow(store, base.now, name, {
          entity: name.split('.')[0]!,
          entityId: idIn(input),
          reason: reasonIn(input),
        }),
      )
    })
  }
  return data
}

async function runCommand(options: RouterOptions, store: Store, name: RouteName, input: unknown): Promise<unknown> {
  const handler = handlerOf(options, name)
  const base = baseContext(options, store)
  return store.write(async (tx) => {
    let entry: AuditEntry = { entity: name.split('.')[0]!, entityId: idIn(input) }
    const audit = (next: AuditEntry) => {
      entry = { ...entry, ...next }
    }
    const newId = uuidv7 as CommandContext['newId']
    store.stopWork = false
    const data = await handler({ ...base, tx, newId, audit, step: stepOf(options, store) }, input)
    store.head = await appendAudit(tx, store.auditKey, store.head, auditRow(store, base.now, name, entry))
    return data
  })
}

/** A part of long work takes about this long before somebody else is heard. */
const PART_MS = 100

function stepOf(options: RouterOptions, store: Store): CommandContext['step'] {
  let latest = performance.now()
  return async (done, total) => {
    if (performance.now() - latest < PART_MS) return
    options.progress(done, total)
    await new Promise((resolve) => setImmediate(resolve))
    latest = performance.now()
    if (store.stopWork)
      throw new AppError('REFUSED', 'Stopped. Nothing was saved.', { reasons: ['Stopped. Nothing was saved.'] })
  }
}

function baseContext(options: RouterOptions, store: Store) {
  return {
    user: store.user,
    now: options.now(),
    today: options.today(),
    assets: options.assets(store.folder),
    blobs: store.blobs,
    auditKey: store.auditKey,
  }
}

function auditRow(store: Store, now: string, action: string, entry: AuditEntry) {
  const text = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  return {
    at: now,
    user_id: store.user.id,
    session_id: store.sessionId,
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
  const id = record['id'] ?? record['caseId']
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
