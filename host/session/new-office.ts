// A new office: its keyring, its first user, its own data and first dentist.
import { randomUUID } from 'node:crypto'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { ProviderId } from '#core/ids.ts'
import { type Holders, type Keyring, readRecoveryCode, withHolders, wrapKey } from '#db/keyring.ts'
import type { Writer } from '#db/reader.ts'
import type { SessionUser } from '#host/kernel/caller.ts'
import { uuidv7 } from '#host/kernel/ids.ts'
import { addOffice, addProvider } from '#host/office/rows.ts'
import { adoptPeople } from './people-rows.ts'
import { type Present, recordTrail } from './trail.ts'

interface NewKeyring {
  key: Buffer
  user: SessionUser
  password: string
  officeName: string
  recoveryCode: string
  scryptN: number
}

/** The key wrapped for the owner and for the recovery code; not confirmed before the code was typed back. */
export async function newKeyring(given: NewKeyring): Promise<Keyring> {
  const { key, user, password, officeName, recoveryCode, scryptN } = given
  const holders = {
    slots: [{ id: user.id, name: user.name, role: user.role, wrapped: await wrapKey(key, password, user.id, scryptN) }],
    recovery: await wrapKey(key, readRecoveryCode(recoveryCode)!, 'recovery', scryptN),
    revision: 1,
  }
  const rest = { failures: 0, blockedUntil: null, lockedBy: null, autoLockMinutes: 10 }
  return withHolders({ version: 1, vaultId: randomUUID(), officeName, confirmed: false, ...rest }, holders, key)
}

/** The rows of a new office. */
export async function writeOffice(
  present: Present,
  tx: Writer,
  now: string,
  { office, provider }: ParsedInputOf<'session.setup'>,
  holders: Holders,
): Promise<void> {
  const stamp = { user: present.principal.user, now }
  await adoptPeople(tx, holders, now)
  await addOffice(tx, office, stamp)
  if (provider) await addProvider(tx, uuidv7() as ProviderId, provider, stamp)
  await recordTrail(present, tx, now, ['session.setup', 'office', '1'])
}
