// Who the invented practice belongs to.
import type { SessionUser } from '#host/kernel/caller.ts'
import type { Writer } from '#db/reader.ts'

/** The first person of the office: what is seeded is signed with their name. */
export function ownerOf(tx: Writer): Promise<SessionUser> {
  return tx.selectFrom('app_user').select(['id', 'name', 'role']).orderBy('created_at').executeTakeFirstOrThrow()
}
