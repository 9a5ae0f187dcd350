// Restores that were tried with a wrong secret: counted with the wrong sign-ins, and kept until the trail can take them.
import { readFileSync, rmSync } from 'node:fs'
import * as z from 'zod'
import type { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import { bestEffort, writeFileAtomic } from '#db/files.ts'
import { parseKeyring } from '#db/keyring.ts'
import type { Writer } from '#db/reader.ts'
import { appendAudit } from '#host/kernel/audit.ts'
import type { Paths } from './paths.ts'
import { countTry, inKeyring, refuseWhileBlocked, type Tries } from './attempts.ts'

type TryPaths = Pick<Paths, 'keyring' | 'restoreTries'>

const Try = z.strictObject({ at: z.iso.datetime(), backup: z.string(), userId: z.string().nullable() })
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

/** Where wrong tries are counted: with the sign-ins of this folder, or by themselves when it has no key file. */
function counterOf(paths: TryPaths): { tries: Tries; keep: (tries: Tries) => void } {
  const keyring = parseKeyring(paths.keyring) ?? parseKeyring(`${paths.keyring}.bak`)
  if (keyring) return inKeyring(paths.keyring, keyring)
  const stored = read(paths.restoreTries)
  return {
    tries: stored,
    keep: (tries) => writeFileAtomic(paths.restoreTries, JSON.stringify({ tries: stored.tries, ...pick(tries) })),
  }
}

const pick = ({ failures, blockedUntil }: Tries): Tries => ({ failures, blockedUntil })

/** @throws TOO_MANY_ATTEMPTS while blocked */
export function refuseRestoreWhileBlocked(paths: TryPaths, now: string): void {
  const { tries, keep } = counterOf(paths)
  refuseWhileBlocked(tries, now, keep)
}

/** Notes and counts a restore with a wrong secret. @returns what to answer */
export function countRestoreTry(paths: TryPaths, backup: string, userId: string | null, now: string): AppError {
  const stored = read(paths.restoreTries)
  const tries = [...stored.tries, { at: now, backup, userId }].slice(-MOST)
  writeFileAtomic(paths.restoreTries, JSON.stringify({ ...stored, tries }))
  const counter = counterOf(paths)
  const words = 'Neither the password of an owner nor the recovery code. Check Caps Lock and try again.'
  return countTry(counter.tries, now, counter.keep, words)
}

/** Writes what was noted into the trail. */
export async function trailRestoreTries(
  paths: TryPaths,
  tx: Writer,
  trail: { key: Buffer; sessionId: string },
): Promise<void> {
  for (const { at, backup, userId } of read(paths.restoreTries).tries)
    await appendAudit(tx, trail.key, {
      at,
      user_id: userId as UserId | null,
      session_id: trail.sessionId,
      action: 'backup.restoreRefused',
      entity: 'backup',
      entity_id: backup,
      patient_id: null,
      before_json: null,
      after_json: null,
      reason: 'Wrong password or code',
    })
}

/** Once they stand in the trail. */
export function forgetRestoreTries(paths: TryPaths): void {
  bestEffort(() => rmSync(paths.restoreTries, { force: true }))
}
