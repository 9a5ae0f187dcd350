// A sealed backup copied to another place: no key is needed, and the program goes on answering meanwhile.
import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { syncFolder } from './files.ts'
import { BACKUP_FILES, readManifest } from './manifest.ts'

const PIECE = 1 << 20

interface Copying {
  /** Hears of every piece; when it throws, the copying ends. */
  alive: () => void
  /** The origin's attachments were checked with their keys just now: those that differ in the other place are replaced. */
  areChecked: boolean
}

/**
 * Copies backup `id` and its attachments from one backup folder to another, reads the copy back, and only then gives it
 * its final name.
 * @throws DATA_DAMAGED when the origin is not whole, STORAGE when the copy is not
 */
export async function copySealed(from: string, to: string, id: string, how: Copying): Promise<void> {
  const { alive } = how
  const manifest = readManifest(join(from, id))
  if (!manifest) throw new AppError('DATA_DAMAGED', 'This backup is damaged. Choose another one.', { problem: 'copy' })
  const [origin, target] = [join(from, id), join(to, id)]
  await mkdir(join(to, 'blobs'), { recursive: true })
  for (const blob of manifest.blobs)
    await copyOnce(join(from, 'blobs', `${blob}.bin`), join(to, 'blobs', `${blob}.bin`), how)
  if (readManifest(target)?.hmac === manifest.hmac) return
  const aside = join(to, `.${id}.tmp`)
  try {
    await rm(aside, { recursive: true, force: true })
    await mkdir(aside)
    for (const name of BACKUP_FILES) await copyChecked(join(origin, name), join(aside, name), alive)
    syncFolder(aside)
    await rm(target, { recursive: true, force: true })
    await rename(aside, target)
    syncFolder(to)
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

async function copyOnce(origin: string, target: string, { alive, areChecked }: Copying): Promise<void> {
  const there = await digestOf(target, alive)
  if (there !== null && !areChecked) return
  const wanted = await digestOf(origin, alive)
  // A film that is gone here too is named when the backup is made, not when it is copied.
  if (wanted === null || there === wanted) return
  await copyChecked(origin, `${target}.tmp`, alive)
  await rename(`${target}.tmp`, target)
}

async function copyChecked(origin: string, target: string, alive: () => void): Promise<void> {
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
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
      await use(piece.subarray(0, bytesRead))
      alive()
    }
  } finally {
    await handle.close()
  }
}
