// Bad luck below the app: full and read-only disks, damaged key and lock files, a killed process, a clock set back.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type ChildHost, openChildHost } from '#test/helpers/child-host.ts'
import { attach, createD3353 } from '#test/helpers/d3353.ts'
import { digestOf, handOver, newFolder } from '#test/helpers/folders.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const SIGN_IN = { name: 'Ana', password: TEST_PASSWORD }
const NOBODY = 65534
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
async function start(): Promise<TestHost> {
  const test = await setUpTestHost()
  closers.push(() => test.close())
  return test
}
function startChild(dataDir: string, given?: Parameters<typeof openChildHost>[1]): ChildHost {
  const child = openChildHost(dataDir, given)
  closers.push(() => child.kill())
  return child
}
function again(dataDir: string) {
  const host = openEmptyHost(dataDir)
  closers.push(() => host.host.close())
  return host
}

describe('key file', () => {
  it.each([
    ['cut', '{"version":1,"vaul'],
    ['empty', ''],
    ['filled with zeros', '\0'.repeat(900)],
  ])('%s: its copy opens the office, and is not overwritten with the damage', async (_, damage) => {
    const test = await start()
    const file = join(test.dataDir, 'keyring.json')
    await test.call('session.lock', { reason: 'user' })
    writeFileSync(file, damage)
    await test.call('session.signIn', SIGN_IN)
    expect(readFileSync(`${file}.bak`, 'utf8')).toContain('"slots"')
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(`${file}.bak`, 'utf8'))
  })
  it('a removed person’s password is gone from the copy too', async () => {
    const test = await start()
    const { id } = await test.call('user.add', { name: 'Ben', role: 'front_desk', password: 'another long secret' })
    await test.call('user.remove', { id })
    expect(readFileSync(join(test.dataDir, 'keyring.json.bak'), 'utf8')).not.toContain('"Ben"')
  })
})

describe('two Claimwrights on one folder', () => {
  it('a second process is refused and the first works on; after kill -9 the folder opens', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'note:1', value: 'half a sentence' })
    await test.host.close()
    const first = startChild(test.dataDir)
    expect(await first.call('session.signIn', SIGN_IN)).toMatchObject({ ok: true })
    const second = again(test.dataDir)
    const refused = await second.host.call('session.signIn', SIGN_IN)
    expect(refused).toMatchObject({ ok: false, error: { code: 'DATA_IN_USE' } })
    // The refused one must not take the first one's mark away.
    expect(readdirSync(test.dataDir)).toContain('in-use.json')
    expect(await first.call('draft.save', { scope: 'note:2', value: 'typed just before' })).toMatchObject({ ok: true })
    await first.kill()
    await second.call('session.signIn', SIGN_IN)
    expect((await second.call('draft.get', { scope: 'note:1' })).value).toBe('half a sentence')
    expect((await second.call('draft.get', { scope: 'note:2' })).value).toBe('typed just before')
    expect((await second.call('audit.verify', {})).ok).toBe(true)
  })
  it('a mark whose process number now belongs to another program does not lock the office out', async () => {
    const test = await start()
    await test.call('session.lock', { reason: 'user' })
    const mark = join(test.dataDir, 'in-use.json')
    writeFileSync(mark, JSON.stringify({ pid: process.ppid, host: (await import('node:os')).hostname() }))
    expect(await test.host.call('session.signIn', SIGN_IN)).toMatchObject({ ok: true })
  })
  it.each(['', '{"pid":', 'null'])('an unreadable mark (%j) does not lock the office out', async (content) => {
    const test = await start()
    await test.call('session.lock', { reason: 'user' })
    writeFileSync(join(test.dataDir, 'in-use.json'), content)
    expect(await test.host.call('session.signIn', SIGN_IN)).toMatchObject({ ok: true })
  })
  it('a folder held by another PC says which, and what to do when that PC is gone', async () => {
    const test = await start()
    await test.call('session.lock', { reason: 'user' })
    writeFileSync(join(test.dataDir, 'in-use.json'), JSON.stringify({ pid: 1, host: 'FRONT-DESK-2' }))
    await expect(test.call('session.signIn', SIGN_IN)).rejects.toMatchObject({
      code: 'DATA_IN_USE',
      message: expect.stringMatching(/FRONT-DESK-2.*delete in-use\.json/),
    })
  })
})

describe('a disk that takes nothing', () => {
  it('R3: full while saving: nothing half-saved, said so, reading works, and saving works once there is room', async () => {
    const test = await start()
    const { sqlite } = test.host.vault!
    sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true }) as number}`)
    const value = 'x'.repeat(60_000)
    const reply = await test.host.call('draft.save', { scope: 'long', value })
    expect(reply).toMatchObject({ ok: false, error: { code: 'STORAGE', message: expect.stringContaining('full') } })
    expect((await test.call('draft.get', { scope: 'long' })).value).toBeNull()
    // Still the same session on the same connection, not signed out.
    expect(test.host.vault!.sqlite).toBe(sqlite)
    sqlite.pragma('max_page_count = 1000000')
    await test.call('draft.save', { scope: 'long', value })
    expect((await test.call('audit.verify', {})).ok).toBe(true)
  })
  it('full while locking: it locks all the same, tells the page, and opens again', async () => {
    const test = await start()
    const blocked = ['keyring.json.tmp', 'audit.head.tmp'].map((name) => join(test.dataDir, name))
    for (const path of blocked) mkdirSync(path)
    const events: string[] = []
    test.host.on((event) => events.push(event.type))
    await test.call('session.lock', { reason: 'idle' })
    expect(events).toContain('locked')
    await expect(test.call('office.get', {})).rejects.toMatchObject({ code: 'LOCKED' })
    for (const path of blocked) rmSync(path, { recursive: true })
    await test.call('session.signIn', SIGN_IN)
  })
  it('a sign-in that fails on the way leaves the folder free for the next one', async () => {
    const test = await start()
    await test.call('session.lock', { reason: 'user' })
    const blocked = join(test.dataDir, 'keyring.json.tmp')
    mkdirSync(blocked)
    expect(await test.host.call('session.signIn', SIGN_IN)).toMatchObject({ ok: false })
    rmSync(blocked, { recursive: true })
    await test.call('session.signIn', SIGN_IN)
  })
  it('R5: a folder that takes no writes can be read, says so, and is left as it is (nobody could look anything up)', async () => {
    const test = await start()
    const { caseId } = await createD3353(test)
    const film = await attach(test, caseId)
    await test.host.close()
    // Its newest changes lie in the -wal, as after a crash.
    const crashed = startChild(test.dataDir)
    await crashed.call('session.signIn', SIGN_IN)
    await crashed.call('draft.save', { scope: 'x', value: 'newest' })
    await crashed.kill()
    rmSync(join(test.dataDir, 'in-use.json'))
    const uid = process.getuid?.() === 0 ? NOBODY : undefined
    const before = digestOf(test.dataDir)
    handOver(test.dataDir, uid, false)
    // Bug: who is not root could not clean up after this test, as the backups stayed read-only.
    closers.push(async () => handOver(test.dataDir, uid, true))
    const temporary = newFolder()
    closers.push(async () => rmSync(temporary, { recursive: true }))
    handOver(temporary, uid, true)
    const child = startChild(test.dataDir, { uid, temporary })
    expect(await child.call('session.status', {})).toMatchObject({
      ok: true,
      data: { state: 'locked', readOnly: true },
    })
    const wrong = () => child.call('session.signIn', { name: 'Ana', password: 'wrong' })
    for (const left of [4, 3, 2, 1])
      expect(await wrong()).toMatchObject({ error: { code: 'WRONG_PASSWORD', details: { left } } })
    expect(await child.call('session.signIn', SIGN_IN)).toMatchObject({ ok: true })
    expect(await child.call('session.status', {})).toMatchObject({ ok: true, data: { state: 'open', readOnly: true } })
    expect(await child.call('draft.get', { scope: 'x' })).toMatchObject({ data: { value: 'newest' } })
    expect(await child.call('case.get', { id: caseId })).toMatchObject({ ok: true })
    expect(await child.call('attachment.content', { id: film.id })).toMatchObject({ ok: true })
    const refused = { ok: false, error: { code: 'STORAGE', message: expect.stringContaining('read-only') } }
    expect(await child.call('draft.save', { scope: 'x', value: 'lost' })).toMatchObject(refused)
    // What leaves the app without standing in the trail would leave no trace.
    expect(await child.call('audit.list', {})).toMatchObject(refused)
    expect(await child.call('session.lock', { reason: 'user' })).toMatchObject({ ok: true })
    expect(readdirSync(temporary)).toEqual([])
    await child.kill()
    expect(digestOf(test.dataDir)).toEqual(before)
  })
})

describe('the clock is set back', () => {
  it('a wait for wrong passwords does not last for the years the clock was wrong by', async () => {
    const test = await start()
    await test.call('session.lock', { reason: 'user' })
    test.setNow('2031-01-01T00:00:00')
    for (let index = 0; index < 5; index += 1)
      await test.host.call('session.signIn', { name: 'Ana', password: 'wrong' })
    test.turnClock('2026-11-23T15:00:00')
    // Not shortened either.
    await expect(test.call('session.signIn', SIGN_IN)).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      details: { retryAt: new Date('2026-11-23T15:05:00').toISOString() },
    })
    test.setNow('2026-11-23T15:05:01')
    await test.call('session.signIn', SIGN_IN)
  })
  it('a backup made with the clock years back is kept, and the trail stays whole', async () => {
    const test = await start()
    for (let month = 1; month <= 26; month += 1) {
      const [year, rest] = [2026 + Math.floor(month / 12), (month % 12) + 1]
      test.setNow(`${year}-${String(rest).padStart(2, '0')}-15T10:00:00`)
      await test.call('backup.create', {})
    }
    test.setNow('2001-01-01T00:00:00')
    await test.call('draft.save', { scope: 'x', value: 'typed in 2001' })
    const { id } = await test.call('backup.create', {})
    expect((await test.call('backup.list', {})).backups.map((backup) => backup.id)).toContain(id)
    expect((await test.call('audit.verify', {})).ok).toBe(true)
  })
})
