// Opens the encrypted database: checks first, then key, then pragmas, then proof that each pragma holds.
import { existsSync, openSync, readSync, closeSync, statSync } from 'node:fs'
import { toNamespacedPath } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { refuseUnsafeFolder } from './safe-folder.ts'
import { keepStatements } from './statements.ts'
import { AppError } from '#core/errors.ts'
import type { Database } from './schema.ts'

export interface OpenDatabase {
  sqlite: Sqlite.Database
  db: Kysely<Database>
}

/**
 * Opens an existing database, or creates one when `create` is true and no file exists.
 * @param key 32 random bytes; the caller's buffer is not kept
 * @throws AppError DATA_DAMAGED (wrong key, truncated, plaintext), DATA_IN_USE
 */
export function openDatabase(file: string, key: Buffer, create: boolean): OpenDatabase {
  // The file itself may be a link.
  refuseUnsafeFolder(file)
  if (create) {
    if (existsSync(file))
      throw new AppError('DATA_DAMAGED', 'A database already exists in this folder.', { problem: 'exists' })
  } else checkHeader(file)
  // Windows lets Node use a path over 260 characters, but SQLite only by this form of its name.
  const sqlite = new Sqlite(toNamespacedPath(file), { fileMustExist: !create, timeout: 1500 })
  try {
    giveKey(sqlite, key)
    sqlite.pragma('journal_mode=WAL')
    sqlite.pragma('synchronous=FULL')
    sqlite.pragma('foreign_keys=ON')
    // Pages that a long transaction changes fit in here: what does not is written several times.
    sqlite.pragma('cache_size=-64000')
    settle(sqlite, { ...EXPECTED, synchronous: 2, foreign_keys: 1 })
    return { sqlite, db: queriesOn(sqlite) }
  } catch (error) {
    sqlite.close()
    throw translateOpenError(error)
  }
}

/** Opens a database that `openDatabase` has open once more, unable to write: what it reads waits for no write. */
export function openReader(file: string, key: Buffer): OpenDatabase {
  const sqlite = new Sqlite(toNamespacedPath(file), { readonly: true, fileMustExist: true, timeout: 1500 })
  try {
    giveKey(sqlite, key)
    sqlite.pragma('cache_size=-20000')
    settle(sqlite, EXPECTED)
    return { sqlite, db: queriesOn(sqlite) }
  } catch (error) {
    sqlite.close()
    throw translateOpenError(error)
  }
}

const queriesOn = (sqlite: Sqlite.Database) =>
  new Kysely<Database>({ dialect: new SqliteDialect({ database: keepStatements(sqlite) }) })

/** @throws SQLITE_NOTADB, SQLITE_CORRUPT when the key or the first pages are not right */
export function giveKey(sqlite: Sqlite.Database, key: Buffer): void {
  sqlite.pragma("cipher='sqlcipher'")
  sqlite.pragma('legacy=4')
  const literal = keyLiteral(key)
  sqlite.key(literal)
  literal.fill(0)
  sqlite.prepare('SELECT count(*) FROM sqlite_master').get()
}

/** `x'…'` as SQLite reads a raw key, written digit by digit: a text would stay in memory after the lock. */
function keyLiteral(key: Buffer): Buffer {
  const literal = Buffer.alloc(2 * key.length + 3, "'")
  literal.write('x')
  for (const [at, byte] of key.entries())
    for (const [half, digit] of [byte >> 4, byte & 15].entries())
      literal[2 + 2 * at + half] = digit + (digit < 10 ? 48 : 87)
  return literal
}

/** @throws DATA_DAMAGED for a file that is missing, empty, cut short or not encrypted */
export function checkHeader(file: string): void {
  if (!existsSync(file)) throw new AppError('DATA_DAMAGED', 'The database file is missing.', { problem: 'missing' })
  const { size } = statSync(file)
  if (size === 0 || size % 512 !== 0)
    throw new AppError('DATA_DAMAGED', 'The database file is empty or cut short.', { problem: 'truncated' })
  const head = Buffer.alloc(16)
  const handle = openSync(file, 'r')
  readSync(handle, head, 0, 16, 0)
  closeSync(handle)
  if (head.toString('latin1') === 'SQLite format 3\0')
    throw new AppError('DATA_DAMAGED', 'The database file is not encrypted, so it is not ours.', {
      problem: 'plaintext',
    })
}

/** What holds for every connection; temporary files would hold plain text. */
const EXPECTED = { journal_mode: 'wal', temp_store: 2, trusted_schema: 0, locking_mode: 'normal', cipher: 'sqlcipher' }

function settle(sqlite: Sqlite.Database, expected: Record<string, unknown>): void {
  sqlite.pragma('temp_store=MEMORY')
  sqlite.pragma('trusted_schema=OFF')
  sqlite.pragma('cell_size_check=ON')
  for (const [name, value] of Object.entries(expected)) {
    const actual = sqlite.pragma(name, { simple: true })
    if (actual !== value)
      throw new AppError('DATA_DAMAGED', 'The database could not be opened safely.', { problem: `pragma ${name}` })
  }
}

/** Errors of SQLite and of the file system in the words of the contract; other errors unchanged. */
export function translateOpenError(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? ''
  if (code === 'SQLITE_BUSY') return new AppError('DATA_IN_USE', 'Claimwright is already open on this data folder.', {})
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return new AppError('DATA_DAMAGED', 'The database cannot be read with this key, or it is damaged.', {
      problem: code,
    })
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY')
    return new AppError('NOT_FOUND', 'Something chosen here no longer exists. Choose it again.', {
      entity: 'reference',
    })
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|^E(NOSPC|DQUOT|ROFS|ACCES|PERM|IO|BUSY|MFILE)$/.test(code))
    return new AppError(
      'STORAGE',
      'The disk is full, read-only or failing. Nothing was saved. Free some space or check the disk, then try again.',
      { problem: code },
    )
  return error
}
