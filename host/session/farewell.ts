// A vault that nobody sees any more: its changes go into a backup, then the key is zeroed and the folder let go.
import { statSync } from 'node:fs'
import { bestEffort } from '#db/files.ts'
import { Deferred } from '#host/kernel/deferred.ts'
import { vaultPaths } from './paths.ts'
import type { OpenVault } from './vault.ts'
import { releaseFolder } from './folder-lock.ts'

/** A smaller file is backed up before the lock screen could ask for anything. */
const SMALL_BYTES = 4 * 1024 * 1024
/** What the lock screen is given to be drawn before a larger file keeps the host busy. */
const SCREEN_MS = 1000

/** @param backUp called when something was changed since the last backup; its failing is told to `failed` */
export function farewell(vault: OpenVault, backUp: () => Promise<unknown>, failed: () => void): Deferred {
  return new Deferred(sizeOf(vault) < SMALL_BYTES ? 0 : SCREEN_MS, async () => {
    try {
      await vault.sound()
      if (vault.changed) await backUp()
    } catch {
      failed()
    }
    await letGo(vault)
  })
}

/** Closes the file, zeroes the keys, and leaves the folder to the next one. */
export async function letGo(vault: OpenVault | null): Promise<void> {
  if (!vault) return
  await vault.close()
  bestEffort(() => releaseFolder(vault.folder))
}

function sizeOf(vault: OpenVault): number {
  return statSync(vaultPaths(vault.folder).database, { throwIfNoEntry: false })?.size ?? 0
}
