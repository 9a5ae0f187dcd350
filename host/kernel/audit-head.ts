// audit.head: the end of the trail, kept beside the database, so that a database that lost its newest changes is noticed.
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'
import { bestEffort } from '#db/files.ts'
import type { AuditHead } from './audit.ts'

const Head = z.object({ seq: z.number().int(), hash: z.string() })
/** Always as long: a write covers the one before, and lies within one sector of the disk. */
const WIDTH = 128

/** The end of the trail as it was after the last commit; null when there is none or it cannot be read. */
export function readAnchor(file: string): AuditHead | null {
  try {
    return Head.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/**
 * Call it before anything is written to the database.
 * @throws DATA_DAMAGED when the trail ends before `anchor`: commits are missing, as after a lost -wal
 */
export function refuseLostChanges(sqlite: Sqlite.Database, anchor: AuditHead | null): void {
  const isThere = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE name = 'audit'").get() !== undefined
  const last = isThere ? (sqlite.prepare('SELECT max(seq) FROM audit').pluck().get() as number | null) : null
  if (isThere && (!anchor || anchor.seq <= (last ?? 0))) return
  throw new AppError('DATA_DAMAGED', 'The newest changes are missing from the database file. Restore a backup.', {
    problem: 'older-than-anchor',
  })
}

/**
 * Written after each COMMIT, plainly: the commit before it is on the disk, so that the file can lag behind the database
 * (a power cut, a disk that is full) and never be ahead of it.
 */
export class HeadFile {
  readonly #file: string
  #handle: number | null = null

  constructor(file: string) {
    this.#file = file
  }

  write(head: AuditHead): void {
    bestEffort(() => {
      this.#handle ??= openSync(this.#file, constants.O_RDWR | constants.O_CREAT, 0o600)
      writeSync(this.#handle, JSON.stringify(head).padEnd(WIDTH), 0)
    })
  }

  close(): void {
    const handle = this.#handle
    this.#handle = null
    if (handle !== null) bestEffort(() => closeSync(handle))
  }
}
