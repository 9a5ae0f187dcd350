// Wrong passwords: counted in the keyring, so that a restart forgets none; five block for five minutes.
import { AppError } from '#core/errors.ts'
import { type Keyring, writeKeyring } from '#db/keyring.ts'

const MAX_FAILURES = 5
const BLOCK_MINUTES = 5

function tooMany(retryAt: string | null): AppError {
  return new AppError('TOO_MANY_ATTEMPTS', 'Too many wrong passwords. Wait five minutes and try again.', { retryAt })
}

const blockFrom = (now: string) => new Date(Date.parse(now) + BLOCK_MINUTES * 60_000).toISOString()

/** @throws TOO_MANY_ATTEMPTS while blocked */
export function refuseBlocked(keyringFile: string, keyring: Keyring, now: string): void {
  const { blockedUntil } = keyring
  if (!blockedUntil || blockedUntil <= now) return
  const longest = blockFrom(now)
  if (blockedUntil <= longest) throw tooMany(blockedUntil)
  // The clock was set back since: the wait begins again and does not last for the days it was wrong by.
  writeKeyring(keyringFile, { ...keyring, blockedUntil: longest })
  throw tooMany(longest)
}

/** Counts one more wrong try. @returns what to answer; the same whether the name exists or not */
export function countFailure(keyringFile: string, keyring: Keyring, now: string): AppError {
  const failures = keyring.failures + 1
  const blocked = failures % MAX_FAILURES === 0
  const blockedUntil = blocked ? blockFrom(now) : null
  writeKeyring(keyringFile, { ...keyring, failures, blockedUntil })
  if (blocked) return tooMany(blockedUntil)
  return new AppError('WRONG_PASSWORD', 'The name or password is not right. Check Caps Lock and try again.', {
    left: MAX_FAILURES - (failures % MAX_FAILURES),
  })
}
