// Who asks: one person at one PC. People, lock and stopping belong to a connection, never to the host.
import type { HostEvent } from '#core/contract/events.ts'
import type { Role } from '#core/contract/route.ts'
import type { UserId } from '#core/ids.ts'
import type { Store } from './store.ts'

export interface SessionUser {
  id: UserId
  name: string
  role: Role
}

/** Somebody who proved who they are. */
export interface Principal {
  user: SessionUser
  /** One sign-in. */
  sessionId: string
  /** The PC they sit at. */
  workstation: string
}

/** A connection as the router sees it. */
export interface Caller {
  /** Null while nobody is signed in there. */
  readonly principal: Principal | null
  /** What that person may use; null while locked. */
  readonly store: Store | null
  /** For what is asked now: aborted when it is to stop, as by a lock. */
  readonly signal: AbortSignal
  tell(event: HostEvent): void
}
