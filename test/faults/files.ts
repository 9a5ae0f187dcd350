// Rows about files, the same on Linux and Windows: the real host on a real encrypted folder, and processes that are killed.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { AppError } from '#core/errors.ts'
import { manifestsIn } from '#db/manifest.ts'
import { attach, createD3353, pngFilm } from '#test/helpers/d3353.ts'
import { digestOf, flipByte } from '#test/helpers/folders.ts'
import { type EmptyHost, openEmptyHost, setUpTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'
import { badIn, halfIn } from './backups-left.ts'
import { chances, type Outcome } from './outcome.ts'

const SIGN_IN = { name: 'Ana', password: TEST_PASSWORD }
/** Later than anything that a process with the real clock wrote. */
const LATER = '2126-01-01T15:00:00.000Z'

/** How often, the file that runs `worker.ts`, and the disk that the row wants, where it wants one. */
export interface Given {
  times: number
  program: string
  disk?: string
}
type FileRow = (given: Given) => Promise<Outcome>

const newPlace = (): string => mkdtempSync(join(tmpdir(), 'claimwright-fault-'))
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })

/** An office whose files nobody has open. */
async function closedOffice(dataDir = newPlace(), prepare?: (test: EmptyHost) => Promise<unknown>) {
  const test = await setUpTestHost(dataDir)
  await prepare?.(test)
  await test.host.close()
  return { dataDir, recoveryCode: test.recoveryCode }
}

async function openAgain(dataDir: string): Promise<EmptyHost> {
  const test = openEmptyHost(dataDir)
  test.setNow(LATER)
  await test.call('session.signIn', SIGN_IN)
  return test
}

/** Closes it without a word about what it may not have backed up. */
async function leave({ host }: EmptyHost): Promise<void> {
  if (host.vault) host.vault.changed = false
  await host.close()
}

function startWork(program: string, what: string, dataDir: string, acks: string, given = '') {
  const child = spawn(process.execPath, [program, 'work', what, dataDir, acks, given], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  return {
    /** Resolves with so many lines in the file of acknowledgements. */
    async said(lines: number) {
      while (acknowledged(acks).length < lines) {
        if (child.exitCode !== null) throw new Error(`${what} ended by itself`)
        await after(5)
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    gone,
  }
}

/** A line cut short by the kill counts for nothing. */
const acknowledged = (acks: string): string[] =>
  existsSync(acks) ? readFileSync(acks, 'utf8').split('\n').slice(0, -1) : []

function checkFile({ host }: EmptyHost): string[] {
  const checks = ['integrity_check', 'foreign_key_check'].map((name) => host.vault!.sqlite.pragma(name) as unknown[])
  return JSON.stringify(checks) === '[[{"integrity_check":"ok"}],[]]' ? [] : [JSON.stringify(checks).slice(0, 200)]
}

/** R1: the writer is killed at any moment; whatever it was told is saved is there. */
const kills: FileRow = async ({ times, program }) => {
  const { dataDir } = await closedOffice()
  const acks = join(dataDir, '..', `${createHash('sha1').update(dataDir).digest('hex')}.acks`)
  const chance = chances()
  let [lost, corrupt] = [0, 0]
  for (let kill = 0; kill < times; kill += 1) {
    const before = acknowledged(acks).length
    const writer = startWork(program, 'write', dataDir, acks, `${kill * 100_000}`)
    await writer.said(before + 1)
    await after(chance() * 120)
    await writer.kill()
    const newest = new Map(acknowledged(acks).map((line) => line.split(' ') as [string, string]))
    const test = await openAgain(dataDir)
    for (const [scope, value] of newest) {
      const found = (await test.call('draft.get', { scope })).value as [number] | null
      if (!found || found[0] < Number(value)) lost += 1
    }
    corrupt += checkFile(test).length + ((await test.call('audit.verify', {})).ok ? 0 : 1)
    const rows = test.host.vault!.sqlite.prepare("SELECT count(*) FROM audit WHERE action = 'draft.save'").pluck().get()
    lost += Math.max(0, acknowledged(acks).length - (rows as number))
    await leave(test)
  }
  const outcome = { did: `${times} kills`, acknowledged: acknowledged(acks).length, lost, corrupt, wrong: [] }
  rmSync(acks)
  remove(dataDir)
  return outcome
}

/** R3: a small disk that fills up. Nothing of what is refused is kept, the rest is, and it goes on once there is room. */
const fullDisk: FileRow = async ({ disk }) => {
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
  while (refusals < 5 && value < 1000) await save((value += 1))
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
  return { did: `${refusals} refused on a full disk`, acknowledged: saved.size, wrong }
}

/** R5, first half: an office on a disk that is made read-only afterwards. */
export async function prepareReadOnly(disk: string): Promise<void> {
  await closedOffice(join(disk, 'data'), async (test) => {
    await test.call('draft.save', { scope: 'x', value: 'kept' })
    await test.call('backup.create', {})
  })
}

/** R5: reading works, saving is refused in words, nothing changes. */
const readOnly: FileRow = async ({ disk }) => {
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
  return { did: '1 disk without writes', wrong }
}

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

/** R10: an import is killed anywhere: all of it or nothing, and a second try makes no doubles. */
const importKills: FileRow = async ({ times, program }) => {
  const rows = Number(process.env['FAULT_ROWS'] ?? 400)
  const { dataDir } = await closedOffice()
  const place = newPlace()
  const wrong: string[] = []
  const chance = chances()
  const count = (test: EmptyHost) =>
    test.host.vault!.sqlite.prepare('SELECT count(*) FROM authorization').pluck().get() as number
  const fileOf = (round: number) => {
    const file = join(place, `${round}.csv`)
    const lines = Array.from(
      { length: rows },
      (_, n) => `Round${round}x${n},Ana,2001-02-03,D2740,3,Plan ${n % 4},2026-11-03`,
    )
    writeFileSync(file, `Last name,First name,Birth date,Code,Tooth,Payer,Sent on\n${lines.join('\n')}\n`)
    return file
  }
  const whole = await (async () => {
    const test = await openAgain(dataDir)
    const begun = performance.now()
    await test.call('authorization.import', { text: readFileSync(fileOf(0), 'utf8') })
    await leave(test)
    return performance.now() - begun
  })()
  let [lost, corrupt, inside] = [0, 0, 0]
  for (let round = 1; round <= times; round += 1) {
    const acks = join(place, `acks${round}`)
    const importer = startWork(program, 'import', dataDir, acks, fileOf(round))
    await importer.said(1)
    await after(chance() * whole * 1.2)
    await importer.kill()
    const test = await openAgain(dataDir)
    const there = count(test) - round * rows
    if (![0, rows].includes(there)) wrong.push(`${there} of ${rows} rows`)
    if (there === 0) inside += 1
    if (acknowledged(acks).length > 1 && there !== rows) lost += 1
    await test.call('authorization.import', { text: readFileSync(join(place, `${round}.csv`), 'utf8') })
    if (count(test) !== (round + 1) * rows) wrong.push(`${count(test) - (round + 1) * rows} doubles`)
    corrupt += checkFile(test).length + ((await test.call('audit.verify', {})).ok ? 0 : 1)
    await leave(test)
  }
  if (inside === 0) wrong.push('no kill fell into an import')
  for (const folder of [dataDir, place]) remove(folder)
  return {
    did: `${times} kills (${inside} inside an import of ${rows} rows)`,
    acknowledged: times - inside,
    lost,
    corrupt,
    wrong,
  }
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

/** R12: killed while backups are written here and in a second place: none is listed and bad, no acknowledged one is gone. */
const backupKills: FileRow = async ({ times, program }) => {
  const stick = newPlace()
  const { dataDir } = await closedOffice(undefined, async (test) => {
    await test.call('backup.setSecondPlace', { folder: stick })
    const { caseId } = await createD3353(test)
    for (const shade of [40, 90]) await attach(test, caseId, {}, pngFilm(shade))
  })
  const acks = join(newPlace(), 'acks')
  const chance = chances()
  let [lost, corrupt] = [0, 0]
  for (let kill = 0; kill < times; kill += 1) {
    const before = acknowledged(acks).length
    const writer = startWork(program, 'backup', dataDir, acks)
    await writer.said(before + 1)
    await after(chance() * 400)
    await writer.kill()
    // Older ones are thinned out.
    const told = acknowledged(acks).slice(-3)
    for (const folder of [join(dataDir, 'backups'), stick]) {
      const listed = (await manifestsIn(folder)).map(({ id }) => id)
      lost += told.filter((id) => !listed.includes(id)).length
      corrupt += (await badIn(folder)).length + (await halfIn(folder)).length
    }
  }
  const [newest] = (await manifestsIn(stick)).map(({ id }) => id)
  const test = await openAgain(dataDir)
  const wrong: string[] = []
  await test
    .call('backup.restore', { id: newest!, secret: TEST_PASSWORD })
    .catch((error: unknown) => wrong.push(String(error)))
  await leave(test)
  const outcome = { did: `${times} kills`, acknowledged: acknowledged(acks).length, lost, corrupt, wrong }
  for (const folder of [dataDir, stick, join(acks, '..')]) remove(folder)
  return outcome
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
  await fresh.call('session.recover', { recoveryCode, name: 'Ana', newPassword: 'a completely new secret' })
  const took = performance.now() - begun
  const { sqlite } = fresh.host.vault!
  const found = sqlite.prepare('SELECT hash FROM audit WHERE seq = ?').pluck().get(rows) as string
  if (found !== head) wrong.push('the end of the trail is another')
  let lost = 0
  for (const [film, sum] of films) {
    const { content } = await fresh.call('attachment.content', { id: film })
    if (digest(content as Uint8Array) !== sum) lost += 1
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
