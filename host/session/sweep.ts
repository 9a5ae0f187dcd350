// What crashes left behind: half-written files, copies for one use, films that nothing knows. Nothing else is ever removed.
import { readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type BlobRef, liveBlob } from '#db/blob-copies.ts'
import { bestEffort } from '#db/files.ts'
import { DRILL_PREFIX } from './drill.ts'
import { COPY_PREFIX } from './read-only.ts'
import type { Paths } from './paths.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Whoever puts an older database back by hand finds its newest films for so long. */
const ORPHAN_DAYS = 30

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
const drop = (file: string) => bestEffort(() => rmSync(file, { force: true }))
/** By the disk's clock, which says when the file was written. */
const isOlder = (path: string, days: number) =>
  Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > days * DAY_MS

/** Files that were never given their name. Call it while the folder is held and nothing of it is written. */
export function sweepUnnamed({ folder, blobs, ...paths }: Paths): void {
  const { database, keyring, settings, refusedTries, upkeep } = paths
  const ours = [database, keyring, `${keyring}.bak`, settings, refusedTries, upkeep].map(
    (file) => `${basename(file)}.tmp`,
  )
  for (const name of namesIn(folder)) if (ours.some((own) => name.startsWith(own))) drop(join(folder, name))
  for (const part of namesIn(blobs))
    for (const name of namesIn(join(blobs, part))) if (/\.bin\.(tmp|copy)$/.test(name)) drop(join(blobs, part, name))
}

/** Copies that a crash left in the system's folder for such, and old films that no row knows. */
export function sweepOrphans({ folder, blobs }: Paths, known: readonly BlobRef[]): void {
  for (const name of namesIn(tmpdir())) {
    const path = join(tmpdir(), name)
    if ([COPY_PREFIX, DRILL_PREFIX].some((prefix) => name.startsWith(prefix)) && isOlder(path, 1))
      bestEffort(() => rmSync(path, { recursive: true, force: true }))
  }
  // What a restore set aside may know films that today's database does not.
  if (namesIn(folder).some((name) => name.includes('.before-restore-'))) return
  const kept = new Set(known.map(({ blobId }) => liveBlob(blobs)(blobId)))
  for (const part of namesIn(blobs))
    for (const name of namesIn(join(blobs, part))) {
      const path = join(blobs, part, name)
      if (name.endsWith('.bin') && !kept.has(path) && isOlder(path, ORPHAN_DAYS)) drop(path)
    }
}
