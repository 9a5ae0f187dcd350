// Who may restore a backup, how wrong tries are answered, what the trail says, and who can sign in afterwards.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '#core/errors.ts'
import { subkey } from '#db/keyring.ts'
import { type Manifest, sealOf } from '#db/manifest.ts'
import { schemaVersion } from '#db/migrate.ts'
import { swapIn } from '#db/restore.ts'
import { recordOpening } from '#host/session/trail.ts'
import { vaultPaths } from '#host/session/paths.ts'
import { openChildHost } from '#test/helpers/child-host.ts'
import { digestOf, newFolder } from '#test/helpers/folders.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const BEN = { name: 'Ben', password: 'another long enough secret' }
const NEW_PASSWORD = 'a completely new secret'
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
async function start(): Promise<TestHost> {
  const test = await setUpTestHost()
  closers.push(() => test.close())
  return test
}
/** What is left when the PC is gone: the folder of backups alone. */
async function onNewPc(test: TestHost) {
  await test.host.close()
  const dataDir = newFolder()
  cpSync(join(test.dataDir, 'backups'), join(dataDir, 'backups'), { recursive: true })
  const fresh = openEmptyHost(dataDir)
  closers.push(() => fresh.close())
  return fresh
}
const namesAtSignIn = async (test: Pick<TestHost, 'call'>) =>
  (await test.call('session.status', {})).users.map((user) => user.name).sort()
/** Something is written first: the first row of a session may wait for that. */
async function trailOf(test: Pick<TestHost, 'call'>, action: string) {
  await test.call('draft.save', { scope: 'trail', value: 'x' })
  return (await test.call('audit.list', {})).rows.filter((row) => row.action === action)
}

describe('who may restore', () => {
  it('an owner’s password and the recovery code do; a front desk person’s is refused (any password of that day did)', async () => {
    const test = await start()
    await test.call('user.add', { ...BEN, role: 'front_desk' })
    const { id } = await test.call('backup.create', {})
    await expect(test.call('backup.restore', { id, secret: BEN.password })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
      message: expect.stringContaining('owner'),
    })
    expect((await test.call('session.status', {})).state).toBe('open')
    for (const secret of [TEST_PASSWORD, test.recoveryCode.toLowerCase()])
      expect(await test.call('backup.restore', { id, secret })).toMatchObject({ missing: [] })
  })
  it('a password changed since stays changed: the old one neither restores nor signs in afterwards', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    await test.call('session.changePassword', { password: TEST_PASSWORD, newPassword: NEW_PASSWORD })
    await expect(test.call('backup.restore', { id, secret: TEST_PASSWORD })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
    await test.call('backup.restore', { id, secret: NEW_PASSWORD })
    expect(await test.host.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })).toMatchObject({
      ok: false,
    })
    await test.call('session.signIn', { name: 'Ana', password: NEW_PASSWORD })
  })
})

describe('a removed person never gets back in', () => {
  it('by restoring the backup of a day when they were an owner', async () => {
    const test = await start()
    const { id: benId } = await test.call('user.add', { ...BEN, role: 'owner' })
    const { id } = await test.call('backup.create', {})
    await test.call('user.remove', { id: benId })
    await expect(test.call('backup.restore', { id, secret: BEN.password })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
    await test.call('backup.restore', { id, secret: TEST_PASSWORD })
    expect(await namesAtSignIn(test)).toEqual(['Ana'])
    expect(await test.host.call('session.signIn', BEN)).toMatchObject({ ok: false })
    for (const file of ['keyring.json', 'keyring.json.bak'])
      expect(readFileSync(join(test.dataDir, file), 'utf8')).not.toContain('"Ben"')
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect((await test.call('user.list', {})).users).toMatchObject([
      { name: 'Ana', active: true },
      { name: 'Ben', active: false },
    ])
  })
  it('nor where the key file is lost and an older backup is taken: the newest one says who is there', async () => {
    const test = await start()
    const { id: benId } = await test.call('user.add', { ...BEN, role: 'owner' })
    const { id } = await test.call('backup.create', {})
    await test.call('user.remove', { id: benId })
    test.setNow('2026-11-24T15:00:00.000Z')
    await test.call('backup.create', {})
    const fresh = await onNewPc(test)
    await expect(fresh.call('backup.restore', { id, secret: BEN.password })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
    await fresh.call('backup.restore', { id, secret: TEST_PASSWORD })
    expect(await namesAtSignIn(fresh)).toEqual(['Ana'])
  })
  it('nor by an old backup that was given a newer date where no key file is left', async () => {
    const test = await start()
    const { id: benId } = await test.call('user.add', { ...BEN, role: 'owner' })
    const { id: old } = await test.call('backup.create', {})
    await test.call('user.remove', { id: benId })
    test.setNow('2026-11-24T15:00:00.000Z')
    const { id } = await test.call('backup.create', {})
    const fresh = await onNewPc(test)
    const forged = join(fresh.dataDir, 'backups', 'newest')
    cpSync(join(fresh.dataDir, 'backups', old), forged, { recursive: true })
    const manifest = JSON.parse(readFileSync(join(forged, 'manifest.json'), 'utf8')) as object
    const text = JSON.stringify({ ...manifest, id: 'newest', at: '2030-01-01T00:00:00.000Z' })
    writeFileSync(join(forged, 'manifest.json'), text)
    for (const backup of [id, old, 'newest'])
      expect(await fresh.host.call('backup.restore', { id: backup, secret: BEN.password })).toMatchObject({ ok: false })
    await fresh.call('backup.restore', { id, secret: TEST_PASSWORD })
    expect(await namesAtSignIn(fresh)).toEqual(['Ana'])
  })
  it('who was added since is still there, under a name that was free in the old file, and can work', async () => {
    const test = await start()
    const { id: old } = await test.call('user.add', { ...BEN, role: 'front_desk' })
    const { id } = await test.call('backup.create', {})
    await test.call('user.remove', { id: old })
    await test.call('user.add', { name: 'Cy', role: 'front_desk', password: NEW_PASSWORD })
    await test.call('backup.restore', { id, secret: TEST_PASSWORD })
    expect(await namesAtSignIn(test)).toEqual(['Ana', 'Cy'])
    await test.call('session.signIn', { name: 'Cy', password: NEW_PASSWORD })
    await test.call('draft.save', { scope: 'x', value: 'works' })
    const { users } = await test.call('user.list', {})
    expect(users.filter((user) => user.active).map((user) => user.name)).toEqual(['Ana', 'Cy'])
  })
})

describe('wrong tries', () => {
  it('five block restoring and signing in for five minutes, over a restart, and then the right one counts again', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    for (let index = 0; index < 4; index += 1)
      await expect(test.call('backup.restore', { id, secret: `guess ${index}` })).rejects.toMatchObject({
        code: 'WRONG_PASSWORD',
        details: { left: 4 - index },
      })
    await expect(test.call('backup.restore', { id, secret: 'guess 5' })).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      details: { retryAt: '2026-11-23T15:05:00.000Z' },
    })
    await test.host.close()
    const again = openEmptyHost(test.dataDir)
    closers.push(() => again.host.close())
    for (const [route, input] of [
      ['backup.restore', { id, secret: TEST_PASSWORD }],
      ['session.signIn', { name: 'Ana', password: TEST_PASSWORD }],
    ] as const)
      expect(await again.host.call(route, input)).toMatchObject({ ok: false, error: { code: 'TOO_MANY_ATTEMPTS' } })
    again.setNow('2026-11-23T15:05:01.000Z')
    await again.call('backup.restore', { id, secret: TEST_PASSWORD })
  })
  it('on a new PC, where no key file keeps count, they are counted all the same', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    const fresh = await onNewPc(test)
    for (let index = 0; index < 5; index += 1) await fresh.host.call('backup.restore', { id, secret: 'guess' })
    await fresh.host.close()
    const again = openEmptyHost(fresh.dataDir)
    closers.push(() => again.host.close())
    await expect(again.call('backup.restore', { id, secret: TEST_PASSWORD })).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
    })
    again.setNow('2026-11-23T15:05:01.000Z')
    await again.call('backup.restore', { id, secret: TEST_PASSWORD })
    await again.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect(await trailOf(again, 'backup.restoreRefused')).toHaveLength(5)
  })
})

describe('the trail', () => {
  it('a restore stands in the restored file, with who did it and the tries before it (nothing said that there was one)', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    await test.host.call('backup.restore', { id, secret: 'guess' })
    await test.call('session.lock', { reason: 'user' })
    await test.host.call('backup.restore', { id, secret: 'another guess' })
    await test.call('backup.restore', { id, secret: TEST_PASSWORD })
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect(await trailOf(test, 'backup.restore')).toMatchObject([{ user: 'Ana', entityId: id }])
    expect((await trailOf(test, 'backup.restoreRefused')).map((row) => row.user)).toEqual(['', 'Ana'])
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: true })
    expect(readdirSync(test.dataDir)).not.toContain('refused-tries.json')
  })
  it('wrong tries that no restore followed stand there after the next sign-in', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    await test.call('session.lock', { reason: 'user' })
    await test.host.call('backup.restore', { id, secret: 'guess' })
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect(await trailOf(test, 'backup.restoreRefused')).toMatchObject([
      { entityId: id, reason: 'Wrong password or code' },
    ])
    await test.call('session.lock', { reason: 'user' })
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect(await trailOf(test, 'backup.restoreRefused')).toHaveLength(1)
  })
})

it('a COMMIT that fails leaves the refused restores where they were noted (they stood in neither place)', async () => {
  const test = await start()
  const { id } = await test.call('backup.create', {})
  await test.host.call('backup.restore', { id, secret: 'guess' })
  const vault = test.host.vault!
  const { user } = await test.call('session.status', {})
  const principal = { user: user!, sessionId: 'of the test', workstation: 'front desk' }
  const failing = vault.write(async (tx) => {
    await recordOpening({ vault, principal }, tx, '2026-11-23T15:00:00.000Z', 'session.signIn')
    throw new Error('as at a COMMIT on a failing disk')
  })
  await expect(failing).rejects.toThrow(/failing disk/)
  expect(readdirSync(test.dataDir)).toContain('refused-tries.json')
})

describe('what a restore replaces', () => {
  it('what was changed since is in the list, and comes back (only the name of a file aside told of it)', async () => {
    const test = await start()
    const read = async () => {
      await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
      return (await test.call('draft.get', { scope: 'x' })).value
    }
    await test.call('draft.save', { scope: 'x', value: 'older' })
    const { id } = await test.call('backup.create', {})
    await test.call('draft.save', { scope: 'x', value: 'newer' })
    await test.call('backup.restore', { id, secret: TEST_PASSWORD })
    expect(await read()).toBe('older')
    const { backups } = await test.call('backup.list', {})
    const kept = backups.filter((backup) => backup.reason === 'before-restore')
    expect(kept).toHaveLength(1)
    await test.call('backup.restore', { id: kept[0]!.id, secret: TEST_PASSWORD })
    expect(await read()).toBe('newer')
  })
  it('goes on without room for such a backup: the files of today stay aside', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    await test.call('draft.save', { scope: 'x', value: 'newer' })
    vi.spyOn(test.host.vault!, 'aside').mockRejectedValueOnce(new AppError('STORAGE', 'Full', { problem: 'space' }))
    expect(await test.call('backup.restore', { id, secret: TEST_PASSWORD })).toMatchObject({ missing: [] })
    expect(readdirSync(test.dataDir).some((name) => name.startsWith('claimwright.db.before-restore-'))).toBe(true)
  })
})

describe('a backup that a newer Claimwright wrote', () => {
  const NEWER = { code: 'DATA_DAMAGED', message: expect.stringContaining('Update Claimwright') }
  /** A backup of the schema after the newest one, beside a live file of today's. */
  async function backUpAsNewer(test: TestHost) {
    await test.call('draft.save', { scope: 'x', value: 'live' })
    const { sqlite } = test.host.vault!
    const today = schemaVersion(sqlite)
    sqlite.pragma(`user_version=${today + 1}`)
    const { id } = await test.call('backup.create', {})
    sqlite.pragma(`user_version=${today}`)
    return { id, today }
  }
  // Bug: the restore answered ok and left a database that nothing could open.
  it('is listed as one that cannot be restored, and refused before anything live is touched', async () => {
    const test = await start()
    const { id } = await backUpAsNewer(test)
    expect((await test.call('backup.list', {})).backups).toMatchObject([{ id, verified: false }])
    const before = readdirSync(test.dataDir)
    await expect(test.call('backup.restore', { id, secret: TEST_PASSWORD })).rejects.toMatchObject(NEWER)
    expect(readdirSync(test.dataDir)).toEqual(before)
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe('live')
  })
  it('is refused by its database, whatever its manifest says', async () => {
    const test = await start()
    const { id, today } = await backUpAsNewer(test)
    const file = join(test.dataDir, 'backups', id, 'manifest.json')
    const { hmac: _, ...manifest } = JSON.parse(readFileSync(file, 'utf8')) as Manifest
    const older = { ...manifest, schema: today }
    const hmac = sealOf(older, subkey(test.host.vault!.key, 'manifest'))
    writeFileSync(file, JSON.stringify({ ...older, hmac }))
    await expect(test.call('backup.restore', { id, secret: TEST_PASSWORD })).rejects.toMatchObject(NEWER)
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe('live')
  })
})

describe('a restore that cannot be finished', () => {
  it('puts the live files back when the copy cannot take their place (no database was left)', () => {
    const folder = newFolder()
    const { database, keyring, audit } = vaultPaths(folder)
    const live = [database, `${database}-wal`, audit]
    for (const file of [...live, keyring]) writeFileSync(file, `of today: ${file}`)
    // Nothing was staged, so that the last step fails.
    expect(() => swapIn({ database, keyring, audit }, '2026-11-23T15:00:00.000Z')).toThrow(/ENOENT/)
    for (const file of live) expect(readFileSync(file, 'utf8')).toBe(`of today: ${file}`)
  })
  it('leaves the session open and the data as it was (it was locked and left half-way)', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'typed' })
    const { id } = await test.call('backup.create', {})
    const inTheWay = join(test.dataDir, 'claimwright.db.tmp')
    mkdirSync(join(inTheWay, 'full'), { recursive: true })
    expect(await test.host.call('backup.restore', { id, secret: TEST_PASSWORD })).toMatchObject({ ok: false })
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe('typed')
    expect(readdirSync(test.dataDir).filter((name) => name.includes('before-restore'))).toEqual([])
    rmSync(inTheWay, { recursive: true })
    await test.call('backup.restore', { id, secret: TEST_PASSWORD })
  })
  it('is refused while another window has the folder open (its files were renamed under its hands)', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    const second = openEmptyHost(test.dataDir)
    await expect(second.call('backup.restore', { id, secret: TEST_PASSWORD })).rejects.toMatchObject({
      code: 'DATA_IN_USE',
    })
    await test.call('draft.save', { scope: 'x', value: 'still here' })
  })
  it('restores, a sign-in and a quit at once wait for each other (two restores shared one copy)', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    const { id } = await test.call('backup.create', {})
    const restores = [1, 2].map(() => test.call('backup.restore', { id, secret: TEST_PASSWORD }))
    const signingIn = test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    await test.host.close()
    expect(await Promise.all(restores)).toMatchObject([{ missing: [] }, { missing: [] }])
    await signingIn
    expect(readdirSync(test.dataDir)).not.toContain('claimwright.db-wal')
    const again = openEmptyHost(test.dataDir)
    closers.push(() => again.host.close())
    await again.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect((await again.call('draft.get', { scope: 'x' })).value).toBe('kept')
  })
  it(
    'R12: killed at any of its renames, leaves the data of today and the backup as they were (“the database file is missing”)',
    { timeout: 120_000 },
    async () => {
      const test = await start()
      await test.call('draft.save', { scope: 'x', value: 'old' })
      const { id } = await test.call('backup.create', {})
      await test.host.close()
      // Its newest changes lie in the -wal, as after a crash.
      const crashed = openChildHost(test.dataDir)
      await crashed.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
      await crashed.call('draft.save', { scope: 'x', value: 'of today' })
      await crashed.kill()
      const seen: unknown[] = []
      for (let rename = 1, isOver = false; !isOver; rename += 1) {
        const dataDir = newFolder()
        cpSync(test.dataDir, dataDir, { recursive: true })
        const backup = digestOf(join(dataDir, 'backups'))
        const child = openChildHost(dataDir, { dieAtRename: rename })
        isOver = (await child.call('backup.restore', { id, secret: TEST_PASSWORD })).ok
        await child.kill()
        expect(digestOf(join(dataDir, 'backups'))).toEqual(backup)
        const host = openEmptyHost(dataDir)
        closers.push(() => host.close())
        host.setNow('2126-01-01T15:00:00.000Z')
        expect((await host.call('session.status', {})).problem, `rename ${rename}`).toBeNull()
        await host.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
        seen.push((await host.call('draft.get', { scope: 'x' })).value)
        await host.call('draft.save', { scope: 'x', value: 'saved' })
        await host.call('backup.restore', { id, secret: TEST_PASSWORD })
      }
      expect(seen.indexOf('old'), 'some were killed before the swap').toBeGreaterThan(3)
      expect(seen.lastIndexOf('of today')).toBeLessThan(seen.indexOf('old'))
    },
  )
  it('two restores in one instant set two sets aside (the second one overwrote the first)', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    for (let round = 0; round < 2; round += 1) {
      const before = digestOf(test.dataDir)[join(test.dataDir, 'keyring.json')]
      await test.call('backup.restore', { id, secret: TEST_PASSWORD })
      expect(Object.values(digestOf(test.dataDir))).toContain(before)
      const aside = readdirSync(test.dataDir).filter((name) => name.startsWith('claimwright.db.before-restore-'))
      expect(aside).toHaveLength(round + 1)
    }
  })
})
