// Is every page of the database what was written? Table by table, so that others are served between; nothing is ever changed.
import { existsSync, rmSync, statSync } from 'node:fs'
import { toNamespacedPath } from 'node:path'
import Sqlite from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import { checkHeader, giveKey, translateOpenError } from './open.ts'

/** What `checkTable` is to be called with, one after the other, for the whole database. */
export function tablesToCheck(sqlite: Sqlite.Database): string[] {
  const names = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]
  return ['sqlite_schema', ...names]
}

/** @throws DATA_DAMAGED when a page of the table or of its indexes was changed from outside or contradicts another */
export function checkTable(sqlite: Sqlite.Database, table: string): void {
  // It reads each page once: what it kept of them would be memory that the process never gives back.
  const room = sqlite.pragma('cache_size', { simple: true }) as number
  sqlite.pragma('cache_size=-4000')
  // Every page carries a seal: one flipped bit fails the read itself.
  const found = sqlite.pragma(`quick_check('${table}')`, { simple: true })
  sqlite.pragma(`cache_size=${room}`)
  if (found !== 'ok') throw damagedInside('quick-check')
  // It filled the cache with pages that nobody asked for, 32 MB in a large office.
  sqlite.pragma('shrink_memory')
}

/** The indexes and references too, in one go. @throws DATA_DAMAGED */
export function checkWholeFile(sqlite: Sqlite.Database): void {
  const isWhole = sqlite.pragma('integrity_check', { simple: true }) === 'ok'
  if (!isWhole || (sqlite.pragma('foreign_key_check') as unknown[]).length > 0) throw damagedInside('full-check')
}

const damagedInside = (problem: string) =>
  new AppError('DATA_DAMAGED', 'The database is damaged inside. Restore a backup.', { problem })

/** True when the last session did not close: its newest changes lie in the -wal, and opening would fold them into the file. */
export function wasCutOff(file: string): boolean {
  const wal = `${file}-wal`
  return existsSync(wal) && statSync(wal).size > 0
}

/** Gives `look` the database and its -wal as a crash left them, over a connection that cannot write. */
export function lookReadOnly(file: string, key: Buffer, look: (sqlite: Sqlite.Database) => void): void {
  // SQLite throws the -wal of an empty file away.
  checkHeader(file)
  const index = `${file}-shm`
  const isOurs = !existsSync(index)
  const sqlite = new Sqlite(toNamespacedPath(file), { readonly: true, fileMustExist: true, timeout: 1500 })
  try {
    giveKey(sqlite, key)
    look(sqlite)
  } catch (error) {
    throw translateOpenError(error)
  } finally {
    sqlite.close()
    if (isOurs) rmSync(index, { force: true })
  }
}
