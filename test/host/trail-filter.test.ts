// The trail by person, kind and day, as a manager looks for something; days are those of the office’s wall clock.
import { expect, it } from 'vitest'
import { TRAIL_WORDS } from '#core/trail-words.ts'
import { createD3353 } from '#test/helpers/d3353.ts'
import { BEN, openTestHost } from '#test/helpers/test-host.ts'

it('finds what one person did, one kind, and one day with both its ends', async () => {
  const test = await openTestHost()
  await createD3353(test)
  const { id: ben } = await test.call('user.add', { ...BEN, role: 'front_desk' })
  test.setNow('2026-11-24T00:00:00')
  await test.call('provider.list', {})
  await test.call('setting.closeMonths', { through: '2026-10-31' })
  test.setNow('2026-11-24T23:59:59')
  await test.call('setting.closeMonths', { through: '2026-09-30', reason: 'A check was found' })
  test.setNow('2026-11-25T00:00:00')
  await test.call('setting.closeMonths', { through: '2026-10-31' })
  const list = async (input: Parameters<typeof test.call<'audit.list'>>[1]) =>
    (await test.call('audit.list', input)).rows
  expect(await list({ userId: ben })).toEqual([])
  const day = await list({ kind: 'office', from: '2026-11-24', to: '2026-11-24' })
  expect(day.map(({ action, reason }) => `${action} ${reason}`)).toEqual([
    'setting.closeMonths A check was found',
    'setting.closeMonths ',
  ])
  expect((await list({ kind: 'access' })).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['user.add', 'session.signIn']),
  )
  const all = await list({ limit: 200 })
  expect(all.length).toBeGreaterThan(15)
  const exported = (await test.call('audit.export', { kind: 'office' })).rows
  expect(exported.length).toBeGreaterThanOrEqual(3)
  expect((await list({ limit: 2 })).map(({ action }) => action)).toEqual(['audit.export', 'audit.list'])
  expect(all.filter(({ action }) => !Object.hasOwn(TRAIL_WORDS, action))).toEqual([])
  await test.close()
})
