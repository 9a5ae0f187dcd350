// What no contract takes off stays open until a person writes it off or bills it; with it end the tasks, the clock and the status.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type D3353, eobOf, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

/** Of $850.00: paid $600.00, $170.00 by contract, $80.00 that the payer took off on its own. */
const CUT = {
  paidCents: 60000,
  adjustments: [
    { group: 'CO' as const, carc: '45', cents: 17000 },
    { group: 'PI' as const, carc: '45', cents: 8000 },
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
const open = () => test.call('settlement.forCase', { caseId: story.caseId })
const tasks = async () =>
  (await test.call('task.forCase', { caseId: story.caseId })).tasks.filter((task) => task.doneAt === null)
const post = async (change: Parameters<typeof eobOf>[2]) =>
  test.call('remittance.post', { remittance: await eobOf(test, story, change) })
async function settle(change: { way?: 'write_off' | 'patient'; cents?: number; on?: string } = {}) {
  const { open: services } = await open()
  const { way = 'write_off', cents = services[0]!.openCents, on = '2026-11-23' } = change
  const parts = [{ service: services[0]!.service, cents }]
  return test.call('settlement.add', {
    settlement: { caseId: story.caseId, way, on, parts, reason: 'Too small to contest' },
  })
}
const todayRows = async () => (await test.call('today.list', {})).rows.filter((row) => row.caseId === story.caseId)

describe('a reduction that is no contract’s', () => {
  it('is open with its reason and its task until a person writes it off; then nothing is left to do', async () => {
    await post(CUT)
    expect((await open()).open).toMatchObject([
      { name: 'D3353 #8', openCents: 8000, reasons: ['PI-45 $80.00'], isContract: false },
    ])
    const [task] = await tasks()
    expect((await open()).open[0]!.taskIds).toEqual([task!.id])
    await settle()
    const { money, status, timeline } = await view()
    expect(money).toMatchObject({ paidCents: 60000, writeOffCents: 25000, patientCents: 0, openCents: 0 })
    expect(status).toBe('Paid: close the case')
    expect(await tasks()).toEqual([])
    expect(await todayRows()).toEqual([])
    expect((await open()).open).toEqual([])
    expect(timeline.map((one) => one.text)).toContain('D3353 #8 $80.00 written off: Too small to contest')
    const [eob] = (await test.call('remittance.forCase', { caseId: story.caseId })).remittances
    expect(eob!.lines[0]!.advice.map((one) => one.action)).toEqual(['POST'])
  })
  it('opens from its task in Today as the small form', async () => {
    await post(CUT)
    expect((await tasks()).map(({ kind }) => kind)).toEqual(['call_payer'])
    test.setNow('2026-12-15T15:00:00')
    const forms = (await todayRows()).map(({ form, action }) => ({ form, action }))
    expect(forms).toContainEqual({ form: 'settle_open', action: 'Write off or bill' })
  })
  it('billed to the patient is the patient’s, and the status says so until it is paid', async () => {
    await post(CUT)
    await settle({ way: 'patient' })
    expect((await view()).money).toMatchObject({ writeOffCents: 17000, patientCents: 8000, openCents: 0 })
    expect((await view()).status).toBe('Bill the patient')
    await test.call('patientPayment.add', {
      payment: { caseId: story.caseId, cents: 8000, on: '2026-11-23', means: 'card' },
    })
    expect((await view()).status).toBe('Paid: close the case')
  })
  it('a part of it leaves the rest open, with its task', async () => {
    await post(CUT)
    await settle({ cents: 5000 })
    expect((await view()).money).toMatchObject({ writeOffCents: 22000, openCents: 3000 })
    expect(await tasks()).toHaveLength(1)
  })
  it('undone, it is open again and its task is to be done', async () => {
    await post(CUT)
    const before = await view()
    const { ids } = await settle()
    await test.call('settlement.takeBack', { ids, reason: 'Wrong patient' })
    const after = await view()
    expect([after.money, after.status]).toEqual([before.money, before.status])
    expect(await tasks()).toHaveLength(1)
    await expect(test.call('settlement.takeBack', { ids, reason: 'Again' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
  it.each([
    ['more than is open', { cents: 8001 }, 'REFUSED'],
    ['nothing', { cents: 0 }, 'INVALID_INPUT'],
    ['on a day to come', { on: '2030-01-01' }, 'INVALID_INPUT'],
  ])('%s is refused', async (_, change, code) => {
    await post(CUT)
    await expect(settle(change)).rejects.toMatchObject({ code })
    expect((await open()).settlements).toEqual([])
  })
})

describe('a denial that nobody contests', () => {
  const DENIED = { adjustments: [{ group: 'CO' as const, carc: '97', cents: 85000 }] }
  it('says that CO may be the office’s, and ends in the status and in Today once it is written off', async () => {
    await post(DENIED)
    expect((await open()).open).toMatchObject([{ openCents: 85000, isContract: true }])
    await settle()
    expect((await view()).status).toBe('Paid: close the case')
    expect(await todayRows()).toEqual([])
  })
  // Bug: after the won appeal the write-off stood beside the payment, and the case was settled twice.
  it('gives way when the plan pays after all, and says so', async () => {
    await post(DENIED)
    await settle()
    await post(CUT)
    expect((await view()).money).toMatchObject({
      paidCents: 60000,
      writeOffCents: 25000,
      openCents: 0,
      lapsedCents: 77000,
    })
  })
  it('counts no longer once its EOB is undone', async () => {
    const { id } = await post(DENIED)
    await settle()
    await test.call('remittance.reverse', { id, reason: 'Typed for another claim' })
    expect((await view()).money).toMatchObject({ writeOffCents: 0, openCents: 85000, lapsedCents: 85000 })
    expect((await open()).open).toEqual([])
  })
})
