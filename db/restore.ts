// The way back from a backup: its files are only ever read; what is checked and changed is a copy beside the live files.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { copyChecked } from './backup-copy.ts'
import { copyDurably, freeName, setAside } from './copies.ts'
import { bestEffort, renameRetrying, syncFolder } from './files.ts'
import { isSealed, readManifest } from './manifest.ts'
import { refuseNewerSchema, schemaVersion } from './migrate.ts'
import { type OpenDatabase, openDatabase } from './open.ts'

const damaged = (problem: string) =>
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

/**
 * The staged copy takes the place of the live database, whose files stay beside it under a `before-restore-` name,
 * the key files as copies: at no moment is the folder without one. When it cannot, they get their names back.
 */
export function swapIn({ database, keyring, audit }: LiveFiles, now: string): void {
  const mark = `before-restore-${now.replace(/[:.]/g, '-')}`
  for (const file of [keyring, `${keyring}.bak`]) if (existsSync(file)) copyDurably(file, freeName(file, mark))
  const folder = dirname(database)
  const parts = readdirSync(folder).filter((name) => /^-(wal|shm|journal)$/.test(name.slice(basename(database).length)))
  // The database first: one that lies there without its -wal would pass for whole.
  const live = [database, ...parts.map((name) => join(folder, name)), audit]
  const moved: (() => void)[] = []
  try {
    for (const file of live) {
      const aside = setAside(file, mark)
      if (aside) moved.unshift(() => renameRetrying(aside, file))
    }
    renameRetrying(stagedName(database), database)
  } catch (error) {
    for (const putBack of moved) bestEffort(putBack)
    throw error
  }
  syncFolder(folder)
}
