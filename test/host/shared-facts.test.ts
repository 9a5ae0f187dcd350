// What several cases share: a payer, a plan, a patient. When it changes, what derives from it follows at once in all of them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeClock } from '#core/case/clock-words.ts'
import { deadlineOf } from '#core/case/urgency.ts'
import type { RouteName, InputOf } from '#core/contract/index.ts'
import { toClock } from '#host/case/task-rows.ts'
import {
  createD3353,
  type D3353,
  DENIED_LINE,
  eobOf,
  openTreated,
  requestAuthorization,
  sendClaim,
} from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'
import { addRule, days } from '#test/helpers/payer-rules.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())

const payer = async () => (await test.call('payer.list', { text: '' })).payers[0]!
/** All that rings, in words: Today shows the most urgent of a case. */
function ringing(on: string) {
  const rows = test.host.vault!.sqlite.prepare('SELECT * FROM clock ORDER BY key').all() as Parameters<
    typeof toClock
  >[0][]
  return rows.map(toClock).map((clock) => ({ ...describeClock(clock, on), deadline: deadlineOf(clock) }))
}

describe('a payer', () => {
  it('whose days to appeal change moves the clock of a denial (Today kept the old day until the case was touched)', async () => {
    await sendClaim(test, story)
    await test.call('remittance.post', { remittance: await eobOf(test, story, DENIED_LINE) })
    const before = ringing('2026-11-23')
    await addRule(test, (await payer()).id, days('appeal', 30, 'cd'))
    expect(ringing('2026-11-23')).not.toEqual(before)
    expect(ringing('2026-11-23').some((row) => row.reason.includes('Dec 22, 2026'))).toBe(true)
  })

  it('whose timely filing becomes known makes its clock ring (there was none)', async () => {
    await test.call('claim.create', { caseId: story.caseId, coverageId: null })
    await addRule(test, (await payer()).id, days('filing', 30, 'cd'))
    expect(
      ringing('2026-12-15')
        .map((row) => row.reason)
        .join(),
    ).toMatch(/[Tt]imely filing/)
  })
})

it('a plan that moves to another payer moves its requests in the lists (they stayed under the old one)', async () => {
  await requestAuthorization(test, story, 'submitted')
  const { id: other } = await test.call('payer.add', { payer: { name: 'Other Dental', payerCode: '77777' } })
  const { plans } = await test.call('plan.list', { payerId: null })
  const { id, version, payerName: _, ...plan } = plans[0]!
  await test.call('plan.update', { id, version, plan: { ...plan, payerId: other } })
  expect((await test.call('authorization.list', { list: 'all', payerId: other })).rows).toHaveLength(1)
})

it('a patient with another name stands elsewhere in the lists (the worklist kept the old order)', async () => {
  const second = await createD3353(test, 0)
  const renamed = (await test.call('patient.get', { id: second.patientId })).patient
  const { id, version, ...known } = renamed
  const rename = (lastName: string, at: number) =>
    test.call('patient.update', { id, version: at, patient: { ...known, lastName }, saveAnyway: true })
  const order = async () =>
    (await test.call('authorization.list', { list: 'all', sort: 'patient' })).rows.map((row) => row.patientName)
  await requestAuthorization(test, story, 'submitted')
  await rename('Zzz', version)
  expect((await order()).at(-1)).toMatch(/^Zzz/)
  await rename('Aaa', version + 1)
  expect((await order())[0]).toMatch(/^Aaa/)
})

describe('a coverage of another patient', () => {
  const refused: [RouteName, (caseId: D3353['caseId'], coverageId: D3353['coverageId']) => InputOf<RouteName>][] = [
    ['claim.create', (caseId, coverageId) => ({ caseId, coverageId })],
    ['authorization.create', (caseId, coverageId) => ({ caseId, kind: 'estimate', coverageId })],
    [
      'case.setEstimate',
      (id, coverageId) => ({
        id,
        estimate: { coverageId, network: 'in', contractCents: 1, expectedPlanCents: 1, source: '' },
      }),
    ],
    [
      'case.recordBenefit',
      (id, coverageId) => ({
        id,
        check: { coverageId, kind: 'eligibility', code: null, answer: 'yes', checkedOn: '2026-11-20' },
      }),
    ],
  ]
  it.each(refused)('is refused by %s (the case was billed to another family)', async (route, inputOf) => {
    const other = await createD3353(test, 0)
    const { coverages } = await test.call('patient.get', { id: other.patientId })
    await expect(test.call(route, inputOf(story.caseId, coverages[0]!.id) as never)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
