// Backups of the open folder: where they lie, what goes into them, and the way back.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import {
  type BackupInfo,
  type BackupReason,
  createBackup,
  listBackups,
  pruneBackups,
  readManifest,
  restoreBackup,
  verifyBackup,
} from '#db/backup.ts'
import { writeFileAtomic } from '#db/files.ts'
import { type Keyring, readKeyring, readRecoveryCode, subkey, unwrapKey } from '#db/keyring.ts'
import type { AuditHead } from '../audit.ts'
import type { OpenVault, vaultPaths } from '../vault.ts'

type Paths = ReturnType<typeof vaultPaths>

/** Backups of both places, newest first; without the second place when it does not answer. */
export function findBackups(paths: Paths, second: string | null = secondPlaceOf(paths)): BackupInfo[] {
  return [...listBackups(paths.backups, 'local'), ...(second ? listBackups(second, 'second') : [])].sort((a, b) =>
    a.at < b.at ? 1 : -1,
  )
}

/** Up to which rows of the trail the backups in a folder go. */
export function headsOf(folder: string): AuditHead[] {
  return listBackups(folder, 'local').flatMap(({ id }) => {
    const manifest = readManifest(join(folder, id))
    return manifest ? [{ seq: manifest.auditSeq, hash: manifest.auditHash }] : []
  })
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
export function writeBackup(paths: Paths, given: BackupSource): BackupInfo {
  const source = {
    ...given,
    manifestKey: subkey(given.key, 'manifest'),
    keyringFile: paths.keyring,
    blobFolder: paths.blobs,
    blobIds: blobIdsOf(given.sqlite),
  }
  const info = createBackup(paths.backups, source)
  pruneBackups(paths.backups, info.id)
  return info
}

/** Every file that the database knows; before a migration one of the tables may not be there yet. */
function blobIdsOf(sqlite: OpenVault['sqlite']): string[] {
  const present = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  return ['attachment', 'packet_file']
    .filter((table) => present.includes(table))
    .flatMap((table) => sqlite.prepare(`SELECT blob_id FROM ${table}`).pluck().all() as string[])
}

/**
 * Puts a backup in the place of the present files, which `leave` closes first.
 * @throws NOT_FOUND, WRONG_PASSWORD when the secret opens nothing in it, DATA_DAMAGED when it is not whole
 */
export async function restoreFrom(
  paths: Paths,
  { id, secret }: { id: string; secret: string },
  now: string,
  leave: () => Promise<void>,
): Promise<void> {
  const info = findBackups(paths).find((backup) => backup.id === id)
  if (!info) throw new AppError('NOT_FOUND', 'This backup is not in the list.', { entity: 'backup' })
  const folder = info.place === 'second' ? secondPlaceOf(paths)! : paths.backups
  const key = await keyFrom(readKeyring(join(folder, id, 'keyring.json')), secret)
  if (!key)
    throw new AppError(
      'WRONG_PASSWORD',
      'Neither a password nor the recovery code of that backup. Check it and try again.',
      {},
    )
  try {
    verifyBackup(folder, id, key, subkey(key, 'manifest'))
    await leave()
    rmSync(paths.audit, { force: true })
    restoreBackup(folder, id, { database: paths.database, keyring: paths.keyring, blobs: paths.blobs }, now)
  } finally {
    key.fill(0)
  }
}

async function keyFrom(keyring: Keyring, secret: string): Promise<Buffer | null> {
  const code = readRecoveryCode(secret)
  if (code) return unwrapKey(keyring.recovery, code, 'recovery')
  for (const slot of keyring.slots) {
    const key = await unwrapKey(slot.wrapped, secret, slot.id)
    if (key) return key
  }
  return null
}
