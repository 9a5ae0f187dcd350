// A new office: its keyring, its first user, its own data and first dentist.
import { randomUUID } from 'node:crypto'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { type Keyring, readRecoveryCode, wrapKey } from '#db/keyring.ts'
import type { Writer } from '#db/reader.ts'
import type { SessionUser } from '#host/kernel/caller.ts'
import { uuidv7 } from '#host/kernel/ids.ts'
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
  return {
    version: 1,
    vaultId: randomUUID(),
    officeName,
    confirmed: false,
    slots: [{ id: user.id, name: user.name, role: user.role, wrapped: await wrapKey(key, password, user.id, scryptN) }],
    recovery: await wrapKey(key, readRecoveryCode(recoveryCode)!, 'recovery', scryptN),
    failures: 0,
    blockedUntil: null,
    lockedBy: null,
    autoLockMinutes: 10,
  }
}

/** The rows of a new office. */
export async function writeOffice(
  present: Present,
  tx: Writer,
  now: string,
  { office, provider }: ParsedInputOf<'session.setup'>,
): Promise<void> {
  const { id, name, role } = present.principal.user
  await tx.insertInto('app_user').values({ id, name, role, active: 1, created_at: now }).execute()
  const stamp = { version: 1, updated_by: id, updated_at: now }
  const { address, phone, npi, taxId } = office
  await tx
    .insertInto('office')
    .values({ id: 1, name: office.name, ...address, phone, npi, tax_id: taxId, ...stamp })
    .execute()
  if (provider)
    await tx
      .insertInto('provider')
      .values({
        id: uuidv7() as never,
        first_name: provider.firstName,
        last_name: provider.lastName,
        npi: provider.npi,
        license: provider.license,
        taxonomy: provider.taxonomy,
        active: 1,
        ...stamp,
      })
      .execute()
  await recordTrail(present, tx, now, ['session.setup', 'office', '1'])
}
