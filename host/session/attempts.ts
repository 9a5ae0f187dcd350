// Wrong passwords: counted in the keyring, so that a restart forgets none; five block for five minutes.
import { AppError } from '#core/errors.ts'
import { bestEffort } from '#db/files.ts'
import { type Keyring, writeKeyring } from '#db/keyring.ts'

const MAX_FAILURES = 5
const BLOCK_MINUTES = 5

/** How often in a row, and until when further tries are refused. */
export type Tries = Pick<Keyring, 'failures' | 'blockedUntil'>
type Keep = (tries: Tries) => void

function tooMany(retryAt: string | null): AppError {
  return new AppError('TOO_MANY_ATTEMPTS', 'Too many wrong passwords. Wait five minutes and try again.', { retryAt })
}

const blockFrom = (now: string) => new Date(Date.parse(now) + BLOCK_MINUTES * 60_000).toISOString()

/** @throws TOO_MANY_ATTEMPTS while blocked */
export function refuseWhileBlocked({ failures, blockedUntil }: Tries, now: string, keep: Keep): void {
  if (!blockedUntil || blockedUntil <= now) return
  const longest = blockFrom(now)
  if (blockedUntil <= longest) throw tooMany(blockedUntil)
  // The clock was set back since: the wait begins again and does not last for the days it was wrong by.
  keep({ failures, blockedUntil: longest })
  throw tooMany(longest)
}

/** Counts one more wrong try. @returns what to answer, in these words while there are tries left */
export function countTry(tries: Tries, now: string, keep: Keep, words: string): AppError {
  const failures = tries.failures + 1
  const blocked = failures % MAX_FAILURES === 0
  const blockedUntil = blocked ? blockFrom(now) : null
  keep({ failures, blockedUntil })
  if (blocked) return tooMany(blockedUntil)
  return new AppError('WRONG_PASSWORD', words, { left: MAX_FAILURES - (failures % MAX_FAILURES) })
}

/** By key file: what a disk that takes nothing could not keep. */
const unwritten = new Map<string, Tries>()

/** Tries are kept in the key file, and here while it takes none. */
export function inKeyring(keyringFile: string, keyring: Keyring): { tries: Tries; keep: Keep } {
  const keep = (tries: Tries) => {
    unwritten.set(keyringFile, tries)
    writeKeyring(keyringFile, { ...keyring, ...tries })
    unwritten.delete(keyringFile)
  }
  return { tries: unwritten.get(keyringFile) ?? keyring, keep: (tries) => bestEffort(() => keep(tries)) }
}

/** Somebody proved who they are. */
export function forgetTries(keyringFile: string): void {
  unwritten.delete(keyringFile)
}

/** Before a sign-in. @throws TOO_MANY_ATTEMPTS while blocked */
export function refuseBlocked(keyringFile: string, keyring: Keyring, now: string): void {
  const { tries, keep } = inKeyring(keyringFile, keyring)
  refuseWhileBlocked(tries, now, keep)
}

/** After a wrong one. @returns what to answer; the same whether the name exists or not */
export function countFailure(keyringFile: string, keyring: Keyring, now: string): AppError {
  const words = 'The name or password is not right. Check Caps Lock and try again.'
  const { tries, keep } = inKeyring(keyringFile, keyring)
  return countTry(tries, now, keep, words)
}
