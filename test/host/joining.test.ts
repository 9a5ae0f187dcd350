// People come and go at one office at the same moment: what one does never undoes or outlives what another does.
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { InputOf, OutputOf, RouteName } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import { readKeyring } from '#db/keyring.ts'
import { type Connection, createHost, type Host } from '#host/host.ts'
import { BEN, NEW_OFFICE, openEmptyHost } from '#test/helpers/test-host.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  for (const close of closers.splice(0).reverse()) await close()
})

const CLEO = { name: 'Cleo', password: 'a third one, rather long', role: 'auditor' } as const

async function ask<Name extends RouteName>(at: Connection, route: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  const reply = await at.call(route, input)
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message, reply.error.details)
  return reply.data as never
}
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
function emptyHost(dataDir: string) {
  const test = openEmptyHost(dataDir)
  closers.push(() => test.host.close())
  return test
}

/** Ana signed in at the front; Ben, whom she added, may sign in at the back. */
async function twoDesks(role: 'front_desk' | 'owner' = 'front_desk') {
  const dataDir = newFolder()
  const host = createHost({ dataDir, assetsDir: 'assets', appVersion: 'test', scryptN: 2 ** 10, checkOutput: true })
  closers.push(() => host.close())
  const front = host.connect({ workstation: 'front' })
  const { recoveryCode } = await ask(front, 'session.setup', NEW_OFFICE)
  await ask(front, 'session.confirmRecovery', { recoveryCode })
  const { id: ben } = await ask(front, 'user.add', { ...BEN, role })
  const slots = () => readKeyring(join(dataDir, 'keyring.json')).slots
  return { dataDir, host, front, back: host.connect({ workstation: 'back' }), ben, slots }
}

/** A long command: until `end` is called nobody else writes. */
function keepBusy({ vault }: Host) {
  let end = () => {}
  const over = vault!.write(() => new Promise<void>((resolve) => (end = resolve)))
  return { end: () => end(), over }
}

describe('sign-in', () => {
  it('of one while the only other person locks (signed in, and every request was answered LOCKED)', async () => {
    const { host, front, back } = await twoDesks()
    const busy = keepBusy(host)
    const write = vi.spyOn(host.vault!, 'write')
    const signing = ask(back, 'session.signIn', BEN)
    await vi.waitFor(() => expect(write).toHaveBeenCalled())
    const locked = ask(front, 'session.lock', { reason: 'user' })
    expect(front.principal, 'at once').toBeNull()
    busy.end()
    await Promise.all([signing, locked, busy.over])
    expect(await ask(back, 'session.status', {})).toMatchObject({ state: 'open', user: { name: 'Ben' } })
    await ask(back, 'draft.save', { scope: 'x', value: 1 })
  })
  it.each(['meanwhile', 'before'])(
    'at a connection that ended %s: the office does not stay open for nobody',
    async (when) => {
      const { host, front, back } = await twoDesks()
      await ask(front, 'session.lock', { reason: 'user' })
      if (when === 'before') await back.close()
      const signing = back.call('session.signIn', BEN)
      await back.close()
      expect(await signing).toMatchObject({ ok: false, error: { code: 'LOCKED' } })
      expect(back.principal).toBeNull()
      expect(host.vault).toBeNull()
    },
  )
  it('with the key file of another office is no way into an open one (a file laid into the folder let its owner in)', async () => {
    const { dataDir, back } = await twoDesks()
    const other = await twoDesks()
    await ask(other.front, 'user.add', { ...CLEO, role: 'owner' })
    cpSync(join(other.dataDir, 'keyring.json'), join(dataDir, 'keyring.json'))
    const { name, password } = CLEO
    await expect(ask(back, 'session.signIn', { name, password })).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    expect(back.principal).toBeNull()
  })
})

describe('who may sign in', () => {
  it('a wrong password typed meanwhile does not bring a removed person back', async () => {
    const { front, back, ben, slots } = await twoDesks()
    const signing = back.call('session.signIn', { name: 'Ana', password: 'wrong' })
    await ask(front, 'user.remove', { id: ben })
    await signing
    expect(slots()).toMatchObject([{ name: 'Ana' }])
  })
  it('adding one does not bring back another who is removed meanwhile', async () => {
    const { front, ben, slots } = await twoDesks()
    await Promise.all([ask(front, 'user.add', CLEO), ask(front, 'user.remove', { id: ben })])
    expect(slots()).toMatchObject([{ name: 'Ana' }, { name: 'Cleo' }])
  })
  it('neither a password changed nor a person added at the same moment is lost', async () => {
    const { host, front, back } = await twoDesks()
    await ask(back, 'session.signIn', BEN)
    const newPassword = 'entirely new secret words'
    const changing = ask(back, 'session.changePassword', { password: BEN.password, newPassword })
    await Promise.all([changing, ask(front, 'user.add', CLEO)])
    await ask(back, 'session.lock', { reason: 'user' })
    await ask(back, 'session.signIn', { name: 'Ben', password: newPassword })
    const third = host.connect({ workstation: 'third' })
    const { user } = await ask(third, 'session.signIn', { name: CLEO.name, password: CLEO.password })
    expect(user).toMatchObject({ name: 'Cleo', role: 'auditor' })
  })
  it('two owners who remove each other at the same moment: one stays', async () => {
    const { front, back, ben, slots } = await twoDesks('owner')
    await ask(back, 'session.signIn', BEN)
    const ana = front.principal!.user.id
    const removed = [front.call('user.remove', { id: ben }), back.call('user.remove', { id: ana })]
    expect((await Promise.all(removed)).map(({ ok }) => ok)).toEqual([true, false])
    expect(slots()).toMatchObject([{ name: 'Ana' }])
  })
  it('a removed person leaves at once, wherever they sit (they worked on until they locked)', async () => {
    const { front, back, ben } = await twoDesks()
    await ask(back, 'session.signIn', BEN)
    const events: unknown[] = []
    back.on((event) => events.push(event))
    await ask(front, 'user.remove', { id: ben })
    expect(events).toContainEqual({ type: 'locked', reason: 'system' })
    await expect(ask(back, 'draft.save', { scope: 'x', value: 1 })).rejects.toMatchObject({ code: 'LOCKED' })
    await ask(front, 'draft.save', { scope: 'x', value: 1 })
  })
  it('what one was allowed to ask is not done for the next who sits there', async () => {
    const { host, front, slots } = await twoDesks()
    const third = host.connect({ workstation: 'third' })
    const signing = ask(third, 'session.signIn', BEN)
    const adding = front.call('user.add', CLEO)
    await ask(front, 'session.lock', { reason: 'user' })
    expect(await adding).toMatchObject({ ok: false, error: { code: 'LOCKED' } })
    await signing
    expect(slots()).toMatchObject([{ name: 'Ana' }, { name: 'Ben' }])
  })
})

describe('a second Claimwright', () => {
  it('does not set up over a set-up that waits for its code (its files were moved aside, its code was wrong)', async () => {
    const dataDir = newFolder()
    const [first, second] = [emptyHost(dataDir), emptyHost(dataDir)]
    const { recoveryCode } = await first.call('session.setup', NEW_OFFICE)
    await expect(second.call('session.setup', NEW_OFFICE)).rejects.toMatchObject({ code: 'DATA_IN_USE' })
    expect(readdirSync(dataDir).filter((name) => name.includes('before-setup'))).toEqual([])
    await first.call('session.confirmRecovery', { recoveryCode })
    await first.call('draft.save', { scope: 'x', value: 1 })
  })
  it('does not take a demo that is being filled for a left-over (its files were deleted)', async () => {
    const dataDir = newFolder()
    const [first, second] = [emptyHost(dataDir), emptyHost(dataDir)]
    await first.call('demo.open', {})
    rmSync(join(dataDir, 'demo', 'demo-secret'))
    await expect(second.call('demo.open', {})).rejects.toMatchObject({ code: 'DATA_IN_USE' })
    expect(existsSync(join(dataDir, 'demo', 'claimwright.db'))).toBe(true)
    await first.call('draft.save', { scope: 'x', value: 1 })
  })
  it('what something else wrote into in-use.lock locks nobody out (the office passed for damaged)', async () => {
    const { dataDir, front } = await twoDesks()
    await ask(front, 'session.lock', { reason: 'user' })
    writeFileSync(join(dataDir, 'in-use.lock'), 'scanned'.repeat(100))
    await ask(front, 'session.signIn', NEW_OFFICE.user)
    await expect(emptyHost(dataDir).call('session.signIn', NEW_OFFICE.user)).rejects.toMatchObject({
      code: 'DATA_IN_USE',
    })
  })
})

it('a set-up begun again while its code is typed back: one of them counts (a confirmed office was moved aside)', async () => {
  const { host, call } = emptyHost(newFolder())
  const { recoveryCode } = await call('session.setup', NEW_OFFICE)
  const confirming = call('session.confirmRecovery', { recoveryCode })
  expect(await host.call('session.setup', NEW_OFFICE)).toMatchObject({ ok: false, error: { code: 'REFUSED' } })
  await confirming
  await call('draft.save', { scope: 'x', value: 1 })
})

it('the folder of a connection that was lost is let go before the next one opens it, and before the end (a restore was refused)', async () => {
  const { host, front } = await twoDesks()
  const vault = host.vault!
  const busy = keepBusy(host)
  const broken = Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' })
  await expect(vault.aside(() => Promise.reject(broken))).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
  expect(front.principal).toBeNull()
  let isClosed = false
  const closing = host.close().then(() => (isClosed = true))
  for (let turn = 0; turn < 50; turn += 1) await nextTurn()
  expect(isClosed, 'while a command is under way').toBe(false)
  busy.end()
  await Promise.all([closing, busy.over])
  expect([...vault.key].every((byte) => byte === 0)).toBe(true)
})
