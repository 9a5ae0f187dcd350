// What a handler is given, by kind of route, and the exhaustive handler map's types.
import type { AuditHead } from './audit.ts'
import type { Assets } from '#core/assets.ts'
import type { Contract, OutputOf, ParsedInputOf, RouteName } from '#core/contract/index.ts'
import type { IsoDate, Instant } from '#core/dates.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { BlobStore } from '#db/blobs.ts'
import type { SessionUser } from './caller.ts'

interface BaseContext {
  /** What can be read; in a command, with what it wrote so far. */
  db: Reader
  user: SessionUser
  now: Instant
  /** The office's local date. */
  today: IsoDate
  assets: Assets
  blobs: BlobStore
  /** Seals the audit trail. */
  auditKey: Buffer
  /** Where the trail ended at least when this was asked. */
  trailEnd: AuditHead | null
  /** Call it between the parts of long work: shows how far it is, lets others speak, and throws when it is to stop. */
  step(done: number, total: number): Promise<void>
  /** What was read for this request and is kept until it ends, by whoever reads it. */
  kept: Map<unknown, unknown>
}
export type QueryContext = BaseContext
/** What a command leaves in the trail; ids and values, stored encrypted in the database only. */
export interface AuditEntry {
  entity: string
  entityId: string
  patientId?: string | null
  before?: unknown
  after?: unknown
  reason?: string
}
export interface CommandContext extends BaseContext {
  tx: Writer
  newId<Id extends string>(): Id
  /** Describes the one audit row of this command; a second call adds to the first. */
  audit(entry: AuditEntry): void
  /** What derives from this case is derived anew before the audit row, once for the whole command. */
  touches(caseId: string): void
  /** For commands over thousands of cases: derives what was touched up to here and lets go of it. Progress as for `step`. */
  settle(done: number, total: number): Promise<void>
}
type ContextOf<Name extends RouteName> = Contract[Name]['kind'] extends 'query' ? QueryContext : CommandContext
/** A route that only acknowledges answers nothing. */
type AnswerOf<Name extends RouteName> = OutputOf<Name> extends Record<string, never> ? void : OutputOf<Name>
type Handler<Name extends RouteName> = (context: ContextOf<Name>, input: ParsedInputOf<Name>) => Promise<AnswerOf<Name>>
type RoutesOfKind<Kind> = { [Name in RouteName]: Contract[Name]['kind'] extends Kind ? Name : never }[RouteName]
export type DomainRoute = RoutesOfKind<'query' | 'command'>
/** Handlers of some routes; `satisfies HandlersOf<keyof typeof xRoutes>` in each handler file. */
export type HandlersOf<Names extends RouteName> = { [Name in Names]: Handler<Name> }
