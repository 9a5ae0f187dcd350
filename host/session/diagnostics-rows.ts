// What Diagnostics counts in the database.
import { sql } from 'kysely'
import type { Reader } from '#db/reader.ts'

type Counted = 'patient' | 'case_file' | 'claim' | 'attachment' | 'audit'

/** How many rows a table holds. */
export async function countRows(db: Reader, table: Counted): Promise<number> {
  const count = db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('rows'))
  return (await count.executeTakeFirstOrThrow()).rows
}

/** Bytes of all films and documents together. */
export async function attachmentBytes(db: Reader): Promise<number> {
  const sum = db.selectFrom('attachment').select(({ fn }) => fn.sum<number | null>('bytes').as('bytes'))
  return (await sum.executeTakeFirstOrThrow()).bytes ?? 0
}

/** When the last entry of the trail was made; undefined where it has none. */
export async function newestEntryAt(db: Reader): Promise<string | undefined> {
  return (await db.selectFrom('audit').select('at').orderBy('seq', 'desc').limit(1).executeTakeFirst())?.at
}

export async function sqliteVersion(db: Reader): Promise<string> {
  const one = db.selectFrom(sql<{ version: string }>`(SELECT sqlite_version() AS version)`.as('one'))
  return (await one.select('version').executeTakeFirstOrThrow()).version
}
