// Backups of the open folder: where they lie, what goes into them. Their way back: restore.ts.
import { readFileSync } from 'node:fs'
import { createBackup, type MadeBackup } from '#db/backup.ts'
import { liveBlob } from '#db/blob-copies.ts'
import { subkey } from '#db/keyring.ts'
import type { BackupReason, Manifest } from '#db/manifest.ts'
import type { BackedUpHead } from '#host/kernel/audit-head.ts'
import { bufferOf, type Order } from './order.ts'
import type { Paths } from './paths.ts'

/** Up to which rows of the trail backups go, and when they were written. */
export function headsOf(manifests: readonly Manifest[]): BackedUpHead[] {
  return manifests.map(({ auditSeq, auditHash, at }) => ({ seq: auditSeq, hash: auditHash, at }))
}

/** The folder on another disk that the office chose, or null. */
export function secondPlaceOf(paths: Paths): string | null {
  try {
    return (JSON.parse(readFileSync(paths.settings, 'utf8')) as { folder: string | null }).folder
  } catch {
    return null
  }
}

/** What a backup is made of. */
export interface BackupOrder extends Order {
  vaultId: string
  appVersion: string
  now: string
  reason: BackupReason
}

/** Writes a verified backup beside the data. The second place gets a copy of it later: it must never be in its way. */
export function writeBackup({ paths, ...given }: BackupOrder): MadeBackup {
  const key = bufferOf(given.key)
  return createBackup(paths.backups, {
    ...given,
    key,
    database: paths.database,
    manifestKey: subkey(key, 'manifest'),
    keyringFile: paths.keyring,
    origin: liveBlob(paths.blobs),
  })
}
