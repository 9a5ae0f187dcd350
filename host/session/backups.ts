// Backups of the open folder: where they lie, what goes into them. Their way back: restore.ts.
import { readFileSync, statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode, type ErrorDetails } from '#core/errors.ts'
import { createBackup, type MadeBackup } from '#db/backup.ts'
import { liveBlob } from '#db/blob-copies.ts'
import { subkey } from '#db/keyring.ts'
import type { BackupReason, Manifest } from '#db/manifest.ts'
import type { AuditHead } from '#host/kernel/audit.ts'
import type { vaultPaths } from './vault.ts'

type Paths = ReturnType<typeof vaultPaths>

/** Up to which rows of the trail backups go. */
export function headsOf(manifests: readonly Manifest[]): AuditHead[] {
  return manifests.map(({ auditSeq, auditHash }) => ({ seq: auditSeq, hash: auditHash }))
}

/** The folder on another disk that the office chose, or null. */
export function secondPlaceOf(paths: Paths): string | null {
  try {
    return (JSON.parse(readFileSync(paths.settings, 'utf8')) as { folder: string | null }).folder
  } catch {
    return null
  }
}

/** What a backup is made of; plain data, as it may be written by a worker. */
export interface BackupOrder {
  paths: Paths
  key: Uint8Array
  vaultId: string
  appVersion: string
  now: string
  reason: BackupReason
}

/** Writes a verified backup beside the data. The second place gets a copy of it later: it must never be in its way. */
export function writeBackup({ paths, ...given }: BackupOrder): MadeBackup {
  const { buffer, byteOffset, length } = given.key
  const key = Buffer.from(buffer, byteOffset, length)
  return createBackup(paths.backups, {
    ...given,
    key,
    database: paths.database,
    manifestKey: subkey(key, 'manifest'),
    keyringFile: paths.keyring,
    origin: liveBlob(paths.blobs),
  })
}

/** A smaller file is copied and checked faster than a thread begins. */
const SMALL_BYTES = 4 * 1024 * 1024
/** Beside this file, as it is or as it was bundled. */
const WORKER = import.meta.url.endsWith('.ts') ? './backup-worker.ts' : './backup-worker.cjs'

/** What the worker answers; an error of another kind ends it. */
type Answer = { made: MadeBackup } | { refused: { code: ErrorCode; message: string; details: ErrorDetails } }

/** `writeBackup`, for a large file in a thread of its own: it takes seconds there, and nobody waits for it. */
export function writeBackupAside(order: BackupOrder, { small = SMALL_BYTES } = {}): Promise<MadeBackup> {
  const size = statSync(order.paths.database, { throwIfNoEntry: false })?.size ?? 0
  if (size < small) return Promise.resolve().then(() => writeBackup(order))
  return new Promise((resolve, reject) => {
    // A copy that goes over to the thread, which zeroes it.
    const key = Uint8Array.from(order.key)
    const given = { workerData: { ...order, key }, transferList: [key.buffer] }
    const worker = new Worker(new URL(WORKER, import.meta.url), given)
    worker.once('message', (answer: Answer) => {
      if ('made' in answer) resolve(answer.made)
      else reject(new AppError(answer.refused.code, answer.refused.message, answer.refused.details))
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The backup thread ended.')))
  })
}
