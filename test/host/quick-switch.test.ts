// Quick switch by PIN: for one day, on this PC, by who proved who they are; every way it must end.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { BEN, openEmptyHost, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const PIN = '482913'
const NEW_PASSWORD = 'entirely new secret words'
let open: TestHost | null = null
afterEach(async () => {
  await open?.close()
  open = null
})

async function start() {
  const test = await setUpTestHost()
  open = test
  const { id: ben } = await test.call('user.add', { ...BEN, role: 'front_desk' })
  const { id: ana } = (await test.call('user.list', {})).users.find(({ name }) => name === 'Ana')!
  const lock = () => test.call('session.lock', { reason: 'user' })
  const byPin = (id: typeof ana, pin = PIN) => test.call('session.signInByPin', { id, pin })
  const withPin = async () =>
    (await test.call('session.status', {})).users.filter(({ pin }) => pin).map(({ name }) => name)
  const asBen = async () => {
    await lock()
    await test.call('session.signIn', BEN)
  }
  const asAna = async () => {
    await lock()
    await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  }
  /** With the first row of this session, which waits until the file was looked through. */
  const trail = async () => {
    await test.host.vault!.sound()
    return (await test.call('audit.list', { limit: 200 })).rows
  }
  return { ...test, trail, ana, ben, lock, byPin, withPin, asBen, asAna }
}
const choose = { password: TEST_PASSWORD, pin: PIN }

it('two people switch by PIN, and the trail has a row for each choice and each use', async () => {
  const { call, trail, ana, ben, lock, byPin, withPin, asBen } = await start()
  await call('session.setPin', choose)
  await asBen()
  await call('session.setPin', { password: BEN.password, pin: '719364' })
  await lock()
  expect(await withPin()).toEqual(['Ana', 'Ben'])
  expect((await byPin(ana)).user).toMatchObject({ name: 'Ana', role: 'owner' })
  await lock()
  expect((await byPin(ben, '719364')).user).toMatchObject({ name: 'Ben', role: 'front_desk' })
  await lock()
  await byPin(ana)
  const rows = (await trail()).map(({ user, action }) => `${user} ${action}`)
  expect(rows.filter((row) => row.includes('Pin'))).toEqual([
    'Ana session.signInByPin',
    'Ben session.signInByPin',
    'Ana session.signInByPin',
    'Ben session.setPin',
    'Ana session.setPin',
  ])
})

it('the third wrong try ends it; each wrong one stands in the trail, and the right PIN is of no use then', async () => {
  const { call, trail, ana, lock, byPin, withPin } = await start()
  await call('session.setPin', choose)
  await lock()
  await expect(byPin(ana, '555444')).rejects.toMatchObject({ code: 'WRONG_PASSWORD', message: /2 tries left/ })
  await expect(byPin(ana, '555444')).rejects.toMatchObject({ message: /1 try left/ })
  await byPin(ana)
  await lock()
  for (const words of [/2 tries left/, /1 try left/, /has ended: type the password/])
    await expect(byPin(ana, '555444'), 'a right one in between made tries anew').rejects.toMatchObject({
      message: words,
    })
  expect(await withPin()).toEqual([])
  await expect(byPin(ana)).rejects.toMatchObject({ code: 'REFUSED', message: 'This PIN has ended. Type the password.' })
  await call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  const refused = (await trail()).filter(({ action }) => action === 'session.signInByPinRefused')
  expect(refused).toHaveLength(5)
  expect(refused[0]).toMatchObject({ entityId: ana, reason: 'Wrong PIN' })
})

it('opens nothing on the next day, nor for somebody who chose none', async () => {
  const { call, ana, ben, lock, byPin, withPin, setNow } = await start()
  await call('session.setPin', choose)
  await lock()
  await expect(byPin(ben)).rejects.toMatchObject({ code: 'REFUSED' })
  setNow('2026-11-24T00:01:00')
  expect(await withPin()).toEqual([])
  await expect(byPin(ana)).rejects.toMatchObject({ code: 'REFUSED' })
})

it('wants the password of the person who sits there, and a PIN that is hard to guess', async () => {
  const { call, lock, withPin } = await start()
  await expect(call('session.setPin', { password: 'guess', pin: PIN })).rejects.toMatchObject({
    code: 'WRONG_PASSWORD',
  })
  await expect(call('session.setPin', { ...choose, pin: '123456' })).rejects.toMatchObject({ code: 'WEAK_PASSWORD' })
  await lock()
  expect(await withPin()).toEqual([])
})

it.each<[string, (test: Awaited<ReturnType<typeof start>>) => Promise<unknown>]>([
  ['their removal', ({ call, ben }) => call('user.remove', { id: ben })],
  ['another role', ({ call, ben }) => call('user.setRole', { id: ben, role: 'dentist' })],
  ['a new password by the owner', ({ call, ben }) => call('user.resetPassword', { id: ben, password: NEW_PASSWORD })],
  ['the owner, who forbids PINs', ({ call }) => call('session.allowPins', { allowed: false })],
])('ends with %s', async (_what, end) => {
  const test = await start()
  await test.asBen()
  await test.call('session.setPin', { password: BEN.password, pin: PIN })
  await test.asAna()
  await end(test)
  await test.lock()
  expect(await test.withPin()).toEqual([])
  await expect(test.byPin(test.ben)).rejects.toMatchObject({ code: 'REFUSED' })
})

it('ends with their own new password', async () => {
  const { call, lock, byPin, withPin, ana } = await start()
  await call('session.setPin', choose)
  await call('session.changePassword', { password: TEST_PASSWORD, newPassword: NEW_PASSWORD })
  await lock()
  expect(await withPin()).toEqual([])
  await expect(byPin(ana)).rejects.toMatchObject({ code: 'REFUSED' })
})

it('cannot be chosen where the owner forbids it, and an owner’s other settings leave that as it is', async () => {
  const { call } = await start()
  await call('session.allowPins', { allowed: false })
  const settings = await call('setting.get', {})
  await call('setting.set', { ...settings, needStaleDays: 90, allowPins: true })
  expect(await call('setting.get', {})).toMatchObject({ needStaleDays: 90, allowPins: false })
  await expect(call('session.setPin', choose)).rejects.toMatchObject({ code: 'REFUSED' })
  await call('session.allowPins', { allowed: true })
  await call('session.setPin', choose)
})

it('nothing of it is on the disk: no file changes but database and trail, and none holds PIN or slot', async () => {
  const { call, dataDir, lock, ana } = await start()
  await call('session.setPin', choose)
  await lock()
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  expect(files.length).toBeGreaterThan(3)
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name)).includes(PIN), `${name} holds the PIN`).toBe(false)
  // What a program without this memory finds: the same folder, and nobody who may switch.
  await open!.host.close()
  const again = openEmptyHost(dataDir)
  expect((await again.call('session.status', {})).users.map(({ pin }) => pin)).toEqual([false, false])
  await expect(again.call('session.signInByPin', { id: ana, pin: PIN })).rejects.toMatchObject({ code: 'REFUSED' })
  open = null
  await again.close()
})
