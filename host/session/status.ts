// Where the folder stands, in the words of the contract: set-up, locked, open, damaged.
import { existsSync } from 'node:fs'
import type { z } from 'zod'
import type { SessionStatus } from '#core/contract/session.ts'
import { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import { type Keyring, readKeyring } from '#db/keyring.ts'
import type { SessionUser } from '#host/kernel/caller.ts'
import type { Paths } from './paths.ts'
import type { BackupDesk } from './backup-desk.ts'
import { holdsOffice, isUnfinishedSetup } from './traces.ts'

export type Status = z.output<typeof SessionStatus>

interface Situation {
  base: Pick<Status, 'demo' | 'today' | 'appVersion'>
  /** What an opening found wrong. */
  problem: { code: string; message: string } | null
  restored: Status['restored']
  paths: Paths
  /** Whose session is open; null while locked. */
  user: SessionUser | null
  backups: BackupDesk
  isReadOnly: () => boolean
  /** Who may switch by PIN there. */
  withPin: (vaultId: string) => Promise<string[]>
}

export async function describeSession({
  base: given,
  problem,
  restored,
  paths,
  user,
  backups,
  isReadOnly,
  withPin,
}: Situation): Promise<Status> {
  const base = {
    ...given,
    readOnly: false,
    problem: null,
    restored: null,
    user: null,
    lockedBy: null,
    officeName: null,
    users: [],
    autoLockMinutes: 10,
  }
  // An unfinished set-up holds nothing yet: it is simply begun again.
  if (!(await holdsOffice(paths, backups)) || (await isUnfinishedSetup(paths, backups)))
    return { ...base, state: 'setup' }
  let keyring: Keyring
  try {
    if (problem) throw new AppError('DATA_DAMAGED', problem.message, { problem: problem.code })
    keyring = readKeyring(paths.keyring)
    if (!keyring.confirmed)
      throw new AppError('DATA_DAMAGED', 'A setup was started next to the data of an office. Restore a backup.', {
        problem: 'unfinished-setup',
      })
    if (!existsSync(paths.database))
      throw new AppError('DATA_DAMAGED', 'The database file is missing. Restore a backup.', { problem: 'missing' })
  } catch (error) {
    const found = error as AppError
    const code = problemOf(found)
    // What a newer version wrote is not damaged: an older backup is no way on.
    const offered = code === 'newer-schema' ? [] : (await backups.list(paths)).backups
    return { ...base, state: 'damaged', problem: { code, message: found.message, backups: offered } }
  }
  const pins = user ? [] : await withPin(keyring.vaultId)
  return {
    ...base,
    readOnly: isReadOnly(),
    restored,
    state: user ? 'open' : 'locked',
    officeName: keyring.officeName,
    user,
    lockedBy: keyring.lockedBy,
    autoLockMinutes: keyring.autoLockMinutes,
    users: keyring.slots.map((slot) => ({ id: slot.id as UserId, name: slot.name, pin: pins.includes(slot.id) })),
  }
}

/** The code of what is wrong with the data. */
export function problemOf(error: AppError): string {
  const { problem } = error.details
  return typeof problem === 'string' ? problem : 'unknown'
}
