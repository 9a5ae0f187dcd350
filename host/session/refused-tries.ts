// Wrong passwords and codes: counted, and noted in a file until the trail can take them.
import { readFileSync, rmSync } from 'node:fs'
import * as z from 'zod'
import type { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import { bestEffort, writeFileAtomic } from '#db/files.ts'
import { parseKeyring } from '#db/keyring.ts'
import type { Writer } from '#db/reader.ts'
import { appendAudit } from '#host/kernel/audit.ts'
import type { Paths } from './paths.ts'
import { type Attempts, type Counter, inKeyring, type Tries } from './attempts.ts'

type TryPaths = Pick<Paths, 'keyring' | 'refusedTries'>

const Try = z.strictObject({
  at: z.iso.datetime(),
  what: z.enum(['signIn', 'signInByPin', 'setPin', 'recover', 'changePassword', 'newRecoveryCode', 'restore', 'leave']),
  /** The backup, or whose password it was to be; empty for a name that nobody has. What was typed is not kept. */
  id: z.string(),
  /** Who sat there. */
  userId: z.string().nullable(),
})
export type Try = z.infer<typeof Try>
/** Ids and instants only. The count is used where no key file is left to keep it: on a new PC. */
const Stored = z.strictObject({
  failures: z.number().int(),
  blockedUntil: z.iso.datetime().nullable(),
  tries: z.array(Try),
})
type Stored = z.infer<typeof Stored>
/** More than this, and the newest say it all. */
const MOST = 200

function read(file: string): Stored {
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { failures: 0, blockedUntil: null, tries: [] }
  }
}

/** Where wrong tries are counted: in the key file of this folder, or by themselves when it has none. */
function counterOf(paths: TryPaths): Counter {
  const keyring = parseKeyring(paths.keyring) ?? parseKeyring(`${paths.keyring}.bak`)
  if (keyring) return inKeyring(paths.keyring, keyring)
  const { failures, blockedUntil } = read(paths.refusedTries)
  const keep = (tries: Tries) => {
    const { failures, blockedUntil } = tries
    const next: Stored = { failures, blockedUntil, tries: read(paths.refusedTries).tries }
    writeFileAtomic(paths.refusedTries, JSON.stringify(next))
  }
  return { file: paths.keyring, tries: { failures, blockedUntil }, keep }
}

/** Before a password or code is looked at. @throws TOO_MANY_ATTEMPTS while blocked */
export function refuseWhileBlocked(attempts: Attempts, paths: TryPaths, now: string): void {
  attempts.refuseWhileBlocked(counterOf(paths), now)
}

/** Notes and counts a wrong password or code. @returns what to answer */
export function countRefused(attempts: Attempts, paths: TryPaths, given: Try, words: string): AppError {
  bestEffort(() => {
    const stored = read(paths.refusedTries)
    const tries = [...stored.tries, given].slice(-MOST)
    writeFileAtomic(paths.refusedTries, JSON.stringify({ ...stored, tries }))
  })
  return attempts.count(counterOf(paths), given.at, words)
}

/** Writes what was noted into the trail. */
export async function trailRefused(
  paths: TryPaths,
  tx: Writer,
  trail: { key: Buffer; sessionId: string },
): Promise<void> {
  for (const { at, what, id, userId } of read(paths.refusedTries).tries)
    await appendAudit(tx, trail.key, {
      at,
      user_id: userId as UserId | null,
      session_id: trail.sessionId,
      action: what === 'restore' ? 'backup.restoreRefused' : `session.${what}Refused`,
      entity: what === 'restore' ? 'backup' : 'user',
      entity_id: id,
      patient_id: null,
      before_json: null,
      after_json: null,
      reason: what === 'signInByPin' ? 'Wrong PIN' : 'Wrong password or code',
    })
}

/** Once they stand in the trail. */
export function forgetRefused(paths: TryPaths): void {
  bestEffort(() => rmSync(paths.refusedTries, { force: true }))
}
