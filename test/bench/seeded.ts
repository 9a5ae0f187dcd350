// Data folders with an invented practice of N cases, made once and kept under .cache/bench.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { seedPractice } from '#host/demo/demo.ts'
import { type LoneHost, openAlone } from '#host/alone.ts'

export const USER = 'Bench'
export const PASSWORD = 'three unrelated quiet words'
const office = {
  name: 'Sample Dental Practice',
  address: { street: '100 Sample Ave', city: 'Springfield', state: 'IL', zip: '62701' },
  phone: '555-555-0100',
  npi: '1234567893',
  taxId: '12-3456789',
}

export function openHost(dataDir: string): LoneHost {
  return openAlone({ dataDir, assetsDir: 'assets', appVersion: 'bench', checkOutput: false })
}

/** Names the tables and the seed that made a folder, so that an older one is not measured. */
function recipe(): string {
  const hash = createHash('sha256')
  for (const folder of ['db/migrations', 'host/demo'])
    for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 8)
}

/** A new office with one user, signed in. */
export async function makeOffice(host: LoneHost): Promise<void> {
  const reply = await host.call('session.setup', { office, provider: null, user: { name: USER, password: PASSWORD } })
  if (!reply.ok) throw new Error(reply.error.message)
  const { recoveryCode } = reply.data as { recoveryCode: string }
  await host.call('session.confirmRecovery', { recoveryCode })
}

/** The folder of a practice with `cases` cases; the real key derivation and cipher. */
export async function seededFolder(cases: number): Promise<string> {
  const folder = join('.cache/bench', `${cases}-${recipe()}`)
  if (existsSync(folder)) return folder
  const making = `${folder}.making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  const host = openHost(making)
  await makeOffice(host)
  await fill(host, cases)
  await closeAsIs(host)
  renameSync(making, folder)
  return folder
}

/** Without the backup that an office's folder gets when it is closed. */
export async function closeAsIs(host: LoneHost): Promise<void> {
  await host.vault!.sound()
  host.vault!.changed = false
  await host.close()
}

/** Indexes come last: the pages of a million cases would otherwise be written many times over. */
async function fill(host: LoneHost, cases: number): Promise<void> {
  const { sqlite } = host.vault!
  const indexes = sqlite
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) sqlite.exec(`DROP INDEX "${name}"`)
  await seedPractice(host.vault!, { cases, seed: 1 })
  for (const { sql } of indexes) sqlite.exec(sql)
}
