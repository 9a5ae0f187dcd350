// New rows of a table: the statement is built and compiled once, and many rows go together, a table at a time.
import type { CompiledQuery, Insertable, Kysely } from 'kysely'
import type { Reader, Writer } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'

type Table = keyof Database
type Row<Name extends Table = Table> = Insertable<Database[Name]>
/** Rows go in parts of these lengths, the longest first, so that few texts are prepared. */
const LENGTHS = [100, 20, 4, 1] as const

const compiled = new Map<string, CompiledQuery>()
function statementFor(tx: Writer, table: Table, columns: readonly string[], length: number): CompiledQuery {
  const key = `${length} ${table} ${columns.join(' ')}`
  const blank = Object.fromEntries(columns.map((column) => [column, null]))
  const known =
    compiled.get(key) ??
    tx
      .insertInto(table)
      .values(Array.from({ length }, () => blank as never))
      .compile()
  compiled.set(key, known)
  return known
}

async function write(tx: Writer, table: Table, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  for (let from = 0; from < rows.length;) {
    const length = LENGTHS.find((one) => one <= rows.length - from)!
    const parameters: unknown[] = []
    for (const row of rows.slice(from, from + length) as Record<string, unknown>[]) {
      if (Object.keys(row).length !== columns.length) throw new Error(`rows of ${table} name different columns`)
      for (const column of columns) parameters.push(row[column])
    }
    await tx.executeQuery({ ...statementFor(tx, table, columns, length), parameters })
    from += length
  }
}

/** What waits to be written in a transaction, by table, parents first. */
const waiting = new WeakMap<object, Map<Table, Row[]>>()

/** Inserts rows of one table; all name the same columns. Inside `together` those of its tables wait. */
export async function insertRows<Name extends Table>(
  tx: Writer,
  table: Name,
  rows: readonly Row<Name>[],
): Promise<void> {
  const held = waiting.get(tx)?.get(table)
  if (held) for (const row of rows) held.push(row)
  else await write(tx, table, rows)
}

/** Inserts one row. */
export const insertRow = <Name extends Table>(tx: Writer, table: Name, row: Row<Name>): Promise<void> =>
  insertRows(tx, table, [row])

/** Keeps one row for `key`: what is there already takes over the other values. */
export async function putRow<Name extends Table, Key extends keyof Row<Name>>(
  tx: Writer,
  table: Name,
  key: Pick<Row<Name>, Key>,
  values: Omit<Row<Name>, Key>,
): Promise<void> {
  await (tx as Kysely<Record<string, Record<string, unknown>>>)
    .insertInto(table)
    .values({ ...key, ...values })
    .onConflict((conflict) => conflict.columns(Object.keys(key)).doUpdateSet(values as object))
    .execute()
}

/**
 * While `work` runs, new rows of these tables wait and are written together: at its end, and before `writeWaiting`.
 * @param tables what others refer to before those others; nothing in `work` reads them otherwise
 */
export async function together<T>(tx: Writer, tables: readonly Table[], work: () => Promise<T>): Promise<T> {
  waiting.set(tx, new Map(tables.map((table) => [table, []])))
  try {
    const result = await work()
    await writeWaiting(tx)
    return result
  } finally {
    waiting.delete(tx)
  }
}

/** Writes what waits: call it before it is read. */
export async function writeWaiting(db: Reader): Promise<void> {
  for (const [table, rows] of waiting.get(db) ?? [])
    if (rows.length > 0) await write(db as Kysely<Database> as Writer, table, rows.splice(0))
}
