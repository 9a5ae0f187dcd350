// One Claimwright per data folder, held by the operating system: SQLite's lock on an empty file beside the database.
import { statSync, truncateSync } from 'node:fs'
import { join, toNamespacedPath } from 'node:path'
import Sqlite from 'better-sqlite3'
import { translateOpenError } from './open.ts'

export const LOCK_FILE = 'in-use.lock'

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
  const path = join(folder, LOCK_FILE)
  try {
    // SQLite would take what something else wrote there for a damaged database, and nobody could open the office.
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) truncateSync(path)
    // Nobody else ever holds it for a moment only: a short wait is for a closing Claimwright.
    file = new Sqlite(toNamespacedPath(path), { timeout: 1500 })
    file.exec('BEGIN EXCLUSIVE')
    const held = file
    return { release: () => void held.close() }
  } catch (error) {
    file?.close()
    throw translateOpenError(error)
  }
}
