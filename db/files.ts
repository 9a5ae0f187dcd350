// Files that are either the old or the new version, never half: write aside, fsync, rename; retries where a virus scanner holds one.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes `content` to `file` atomically and durably. */
export function writeFileAtomic(file: string, content: string | Buffer): void {
  const aside = `${file}.tmp`
  const handle = openSync(aside, 'w', 0o600)
  try {
    writeFileSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameRetrying(aside, file)
  syncFolder(dirname(file))
}

/** Renames, waiting up to about ten seconds while another program holds the file (security.md R16). */
export function renameRetrying(from: string, to: string): void {
  for (let wait = 20; ; wait *= 2) {
    try {
      renameSync(from, to)
      return
    } catch (error) {
      const code = (error as { code?: string }).code
      if (!['EBUSY', 'EPERM', 'EACCES'].includes(code ?? '') || wait > 5000 || !existsSync(from)) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait)
    }
  }
}

/** Makes a folder and those above it, each durable: a file that is synced in a folder that is not may be lost with it. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  for (let at = folder; at.length >= first.length && at !== dirname(at); at = dirname(at))
    bestEffort(() => syncFolder(dirname(at)))
}

/** Makes a rename in the folder durable; Windows has no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** For what only helps later, such as who locked: locking and closing go on when the disk takes nothing more. */
export function bestEffort(work: () => void): void {
  try {
    work()
  } catch {
    // Whoever reads it next copes with an older one.
  }
}
