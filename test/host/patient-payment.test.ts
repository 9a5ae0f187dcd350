// What patients pay at the desk: what is asked of them is what is still owed, and a payment removed by mistake leaves its trace.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patientOwes } from '#core/case/patient-payment.ts'
import { type D3353, eobOf, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

const PAID = {
  paidCents: 48000,
  coinsuranceCents: 12000,
  adjustments: [
    { group: 'CO' as const, carc: '45', cents: 25000 },
    { group: 'PR' as const, carc: '2', cents: 12000 },
  ],
}
let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
  await sendClaim(test, story)
})
afterEach(() => test.close())

const view = () => test.call('case.get', { id: story.caseId })
const payments = async () => (await test.call('patientPayment.forCase', { caseId: story.caseId })).payments
const pay = (cents: number, on = '2026-11-20') =>
  test.call('patientPayment.add', { payment: { caseId: story.caseId, cents, on, means: 'card' } })

describe('at the desk', () => {
  it('what was paid comes off what the plans leave to the patient, and nothing else moves', async () => {
    await test.call('remittance.post', { remittance: await eobOf(test, story, PAID) })
    const before = (await view()).money
    expect(before.patientCents).toBe(12000)
    await pay(5000)
    const { money } = await view()
    expect(money).toEqual(before)
    expect(patientOwes(money.patientCents, await payments())).toBe(7000)
    expect(await payments()).toMatchObject([{ cents: 5000, on: '2026-11-20', means: 'card', recordedBy: 'Ana' }])
  })
  it('stands in the history, and a payment taken back no longer counts', async () => {
    const { id } = await pay(5000)
    await test.call('patientPayment.takeBack', { id, reason: 'Another patient paid' })
    expect(await payments()).toEqual([])
    const { timeline } = await view()
    expect(timeline.map((entry) => entry.text)).toEqual(
      expect.arrayContaining([
        'Patient paid $50.00 by card',
        'Payment of $50.00 by the patient removed: Another patient paid',
      ]),
    )
    await expect(test.call('patientPayment.takeBack', { id, reason: 'twice' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
  // Bug: the advice asked the patient for the whole share, the copay of the visit among it.
  it('is taken off where an EOB says to bill the patient, in its advice, its task and the status', async () => {
    const cut = { adjustments: [{ group: 'PR' as const, carc: '204', cents: 85000 }] }
    const bills = async () => {
      const [eob] = (await test.call('remittance.forCase', { caseId: story.caseId })).remittances
      return eob!.lines[0]!.advice.filter((one) => one.action === 'BILL').map((one) => one.why)
    }
    const open = async () =>
      (await test.call('task.forCase', { caseId: story.caseId })).tasks.filter((task) => task.doneAt === null)
    await pay(5000)
    await test.call('remittance.post', { remittance: await eobOf(test, story, cut) })
    expect(await bills()).toEqual(['The patient’s: $850.00, $50.00 paid at the desk, leaves $800.00'])
    expect(await open()).toMatchObject([
      { title: 'D3353 #8: bill the patient', note: expect.stringContaining('leaves $800.00') },
    ])
    const { id } = await pay(80000)
    expect(await bills()).toEqual([])
    expect(await open()).toEqual([])
    // Bug: the bounced payment had ended the task for good, and nobody was told to bill.
    await test.call('patientPayment.takeBack', { id, reason: 'Bounced' })
    expect(await bills()).toHaveLength(1)
    expect(await open()).toMatchObject([{ title: 'D3353 #8: bill the patient' }])
  })
  it('ends what bills by its kind, never a call to the patient whose title sounds like it, and opens nothing else again', async () => {
    const cut = { adjustments: [{ group: 'PR' as const, carc: '204', cents: 85000 }] }
    const by = { caseId: story.caseId, dueOn: '2026-11-30', kind: 'call_patient' as const }
    await test.call('task.add', { task: { ...by, title: 'D3353 #8: bill the patient' } })
    await test.call('remittance.post', { remittance: await eobOf(test, story, cut) })
    const tasks = async () =>
      (await test.call('task.forCase', { caseId: story.caseId })).tasks.map(({ kind, doneAt }) => [
        kind,
        doneAt !== null,
      ])
    const { id } = await pay(85000)
    expect(await tasks()).toEqual([
      ['call_patient', false],
      ['bill_patient', true],
    ])
    const [eob] = (await test.call('remittance.forCase', { caseId: story.caseId })).remittances
    await test.call('remittance.reverse', { id: eob!.id, reason: 'Typed twice' })
    await test.call('patientPayment.takeBack', { id, reason: 'Bounced' })
    expect(await tasks()).toEqual([
      ['call_patient', false],
      ['bill_patient', true],
    ])
  })
  it('in full leaves nobody to bill: the status says what comes next', async () => {
    const deducted = { deductibleCents: 85000, adjustments: [{ group: 'PR' as const, carc: '1', cents: 85000 }] }
    await test.call('remittance.post', { remittance: await eobOf(test, story, deducted) })
    expect((await view()).status).toBe('Bill the patient')
    const { id } = await pay(85000)
    expect((await view()).status).toBe('Paid: close the case')
    await test.call('patientPayment.takeBack', { id, reason: 'Bounced' })
    expect((await view()).status).toBe('Bill the patient')
  })
  it.each([
    ['nothing', { cents: 0 }, 'INVALID_INPUT'],
    ['less than nothing', { cents: -100 }, 'INVALID_INPUT'],
    ['on a day to come', { on: '2030-01-01' }, 'REFUSED'],
  ])('%s is refused', async (_, change, code) => {
    const payment = { caseId: story.caseId, cents: 5000, on: '2026-11-20', means: 'cash' as const, ...change }
    await expect(test.call('patientPayment.add', { payment })).rejects.toMatchObject({ code })
    expect(await payments()).toEqual([])
  })
})

it('what is owed is the share less all payments, whatever their order', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.record({ cents: fc.integer({ min: 1, max: 1e7 }) })), (share, payments) => {
      const paid = payments.reduce((sum, one) => sum + one.cents, 0)
      expect(patientOwes(share, payments)).toBe(share - paid)
      expect(patientOwes(share, [...payments].reverse())).toBe(share - paid)
      expect(patientOwes(null, payments)).toBeNull()
    }),
  )
})
