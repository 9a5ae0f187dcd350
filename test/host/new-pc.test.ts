// A new PC: the stick with the backups and the recovery code, from the first screen on.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { attach, createD3353 } from '#test/helpers/d3353.ts'
import { digestOf, newFolder } from '#test/helpers/folders.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
async function start(): Promise<TestHost> {
  const test = await setUpTestHost()
  closers.push(() => test.close())
  return test
}
/** The stick of an office with a film, and nothing else of it. */
async function stick() {
  const test = await start()
  const disk = newFolder()
  closers.push(async () => rmSync(disk, { recursive: true }))
  await test.call('backup.setSecondPlace', { folder: disk })
  const { caseId } = await createD3353(test)
  const film = await attach(test, caseId)
  const { id } = await test.call('backup.create', {})
  const rows = test.host.vault!.sqlite.prepare('SELECT count(*) FROM audit').pluck().get() as number
  await test.host.close()
  return { disk, id, film, rows, recoveryCode: test.recoveryCode }
}
function empty() {
  const fresh = openEmptyHost()
  closers.push(() => fresh.close())
  return fresh
}
it('R13: the stick and the recovery code are enough, from the first screen on (files had to be copied by hand)', async () => {
  const { disk, id, film, rows, recoveryCode } = await stick()
  const before = digestOf(disk)
  const fresh = empty()
  const { backups, folder } = await fresh.call('backup.look', { folder: disk })
  expect(backups).toMatchObject([{ id, office: 'Sample Dental Practice', verified: true }])
  expect(await fresh.call('backup.restore', { id, folder, secret: recoveryCode })).toEqual({
    missing: [],
    rows,
    films: 1,
  })
  expect(digestOf(disk)).toEqual(before)
  expect(await fresh.call('session.status', {})).toMatchObject({ state: 'locked', restored: { rows, films: 1 } })
  await fresh.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  expect((await fresh.call('attachment.content', { id: film.id })).mediaType).toBe('image/png')
  expect(await fresh.call('audit.verify', {})).toMatchObject({ ok: true })
  await fresh.call('draft.save', { scope: 'x', value: 1 })
  const trail = (await fresh.call('audit.list', {})).rows.filter(({ action }) => action === 'backup.restore')
  expect(trail).toMatchObject([{ entityId: id, user: '' }])
})
it('a folder with the backups inside “backups” will do, one without any says so, one that is gone is refused', async () => {
  const { disk, id } = await stick()
  const whole = newFolder()
  closers.push(async () => rmSync(whole, { recursive: true }))
  cpSync(disk, join(whole, 'backups'), { recursive: true })
  const fresh = empty()
  expect(await fresh.call('backup.look', { folder: whole })).toMatchObject({
    folder: join(whole, 'backups'),
    backups: [{ id }],
  })
  expect((await fresh.call('backup.look', { folder: join(whole, 'backups', 'blobs') })).backups).toEqual([])
  await expect(fresh.call('backup.look', { folder: join(whole, 'gone') })).rejects.toMatchObject({ code: 'REFUSED' })
  await expect(fresh.call('backup.look', { folder: 'somewhere' })).rejects.toMatchObject({ code: 'REFUSED' })
})
it('somebody else’s stick never takes the place of an office, whoever knows its password', async () => {
  const { disk, id, recoveryCode } = await stick()
  const other = await start()
  await other.call('draft.save', { scope: 'x', value: 'ours' })
  await other.call('session.lock', { reason: 'user' })
  for (const secret of [recoveryCode, other.recoveryCode, TEST_PASSWORD])
    await expect(other.call('backup.restore', { id, folder: disk, secret })).rejects.toMatchObject({
      code: 'REFUSED',
    })
  await other.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  expect((await other.call('draft.get', { scope: 'x' })).value).toBe('ours')
})
it('wrong codes are counted there too', async () => {
  const { disk, id } = await stick()
  const fresh = empty()
  for (let left = 4; left > 0; left -= 1)
    await expect(fresh.call('backup.restore', { id, folder: disk, secret: 'guess' })).rejects.toMatchObject({
      details: { left },
    })
  await expect(fresh.call('backup.restore', { id, folder: disk, secret: 'guess' })).rejects.toMatchObject({
    code: 'TOO_MANY_ATTEMPTS',
  })
})
