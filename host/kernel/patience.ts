// Waiting for something outside the app, such as a network share, that may never answer.
import { AppError } from '#core/errors.ts'

/**
 * Waits for `work` as long as it calls `alive` at least every `ms`. A call to `alive` after that throws, which ends work
 * that comes back to life.
 * @param abandoned is given the work that was given up
 * @throws STORAGE with problem `silent`
 */
export function unlessSilent<T>(
  ms: number,
  work: (alive: () => void) => Promise<T>,
  abandoned: (work: Promise<T>) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false
    const giveUp = () => {
      isOver = true
      abandoned(working)
      reject(silence())
    }
    let turn = 0
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      const mine = ++turn
      // After a long work of our own, time is up before the answer that lies there is looked at: the answer goes first.
      timer = setTimeout(() => setImmediate(() => mine === turn && giveUp()), ms)
    }
    wait()
    const working = work(() => {
      if (isOver) throw silence()
      clearTimeout(timer)
      wait()
    })
    working.then(resolve, reject).finally(() => {
      turn += 1
      clearTimeout(timer)
    })
  })
}

/** What is thrown for a place that does not answer. */
export const silence = () =>
  new AppError('STORAGE', 'No answer. Check the drive or the network.', { problem: 'silent' })
