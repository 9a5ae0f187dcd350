// One page over several states of a worklist: each state is read in the order of its index, then merged. And its counts.
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { MOST_COUNTED } from '#core/counts.ts'
import type { Reader } from '#db/reader.ts'

/** Rows in the order of the list: unsent first, then by the date sent, then by id. */
interface Sent {
  id: string
  sent_on: string | null
}

export interface PageOf<Row> {
  rows: Row[]
  /** Where the next page begins, or null at the end. */
  next: string | null
}

/** A page of rows of which one more than `limit` was asked for. */
export function pageOf<Row>(rows: readonly Row[], limit: number, cursorOf: (last: Row) => string): PageOf<Row> {
  const page = rows.slice(0, limit)
  return { rows: page, next: rows.length > limit ? cursorOf(page.at(-1)!) : null }
}

/**
 * Merges one page from the states of a view. `fetch` reads up to `limit + 1` rows of one state after the cursor, ordered
 * by `sent_on, id`: a single `state in (…)` would sort everything before the first row.
 */
export async function pageByState<Row extends Sent>(
  states: readonly string[],
  limit: number,
  fetch: (state: string) => Promise<Row[]>,
): Promise<PageOf<Row>> {
  const all: Row[] = []
  for (const state of states) all.push(...(await fetch(state)))
  all.sort((a, b) => compare(a.sent_on ?? '', b.sent_on ?? '') || compare(a.id, b.id))
  return pageOf(all, limit, (last) => `${last.sent_on ?? ''}|${last.id}`)
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The condition "after the cursor" on `sent_on` and `id` of a table's alias; nothing sent comes first. */
export function afterCursor(alias: string, cursor: string): RawBuilder<boolean> {
  const [sentOn, id] = cursor.split('|')
  const sent = sql.ref(`${alias}.sent_on`)
  const key = sql.ref(`${alias}.id`)
  return sentOn === ''
    ? sql<boolean>`((${sent} IS NULL AND ${key} > ${id}) OR ${sent} IS NOT NULL)`
    : sql<boolean>`(${sent}, ${key}) > (${sentOn}, ${id})`
}

/** How many rows the query has, at most `MOST_COUNTED`: reading stops there. */
export async function countSome<Tables, Alias extends keyof Tables>(
  db: Reader,
  rows: SelectQueryBuilder<Tables, Alias, object>,
): Promise<number> {
  const { n } = await db
    .selectFrom(rows.limit(MOST_COUNTED).as('some'))
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}
