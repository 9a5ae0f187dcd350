// A front desk's day on Windows: real files on C:, an office from its set-up to a restore. Each step holds or the script fails.
// A plain script over the real host, as Vitest and Electron do not start in Wine: `npm run windows-smoke`.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { AttachmentId } from '#core/ids.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { eraFile } from '#host/demo/era-file.ts'
import { attach, createD3353, type D3353, pngFilm, setVisits } from '#test/helpers/d3353.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

const SIGN_IN = { name: 'Ana', password: TEST_PASSWORD }
/** What Windows forbids in the name of a file, and names that mean a device. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu
/** Longer paths than this were an error in older programs; the files inside go beyond it. */
const LONG = 240
const KILLS = 3

const place = mkdtempSync(join(tmpdir(), 'Dr. Müller & Söhne '))
const dataDir = longPath(place)
const secondPlace = join(place, 'USB-Gerät (E)', 'Kopie à part')
const inbox = join(place, 'Eingang & Ausgang')
for (const folder of [secondPlace, inbox]) mkdirSync(folder, { recursive: true })

let test = openEmptyHost(dataDir)
let story: D3353
let claimNumber: string
let film: AttachmentId
let clock = Date.parse('2026-11-23T15:00:00.000Z')

const steps: [name: string, run: () => Promise<void>][] = [
  [`the data folder lies on C: under ${LONG} characters with spaces and accents`, checkPlace],
  ['an office is set up, locked and signed in to', setUp],
  ['a second Claimwright on the folder is refused', refuseSecond],
  ['a case is written, and a film is kept and read back', keepFilm],
  ['a log of authorizations is imported from a file', importLog],
  [
    'the lists of a practice system are imported: patients as text and as a workbook, their history, fees',
    importPractice,
  ],
  ['a claim file is exported under a name that Windows takes', exportClaim],
  ['a remittance file is read and posted', readRemittance],
  ['a backup is written beside the data and to the second place', backUp],
  ['a lock lets go of every file', letGo],
  [`killed ${KILLS} times in the middle of writing: nothing acknowledged is lost`, killInTheMiddle],
  ['the second place alone brings the office back, with its film', restore],
]
let passed = 0
for (const [name, run] of steps) {
  try {
    await run()
    passed += 1
    console.log(`ok ${name}`)
  } catch (error) {
    console.log(`not ok ${name}`)
    console.error(error)
    process.exitCode = 1
    // Each step stands on the one before.
    break
  }
}
await test.host.close()
rmSync(place, { recursive: true, force: true })
console.log(`${passed} of ${steps.length} steps hold on ${process.platform}, Node ${process.version}`)

function longPath(base: string): string {
  const part = 'Praxis Übersee '
  const room = LONG - base.length - 2
  return join(base, part.repeat(Math.ceil(room / part.length)).slice(0, room - 1) + 'x')
}

/** Every call of the day is a minute later: no two backups have one name. */
function tick(): void {
  clock += 60_000
  test.setNow(new Date(clock).toISOString())
}

async function checkPlace(): Promise<void> {
  assert.match(dataDir, /^C:\\/)
  assert.ok(dataDir.length >= LONG - 1 && dataDir.length <= LONG, `${dataDir.length} characters`)
}

async function setUp(): Promise<void> {
  test = await setUpTestHost(dataDir)
  await test.call('session.lock', { reason: 'user' })
  assert.equal((await test.call('session.status', {})).state, 'locked')
  assert.equal((await test.host.call('session.signIn', { ...SIGN_IN, password: 'wrong' })).ok, false)
  await test.call('session.signIn', SIGN_IN)
}

async function refuseSecond(): Promise<void> {
  const second = openEmptyHost(dataDir)
  const reply = await second.host.call('session.signIn', SIGN_IN)
  assert.equal(!reply.ok && reply.error.code, 'DATA_IN_USE')
  await second.host.close()
}

async function keepFilm(): Promise<void> {
  story = await createD3353(test)
  await setVisits(test, story.caseId, 3)
  film = (await attach(test, story.caseId)).id
  await checkFilm()
}

async function checkFilm(): Promise<void> {
  const { content } = await test.call('attachment.content', { id: film })
  assert.deepEqual(Buffer.from(content), pngFilm())
}

async function importLog(): Promise<void> {
  const file = join(inbox, 'Genehmigungen März 2026.csv')
  writeFileSync(file, readFileSync('test/fixtures/authorization-log-200.csv'))
  const { imported } = await test.call('authorization.import', { text: readFileSync(file, 'utf8') })
  assert.equal(imported, 200)
}

/** A fixture as it lies in a folder of the office, read back as bytes. */
function asFile(name: string): { content: Uint8Array } {
  const file = join(inbox, `Liste für März & ${name}`)
  writeFileSync(file, readFileSync(`test/fixtures/practice/${name}`))
  return { content: new Uint8Array(readFileSync(file)) }
}

async function importPractice(): Promise<void> {
  const { imported } = await test.call('patient.import', { ...asFile('od-patients.csv'), leaveOutProblems: true })
  assert.equal(imported, 17)
  const again = await test.call('patient.import', { ...asFile('od-patients.xlsx'), leaveOutProblems: true })
  assert.deepEqual([again.imported, again.changed], [0, 0])
  const history = await test.call('patient.importHistory', { ...asFile('od-procedures.txt'), leaveOutProblems: true })
  assert.ok(history.imported > 20)
  const into = { scheduleId: null, kind: 'office', name: 'Gebühren', from: '2026-01-01' } as const
  assert.equal((await test.call('feeSchedule.import', { ...asFile('od-fees.txt'), into })).imported, 19)
}

async function exportClaim(): Promise<void> {
  const { id } = await test.call('claim.create', { caseId: story.caseId, coverageId: story.coverageId })
  const { text, fileName } = await test.call('claim.export', { ids: [id], reason: 'Films follow by mail' })
  assert.doesNotMatch(fileName, FORBIDDEN)
  const file = join(inbox, fileName)
  writeFileSync(file, text)
  const read = readClaimFile(readFileSync(file, 'utf8'))
  assert.deepEqual(read.problems, [])
  claimNumber = read.file!.claims[0]!.number
}

async function readRemittance(): Promise<void> {
  const path = join(inbox, 'Zahlung & Brief 1.835')
  const line = { charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }
  writeFileSync(path, eraFile({ trace: 'T1', claims: [{ number: claimNumber, lines: [line] }] }))
  const { payments } = await test.call('era.import', { text: readFileSync(path, 'utf8') })
  await test.call('era.post', { paymentId: payments[0]! })
  const { money } = await test.call('case.get', { id: story.caseId })
  assert.equal(money.paidCents, 48000)
}

async function backUp(): Promise<void> {
  await test.call('backup.setSecondPlace', { folder: secondPlace })
  tick()
  const { id } = await test.call('backup.create', {})
  assert.doesNotMatch(id, FORBIDDEN)
  const { backups } = await test.call('backup.list', {})
  assert.deepEqual(
    backups
      .filter((backup) => backup.id === id)
      .map((backup) => backup.place)
      .sort(),
    ['local', 'second'],
  )
}

async function letGo(): Promise<void> {
  await test.call('session.lock', { reason: 'user' })
  // Windows renames no folder in which a file is open.
  renameSync(dataDir, `${place}\\away`)
  renameSync(`${place}\\away`, dataDir)
  await test.call('session.signIn', SIGN_IN)
  await checkFilm()
}

async function killInTheMiddle(): Promise<void> {
  await test.host.close()
  const acks = join(place, 'acks.txt')
  writeFileSync(acks, '')
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const wanted = acknowledged(acks).length + 10 * kill
    const writer = spawn(
      process.execPath,
      [fileURLToPath(new URL('writer.ts', import.meta.url)), dataDir, story.caseId, acks],
      { stdio: 'ignore' },
    )
    const gone = once(writer, 'exit')
    while (acknowledged(acks).length < wanted) {
      assert.equal(writer.exitCode, null, 'the writer ended by itself')
      await after(20)
    }
    writer.kill()
    await gone
  }
  test = openEmptyHost(dataDir)
  await test.call('session.signIn', SIGN_IN)
  for (const id of acknowledged(acks)) {
    const { value: shade } = await test.call('draft.get', { scope: id })
    const { content } = await test.call('attachment.content', { id })
    assert.deepEqual(Buffer.from(content), pngFilm(Number(shade)))
  }
  assert.equal(test.host.vault!.sqlite.pragma('integrity_check', { simple: true }), 'ok')
  assert.equal((await test.call('audit.verify', {})).ok, true)
}

/** Ids that the writer was told are safe; a line cut short by the kill counts for nothing. */
function acknowledged(acks: string): AttachmentId[] {
  return readFileSync(acks, 'utf8').split('\n').slice(0, -1) as AttachmentId[]
}

async function restore(): Promise<void> {
  const { backups } = await test.call('backup.list', {})
  const { id } = backups.find((backup) => backup.place === 'second')!
  // The disk of the data is a new one: only the second place has the backup and the film.
  for (const folder of ['backups', 'blobs']) rmSync(join(dataDir, folder), { recursive: true })
  await test.call('backup.restore', { id, secret: TEST_PASSWORD })
  await test.call('session.signIn', SIGN_IN)
  await checkFilm()
  assert.equal((await test.call('case.get', { id: story.caseId })).money.paidCents, 48000)
  assert.deepEqual((await test.call('draft.list', {})).drafts, [])
  assert.equal((await test.call('audit.verify', {})).ok, true)
  assert.ok(
    readdirSync(dataDir).some((name) => name.includes('before-restore-')),
    'the files before are kept',
  )
  assert.ok(!existsSync(join(dataDir, 'keyring.json.tmp')))
}
