// What a plan should pay, on a real host: each line by its own benefit class, or not known.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimId } from '#core/ids.ts'
import type { ExpectedTerms } from '#core/remittance/expected.ts'
import { createD3353, type D3353, eobOf, sendClaim } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  test = await openTestHost()
  story = await createD3353(test, 3)
  const [plan] = (await test.call('plan.list', { payerId: null })).plans
  const { id, version, payerName: _, ...rest } = plan!
  await test.call('plan.update', {
    id,
    version,
    plan: { ...rest, network: 'out', deductibleCents: 5000, endoPercent: 80 },
  })
})
afterEach(() => test.close())

const FILM = {
  role: 'additional' as const,
  tooth: '8',
  area: null,
  feeCents: 3000,
  serviceDate: '2026-11-20',
  visitId: null,
}
/** Sets the codes beside D3353, or instead of it. */
async function setLines(others: readonly { code: string; feeCents?: number }[], keepMain = true): Promise<void> {
  const { version, lines } = await test.call('case.get', { id: story.caseId })
  const [main] = lines.map(({ id, visitId, code, role, tooth, area, feeCents, serviceDate }) => ({
    id,
    visitId,
    code,
    role,
    tooth,
    area,
    feeCents,
    serviceDate,
  }))
  const added = others.map((one) => ({ ...FILM, ...one }))
  await test.call('case.setLines', { id: story.caseId, version, lines: keepMain ? [...added, main!] : added })
}
const expected = (id: ClaimId) => test.call('claim.expected', { id })
const money = async () => (await test.call('case.get', { id: story.caseId })).money
const claims = async () => (await test.call('claim.forCase', { caseId: story.caseId })).claims

describe('a claim with lines of several classes', () => {
  // Bug: the plan's 80 % for endodontics was expected of the film and the crown too.
  it('expects the endodontic percentage of the endodontic line only; the sum is not known', async () => {
    await setLines([{ code: 'D0220' }, { code: 'D2740', feeCents: 120000 }])
    const id = await sendClaim(test, story)
    const { isKept, expected: found, terms } = await expected(id)
    expect(isKept).toBe(true)
    expect(terms!.lines.map((line) => line.percent)).toEqual([null, null, 80])
    expect(found!.lines.map((line) => [line.code, line.amounts?.planCents ?? null])).toEqual([
      ['D0220', null],
      ['D2740', null],
      ['D3353', 64000],
    ])
    expect(found!.totals).toBeNull()
    expect((await money()).expectedPlanCents).toBeNull()
  })
  // Bug: a crown paid at 50 % was "underpaid" against 80 %, and a call was put on the list.
  it('raises no shortfall and no flag for the lines that are not known', async () => {
    await setLines([{ code: 'D2740', feeCents: 120000 }])
    const id = await sendClaim(test, story)
    const [claim] = await claims()
    const eob = await eobOf(test, story, {})
    const lines = claim!.lines.map((line) => {
      const paidCents = line.code === 'D2740' ? 60000 : 64000
      const rest = line.feeCents - paidCents
      const adjustments = [{ group: 'PR' as const, carc: '2', cents: rest }]
      const money = { billedCents: line.feeCents, paidCents, coinsuranceCents: rest, adjustments }
      return { ...eob.lines[0]!, claimLineId: line.id, code: line.code, ...money }
    })
    await test.call('remittance.post', { remittance: { ...eob, lines } })
    const { remittances } = await test.call('remittance.forCase', { caseId: story.caseId })
    expect(remittances[0]).toMatchObject({ claimId: id, expectedPlanCents: null, shortfallCents: null })
    expect(remittances[0]!.flags.filter((flag) => flag.code === 'D2740')).toEqual([])
    expect((await test.call('task.forCase', { caseId: story.caseId })).tasks).toEqual([])
  })
  // Bug: the contract fee of the root treatment was taken for that of the film, which stood first.
  it('gives the contract fee of the estimate to the main service, wherever it stands', async () => {
    await setLines([{ code: 'D0220' }])
    const estimate = {
      coverageId: story.coverageId,
      network: 'in' as const,
      contractCents: 60000,
      expectedPlanCents: null,
    }
    await test.call('case.setEstimate', { id: story.caseId, estimate })
    const { terms } = await expected(await sendClaim(test, story))
    expect(terms!.lines.map((line) => line.contractCents)).toEqual([null, 60000])
  })
})

describe('a claim without an endodontic line', () => {
  it('says not known, keeps nothing, and takes terms that a person types', async () => {
    await setLines([{ code: 'D6010', feeCents: 200000 }], false)
    const id = await sendClaim(test, story)
    const before = await expected(id)
    expect(before).toMatchObject({ isKept: false, terms: null, expected: null })
    expect(before.sources.join()).toContain('percentage for this service is unknown')
    const line = { contractCents: null, allowedCents: null, alternateCents: null, percent: 50 }
    const terms: ExpectedTerms = {
      network: 'out',
      deductibleLeftCents: 0,
      maximumLeftCents: 150000,
      lines: [{ ...line, deductibleApplies: true, excluded: false }],
    }
    await test.call('claim.setExpected', { id, terms, source: 'Benefit breakdown' })
    expect((await expected(id)).expected!.totals).toMatchObject({ planCents: 100000 })
    expect((await money()).expectedPlanCents).toBe(100000)
  })
})

// Bug: terms are kept by place; a line put before the others made the percentage of one service that of another.
it('terms kept for other services are forgotten when the lines of a claim change', async () => {
  const { id } = await test.call('claim.create', { caseId: story.caseId, coverageId: null })
  const { terms } = await expected(id)
  await test.call('claim.setExpected', { id, terms: terms!, source: 'Portal' })
  expect((await expected(id)).isKept).toBe(true)
  const [claim] = await claims()
  const crown = { ...claim!.lines[0]!, code: 'D2740', lineId: null }
  const lines = [crown, claim!.lines[0]!].map(({ id: _, ...line }) => line)
  await test.call('claim.update', { id, version: claim!.version, form: claim!.form, lines })
  const after = await expected(id)
  expect(after.isKept).toBe(false)
  expect(after.terms!.lines.map((line) => line.percent)).toEqual([null, 80])
})

// Bug: a claim for a part of the case was measured by the estimate for all of it.
it('the estimate of a case measures only a claim for the whole of it', async () => {
  const estimate = {
    coverageId: story.coverageId,
    network: 'out' as const,
    contractCents: null,
    expectedPlanCents: 150000,
  }
  await setLines([{ code: 'D2740', feeCents: 120000 }])
  await test.call('case.setEstimate', { id: story.caseId, estimate })
  const { id } = await test.call('claim.create', { caseId: story.caseId, coverageId: null })
  const [claim] = await claims()
  const lines = claim!.lines.filter((line) => line.code === 'D2740').map(({ id: _, ...line }) => line)
  await test.call('claim.update', { id, version: claim!.version, form: claim!.form, lines })
  const [{ version } = { version: 0 }] = await claims()
  const send = { id, version, event: 'send' as const, on: '2026-11-21', channel: 'electronic' as const }
  await test.call('claim.transition', { ...send, reason: 'Papers follow' })
  const adjustments = [{ group: 'PR' as const, carc: '2', cents: 60000 }]
  const change = { code: 'D2740', billedCents: 120000, paidCents: 60000, coinsuranceCents: 60000, adjustments }
  await test.call('remittance.post', { remittance: await eobOf(test, story, change) })
  const { remittances } = await test.call('remittance.forCase', { caseId: story.caseId })
  expect(remittances[0]).toMatchObject({ expectedPlanCents: null, shortfallCents: null })
})
