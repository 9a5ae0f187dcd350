// Where things lie inside a data folder.
import { join } from 'node:path'

export function vaultPaths(folder: string) {
  return {
    folder,
    database: join(folder, 'claimwright.db'),
    keyring: join(folder, 'keyring.json'),
    blobs: join(folder, 'blobs'),
    backups: join(folder, 'backups'),
    lock: join(folder, 'in-use.json'),
    audit: join(folder, 'audit.head'),
    settings: join(folder, 'second-place.json'),
    upkeep: join(folder, 'upkeep.json'),
    refusedTries: join(folder, 'refused-tries.json'),
  }
}

export type Paths = ReturnType<typeof vaultPaths>
