// What lies in a folder, byte by byte, and how a test damages or hands over a part of it.
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A throwaway folder, such as a USB disk. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'claimwright-place-'))

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Each file with its checksum: equal before and after means that nothing was written, added or taken away. */
export function digestOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesIn(folder).map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  )
}

/** Damage that keeps the size. */
export function flipByte(file: string, at = 40): void {
  const bytes = readFileSync(file)
  bytes[at]! ^= 1
  writeFileSync(file, bytes)
}

/** Hands everything in a folder to another user with the given rights; only root can give it away. */
export function handOver(folder: string, uid: number | undefined, writable: boolean): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (uid !== undefined) chownSync(path, uid, uid)
    // Given back whole: who is not root can clear it away only then.
    chmodSync(path, (entry.isDirectory() ? 0o555 : 0o444) | (writable ? 0o200 : 0))
  }
  if (uid !== undefined) chownSync(folder, uid, uid)
  chmodSync(folder, writable ? 0o755 : 0o555)
}
