// Backups that lie in a folder, looked through byte by byte without a key.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filmId, manifestsIn, sumOf } from '#db/manifest.ts'
import { sha256Of } from '#db/sha256.ts'

/** Backups that are listed though something of them is missing or another. */
export async function badIn(folder: string): Promise<string[]> {
  const sum = (path: string) => (existsSync(path) ? sha256Of(readFileSync(path)) : null)
  return (await manifestsIn(folder))
    .filter(
      ({ id, databaseSha256, keyringSha256, blobs }) =>
        sum(join(folder, id, 'claimwright.db')) !== databaseSha256 ||
        sum(join(folder, id, 'keyring.json')) !== keyringSha256 ||
        blobs.some((film) => sum(join(folder, 'blobs', `${filmId(film)}.bin`)) !== sumOf(film)),
    )
    .map(({ id }) => id)
}

/** Folders with a final name that are no whole backup. */
export async function halfIn(folder: string): Promise<string[]> {
  const whole = new Set((await manifestsIn(folder)).map(({ id }) => id))
  return readdirSync(folder).filter((name) => !name.startsWith('.') && name !== 'blobs' && !whole.has(name))
}
