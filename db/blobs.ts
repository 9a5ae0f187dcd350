// Attachments on disk: immutable files, each AES-256-GCM under its own key, which the database keeps.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { makeFolder, writeFileAtomic } from './files.ts'
import { sha256Of } from './sha256.ts'

export interface StoredBlob {
  blobId: string
  key: string
  sha256: string
}
export interface BlobStore {
  /** Written and synced before the caller commits its row. */
  put(blobId: string, content: Uint8Array): StoredBlob
  /** @throws DATA_DAMAGED when one bit differs, NOT_FOUND when the file is gone */
  get(blobId: string, key: string): Buffer
  list(): string[]
  remove(blobId: string): void
}

/** @throws when one bit differs */
function decrypt(stored: Buffer, blobId: string, key: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), stored.subarray(0, 12))
  decipher.setAAD(Buffer.from(blobId))
  decipher.setAuthTag(stored.subarray(-16))
  return Buffer.concat([decipher.update(stored.subarray(12, -16)), decipher.final()])
}

/** The checksum of the file, wherever it lies, when it holds what was put, to the last bit; otherwise null. */
export function wholeBlob(file: string, blobId: string, key: string): string | null {
  try {
    const stored = readFileSync(file)
    decrypt(stored, blobId, key)
    return sha256Of(stored)
  } catch {
    return null
  }
}

/** A blob store in `folder` (`blobs/ab/<uuid>.bin`). */
export function openBlobStore(folder: string): BlobStore {
  const pathOf = (blobId: string) => {
    if (!/^[0-9a-f-]{36}$/.test(blobId)) throw new AppError('NOT_FOUND', 'No such attachment.', { entity: 'blob' })
    return join(folder, blobId.slice(-2), `${blobId}.bin`)
  }
  return {
    put(blobId, content) {
      const file = pathOf(blobId)
      makeFolder(join(folder, blobId.slice(-2)))
      const key = randomBytes(32)
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      cipher.setAAD(Buffer.from(blobId))
      const data = Buffer.concat([iv, cipher.update(content), cipher.final()])
      writeFileAtomic(file, Buffer.concat([data, cipher.getAuthTag()]))
      return { blobId, key: key.toString('base64'), sha256: sha256Of(content) }
    },
    get(blobId, key) {
      const file = pathOf(blobId)
      if (!existsSync(file))
        throw new AppError('NOT_FOUND', 'The attachment file is missing from the data folder.', {
          entity: 'blob',
          id: blobId,
        })
      const stored = readFileSync(file)
      try {
        return decrypt(stored, blobId, key)
      } catch {
        throw new AppError('DATA_DAMAGED', 'The attachment file is damaged. Restore it from a backup.', {
          entity: 'blob',
          id: blobId,
        })
      }
    },
    list() {
      if (!existsSync(folder)) return []
      return readdirSync(folder).flatMap((sub) =>
        readdirSync(join(folder, sub))
          .filter((name) => name.endsWith('.bin'))
          .map((name) => name.slice(0, -4)),
      )
    },
    remove(blobId) {
      rmSync(pathOf(blobId), { force: true })
    },
  }
}
