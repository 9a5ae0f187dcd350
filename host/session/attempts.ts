// Wrong passwords: counted on the disk, so that a restart forgets none, and here, so that an edited file forgets none.
import { AppError } from '#core/errors.ts'
import { bestEffort } from '#db/files.ts'
import { type Keyring, readKeyring, writeKeyring } from '#db/keyring.ts'

const MAX_FAILURES = 5
const BLOCK_MINUTES = 5
const BLOCK_MS = BLOCK_MINUTES * 60_000

/** How often in a row, and until when further tries are refused. */
export type Tries = Pick<Keyring, 'failures' | 'blockedUntil'>

/** Where tries are kept on the disk. */
export interface Counter {
  /** Tells folders apart. */
  file: string
  tries: Tries
  keep: (tries: Tries) => void
}

interface Known {
  failures: number
  /** On the clock that nobody can set; null while tries are free. */
  until: number | null
}

function tooMany(retryAt: string | null): AppError {
  return new AppError('TOO_MANY_ATTEMPTS', 'Too many wrong passwords. Wait five minutes and try again.', { retryAt })
}

const after = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString()

export class Attempts {
  readonly #elapsed: () => number
  /** What this process saw; the files are asked once for each start only. */
  readonly #known = new Map<string, Known>()

  /** @param elapsed milliseconds that pass whatever the computer's clock is set to */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
  }

  /** @throws TOO_MANY_ATTEMPTS while blocked */
  refuseWhileBlocked({ file, tries, keep }: Counter, now: string): void {
    const known = this.#known.get(file)
    const left = known ? (known.until ?? 0) - this.#elapsed() : this.#leftOnDisk(tries, now)
    if (known && known.until === null) return
    if (left <= 0) return
    const failures = Math.max(tries.failures, known?.failures ?? 0)
    this.#known.set(file, { failures, until: this.#elapsed() + left })
    const blockedUntil = after(now, left)
    if (blockedUntil !== tries.blockedUntil) bestEffort(() => keep({ failures, blockedUntil }))
    throw tooMany(blockedUntil)
  }

  /** A clock that was set back makes nobody wait for days. */
  #leftOnDisk({ blockedUntil }: Tries, now: string): number {
    return blockedUntil ? Math.min(BLOCK_MS, Date.parse(blockedUntil) - Date.parse(now)) : 0
  }

  /** Counts one more wrong try. @returns what to answer, in these words while there are tries left */
  count({ file, tries, keep }: Counter, now: string, words: string): AppError {
    const failures = Math.max(tries.failures, this.#known.get(file)?.failures ?? 0) + 1
    const blocked = failures % MAX_FAILURES === 0
    const blockedUntil = blocked ? after(now, BLOCK_MS) : null
    this.#known.set(file, { failures, until: blocked ? this.#elapsed() + BLOCK_MS : null })
    bestEffort(() => keep({ failures, blockedUntil }))
    if (blocked) return tooMany(blockedUntil)
    return new AppError('WRONG_PASSWORD', words, { left: MAX_FAILURES - (failures % MAX_FAILURES) })
  }

  /** Whether a wrong try is counted here, which an edited file would forget. */
  get isCounting(): boolean {
    return this.#known.size > 0
  }

  /** Somebody proved who they are. */
  forget(file: string): void {
    this.#known.delete(file)
  }
}

/** Tries are kept in the key file. */
export function inKeyring(file: string, tries: Keyring): Counter {
  return { file, tries, keep: (next) => writeKeyring(file, { ...readKeyring(file), ...next }) }
}
