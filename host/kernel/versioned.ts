// Optimistic updates: a row is written only in the version the person saw; else who changed it is told.
import { type CompiledQuery, sql, type Updateable } from 'kysely'
import { AppError } from '#core/errors.ts'
import type { Instant } from '#core/dates.ts'
import type { UserId } from '#core/ids.ts'
import type { Writer } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'

/** Tables that carry `version`, `updated_by`, `updated_at`. */
export type VersionedTable = {
  [Table in keyof Database]: Database[Table] extends { version: unknown; updated_by: unknown; updated_at: unknown }
    ? Table
    : never
}[keyof Database]

export interface Stamp {
  user: { id: UserId }
  now: Instant
}

/** The stamp columns of a new row. */
export function stampOf({ user, now }: Stamp) {
  return { version: 1, updated_by: user.id, updated_at: now }
}

/** Who recorded a row that nobody edits afterwards, and when. */
export function recordedBy({ user, now }: Stamp) {
  return { recorded_by: user.id, recorded_at: now }
}

interface Update {
  table: keyof Database
  columns: readonly string[]
  idColumn: string
  /** Whether the version counts up, and whether it has to be the one that was seen. */
  version: 'none' | 'counted' | 'guarded'
}
const compiled = new Map<string, CompiledQuery>()
/** Built and compiled once for the same columns. */
function statementFor(tx: Writer, { table, columns, idColumn, version }: Update): CompiledQuery {
  const key = [table, idColumn, version, ...columns].join(' ')
  const build = () => {
    const count = version === 'none' ? [] : [sql`version = version + 1`]
    const set = sql.join([...columns.map((column) => sql`${sql.ref(column)} = ${null}`), ...count])
    const guard = version === 'guarded' ? sql` AND version = ${null}` : sql``
    return sql`UPDATE ${sql.table(table)} SET ${set} WHERE ${sql.ref(idColumn)} = ${null}${guard}`.compile(tx)
  }
  const known = compiled.get(key) ?? build()
  compiled.set(key, known)
  return known
}

/** Sets columns of one row that no person edits: nobody's change, and no version counts up. */
export async function updateRow<Table extends keyof Database>(
  tx: Writer,
  table: Table,
  id: string,
  changes: Updateable<Database[Table]>,
): Promise<void> {
  const update: Update = { table, columns: Object.keys(changes), idColumn: 'id', version: 'none' }
  await tx.executeQuery({ ...statementFor(tx, update), parameters: [...Object.values(changes), id] })
}

/**
 * Sets columns of one row when its version is still `version` (null: whatever it is).
 * @throws CONFLICT with who changed it and when; NOT_FOUND
 */
export async function updateVersioned<Table extends VersionedTable>(
  tx: Writer,
  table: Table,
  id: string | number,
  version: number | null,
  changes: Partial<Record<keyof Database[Table], unknown>>,
  stamp: Stamp,
  idColumn = 'id',
): Promise<void> {
  const columns = [...Object.keys(changes), 'updated_by', 'updated_at']
  const guard = version === null ? [] : [version]
  const parameters = [...Object.values(changes), stamp.user.id, stamp.now, id, ...guard]
  const statement = statementFor(tx, { table, columns, idColumn, version: version === null ? 'counted' : 'guarded' })
  const result = await tx.executeQuery({ ...statement, parameters })
  if (result.numAffectedRows === 1n) return
  const { rows } = await sql<{
    version: number
    updated_at: string
    name: string | null
  }>`SELECT version, updated_at, app_user.name FROM ${sql.table(table)} AS t
    LEFT JOIN app_user ON app_user.id = t.updated_by WHERE t.${sql.ref(idColumn)} = ${id}`.execute(tx)
  const present = rows[0]
  if (!present) throw new AppError('NOT_FOUND', 'This record no longer exists.', { entity: table, id })
  throw new AppError(
    'CONFLICT',
    `${present.name ?? 'Somebody'} changed this in the meantime. Look at the new values, then enter yours again.`,
    {
      changedBy: present.name,
      changedAt: present.updated_at,
      version: present.version,
    },
  )
}

/** Changes columns of rows of one table in the version the person saw; null for changes that cannot collide. */
export const updaterOf =
  <Table extends VersionedTable>(table: Table) =>
  (tx: Writer, id: string, version: number | null, changes: Updateable<Database[Table]>, stamp: Stamp): Promise<void> =>
    updateVersioned(tx, table, id, version, changes as never, stamp)

/** Unwraps a row that must exist. @throws NOT_FOUND */
export function found<Row>(row: Row | undefined, entity: string, id: string): Row {
  if (row === undefined) throw new AppError('NOT_FOUND', 'This record no longer exists.', { entity, id })
  return row
}
