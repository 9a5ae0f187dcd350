// U3: money of a closed month is neither entered nor changed; only an owner opens it again, and says why.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type D3353, eobOf, openTreated, PAID_LINE, sendClaim } from '#test/helpers/d3353.ts'
import { BEN, type TestHost } from '#test/helpers/test-host.ts'

const CLOSED = { code: 'REFUSED', message: /is in a closed month \(closed through Oct 31, 2026\)/ }
let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())

const close = (through: string | null, reason?: string) =>
  test.call('setting.closeMonths', { through, ...(reason !== undefined && { reason }) })
const pay = (on: string) =>
  test.call('patientPayment.add', { payment: { caseId: story.caseId, cents: 5000, on, means: 'card' } })
const post = async (receivedOn: string) =>
  test.call('remittance.post', {
    remittance: await eobOf(test, story, PAID_LINE, { eobDate: '2026-10-20', receivedOn }),
    acknowledgeDifference: true,
  })
const rowsNow = async () => (await test.call('audit.verify', {})).rows

it('payments, EOBs, taking them back, and closing a claim are refused in it, and nothing of them is kept', async () => {
  const claimId = await sendClaim(test, story)
  const payment = await pay('2026-10-30')
  const eob = await post('2026-10-25')
  await close('2026-10-31')
  const before = await rowsNow()
  await expect(pay('2026-10-31')).rejects.toMatchObject(CLOSED)
  await expect(post('2026-10-26')).rejects.toMatchObject(CLOSED)
  await expect(test.call('patientPayment.takeBack', { ...payment, reason: 'Another patient' })).rejects.toMatchObject(
    CLOSED,
  )
  await expect(test.call('remittance.reverse', { ...eob, reason: 'Wrong claim' })).rejects.toMatchObject(CLOSED)
  const { claims } = await test.call('claim.forCase', { caseId: story.caseId })
  const { version } = claims.find(({ id }) => id === claimId)!
  await expect(
    test.call('claim.transition', { id: claimId, version, event: 'close', on: '2026-10-31' }),
  ).rejects.toMatchObject(CLOSED)
  expect(await rowsNow(), 'no row of the trail, so no change').toBe(before)
  await pay('2026-11-01')
  await test.call('claim.transition', { id: claimId, version, event: 'close', on: '2026-11-02' })
})

it('is opened again by an owner with a reason, which stays in the trail with both days', async () => {
  await close('2026-10-31')
  await expect(close('2026-09-30')).rejects.toMatchObject({ code: 'INVALID_INPUT', message: /Say why/ })
  await expect(close(null, '  ')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await close('2026-09-30', 'A check of October was found')
  await pay('2026-10-30')
  const [, row] = (await test.call('audit.list', { limit: 2 })).rows
  expect(row).toMatchObject({ action: 'setting.closeMonths', reason: 'A check of October was found' })
  expect(JSON.parse(row!.before!)).toEqual({ closedThrough: '2026-10-31' })
  expect(JSON.parse(row!.after!)).toEqual({ closedThrough: '2026-09-30' })
})

it('nobody else opens it, also not by the other settings; and only months that have ended are closed', async () => {
  await close('2026-10-31')
  const settings = await test.call('setting.get', {})
  await test.call('setting.set', { ...settings, closedThrough: null })
  await expect(pay('2026-10-30')).rejects.toMatchObject(CLOSED)
  await expect(close('2026-11-30')).rejects.toMatchObject({ code: 'INVALID_INPUT', message: /once it has ended/ })
  await expect(close('2026-11-15')).rejects.toMatchObject({ code: 'INVALID_INPUT', message: /whole/ })
  await test.call('user.add', { ...BEN, role: 'dentist' })
  await test.call('session.lock', { reason: 'user' })
  await test.call('session.signIn', BEN)
  await expect(close(null, 'I want to')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(pay('2026-10-30')).rejects.toMatchObject(CLOSED)
})
