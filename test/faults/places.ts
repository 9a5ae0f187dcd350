// What rows about files share: an office whose files nobody has open, the process that is killed, and what must hold afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { type EmptyHost, openEmptyHost, setUpTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'
import type { Outcome } from './outcome.ts'

export const SIGN_IN = { name: 'Ana', password: TEST_PASSWORD }
/** Later than anything that a process with the real clock wrote. */
export const LATER = '2126-01-01T15:00:00.000Z'

/** The longest there is: nobody touches a key here, and a slow machine works longer than the ten minutes of an office. */
export const LONG_LOCK = { minutes: 60 }

/** How often, the file that runs `worker.ts`, and the disk that the row wants, where it wants one. */
export interface Given {
  times: number
  program: string
  disk?: string
}
export type FileRow = (given: Given) => Promise<Outcome>

export const newPlace = (): string => mkdtempSync(join(tmpdir(), 'claimwright-fault-'))
export const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })

/** An office whose files nobody has open. */
export async function closedOffice(dataDir = newPlace(), prepare?: (test: EmptyHost) => Promise<unknown>) {
  const test = await setUpTestHost(dataDir)
  await test.call('session.setAutoLock', LONG_LOCK)
  await prepare?.(test)
  await test.host.close()
  return { dataDir, recoveryCode: test.recoveryCode }
}

export async function openAgain(dataDir: string): Promise<EmptyHost> {
  const test = openEmptyHost(dataDir)
  test.setNow(LATER)
  await test.call('session.signIn', SIGN_IN)
  return test
}

/** Closes it without a word about what it may not have backed up. */
export async function leave({ host }: EmptyHost): Promise<void> {
  if (host.vault) host.vault.changed = false
  await host.close()
}

export function startWork(program: string, what: string, dataDir: string, acks: string, given = '') {
  const child = spawn(process.execPath, [program, 'work', what, dataDir, acks, given], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  return {
    /** Resolves with so many lines in the file of acknowledgements. */
    async said(lines: number) {
      while (acknowledged(acks).length < lines) {
        if (child.exitCode !== null) throw new Error(`${what} ended by itself`)
        await after(5)
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    gone,
  }
}

/** A line cut short by the kill counts for nothing. */
export const acknowledged = (acks: string): string[] =>
  existsSync(acks) ? readFileSync(acks, 'utf8').split('\n').slice(0, -1) : []

export function checkFile({ host }: EmptyHost): string[] {
  const checks = ['integrity_check', 'foreign_key_check'].map((name) => host.vault!.sqlite.pragma(name) as unknown[])
  return JSON.stringify(checks) === '[[{"integrity_check":"ok"}],[]]' ? [] : [JSON.stringify(checks).slice(0, 200)]
}
