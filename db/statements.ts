// Prepared statements are kept: planning a query of this schema takes longer than running it.
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import type Sqlite from 'better-sqlite3'

/** More different texts than the app has; those with lists of ids come in many lengths. */
const MOST_KEPT = 600

/** The database as Kysely wants it, preparing each text once. SQLite itself plans a statement anew when the schema has changed. */
export function keepStatements(sqlite: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    prepare(sql) {
      const known = kept.get(sql)
      // Last used last: the one that is dropped is the one not asked for longest.
      if (known) kept.delete(sql)
      const statement = known ?? sqlite.prepare(sql)
      kept.set(sql, statement)
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
      return statement
    },
    close: () => sqlite.close(),
  }
}
