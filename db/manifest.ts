// What a backup says about itself: checksums and counts, sealed with a key that only whoever opens it has.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as z from 'zod'
import { sha256Of } from './sha256.ts'

const BackupReason = z.enum(['manual', 'quit', 'schedule', 'before-change', 'before-migration', 'before-restore'])
export type BackupReason = z.infer<typeof BackupReason>
/** A film and the checksum of its file; null when it was whole nowhere. Older manifests name films only. */
const Film = z.union([z.string(), z.strictObject({ id: z.string(), sha256: z.string().nullable() })])
type Film = z.infer<typeof Film>
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
  blobs: z.array(Film),
  hmac: z.string(),
})
export type Manifest = z.infer<typeof Manifest>

/** The files of one backup, in the order they are written: the manifest says that the others are there. */
export const BACKUP_FILES = ['claimwright.db', 'keyring.json', 'manifest.json'] as const

export const filmId = (film: Film): string => (typeof film === 'string' ? film : film.id)
/** Undefined in an older manifest. */
export const sumOf = (film: Film): string | null | undefined => (typeof film === 'string' ? undefined : film.sha256)

/** The HMAC that a manifest carries. */
export function sealOf(manifest: Omit<Manifest, 'hmac'>, manifestKey: Buffer): string {
  return createHmac('sha256', manifestKey).update(JSON.stringify(manifest)).digest('hex')
}

/** Whether nobody changed the manifest since it was written. */
export function isSealed({ hmac, ...rest }: Manifest, manifestKey: Buffer): boolean {
  return timingSafeEqual(Buffer.from(hmac.padEnd(64).slice(0, 64)), Buffer.from(sealOf(rest, manifestKey)))
}

/**
 * The manifest of a backup whose key file is whole and whose database has its size; null for anything else. One that
 * calls itself by another name than its folder could lead out of it and is nothing of ours.
 */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const manifest = Manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
    const whole =
      manifest.id === basename(folder) &&
      (await stat(join(folder, 'claimwright.db'))).size === manifest.bytes &&
      sha256Of(await readFile(join(folder, 'keyring.json'))) === manifest.keyringSha256
    return whole ? manifest : null
  } catch {
    return null
  }
}

/**
 * Every readable backup in a folder of backups, newest first. One file after the other: a place that hangs must not hold
 * more than one of the few threads that read.
 * @param alive hears of each; when it throws, the reading ends
 */
export async function manifestsIn(folder: string, alive: () => void = () => undefined): Promise<Manifest[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found: Manifest[] = []
  for (const name of names.filter((one) => !one.startsWith('.') && one !== 'blobs')) {
    const manifest = await readManifest(join(folder, name))
    alive()
    if (manifest) found.push(manifest)
  }
  return found.sort((a, b) => b.at.localeCompare(a.at))
}
