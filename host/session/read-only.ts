// A data folder that takes no writes, such as a write-protected stick: what lies there is read from a copy aside.
import { chmodSync, closeSync, copyFileSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { bestEffort } from '#db/files.ts'
import { LOCK_FILE } from '#db/folder-lock.ts'

/** Whether nothing can be written to the database, or no file made beside it. */
export function takesNoWrites(database: string): boolean {
  const refuses = (file: string, flags: 'a' | 'r+') => {
    try {
      closeSync(openSync(file, flags))
      return false
    } catch (error) {
      return ['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')
    }
  }
  // A database that is missing must stay so.
  return refuses(join(dirname(database), LOCK_FILE), 'a') || refuses(database, 'r+')
}

export const nothingSaved = () =>
  new AppError('STORAGE', 'Opened read-only: this disk or folder refuses writes. Nothing was saved.', {
    problem: 'read-only',
  })

export const COPY_PREFIX = 'claimwright-reading-'

/** SQLite writes beside a file even to read it. @returns the copy of the database, encrypted as it is, and how it goes */
export function copyToRead(database: string): { file: string; drop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), COPY_PREFIX))
  const drop = () => bestEffort(() => rmSync(folder, { recursive: true, force: true }))
  try {
    for (const name of [database, `${database}-wal`].filter((file) => existsSync(file)).map((file) => basename(file)))
      copyWritable(join(dirname(database), name), join(folder, name))
  } catch (error) {
    drop()
    throw error
  }
  return { file: join(folder, basename(database)), drop }
}

/** A copy of a read-only file is one that can be written to. */
function copyWritable(from: string, to: string): void {
  copyFileSync(from, to)
  chmodSync(to, 0o600)
}
