// People of the office: who may sign in, with which key slot; removing a person removes the slot.
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import { type Keyring, readKeyring, unwrapKey, wrapKey, writeKeyring } from '#db/keyring.ts'
import type { SessionUser } from '#host/kernel/caller.ts'
import { uuidv7 } from '#host/kernel/ids.ts'
import { checkPassword } from './password.ts'
import type { OpenVault } from './vault.ts'
import { type Present, recordTrail } from './trail.ts'

export interface UserDesk extends Present {
  keyringFile: string
  scryptN: number
  now: string
}

/** The key slot of a person, by their name as typed. */
export function slotOf(keyring: Keyring, name: string): Keyring['slots'][number] | undefined {
  return keyring.slots.find((slot) => slot.name.toLowerCase() === name.toLowerCase())
}

export function userOf({ id, name, role }: Keyring['slots'][number]): SessionUser {
  return { id: id as UserId, name, role }
}

export async function listUsers(vault: OpenVault): Promise<OutputOf<'user.list'>> {
  const rows = await vault.read((db) => db.selectFrom('app_user').selectAll().orderBy('name').execute())
  return { users: rows.map((row) => ({ id: row.id, name: row.name, role: row.role, active: row.active === 1 })) }
}

/** @throws WRONG_PASSWORD, REFUSED for a weak new one */
export async function changePassword(
  desk: UserDesk,
  input: ParsedInputOf<'session.changePassword'>,
): Promise<Record<string, never>> {
  const { vault, principal, keyringFile, scryptN, now } = desk
  const keyring = readKeyring(keyringFile)
  const slot = keyring.slots.find((candidate) => candidate.id === principal.user.id)!
  const key = await unwrapKey(slot.wrapped, input.password, slot.id)
  if (!key) throw new AppError('WRONG_PASSWORD', 'The present password is not right.', {})
  checkPassword(input.newPassword, slot.name)
  slot.wrapped = await wrapKey(key, input.newPassword, slot.id, scryptN)
  key.fill(0)
  writeKeyring(keyringFile, keyring)
  await vault.write((tx) => recordTrail(desk, tx, now, ['session.changePassword', 'user', slot.id]))
  return {}
}

/** @throws REFUSED for a name that is taken or a weak password */
export async function addUser(desk: UserDesk, input: ParsedInputOf<'user.add'>): Promise<OutputOf<'user.add'>> {
  const { vault, keyringFile, scryptN, now } = desk
  const keyring = readKeyring(keyringFile)
  if (keyring.slots.some((slot) => slot.name.toLowerCase() === input.name.toLowerCase()))
    throw new AppError('REFUSED', 'This name is taken. Add an initial.', { reasons: ['name taken'] })
  checkPassword(input.password, input.name)
  const id = uuidv7() as UserId
  const wrapped = await wrapKey(vault.key, input.password, id, scryptN)
  await vault.write(async (tx) => {
    await tx
      .insertInto('app_user')
      .values({ id, name: input.name, role: input.role, active: 1, created_at: now })
      .execute()
    await recordTrail(desk, tx, now, ['user.add', 'user', id], { role: input.role })
  })
  keyring.slots.push({ id, name: input.name, role: input.role, wrapped })
  writeKeyring(keyringFile, keyring)
  return { id }
}

/** @throws REFUSED for the last owner and for oneself, NOT_FOUND */
export async function removeUser(desk: UserDesk, input: ParsedInputOf<'user.remove'>): Promise<Record<string, never>> {
  const { vault, principal, keyringFile, now } = desk
  const keyring = readKeyring(keyringFile)
  const slot = keyring.slots.find((candidate) => candidate.id === input.id)
  if (!slot) throw new AppError('NOT_FOUND', 'This person is not in the list.', { entity: 'user', id: input.id })
  const owners = keyring.slots.filter((candidate) => candidate.role === 'owner')
  if (slot.role === 'owner' && owners.length === 1)
    throw new AppError('REFUSED', 'The last owner cannot be removed. Make somebody else owner first.', {
      reasons: ['last owner'],
    })
  if (slot.id === principal.user.id) throw new AppError('REFUSED', 'You cannot remove yourself.', { reasons: ['self'] })
  await vault.write(async (tx) => {
    await tx.updateTable('app_user').set({ active: 0 }).where('id', '=', input.id).execute()
    await recordTrail(desk, tx, now, ['user.remove', 'user', input.id])
  })
  writeKeyring(keyringFile, { ...keyring, slots: keyring.slots.filter((candidate) => candidate.id !== input.id) })
  return {}
}
