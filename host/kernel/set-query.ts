// Queries over the rows of many things at once: built and compiled once, run with whatever ids.
import type { CompiledQuery, Kysely } from 'kysely'
import type { Reader } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'

/** Lists are filled up to one of these lengths, so that few texts are prepared. */
const LENGTHS = [1, 4, 20, 100] as const
const MOST = LENGTHS.at(-1)!

interface Compilable<Row> {
  compile(): CompiledQuery<Row>
}

/**
 * @param build the query over a list of ids; run for each length once, so it may depend on nothing else
 * @returns its rows for the ids given, read in parts where they are many
 */
export function setQuery<Id extends string, Row>(
  build: (db: Reader, ids: Id[]) => Compilable<Row>,
): (db: Reader, ids: readonly Id[]) => Promise<Row[]> {
  const compiled = new Map<number, CompiledQuery<Row>>()
  const queryFor = (db: Reader, length: number) => {
    const known =
      compiled.get(length) ??
      build(
        db,
        Array.from({ length }, (_, at) => markOf(at) as Id),
      ).compile()
    compiled.set(length, known)
    return known
  }
  return async (db, ids) => {
    const rows: Row[] = []
    for (let from = 0; from < ids.length; from += MOST) {
      const part = ids.slice(from, from + MOST)
      const query = queryFor(
        db,
        LENGTHS.find((length) => length >= part.length)!,
      )
      const parameters = query.parameters.map((value) => valueOf(value, part))
      const result = await (db as Kysely<Database>).executeQuery<Row>({ ...query, parameters })
      rows.push(...result.rows)
    }
    return rows
  }
}

const MARK = '\u0000id '
const markOf = (at: number) => `${MARK}${at}`
/** Places beyond the list repeat its first id, which changes nothing. */
function valueOf(value: unknown, ids: readonly string[]): unknown {
  if (typeof value !== 'string' || !value.startsWith(MARK)) return value
  return ids[Number(value.slice(MARK.length))] ?? ids[0]
}

/** Rows by the column that names what they belong to; everything asked for has a list, if an empty one. */
export function groupBy<Key, Column extends string, Row extends Record<Column, Key | null>, Value>(
  keys: readonly Key[],
  rows: readonly Row[],
  column: Column,
  valueOf: (row: Row) => Value,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>(keys.map((key) => [key, []]))
  for (const row of rows) groups.get(row[column] as Key)?.push(valueOf(row))
  return groups
}

/** A query like `setQuery`, whose rows are grouped by the column that holds the ids asked for. */
export function groupedQuery<Id extends string, Column extends string, Row extends Record<Column, Id | null>, Value>(
  column: Column,
  build: (db: Reader, ids: Id[]) => Compilable<Row>,
  valueOf: (row: Row) => Value,
): (db: Reader, ids: readonly Id[]) => Promise<Map<Id, Value[]>> {
  const read = setQuery(build)
  return async (db, ids) => groupBy(ids, await read(db, ids), column, valueOf)
}
