// The vault's life: set-up, sign-in, lock, users, drafts, trail, backups. Names follow security.md section B.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Kysely } from 'kysely'
import type { Reader } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

let open: TestHost | null = null
afterEach(async () => {
  await open?.close()
  open = null
})
async function start(): Promise<TestHost> {
  open = await setUpTestHost()
  return open
}
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const digest = (folder: string) =>
  filesOf(folder)
    .sort()
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)

describe('set-up and sign-in', () => {
  it('opens only after the recovery code was typed back', async () => {
    const empty = openEmptyHost()
    const office = {
      name: 'Sample',
      address: { street: '', city: '', state: '', zip: '' },
      phone: '',
      npi: '',
      taxId: '',
    } as const
    const { recoveryCode } = await empty.call('session.setup', {
      office,
      provider: null,
      user: { name: 'Ana', password: TEST_PASSWORD },
    })
    expect((await empty.call('session.status', {})).state).toBe('setup')
    // Another last character whatever the first one was: a one in 32 chance of the same code is a test that fails by luck.
    const mistyped = recoveryCode.replace(/.$/, (last) => (last === 'Z' ? 'Y' : 'Z'))
    await expect(empty.call('session.confirmRecovery', { recoveryCode: mistyped })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
    await expect(empty.call('office.get', {})).rejects.toMatchObject({ code: 'LOCKED' })
    await empty.call('session.confirmRecovery', {
      recoveryCode: ` ${recoveryCode.toLowerCase().replaceAll('-', ' ')} `,
    })
    expect((await empty.call('session.status', {})).state).toBe('open')
    await empty.close()
  })
  it('S4: five wrong passwords block for five minutes, kept over a restart, and an unknown name answers the same', async () => {
    const test = await start()
    await test.call('session.lock', { reason: 'user' })
    const wrong = await test.host.call('session.signIn', { name: 'Ana', password: 'wrong' })
    const unknown = await test.host.call('session.signIn', { name: 'Nobody', password: 'wrong' })
    expect(wrong.ok).toBe(false)
    expect(!wrong.ok && !unknown.ok && wrong.error.message).toBe(!unknown.ok && unknown.error.message)
    for (let index = 0; index < 3; index += 1)
      await test.host.call('session.signIn', { name: 'Ana', password: 'wrong' })
    const second = openEmptyHost(test.dataDir)
    await expect(second.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
    })
    second.setNow('2026-11-23T15:05:01')
    await second.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    await second.host.close()
  })
  it('S3: a draft survives lock and belongs to one person', async () => {
    const test = await start()
    await test.call('user.add', { name: 'Ben', role: 'front_desk', password: 'another long enough secret' })
    await test.call('draft.save', { scope: 'note:1', value: { text: 'half a sentence' } })
    await test.call('session.lock', { reason: 'idle' })
    await test.call('session.signIn', { name: 'Ben', password: 'another long enough secret' })
    expect((await test.call('draft.get', { scope: 'note:1' })).value).toBeNull()
    await test.call('session.lock', { reason: 'user' })
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect((await test.call('draft.get', { scope: 'note:1' })).value).toEqual({ text: 'half a sentence' })
  })
  it('refuses weak passwords in words', async () => {
    const test = await start()
    for (const password of ['short', 'passwordpassword', 'aaaaaaaaaaaaaaaaaa', 'Ana Ana Ana Ana Ana']) {
      await expect(test.call('user.add', { name: 'Ana B', role: 'front_desk', password })).rejects.toMatchObject({
        code: 'WEAK_PASSWORD',
      })
    }
  })
})

describe('durability', () => {
  it('R8: every pragma holds after each open and the file does not look like SQLite', async () => {
    const test = await start()
    const { sqlite } = test.host.vault!
    const read = (name: string) => sqlite.pragma(name, { simple: true })
    expect([
      read('synchronous'),
      read('temp_store'),
      read('foreign_keys'),
      read('journal_mode'),
      read('cipher'),
    ]).toEqual([2, 2, 1, 'wal', 'sqlcipher'])
    expect(readFileSync(join(test.dataDir, 'claimwright.db')).subarray(0, 15).toString('latin1')).not.toBe(
      'SQLite format 3',
    )
  })
  it('two connections on one WAL file: SQLite is past the bug that damaged such files (before 3.51.3)', async () => {
    const { sqlite } = (await start()).host.vault!
    const [major, minor, patch] = (sqlite.prepare('SELECT sqlite_version()').pluck().get() as string)
      .split('.')
      .map(Number)
    expect(major! * 1_000_000 + minor! * 1000 + patch!).toBeGreaterThanOrEqual(3_051_003)
  })
  it('a query cannot write, whatever its code does: its connection refuses (a slip would change data without a trail)', async () => {
    const vault = (await start()).host.vault!
    const slip = vault.read((db) => (db as unknown as Kysely<Database>).deleteFrom('provider').execute())
    await expect(slip).rejects.toMatchObject({ code: 'STORAGE', details: { problem: 'SQLITE_READONLY' } })
  })
  it('a query sees one moment, though a command is kept between its statements', async () => {
    const test = await start()
    const vault = test.host.vault!
    // The office's own guides and lists are read before the first request that follows a sign-in.
    await test.call('guide.list', {})
    const count = (db: Reader) =>
      db
        .selectFrom('audit')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    await vault.read(async (db) => {
      const before = await count(db)
      await test.call('draft.save', { scope: 'x', value: 1 })
      expect(await count(db)).toEqual(before)
    })
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe(1)
  })
  it('R6: damaged files lead to the recovery screen, never to a new start, and nothing is changed', async () => {
    const damages: Record<string, (folder: string) => void> = {
      'empty database': (folder) => writeFileSync(join(folder, 'claimwright.db'), ''),
      'cut database': (folder) => truncateSync(join(folder, 'claimwright.db'), 5000),
      'foreign bytes': (folder) => writeFileSync(join(folder, 'claimwright.db'), Buffer.alloc(8192, 7)),
      'plaintext database': (folder) =>
        writeFileSync(
          join(folder, 'claimwright.db'),
          Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8176)]),
        ),
      'no database': (folder) => rmSync(join(folder, 'claimwright.db')),
      'empty key file': (folder) => {
        writeFileSync(join(folder, 'keyring.json'), '')
        writeFileSync(join(folder, 'keyring.json.bak'), '')
      },
    }
    for (const [name, damage] of Object.entries(damages)) {
      const test = await setUpTestHost()
      await test.call('backup.create', {})
      await test.host.close()
      for (const rest of ['claimwright.db-wal', 'audit.head']) rmSync(join(test.dataDir, rest), { force: true })
      damage(test.dataDir)
      const before = digest(test.dataDir)
      const again = openEmptyHost(test.dataDir)
      await again.host.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
      const status = await again.call('session.status', {})
      expect(status.state, name).toBe('damaged')
      expect(status.problem?.backups.length, name).toBeGreaterThan(0)
      const setup = await again.host.call('session.setup', { office: {}, provider: null, user: {} })
      expect(setup.ok, name).toBe(false)
      const changed = digest(test.dataDir).filter(
        (line) => !before.includes(line) && !/keyring\.json|in-use/.test(line),
      )
      expect(changed, name).toEqual([])
      await again.close()
    }
  })
  it('R11: a database of a newer version says “update”, offers no older backup, and is left as it is (it was called damaged)', async () => {
    const test = await setUpTestHost()
    await test.call('backup.create', {})
    test.host.vault!.sqlite.pragma('user_version=9999')
    await test.host.close()
    const before = digest(test.dataDir)
    const again = openEmptyHost(test.dataDir)
    await again.host.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    const { state, problem } = await again.call('session.status', {})
    expect({ state, problem }).toMatchObject({ state: 'damaged', problem: { code: 'newer-schema', backups: [] } })
    expect(problem?.message).toContain('Update Claimwright')
    expect(digest(test.dataDir)).toEqual(before)
    await again.close()
  })
  it('R7: a second host on the same folder is refused while the first is open, and a stale lock is not', async () => {
    const test = await start()
    writeFileSync(
      join(test.dataDir, 'in-use.json'),
      JSON.stringify({ pid: 1, host: (await import('node:os')).hostname() }),
    )
    const second = openEmptyHost(test.dataDir)
    await expect(second.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })).rejects.toMatchObject({
      code: 'DATA_IN_USE',
    })
    await test.call('session.lock', { reason: 'user' })
    writeFileSync(
      join(test.dataDir, 'in-use.json'),
      JSON.stringify({ pid: 2 ** 22 + 1, host: (await import('node:os')).hostname() }),
    )
    await second.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    await second.host.close()
  })
  it('R13: a backup comes back on a new PC with the recovery code alone', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    const backup = await test.call('backup.create', {})
    await test.call('draft.save', { scope: 'x', value: 'later' })
    await test.call('backup.restore', { id: backup.id, secret: test.recoveryCode })
    const next = await test.call('session.recover', {
      recoveryCode: test.recoveryCode,
      name: 'Ana',
      newPassword: 'a completely new secret',
    })
    await test.call('session.confirmRecovery', next)
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe('kept')
    expect((await test.call('audit.verify', {})).ok).toBe(true)
  })
  it('S6: one flipped bit in a backup takes it out', async () => {
    const test = await start()
    const backup = await test.call('backup.create', {})
    const file = join(test.dataDir, 'backups', backup.id, 'claimwright.db')
    const bytes = readFileSync(file)
    bytes[5000]! ^= 1
    writeFileSync(file, bytes)
    await expect(test.call('backup.restore', { id: backup.id, secret: TEST_PASSWORD })).rejects.toMatchObject({
      code: 'DATA_DAMAGED',
    })
    expect((await test.call('session.status', {})).state).toBe('open')
  })
})

describe('audit trail', () => {
  it('U2: an edited, deleted or moved row is named, a cut tail too', async () => {
    const test = await start()
    for (let index = 0; index < 5; index += 1) await test.call('draft.save', { scope: `s${index}`, value: index })
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: true, firstBad: null })
    const { sqlite } = test.host.vault!
    expect(() => sqlite.exec("UPDATE audit SET reason = 'x' WHERE seq = 3")).toThrow(/append-only/)
    sqlite.exec("DROP TRIGGER audit_no_update; UPDATE audit SET reason = 'x' WHERE seq = 3")
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: 3 })
  })
})

it('S1: what people type is nowhere readable in the data folder', async () => {
  const test = await start()
  await test.call('draft.save', { scope: 'z', value: 'ZZPHISENTINEL' })
  await test.call('backup.create', {})
  const needles = [
    Buffer.from('ZZPHISENTINEL'),
    Buffer.from('ZZPHISENTINEL', 'utf16le'),
    Buffer.from(Buffer.from('ZZPHISENTINEL').toString('base64').slice(2, 14)),
  ]
  for (const file of filesOf(test.dataDir))
    for (const needle of needles) expect(readFileSync(file).includes(needle), file).toBe(false)
  expect(
    existsSync(join(test.dataDir, 'claimwright.db')) && statSync(join(test.dataDir, 'claimwright.db')).size,
  ).toBeGreaterThan(0)
})
