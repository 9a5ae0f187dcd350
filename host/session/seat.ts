// Where somebody sits, as the office sees it.
import type { HostEvent } from '#core/contract/events.ts'
import type { Principal } from '#host/kernel/caller.ts'

/** One person's place at the office. */
export interface Seat {
  readonly principal: Principal | null
  /** Nobody sits there, or is about to with a new recovery code. */
  readonly isFree: boolean
  /** Nobody sits there from here on; what runs for them is stopped. */
  vacate(): void
  tell(event: HostEvent): void
}
