// What stands between the page and the host.
import type { HostEvent } from '#core/contract/events.ts'
import type { Reply } from '#core/errors.ts'

/** What the preload script (or the preview) offers. */
export interface Bridge {
  call(route: string, input: unknown): Promise<Reply<unknown>>
  /** @returns a function that stops listening */
  on(listener: (event: HostEvent) => void): () => void
}
