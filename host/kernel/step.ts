// Long work in parts: others are heard between them, the page hears how far it is, and a stop or a lock ends it.
import type { Caller } from './caller.ts'
import type { CommandContext } from './context.ts'
import { refuse } from './refuse.ts'

/** A part of long work takes about this long before somebody else is heard. */
const PART_MS = 40

export type Step = CommandContext['step']

/** @param asking as they were when they asked: a later session of theirs stops nothing of this */
export function stepOf(asking: Pick<Caller, 'signal' | 'tell'>): Step {
  const { signal } = asking
  let latest = performance.now()
  return async (done, total) => {
    if (performance.now() - latest < PART_MS) return
    asking.tell({ type: 'progress', done, total })
    await new Promise((resolve) => setImmediate(resolve))
    latest = performance.now()
    refuseStopped(signal)
  }
}

/** @throws REFUSED once it was stopped */
export function refuseStopped(signal: AbortSignal): void {
  if (signal.aborted) refuse(['Stopped. Nothing was saved.'])
}
