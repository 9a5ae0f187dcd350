// A session ends for all windows at once: whichever locks, the others save what was typed there first.
import type { Reply } from '#core/errors.ts'

interface LockGateOptions {
  /** The ids of all pages. */
  pages: () => readonly number[]
  /** Has every page but this one save and ask for the lock too. */
  tellOthers: (but: number) => void
  lock: (input: unknown) => Promise<Reply<unknown>>
  /** A page that does not answer is not waited for any longer. */
  patienceMs: number
}

/** @returns asks for the lock on behalf of a page; all pages that ask meanwhile get the one answer */
export function lockGate({ pages, tellOthers, lock, patienceMs }: LockGateOptions) {
  let round: { saved: Set<number>; look: () => void; reply: Promise<Reply<unknown>> } | null = null
  return (page: number, input: unknown): Promise<Reply<unknown>> => {
    if (!round) {
      const saved = new Set<number>()
      let look = () => {}
      const all = new Promise<void>((resolve) => {
        setTimeout(resolve, patienceMs).unref()
        look = () => {
          if (pages().every((one) => saved.has(one))) resolve()
        }
      })
      const reply = all
        .then(() => lock(input))
        .finally(() => {
          round = null
        })
      round = { saved, look, reply }
      tellOthers(page)
    }
    round.saved.add(page)
    round.look()
    return round.reply
  }
}
