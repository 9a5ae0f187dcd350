// Backups: checking leaves them as they are, damage inside them is mended, what is missing is named.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { copySealed } from '#db/backup-copy.ts'
import { openChildHost } from '#test/helpers/child-host.ts'
import { attach, createD3353, pngFilm } from '#test/helpers/d3353.ts'
import { digestOf, filesIn, flipByte, handOver, newFolder } from '#test/helpers/folders.ts'
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
function folder(): string {
  const made = newFolder()
  closers.push(async () => rmSync(made, { recursive: true, force: true }))
  return made
}
/** Two films of one case, the backup of them, and where their files lie. */
async function withFilms(test: TestHost) {
  const { caseId } = await createD3353(test)
  const kept = await attach(test, caseId)
  const other = await attach(test, caseId, { kind: 'bitewing', takenOn: '2026-10-01', tooth: '9' }, pngFilm(91))
  const backup = await test.call('backup.create', {})
  const row = test.host.vault!.sqlite.prepare('SELECT blob_id FROM attachment WHERE id = ?').pluck()
  const [keptBlob, otherBlob] = [kept, other].map(({ id }) => row.get(id) as string)
  const live = (blob: string) => join(test.dataDir, 'blobs', blob.slice(-2), `${blob}.bin`)
  const copy = (blob: string, place = join(test.dataDir, 'backups')) => join(place, 'blobs', `${blob}.bin`)
  return { caseId, kept, other, backup, keptBlob: keptBlob!, otherBlob: otherBlob!, live, copy }
}
const restore = (test: TestHost, id: string) => test.call('backup.restore', { id, secret: test.recoveryCode })

describe('checking a backup leaves it as it is', () => {
  it('the same backup restores twice (the first check rewrote its first page, the second called it damaged)', async () => {
    const test = await start()
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    const { id } = await test.call('backup.create', {})
    const before = digestOf(join(test.dataDir, 'backups', id))
    for (let round = 0; round < 2; round += 1) {
      await restore(test, id)
      expect(digestOf(join(test.dataDir, 'backups', id))).toEqual(before)
      await test.call('session.signIn', SIGN_IN)
      expect((await test.call('draft.get', { scope: 'x' })).value).toBe('kept')
      await test.call('session.lock', { reason: 'user' })
    }
  })
  it('restores from a disk that takes no writes, into files that do (a check wrote; copies kept “read only”)', async () => {
    const test = await start()
    const disk = folder()
    const { other } = await withFilms(test)
    await test.call('backup.setSecondPlace', { folder: disk })
    const { id } = await test.call('backup.create', {})
    await test.host.close()
    for (const gone of ['backups', 'blobs']) rmSync(join(test.dataDir, gone), { recursive: true })
    const before = digestOf(disk)
    const uid = process.getuid?.() === 0 ? NOBODY : undefined
    handOver(disk, undefined, false)
    handOver(test.dataDir, uid, true)
    const child = openChildHost(test.dataDir, { uid })
    closers.push(() => child.kill())
    expect(await child.call('backup.restore', { id, secret: TEST_PASSWORD })).toMatchObject({
      ok: true,
      data: { missing: [] },
    })
    expect(await child.call('session.signIn', SIGN_IN)).toMatchObject({ ok: true })
    expect(await child.call('draft.save', { scope: 'x', value: 'written' })).toMatchObject({ ok: true })
    expect(await child.call('attachment.content', { id: other.id })).toMatchObject({ ok: true })
    await child.kill()
    handOver(disk, undefined, true)
    expect(digestOf(disk)).toEqual(before)
  })
  it('a second place inside a synced folder takes backups and gives them back (only live data is refused there)', async () => {
    const test = await start()
    const place = join(folder(), 'OneDrive', 'Claimwright')
    mkdirSync(place, { recursive: true })
    await test.call('backup.setSecondPlace', { folder: place })
    const { id } = await test.call('backup.create', {})
    rmSync(join(test.dataDir, 'backups'), { recursive: true })
    expect(await restore(test, id)).toMatchObject({ missing: [] })
  })
})

describe('films', () => {
  it('a backup with a missing film restores and names it (it was refused as damaged)', async () => {
    const test = await start()
    const { caseId, kept, other, backup, otherBlob, live, copy } = await withFilms(test)
    for (const file of [live(otherBlob), copy(otherBlob)]) rmSync(file)
    const answer = await restore(test, backup.id)
    expect(answer.missing).toEqual([{ id: other.id, title: 'Bitewing, tooth #9, Oct 1, 2026' }])
    await test.call('session.signIn', SIGN_IN)
    expect((await test.call('attachment.content', { id: kept.id })).mediaType).toBe('image/png')
    // Whose film it is stands in the encrypted trail, for the person who has to ask for it again.
    const { rows } = await test.call('audit.list', {})
    expect(rows.find((row) => row.action === 'backup.restore')?.reason).toMatch(/Exampleton, Robin: Bitewing, tooth #9/)
    expect((await test.call('case.get', { id: caseId })).lines).toHaveLength(1)
  })
  it('a damaged film in the backup is named too (only its presence was looked at)', async () => {
    const test = await start()
    const { other, backup, otherBlob, live, copy } = await withFilms(test)
    rmSync(live(otherBlob))
    flipByte(copy(otherBlob))
    expect((await restore(test, backup.id)).missing.map(({ id }) => id)).toEqual([other.id])
  })
  it('a film that is damaged here comes back from the backup (a file of that name was left in its place)', async () => {
    const test = await start()
    const { other, backup, otherBlob, live } = await withFilms(test)
    flipByte(live(otherBlob))
    expect((await restore(test, backup.id)).missing).toEqual([])
    await test.call('session.signIn', SIGN_IN)
    expect((await test.call('attachment.content', { id: other.id })).mediaType).toBe('image/png')
  })
  it('a film that one place has lost comes from the other', async () => {
    const test = await start()
    const { other, otherBlob, live, copy } = await withFilms(test)
    const disk = folder()
    await test.call('backup.setSecondPlace', { folder: disk })
    const { id } = await test.call('backup.create', {})
    for (const file of [live(otherBlob), copy(otherBlob)]) rmSync(file)
    expect((await restore(test, id)).missing).toEqual([])
    await test.call('session.signIn', SIGN_IN)
    expect((await test.call('attachment.content', { id: other.id })).mediaType).toBe('image/png')
  })
  it('a damaged copy of the same size is replaced by the next backup, here and in the second place (existing ones were skipped)', async () => {
    const test = await start()
    const disk = folder()
    await test.call('backup.setSecondPlace', { folder: disk })
    const { otherBlob, live, copy } = await withFilms(test)
    const whole = readFileSync(live(otherBlob))
    for (const file of [copy(otherBlob), copy(otherBlob, disk)]) flipByte(file)
    test.setNow('2026-11-24T15:00:00.000Z')
    await test.call('backup.create', {})
    for (const file of [copy(otherBlob), copy(otherBlob, disk)]) expect(readFileSync(file).equals(whole)).toBe(true)
  })
  it('a film that is lost here comes into the next backup from the second place', async () => {
    const test = await start()
    const disk = folder()
    await test.call('backup.setSecondPlace', { folder: disk })
    const { otherBlob, live, copy } = await withFilms(test)
    const whole = readFileSync(live(otherBlob))
    rmSync(live(otherBlob))
    flipByte(copy(otherBlob))
    test.setNow('2026-11-24T15:00:00.000Z')
    await test.call('backup.create', {})
    for (const file of [copy(otherBlob), copy(otherBlob, disk)]) expect(readFileSync(file).equals(whole)).toBe(true)
  })
  it('a damaged copy in the second place is replaced without a key too (only a backup just written did that)', async () => {
    const test = await start()
    const disk = folder()
    await test.call('backup.setSecondPlace', { folder: disk })
    const { otherBlob, copy } = await withFilms(test)
    flipByte(copy(otherBlob, disk))
    await test.call('backup.setSecondPlace', { folder: disk })
    await test.host.close()
    expect(readFileSync(copy(otherBlob, disk)).equals(readFileSync(copy(otherBlob)))).toBe(true)
  })
  it('a copy damaged here after the backup does not go over the whole one in the second place', async () => {
    const test = await start()
    const disk = folder()
    await test.call('backup.setSecondPlace', { folder: disk })
    const { otherBlob, copy } = await withFilms(test)
    const whole = readFileSync(copy(otherBlob))
    flipByte(copy(otherBlob))
    rmSync(copy(otherBlob, disk))
    await test.call('backup.setSecondPlace', { folder: disk })
    await test.host.close()
    expect(existsSync(copy(otherBlob, disk)) && !readFileSync(copy(otherBlob, disk)).equals(whole)).toBe(false)
  })
  it('that is whole nowhere is counted with the backup (the list called it complete)', async () => {
    const test = await start()
    const { otherBlob, live, copy } = await withFilms(test)
    for (const file of [live(otherBlob), copy(otherBlob)]) rmSync(file)
    const later = '2026-11-24T15:00:00.000Z'
    test.setNow(later)
    expect((await test.call('backup.create', {})).missing).toBe(1)
    const { backups } = await test.call('backup.list', {})
    expect(backups.map(({ at, missing }) => [at === later, missing])).toEqual([
      [true, 1],
      [false, 0],
    ])
  })
  it('a film damaged here never replaces its whole copy', async () => {
    const test = await start()
    const { otherBlob, live, copy } = await withFilms(test)
    const whole = readFileSync(live(otherBlob))
    flipByte(live(otherBlob))
    test.setNow('2026-11-24T15:00:00.000Z')
    await test.call('backup.create', {})
    expect(readFileSync(copy(otherBlob)).equals(whole)).toBe(true)
  })
})

describe('key file and database', () => {
  it('a damaged key file does not get into the backup while its copy is whole', async () => {
    const test = await start()
    writeFileSync(join(test.dataDir, 'keyring.json'), '{"version":1,"vaul')
    const { id } = await test.call('backup.create', {})
    expect(JSON.parse(readFileSync(join(test.dataDir, 'backups', id, 'keyring.json'), 'utf8'))).toHaveProperty('slots')
  })
  it.each(['keyring.json', 'manifest.json', 'claimwright.db'])(
    'a damaged %s of an earlier backup is replaced from the other place by the next one',
    async (name) => {
      const test = await start()
      const disk = folder()
      await test.call('backup.setSecondPlace', { folder: disk })
      const { id } = await test.call('backup.create', {})
      const here = join(test.dataDir, 'backups')
      const before = { here: digestOf(join(here, id)), disk: digestOf(join(disk, id)) }
      // The database is checked by its size there: reading all of them each time would take minutes.
      if (name === 'claimwright.db') writeFileSync(join(disk, id, name), 'cut')
      else flipByte(join(disk, id, name))
      test.setNow('2026-11-24T15:00:00.000Z')
      const second = await test.call('backup.create', {})
      expect(digestOf(join(disk, id))).toEqual(before.disk)
      if (name === 'claimwright.db') return
      flipByte(join(here, second.id, name))
      test.setNow('2026-11-25T15:00:00.000Z')
      await test.call('backup.create', {})
      expect((await test.call('backup.list', {})).backups).toHaveLength(6)
      expect(digestOf(join(here, id))).toEqual(before.here)
    },
  )
  it('a database damaged in one place restores from the other under the same name', async () => {
    const test = await start()
    const disk = folder()
    await test.call('backup.setSecondPlace', { folder: disk })
    const { id } = await test.call('backup.create', {})
    flipByte(join(test.dataDir, 'backups', id, 'claimwright.db'), 5000)
    expect(await restore(test, id)).toMatchObject({ missing: [] })
  })
  it('two backups within one instant are two', async () => {
    const test = await start()
    const first = await test.call('backup.create', {})
    const second = await test.call('backup.create', {})
    expect((await test.call('backup.list', {})).backups.map(({ id }) => id).sort()).toEqual(
      [first.id, second.id].sort(),
    )
  })
})

it('what is copied back here has no name that a backup written meanwhile clears away (both used .tmp)', async () => {
  const test = await start()
  const disk = folder()
  await test.call('backup.setSecondPlace', { folder: disk })
  const { backup, otherBlob, copy } = await withFilms(test)
  const here = join(test.dataDir, 'backups')
  rmSync(join(here, backup.id), { recursive: true })
  rmSync(copy(otherBlob))
  const seen = new Set<string>()
  const alive = () => {
    for (const name of readdirSync(here, { recursive: true, encoding: 'utf8' })) seen.add(name)
  }
  await copySealed(disk, here, backup.id, alive)
  expect([...seen].filter((name) => name.endsWith('.tmp'))).toEqual([])
  expect((await test.call('backup.list', {})).backups.map(({ place }) => place).sort()).toEqual(['local', 'second'])
  expect(filesIn(here).filter((name) => name.endsWith('.copy'))).toEqual([])
})

describe('a second place shared by two offices', () => {
  it('neither is shown the other’s, nor takes them for copies of its own (they counted as off this disk)', async () => {
    const disk = folder()
    const [ours, theirs] = [await start(), await start()]
    for (const test of [ours, theirs]) await test.call('backup.setSecondPlace', { folder: disk })
    await theirs.call('backup.create', {})
    expect(await ours.call('backup.list', {})).toMatchObject({ backups: [], lastOffDisk: null })
    expect((await theirs.call('backup.list', {})).backups).toHaveLength(2)
  })
  it('one office’s backups never thin out the other’s', async () => {
    const [one, other] = [await start(), await start()]
    const disk = folder()
    for (const test of [one, other]) await test.call('backup.setSecondPlace', { folder: disk })
    one.setNow('2020-01-01T10:00:00.000Z')
    const { id } = await one.call('backup.create', {})
    const sample = join(disk, (await other.call('backup.create', {})).id)
    const older = Array.from({ length: 60 }, (_, index) => new Date(Date.UTC(2026, 8 - index, 15)).toISOString())
    for (const at of older) {
      const name = at.replace(/[:.]/g, '-')
      cpSync(sample, join(disk, name), { recursive: true })
      const manifest = join(disk, name, 'manifest.json')
      writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), id: name, at }))
    }
    other.setNow('2026-11-24T15:00:00.000Z')
    await other.call('backup.create', {})
    const left = readdirSync(disk)
    expect(left.length).toBeLessThan(40)
    expect(left).toContain(id)
  })
  it('a manifest that calls itself by a path outside its folder is not a backup (thinning out would delete that path)', async () => {
    const test = await start()
    const { id } = await test.call('backup.create', {})
    const file = join(test.dataDir, 'backups', id, 'manifest.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace(`"id":"${id}"`, '"id":"../blobs"'))
    expect((await test.call('backup.list', {})).backups).toEqual([])
  })
})

it('a new PC: only the backups folder is brought, the films come with it', async () => {
  const test = await start()
  const { other, backup } = await withFilms(test)
  await test.host.close()
  const fresh = openEmptyHost(folder())
  closers.push(() => fresh.host.close())
  const names = filesIn(join(test.dataDir, 'backups'))
  for (const file of names) {
    const target = join(fresh.dataDir, file.slice(test.dataDir.length))
    mkdirSync(join(target, '..'), { recursive: true })
    writeFileSync(target, readFileSync(file))
  }
  expect((await fresh.call('session.status', {})).state).toBe('damaged')
  expect(await fresh.call('backup.restore', { id: backup.id, secret: test.recoveryCode })).toMatchObject({
    missing: [],
  })
  await fresh.call('session.signIn', SIGN_IN)
  expect((await fresh.call('attachment.content', { id: other.id })).mediaType).toBe('image/png')
  expect(readdirSync(fresh.dataDir)).toContain('keyring.json.bak')
})
