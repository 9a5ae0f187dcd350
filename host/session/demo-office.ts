// The demo practice: an invented office of its own, whose password lies beside it.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import type { RunAsCommand } from '#host/kernel/router.ts'
import { holdFolder } from '#db/folder-lock.ts'
import { parseKeyring } from '#db/keyring.ts'
import { refuseUnsafeFolder } from '#db/safe-folder.ts'
import { vaultPaths } from './paths.ts'
import type { Office } from './office.ts'
import type { BackupDesk } from './backup-desk.ts'
import { holdsOffice } from './traces.ts'

export const DEMO_USER = 'Demo user'

/** The demo's secret lies beside it: it holds invented people only. */
export const demoSecret = (folder: string): string => join(folder, 'demo-secret')

/**
 * Whether the folder holds a demo that can be opened; what a broken or half-made one left is cleared.
 * @param isBroken it was found damaged when it was opened
 * @throws REFUSED when an office lives there: that is never touched; DATA_IN_USE; DATA_DAMAGED when none could be made there either
 */
export async function clearUnlessDemo(folder: string, desk: BackupDesk, isBroken: boolean): Promise<boolean> {
  refuseUnsafeFolder(folder)
  const paths = vaultPaths(folder)
  if (await holdsOffice(paths, desk)) {
    const keyring = parseKeyring(paths.keyring) ?? parseKeyring(`${paths.keyring}.bak`)
    const isDemo = keyring ? keyring.officeName === DEMO_OFFICE.name : existsSync(demoSecret(folder))
    if (!isDemo)
      throw new AppError('REFUSED', 'The demo’s folder holds an office.', {
        reasons: ['The folder “demo” inside the data folder holds an office’s data. Move it elsewhere first.'],
      })
    if (!isBroken && keyring?.confirmed && existsSync(paths.database) && existsSync(demoSecret(folder))) return true
  }
  mkdirSync(folder, { recursive: true })
  // Another Claimwright may be filling it: it is no left-over then.
  holdFolder(folder).release()
  const { database, keyring, audit, settings, refusedTries, upkeep, blobs, backups } = paths
  const files = [
    database,
    `${database}-wal`,
    keyring,
    `${keyring}.bak`,
    audit,
    settings,
    refusedTries,
    upkeep,
    blobs,
    backups,
  ]
  for (const path of [...files, demoSecret(folder)]) rmSync(path, { recursive: true, force: true })
  return false
}

/** Whoever sets the demo up, on its own, empty folder. */
export interface Founder {
  setup(input: ParsedInputOf<'session.setup'>): Promise<OutputOf<'session.setup'>>
  confirmRecovery(input: ParsedInputOf<'session.confirmRecovery'>, run: RunAsCommand): Promise<unknown>
}

/** Sets the invented office up in its own, empty folder, fills it, closes it, and leaves its password in `secretFile`. */
export async function makeDemo(office: Office, founder: Founder, secretFile: string): Promise<void> {
  const password = randomBytes(18).toString('base64')
  const user = { name: DEMO_USER, password }
  const { recoveryCode } = await founder.setup({ office: DEMO_OFFICE, provider: DEMO_PROVIDER, user })
  // A set-up only; nothing is changed by it.
  await founder.confirmRecovery({ recoveryCode }, () => Promise.reject(new Error('nothing to run')))
  await office.options.seedDemo(office.need(), office.options.today())
  await office.close()
  writeFileSync(secretFile, password, { mode: 0o600 })
}

const DEMO_OFFICE = {
  name: 'Sample Dental Practice (demo)',
  address: { street: '100 Sample Ave', city: 'Springfield', state: 'IL', zip: '62701' },
  phone: '555-555-0100',
  npi: '1234567893',
  taxId: '12-3456789',
}

const DEMO_PROVIDER = {
  firstName: 'Pat',
  lastName: 'Doe',
  npi: '1245319599',
  license: 'DEMO-0001',
  taxonomy: '1223E0200X',
}
