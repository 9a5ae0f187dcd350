// A new office: its keyring, its first user, and what it begins with.
import { randomBytes, randomUUID } from 'node:crypto'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { ProviderId, UserId } from '#core/ids.ts'
import { type Keyring, newRecoveryCode, readRecoveryCode, withHolders, wrapKey, writeKeyring } from '#db/keyring.ts'
import type { Writer } from '#db/reader.ts'
import type { Principal, SessionUser } from '#host/kernel/caller.ts'
import { uuidv7 } from '#host/kernel/ids.ts'
import { addOffice, addProvider } from '#host/office/rows.ts'
import { letGo } from './farewell.ts'
import { markFolder, refuseForeignHolder } from './folder-lock.ts'
import type { Office } from './office.ts'
import { checkPassword } from './password.ts'
import { adoptPeople } from './people-rows.ts'
import { makeRoom, refuseSecondOffice } from './traces.ts'
import type { OpenVault } from './vault.ts'
import { type Present, recordTrail } from './trail.ts'

interface NewKeyring {
  key: Buffer
  user: SessionUser
  password: string
  officeName: string
  recoveryCode: string
  scryptN: number
}

/** What a new office begins with. */
export interface Founding {
  officeName: string
  /** They are somebody already, in what is brought along. */
  id?: UserId | undefined
  /** Lays a database into the folder; an empty one is made where it is left out. */
  lay?: (key: Buffer, keyring: Keyring) => Promise<void>
  /** Its first transaction; the people were written. */
  begin: (present: Present, tx: Writer, keyring: Keyring) => Promise<void>
  /** Clears away what was laid there, when it comes to nothing. */
  clear?: () => void
}

/**
 * Makes the folder an office, its first person at `seat`. Nobody gets at it before the recovery code was typed back.
 * @param prepare what is looked at before anything is changed in the folder
 * @throws REFUSED where an office lives, WEAK_PASSWORD, DATA_IN_USE
 */
export async function foundOffice(
  office: Office,
  { name, password }: { name: string; password: string },
  seat: (user: SessionUser) => Principal,
  prepare: () => Promise<Founding>,
): Promise<{ recoveryCode: string; vault: OpenVault; principal: Principal }> {
  await office.settle()
  const { paths, scryptN, options } = office
  await refuseSecondOffice(paths, office.backups)
  refuseForeignHolder(office.folder)
  checkPassword(password, name)
  await office.drop()
  const { officeName, id, lay, begin, clear } = await prepare()
  const now = options.now()
  const key = randomBytes(32)
  const user: SessionUser = { id: id ?? (uuidv7() as UserId), name, role: 'owner' }
  const recoveryCode = newRecoveryCode()
  const keyring = await newKeyring({ key, user, password, officeName, recoveryCode, scryptN })
  let vault: OpenVault | null = null
  try {
    makeRoom(paths, now)
    writeKeyring(paths.keyring, keyring)
    await lay?.(key, keyring)
    const opened = office.create(key, lay !== undefined)
    vault = opened
    markFolder(office.folder)
    const principal = seat(user)
    await opened.write(async (tx) => {
      await adoptPeople(tx, keyring, now)
      await begin({ vault: opened, principal }, tx, keyring)
    })
    return { recoveryCode, vault: opened, principal }
  } catch (error) {
    key.fill(0)
    await letGo(vault)
    clear?.()
    throw error
  }
}

/** The key wrapped for the owner and for the recovery code; not confirmed before the code was typed back. */
async function newKeyring(given: NewKeyring): Promise<Keyring> {
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
): Promise<void> {
  const stamp = { user: present.principal.user, now }
  await addOffice(tx, office, stamp)
  if (provider) await addProvider(tx, uuidv7() as ProviderId, provider, stamp)
  await recordTrail(present, tx, now, ['session.setup', 'office', '1'])
}
