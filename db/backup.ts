// Backups: a verified copy of database, key file and attachments under a final name, or nothing; and their way back.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'
import { renameRetrying, syncFolder, writeFileAtomic } from './files.ts'
import { openDatabase } from './open.ts'
import { schemaVersion } from './migrate.ts'

export const BackupReason = z.enum(['manual', 'quit', 'schedule', 'before-migration', 'before-restore'])
export type BackupReason = z.infer<typeof BackupReason>
const Manifest = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  reason: BackupReason,
  vaultId: z.string(),
  appVersion: z.string(),
  schema: z.number().int(),
  databaseSha256: z.string(),
  keyringSha256: z.string(),
  bytes: z.number().int(),
  rows: z.number().int(),
  auditSeq: z.number().int(),
  auditHash: z.string(),
  blobs: z.array(z.string()),
  hmac: z.string(),
})
type Manifest = z.infer<typeof Manifest>
export interface BackupInfo {
  id: string
  at: string
  place: 'local' | 'second'
  bytes: number
  verified: boolean
  reason: BackupReason
}

/** Read in pieces: a file of 2 GB and more does not fit into one buffer. */
function sha256(file: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1 << 20)
  const handle = openSync(file, 'r')
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece))
      hash.update(piece.subarray(0, read))
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}
const seal = (manifest: Omit<Manifest, 'hmac'>, key: Buffer) =>
  createHmac('sha256', key).update(JSON.stringify(manifest)).digest('hex')

export interface BackupSource {
  sqlite: Sqlite.Database
  key: Buffer
  manifestKey: Buffer
  keyringFile: string
  vaultId: string
  blobFolder: string
  blobIds: readonly string[]
  auditHead: { seq: number; hash: string }
  appVersion: string
  now: string
  reason: BackupReason
}

/**
 * Writes a backup into `folder`, reads it back, and only then gives it its final name.
 * @throws STORAGE when there is no room; nothing half-written keeps a final name
 */
export function createBackup(folder: string, source: BackupSource): BackupInfo {
  mkdirSync(join(folder, 'blobs'), { recursive: true })
  const id = `${source.now.replace(/[:.]/g, '-')}-${source.reason}`
  const aside = join(folder, `.${id}.tmp`)
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside)
  try {
    const live = source.sqlite.pragma('page_count', { simple: true }) as number
    const needed = live * (source.sqlite.pragma('page_size', { simple: true }) as number) * 1.1
    const disk = statfsSync(folder)
    if (disk.bavail * disk.bsize < needed)
      throw new AppError('STORAGE', 'Not enough free space for the backup. Free some and try again.', {
        problem: 'space',
      })
    const database = join(aside, 'claimwright.db')
    source.sqlite.prepare('VACUUM INTO ?').run(database)
    copyFileSync(source.keyringFile, join(aside, 'keyring.json'))
    const copy = openDatabase(database, source.key, false)
    let rows = 0
    try {
      if (copy.sqlite.pragma('integrity_check', { simple: true }) !== 'ok')
        throw new AppError('STORAGE', 'The backup could not be verified and was not kept.', { problem: 'integrity' })
      if ((copy.sqlite.pragma('foreign_key_check') as unknown[]).length > 0)
        throw new AppError('STORAGE', 'The backup could not be verified and was not kept.', { problem: 'references' })
      rows = (copy.sqlite.prepare('SELECT count(*) AS n FROM audit').get() as { n: number }).n
      copy.sqlite.pragma('journal_mode=DELETE')
    } finally {
      copy.sqlite.close()
    }
    copyBlobs(source.blobFolder, join(folder, 'blobs'), source.blobIds)
    const manifest: Omit<Manifest, 'hmac'> = {
      id,
      at: source.now,
      reason: source.reason,
      vaultId: source.vaultId,
      appVersion: source.appVersion,
      schema: schemaVersion(source.sqlite),
      databaseSha256: sha256(database),
      keyringSha256: sha256(join(aside, 'keyring.json')),
      bytes: statSync(database).size,
      rows,
      auditSeq: source.auditHead.seq,
      auditHash: source.auditHead.hash,
      blobs: [...source.blobIds],
    }
    writeFileAtomic(
      join(aside, 'manifest.json'),
      JSON.stringify({ ...manifest, hmac: seal(manifest, source.manifestKey) }),
    )
    syncFolder(aside)
    renameRetrying(aside, join(folder, id))
    syncFolder(folder)
    return { id, at: source.now, place: 'local', bytes: manifest.bytes, verified: true, reason: source.reason }
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    throw error
  }
}

function copyBlobs(from: string, to: string, ids: readonly string[]): void {
  for (const id of ids) {
    const target = join(to, `${id}.bin`)
    const origin = join(from, id.slice(-2), `${id}.bin`)
    if (existsSync(target) || !existsSync(origin)) continue
    copyFileSync(origin, `${target}.tmp`)
    renameRetrying(`${target}.tmp`, target)
  }
}

/** Backups under `folder` whose files still have the checksums of their manifest, newest first. */
export function listBackups(folder: string, place: 'local' | 'second'): BackupInfo[] {
  if (!existsSync(folder)) return []
  const found: BackupInfo[] = []
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.') || name === 'blobs') continue
    const manifest = readManifest(join(folder, name))
    if (manifest)
      found.push({
        id: manifest.id,
        at: manifest.at,
        place,
        bytes: manifest.bytes,
        verified: true,
        reason: manifest.reason,
      })
  }
  return found.sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** A backup's manifest, when its files are as it says; otherwise null. */
export function readManifest(folder: string): Manifest | null {
  try {
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
    const whole =
      statSync(join(folder, 'claimwright.db')).size === manifest.bytes &&
      sha256(join(folder, 'keyring.json')) === manifest.keyringSha256
    return whole ? manifest : null
  } catch {
    return null
  }
}

/** Checks a backup end to end with its own key: checksums, seal, integrity, every attachment present. */
export function verifyBackup(folder: string, id: string, key: Buffer, manifestKey: Buffer): void {
  const place = join(folder, id)
  const manifest = readManifest(place)
  const bad = (problem: string) =>
    new AppError('DATA_DAMAGED', 'This backup is damaged. Choose another one.', { problem })
  if (!manifest) throw bad('manifest')
  const { hmac, ...rest } = manifest
  if (!timingSafeEqual(Buffer.from(hmac.padEnd(64).slice(0, 64)), Buffer.from(seal(rest, manifestKey))))
    throw bad('seal')
  if (sha256(join(place, 'claimwright.db')) !== manifest.databaseSha256) throw bad('checksum')
  const missing = manifest.blobs.filter((blob) => !existsSync(join(folder, 'blobs', `${blob}.bin`)))
  if (missing.length > 0) throw bad(`${missing.length} attachments missing`)
  const copy = openDatabase(join(place, 'claimwright.db'), key, false)
  try {
    if (copy.sqlite.pragma('integrity_check', { simple: true }) !== 'ok') throw bad('integrity')
    copy.sqlite.pragma('journal_mode=DELETE')
  } finally {
    copy.sqlite.close()
  }
}

/** Puts a verified backup in the place of the live files; the old ones stay beside under a `before-restore-` name. */
export function restoreBackup(
  backupFolder: string,
  id: string,
  live: { database: string; keyring: string; blobs: string },
  now: string,
): void {
  const mark = `before-restore-${now.replace(/[:.]/g, '-')}`
  const from = join(backupFolder, id)
  const manifest = readManifest(from)!
  for (const blob of manifest.blobs) {
    const folder = join(live.blobs, blob.slice(-2))
    const target = join(folder, `${blob}.bin`)
    if (existsSync(target)) continue
    mkdirSync(folder, { recursive: true })
    copyFileSync(join(backupFolder, 'blobs', `${blob}.bin`), target)
  }
  // All copies first: a disk that fills up on the way leaves the present files where they are.
  copyFileSync(join(from, 'keyring.json'), `${live.keyring}.tmp`)
  copyFileSync(join(from, 'claimwright.db'), `${live.database}.tmp`)
  for (const file of [live.database, `${live.database}-wal`, live.keyring])
    if (existsSync(file)) renameRetrying(file, `${file}.${mark}`)
  rmSync(`${live.keyring}.bak`, { force: true })
  for (const file of [live.keyring, live.database]) renameRetrying(`${file}.tmp`, file)
}

/** Keeps 10 recent, then one a day for 14 days, a week for 8, a month for 24; removes the rest and orphaned attachments copies. */
export function pruneBackups(folder: string, newest: string): void {
  const all = listBackups(folder, 'local')
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
  for (const backup of all) if (!keep.has(backup.id)) rmSync(join(folder, backup.id), { recursive: true, force: true })
}
