// Backups of the open folder: where they lie, what goes into them. Their way back: restore.ts.
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { AppError } from '#core/errors.ts'
import { type BackupInfo, createBackup, listBackups, type MadeBackup, pruneBackups } from '#db/backup.ts'
import { blobRefsOf, liveBlob } from '#db/blob-copies.ts'
import { writeFileAtomic } from '#db/files.ts'
import { subkey } from '#db/keyring.ts'
import { type BackupReason, manifestsIn } from '#db/manifest.ts'
import type { AuditHead } from '#host/kernel/audit.ts'
import type { OpenVault, vaultPaths } from './vault.ts'

type Paths = ReturnType<typeof vaultPaths>

/** Backups of both places, newest first; without the second place when it does not answer. */
export function findBackups(paths: Paths, second: string | null = secondPlaceOf(paths)): BackupInfo[] {
  return [...listBackups(paths.backups, 'local'), ...(second ? listBackups(second, 'second') : [])].sort((a, b) =>
    a.at < b.at ? 1 : -1,
  )
}

/** Up to which rows of the trail the backups in a folder go. */
export function headsOf(folder: string): AuditHead[] {
  return manifestsIn(folder).map(({ auditSeq, auditHash }) => ({ seq: auditSeq, hash: auditHash }))
}

/** The folder on another disk that the office chose, or null. */
export function secondPlaceOf(paths: Paths): string | null {
  try {
    return (JSON.parse(readFileSync(paths.settings, 'utf8')) as { folder: string | null }).folder
  } catch {
    return null
  }
}

/** @throws REFUSED when the folder is not there */
export function chooseSecondPlace(paths: Paths, folder: string | null): void {
  if (folder !== null && (!isAbsolute(folder) || !existsSync(folder)))
    throw new AppError('REFUSED', 'This folder does not exist. Plug in the drive, or choose another folder.', {
      reasons: ['folder'],
    })
  writeFileAtomic(paths.settings, JSON.stringify({ folder }))
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
  const made = createBackup(paths.backups, {
    ...given,
    manifestKey: subkey(given.key, 'manifest'),
    keyringFile: paths.keyring,
    blobs: blobRefsOf(given.sqlite),
    origin: liveBlob(paths.blobs),
  })
  pruneBackups(paths.backups, made.info.id, given.vaultId)
  return made
}
