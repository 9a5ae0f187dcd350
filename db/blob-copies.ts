// Which stored files a database knows, and their copies in other places. Whether a copy is whole is told by its own key.
import { dirname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { wholeBlob } from './blobs.ts'
import { copyDurably } from './copies.ts'
import { makeFolder } from './files.ts'

/** A stored file, and what decides whether it is whole. */
export interface BlobRef {
  blobId: string
  key: string
  table: (typeof TABLES)[number]
}

const TABLES = ['attachment', 'packet_file'] as const

/** Every file that the database knows; in an older one, or before a migration, a table may not be there yet. */
export function blobRefsOf(sqlite: Sqlite.Database): BlobRef[] {
  const present = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  return TABLES.filter((table) => present.includes(table)).flatMap(
    (table) =>
      sqlite
        .prepare(`SELECT blob_id AS blobId, blob_key AS key, '${table}' AS "table" FROM ${table}`)
        .all() as BlobRef[],
  )
}

/** Where a file lies in a data folder's `blobs`. */
export const liveBlob = (folder: string) => (blobId: string) => join(folder, blobId.slice(-2), `${blobId}.bin`)
/** Where a file lies in a folder of backups; they share it. */
export const copiedBlob = (folder: string) => (blobId: string) => join(folder, 'blobs', `${blobId}.bin`)

/** `sha256`: null when it is whole nowhere. */
export interface KeptBlob extends BlobRef {
  sha256: string | null
}

export type PlaceOf = (blobId: string) => string

/**
 * Sees to it that each file lies whole in `to`: what is missing or damaged there is copied from the first of `from`
 * that has it whole. A damaged one never replaces a whole one.
 * @returns each with its checksum there
 */
export function keepBlobs(refs: readonly BlobRef[], from: readonly PlaceOf[], to: PlaceOf): KeptBlob[] {
  return refs.map((ref) => {
    const { blobId, key } = ref
    const target = to(blobId)
    const there = wholeBlob(target, blobId, key)
    if (there !== null) return { ...ref, sha256: there }
    const origin = from.map((placeOf) => placeOf(blobId)).find((file) => wholeBlob(file, blobId, key) !== null)
    if (!origin) return { ...ref, sha256: null }
    makeFolder(dirname(target))
    return { ...ref, sha256: copyDurably(origin, target) }
  })
}
