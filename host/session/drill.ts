// A restore on trial: the newest backup is restored into a folder of its own and read to the end, then that is thrown away.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blobRefsOf, copiedBlob } from '#db/blob-copies.ts'
import { wholeBlob } from '#db/blobs.ts'
import { subkey } from '#db/keyring.ts'
import { readManifest } from '#db/manifest.ts'
import { translateOpenError } from '#db/open.ts'
import { openStaged, stageBackup } from '#db/restore.ts'
import { AppError } from '#core/errors.ts'
import { verifyAudit } from '#host/kernel/audit.ts'
import { bufferOf, type Order } from './order.ts'

/** What was found; `problem` says what is wrong with the backup. */
export interface Drilled {
  /** Entries of the trail, and films, that were read and are whole. */
  rows: number
  films: number
  problem: string | null
}

export const DRILL_PREFIX = 'claimwright-drill-'

/** `folder`: of which place. */
export interface DrillOrder extends Order {
  folder: string
  id: string
}

/** Never throws: a backup that cannot be restored is what it is there to find. */
export async function drill({ key: bytes, folder, id }: DrillOrder): Promise<Drilled> {
  const scratch = mkdtempSync(join(tmpdir(), DRILL_PREFIX))
  const key = bufferOf(bytes)
  const place = join(folder, id)
  try {
    const database = join(scratch, 'claimwright.db')
    await stageBackup(place, database, subkey(key, 'manifest'), () => undefined)
    const { sqlite, db } = openStaged(database, key)
    try {
      const manifest = (await readManifest(place))!
      const { ok, rows } = await verifyAudit(db, subkey(key, 'audit'), {
        seq: manifest.auditSeq,
        hash: manifest.auditHash,
      })
      const refs = blobRefsOf(sqlite)
      const whole = refs.filter((ref) => wholeBlob(copiedBlob(folder)(ref.blobId), ref.blobId, ref.key) !== null)
      return { rows, films: whole.length, problem: problemIn(ok, refs.length - whole.length) }
    } finally {
      await db.destroy()
    }
  } catch (raw) {
    const error = translateOpenError(raw)
    return { rows: 0, films: 0, problem: error instanceof AppError ? error.message : 'It could not be read.' }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function problemIn(isTrailWhole: boolean, missing: number): string | null {
  if (!isTrailWhole) return 'Its audit trail is not whole.'
  return missing > 0 ? `${missing} of its films are missing or damaged.` : null
}
