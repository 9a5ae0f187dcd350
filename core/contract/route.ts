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
export type Permission = 'none' | 'read' | 'work' | 'confirm' | 'manage' | 'audit'

export const ROLES = ['owner', 'dentist', 'front_desk', 'auditor'] as const
export const Role = z.enum(ROLES)
export type Role = (typeof ROLES)[number]

/** Which role may do what. `none` marks routes that answer without a session. */
export const PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: ['none', 'read', 'work', 'confirm', 'manage', 'audit'],
  dentist: ['none', 'read', 'work', 'confirm'],
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
  /** A query whose use is written to the audit trail: opening a chart, exporting, printing. */
  readonly audited: boolean
}

interface RouteSpec<Input extends z.ZodType, Output extends z.ZodType> {
  permission: Permission
  topics: readonly Topic[]
  input: Input
  output: Output
  audited?: boolean
}

/** A route that reads. It gets a database handle that cannot write. */
export function query<I extends z.ZodType, O extends z.ZodType>(spec: RouteSpec<I, O>): Route<I, O, 'query'> {
  return { audited: false, ...spec, kind: 'query' }
}

/** A route that writes: one transaction, one audit row, then the topics are announced. */
export function command<I extends z.ZodType, O extends z.ZodType>(spec: RouteSpec<I, O>): Route<I, O, 'command'> {
  return { audited: true, ...spec, kind: 'command' }
}

/** A route about the session or the data folder: set-up, sign-in, lock, backup, restore, demo. */
export function system<I extends z.ZodType, O extends z.ZodType>(spec: RouteSpec<I, O>): Route<I, O, 'system'> {
  return { audited: false, ...spec, kind: 'system' }
}

/** The input of a route that takes nothing. */
export const Nothing = z.strictObject({})
/** The output of a route that only acknowledges. */
export const Done = z.strictObject({})
