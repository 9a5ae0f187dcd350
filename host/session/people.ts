// People of the office as the database keeps them; who may sign in is in the key file.
import type { UserId } from '#core/ids.ts'
import type { KeySlot } from '#db/keyring.ts'
import type { Writer } from '#db/reader.ts'

/** Brings the people in line with the key file: who has no key there is removed, who is new is added. */
export async function adoptPeople(tx: Writer, slots: readonly KeySlot[], now: string): Promise<void> {
  const rows = await tx.selectFrom('app_user').select(['id', 'name']).execute()
  const names = new Map<string, string>(rows.map((row) => [row.id, row.name.toLowerCase()]))
  await tx.updateTable('app_user').set({ active: 0 }).execute()
  for (const { id, role, ...slot } of slots) {
    names.delete(id)
    const name = freeName(slot.name, [...names.values()])
    names.set(id, name.toLowerCase())
    await tx
      .insertInto('app_user')
      .values({ id: id as UserId, name, role, active: 1, created_at: now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ role, active: 1 }))
      .execute()
  }
}

/** Somebody of that name may have been removed before this one came. */
function freeName(name: string, taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name} (${count})`
    if (!taken.includes(free.toLowerCase())) return free
  }
}
