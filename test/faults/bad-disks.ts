// Disks that take nothing: the office's own, and its second place.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { manifestsIn } from '#db/manifest.ts'
import { digestOf } from '#test/helpers/folders.ts'
import { type EmptyHost, openEmptyHost, setUpTestHost } from '#test/helpers/test-host.ts'
import { badIn, halfIn } from './backups-left.ts'
import { checkFile, closedOffice, type FileRow, leave, newPlace, openAgain, remove, SIGN_IN } from './places.ts'

/** R3: a small disk that fills up. Nothing of what is refused is kept, the rest is, and it goes on once there is room. */
export const fullDisk: FileRow = async ({ disk }) => {
  const wrong: string[] = []
  const dataDir = join(disk!, 'data')
  mkdirSync(dataDir)
  let test: EmptyHost = await setUpTestHost(dataDir)
  const filler = join(disk!, 'filler')
  writeFileSync(filler, randomBytes(3_000_000))
  const saved = new Map<string, number>()
  let refusals = 0
  const save = async (value: number) => {
    const scope = `s${value % 200}`
    const reply = await test.host.call('draft.save', { scope, value: [value, randomBytes(60_000).toString('base64')] })
    if (reply.ok) saved.set(scope, value)
    else if (reply.error.code === 'STORAGE') refusals += 1
    else wrong.push(`answered ${reply.error.code}`)
    return reply.ok
  }
  const check = async (when: string) => {
    for (let at = 0; at < 200; at += 1) {
      const found = (await test.call('draft.get', { scope: `s${at}` })).value as [number] | null
      if ((found?.[0] ?? null) !== (saved.get(`s${at}`) ?? null)) wrong.push(`s${at} ${when}`)
    }
  }
  let value = 0
  while (value < 1000) {
    await save((value += 1))
    if (refusals >= 5) break
  }
  if (refusals < 5) wrong.push('the disk did not fill up')
  await check('while the disk is full')
  rmSync(filler)
  for (let round = 0; round < 5; round += 1) if (!(await save((value += 1)))) wrong.push('refused though there is room')
  await leave(test)
  test = await openAgain(dataDir)
  await check('after a restart')
  wrong.push(...checkFile(test))
  if (!(await test.call('audit.verify', {})).ok) wrong.push('the trail')
  await leave(test)
  remove(dataDir)
  const stick = join(disk!, 'stick')
  mkdirSync(stick)
  fill(filler)
  wrong.push(...(await besideFullStick(stick, /is full/, () => rmSync(filler))))
  return { did: `${refusals} refused on a full disk, 1 full second place`, acknowledged: saved.size, wrong }
}

/** Takes all the room there is. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (const piece = randomBytes(65_536); ;) writeSync(file, piece)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
}

/** R5, first half: an office on a disk that is made read-only afterwards. */
export async function prepareReadOnly(disk: string): Promise<void> {
  await closedOffice(join(disk, 'data'), async (test) => {
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    await test.call('backup.create', {})
  })
  mkdirSync(join(disk, 'stick'))
}

/** R5: reading works, saving is refused in words, nothing changes. */
export const readOnly: FileRow = async ({ disk }) => {
  const wrong: string[] = []
  const dataDir = join(disk!, 'data')
  const before = JSON.stringify(digestOf(dataDir))
  const test = openEmptyHost(dataDir)
  await test.call('session.signIn', SIGN_IN)
  if (!(await test.call('session.status', {})).readOnly) wrong.push('no banner')
  if ((await test.call('draft.get', { scope: 'x' })).value !== 'kept') wrong.push('reading')
  const reply = await test.host.call('draft.save', { scope: 'x', value: 'lost' })
  if (reply.ok || reply.error.code !== 'STORAGE') wrong.push('saving was not refused as STORAGE')
  await test.host.close()
  if (JSON.stringify(digestOf(dataDir)) !== before) wrong.push('files changed')
  wrong.push(...(await besideFullStick(join(disk!, 'stick'), /is read-only/)))
  return { did: '1 disk without writes, 1 write-protected second place', wrong }
}

/**
 * Work, backup, lock and sign-in go on beside it, it is told, and nothing half lies there.
 * @param mend makes room: the next backup comes there. Left out where the place stays as it is
 * @returns what does not hold
 */
async function besideFullStick(stick: string, told: RegExp, mend?: () => void): Promise<string[]> {
  const wrong: string[] = []
  // It was chosen while it still took files.
  const chosen = newPlace()
  const { dataDir } = await closedOffice(undefined, (test) => test.call('backup.setSecondPlace', { folder: chosen }))
  const file = join(dataDir, 'second-place.json')
  const within = (path: string) => JSON.stringify(path).slice(1, -1)
  writeFileSync(file, readFileSync(file, 'utf8').replace(within(chosen), within(stick)))
  const test = await openAgain(dataDir)
  await test.call('draft.save', { scope: 'x', value: 1 })
  const { id } = await test.call('backup.create', {})
  const { backups, secondPlace, secondPlaceProblem } = await test.call('backup.list', {})
  if (secondPlace !== stick) wrong.push('the second place is another')
  if (!backups.some((one) => one.id === id && one.place === 'local' && one.verified)) wrong.push('no backup here')
  if (!told.test(secondPlaceProblem ?? '')) wrong.push(`of the second place is told: ${secondPlaceProblem}`)
  await test.call('draft.save', { scope: 'x', value: 2 })
  await test.call('session.lock', { reason: 'user' })
  await test.call('session.signIn', SIGN_IN)
  if ((await test.call('draft.get', { scope: 'x' })).value !== 2) wrong.push('work beside it was lost')
  wrong.push(...[...(await badIn(stick)), ...(await halfIn(stick))].map((one) => `half in the second place: ${one}`))
  if (mend) {
    mend()
    const next = await test.call('backup.create', {})
    if ((await manifestsIn(stick))[0]?.id !== next.id) wrong.push('with room again it gets no backup')
    const { secondPlaceProblem: still } = await test.call('backup.list', {})
    if (still) wrong.push(`with room again: ${still}`)
  }
  await leave(test)
  for (const folder of [dataDir, chosen]) remove(folder)
  return wrong
}
