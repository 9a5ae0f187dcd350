// Damage that the header does not show: flipped bits inside, a lost -wal. Noticed, refused, and nothing on the disk changed.
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type ChildHost, openChildHost } from '#test/helpers/child-host.ts'
import { newFolder } from '#test/helpers/folders.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const SIGN_IN = { name: 'Ana', password: TEST_PASSWORD }
const PAGE = 4096
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
function startChild(dataDir: string): ChildHost {
  const child = openChildHost(dataDir)
  closers.push(() => child.kill())
  return child
}
function again(dataDir: string): Omit<TestHost, 'recoveryCode'> {
  const host = openEmptyHost(dataDir)
  closers.push(() => host.host.close())
  return host
}
/** Each data file with its checksum; sign-in counts tries in the key file and marks the folder, which is not data; nor is the index of the -wal. */
const digest = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/^keyring\.json|^in-use|-shm$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)

/** An office with one backup and a draft of many pages, closed; and where in the file those pages lie. */
async function office(): Promise<{ dataDir: string; inner: number }> {
  const test = await setUpTestHost()
  closers.push(() => test.close())
  await test.call('draft.save', { scope: 'long', value: 'x'.repeat(60_000) })
  await test.call('backup.create', {})
  const pages = test.host.vault!.sqlite.prepare("SELECT max(pageno) FROM dbstat WHERE name = 'draft'").pluck()
  const inner = (pages.get() as number) - 1
  await test.host.close()
  return { dataDir: test.dataDir, inner }
}
function flip(dataDir: string, page: number): void {
  const file = join(dataDir, 'claimwright.db')
  const bytes = readFileSync(file)
  bytes[page * PAGE + 1000]! ^= 1
  writeFileSync(file, bytes)
}
async function expectRecovery(host: Omit<TestHost, 'recoveryCode'>, before: string[], problem: RegExp): Promise<void> {
  const status = await host.call('session.status', {})
  expect(status.state).toBe('damaged')
  expect(status.problem!.code).toMatch(problem)
  expect(status.problem!.backups.length).toBeGreaterThan(0)
  await host.host.close()
  expect(digest(host.dataDir)).toEqual(before)
}

describe('R6: one flipped bit in an inner page', () => {
  it('that comes up while a backup is written leads to the recovery screen (the backup failed, and work went on)', async () => {
    const { dataDir, inner } = await office()
    const host = again(dataDir)
    await host.call('session.signIn', SIGN_IN)
    await host.call('draft.save', { scope: 'y', value: 1 })
    flip(dataDir, inner)
    host.host.vault!.sqlite.pragma('shrink_memory')
    await expect(host.call('backup.create', {})).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    expect((await host.call('session.status', {})).state).toBe('damaged')
  })
  it('where the trail ends, which the opening itself reads: to the recovery screen (sign-in was refused, and again and again)', async () => {
    const test = await setUpTestHost()
    closers.push(() => test.close())
    await test.call('backup.create', {})
    const pages = test.host.vault!.sqlite.prepare("SELECT pageno FROM dbstat WHERE name = 'audit'").pluck()
    const of = pages.all() as number[]
    await test.host.close()
    for (const page of of) flip(test.dataDir, page - 1)
    const before = digest(test.dataDir)
    const host = again(test.dataDir)
    await expect(host.call('session.signIn', SIGN_IN)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    await expectRecovery(host, before, /^SQLITE_CORRUPT/)
  })
  it('stops the first write (it went into the damaged file)', async () => {
    const { dataDir, inner } = await office()
    flip(dataDir, inner)
    const before = digest(dataDir)
    const host = again(dataDir)
    await host.call('session.signIn', SIGN_IN)
    await expect(host.call('draft.save', { scope: 'y', value: 1 })).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    await expectRecovery(host, before, /^SQLITE_CORRUPT|^quick-check/)
  })
  it('is noticed behind Today when nobody writes, and the page is told', async () => {
    const { dataDir, inner } = await office()
    flip(dataDir, inner)
    const before = digest(dataDir)
    const host = again(dataDir)
    const locked = new Promise((resolve) => host.host.on((event) => event.type === 'locked' && resolve(event)))
    await host.call('session.signIn', SIGN_IN)
    expect(await host.call('today.list', {})).toBeDefined()
    await locked
    await expectRecovery(host, before, /^SQLITE_CORRUPT|^quick-check/)
  })
  it('met by a question first, leads to the recovery screen too (it only answered an error)', async () => {
    const { dataDir, inner } = await office()
    flip(dataDir, inner)
    const before = digest(dataDir)
    const host = again(dataDir)
    await host.call('session.signIn', SIGN_IN)
    await expect(host.call('draft.get', { scope: 'long' })).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    await expectRecovery(host, before, /^SQLITE_CORRUPT|^quick-check/)
  })
  it('after a crash, is noticed before the -wal is folded into the damaged file', async () => {
    const { dataDir, inner } = await office()
    const child = startChild(dataDir)
    await child.call('session.signIn', SIGN_IN)
    await child.call('draft.save', { scope: 'y', value: 'before the crash' })
    await child.kill()
    flip(dataDir, inner)
    const before = digest(dataDir)
    const host = again(dataDir)
    await expect(host.call('session.signIn', SIGN_IN)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    await expectRecovery(host, before, /^SQLITE_CORRUPT|^quick-check/)
  })
  it('the backup of the recovery screen opens the office again', async () => {
    const { dataDir, inner } = await office()
    flip(dataDir, inner)
    const host = again(dataDir)
    await host.call('session.signIn', SIGN_IN)
    await expect(host.call('draft.save', { scope: 'y', value: 1 })).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    const { problem } = await host.call('session.status', {})
    await host.call('backup.restore', { id: problem!.backups[0]!.id, secret: TEST_PASSWORD })
    await host.call('session.signIn', SIGN_IN)
    await host.call('draft.save', { scope: 'y', value: 1 })
    expect((await host.call('draft.get', { scope: 'long' })).value).toBe('x'.repeat(60_000))
  })
})

describe('R6: the end of the trail beside the database', () => {
  it.each([
    ['with the -wal lost', (dataDir: string) => rmSync(join(dataDir, 'claimwright.db-wal'))],
    [
      'with the -wal cut short',
      (dataDir: string) => {
        const file = join(dataDir, 'claimwright.db-wal')
        writeFileSync(file, readFileSync(file).subarray(0, 40_000))
      },
    ],
  ])('%s after a crash, the missing changes are noticed (the office opened without them)', async (_, damage) => {
    const { dataDir } = await office()
    const child = startChild(dataDir)
    await child.call('session.signIn', SIGN_IN)
    for (let index = 0; index < 5; index += 1)
      await child.call('draft.save', { scope: `s${index}`, value: 'x'.repeat(9000) })
    await child.kill()
    damage(dataDir)
    const before = digest(dataDir)
    const host = again(dataDir)
    const told: string[] = []
    host.host.on((event) => event.type === 'changed' && told.push(...event.topics))
    await expect(host.call('session.signIn', SIGN_IN)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    // The page asks anew where it stands, and shows the recovery screen instead of a wrong password's words.
    expect(told).toContain('session')
    await expectRecovery(host, before, /older-than-anchor/)
    const { message } = (await host.call('session.status', {})).problem!
    expect(message).toMatch(/^The newest [1-6] entr(y|ies) of the audit trail (is|are) missing/)
  })
  it('a file that went on elsewhere from an older copy is not taken for the one saved last (only its length was looked at)', async () => {
    const { dataDir } = await office()
    const elsewhere = newFolder()
    closers.push(async () => rmSync(elsewhere, { recursive: true }))
    cpSync(dataDir, elsewhere, { recursive: true })
    for (const [folder, rows] of [
      [dataDir, 1],
      [elsewhere, 3],
    ] as const) {
      const { call, host } = again(folder)
      await call('session.signIn', SIGN_IN)
      for (let row = 0; row < rows; row += 1) await call('draft.save', { scope: 'y', value: folder })
      await host.close()
    }
    cpSync(join(elsewhere, 'claimwright.db'), join(dataDir, 'claimwright.db'))
    const before = digest(dataDir)
    const host = again(dataDir)
    await expect(host.call('session.signIn', SIGN_IN)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    await expectRecovery(host, before, /older-than-anchor/)
  })
  it('a new office whose -wal is lost is damaged, not empty (it was filled with new tables)', async () => {
    const test = await setUpTestHost()
    closers.push(() => test.close())
    await test.call('backup.create', {})
    await test.host.close()
    const child = startChild(test.dataDir)
    await child.call('session.signIn', SIGN_IN)
    await child.call('draft.save', { scope: 'y', value: 1 })
    await child.kill()
    // What a file holds whose first commits all lay in the -wal: a header and nothing else.
    const { default: Sqlite } = await import('better-sqlite3')
    const { giveKey } = await import('#db/open.ts')
    const { readKeyring, unwrapKey } = await import('#db/keyring.ts')
    const slot = readKeyring(join(test.dataDir, 'keyring.json')).slots[0]!
    const key = (await unwrapKey(slot.wrapped, TEST_PASSWORD, slot.id))!
    for (const name of ['claimwright.db', 'claimwright.db-wal']) rmSync(join(test.dataDir, name))
    const empty = new Sqlite(join(test.dataDir, 'claimwright.db'))
    giveKey(empty, key)
    empty.pragma('journal_mode=WAL')
    empty.close()
    const before = digest(test.dataDir)
    const host = again(test.dataDir)
    await expect(host.call('session.signIn', SIGN_IN)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    await expectRecovery(host, before, /older-than-anchor/)
  })
  const LAST = 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1'
  it('is written after each commit, behind it is normal and caught up', async () => {
    const test = await setUpTestHost()
    closers.push(() => test.close())
    const file = join(test.dataDir, 'audit.head')
    const head = () => JSON.parse(readFileSync(file, 'utf8')) as unknown
    const stale = readFileSync(file)
    await test.call('draft.save', { scope: 'y', value: 1 })
    expect(head()).toEqual(test.host.vault!.sqlite.prepare(LAST).get())
    await test.call('session.lock', { reason: 'user' })
    writeFileSync(file, stale)
    await test.call('session.signIn', SIGN_IN)
    await test.call('draft.save', { scope: 'y', value: 2 })
    expect(head()).toEqual(test.host.vault!.sqlite.prepare(LAST).get())
  })
  it.each([
    ['empty', ''],
    ['cut', '{"seq":900'],
    ['scrambled', '{"seq":"900"}'],
    ['zeros', '\0'.repeat(128)],
  ])('torn by a power cut it is no damage: %s', async (_, text) => {
    const { dataDir } = await office()
    writeFileSync(join(dataDir, 'audit.head'), text)
    const host = again(dataDir)
    await host.call('session.signIn', SIGN_IN)
    await host.call('draft.save', { scope: 'y', value: 1 })
    expect((await host.call('session.status', {})).state).toBe('open')
  })
  // Whoever cuts the trail takes the file with its end along: what is left to ask is the backups.
  it('gone together with the newest changes: the newest backup says that they are missing, unless an older one was restored', async () => {
    const { dataDir } = await office()
    const older = readFileSync(join(dataDir, 'claimwright.db'))
    const later = again(dataDir)
    await later.call('session.signIn', SIGN_IN)
    const [first] = (await later.call('backup.list', {})).backups
    later.setNow('2026-11-23T16:00:00')
    await later.call('draft.save', { scope: 'y', value: 1 })
    await later.call('backup.create', {})
    await later.host.close()
    writeFileSync(join(dataDir, 'claimwright.db'), older)
    rmSync(join(dataDir, 'audit.head'))
    const before = digest(dataDir)
    const host = again(dataDir)
    await host.call('session.signIn', SIGN_IN)
    await expect(host.call('draft.save', { scope: 'y', value: 2 })).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    await expectRecovery(host, before, /older-than-anchor/)

    const restored = again(dataDir)
    restored.setNow('2026-11-23T17:00:00')
    await restored.call('backup.restore', { id: first!.id, secret: TEST_PASSWORD })
    await restored.host.close()
    rmSync(join(dataDir, 'audit.head'), { force: true })
    const after = again(dataDir)
    after.setNow('2026-11-23T18:00:00')
    await after.call('session.signIn', SIGN_IN)
    await after.call('draft.save', { scope: 'y', value: 3 })
    expect((await after.call('session.status', {})).state).toBe('open')
  })
  it('a command that was rolled back leaves it where it was', async () => {
    const test = await setUpTestHost()
    closers.push(() => test.close())
    const file = join(test.dataDir, 'audit.head')
    const before = readFileSync(file, 'utf8')
    await test.host
      .vault!.write(async () => {
        throw new Error('no')
      })
      .catch(() => undefined)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })
})

// Bug: a number that scrypt refuses ended the sign-in as a failure of ours, and a short tag would have proven less.
it.each([
  ['a cost that nobody asked for', { n: 2 ** 40 }],
  ['a cost that is no power of two', { n: 1000 }],
  ['a tag of four bytes', { tag: 'AAAAAA==' }],
  ['no salt', { salt: '' }],
])('a key file with %s is damaged, and the recovery screen says so', async (_, change) => {
  const { dataDir } = await office()
  for (const name of ['keyring.json', 'keyring.json.bak']) {
    const file = join(dataDir, name)
    const keyring = JSON.parse(readFileSync(file, 'utf8')) as { slots: { wrapped: object }[] }
    for (const slot of keyring.slots) Object.assign(slot.wrapped, change)
    writeFileSync(file, JSON.stringify(keyring))
  }
  const host = again(dataDir)
  await expect(host.call('session.signIn', SIGN_IN)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
  await expectRecovery(host, digest(dataDir), /keyring/)
})
