// What crashes leave behind is cleared away, and nothing else; and where live data may not lie.
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { attach, createD3353 } from '#test/helpers/d3353.ts'
import { filesIn, newFolder } from '#test/helpers/folders.ts'
import { openEmptyHost, NEW_OFFICE, setUpTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of closers.splice(0).reverse()) await close()
})
async function start() {
  const test = await setUpTestHost()
  closers.push(() => test.close())
  return test
}
function folder(): string {
  const made = newFolder()
  closers.push(async () => rmSync(made, { recursive: true, force: true }))
  return made
}
const DAY = 86_400
/** A file that was written so many days ago. */
function leave(path: string, days = 0): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'left behind')
  const at = Date.now() / 1000 - days * DAY
  utimesSync(path, at, at)
  return path
}
const ORPHAN = '019ab000-0000-7000-8000-0000000000ab'

describe('left behind by crashes', () => {
  it('half-written files go at the next sign-in (they stayed for ever)', async () => {
    const test = await start()
    await test.call('session.lock', { reason: 'user' })
    const names = [
      'keyring.json.tmp',
      'keyring.json.bak.tmp',
      'claimwright.db.tmp',
      'claimwright.db.tmp-wal',
      'upkeep.json.tmp',
    ]
    const junk = [...names, 'blobs/ab/x.bin.tmp', 'blobs/ab/x.bin.copy'].map((name) => leave(join(test.dataDir, name)))
    const other = ['holiday.tmp', 'letters/x.tmp'].map((name) => leave(join(test.dataDir, name)))
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect(junk.filter(existsSync)).toEqual([])
    expect(other.filter(existsSync)).toEqual(other)
  })
  it('films that nothing knows go after a month, here; and after a day from a folder of backups whose backups are all readable', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const test = await start()
    const { caseId } = await createD3353(test)
    await attach(test, caseId)
    await test.call('backup.create', {})
    const { dataDir } = test
    const kept = filesIn(dataDir).filter((file) => file.endsWith('.bin'))
    expect(kept).toHaveLength(2)
    for (const file of kept) utimesSync(file, 0, 0)
    const young = [
      leave(join(dataDir, 'blobs', 'aa', `${ORPHAN}.bin`), 20),
      leave(join(dataDir, 'backups', 'blobs', 'young.bin')),
    ]
    const old = [
      leave(join(dataDir, 'blobs', 'ab', `${ORPHAN}.bin`), 40),
      leave(join(dataDir, 'backups', 'blobs', 'old.bin'), 2),
    ]
    const unreadable = join(dataDir, 'backups', 'unreadable')
    mkdirSync(unreadable)
    await test.call('backup.create', {})
    expect(old.filter(existsSync)).toEqual(old)
    rmSync(unreadable, { recursive: true })
    await vi.advanceTimersByTimeAsync(30 * 60_000)
    await test.call('draft.save', { scope: 'x', value: 1 })
    await test.call('backup.create', {})
    await vi.waitFor(() => expect(old.filter(existsSync)).toEqual([]))
    expect([...kept, ...young].filter(existsSync)).toEqual([...kept, ...young])
  })
  it('but a film that today’s database does not know stays while a restore’s files lie aside: they may', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const test = await start()
    const { id } = await test.call('backup.create', {})
    await test.call('backup.restore', { id, secret: TEST_PASSWORD })
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    const film = leave(join(test.dataDir, 'blobs', 'ab', `${ORPHAN}.bin`), 400)
    const checked = join(test.dataDir, 'upkeep.json')
    await vi.advanceTimersByTimeAsync(30 * 60_000)
    await vi.waitFor(() => expect(existsSync(checked)).toBe(true))
    expect(existsSync(film)).toBe(true)
  })
})

describe('R15: where live data may not lie', () => {
  /** Whether an office can be set up there, or why not. */
  const setUpAt = async (dataDir: string) => {
    const host = openEmptyHost(dataDir)
    closers.push(() => host.host.close())
    const reply = await host.host.call('session.setup', NEW_OFFICE)
    return reply.ok || reply.error.details['problem']
  }
  it.each([
    'OneDrive - Example Dental',
    'Dropbox (Office)',
    'Google Drive',
    'GoogleDrive-ana@example.com',
    'My Drive',
    'iCloud Drive',
    'iCloudDrive',
    'Nextcloud',
    'ownCloud',
    'Box',
    'pCloud Drive',
  ])('%s', async (name) => {
    expect(await setUpAt(join(folder(), name, 'Claimwright'))).toBe('unsafe-folder')
  })
  it.each(['.dropbox.cache', '.stfolder', '._sync_4f3a.db', '.nextcloudsync.log'])(
    'a synced folder of any name that is marked by %s',
    async (mark) => {
      const place = join(folder(), 'Work')
      leave(join(place, mark))
      expect(await setUpAt(join(place, 'Claimwright'))).toBe('unsafe-folder')
    },
  )
  it('behind a link to the folder, to one above it, or to the database alone (only the name was looked at)', async () => {
    const synced = join(folder(), 'Nextcloud', 'Claimwright')
    mkdirSync(synced, { recursive: true })
    const links = folder()
    symlinkSync(synced, join(links, 'data'), 'junction')
    expect(await setUpAt(join(links, 'data'))).toBe('unsafe-folder')
    symlinkSync(dirname(synced), join(links, 'above'), 'junction')
    expect(await setUpAt(join(links, 'above', 'not', 'there', 'yet'))).toBe('unsafe-folder')
    const test = await start()
    await test.host.close()
    const file = join(test.dataDir, 'claimwright.db')
    renameSync(file, join(synced, 'claimwright.db'))
    symlinkSync(join(synced, 'claimwright.db'), file)
    const again = openEmptyHost(test.dataDir)
    closers.push(() => again.host.close())
    await expect(again.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })).rejects.toMatchObject({
      details: { problem: 'unsafe-folder' },
    })
  })
  it('but a folder that only sounds like one may', async () => {
    expect(await setUpAt(join(folder(), 'Boxes', 'My Drives'))).toBe(true)
  })
})
