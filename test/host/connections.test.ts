// Several people at one host: person, lock and stopping belong to each connection; reading waits for no writing.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { HostEvent } from '#core/contract/events.ts'
import { manifestsIn } from '#db/manifest.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { STATES } from '#host/demo/states.ts'
import { runHeavy } from '#host/session/heavy.ts'
import { vaultPaths } from '#host/session/paths.ts'
import { type Connection, createHost } from '#host/host.ts'
import { remittanceOf } from '#test/bench/era.ts'
import { BEN, NEW_OFFICE, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
async function start(): Promise<TestHost> {
  const test = await setUpTestHost()
  closers.push(() => test.close())
  return test
}

interface Desk {
  say(route: string, input?: unknown): Promise<never>
  events: string[]
  connection: Connection
}
function deskAt(host: ReturnType<typeof createHost>, workstation: string): Desk {
  const connection = host.connect({ workstation })
  const events: string[] = []
  connection.on((event: HostEvent) => events.push(event.type))
  return {
    connection,
    events,
    async say(route, input = {}) {
      const reply = await connection.call(route, input)
      if (!reply.ok) throw Object.assign(new Error(reply.error.message), { code: reply.error.code })
      return reply.data as never
    },
  }
}

/** An office with Ana at the front desk and Ben in the back, both signed in. */
async function twoDesks() {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimwright-'))
  const host = createHost({ dataDir, assetsDir: 'assets', appVersion: 'test', scryptN: 2 ** 10, checkOutput: true })
  closers.push(
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => host.close(),
  )
  const front = deskAt(host, 'front')
  const { recoveryCode } = await front.say('session.setup', NEW_OFFICE)
  await front.say('session.confirmRecovery', { recoveryCode })
  await front.say('user.add', { ...BEN, role: 'front_desk' })
  const back = deskAt(host, 'back')
  return { host, dataDir, front, back }
}

describe('two PCs at one host', () => {
  it('each has its own person: nobody is signed in at the second by the sign-in at the first', async () => {
    const { front, back } = await twoDesks()
    await expect(back.say('patient.list')).rejects.toMatchObject({ code: 'LOCKED' })
    expect(await back.say('session.status')).toMatchObject({ state: 'locked', user: null })
    await expect(back.say('session.signIn', { ...BEN, password: 'wrong' })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
    await back.say('session.signIn', BEN)
    expect(back.connection.principal).toMatchObject({ user: { name: 'Ben' }, workstation: 'back' })
    expect(front.connection.principal).toMatchObject({ user: { name: 'Ana' }, workstation: 'front' })
    await back.say('draft.save', { scope: 'x', value: 'of Ben' })
    expect(await front.say('draft.get', { scope: 'x' })).toEqual({ value: null })
    // What the role of one allows is not asked of the other.
    await expect(back.say('user.add', { ...BEN, name: 'Cleo', role: 'auditor' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    const { rows } = (await front.say('audit.list', { entityId: null, limit: 3 })) as {
      rows: { user: string; action: string }[]
    }
    expect(rows.slice(0, 2)).toMatchObject([
      { user: 'Ben', action: 'draft.save' },
      { user: 'Ben', action: 'session.signIn' },
    ])
    expect(await front.say('audit.verify')).toMatchObject({ ok: true })
  })
  it('a lock is one person’s: the other works on, and the office closes when the last one leaves', async () => {
    const { host, dataDir, front, back } = await twoDesks()
    await back.say('session.signIn', BEN)
    await front.say('session.lock', { reason: 'user' })
    expect(front.events).toContain('locked')
    expect(back.events).not.toContain('locked')
    await expect(front.say('patient.list')).rejects.toMatchObject({ code: 'LOCKED' })
    await back.say('draft.save', { scope: 'x', value: 1 })
    expect(host.vault).not.toBeNull()
    expect(await manifestsIn(join(dataDir, 'backups'))).toEqual([])
    await back.connection.close()
    expect(host.vault).toBeNull()
    expect(await manifestsIn(join(dataDir, 'backups'))).toMatchObject([{ reason: 'quit' }])
    await front.say('session.signIn', NEW_OFFICE.user)
    expect(await front.say('session.status')).toMatchObject({ state: 'open', user: { name: 'Ana' } })
  })
  it('the demo opens for nobody while somebody else works (anybody could put them out of the office)', async () => {
    const { front, back } = await twoDesks()
    await expect(back.say('demo.open')).rejects.toMatchObject({ code: 'REFUSED' })
    expect(await front.say('session.status')).toMatchObject({ state: 'open', demo: false })
    await front.say('draft.save', { scope: 'x', value: 1 })
  })
  it('what replaces the files asks everybody to leave', async () => {
    const { front, back } = await twoDesks()
    await back.say('session.signIn', BEN)
    const { id } = (await front.say('backup.create')) as { id: string }
    await front.say('backup.restore', { id, secret: TEST_PASSWORD })
    expect(back.events).toContain('locked')
    await expect(back.say('patient.list')).rejects.toMatchObject({ code: 'LOCKED' })
  })
})

/** A log of authorizations long enough to have parts. */
const LOG = `Last name,First name,Birth date,Code,Tooth,Payer,Sent on\n${Array.from(
  { length: 400 },
  (_, n) =>
    `Smith${n},Ana,2001-02-${String((n % 27) + 1).padStart(2, '0')},D2740,3,Plan ${n % 4},2026-11-0${(n % 9) + 1}`,
).join('\n')}\n`

describe('while a long command runs', () => {
  it('lists answer from what was kept before it, and saving waits its turn (everything waited for an import)', async () => {
    const test = await start()
    // An import waits for the backup before it, if one is due; what is asked meanwhile is served.
    await test.call('backup.create', {})
    const order: string[] = []
    const importing = test.call('authorization.import', { text: LOG }).then(() => order.push('import'))
    await nextTurn()
    const saving = test.call('draft.save', { scope: 'x', value: 1 }).then(() => order.push('save'))
    const { rows } = await test.call('authorization.list', { list: 'all' })
    order.push('list')
    expect(rows).toEqual([])
    await Promise.all([importing, saving])
    expect(order).toEqual(['list', 'import', 'save'])
    expect((await test.call('authorization.list', { list: 'all' })).rows.length).toBeGreaterThan(0)
  })
  it('a chart opens, and that it was opened stands in the trail behind the command (it waited for all of an import)', async () => {
    const test = await start()
    const { id } = await test.call('patient.add', {
      patient: { lastName: 'Sample', firstName: 'Alex', birthDate: '2015-04-12' },
    })
    let end = () => {}
    const busy = test.host.vault!.write(() => new Promise<void>((resolve) => (end = resolve)))
    await nextTurn()
    expect((await test.call('patient.get', { id })).patient).toMatchObject({ lastName: 'Sample' })
    const opened = async () =>
      (await test.call('audit.list', { entityId: id })).rows.filter(({ action }) => action === 'patient.get')
    // Printing and exporting wait for their row.
    const listing = opened()
    end()
    await busy
    expect(await listing).toEqual([])
    expect(await opened()).toHaveLength(1)
  })
  it('a lock stops it, and nothing of it is kept', async () => {
    const test = await start()
    const importing = test.host.call('authorization.import', { text: LOG })
    await nextTurn()
    const locked = test.call('session.lock', { reason: 'user' })
    expect(await importing).toMatchObject({ ok: false, error: { code: 'REFUSED' } })
    await locked
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    expect((await test.call('authorization.list', { list: 'all' })).rows).toEqual([])
    expect((await test.call('audit.verify', {})).ok).toBe(true)
  })
  // Bug it would catch: posting goes on behind the lock, in the name of somebody who left.
  it('a lock stops the posting of a remittance file, and nothing of it is kept', async () => {
    const test = await start()
    const sent = STATES.find(({ name }) => name === 'claim sent')!
    await seedPractice(test.host.vault!, { cases: 120, seed: 1, states: Array.from({ length: 120 }, () => sent) })
    const text = remittanceOf(test.host.vault!.sqlite)
    await test.call('backup.create', {})
    const count = (table: string) => test.host.vault!.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    const stopped = async (work: Promise<unknown>) => {
      await nextTurn()
      const locked = test.call('session.lock', { reason: 'user' })
      expect(await work).toMatchObject({ ok: false, error: { code: 'REFUSED' } })
      await locked
      await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
      await test.host.vault!.sound()
    }
    const { payments } = await test.call('era.import', { text })
    await stopped(test.host.call('era.postAll', { paymentIds: payments }))
    expect(count('remittance')).toBe(0)
    expect(test.host.vault!.sqlite.prepare("SELECT count(*) FROM era_claim WHERE state = 'posted'").pluck().get()).toBe(
      0,
    )
    const { posted } = await test.call('era.postAll', { paymentIds: payments })
    expect(posted).toBeGreaterThan(100)
    expect(count('remittance')).toBe(posted)
  })
  it('one that waits its turn is stopped too (only the one under way was)', async () => {
    const test = await start()
    const importing = test.host.call('authorization.import', { text: LOG })
    await nextTurn()
    const waiting = test.host.call('draft.save', { scope: 'x', value: 1 })
    await test.call('session.cancelWork', {})
    expect(await importing).toMatchObject({ ok: false, error: { code: 'REFUSED' } })
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'REFUSED' } })
    await test.call('draft.save', { scope: 'x', value: 2 })
    expect((await test.call('draft.get', { scope: 'x' })).value).toBe(2)
  })
})

it('a large office is backed up by a thread of its own while others read and write; the backup is whole', async () => {
  const test = await start()
  await test.call('draft.save', { scope: 'before', value: 'kept' })
  const vault = test.host.vault!
  const paths = vaultPaths(test.dataDir)
  const now = '2026-11-23T16:00:00.000Z'
  const order = { paths, key: vault.key, vaultId: 'v', appVersion: 'test', now, reason: 'manual' } as const
  const making = runHeavy('backup', order, { small: 0 })
  await test.call('draft.save', { scope: 'meanwhile', value: 1 })
  expect((await test.call('draft.get', { scope: 'before' })).value).toBe('kept')
  const { info } = await making
  const [manifest] = await manifestsIn(paths.backups)
  expect(manifest).toMatchObject({ id: info.id, reason: 'manual', auditSeq: expect.any(Number) })
  expect(readdirSync(join(paths.backups, info.id))).toEqual(['claimwright.db', 'keyring.json', 'manifest.json'])
  expect(
    [...vault.key].some((byte) => byte !== 0),
    'the key of the office stays',
  ).toBe(true)
})

it('a thread that cannot write tells why, in the words of the contract', async () => {
  const test = await start()
  const paths = { ...vaultPaths(test.dataDir), keyring: join(test.dataDir, 'nowhere.json') }
  const order = { paths, key: test.host.vault!.key, vaultId: 'v', appVersion: 'test', now: '2026-11-23T16:00:00.000Z' }
  const failing = runHeavy('backup', { ...order, reason: 'manual' }, { small: 0 })
  await expect(failing).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
  expect(readdirSync(paths.backups).filter((name) => name !== 'blobs')).toEqual([])
})
