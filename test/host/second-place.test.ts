// A network share that goes dead: the host waits for it, and meanwhile does everything else.
import * as fs from 'node:fs'
import type * as promises from 'node:fs/promises'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { attach, createD3353 } from '#test/helpers/d3353.ts'
import { newFolder } from '#test/helpers/folders.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

/** Everything below `folder` lies on the share. */
const share = vi.hoisted(() => ({ folder: '\0', isDead: false, blocking: [] as string[] }))
const isThere = (path: unknown) => typeof path === 'string' && path.startsWith(share.folder)
vi.mock('node:fs', async (load) => {
  const real = await load<typeof fs>()
  const watched = Object.entries(real).filter(([name]) => name.endsWith('Sync')) as [
    string,
    (...given: unknown[]) => unknown,
  ][]
  const telling = watched.map(([name, call]) => [
    name,
    (...given: unknown[]) => {
      if (given.slice(0, 2).some(isThere)) share.blocking.push(`${name} ${String(given[0])}`)
      return call(...given)
    },
  ])
  return { ...real, ...Object.fromEntries(telling) }
})
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof promises>()
  const calls = Object.entries(real).filter(([, call]) => typeof call === 'function') as [
    string,
    (...given: unknown[]) => unknown,
  ][]
  const answering = calls.map(([name, call]) => [
    name,
    (...given: unknown[]) => (share.isDead && isThere(given[0]) ? new Promise(() => undefined) : call(...given)),
  ])
  return { ...real, ...Object.fromEntries(answering) }
})

let test: TestHost
let disk: string
beforeEach(async () => {
  test = await setUpTestHost()
  disk = newFolder()
  await attach(test, (await createD3353(test)).caseId)
  share.folder = disk
  await test.call('backup.setSecondPlace', { folder: disk })
})
afterEach(async () => {
  vi.useRealTimers()
  share.isDead = false
  share.folder = '\0'
  share.blocking.length = 0
  await test.close()
  rmSync(disk, { recursive: true, force: true })
})
const restore = (id: string) => test.call('backup.restore', { id, secret: TEST_PASSWORD })

// Bug: after it had answered once, names, manifests, thinning out and restoring read it on the thread that answers everything.
it('nothing that reads or writes the second place keeps the host from answering', async () => {
  for (let day = 10; day < 24; day += 1) {
    test.setNow(`2026-11-${day}T15:00:00.000Z`)
    await test.call('backup.create', {})
  }
  const { id } = await test.call('backup.create', {})
  expect((await test.call('backup.list', {})).lastOffDisk).not.toBeNull()
  for (const gone of ['backups', 'blobs']) rmSync(join(test.dataDir, gone), { recursive: true })
  expect(await restore(id)).toMatchObject({ missing: [] })
  await test.host.close()
  for (const gone of ['backups', 'claimwright.db', 'keyring.json', 'keyring.json.bak'])
    rmSync(join(test.dataDir, gone), { recursive: true, force: true })
  const again = openEmptyHost(test.dataDir)
  const { state, problem } = await again.call('session.status', {})
  expect([state, problem?.backups.some((one) => one.id === id)]).toEqual(['damaged', true])
  await again.call('backup.restore', { id, secret: TEST_PASSWORD })
  await again.host.close()
  const lone = openEmptyHost(newFolder())
  mkdirSync(lone.dataDir, { recursive: true })
  copyFileSync(join(test.dataDir, 'second-place.json'), join(lone.dataDir, 'second-place.json'))
  expect((await lone.call('session.status', {})).state).toBe('damaged')
  await lone.host.close()
  expect(share.blocking).toEqual([])
})

describe('a share that no longer answers', () => {
  const patience = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const silent = { secondPlaceProblem: expect.stringContaining('does not answer') }

  it('is told in the list, and keeps neither the list nor a restore from this disk', async () => {
    const { id } = await test.call('backup.create', {})
    share.isDead = true
    patience()
    const listing = test.call('backup.list', {})
    expect((await test.call('session.status', {})).state).toBe('open')
    await vi.advanceTimersByTimeAsync(1500)
    expect(await listing).toMatchObject({ ...silent, backups: [{ id, place: 'local' }] })
    // It is not asked again while the first question hangs.
    expect(await test.call('backup.list', {})).toMatchObject(silent)
    // A film that is nowhere else is named, and stops nothing.
    for (const gone of ['blobs', 'backups/blobs']) rmSync(join(test.dataDir, gone), { recursive: true })
    expect((await restore(id)).missing).toMatchObject([{ title: expect.stringContaining('Pre-op periapical') }])
  })
  it('is no folder to choose', async () => {
    await test.call('backup.setSecondPlace', { folder: null })
    share.isDead = true
    patience()
    const choosing = test.call('backup.setSecondPlace', { folder: disk }).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1500)
    expect(await choosing).toMatchObject({ code: 'REFUSED' })
  })
  it('and hangs does not stand in the way of another place', async () => {
    share.isDead = true
    patience()
    const listing = test.call('backup.list', {})
    await vi.advanceTimersByTimeAsync(1500)
    await listing
    const other = newFolder()
    await test.call('backup.setSecondPlace', { folder: other })
    await test.call('backup.create', {})
    expect(await test.call('backup.list', {})).toMatchObject({ secondPlace: other, secondPlaceProblem: null })
    rmSync(other, { recursive: true })
  })
})
