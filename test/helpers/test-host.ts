// A real host on a real encrypted file in a throwaway folder, set up and signed in, with a clock that tests move.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InputOf, OutputOf, RouteName } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import { type LoneHost, openAlone } from '#host/alone.ts'

export const TEST_PASSWORD = 'correct horse battery staple'
/** On the office's wall clock, in whichever zone the test runs. */
export const TEST_NOW = '2026-11-23T15:00:00'
const OFFICE = {
  name: 'Sample Dental Practice',
  address: { street: '100 Sample Ave', city: 'Springfield', state: 'IL', zip: '62701' },
  phone: '555-555-0100',
  npi: '1234567893',
  taxId: '12-3456789',
}
const PROVIDER = { firstName: 'Pat', lastName: 'Doe', npi: '1245319599', license: 'LIC-1', taxonomy: '1223E0200X' }

/** What sets the same office up at a host of one's own, without a dentist; and somebody whom its owner may add. */
export const NEW_OFFICE = { office: OFFICE, provider: null, user: { name: 'Ana', password: TEST_PASSWORD } }
export const BEN = { name: 'Ben', password: 'another quiet pair of words' }

export interface TestHost {
  host: LoneHost
  dataDir: string
  recoveryCode: string
  /** Answers the data or throws the AppError of the envelope. */
  call<Name extends RouteName>(route: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
  /** @param now what the office's clock shows (`2026-11-23T15:00:00`), or an instant in UTC (with a Z) */
  setNow(now: string): void
  /** Somebody sets the computer's clock: no time passes. */
  turnClock(now: string): void
  close(): Promise<void>
}

/** One that was not set up here: nobody knows its recovery code. */
export type EmptyHost = Omit<TestHost, 'recoveryCode'>

/** Nobody can see a closing backup that goes with its folder; tests of it close the host itself. */
async function closeWithoutBackup(host: EmptyHost['host']): Promise<void> {
  const { vault } = host
  // Looking the file through finds changes that no backup holds.
  await vault?.sound().catch(() => undefined)
  if (vault) vault.changed = false
  await host.close()
}

/** A host on an empty folder, nothing set up. */
export function openEmptyHost(dataDir = mkdtempSync(join(tmpdir(), 'claimwright-'))): EmptyHost {
  let now = TEST_NOW
  let turnedBy = 0
  const host = openAlone({
    dataDir,
    assetsDir: 'assets',
    appVersion: '0.1.0-test',
    now: () => new Date(now).toISOString(),
    elapsed: () => Date.parse(now) - turnedBy,
    scryptN: 2 ** 10,
    logDir: join(dataDir, 'logs'),
    checkOutput: true,
  })
  return {
    host,
    dataDir,
    async call(route, input) {
      const reply = await host.call(route, input)
      if (!reply.ok) throw new AppError(reply.error.code, reply.error.message, reply.error.details)
      return reply.data as never
    },
    setNow(next) {
      now = next
    },
    turnClock(next) {
      turnedBy += Date.parse(next) - Date.parse(now)
      now = next
    },
    async close() {
      await closeWithoutBackup(host)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Sets an office up from nothing: for tests of set-up, of backups, and of what a disk does to the files. */
export async function setUpTestHost(dataDir?: string): Promise<TestHost> {
  const empty = openEmptyHost(dataDir)
  const { recoveryCode } = await empty.call('session.setup', {
    office: OFFICE,
    provider: PROVIDER,
    user: { name: 'Ana', password: TEST_PASSWORD },
  })
  await empty.call('session.confirmRecovery', { recoveryCode })
  return { ...empty, recoveryCode }
}

/** The files of an office that was just set up; the hosts of a process begin with copies of them. */
let fresh: Promise<Pick<TestHost, 'dataDir' | 'recoveryCode'>> | null = null
async function setUpOnce() {
  const { host, call, dataDir, recoveryCode } = await setUpTestHost()
  // Fresh for as long as a test's clock stands: what changes much at once writes none of its own.
  await call('backup.create', {})
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  await closeWithoutBackup(host)
  return { dataDir, recoveryCode }
}

/** A host whose office is set up and whose owner is signed in. */
export async function openTestHost(dataDir?: string): Promise<TestHost> {
  fresh ??= setUpOnce()
  const { dataDir: files, recoveryCode } = await fresh
  const empty = openEmptyHost(dataDir)
  cpSync(files, empty.dataDir, { recursive: true })
  await empty.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  return { ...empty, recoveryCode }
}
