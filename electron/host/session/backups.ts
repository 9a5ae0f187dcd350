// Backups of the open folder: where they lie, what goes into them. Their way back: restore.ts.
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { AppError } from '#core/errors.ts'
import { type BackupInfo, copyBackup, createBackup, damagedCopies, listBackups, pruneBackups } from '#db/backup.ts'
import { blobRefsOf, copiedBlob, keepBlobs, liveBlob } from '#db/blob-copies.ts'
import { writeFileAtomic } from '#db/files.ts'
import { subkey } from '#db/keyring.ts'
import type { BackupReason } from '#db/manifest.ts'
import type { AuditHead } from '../audit.ts'
import type { OpenVault, vaultPaths } from '../vault.ts'

type Paths = ReturnType<typeof vaultPaths>

/** Backups of both places, newest first. */
export function findBackups(paths: Paths): BackupInfo[] {
  const second = secondPlaceOf(paths)
  return [...listBackups(paths.backups, 'local'), ...(second ? listBackups(second, 'second') : [])].sort((a, b) =>
    a.at < b.at ? 1 : -1,
  )
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

/** Writes a verified backup beside the data, and to the second place when it is plugged in; mends damage in both. */
export function writeBackup(paths: Paths, given: BackupSource): BackupInfo {
  const { key, sqlite, vaultId } = given
  const blobs = blobRefsOf(sqlite)
  const second = secondPlaceOf(paths)
  const info = createBackup(paths.backups, {
    ...given,
    manifestKey: subkey(key, 'manifest'),
    keyringFile: paths.keyring,
    blobs,
    blobPlaces: [liveBlob(paths.blobs), ...(second ? [copiedBlob(second)] : [])],
  })
  pruneBackups(paths.backups, info.id, vaultId)
  if (second && existsSync(second)) {
    keepBlobs(blobs, [copiedBlob(paths.backups)], copiedBlob(second))
    for (const id of [info.id, ...damagedCopies(paths.backups, second, vaultId)]) copyBackup(paths.backups, second, id)
    for (const id of damagedCopies(second, paths.backups, vaultId)) copyBackup(second, paths.backups, id)
    pruneBackups(second, info.id, vaultId)
  }
  return info
}
