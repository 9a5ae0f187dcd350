// What a route is: kind, permission, strict input, output, and the topics it reads or touches.
import * as z from 'zod'

/** What the UI may hold in its cache; a command names those it changes and the host announces them. */
const TOPICS = [
  'session',
  'office',
  'user',
  'provider',
  'patient',
  'payer',
  'case',
  'authorization',
  'claim',
  'remittance',
  'appeal',
  'task',
  'attachment',
  'setting',
  'backup',
  'guide',
  'draft',
] as const
export type Topic = (typeof TOPICS)[number]

/** `read` and `work` belong to everybody who signs in but the auditor, who only reads; see PERMISSIONS. */
export type Permission = 'none' | 'read' | 'work' | 'manage' | 'audit'

export const ROLES = ['owner', 'dentist', 'front_desk', 'auditor'] as const
export const Role = z.enum(ROLES)
export type Role = (typeof ROLES)[number]

/** Which role may do what. `none` marks routes that answer without a session. */
export const PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: ['none', 'read', 'work', 'manage', 'audit'],
  dentist: ['none', 'read', 'work'],
  front_desk: ['none', 'read', 'work'],
  auditor: ['none', 'read', 'audit'],
}

/** `system` routes manage the session and the data folder itself and get no database handle. */
type RouteKind = 'query' | 'command' | 'system'

export interface Route<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Kind extends RouteKind = RouteKind,
> {
  readonly kind: Kind
  readonly permission: Permission
  readonly topics: readonly Topic[]
  readonly input: Input
  readonly output: Output
  /**
   * A query whose use is written to the audit trail: exporting, printing, and opening a chart (`view`), which waits for
   * its row no longer than a person at the desk can.
   */
  readonly audited: boolean | 'view'
  /** What of a query's input its row of the trail keeps, besides id and reason; never what somebody typed. */
  readonly noted: ((input: z.output<Input>) => unknown) | null
  /** Whether this command changes much at once: a backup is written before it, unless a fresh one is there. */
  readonly backsUp: (input: z.output<Input>) => boolean
}

/** The input of a route that takes nothing, and the output of one that only acknowledges. */
const Nothing = z.strictObject({})
type Nothing = typeof Nothing
/** The version of a row that the person saw. */
export const Version = z.number().int()

interface RouteSpec<Input extends z.ZodType, Output extends z.ZodType> {
  permission: Permission
  topics: readonly Topic[]
  /** Nothing, where it is left out. */
  input?: Input
  output?: Output
  audited?: boolean | 'view'
  noted?: (input: z.output<Input>) => unknown
  /** True: always. */
  backsUp?: true | ((input: z.output<Input>) => boolean)
}
function route<I extends z.ZodType, O extends z.ZodType, Kind extends RouteKind>(
  kind: Kind,
  spec: RouteSpec<I, O>,
): Route<I, O, Kind> {
  const {
    input = Nothing as never,
    output = Nothing as never,
    audited = kind === 'command',
    noted = null,
    backsUp,
  } = spec
  return {
    ...spec,
    kind,
    input,
    output,
    audited,
    noted,
    backsUp: backsUp === true ? () => true : (backsUp ?? (() => false)),
  }
}

/** A route that reads. It gets a database handle that cannot write. */
export const query = <I extends z.ZodType = Nothing, O extends z.ZodType = Nothing>(spec: RouteSpec<I, O>) =>
  route('query', spec)

/** A route that writes: one transaction, one audit row, then the topics are announced. */
export const command = <I extends z.ZodType = Nothing, O extends z.ZodType = Nothing>(spec: RouteSpec<I, O>) =>
  route('command', spec)

/** A route about the session or the data folder: set-up, sign-in, lock, backup, restore, demo. */
export const system = <I extends z.ZodType = Nothing, O extends z.ZodType = Nothing>(spec: RouteSpec<I, O>) =>
  route('system', spec)
