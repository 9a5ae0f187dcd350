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
    const silent = () => new AppError('STORAGE', 'No answer. Check the drive or the network.', { problem: 'silent' })
    let isOver = false
    const giveUp = () => {
      isOver = true
      abandoned(working)
      reject(silent())
    }
    let timer = setTimeout(giveUp, ms)
    const working = work(() => {
      if (isOver) throw silent()
      clearTimeout(timer)
      timer = setTimeout(giveUp, ms)
    })
    working.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
