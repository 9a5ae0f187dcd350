// What was paid is measured against what was expected over a claim, never by one EOB, on a real host.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraFile } from '#host/demo/era-file.ts'
import { type D3353, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { eraDesk } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
  const [plan] = (await test.call('plan.list', { payerId: null })).plans
  const { id, version, payerName: _, ...rest } = plan!
  const terms = { network: 'in' as const, annualMaxCents: 150000, deductibleCents: 0, endoPercent: 80 }
  await test.call('plan.update', { id, version, plan: { ...rest, ...terms } })
  const estimate = { coverageId: story.coverageId, network: 'in' as const, contractCents: 60000 }
  await test.call('case.setEstimate', { id: story.caseId, estimate: { ...estimate, expectedPlanCents: null } })
})
afterEach(() => test.close())
const desk = eraDesk(() => ({ test, story }))

type Service = Parameters<typeof eraFile>[0]['claims'][number]['lines'][number]
const WHOLE: Service = { charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }
const HALF: Service = { charge: 425, paid: 240, cas: ['CO:45:125', 'PR:2:60'] }
const SHORT: Service = { charge: 425, paid: 200, cas: ['CO:45:125', 'PR:2:100'] }
const REPEATED: Service = { charge: 850, paid: 0, cas: ['OA:18:850'] }
const PENDED: Service = { charge: 850, paid: 0, cas: ['OA:133:850'] }
const TAKEN_BACK: Service = { charge: -850, paid: -480, cas: ['CO:45:-250', 'PR:2:-120'] }
const FILM: Service = { code: 'D0220', charge: 30, paid: 24, cas: ['PR:2:6'] }

async function post(trace: string, line: Service): Promise<void> {
  const status = line.charge < 0 ? { status: '22' } : {}
  const claims = [{ number: await desk.firstNumber(), ...status, lines: [line] }]
  const { payments } = await test.call('era.import', { text: eraFile({ trace, on: '2026-11-23', claims }) })
  const { left } = await test.call('era.post', { paymentId: payments[0]!, acknowledgeDifference: false })
  expect(left).toEqual([])
}
/** Titles of tasks, and by EOB (oldest entry first) the shortfall and the flags. */
async function said() {
  const { tasks } = await test.call('task.forCase', { caseId: story.caseId })
  const { remittances } = await test.call('remittance.forCase', { caseId: story.caseId })
  const shown = [...remittances].sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    tasks: tasks.map((task) => task.title),
    eobs: shown.map((one) => [one.shortfallCents, one.flags.map((flag) => flag.kind)]),
  }
}

describe('nothing is missing', () => {
  // Bug: each EOB by itself was measured against the whole expectation: $0 of a duplicate was "$480.00 less than expected".
  it.each([
    ['a duplicate after full payment', [WHOLE, REPEATED]],
    ['a pend before the payment', [PENDED, WHOLE]],
    ['a pend alone', [PENDED]],
    ['a payment and its reversal', [WHOLE, TAKEN_BACK]],
    ['a line that is decided in two payments', [HALF, HALF]],
    ['the first payment of two', [SHORT]],
  ])('%s leaves no task and raises no flag', async (_, lines) => {
    await sendClaim(test, story)
    for (const [at, line] of lines.entries()) await post(`T${at}`, line)
    expect(await said()).toEqual({ tasks: [], eobs: lines.map(() => [null, []]) })
  })
  // Bug: the payment of one line was measured against what was expected of both.
  it('two lines that are decided in two payments leave no task and raise no flag', async () => {
    await desk.addFilm()
    const id = await sendClaim(test, story)
    const { terms } = await test.call('claim.expected', { id })
    const lines = terms!.lines.map((line) => ({ ...line, percent: 80 }))
    await test.call('claim.setExpected', { id, terms: { ...terms!, lines }, source: 'Benefit breakdown' })
    await post('T1', WHOLE)
    await post('T2', FILM)
    expect(await said()).toEqual({ tasks: [], eobs: [0, 1].map(() => [null, []]) })
  })
})

describe('something is missing', () => {
  // Bug: of two payments each was short by what the other paid, and none by what really is missing.
  it('is told once, by the payment that completes the decision, as the sum', async () => {
    await sendClaim(test, story)
    await post('T1', SHORT)
    await post('T2', SHORT)
    const { tasks, eobs } = await said()
    expect(tasks).toEqual(['Paid $80.00 less than expected: ask the payer why'])
    expect(eobs).toEqual([
      [null, []],
      [8000, ['underpaid', 'percent']],
    ])
  })
})
