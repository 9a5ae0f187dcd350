// Rows about files, the same on Linux and Windows: the real host on a real encrypted folder.
import { createHash, randomBytes } from 'node:crypto'
import fs, { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { manifestsIn } from '#db/manifest.ts'
import { createD3353 } from '#test/helpers/d3353.ts'
import { digestOf, flipByte } from '#test/helpers/folders.ts'
import { openEmptyHost } from '#test/helpers/test-host.ts'
import { fullDisk, readOnly } from './bad-disks.ts'
import { backupKills, importKills, kills } from './kills.ts'
import { chances, type Outcome } from './outcome.ts'
import {
  checkFile,
  closedOffice,
  type FileRow,
  LATER,
  leave,
  newPlace,
  openAgain,
  remove,
  SIGN_IN,
  startWork,
} from './places.ts'

type Damage = (folder: string, other: string) => void
const inDatabase = (folder: string) => join(folder, 'claimwright.db')
const DAMAGES: Record<string, Damage> = {
  'empty database': (folder) => writeFileSync(inDatabase(folder), ''),
  'database cut to a page': (folder) => truncateSync(inDatabase(folder), 4096),
  'database cut in a page': (folder) => truncateSync(inDatabase(folder), 5000),
  'random bytes': (folder) => writeFileSync(inDatabase(folder), randomBytes(65_536)),
  'plaintext database': (folder) =>
    writeFileSync(inDatabase(folder), Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8176)])),
  'no database': (folder) => rmSync(inDatabase(folder)),
  'database of another office': (folder, other) => writeFileSync(inDatabase(folder), readFileSync(inDatabase(other))),
  'key file of another office': (folder, other) => {
    for (const name of ['keyring.json', 'keyring.json.bak'])
      writeFileSync(join(folder, name), readFileSync(join(other, name)))
  },
  'no key file': (folder) => {
    for (const name of ['keyring.json', 'keyring.json.bak']) rmSync(join(folder, name))
  },
  'empty key file': (folder) => {
    for (const name of ['keyring.json', 'keyring.json.bak']) writeFileSync(join(folder, name), '')
  },
}
const MOST_MS = 3000

/** R6: every kind of damage, then bits flipped at random, leads to the recovery screen; nothing is changed. */
const damages: FileRow = async ({ times }) => {
  const wrong: string[] = []
  const chance = chances()
  const { dataDir: whole } = await closedOffice(undefined, async (test) => {
    await createD3353(test)
    await test.call('backup.create', {})
  })
  const { dataDir: other } = await closedOffice()
  const bytes = statSync(inDatabase(whole)).size
  const flips = Array.from({ length: times }, (): [string, Damage] => {
    const at = Math.floor(chance() * bytes)
    return [`bit at ${at}`, (folder) => flipByte(inDatabase(folder), at)]
  })
  let harmless = 0
  for (const [name, damage] of [...Object.entries(DAMAGES), ...flips]) {
    const folder = newPlace()
    fs.cpSync(whole, folder, { recursive: true })
    damage(folder, other)
    const before = digestOf(folder)
    const begun = performance.now()
    const test = openEmptyHost(folder)
    const signIn = await test.host.call('session.signIn', SIGN_IN)
    // Behind Today every page is read; the first write waits for that.
    if (signIn.ok) await test.host.call('draft.save', { scope: 'x', value: 1 })
    const { state, problem } = await test.call('session.status', {})
    const took = performance.now() - begun
    if (state !== 'damaged') {
      // A bit of a page that holds nothing harms nobody: then everything is as it was, by its own seal.
      const isWhole = signIn.ok && (await test.call('audit.verify', {})).ok && checkFile(test).length === 0
      if (name.startsWith('bit') && isWhole) harmless += 1
      else wrong.push(`${name}: ${state}`)
      await leave(test)
    } else {
      if (!problem || problem.backups.length === 0) wrong.push(`${name}: no backup is offered`)
      if (took > MOST_MS) wrong.push(`${name}: ${Math.round(took)} ms`)
      const setup = await test.host.call('session.setup', {
        office: { name: 'New', address: { street: '', city: '', state: '', zip: '' }, phone: '', npi: '', taxId: '' },
        provider: null,
        user: SIGN_IN,
      })
      if (setup.ok) wrong.push(`${name}: a fresh start was made`)
      await test.host.close()
      const now = digestOf(folder)
      const changed = Object.keys(before).filter((file) => now[file] !== before[file])
      // A sign-in counts itself in the key file.
      const others = changed.filter((file) => !/keyring\.json(\.bak)?$/.test(file))
      if (others.length > 0)
        wrong.push(`${name}: changed ${others.map((file) => file.slice(folder.length)).join(', ')}`)
    }
    remove(folder)
  }
  for (const folder of [whole, other]) remove(folder)
  const did = `${Object.keys(DAMAGES).length} kinds of damage, ${times} flipped bits${harmless ? ` (${harmless} in unused pages)` : ''}`
  return { did, wrong }
}

/** R7: a second program is refused while the first has the folder; after a kill the folder opens. */
const second: FileRow = async ({ times, program }) => {
  const wrong: string[] = []
  const { dataDir } = await closedOffice()
  for (let round = 0; round < times; round += 1) {
    const acks = join(newPlace(), 'acks')
    const first = startWork(program, 'hold', dataDir, acks)
    await first.said(1)
    const test = openEmptyHost(dataDir)
    const refused = await test.host.call('session.signIn', SIGN_IN)
    if (refused.ok || refused.error.code !== 'DATA_IN_USE') wrong.push('the second one was not refused')
    await first.kill()
    const opened = await test.host.call('session.signIn', SIGN_IN)
    if (!opened.ok) wrong.push(`after the kill: ${opened.error.code}`)
    await leave(test)
    remove(join(acks, '..'))
  }
  remove(dataDir)
  return { did: `${times} second programs, ${times} kills`, wrong }
}

const PRAGMAS = {
  synchronous: 2,
  temp_store: 2,
  foreign_keys: 1,
  journal_mode: 'wal',
  cipher: 'sqlcipher',
  trusted_schema: 0,
  cell_size_check: 1,
}

/** R8: what every opening must have set. */
const pragmas: FileRow = async ({ times }) => {
  const wrong: string[] = []
  const { dataDir } = await closedOffice()
  for (let round = 0; round < times; round += 1) {
    const test = await openAgain(dataDir)
    for (const [name, value] of Object.entries(PRAGMAS)) {
      const found = test.host.vault!.sqlite.pragma(name, { simple: true })
      if (found !== value) wrong.push(`${name} is ${String(found)}`)
    }
    await leave(test)
    if (readFileSync(inDatabase(dataDir)).toString('latin1', 0, 6) === 'SQLite') wrong.push('a plain header')
  }
  remove(dataDir)
  return { did: `${times} openings`, wrong }
}

/** R11: a file of a newer version is left alone and asks for the newer app. */
const newerSchema: FileRow = async () => {
  const wrong: string[] = []
  const { dataDir } = await closedOffice(undefined, async ({ host }) => host.vault!.sqlite.pragma('user_version=9999'))
  const before = JSON.stringify(digestOf(dataDir))
  const test = openEmptyHost(dataDir)
  await test.host.call('session.signIn', SIGN_IN)
  const { state, problem } = await test.call('session.status', {})
  if (state !== 'damaged' || problem?.code !== 'newer-schema') wrong.push(`${state} ${problem?.code}`)
  if (JSON.stringify(digestOf(dataDir)) !== before) wrong.push('files changed')
  await test.host.close()
  remove(dataDir)
  return { did: '1 newer file', wrong }
}

const FILM_BYTES = 40_000_000
const MOST_RESTORE_MS = 300_000

/** R13: another PC, another folder, another key file: the stick and the recovery code bring it all back. `times` in megabytes. */
const newPc: FileRow = async ({ times }) => {
  const wrong: string[] = []
  const stick = newPlace()
  const films = new Map<string, string>()
  const digest = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
  let [rows, head] = [0, '']
  const { dataDir: old, recoveryCode } = await closedOffice(undefined, async (test) => {
    await test.call('backup.setSecondPlace', { folder: stick })
    const { caseId } = await createD3353(test)
    for (let left = times * 1_000_000; left > 0; left -= FILM_BYTES) {
      const content = Buffer.concat([
        Buffer.from('%PDF-1.7\n'),
        randomBytes(Math.min(left, FILM_BYTES)),
        Buffer.from('\nstartxref\n0\n%%EOF\n'),
      ])
      const { id } = await test.call('attachment.add', {
        caseId,
        attachment: { kind: 'other', takenOn: null, tooth: null },
        fileName: 'film.pdf',
        content: new Uint8Array(content),
      })
      films.set(id, digest(content))
      await test.call('session.activity', {})
    }
    await test.call('backup.create', {})
    const { sqlite } = test.host.vault!
    rows = sqlite.prepare('SELECT count(*) FROM audit').pluck().get() as number
    head = sqlite.prepare('SELECT hash FROM audit ORDER BY seq DESC LIMIT 1').pluck().get() as string
  })
  remove(old)
  const { id } = (await manifestsIn(stick)).find((one) => one.auditHash === head) ?? { id: '' }
  if (!id) wrong.push('no backup with the end of the trail')
  const begun = performance.now()
  const fresh = openEmptyHost()
  fresh.setNow(LATER)
  const { folder } = await fresh.call('backup.look', { folder: stick })
  const restored = await fresh.call('backup.restore', { id, folder, secret: recoveryCode })
  if (restored.rows !== rows || restored.films !== films.size)
    wrong.push(`told ${restored.rows} rows, ${restored.films} films`)
  const asked = { recoveryCode, name: 'Ana', newPassword: 'a completely new secret' }
  const next = await fresh.call('session.recover', asked)
  // The code ends with its use: the office opens once the next one was typed back.
  await fresh.call('session.confirmRecovery', next)
  const took = performance.now() - begun
  const { sqlite } = fresh.host.vault!
  const found = sqlite.prepare('SELECT hash FROM audit WHERE seq = ?').pluck().get(rows) as string
  if (found !== head) wrong.push('the end of the trail is another')
  let lost = 0
  for (const [film, sum] of films) {
    const { content } = await fresh.call('attachment.content', { id: film })
    if (digest(content as Uint8Array) !== sum) lost += 1
    await fresh.call('session.activity', {})
  }
  const corrupt = checkFile(fresh).length + ((await fresh.call('audit.verify', {})).ok ? 0 : 1)
  if (took > MOST_RESTORE_MS) wrong.push(`${Math.round(took / 1000)} s`)
  await leave(fresh)

  // An office that lives here already keeps its files: the code of another opens nothing.
  const { dataDir: another } = await closedOffice()
  const before = JSON.stringify(digestOf(another))
  const neighbour = openEmptyHost(another)
  const refused = await neighbour.host.call('backup.restore', { id, folder, secret: recoveryCode })
  if (refused.ok) wrong.push('another office was replaced')
  await neighbour.host.close()
  const changed = JSON.stringify(digestOf(another)) !== before && !existsSync(join(another, 'restore-tries.json'))
  if (changed) wrong.push('files of another office changed')
  for (const place of [stick, fresh.dataDir, another]) remove(place)
  return {
    did: `${times} MB in ${films.size} films, back in ${(took / 1000).toFixed(1)} s`,
    acknowledged: films.size,
    lost,
    corrupt,
    wrong,
  }
}

/** R16: a virus scanner holds a file: waited for up to ten seconds, then said clearly; afterwards it works again. */
const busy: FileRow = async ({ program }) => {
  const wrong: string[] = []
  const { dataDir } = await closedOffice()
  const test = await openAgain(dataDir)
  const change = () => test.host.call('session.setAutoLock', { minutes: 20 })
  const place = newPlace()
  const { renameSync } = fs
  const isWindows = process.platform === 'win32'
  const hold = async (ms: number) => {
    if (isWindows) {
      const acks = join(place, `${ms}`)
      const scanner = startWork(program, 'scan', dataDir, acks, `${join(dataDir, 'keyring.json')}|${ms}`)
      await scanner.said(1)
      return scanner.kill
    }
    const until = performance.now() + ms
    fs.renameSync = (from, to) => {
      if (performance.now() < until) throw Object.assign(new Error('busy'), { code: 'EBUSY' })
      renameSync(from, to)
    }
    syncBuiltinESMExports()
    return async () => undefined
  }
  await hold(700)
  const soon = await change()
  if (!soon.ok) wrong.push(`held for 0.7 s: ${soon.error.code}`)
  const letGo = await hold(30_000)
  const begun = performance.now()
  const late = await change()
  const took = (performance.now() - begun) / 1000
  if (!isWindows && (late.ok || late.error.code !== 'STORAGE'))
    wrong.push(`held for good: ${late.ok ? 'ok' : late.error.code}`)
  if (took > 15) wrong.push(`gave up after ${took.toFixed(0)} s`)
  fs.renameSync = renameSync
  syncBuiltinESMExports()
  if (!isWindows && !(await change()).ok) wrong.push('afterwards')
  await letGo()
  await leave(test)
  for (const folder of [dataDir, place]) remove(folder)
  return {
    did: `held 0.7 s, then for good (${late.ok ? 'went over it' : `refused after ${took.toFixed(1)} s`})`,
    wrong,
  }
}

/** The rows by name. */
export const fileRows: Record<string, FileRow> = {
  R1: kills,
  R3: fullDisk,
  R5: readOnly,
  R6: damages,
  R7: second,
  R8: pragmas,
  R10: importKills,
  R11: newerSchema,
  R12: backupKills,
  R13: newPc,
  R16: busy,
}

/** What did not even run, as an outcome. */
export const failed = (error: unknown): Outcome => ({
  did: 'ended by an error',
  wrong: [error instanceof AppError ? `${error.code} ${error.message}` : String((error as Error)?.stack ?? error)],
})
