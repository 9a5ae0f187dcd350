// Who may do what is said by the encrypted database: the key file only opens it, whatever somebody writes into it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createD3353 } from '#test/helpers/d3353.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { readKeyring, writeKeyring, type Keyring } from '#db/keyring.ts'
import { BEN, setUpTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const ANA = { name: 'Ana', password: TEST_PASSWORD }
const NEW_PASSWORD = 'entirely new secret words'

let open: TestHost | null = null
afterEach(async () => {
  await open?.close()
  open = null
})
async function start() {
  const test = await setUpTestHost()
  open = test
  const file = join(test.dataDir, 'keyring.json')
  return {
    ...test,
    file,
    /** The trail, oldest first, of one kind. */
    trailOf: async (action: string) =>
      (await test.call('audit.list', { limit: 200 })).rows.filter((row) => row.action === action).reverse(),
    add: (role: 'owner' | 'dentist' | 'front_desk' | 'auditor' = 'front_desk') =>
      test.call('user.add', { ...BEN, role }),
    lock: () => test.call('session.lock', { reason: 'user' }),
    as: (who: { name: string; password: string }) => test.call('session.signIn', who),
    edit: (change: (keyring: Keyring) => Keyring) => writeKeyring(file, change(readKeyring(file))),
    /** Everything that an old copy of the key file would bring back. */
    keep: () => {
      const text = readFileSync(file, 'utf8')
      return () => [file, `${file}.bak`].forEach((one) => writeFileSync(one, text))
    },
  }
}
const asRole = (role: 'owner' | 'auditor', name: string) => (keyring: Keyring) => ({
  ...keyring,
  slots: keyring.slots.map((slot) => (slot.name === name ? { ...slot, role } : slot)),
})

describe('an edited key file', () => {
  it('makes nobody an owner (the word “role” in it was believed)', async () => {
    const { add, lock, as, edit, call } = await start()
    await add()
    await lock()
    edit(asRole('owner', 'Ben'))
    expect((await as(BEN)).user).toMatchObject({ name: 'Ben', role: 'front_desk' })
    await expect(call('user.list', {})).resolves.toBeDefined()
    await expect(call('user.add', { ...BEN, name: 'Cy', role: 'owner' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
  it('lets nobody but an owner restore (the word “role” in it was believed there too)', async () => {
    const { add, lock, edit, call } = await start()
    await add()
    const { id } = await call('backup.create', {})
    await lock()
    edit(asRole('owner', 'Ben'))
    await expect(call('backup.restore', { id, secret: BEN.password })).rejects.toMatchObject({ code: 'WRONG_PASSWORD' })
    await call('backup.restore', { id, secret: TEST_PASSWORD })
  })
  it('gives nobody another name in the trail', async () => {
    const { add, lock, as, edit } = await start()
    await add()
    await lock()
    edit((keyring) => ({
      ...keyring,
      slots: keyring.slots.map((slot) => ({ ...slot, name: slot.name === 'Ben' ? 'Ana' : 'Ben' })),
    }))
    expect((await as({ name: 'Ana', password: BEN.password })).user).toMatchObject({ name: 'Ben' })
  })
})

describe('an old key file', () => {
  it('brings no removed person back (their slot opened the data)', async () => {
    const { add, lock, as, keep, file } = await start()
    const { id } = await add()
    const putBack = keep()
    await open!.call('user.remove', { id })
    await lock()
    putBack()
    await expect(as(BEN)).rejects.toMatchObject({ code: 'WRONG_PASSWORD' })
    await expect(open!.call('office.get', {})).rejects.toMatchObject({ code: 'LOCKED' })
    expect(readKeyring(file).slots, 'and is put right').toMatchObject([{ name: 'Ana' }])
    await as(ANA)
  })
  it('nor while somebody else has the office open', async () => {
    const { add, keep, call } = await start()
    const { id } = await add()
    const putBack = keep()
    await call('user.remove', { id })
    putBack()
    const { id: backup } = await call('backup.create', {})
    await expect(call('backup.restore', { id: backup, secret: BEN.password })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
  })
  it('nor lets them restore, with the database gone too: the highest sealed one of the backups counts', async () => {
    const { add, lock, keep, call } = await start()
    const { id } = await add('owner')
    const putBack = keep()
    await call('user.remove', { id })
    const { id: backup } = await call('backup.create', {})
    await lock()
    putBack()
    await expect(call('backup.restore', { id: backup, secret: BEN.password })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
    await call('backup.restore', { id: backup, secret: TEST_PASSWORD })
  })
  it('makes no old password good again', async () => {
    const { lock, as, keep, call } = await start()
    const putBack = keep()
    await call('session.changePassword', { password: TEST_PASSWORD, newPassword: NEW_PASSWORD })
    await lock()
    putBack()
    await expect(as(ANA)).rejects.toMatchObject({ code: 'WRONG_PASSWORD' })
    await as({ name: 'Ana', password: NEW_PASSWORD })
  })
})

it('a name that comes back is another person (the removed one’s row was in the way, and it failed inside)', async () => {
  const { add, lock, as, call } = await start()
  const { id: first } = await add()
  await call('user.remove', { id: first })
  const { id: second } = await add('dentist')
  expect(second).not.toBe(first)
  await lock()
  expect((await as(BEN)).user).toEqual({ id: second, name: 'Ben', role: 'dentist' })
})

describe('an owner', () => {
  it('gives somebody another role, which counts at once and not only after the next sign-in', async () => {
    const { add, lock, as, call, trailOf } = await start()
    const { id } = await add()
    await call('user.setRole', { id, role: 'owner' })
    await lock()
    await as(BEN)
    const { users } = await call('user.list', {})
    await call('user.setRole', { id: users.find(({ name }) => name === 'Ana')!.id, role: 'auditor' })
    expect(await trailOf('user.setRole')).toMatchObject([
      { entityId: id, before: '{"role":"front_desk"}', after: '{"role":"owner"}', user: 'Ana' },
      { user: 'Ben' },
    ])
    await expect(call('user.setRole', { id, role: 'dentist' }), 'the last one').rejects.toMatchObject({
      code: 'REFUSED',
    })
    await lock()
    await as(ANA)
    await expect(call('backup.create', {})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
  it('who takes their own role away is signed out with it (the session kept the old one)', async () => {
    const { add, call } = await start()
    await add('owner')
    const { user } = await call('session.status', {})
    await call('user.setRole', { id: user!.id, role: 'front_desk' })
    expect((await call('session.status', {})).state).toBe('locked')
  })
  it('gives somebody who forgot theirs a new first password', async () => {
    const { add, lock, as, call } = await start()
    const { id } = await add()
    await expect(call('user.resetPassword', { id, password: 'short' })).rejects.toMatchObject({ code: 'WEAK_PASSWORD' })
    await call('user.resetPassword', { id, password: NEW_PASSWORD })
    await lock()
    await expect(as(BEN)).rejects.toMatchObject({ code: 'WRONG_PASSWORD' })
    expect((await as({ name: 'Ben', password: NEW_PASSWORD })).user.role).toBe('front_desk')
  })
})

describe('a person who leaves', () => {
  async function withWork() {
    const test = await start()
    const { id: ben } = await test.add()
    const { id: cy } = await test.call('user.add', { name: 'Cy', role: 'front_desk', password: NEW_PASSWORD })
    const { caseId } = await createD3353(test)
    await test.call('case.assign', { caseId, userId: ben })
    const task = {
      caseId,
      title: 'Call the payer',
      dueOn: '2026-11-24',
      assigneeId: ben,
      kind: 'general',
      note: '',
    } as const
    await test.call('task.add', { task })
    const tasks = async () => (await test.call('task.forCase', { caseId })).tasks
    const assignee = async () => (await test.call('case.get', { id: caseId })).assignee
    return { ...test, ben, cy, tasks, assignee }
  }
  it('hands their open cases and tasks over (they stayed with somebody who was gone)', async () => {
    const { ben, cy, call, host, tasks, assignee } = await withWork()
    expect((await call('user.list', {})).users.find(({ id }) => id === ben)).toMatchObject({ openWork: 2 })
    await call('user.remove', { id: ben, to: cy })
    expect(await tasks()).toContainEqual(expect.objectContaining({ title: 'Call the payer', assigneeId: cy }))
    expect(await assignee()).toMatchObject({ id: cy })
    const clocks = host.vault!.sqlite.prepare('SELECT DISTINCT assignee_id FROM clock').pluck().all()
    expect(clocks, 'what rings is theirs too').toEqual([cy])
    expect((await call('audit.verify', {})).ok).toBe(true)
  })
  it('stays whole, with a way in and all work, when the handing over fails', async () => {
    const { ben, call, host, tasks, lock, as, file } = await withWork()
    const { sqlite } = host.vault!
    sqlite.exec(
      "CREATE TEMP TRIGGER stop BEFORE UPDATE OF active ON app_user BEGIN SELECT RAISE(ABORT, 'stopped'); END",
    )
    await expect(call('user.remove', { id: ben })).rejects.toBeDefined()
    sqlite.exec('DROP TRIGGER stop')
    expect((await tasks()).find(({ title }) => title === 'Call the payer')).toMatchObject({ assigneeId: ben })
    expect(readKeyring(file).slots).toHaveLength(3)
    await lock()
    await as(BEN)
  })
  it('stays when the key file cannot be written: rows and file change both or neither', async () => {
    const { ben, call, file, lock, as } = await withWork()
    mkdirSync(`${file}.tmp`)
    await expect(call('user.remove', { id: ben })).rejects.toBeDefined()
    rmSync(`${file}.tmp`, { recursive: true })
    expect((await call('user.list', {})).users.find(({ id }) => id === ben)).toMatchObject({ active: true })
    await lock()
    await as(BEN)
  })
  it('is given no work any more', async () => {
    const { ben, call, tasks } = await withWork()
    await call('user.remove', { id: ben })
    expect((await tasks()).map(({ assigneeId }) => assigneeId)).not.toContain(ben)
    const { caseId } = (await tasks())[0]!
    await expect(call('case.assign', { caseId, userId: ben })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('the recovery code', () => {
  const recover = (test: Awaited<ReturnType<typeof start>>, recoveryCode: string) =>
    test.call('session.recover', { recoveryCode, name: 'Ana', newPassword: NEW_PASSWORD })
  it('ends with its use: the next one is shown, typed back, and opens (one that was seen once opened for ever)', async () => {
    const test = await start()
    await test.lock()
    const next = await recover(test, test.recoveryCode)
    expect((await test.call('session.status', {})).state, 'nothing is open before it is on paper').toBe('locked')
    await test.call('session.confirmRecovery', next)
    expect(await test.call('session.status', {})).toMatchObject({ state: 'open', user: { name: 'Ana', role: 'owner' } })
    await test.lock()
    await expect(recover(test, test.recoveryCode)).rejects.toMatchObject({ code: 'WRONG_PASSWORD' })
    await expect(test.as(ANA)).rejects.toMatchObject({ code: 'WRONG_PASSWORD' })
    await test.as({ name: 'Ana', password: NEW_PASSWORD })
    await test.lock()
    await recover(test, next.recoveryCode)
  })
  it('that was not typed back changes nothing: the old one and the old password are good', async () => {
    const test = await start()
    await test.lock()
    await recover(test, test.recoveryCode)
    await test.as(ANA)
    await test.lock()
    expect((await recover(test, test.recoveryCode)).recoveryCode).not.toBe(test.recoveryCode)
  })
  it('of an old key file is not good again', async () => {
    const test = await start()
    const putBack = test.keep()
    const next = await test.call('session.newRecoveryCode', { password: TEST_PASSWORD })
    await test.call('session.confirmRecovery', next)
    await test.lock()
    putBack()
    const shown = await recover(test, test.recoveryCode)
    await expect(test.call('session.confirmRecovery', shown)).rejects.toMatchObject({ code: 'WRONG_PASSWORD' })
    expect((await test.call('session.status', {})).state).toBe('locked')
    await test.as(ANA)
  })
  it('is made anew by an owner who types their password, and by nobody else', async () => {
    const test = await start()
    await test.add('dentist')
    await expect(test.call('session.newRecoveryCode', { password: 'a guess' })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
    await test.lock()
    await test.as(BEN)
    await expect(test.call('session.newRecoveryCode', { password: BEN.password })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

describe('wrong passwords', () => {
  const wrong = { name: 'Ana', password: 'wrong' }
  it('typed at the same moment are counted one by one', async () => {
    const { lock, host } = await start()
    await lock()
    const replies = await Promise.all(Array.from({ length: 8 }, () => host.call('session.signIn', wrong)))
    const codes = replies.map((reply) => (reply.ok ? 'in' : reply.error.code))
    expect(codes).toEqual([...Array<string>(4).fill('WRONG_PASSWORD'), ...Array<string>(4).fill('TOO_MANY_ATTEMPTS')])
  })
  it('are not forgotten with the count in the key file (who set it back guessed on for ever)', async () => {
    const { lock, host, edit, as } = await start()
    await lock()
    for (let index = 0; index < 5; index += 1) {
      await host.call('session.signIn', wrong)
      edit((keyring) => ({ ...keyring, failures: 0, blockedUntil: null }))
    }
    await expect(as(ANA)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
  })
  it('a clock that is set forward does not end the wait, one set back does not make it longer', async () => {
    const { lock, host, as, turnClock, setNow } = await start()
    await lock()
    for (let index = 0; index < 5; index += 1) await host.call('session.signIn', wrong)
    turnClock('2026-12-24T15:00:00')
    await expect(as(ANA)).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      details: { retryAt: new Date('2026-12-24T15:05:00').toISOString() },
    })
    turnClock('2020-01-01T15:00:00')
    await expect(as(ANA)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
    setNow('2020-01-01T15:05:01')
    await as(ANA)
  })
  it('stand in the trail, with whose they were to be and nothing of what was typed', async () => {
    const { lock, host, as, trailOf, dataDir } = await start()
    await lock()
    await host.call('session.signIn', wrong)
    await host.call('session.signIn', { name: 'a password typed here', password: 'x' })
    expect(readFileSync(join(dataDir, 'refused-tries.json'), 'utf8')).not.toContain('typed here')
    const { user } = await as(ANA)
    await host.vault!.sound()
    expect(await trailOf('session.signInRefused')).toMatchObject([
      { entityId: user.id, user: '' },
      { entityId: '', user: '' },
    ])
  })
  it('of somebody at another’s desk are counted too (the present password could be guessed without end)', async () => {
    const { host, call } = await start()
    const guess = () => host.call('session.changePassword', { password: 'a guess', newPassword: NEW_PASSWORD })
    for (let index = 0; index < 5; index += 1) await guess()
    await expect(
      call('session.changePassword', { password: TEST_PASSWORD, newPassword: NEW_PASSWORD }),
    ).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
  })
  it('take as long for a name that nobody has', async () => {
    const { lock, host, setNow } = await start()
    await lock()
    const medianOf = async (name: string) => {
      const times = []
      for (let index = 0; index < 9; index += 1) {
        setNow(`2026-11-24T${String(index + 8).padStart(2, '0')}:00:00`)
        const begun = performance.now()
        await host.call('session.signIn', { name, password: 'wrong' })
        times.push(performance.now() - begun)
      }
      return times.sort((a, b) => a - b)[4]!
    }
    const ratio = (await medianOf('Nobody')) / (await medianOf('Ana'))
    // Without the same derivation it would be a tenth.
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(2.5)
  })
})
