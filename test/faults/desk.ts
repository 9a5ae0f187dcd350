// A host in a process of its own, asked like one in this process: the helpers that fill an office take it.
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import { type ChildHost, openChildHost } from '#test/helpers/child-host.ts'
import { type EmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'
import { LONG_LOCK } from './places.ts'

export const SIGN_IN = { name: 'Ana', password: TEST_PASSWORD }

/** @returns `call` alone, for what asks and nothing else */
export function deskOf(child: ChildHost, dataDir: string): TestHost {
  const call = async (route: never, input: never) => {
    const reply = await child.call(route, input)
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.message, reply.error.details)
    return reply.data
  }
  return { call, dataDir } as unknown as TestHost
}

/** An office in `dataDir` that nobody has open, without the backup of its closing. */
export async function quietOffice(dataDir: string, prepare?: (test: EmptyHost) => Promise<unknown>): Promise<string> {
  const test = await setUpTestHost()
  await test.call('session.setAutoLock', LONG_LOCK)
  await prepare?.(test)
  test.host.vault!.changed = false
  await test.host.close()
  mkdirSync(dataDir, { recursive: true })
  cpSync(test.dataDir, dataDir, { recursive: true })
  rmSync(test.dataDir, { recursive: true })
  rmSync(`${dataDir}/backups`, { recursive: true, force: true })
  return test.recoveryCode
}

/** A child on the folder whose owner is signed in. */
export async function openDesk(dataDir: string, circumstances: Parameters<typeof openChildHost>[1] = {}) {
  const child = openChildHost(dataDir, circumstances)
  const desk = deskOf(child, dataDir)
  await desk.call('session.signIn', SIGN_IN)
  return { child, desk }
}
