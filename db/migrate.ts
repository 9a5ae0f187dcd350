// Brings a database to the newest schema: each migration in one transaction, checked before it commits.
import type Sqlite from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import { migrations } from './migrations/index.ts'

/** The number of the newest migration applied to the file. */
export function schemaVersion(sqlite: Sqlite.Database): number {
  return sqlite.pragma('user_version', { simple: true }) as number
}

/** Whether this app knows the schema; a later one was written by a newer version. */
export const knowsSchema = (schema: number): boolean => schema <= migrations.at(-1)!.id

/** @throws DATA_DAMAGED when the schema is newer than this app */
export function refuseNewerSchema(schema: number): void {
  if (!knowsSchema(schema))
    throw new AppError(
      'DATA_DAMAGED',
      'This data was written by a newer Claimwright. Update Claimwright, then try again.',
      {
        problem: 'newer-schema',
      },
    )
}

/**
 * Applies what is missing, up to the migration `upTo` (all: the file of the newest version; less: a real file of an older one).
 * `beforeFirst` runs once before anything changes (a backup).
 * @throws DATA_DAMAGED when the file is newer than this app; a failing step leaves the file as it was before that step
 */
export function migrate(
  sqlite: Sqlite.Database,
  { upTo = Infinity, beforeFirst = () => {} }: { upTo?: number; beforeFirst?: () => void } = {},
): void {
  const current = schemaVersion(sqlite)
  refuseNewerSchema(current)
  const due = migrations.filter(({ id }) => id > current && id <= upTo)
  if (due.length === 0) return
  beforeFirst()
  for (const migration of due) {
    sqlite.pragma('foreign_keys=OFF')
    try {
      sqlite.transaction(() => {
        for (const statement of migration.statements) sqlite.exec(statement)
        sqlite.pragma(`user_version=${migration.id}`)
        const broken = sqlite.pragma('foreign_key_check') as unknown[]
        if (broken.length > 0) throw new Error(`migration ${migration.id} breaks ${broken.length} references`)
      })()
    } finally {
      sqlite.pragma('foreign_keys=ON')
    }
  }
  if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok')
    throw new AppError('DATA_DAMAGED', 'The database failed its check after the update. Restore a backup.', {
      problem: 'integrity',
    })
}
