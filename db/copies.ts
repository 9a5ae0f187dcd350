// Copies of files that are on the disk when they are there at all, byte for byte; and files moved out of the way, never deleted.
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '#core/errors.ts'
import { renameRetrying, syncFolder } from './files.ts'
import { sha256Of } from './sha256.ts'

/** Read in pieces: a file of 2 GB and more does not fit into one buffer. A piece holds only until the next is asked for. */
export function* piecesOf(file: string): Generator<Buffer> {
  const piece = Buffer.alloc(1 << 20)
  const handle = openSync(file, 'r')
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) yield piece.subarray(0, read)
  } finally {
    closeSync(handle)
  }
}

/** Forces a file that somebody else wrote onto the disk. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Copies and syncs; a copy that failed half-way, as on a full disk, takes no more room. @returns the checksum */
function copyPieces(from: string, to: string): string {
  const hash = createHash('sha256')
  const handle = openSync(to, 'w', 0o600)
  try {
    for (const piece of piecesOf(from)) {
      hash.update(piece)
      writeFileSync(handle, piece)
    }
    fsyncSync(handle)
    closeSync(handle)
    return hash.digest('hex')
  } catch (error) {
    closeSync(handle)
    rmSync(to, { force: true })
    throw error
  }
}

/**
 * Copies aside, syncs, reads back, and only then gives the copy its name. It is a file of our own: a copy from a
 * read-only disk can be written to.
 * @returns the checksum of what was copied
 * @throws STORAGE when the disk gives back something else
 */
export function copyDurably(from: string, to: string): string {
  const aside = `${to}.tmp`
  const sum = copyPieces(from, aside)
  if (sha256Of(piecesOf(aside)) !== sum) {
    rmSync(aside)
    throw new AppError(
      'STORAGE',
      'The disk gives back something else than was written. Check it, or use another one.',
      {
        problem: 'readback',
      },
    )
  }
  renameRetrying(aside, to)
  syncFolder(dirname(to))
  return sum
}

/** A name beside `file` that says why it was moved there and that nothing has yet. */
export function freeName(file: string, mark: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? `${file}.${mark}` : `${file}.${mark}-${count}`
    if (!existsSync(name)) return name
  }
}

/** Moves a file or folder out of the way, if it is there. @returns its new name */
export function setAside(file: string, mark: string): string | null {
  if (!existsSync(file)) return null
  const name = freeName(file, mark)
  renameRetrying(file, name)
  return name
}
