// Many rows into many tables by prepared statements: the way past Kysely for hundreds of thousands of invented rows.
import type Sqlite from 'better-sqlite3'
import type { Insertable } from 'kysely'
import type { Database } from '#db/schema.ts'

type Table = keyof Database
type Row<Name extends Table> = Insertable<Database[Name]>

export interface Bulk {
  insert<Name extends Table>(table: Name, row: Row<Name>): void
  readonly counts: ReadonlyMap<string, number>
}

/** Rows go to the open transaction of the connection. Rows of one table must name the same columns in the same order. */
export function openBulk(sqlite: Sqlite.Database): Bulk {
  const statements = new Map<string, Sqlite.Statement>()
  const counts = new Map<string, number>()
  return {
    counts,
    insert(table, row) {
      let statement = statements.get(table)
      if (!statement) {
        const columns = Object.keys(row)
        const names = columns.map((column) => `"${column}"`).join(', ')
        statement = sqlite.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
        statements.set(table, statement)
      }
      statement.run(Object.values(row))
      counts.set(table, (counts.get(table) ?? 0) + 1)
    },
  }
}

/** Holds rows back until `flush`, so that a parent found last can still be written first. */
export function holdBack(bulk: Bulk): Bulk & { flush(): void } {
  const held: (() => void)[] = []
  return {
    counts: bulk.counts,
    insert(table, row) {
      held.push(() => bulk.insert(table, row))
    },
    flush() {
      for (const write of held) write()
    },
  }
}
