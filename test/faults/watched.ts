// Rows that watch the host from outside: a disk that fails, what is written, what stays in memory, whom it calls (Linux).
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openChildHost } from '#test/helpers/child-host.ts'
import { createD3353 } from '#test/helpers/d3353.ts'
import { filesIn } from '#test/helpers/folders.ts'
import { openEmptyHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'
import { countIn } from './count-in.ts'
import { openDesk, quietOffice, SIGN_IN } from './desk.ts'
import type { Outcome } from './outcome.ts'

const newPlace = () => mkdtempSync(join(tmpdir(), 'claimwright-watched-'))

/** What the disk fails at; every so many calls, beginning with one that lies behind the sign-in. */
const FAILURES = [
  'fsync,fdatasync:error=EIO',
  'pwrite64:error=EIO',
  'pwrite64:error=ENOSPC',
  'fsync,fdatasync,pwrite64,ftruncate:error=EIO',
]

/** R4: a disk that fails now and then. What was refused is not there afterwards, what was acknowledged is. */
export async function failingDisk(times: number): Promise<Outcome> {
  const outcome = { did: '', acknowledged: 0, lost: 0, corrupt: 0, wrong: [] as string[] }
  let refused = 0
  for (let round = 0; round < times; round += 1) {
    const failure = FAILURES[round % FAILURES.length]!
    const dataDir = join(newPlace(), 'data')
    await quietOffice(dataDir)
    const calls = failure.split(':')[0]!
    const under = [
      'strace',
      '-fqq',
      '-o',
      '/dev/null',
      '-e',
      `trace=${calls}`,
      '-e',
      `inject=${failure}:when=${60 + round}+${(calls.includes('pwrite') ? 61 : 7) + (round % 5)}`,
    ]
    const child = openChildHost(dataDir, { under })
    const saved = new Map<string, number>()
    const unsaved: string[] = []
    const signIn = async () => {
      for (let attempt = 0; attempt < 5; attempt += 1) if ((await child.call('session.signIn', SIGN_IN)).ok) return
    }
    await signIn()
    for (let value = 1; value <= 60; value += 1) {
      const scope = `s${value % 50}`
      const reply = await child.call('draft.save', { scope, value: [value, 'x'.repeat(3000)] })
      if (reply.ok) saved.set(scope, value)
      else {
        unsaved.push(`${scope} ${value}`)
        // Where the file cannot be opened anew either, the office locks; signing in opens it.
        if (!['STORAGE', 'LOCKED'].includes(reply.error.code)) outcome.wrong.push(`${failure}: ${reply.error.code}`)
        if (reply.error.code === 'LOCKED') await signIn()
      }
    }
    await child.kill()
    refused += unsaved.length
    outcome.acknowledged += saved.size
    const test = openEmptyHost(dataDir)
    test.setNow('2126-01-01T15:00:00.000Z')
    await test.call('session.signIn', SIGN_IN)
    for (const [scope, value] of saved) {
      const found = (await test.call('draft.get', { scope })).value as [number] | null
      if (!found || found[0] < value) outcome.lost += 1
      else if (found[0] > value) outcome.wrong.push(`${failure}: ${scope} was refused and is there`)
    }
    if (test.host.vault!.sqlite.pragma('integrity_check', { simple: true }) !== 'ok') outcome.corrupt += 1
    if (!(await test.call('audit.verify', {})).ok) outcome.corrupt += 1
    test.host.vault!.changed = false
    await test.host.close()
    rmSync(join(dataDir, '..'), { recursive: true })
  }
  if (refused === 0) outcome.wrong.push('no call was refused')
  outcome.wrong = [...new Set(outcome.wrong)]
  return { ...outcome, did: `${times} failing disks, ${refused} saves refused` }
}

const SENTINEL = 'ZZPHISENTINEL'
/** As text, as Windows writes text, and as base64 from each of its three beginnings. */
export function needlesOf(text: string): Buffer[] {
  const shifted = [0, 1, 2].map((by) =>
    Buffer.from(' '.repeat(by) + text)
      .toString('base64')
      .slice(by + 1, -4),
  )
  return [Buffer.from(text), Buffer.from(text, 'utf16le'), ...shifted.map((one) => Buffer.from(one))]
}

/** A day with an invented patient of that name: typed, searched, sorted, attached, printed, imported, backed up. */
async function workWith(desk: Awaited<ReturnType<typeof openDesk>>['desk'], name: string): Promise<void> {
  const story = await createD3353(desk)
  const address = { street: name, city: name, state: 'IL', zip: '62701' }
  await desk.call('patient.add', {
    patient: { lastName: name, firstName: name, birthDate: '2001-02-03', gender: 'F', address },
    addAnyway: true,
  })
  await desk.call('draft.save', { scope: 'x', value: { note: name.repeat(400) } })
  await desk.call('patient.list', { text: name.slice(0, 8) })
  const film = Buffer.from(`%PDF-1.7\n${name.repeat(5000)}\nstartxref\n0\n%%EOF\n`)
  await desk.call('attachment.add', {
    caseId: story.caseId,
    attachment: { kind: 'other', takenOn: null, tooth: null },
    fileName: `${name}.pdf`,
    content: film.toString('base64'),
  })
  const lines = Array.from({ length: 300 }, (_, n) => `${name}${n},${name},2001-02-03,D2740,3,${name} Plan,2026-11-03`)
  const text = `Last name,First name,Birth date,Code,Tooth,Payer,Sent on\n${lines.join('\n')}\n`
  await desk.call('authorization.import', { text })
  await desk.call('authorization.list', { list: 'all', sort: 'patient', limit: 200 })
  await desk.call('audit.list', {})
  await desk.call('case.get', { id: story.caseId })
  await desk.call('backup.create', {})
}

/** S1: what people type stands readable in no file and in no write to one, over lock, crash and a second place. */
export async function sentinels(): Promise<Outcome> {
  const place = newPlace()
  const [dataDir, stick, temporary, log] = ['data', 'stick', 'tmp', 'log'].map((name) => join(place, name)) as [
    string,
    string,
    string,
    string,
  ]
  for (const folder of [stick, temporary]) mkdirSync(folder)
  await quietOffice(dataDir)
  const under = [
    'strace',
    '-fqq',
    '-y',
    '--string-limit=100000000',
    '-e',
    'trace=openat,write,writev,pwrite64,pwritev,sendto',
    '-o',
    log,
  ]
  const { child, desk } = await openDesk(dataDir, { under, temporary })
  await desk.call('backup.setSecondPlace', { folder: stick })
  await workWith(desk, SENTINEL)
  await desk.call('session.lock', { reason: 'user' })
  await desk.call('session.signIn', SIGN_IN)
  await desk.call('draft.save', { scope: 'y', value: SENTINEL })
  await child.kill()
  const needles = needlesOf(SENTINEL)
  const wrong: string[] = []
  const files = [dataDir, stick, temporary].flatMap(filesIn)
  for (const file of files)
    if (countIn(readFileSync(file), needles) > 0) wrong.push(`readable in ${file.slice(place.length)}`)
  // The answers go to the page by the handle 1, as they must.
  const writes = readFileSync(log, 'latin1').split('\n')
  const leaks = writes.filter((line) => line.includes(SENTINEL) && !/\b(write|writev)\(1</.test(line))
  wrong.push(...leaks.slice(0, 3).map((line) => `written: ${line.slice(0, 120)}`))
  const answers = writes.filter((line) => line.includes(SENTINEL)).length - leaks.length
  if (answers === 0) wrong.push('the watcher saw no answer with it either')
  rmSync(place, { recursive: true })
  return { did: `${files.length} files, ${writes.length.toLocaleString('en-US')} calls watched`, wrong }
}

/** S2: after a lock neither key lies in the memory of the host. Texts cannot be wiped in JavaScript: they are counted. */
export async function memory(): Promise<Outcome> {
  const place = newPlace()
  const dataDir = join(place, 'data')
  let key = Buffer.alloc(0)
  await quietOffice(dataDir, async ({ host }) => {
    key = Buffer.from(host.vault!.key)
  })
  const { child, desk } = await openDesk(dataDir)
  await workWith(desk, SENTINEL)
  const kinds: Record<string, Buffer[]> = {
    'the key': [key],
    'the key in hexadecimal': [Buffer.from(key.toString('hex')), Buffer.from(key.toString('hex').toUpperCase())],
    'the password': [Buffer.from(TEST_PASSWORD), Buffer.from(TEST_PASSWORD, 'utf16le')],
    'the patient': [Buffer.from(SENTINEL), Buffer.from(SENTINEL, 'utf16le')],
  }
  const dump = (): Record<string, number> | null => {
    const run = spawnSync('gcore', ['-o', join(place, 'core'), String(child.process.pid)], { stdio: 'ignore' })
    const file = readdirSync(place).find((name) => name.startsWith('core.'))
    if (run.status !== 0 || !file) return null
    const bytes = readFileSync(join(place, file))
    rmSync(join(place, file))
    return Object.fromEntries(Object.entries(kinds).map(([name, needles]) => [name, countIn(bytes, needles)]))
  }
  const open = dump()
  await desk.call('session.lock', { reason: 'user' })
  const locked = dump()
  await child.kill()
  rmSync(place, { recursive: true })
  if (!open || !locked) return { did: 'gcore may not look here', wrong: ['not measured'] }
  const wrong = Object.values(open).every((count) => count === 0)
    ? ['the watcher finds nothing while it is open either']
    : []
  for (const name of ['the key', 'the key in hexadecimal'])
    if (locked[name]! > 0) wrong.push(`${name} ${locked[name]} times`)
  const residue = ['the password', 'the patient'].map((name) => `${name} ${locked[name]} times`).join(', ')
  return { did: `a host that locks and is not replaced: no key; as text ${residue}`, wrong }
}

/** Calls of a log that reach for a network. One that only makes a socket reaches nobody: Chromium asks it for the names of network cards. */
const outside = (log: string) =>
  readFileSync(log, 'latin1')
    .split('\n')
    .filter((line) => /AF_INET6?\b/.test(line) && !/\bsocket\(/.test(line))

/** A10: the host, and the built app where Electron is here, ask for no connection. */
export async function connections(): Promise<Outcome> {
  const place = newPlace()
  const [dataDir, log, appLog] = ['data', 'log', 'app'].map((name) => join(place, name)) as [string, string, string]
  await quietOffice(dataDir)
  const watch = ['strace', '-fqq', '-e', 'trace=socket,connect,sendto,sendmsg,sendmmsg,bind,listen', '-o']
  const { child, desk } = await openDesk(dataDir, { under: [...watch, log] })
  await workWith(desk, SENTINEL)
  await desk.call('session.lock', { reason: 'user' })
  await child.kill()
  const wrong = outside(log)
    .slice(0, 3)
    .map((line) => `host: ${line.slice(0, 120)}`)
  const electron = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  let did = 'a day of the host'
  if (electron) {
    const { buildAll } = await import('../../scripts/build.ts')
    await buildAll()
    const app = [...watch, appLog, join(electron, 'electron'), '--no-sandbox', '.', '--data', join(place, 'office')]
    const display = process.env['DISPLAY'] ? [] : ['xvfb-run', '-a']
    // It ends the app as a shutdown would.
    const [program, ...args] = ['timeout', '25', ...display, ...app]
    spawnSync(program, args, { stdio: 'ignore' })
    wrong.push(
      ...outside(appLog)
        .slice(0, 5)
        .map((line) => `app: ${line.slice(0, 160)}`),
    )
    did += `, and 25 s of the built app (${readFileSync(appLog, 'latin1').split('\n').length.toLocaleString('en-US')} calls watched)`
  }
  rmSync(place, { recursive: true, force: true })
  return { did, wrong, ...(electron ? {} : { not: 'the built app: no Electron here' }) }
}

/** Whether the machine has what a row wants. */
export function hasProgram(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
