// People of the office: who may sign in, and as what. Each verb is one transaction, and the key file is written with it.
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { Role } from '#core/contract/route.ts'
import { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import { type Keyring, wrapKey } from '#db/keyring.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { handOver } from '#host/today/hand-over.ts'
import { openWorkCounts } from '#host/today/hand-over-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { uuidv7 } from '#host/kernel/ids.ts'
import { checkPassword } from './password.ts'
import {
  addPerson,
  changePerson,
  countOwners,
  findPerson,
  isNameTaken,
  listPeople,
  removePerson,
} from './people-rows.ts'
import type { OpenVault } from './vault.ts'

/** What a change of people is made with. */
export interface UserDesk {
  key: Buffer
  scryptN: number
  /** Runs it as one command; the key file is written with its rows. */
  change: <T>(work: (context: CommandContext) => Promise<T>) => Promise<T>
}

/** The key slot of a person, by their name as typed. */
export function slotOf(keyring: Keyring, name: string): Keyring['slots'][number] | undefined {
  return keyring.slots.find((slot) => slot.name.toLowerCase() === name.toLowerCase())
}

export async function listUsers(vault: OpenVault): Promise<OutputOf<'user.list'>> {
  const { people, work } = await vault.read(async (db) => ({
    people: await listPeople(db),
    work: await openWorkCounts(db),
  }))
  return { users: people.map((person) => ({ ...person, openWork: work.get(person.id) ?? 0 })) }
}

/** @throws REFUSED for a name that is taken, WEAK_PASSWORD, NOT_FOUND for `as` somebody who is not there, or never left */
export async function addUser(desk: UserDesk, input: ParsedInputOf<'user.add'>): Promise<OutputOf<'user.add'>> {
  const { name, role, password } = input
  checkPassword(password, name)
  const id = input.as ?? (uuidv7() as UserId)
  const wrapped = await wrapKey(desk.key, password, id, desk.scryptN)
  await desk.change(async ({ tx, now, audit }) => {
    if (await isNameTaken(tx, name))
      throw new AppError('REFUSED', 'This name is taken. Add an initial.', { reasons: ['name taken'] })
    if (input.as !== null && !(await listPeople(tx)).some((one) => one.id === id && !one.active))
      throw new AppError('NOT_FOUND', 'This person is not in the list.', { entity: 'user', id })
    await addPerson(tx, { id, name, role, wrapped }, now)
    audit({ entity: 'user', entityId: id, after: { role } })
  })
  return { id }
}

/** @throws REFUSED for the last owner, NOT_FOUND */
export async function setRole(desk: UserDesk, { id, role }: ParsedInputOf<'user.setRole'>): Promise<void> {
  await desk.change(async ({ tx, audit }) => {
    const before = await personOf(tx, id)
    if (role !== 'owner')
      await refuseLastOwner(tx, before, 'The last owner stays owner. Make somebody else owner first.')
    await changePerson(tx, id, { role })
    audit({ entity: 'user', entityId: id, before: { role: before.role }, after: { role } })
  })
}

/** A first password again, for somebody who forgot theirs. @throws WEAK_PASSWORD, NOT_FOUND */
export async function resetPassword(desk: UserDesk, input: ParsedInputOf<'user.resetPassword'>): Promise<void> {
  const { id, password } = input
  checkPassword(password, '')
  const wrapped = await wrapKey(desk.key, password, id, desk.scryptN)
  await desk.change(async ({ tx, audit }) => {
    const { name } = await personOf(tx, id)
    checkPassword(password, name)
    await changePerson(tx, id, { wrapped })
    audit({ entity: 'user', entityId: id })
  })
}

/** Their open work goes over to `to`, or to nobody. @throws REFUSED for the last owner and for oneself, NOT_FOUND */
export async function removeUser(desk: UserDesk, { id, to }: ParsedInputOf<'user.remove'>): Promise<void> {
  await desk.change(async (context) => {
    const { tx, user, audit } = context
    const person = await personOf(tx, id)
    await refuseLastOwner(tx, person, 'The last owner cannot be removed. Make somebody else owner first.')
    if (id === user.id) throw new AppError('REFUSED', 'You cannot remove yourself.', { reasons: ['self'] })
    if (to === id)
      throw new AppError('REFUSED', 'Give the open work to somebody who stays.', { reasons: ['stays assigned'] })
    if (to !== null) await personOf(tx, to)
    const handedOver = await handOver(context, id, to)
    await removePerson(tx, id)
    audit({ entity: 'user', entityId: id, before: { role: person.role }, after: { to, ...handedOver } })
  })
}

/** @throws NOT_FOUND for somebody who is not, or no longer, there */
async function personOf(db: Reader, id: UserId): Promise<{ name: string; role: Role }> {
  const person = await findPerson(db, id)
  if (!person) throw new AppError('NOT_FOUND', 'This person is not in the list.', { entity: 'user', id })
  return person
}

async function refuseLastOwner(tx: Writer, { role }: { role: Role }, words: string): Promise<void> {
  if (role === 'owner' && (await countOwners(tx)) === 1)
    throw new AppError('REFUSED', words, { reasons: ['last owner'] })
}
