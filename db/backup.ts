// Backups: a verified copy of database, key file and attachments under a final name, or nothing. Their way back: restore.ts.
import { existsSync, mkdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { access, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join, toNamespacedPath } from 'node:path'
import { AppError } from '#core/errors.ts'
import { type BlobRef, blobRefsOf, copiedBlob, keepBlobs, type PlaceOf } from './blob-copies.ts'
import { piecesOf, syncFile } from './copies.ts'
import { makeFolder, renameRetrying, syncFolder, writeFileAtomic } from './files.ts'
import { holdersIn } from './holders.ts'
import { type Holders, keyringText, readKeyring, withHolders } from './keyring.ts'
import { type BackupReason, filmId, type Manifest, manifestsIn, readManifest, sealOf, sumOf } from './manifest.ts'
import { openDatabase, openReader, translateOpenError } from './open.ts'
import { knowsSchema, schemaVersion } from './migrate.ts'
import { sha256Of } from './sha256.ts'

export interface BackupInfo {
  id: string
  at: string
  place: 'local' | 'second'
  bytes: number
  verified: boolean
  /** Films that were whole nowhere when it was written. */
  missing: number
  reason: BackupReason
}

export interface MadeBackup {
  info: BackupInfo
  /** Films that are whole nowhere on this disk. */
  lost: BlobRef[]
}

export interface BackupSource {
  /** The live database: others may write it meanwhile. */
  database: string
  key: Buffer
  manifestKey: Buffer
  keyringFile: string
  vaultId: string
  /** Where films lie that the backup does not have whole yet. */
  origin: PlaceOf
  appVersion: string
  now: string
  reason: BackupReason
}

const notKept = (problem: string) =>
  new AppError('STORAGE', 'The backup could not be verified and was not kept.', { problem })

/**
 * Writes a backup into `folder`, reads it back, and only then gives it its final name.
 * @throws STORAGE when there is no room; nothing half-written keeps a final name
 */
export function createBackup(folder: string, source: BackupSource): MadeBackup {
  const { now, reason } = source
  makeFolder(join(folder, 'blobs'))
  const id = freeId(folder, `${now.replace(/[:.]/g, '-')}-${reason}`)
  const aside = join(folder, `.${id}.tmp`)
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside)
  try {
    const database = join(aside, 'claimwright.db')
    copyDatabase(source, database)
    const { schema, rows, end, blobs, holders } = checkCopy(database, source.key)
    syncFile(database)
    const keyringSha256 = writeKeyringCopy(source, holders, join(aside, 'keyring.json'))
    const kept = keepBlobs(blobs, [source.origin], copiedBlob(folder))
    const manifest: Omit<Manifest, 'hmac'> = {
      id,
      at: now,
      reason,
      vaultId: source.vaultId,
      appVersion: source.appVersion,
      schema,
      databaseSha256: sha256Of(piecesOf(database)),
      keyringSha256,
      bytes: statSync(database).size,
      rows,
      auditSeq: end.seq,
      auditHash: end.hash,
      blobs: kept.map(({ blobId, sha256 }) => ({ id: blobId, sha256 })),
    }
    writeFileAtomic(
      join(aside, 'manifest.json'),
      JSON.stringify({ ...manifest, hmac: sealOf(manifest, source.manifestKey) }),
    )
    syncFolder(aside)
    renameRetrying(aside, join(folder, id))
    syncFolder(folder)
    return { info: infoOf(manifest, 'local'), lost: kept.filter(({ sha256 }) => sha256 === null) }
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    throw error
  }
}

/** As it is at one moment, on a connection of its own. */
function copyDatabase({ database, key }: BackupSource, to: string): void {
  const { sqlite } = openReader(database, key)
  try {
    const pages = sqlite.pragma('page_count', { simple: true }) as number
    refuseFullDisk(dirname(to), pages * (sqlite.pragma('page_size', { simple: true }) as number))
    sqlite.prepare('VACUUM INTO ?').run(toNamespacedPath(to))
  } finally {
    sqlite.close()
  }
}

/** What a copy holds. */
interface Contents {
  schema: number
  /** Rows of the audit trail, and the last of them. */
  rows: number
  end: { seq: number; hash: string }
  blobs: BlobRef[]
  holders: Holders | null
}

/** Checks what was written before it is sealed: afterwards nothing opens it, as opening writes. */
function checkCopy(database: string, key: Buffer): Contents {
  try {
    return contentsOf(database, key)
  } catch (error) {
    // Damage of the copy says nothing about the live file.
    const told = translateOpenError(error)
    throw told instanceof AppError && told.code === 'DATA_DAMAGED' ? notKept('copy') : told
  }
}

function contentsOf(database: string, key: Buffer): Contents {
  const { sqlite } = openDatabase(database, key, false)
  try {
    if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok') throw notKept('integrity')
    if ((sqlite.pragma('foreign_key_check') as unknown[]).length > 0) throw notKept('references')
    sqlite.pragma('journal_mode=DELETE')
    const rows = sqlite.prepare('SELECT count(*) FROM audit').pluck().get() as number
    const last = sqlite.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get() as Contents['end']
    return {
      schema: schemaVersion(sqlite),
      rows,
      end: last ?? { seq: 0, hash: '' },
      blobs: blobRefsOf(sqlite),
      holders: holdersIn(sqlite),
    }
  } finally {
    sqlite.close()
  }
}

/**
 * The people as the copied database has them: an old key file that somebody laid there gets into no backup. The rest by
 * the readable one of the key file and its copy, as a damaged one would make a backup that nobody can open.
 */
function writeKeyringCopy({ keyringFile, key }: BackupSource, holders: Holders | null, to: string): string {
  const keyring = readKeyring(keyringFile)
  const text = keyringText(holders ? withHolders(keyring, holders, key) : keyring)
  writeFileAtomic(to, text)
  const sum = sha256Of(text)
  if (sha256Of(piecesOf(to)) !== sum) throw notKept('keyring')
  return sum
}

/**
 * The office's backups that are damaged in `to` and, as far as is looked, not in `from`. Databases are told by their
 * size here, as reading all of them after each backup would take minutes; a restore reads the whole one.
 */
export async function damagedCopies(from: string, to: string, vaultId: string, alive: () => void): Promise<string[]> {
  const damaged: string[] = []
  for (const manifest of await manifestsIn(from, alive)) {
    const copy = join(to, manifest.id)
    const isThere = await access(copy).then(
      () => true,
      () => false,
    )
    if (manifest.vaultId === vaultId && isThere && !(await readManifest(copy))) damaged.push(manifest.id)
    alive()
  }
  return damaged
}

function freeId(folder: string, id: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? id : `${id}-${count}`
    if (!existsSync(join(folder, name))) return name
  }
}

function refuseFullDisk(folder: string, bytes: number): void {
  const disk = statfsSync(folder)
  if (disk.bavail * disk.bsize < bytes * 1.1)
    throw new AppError('STORAGE', 'Not enough free space for the backup. Free some and try again.', {
      problem: 'space',
    })
}

/** What is told of a backup. One that a newer version wrote could not be opened here. */
export function infoOf(
  { id, at, bytes, reason, schema, blobs }: Omit<Manifest, 'hmac'>,
  place: 'local' | 'second',
): BackupInfo {
  const missing = blobs.filter((blob) => sumOf(blob) === null).length
  return { id, at, place, bytes, verified: knowsSchema(schema), missing, reason }
}

/**
 * Keeps 10 recent backups of the office, then one a day for 14 days, a week for 8, a month for 24, and removes its
 * others. Another office's in the same folder are not ours to thin out.
 */
export async function pruneBackups(
  folder: string,
  newest: string,
  vaultId: string,
  alive: () => void = () => undefined,
): Promise<void> {
  const all = (await manifestsIn(folder, alive)).filter((manifest) => manifest.vaultId === vaultId)
  // The one just made stays even when the clock was set back and it looks like the oldest.
  const keep = new Set([newest, ...all.slice(0, 10).map((backup) => backup.id)])
  const firstPer = (bucket: (at: string) => string, count: number) => {
    const seen = new Set<string>()
    for (const backup of all) {
      const name = bucket(backup.at)
      if (seen.has(name)) continue
      if (seen.size >= count) break
      seen.add(name)
      keep.add(backup.id)
    }
  }
  firstPer((at) => at.slice(0, 10), 14)
  firstPer((at) => String(Math.floor(Date.parse(at) / 604_800_000)), 8)
  firstPer((at) => at.slice(0, 7), 24)
  for (const { id } of all.filter((backup) => !keep.has(backup.id))) {
    await rm(join(folder, id), { recursive: true, force: true })
    alive()
  }
  await dropUnnamed(folder, alive)
}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Removes copies that were cut off, and films that no backup in the folder names, whichever office's; no film while one
 * of them cannot be read. A new one may belong to a backup that is on its way.
 */
async function dropUnnamed(folder: string, alive: () => void): Promise<void> {
  const names = await readdir(folder)
  const isOld = async (path: string) => Date.now() - (await stat(path)).mtimeMs > DAY_MS
  // Another office's, on a shared stick, may be on its way too.
  for (const path of names.filter((name) => /^\..+\.copy$/.test(name)).map((name) => join(folder, name)))
    if (await isOld(path)) await rm(path, { recursive: true, force: true })
  const manifests = await manifestsIn(folder, alive)
  if (names.filter((name) => !name.startsWith('.') && name !== 'blobs').length > manifests.length) return
  const named = new Set(manifests.flatMap(({ blobs }) => blobs.map((film) => copiedBlob(folder)(filmId(film)))))
  for (const name of await readdir(join(folder, 'blobs'))) {
    const file = join(folder, 'blobs', name)
    if (!named.has(file) && (await isOld(file))) await rm(file, { force: true })
    alive()
  }
}
