// One Claimwright per data folder: SQLite's own lock decides on this PC; a small file names the PC, for folders that travel.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'
import { vaultPaths } from './paths.ts'

const Holder = z.object({ host: z.string() })

/**
 * Looks before anything is opened. A file of this PC says nothing: after a crash its process number may belong to
 * another program, and SQLite refuses a second opener anyway.
 * @throws DATA_IN_USE when another PC holds the folder
 */
export function refuseForeignHolder(folder: string): void {
  const host = readHolder(vaultPaths(folder).lock)
  if (host !== null && host !== hostname())
    throw new AppError(
      'DATA_IN_USE',
      `Claimwright is open on this data folder on the PC ${host}. Close it there. If that PC is gone, delete in-use.json in the data folder.`,
      { host },
    )
}

/** Call it once the database is open. */
export function markFolder(folder: string): void {
  writeFileSync(vaultPaths(folder).lock, JSON.stringify({ pid: process.pid, host: hostname() }))
}

export function releaseFolder(folder: string): void {
  rmSync(vaultPaths(folder).lock, { force: true })
}

/** Null when nobody holds it or a power cut left the file unreadable. */
function readHolder(file: string): string | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, 'utf8'))).host
  } catch {
    return null
  }
}
