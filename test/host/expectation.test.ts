// What a plan should pay, on a real host: each line by its own benefit class, or not known.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimId } from '#core/ids.ts'
import type { ExpectedTerms } from '#core/remittance/expected.ts'
import { type D3353, eobOf, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { eraDesk } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
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
async function setCoverageFrom(validFrom: string): Promise<void> {
  const [held] = (await test.call('patient.get', { id: story.patientId })).coverages
  const { id, version, payerId: _p, payerName: _n, planName: _l, groupNumber: _g, ...coverage } = held!
  await test.call('coverage.update', { id, version, coverage: { ...coverage, validFrom } })
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
  it('each line by its own class, deductible where it applies, nothing in a waiting period', async () => {
    const [plan] = (await test.call('plan.list', { payerId: null })).plans
    const { id: planId, version, payerName: _, ...rest } = plan!
    const benefit = (of: 'diagnostic' | 'major', percent: number, more: object = {}) => ({ of, percent, ...more })
    const benefits = [
      benefit('diagnostic', 100, { deductibleApplies: false }),
      benefit('major', 50, { waitingMonths: 12 }),
    ]
    await test.call('plan.update', { id: planId, version, plan: { ...rest, benefits } })
    await setCoverageFrom('2026-06-01')
    await setLines([{ code: 'D0220' }, { code: 'D2740', feeCents: 120000 }])
    const { expected: found, terms, sources } = await expected(await sendClaim(test, story))
    expect(terms!.lines.map(({ percent, excluded }) => [percent, excluded])).toEqual([
      [100, false],
      [50, true],
      [80, false],
    ])
    // The film in full, the crown not before June 2027, the deductible from the first line that it applies to.
    expect(found!.lines.map((line) => line.amounts?.planCents ?? null)).toEqual([3000, 0, 64000])
    expect(sources.join(' ')).toContain('50 % of major (crowns) from Jun 1, 2027 on')
  })
  it('a waiting period without the day on which the coverage began is not known', async () => {
    const [plan] = (await test.call('plan.list', { payerId: null })).plans
    const { id: planId, version, payerName: _, ...rest } = plan!
    const benefits = [{ of: 'major' as const, percent: 50, waitingMonths: 12 }]
    await test.call('plan.update', { id: planId, version, plan: { ...rest, benefits } })
    await setLines([{ code: 'D2740', feeCents: 120000 }])
    const { terms } = await expected(await sendClaim(test, story))
    expect(terms!.lines.map((line) => line.percent)).toEqual([null, 80])
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

describe('what else the plan and other plans paid', () => {
  const DEDUCTED = {
    deductibleCents: 5000,
    coinsuranceCents: 16000,
    paidCents: 64000,
    adjustments: [
      { group: 'PR' as const, carc: '1', cents: 5000 },
      { group: 'PR' as const, carc: '2', cents: 16000 },
    ],
  }
  const desk = eraDesk(() => ({ test, story }))

  // Bug: a second plan was expected to pay 80 % of the fee beside the first plan, and its correct payment was "underpaid".
  it('a second plan pays after the first: not known, and its payment raises nothing', async () => {
    await sendClaim(test, story)
    await test.call('remittance.post', { remittance: await eobOf(test, story, DEDUCTED) })
    const draft = await desk.draftToSecond()
    const secondPlan = (await test.call('plan.list', { payerId: null })).plans.find((one) => one.name === 'Second PPO')!
    const { id, version, payerName: _, ...rest } = secondPlan
    await test.call('plan.update', { id, version, plan: { ...rest, network: 'out', endoPercent: 80 } })
    const send = { event: 'send' as const, on: '2026-11-22', channel: 'electronic' as const, reason: 'Papers follow' }
    await test.call('claim.transition', { id: draft.id, version: draft.version, ...send })
    const found = await expected(draft.id)
    expect(found).toMatchObject({ isKept: false, terms: null, expected: null })
    expect(found.sources.join()).toContain('Sample PPO pays first')
    const adjustments = [{ group: 'OA' as const, carc: '23', cents: 64000 }]
    const eob = await eobOf(test, story, { paidCents: 21000, adjustments })
    const lines = [{ ...eob.lines[0]!, claimLineId: draft.lines[0]!.id }]
    await test.call('remittance.post', { remittance: { ...eob, claimId: draft.id, lines } })
    const { remittances } = await test.call('remittance.forCase', { caseId: story.caseId })
    const second = remittances.find((one) => one.claimId === draft.id)
    expect(second).toMatchObject({ expectedPlanCents: null, shortfallCents: null, flags: [] })
  })
  // Bug: the correction of a claim had its deductible "used" and its maximum lowered by the claim that it replaces.
  it('what a claim replaces uses up nothing of its own benefits', async () => {
    const first = await sendClaim(test, story)
    await test.call('remittance.post', { remittance: await eobOf(test, story, DEDUCTED, { payerClaimNumber: 'ICN1' }) })
    const correct = async (replacesId: ClaimId) => {
      const { id } = await test.call('claim.create', { caseId: story.caseId, coverageId: null, replacesId })
      return (await claims()).find((one) => one.id === id)!
    }
    const fixed = await correct(first)
    expect((await expected(fixed.id)).terms).toMatchObject({ deductibleLeftCents: 5000 })
    const send = { event: 'send' as const, on: '2026-11-23', channel: 'electronic' as const, reason: 'Papers follow' }
    await test.call('claim.transition', { id: fixed.id, version: fixed.version, ...send })
    const eob = await eobOf(test, story, DEDUCTED, { claimId: fixed.id, payerClaimNumber: 'ICN2' })
    const lines = [{ ...eob.lines[0]!, claimLineId: fixed.lines[0]!.id }]
    await test.call('remittance.post', { remittance: { ...eob, lines }, acknowledgeDifference: true })
    expect((await expected((await correct(fixed.id)).id)).terms).toMatchObject({ deductibleLeftCents: 5000 })
  })
  // Bug: an EOB of January took the deductible of the new year for services of the old one.
  it('benefits are used in the year of the service, not of its EOB', async () => {
    await sendClaim(test, story)
    test.setNow('2027-01-15T10:00:00')
    const dates = { eobDate: '2027-01-10', receivedOn: '2027-01-12' }
    await test.call('remittance.post', { remittance: await eobOf(test, story, DEDUCTED, dates) })
    const leftFor = async (serviceDate: string, tooth: string) => {
      const { providers } = await test.call('provider.list', {})
      const of = { patientId: story.patientId, coverageId: story.coverageId, providerId: providers[0]!.id }
      const { id: caseId } = await test.call('case.create', { ...of, guideId: 'endodontics', tooth, area: null })
      const { version } = await test.call('case.get', { id: caseId })
      const line = { ...FILM, code: 'D3310', role: 'main' as const, tooth, feeCents: 100000, serviceDate }
      await test.call('case.setLines', { id: caseId, version, lines: [line] })
      const { id } = await test.call('claim.create', { caseId, coverageId: null })
      return (await expected(id)).terms!.deductibleLeftCents
    }
    expect([await leftFor('2027-01-14', '9'), await leftFor('2026-12-10', '10')]).toEqual([5000, 0])
  })
})
