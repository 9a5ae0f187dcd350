// Who holds a key to the data, as the database says it: the key file is a copy of this, and counts for nothing against it.
import type Sqlite from 'better-sqlite3'
import type { Role } from '#core/contract/route.ts'
import type { Holders, Wrapped } from './keyring.ts'

interface UserRow {
  id: string
  name: string
  role: Role
  wrapped_json: string
}
interface KeyFileRow {
  revision: number
  recovery_json: string
}

/** In the order in which they came; null in a file that was never set up. */
export function holdersIn(sqlite: Sqlite.Database): Holders | null {
  const users = sqlite
    .prepare('SELECT id, name, role, wrapped_json FROM app_user WHERE active = 1 ORDER BY created_at, id')
    .all() as UserRow[]
  const row = sqlite.prepare('SELECT revision, recovery_json FROM key_file').get() as KeyFileRow | undefined
  if (!row) return null
  return {
    revision: row.revision,
    recovery: JSON.parse(row.recovery_json) as Wrapped,
    slots: users.map(({ wrapped_json, ...user }) => ({ ...user, wrapped: JSON.parse(wrapped_json) as Wrapped })),
  }
}
