// People of the office as the database keeps them: who may open the data, and as what. The key file is written from here.
import { sql } from 'kysely'
import type { UserId } from '#core/ids.ts'
import { type Holders, isSameWrapped, type KeySlot, type Wrapped } from '#db/keyring.ts'
import type { Writer } from '#db/reader.ts'
import type { SessionUser } from '#host/kernel/caller.ts'

/** With which of the wrapped keys somebody opened the data, and who they say they are. */
export interface Claim {
  id: string
  wrapped: Wrapped
  by: 'password' | 'code'
}

/** Who that is today; null for somebody who was removed, and for an old password or code. */
export function admit(holders: Holders | null, { id, wrapped, by }: Claim): SessionUser | null {
  const slot = holders?.slots.find((one) => one.id === id)
  const today = by === 'code' ? holders?.recovery : slot?.wrapped
  return slot && today && isSameWrapped(today, wrapped) ? userOf(slot) : null
}

function userOf({ id, name, role }: KeySlot): SessionUser {
  return { id: id as UserId, name, role }
}

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
  { role, wrapped }: { role?: SessionUser['role']; wrapped?: Wrapped },
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
