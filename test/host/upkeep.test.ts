// Backups that happen by themselves: before much is changed at once, every four hours of work; and what is told when they do not.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { contract, type RouteName } from '#core/contract/index.ts'
import type { HostEvent } from '#core/contract/events.ts'
import { newFolder } from '#test/helpers/folders.ts'
import { setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const SIGN_IN = { name: 'Ana', password: TEST_PASSWORD }
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of closers.splice(0).reverse()) await close()
})
async function start(): Promise<TestHost> {
  const test = await setUpTestHost()
  closers.push(() => test.close())
  return test
}
const list = (test: TestHost) => test.call('backup.list', {})
const save = (test: TestHost, value: string) => test.call('draft.save', { scope: 'x', value })
/** A file where the folder of backups should be: none can be written. */
async function withoutRoom(test: TestHost, work: () => Promise<unknown>): Promise<void> {
  const place = join(test.dataDir, 'backups')
  rmSync(place, { recursive: true, force: true })
  writeFileSync(place, '')
  await work()
  rmSync(place)
  mkdirSync(place)
}

describe('before much is changed at once', () => {
  it('a backup is written by imports, posting of files, answers and bulk changes', () => {
    const names = Object.keys(contract) as RouteName[]
    expect(names.filter((name) => contract[name].backsUp).sort()).toEqual([
      'ack.read',
      'authorization.import',
      'authorization.undoImport',
      'era.import',
      'era.post',
      'worklist.assign',
      'worklist.snooze',
    ])
  })
  it('it holds what was there before; once nothing was changed since, none is written (an import left none)', async () => {
    const test = await start()
    await save(test, 'before')
    for (let round = 0; round < 2; round += 1) await test.host.call('era.import', { text: 'no remittance' })
    const { backups } = await list(test)
    expect(backups).toMatchObject([{ reason: 'before-change' }])
    await test.call('backup.restore', { id: backups[0]!.id, secret: TEST_PASSWORD })
    await test.call('session.signIn', SIGN_IN)
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe('before')
  })
  it('one that fails is told and stops nobody', async () => {
    const test = await start()
    await withoutRoom(test, async () => {
      await save(test, 'kept')
      await expect(test.call('era.import', { text: 'no remittance' })).rejects.not.toMatchObject({ code: 'STORAGE' })
    })
    expect((await list(test)).problem).not.toBeNull()
    await test.call('backup.create', {})
    expect((await list(test)).problem).toBeNull()
  })
})

it('every four hours of work, and not again while nothing changes', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const test = await start()
  const written = async () => (await list(test)).backups.length
  const pass = async (now: string) => {
    test.setNow(now)
    const told = new Promise<void>((resolve) => {
      const off = test.host.on((event) => {
        if (event.type !== 'changed' || !event.topics.includes('backup')) return
        off()
        resolve()
      })
    })
    await vi.advanceTimersByTimeAsync(30 * 60_000)
    await told
    return written()
  }
  await save(test, 'one')
  expect(await pass('2026-11-23T15:30:00')).toBe(1)
  await save(test, 'two')
  expect(await pass('2026-11-23T19:00:00')).toBe(1)
  expect(await pass('2026-11-23T19:30:00')).toBe(2)
  expect(await pass('2026-11-23T23:30:00')).toBe(2)
})

describe('work that lies on this disk only', () => {
  it('is late after a day and overdue after two, from the first change on, whatever is backed up beside it', async () => {
    const test = await start()
    const level = async (now: string) => {
      test.setNow(now)
      return (await list(test)).atRisk?.level
    }
    expect(await level('2026-11-24T14:00:00')).toBe('new')
    await test.call('backup.create', {})
    expect(await level('2026-11-24T16:00:00')).toBe('late')
    expect(await level('2026-11-25T16:00:00')).toBe('overdue')
    const folder = newFolder()
    closers.push(async () => rmSync(folder, { recursive: true }))
    await test.call('backup.setSecondPlace', { folder })
    await test.call('backup.create', {})
    expect((await list(test)).atRisk).toBeNull()
    // A weekend without work is nobody's fault.
    expect(await level('2026-11-30T08:00:00')).toBeUndefined()
    await save(test, 'monday')
    expect(await level('2026-11-30T08:05:00')).toBe('new')
  })
})

it('a quit whose backup fails says so, and why (it ended without a word)', async () => {
  const test = await start()
  const events: HostEvent[] = []
  test.host.on((event) => events.push(event))
  await save(test, 'kept')
  await withoutRoom(test, () => test.host.close())
  expect(events).toContainEqual({ type: 'not-backed-up', message: expect.stringMatching(/./) })
})
