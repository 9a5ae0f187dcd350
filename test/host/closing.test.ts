// Lock and quit: the page is hidden at once, a verified backup is left, then the key is gone.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { manifestsIn } from '#db/manifest.ts'
import type { HostEvent } from '#core/contract/events.ts'
import { type ChildHost, openChildHost } from '#test/helpers/child-host.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

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
function startChild(dataDir: string): ChildHost {
  const child = openChildHost(dataDir)
  closers.push(() => child.kill())
  return child
}
function again(dataDir: string) {
  const host = openEmptyHost(dataDir)
  closers.push(() => host.host.close())
  return host
}
const backupsOf = (folder: string) => manifestsIn(join(folder, 'backups'))

/** Backups that were begun and not finished. */
const asideIn = (folder: string) => readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.tmp'))

/** The newest backup of the folder, restored, holds the draft. */
async function expectInBackup(test: Pick<TestHost, 'call' | 'dataDir'>, scope: string, value: unknown): Promise<void> {
  const [newest] = await backupsOf(test.dataDir)
  await test.call('backup.restore', { id: newest!.id, secret: TEST_PASSWORD })
  await test.call('session.signIn', SIGN_IN)
  expect((await test.call('draft.get', { scope })).value).toEqual(value)
}

describe('what was changed is in a backup', () => {
  it('lock, then quit (the lock forgot that something was changed, and the quit made no backup)', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    await test.call('session.lock', { reason: 'user' })
    await test.host.close()
    expect(await backupsOf(test.dataDir)).toMatchObject([{ reason: 'quit' }])
    await expectInBackup(again(test.dataDir), 'x', 'kept')
  })
  it('the idle lock, without anybody there', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await test.call('session.setAutoLock', { minutes: 1 })
    const locked = new Promise<HostEvent>((resolve) =>
      test.host.on((event) => event.type === 'locked' && resolve(event)),
    )
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await locked).toEqual({ type: 'locked', reason: 'idle' })
    await test.host.close()
    expect(await backupsOf(test.dataDir)).toHaveLength(1)
  })
  it('quit, after a crash before which nothing was backed up (a restart forgot it)', async () => {
    const test = await start()
    await test.host.close()
    rmSync(join(test.dataDir, 'backups'), { recursive: true })
    const child = startChild(test.dataDir)
    await child.call('session.signIn', SIGN_IN)
    await child.call('draft.save', { scope: 'x', value: 'kept' })
    await child.kill()
    expect(await backupsOf(test.dataDir)).toEqual([])
    const next = again(test.dataDir)
    await next.call('session.signIn', SIGN_IN)
    await next.host.close()
    await expectInBackup(again(test.dataDir), 'x', 'kept')
  })
  it('but looking in and locking again makes no backup: ten of them would push the older ones out', async () => {
    const test = await start()
    await test.call('session.lock', { reason: 'user' })
    expect(await backupsOf(test.dataDir)).toHaveLength(1)
    for (let round = 1; round <= 3; round += 1) {
      test.setNow(`2026-11-23T16:0${round}:00.000Z`)
      await test.call('session.signIn', SIGN_IN)
      await test.call('session.lock', { reason: 'user' })
    }
    expect(await backupsOf(test.dataDir)).toHaveLength(1)
    await test.call('session.signIn', SIGN_IN)
    await test.call('draft.save', { scope: 'x', value: 'a change' })
    expect((await test.call('audit.list', {})).rows.filter((row) => row.action === 'session.signIn')).toHaveLength(4)
  })
})

describe('while the closing backup is written', () => {
  it('the page is told first, and whatever needs the key is refused', async () => {
    const test = await start()
    const events: string[] = []
    test.host.on((event) => events.push(event.type === 'closing' ? event.step : event.type))
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    const locking = test.call('session.lock', { reason: 'user' })
    await expect(test.call('office.get', {})).rejects.toMatchObject({ code: 'LOCKED' })
    await expect(test.call('backup.create', {})).rejects.toMatchObject({ code: 'LOCKED' })
    expect((await test.call('session.status', {})).state).toBe('locked')
    await locking
    expect(events.indexOf('locked')).toBeLessThan(events.indexOf('backup'))
    expect(events).toContain('backup')
  })
  it('a sign-in waits for it and then opens; a wrong password is still a wrong one', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    void test.call('session.lock', { reason: 'user' })
    await expect(test.call('session.signIn', { ...SIGN_IN, password: 'wrong' })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
    test.setNow('2026-11-23T15:01:00.000Z')
    await test.call('session.signIn', SIGN_IN)
    expect(await backupsOf(test.dataDir)).toHaveLength(1)
    await test.call('draft.save', { scope: 'x', value: 'later' })
    void test.call('session.lock', { reason: 'user' })
    await test.call('session.signIn', SIGN_IN)
    expect(await backupsOf(test.dataDir)).toHaveLength(2)
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe('later')
    expect((await test.call('audit.verify', {})).ok).toBe(true)
  })
  it('a lock and a quit on its heels make one backup, and the quit waits for it', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    void test.call('session.lock', { reason: 'system' })
    await test.host.close()
    expect(await backupsOf(test.dataDir)).toHaveLength(1)
    expect(readdirSync(test.dataDir)).not.toContain('claimwright.db-wal')
  })
  it('the key is zeroed and the file closed once the lock answers', async () => {
    const test = await start()
    const vault = test.host.vault!
    await test.call('session.lock', { reason: 'user' })
    expect([...vault.key, ...vault.auditKey].every((byte) => byte === 0)).toBe(true)
    expect(vault.sqlite.open).toBe(false)
  })
  it('a file that cannot be closed keeps nobody in: the lock answers, and the next sign-in closes it (it never answered)', async () => {
    const test = await start()
    vi.spyOn(test.host.vault!.sqlite, 'close').mockImplementationOnce(() => {
      throw new Error('the disk is gone')
    })
    await test.call('session.lock', { reason: 'user' })
    await test.call('session.signIn', SIGN_IN)
    expect((await test.call('session.status', {})).state).toBe('open')
  })
  it('a backup that fails keeps nobody in: it locks, and the next quit makes it good', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    const place = join(test.dataDir, 'backups')
    writeFileSync(place, 'a file where the folder should be')
    await test.call('session.lock', { reason: 'user' })
    expect((await test.call('session.status', {})).state).toBe('locked')
    rmSync(place)
    mkdirSync(place)
    test.setNow('2026-11-23T15:01:00.000Z')
    await test.call('session.signIn', SIGN_IN)
    await test.host.close()
    await expectInBackup(again(test.dataDir), 'x', 'kept')
  })
})

it('while locked, a sealed backup is copied to the second place, without a key', async () => {
  const test = await start()
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-second-'))
  closers.push(async () => rmSync(folder, { recursive: true }))
  await test.call('backup.setSecondPlace', { folder })
  await test.call('draft.save', { scope: 'x', value: 'kept' })
  await test.call('session.lock', { reason: 'user' })
  expect(test.host.vault).toBeNull()
  await test.host.close()
  expect(await backupsOf(test.dataDir)).toHaveLength(1)
  expect((await manifestsIn(folder)).map(({ id }) => id)).toEqual((await backupsOf(test.dataDir)).map(({ id }) => id))
})

/** Resolves when the backup that is being written, and is not one of `before`, has got so far. */
async function reaches(folder: string, before: readonly string[], fileName: string): Promise<void> {
  const isThere = () =>
    asideIn(folder).some((name) => !before.includes(name) && existsSync(join(folder, 'backups', name, fileName)))
  while (!isThere()) await new Promise((resolve) => setImmediate(resolve))
}

it(
  'R12: killed on the way of the closing backup: no half one under a final name, nothing lost, no leavings',
  { timeout: 120_000 },
  async () => {
    const test = await start()
    for (let index = 0; index < 100; index += 1)
      await test.call('draft.save', { scope: `s${index}`, value: `${index}`.repeat(40_000) })
    await test.host.close()
    const { dataDir } = test
    for (const [index, part] of ['claimwright.db', 'keyring.json'].entries()) {
      const child = startChild(dataDir)
      await child.call('session.signIn', SIGN_IN)
      const before = asideIn(dataDir)
      await child.call('draft.save', { scope: 'round', value: index })
      void child.call('session.lock', { reason: 'user' })
      await reaches(dataDir, before, part)
      await child.kill()
      const named = readdirSync(join(dataDir, 'backups')).filter((name) => !name.startsWith('.') && name !== 'blobs')
      const whole = (await backupsOf(dataDir)).map(({ id }) => id)
      expect(named.sort()).toEqual(whole.sort())
      expect(asideIn(dataDir), 'the cut fell into the backup').toHaveLength(1)
    }
    const host = again(dataDir)
    // The child has the real clock.
    host.setNow('2126-01-01T15:00:00.000Z')
    await host.call('session.signIn', SIGN_IN)
    expect((await host.call('draft.get', { scope: 'round' })).value).toBe(1)
    await host.host.close()
    expect(asideIn(dataDir)).toEqual([])
    await expectInBackup(again(dataDir), 'round', 1)
  },
)
