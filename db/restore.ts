// The way back from a backup: its files are only ever read; what is checked and changed is a copy beside the live files.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { copyChecked } from './backup-copy.ts'
import { copyDurably, freeName, setAside } from './copies.ts'
import { holdFolder } from './folder-lock.ts'
import { bestEffort, renameRetrying, syncFolder } from './files.ts'
import { isSealed, readManifest } from './manifest.ts'
import { refuseNewerSchema, schemaVersion } from './migrate.ts'
import { type OpenDatabase, openDatabase } from './open.ts'

/** What is said of a backup that is not as it was written. */
export const damaged = (problem: string) =>
  new AppError('DATA_DAMAGED', 'This backup is damaged. Choose another one.', { problem })

/** Where the copy waits until it takes the place of the live database. */
const stagedName = (database: string): string => `${database}.tmp`

/**
 * Copies the database of a sealed backup beside the live one. SQLite never opens the backup itself: setting its journal
 * mode alone rewrites the first page, and a read-only disk refuses even that.
 * @param alive hears of every piece; when it throws, the copying ends
 * @throws DATA_DAMAGED when seal or checksum are not right, or a newer Claimwright wrote it
 */
export async function stageBackup(
  place: string,
  database: string,
  manifestKey: Buffer,
  alive: () => void,
): Promise<void> {
  const manifest = await readManifest(place)
  if (!manifest) throw damaged('manifest')
  if (!isSealed(manifest, manifestKey)) throw damaged('seal')
  refuseNewerSchema(manifest.schema)
  dropStaged(database)
  const sum = await copyChecked(join(place, 'claimwright.db'), stagedName(database), alive)
  if (sum !== manifest.databaseSha256) throw damaged('checksum')
}

/** Opens the copy. @throws DATA_DAMAGED when its content is not right, or newer than this app */
export function openStaged(database: string, key: Buffer): OpenDatabase {
  const opened = openDatabase(stagedName(database), key, false)
  try {
    if (opened.sqlite.pragma('integrity_check', { simple: true }) !== 'ok') throw damaged('integrity')
    refuseNewerSchema(schemaVersion(opened.sqlite))
    return opened
  } catch (error) {
    opened.sqlite.close()
    throw error
  }
}

/** Closes the copy so that it is one file, with nothing beside it. */
export async function closeStaged({ sqlite, db }: OpenDatabase): Promise<void> {
  sqlite.pragma('journal_mode=DELETE')
  await db.destroy()
}

/** Forgets a copy that takes nobody's place. */
export function dropStaged(database: string): void {
  const staged = stagedName(database)
  for (const file of [staged, `${staged}.tmp`, `${staged}-wal`, `${staged}-journal`]) rmSync(file, { force: true })
}

interface LiveFiles {
  database: string
  keyring: string
  audit: string
}

const MARK = 'before-restore-'

/**
 * The staged copy takes the place of the live database, whose files stay beside it under a `before-restore-` name,
 * the key files as copies: at no moment is the folder without one. When it cannot, they get their names back.
 */
export function swapIn({ database, keyring, audit }: LiveFiles, now: string): void {
  const folder = dirname(database)
  const mark = freeName(database, `${MARK}${now.replace(/[:.]/g, '-')}`).slice(database.length + 1)
  for (const file of [keyring, `${keyring}.bak`]) if (existsSync(file)) copyDurably(file, freeName(file, mark))
  const parts = readdirSync(folder).filter((name) => /^-(wal|shm|journal)$/.test(name.slice(basename(database).length)))
  try {
    // The database first: one that lies there without its -wal would pass for whole.
    for (const file of [database, ...parts.map((name) => join(folder, name)), audit]) setAside(file, mark)
    // A power cut must not leave the copy beside the -wal of the file before it.
    syncFolder(folder)
    renameRetrying(stagedName(database), database)
  } catch (error) {
    bestEffort(() => putBack(database, mark))
    throw error
  }
  syncFolder(folder)
}

/** What was moved out of the way gets its name again; the database last, so that this too may be cut off. */
function putBack(database: string, mark: string): void {
  const folder = dirname(database)
  const last = `${basename(database)}.${mark}`
  const others = readdirSync(folder).filter((name) => name.endsWith(`.${mark}`) && name !== last)
  for (const name of existsSync(join(folder, last)) ? [...others, last] : others) {
    const live = join(folder, name.slice(0, -mark.length - 1))
    if (!existsSync(live)) renameRetrying(join(folder, name), live)
  }
  syncFolder(folder)
}

/**
 * A restore that was killed just when the live files were out of the way: the data of today is there again.
 * @throws DATA_IN_USE when the restore still runs elsewhere
 */
export function undoCutOff(database: string): void {
  if (existsSync(database) || !existsSync(stagedName(database))) return
  const folder = dirname(database)
  const lock = holdFolder(folder)
  try {
    const changedAt = (name: string) => statSync(join(folder, name)).ctimeMs
    const [newest] = readdirSync(folder)
      .filter((name) => name.startsWith(`${basename(database)}.${MARK}`))
      .sort((a, b) => changedAt(b) - changedAt(a))
    if (newest && !existsSync(database)) putBack(database, newest.slice(basename(database).length + 1))
  } finally {
    lock.release()
  }
}
