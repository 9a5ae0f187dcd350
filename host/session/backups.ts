// Backups of the open folder: where they lie, what goes into them. Their way back: restore.ts.
import { readFileSync } from 'node:fs'
import { createBackup, type MadeBackup } from '#db/backup.ts'
import { blobRefsOf, liveBlob } from '#db/blob-copies.ts'
import { subkey } from '#db/keyring.ts'
import { type BackupReason, manifestsIn } from '#db/manifest.ts'
import type { AuditHead } from '#host/kernel/audit.ts'
import type { OpenVault, vaultPaths } from './vault.ts'

type Paths = ReturnType<typeof vaultPaths>

/** Up to which rows of the trail the backups in a folder go. */
export async function headsOf(folder: string): Promise<AuditHead[]> {
  return (await manifestsIn(folder)).map(({ auditSeq, auditHash }) => ({ seq: auditSeq, hash: auditHash }))
}

/** The folder on another disk that the office chose, or null. */
export function secondPlaceOf(paths: Paths): string | null {
  try {
    return (JSON.parse(readFileSync(paths.settings, 'utf8')) as { folder: string | null }).folder
  } catch {
    return null
  }
}

interface BackupSource {
  sqlite: OpenVault['sqlite']
  key: Buffer
  vaultId: string
  auditHead: AuditHead
  appVersion: string
  now: string
  reason: BackupReason
}

/** Writes a verified backup beside the data. The second place gets a copy of it later: it must never be in its way. */
export function writeBackup(paths: Paths, given: BackupSource): MadeBackup {
  return createBackup(paths.backups, {
    ...given,
    manifestKey: subkey(given.key, 'manifest'),
    keyringFile: paths.keyring,
    blobs: blobRefsOf(given.sqlite),
    origin: liveBlob(paths.blobs),
  })
}
