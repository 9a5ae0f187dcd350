// A mark beside a set-up from an export: until the recovery code was typed back, the films there are its own, and it may begin again.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bestEffort } from '#db/files.ts'
import { parseKeyring } from '#db/keyring.ts'
import type { Paths } from '../paths.ts'

export const bringingMark = ({ folder }: Pick<Paths, 'folder'>): string => join(folder, 'bringing.json')

export function markBringing(paths: Paths, vaultId: string): void {
  writeFileSync(bringingMark(paths), JSON.stringify({ vaultId }), { mode: 0o600 })
}

/** Once the office is one. */
export function forgetBringing(paths: Paths): void {
  bestEffort(() => rmSync(bringingMark(paths), { force: true }))
}

/** Whether the mark is that of the key file beside it: no office ever was in this folder. */
export function isBringing(paths: Paths): boolean {
  try {
    const { vaultId } = JSON.parse(readFileSync(bringingMark(paths), 'utf8')) as { vaultId?: unknown }
    return vaultId === parseKeyring(paths.keyring)?.vaultId
  } catch {
    return false
  }
}
