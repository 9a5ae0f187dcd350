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
 * @throws DATA_DAMAGED when the trail does not hold `anchor`: commits are missing, as after a lost -wal or in an older file
 */
export function refuseLostChanges(sqlite: Sqlite.Database, anchor: AuditHead | null): void {
  const isThere = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE name = 'audit'").get() !== undefined
  if (isThere && !anchor) return
  const last = isThere ? (sqlite.prepare('SELECT max(seq) FROM audit').pluck().get() as number | null) : null
  const missing = (anchor?.seq ?? 0) - (last ?? 0)
  if (!isThere || missing > 0) throw older(missing)
  const hash = sqlite.prepare('SELECT hash FROM audit WHERE seq = ?').pluck().get(anchor!.seq)
  if (hash !== anchor!.hash) throw older(0)
}

/** The end of the trail in a backup of that moment. */
export interface BackedUpHead extends AuditHead {
  at: string
}

/**
 * For a database beside which no end of its trail was kept: the newest backup says how far it went at least, unless an
 * older one was restored since.
 * @throws DATA_DAMAGED as `refuseLostChanges`
 */
export function refuseOlderThanBackup(sqlite: Sqlite.Database, backups: readonly BackedUpHead[]): void {
  const newest = [...backups].sort((a, b) => b.at.localeCompare(a.at))[0]
  if (!newest) return
  const missing = newest.seq - ((sqlite.prepare('SELECT max(seq) FROM audit').pluck().get() as number | null) ?? 0)
  const restored = sqlite.prepare("SELECT 1 FROM audit WHERE action = 'backup.restore' AND at >= ?").get(newest.at)
  if (missing > 0 && !restored) throw older(missing)
}

function older(missing: number): AppError {
  const entries =
    missing === 1 ? 'The newest entry of the audit trail is' : `The newest ${missing} entries of the audit trail are`
  const what =
    missing > 0 ? `${entries} missing from the database file` : 'The database file is not the one that was saved last'
  return new AppError('DATA_DAMAGED', `${what}: it is an older copy, or changes were lost. Restore a backup.`, {
    problem: 'older-than-anchor',
    missing,
  })
}

/**
 * Written after each COMMIT, plainly: the commit before it is on the disk, so that the file can lag behind the database
 * (a power cut, a disk that is full) and never be ahead of it.
 */
export class HeadFile {
  readonly #file: string
  #handle: number | null = null
  /** The end of the trail after the last commit, as far as this process knows. */
  latest: AuditHead | null

  constructor(file: string) {
    this.#file = file
    this.latest = readAnchor(file)
  }

  write(head: AuditHead): void {
    this.latest = head
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
