// People of the office as the database keeps them: who may open the data, and as what. The key file is written from here.
import { sql } from 'kysely'
import type { Role } from '#core/contract/route.ts'
import type { UserId } from '#core/ids.ts'
import type { Holders, KeySlot, Wrapped } from '#db/keyring.ts'
import type { Reader, Writer } from '#db/reader.ts'

interface Person {
  id: UserId
  name: string
  role: Role
  active: boolean
}

/** Everybody, also who was removed, by name. */
export async function listPeople(db: Reader): Promise<Person[]> {
  const rows = await db.selectFrom('app_user').select(['id', 'name', 'role', 'active']).orderBy('name').execute()
  return rows.map((row) => ({ ...row, active: row.active === 1 }))
}

/** Somebody of this name may sign in. */
export async function isNameTaken(db: Reader, name: string): Promise<boolean> {
  const row = await activePeople(db).where('name', '=', name).executeTakeFirst()
  return row !== undefined
}

/** Undefined for somebody who is not, or no longer, there. */
export const findPerson = (db: Reader, id: UserId) => activePeople(db).where('id', '=', id).executeTakeFirst()

export async function countOwners(db: Reader): Promise<number> {
  return (await activePeople(db).where('role', '=', 'owner').execute()).length
}

const activePeople = (db: Reader) => db.selectFrom('app_user').select(['id', 'name', 'role']).where('active', '=', 1)

/** The row of somebody who may open the data. */
export async function addPerson(tx: Writer, { id, name, role, wrapped }: KeySlot, now: string): Promise<void> {
  const active = { name, role, active: 1, wrapped_json: JSON.stringify(wrapped) } as const
  await tx
    .insertInto('app_user')
    .values({ id: id as UserId, ...active, created_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(active))
    .execute()
}

/** Gives somebody another role or password. */
export async function changePerson(
  tx: Writer,
  id: UserId,
  { role, wrapped }: { role?: Role; wrapped?: Wrapped },
): Promise<void> {
  await tx
    .updateTable('app_user')
    .set({ ...(role && { role }), ...(wrapped && { wrapped_json: JSON.stringify(wrapped) }) })
    .where('id', '=', id)
    .execute()
}

/** Their name stays in the trail; what they had opened the data with is gone. */
export async function removePerson(tx: Writer, id: UserId): Promise<void> {
  await tx.updateTable('app_user').set({ active: 0, wrapped_json: null }).where('id', '=', id).execute()
}

/** Belongs to each change of the people: of two key files the one with the higher number counts. */
export async function countRevision(tx: Writer, recovery?: Wrapped): Promise<void> {
  await tx
    .updateTable('key_file')
    .set({ revision: sql`revision + 1`, ...(recovery && { recovery_json: JSON.stringify(recovery) }) })
    .execute()
}

/** Brings the people in line with a key file: who has no key there is removed, who is new is added. */
export async function adoptPeople(tx: Writer, { slots, recovery, revision }: Holders, now: string): Promise<void> {
  await tx.updateTable('app_user').set({ active: 0, wrapped_json: null }).execute()
  for (const slot of slots) await addPerson(tx, slot, now)
  const row = { revision, recovery_json: JSON.stringify(recovery) }
  await tx
    .insertInto('key_file')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}
