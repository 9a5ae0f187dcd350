// Optimistic updates: a row is written only in the version the person saw; else who changed it is told.
import { sql } from 'kysely'
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
  const assignments = Object.entries({ ...changes, updated_by: stamp.user.id, updated_at: stamp.now }).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value as string | number | null}`,
  )
  const guard = version === null ? sql`` : sql` AND version = ${version}`
  const result =
    await sql`UPDATE ${sql.table(table)} SET ${sql.join([...assignments, sql`version = version + 1`])} WHERE ${sql.ref(idColumn)} = ${id}${guard}`.execute(
      tx,
    )
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

/** Unwraps a row that must exist. @throws NOT_FOUND */
export function found<Row>(row: Row | undefined, entity: string, id: string): Row {
  if (row === undefined) throw new AppError('NOT_FOUND', 'This record no longer exists.', { entity, id })
  return row
}
