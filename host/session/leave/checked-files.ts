// Files of an export: written in pieces and summed up on the way, and compared with what the manifest says of them.
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { piecesOf } from '#db/copies.ts'
import type { Step } from '#host/kernel/step.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { ExportManifest, ListedFile } from './format.ts'

const PIECE = 1 << 18

/** A new file of the export; `end` says what the manifest will say of it. No table ever stands in memory as a whole. */
export function openListed(folder: string, path: string) {
  const handle = openSync(join(folder, path), 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  let waiting: Buffer[] = []
  let length = 0
  const flush = () => {
    const piece = Buffer.concat(waiting)
    for (let at = 0; at < piece.length;) at += writeSync(handle, piece, at)
    hash.update(piece)
    bytes += piece.length
    waiting = []
    length = 0
  }
  return {
    write(content: string | Buffer): void {
      const piece = typeof content === 'string' ? Buffer.from(content) : content
      waiting.push(piece)
      length += piece.length
      if (length >= PIECE) flush()
    },
    end(): ListedFile {
      flush()
      fsyncSync(handle)
      closeSync(handle)
      return { path, bytes, sha256: hash.digest('hex') }
    },
    close: () => closeSync(handle),
  }
}

/** More than this are counted only. */
const NAMED = 10

/** Reads every file of the export. @throws REFUSED naming those that are missing, or not as they were written */
export async function checkFiles(folder: string, { files }: ExportManifest, step: Step): Promise<void> {
  const bad: string[] = []
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let read = 0
  for (const file of files) {
    const problem = await problemOf(join(folder, file.path), file, async (piece) => {
      read += piece
      await step(read, total)
    })
    if (problem) bad.push(`${file.path} ${problem}.`)
  }
  if (bad.length === 0) return
  const more = bad.length > NAMED ? [`And ${bad.length - NAMED} more.`] : []
  refuse([
    ...bad.slice(0, NAMED),
    ...more,
    'Copy the export again from where it was written. Nothing was brought here.',
  ])
}

async function problemOf(place: string, file: ListedFile, heard: (bytes: number) => Promise<void>) {
  const found = existsSync(place) && statSync(place)
  if (!found || !found.isFile()) return 'is missing'
  if (found.size !== file.bytes) return 'is not as it was written'
  const hash = createHash('sha256')
  for (const piece of piecesOf(place)) {
    hash.update(piece)
    await heard(piece.length)
  }
  return hash.digest('hex') === file.sha256 ? null : 'is not as it was written'
}
