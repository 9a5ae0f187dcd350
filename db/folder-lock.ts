// One Claimwright per data folder, held by the operating system: SQLite's lock on an empty file beside the database.
import { join, toNamespacedPath } from 'node:path'
import Sqlite from 'better-sqlite3'
import { translateOpenError } from './open.ts'

export interface FolderLock {
  release(): void
}

/**
 * Holds the folder until released. When the process ends, however it ends, the system lets go of it; the file stays,
 * empty, and says nothing by itself.
 * @throws AppError DATA_IN_USE when somebody holds it, STORAGE
 */
export function holdFolder(folder: string): FolderLock {
  let file: Sqlite.Database | null = null
  try {
    // Nobody else ever holds it for a moment only: a short wait is for a closing Claimwright.
    file = new Sqlite(toNamespacedPath(join(folder, 'in-use.lock')), { timeout: 1500 })
    file.exec('BEGIN EXCLUSIVE')
    const held = file
    return { release: () => void held.close() }
  } catch (error) {
    file?.close()
    throw translateOpenError(error)
  }
}
