// A sealed backup copied to another place: no key is needed, and the program goes on answering meanwhile.
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { type BlobRef, copiedBlob, type PlaceOf } from './blob-copies.ts'
import { wholeBlob } from './blobs.ts'
import { makeFolder } from './files.ts'
import { BACKUP_FILES, filmId, readManifest, sumOf } from './manifest.ts'

const PIECE = 1 << 20
/** Not the `.tmp` of a backup: one that is written meanwhile clears those away. */
const ASIDE = '.copy'

/**
 * Copies backup `id` and its attachments from one backup folder to another, reads the copy back, and only then gives it
 * its final name.
 * @param alive hears of every piece; when it throws, the copying ends
 * @throws DATA_DAMAGED when the origin is not whole, STORAGE when the copy is not
 */
export async function copySealed(from: string, to: string, id: string, alive: () => void): Promise<void> {
  const manifest = await readManifest(join(from, id))
  if (!manifest) throw new AppError('DATA_DAMAGED', 'This backup is damaged. Choose another one.', { problem: 'copy' })
  const [origin, target] = [join(from, id), join(to, id)]
  const films = join(to, 'blobs')
  // With `recursive` a disk without writes is called a folder that is gone: without it, what is wrong.
  await mkdir(films, { recursive: true }).catch(() => mkdir(films))
  for (const film of manifest.blobs)
    await copyFilm(copiedBlob(from)(filmId(film)), copiedBlob(to)(filmId(film)), sumOf(film), alive)
  await syncEntries(films)
  if ((await readManifest(target))?.hmac === manifest.hmac) return
  const aside = join(to, `.${id}${ASIDE}`)
  try {
    await rm(aside, { recursive: true, force: true })
    await mkdir(aside)
    for (const name of BACKUP_FILES) await copyChecked(join(origin, name), join(aside, name), alive)
    await syncEntries(aside)
    await rm(target, { recursive: true, force: true })
    await rename(aside, target)
    await syncEntries(to)
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

/** @param sum what the manifest says; without it nothing tells which of two that differ is damaged */
async function copyFilm(
  origin: string,
  target: string,
  sum: string | null | undefined,
  alive: () => void,
): Promise<void> {
  const there = await digestOf(target, alive)
  if (there !== null && there === (sum ?? there)) return
  const here = await digestOf(origin, alive)
  // A film that is gone or damaged here too is named when the next backup is made, not when this one is copied.
  if (here === null || here !== (sum ?? here)) return
  await copyChecked(origin, `${target}${ASIDE}`, alive)
  await rename(`${target}${ASIDE}`, target)
}

/**
 * Brings attachments that are whole nowhere here, where they are whole in the backup folder `from`.
 * @returns those that are whole nowhere there either
 */
export async function fetchWhole(
  from: string,
  placeOf: PlaceOf,
  lost: readonly BlobRef[],
  alive: () => void,
): Promise<BlobRef[]> {
  const still: BlobRef[] = []
  for (const ref of lost) {
    const [origin, target] = [copiedBlob(from)(ref.blobId), placeOf(ref.blobId)]
    const isThere = (await digestOf(origin, alive).catch(unlessUnreadable)) !== null
    if (!isThere || !(await bringWhole(origin, target, ref, alive))) still.push(ref)
  }
  return still
}

async function bringWhole(
  origin: string,
  target: string,
  { blobId, key }: BlobRef,
  alive: () => void,
): Promise<boolean> {
  const aside = `${target}${ASIDE}`
  makeFolder(dirname(target))
  await copyChecked(origin, aside, alive)
  const isWhole = wholeBlob(aside, blobId, key) !== null
  if (isWhole) await rename(aside, target)
  else await rm(aside)
  await syncEntries(dirname(target))
  return isWhole
}

/** A file that the disk does not give back is not there; that the place was given up is another thing. */
function unlessUnreadable(error: unknown): null {
  if (error instanceof AppError) throw error
  return null
}

/** Clears away what copying that was cut off left in a folder of backups; only while nothing is copied into it. */
export async function dropCutOff(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith('.') && name.endsWith(ASIDE)) await rm(join(folder, name), { recursive: true, force: true })
}

/** Copies, syncs, and reads back. @returns the checksum @throws STORAGE when the disk gives back something else */
export async function copyChecked(origin: string, target: string, alive: () => void): Promise<string> {
  const copy = await open(target, 'w', 0o600)
  let written: string
  try {
    written = await eachPiece(origin, alive, (piece) => copy.appendFile(piece))
    await copy.sync()
  } finally {
    await copy.close()
  }
  if ((await digestOf(target, alive)) !== written)
    throw new AppError('STORAGE', 'The copy could not be verified and was not kept.', { problem: 'copy' })
  return written
}

/** Makes names in the folder durable; Windows has no such call. */
async function syncEntries(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** SHA-256 of a file; null when there is none. */
async function digestOf(file: string, alive: () => void): Promise<string | null> {
  const isThere = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
  return isThere ? eachPiece(file, alive) : null
}

/** Reads a file in pieces and returns its SHA-256. */
async function eachPiece(
  file: string,
  alive: () => void,
  use: (piece: Buffer) => Promise<void> = async () => undefined,
): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(file, 'r')
  const piece = Buffer.alloc(PIECE)
  try {
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, PIECE)
      // Before the piece is used: one that comes after the place was given up is written nowhere.
      alive()
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
      await use(piece.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}
