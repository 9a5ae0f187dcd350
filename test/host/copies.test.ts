// Copies of a backup are on the disk before they have their names: a power cut leaves a whole copy or none.
import * as fs from 'node:fs'
import type * as promises from 'node:fs/promises'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { copyDurably } from '#db/copies.ts'
import { attach, createD3353 } from '#test/helpers/d3353.ts'
import { newFolder } from '#test/helpers/folders.ts'
import { setUpTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

/** The real calls, in their order: what was synced, and what got its name. */
const steps = vi.hoisted(() => ({ list: [] as string[], open: new Map<number, string>(), garble: false }))
vi.mock('node:fs', async (load) => {
  const real = await load<typeof fs>()
  return {
    ...real,
    openSync: (...given: Parameters<typeof real.openSync>) => {
      const handle = real.openSync(...given)
      steps.open.set(handle, String(given[0]))
      return handle
    },
    fsyncSync: (handle: number) => {
      steps.list.push(`sync ${steps.open.get(handle)}`)
      real.fsyncSync(handle)
    },
    writeFileSync: (...given: Parameters<typeof real.writeFileSync>) =>
      steps.garble && typeof given[0] === 'number'
        ? real.writeFileSync(given[0], Buffer.alloc((given[1] as Buffer).length))
        : real.writeFileSync(...given),
    renameSync: (from: fs.PathLike, to: fs.PathLike) => {
      steps.list.push(`name ${String(to)}`)
      real.renameSync(from, to)
    },
  }
})
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof promises>()
  return {
    ...real,
    open: async (...given: Parameters<typeof real.open>) => {
      const handle = await real.open(...given)
      const sync = handle.sync.bind(handle)
      handle.sync = async () => {
        steps.list.push(`sync ${String(given[0])}`)
        await sync()
      }
      return handle
    },
    rename: async (from: fs.PathLike, to: fs.PathLike) => {
      steps.list.push(`name ${String(to)}`)
      await real.rename(from, to)
    },
  }
})

let folder: string
beforeEach(() => {
  folder = newFolder()
  steps.list.length = 0
})
afterEach(() => {
  steps.garble = false
  rmSync(folder, { recursive: true, force: true })
})

it('database, key file and films of a backup are synced before the backup has its name, and so are the restored ones', async () => {
  const test = await setUpTestHost()
  const { caseId } = await createD3353(test)
  await attach(test, caseId)
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  await test.call('backup.setSecondPlace', { folder: disk })
  steps.list.length = 0
  const { id } = await test.call('backup.create', {})
  const blob = test.host.vault!.sqlite.prepare('SELECT blob_id FROM attachment').pluck().get() as string
  for (const place of [join(test.dataDir, 'backups'), disk]) {
    const named = steps.list.indexOf(`name ${join(place, id)}`)
    expect(named).toBeGreaterThan(0)
    const synced = steps.list.slice(0, named).filter((step) => step.startsWith(`sync ${place}`))
    for (const name of ['claimwright.db', 'keyring.json', 'manifest.json', `${blob}.bin`])
      expect(
        synced.some((step) => step.includes(name)),
        `${name} in ${place}`,
      ).toBe(true)
  }
  rmSync(join(test.dataDir, 'blobs'), { recursive: true })
  steps.list.length = 0
  await test.call('backup.restore', { id, secret: TEST_PASSWORD })
  const named = steps.list.indexOf(`name ${join(test.dataDir, 'claimwright.db')}`)
  const synced = steps.list.slice(0, named).filter((step) => step.startsWith(`sync ${test.dataDir}`))
  for (const name of ['claimwright.db.tmp', `${blob}.bin`])
    expect(
      synced.some((step) => step.includes(name)),
      name,
    ).toBe(true)
  await test.close()
})

it('a disk that gives back other bytes than were written: the copy is refused and the old one stays', () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')]
  writeFileSync(from, 'what is to be copied')
  writeFileSync(to, 'the old one')
  steps.garble = true
  expect(() => copyDurably(from, to)).toThrow(/gives back something else/)
  expect(readFileSync(to, 'utf8')).toBe('the old one')
})
