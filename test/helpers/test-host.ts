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
  /** What the office's clock shows. */
  now(): string
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
    now: () => now,
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

/** Files that a host of a test begins with a copy of. */
interface Template<Built> {
  dataDir: string
  recoveryCode: string
  /** What the host's clock showed at the end. */
  now: string
  built: Built
}
/** Closes a host and keeps its files for as long as the process lives. */
async function keepFiles<Built>(
  { host, dataDir, recoveryCode, now }: TestHost,
  built: Built,
): Promise<Template<Built>> {
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  await closeWithoutBackup(host)
  return { dataDir, recoveryCode, now: now(), built }
}
async function openCopy<Built>(template: Template<Built>, dataDir?: string): Promise<TestHost> {
  const empty = openEmptyHost(dataDir)
  cpSync(template.dataDir, empty.dataDir, { recursive: true })
  empty.setNow(template.now)
  await empty.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  return { ...empty, recoveryCode: template.recoveryCode }
}

let fresh: Promise<Template<null>> | null = null
async function setUpOnce(): Promise<Template<null>> {
  const test = await setUpTestHost()
  // Fresh for as long as a test's clock stands: what changes much at once writes none of its own.
  await test.call('backup.create', {})
  return keepFiles(test, null)
}

/** A host whose office is set up and whose owner is signed in. */
export async function openTestHost(dataDir?: string): Promise<TestHost> {
  fresh ??= setUpOnce()
  return openCopy(await fresh, dataDir)
}

/**
 * Hosts that begin with what `build` makes of a fresh office: it runs once, each host has a copy of the files it left.
 * @returns opens one; beside it what `build` returned, copied as well
 */
export function startingWith<Built>(build: (test: TestHost) => Promise<Built>): () => Promise<[TestHost, Built]> {
  let template: Promise<Template<Built>> | null = null
  const make = async () => {
    const test = await openTestHost()
    return keepFiles(test, await build(test))
  }
  return async () => {
    template ??= make()
    const files = await template
    return [await openCopy(files), structuredClone(files.built)]
  }
}
