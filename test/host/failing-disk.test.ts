// A disk that fails at the COMMIT, and a second place that fails at anything: told, and in nobody's way.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Statement } from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { manifestsIn } from '#db/manifest.ts'
import { unlessSilent } from '#host/kernel/patience.ts'
import { openChildHost } from '#test/helpers/child-host.ts'
import { setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const SIGN_IN = { name: 'Ana', password: TEST_PASSWORD }
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  for (const close of closers.splice(0).reverse()) await close()
})
async function start(): Promise<TestHost> {
  const test = await setUpTestHost()
  closers.push(() => test.close())
  return test
}

describe('R4: an error at the COMMIT', () => {
  it('answers STORAGE, and the next one is saved over a connection opened anew (it answered INTERNAL, for good)', async () => {
    const test = await start()
    await test.host.close()
    // The -wal meets the limit first, and all that is written at a COMMIT is the -wal.
    const child = openChildHost(test.dataDir, { mostKilobytes: 3000 })
    closers.push(() => child.kill())
    await child.call('session.signIn', SIGN_IN)
    const saved: number[] = []
    const failed: number[] = []
    for (let round = 0; failed.length < 3 && round < 300; round += 1) {
      const reply = await child.call('draft.save', { scope: 'x', value: `${round}`.padEnd(100_000, `${round}`) })
      ;(reply.ok ? saved : failed).push(round)
      if (!reply.ok) {
        expect(reply.error.code).toBe('STORAGE')
        const kept = (await child.call('draft.get', { scope: 'x' })) as { data: { value: string } }
        expect(kept.data.value.startsWith(`${saved.at(-1)}`)).toBe(true)
      }
    }
    expect(failed).toHaveLength(3)
    expect(saved.at(-1)).toBeGreaterThan(failed[1]!)
    expect(await child.call('audit.verify', {})).toMatchObject({ ok: true, data: { ok: true } })
  })
  it('whose change is there all the same: the next backup is due (locking made none)', async () => {
    const test = await start()
    await test.call('backup.create', {})
    const vault = test.host.vault!
    const statements = Object.getPrototypeOf(vault.sqlite.prepare('SELECT 1')) as Statement
    const { run } = statements
    let isSound = true
    vi.spyOn(statements, 'run').mockImplementation(function (this: Statement, ...values) {
      const answer = run.apply(this, values)
      if (!isSound || !/^commit/i.test(this.source)) return answer
      isSound = false
      throw Object.assign(new Error('disk'), { code: 'SQLITE_IOERR_FSYNC' })
    })
    await expect(test.call('draft.save', { scope: 'x', value: 1 })).rejects.toMatchObject({
      details: { problem: 'half-saved' },
    })
    expect(vault.changed).toBe(true)
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe(1)
  })
})

describe('the second place', () => {
  const breaks: [name: string, damage: (folder: string) => void, told: RegExp][] = [
    ['unplugged', (folder) => rmSync(folder, { recursive: true }), /not there/],
    ['failing', (folder) => writeFileSync(join(folder, 'blobs'), 'a file, as on a damaged drive'), /failed/],
  ]
  it.each(breaks)(
    '%s: sign-in, backup and lock go on, and it is told (the local backup failed with it)',
    async (_, damage, told) => {
      const test = await start()
      const folder = mkdtempSync(join(tmpdir(), 'claimwright-second-'))
      closers.push(async () => rmSync(folder, { recursive: true, force: true }))
      await test.call('backup.setSecondPlace', { folder })
      damage(folder)
      await test.call('backup.create', {})
      expect(await test.call('backup.list', {})).toMatchObject({
        backups: [{ place: 'local', verified: true }],
        secondPlace: folder,
        secondPlaceProblem: expect.stringMatching(told),
        lastOffDisk: null,
      })
      test.setNow('2026-11-23T15:01:00.000Z')
      await test.call('draft.save', { scope: 'x', value: 1 })
      await test.call('session.lock', { reason: 'user' })
      await test.call('session.signIn', SIGN_IN)
      // Plugged in again and mended: the next backup brings it there, and nothing is told any more.
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
      test.setNow('2026-11-23T15:02:00.000Z')
      const { id } = await test.call('backup.create', {})
      // The copy that the lock began may still have found the mended place.
      expect((await manifestsIn(folder))[0]).toMatchObject({ id })
      expect((await test.call('backup.list', {})).secondPlaceProblem).toBeNull()
    },
  )
  it('is not taken for silent by a host that was busy itself (a large backup took longer than its patience)', async () => {
    const answer = unlessSilent(20, () => stat(tmpdir()), vi.fn<() => void>())
    for (const end = performance.now() + 60; performance.now() < end;);
    expect((await answer).isDirectory()).toBe(true)
  })
  it('that answers nothing is given up, and work that comes back to life ends', async () => {
    vi.useFakeTimers()
    let alive = () => {}
    const abandoned = vi.fn<() => void>()
    const hanging = unlessSilent(1000, (tell) => new Promise(() => (alive = tell)), abandoned)
    const refused = hanging.catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(900)
    alive()
    await vi.advanceTimersByTimeAsync(900)
    expect(abandoned).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(101)
    expect(await refused).toMatchObject({ code: 'STORAGE' })
    expect(abandoned).toHaveBeenCalledOnce()
    expect(alive).toThrow(/No answer/)
  })
})
