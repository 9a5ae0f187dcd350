// Fee schedules, networks and what is used of a plan: by date of service, for the person and the family, on a real host.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FeeScheduleInput } from '#core/coverage/fee-schedule.ts'
import type { CaseId, ClaimId, CoverageId, PatientId, ProviderId } from '#core/ids.ts'
import type { Plan, PlanInput } from '#core/patient.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const address = { street: '5 Example Rd', city: 'Springfield', state: 'IL', zip: '62701' }
const KIM = { lastName: 'Exampleton', firstName: 'Kim', birthDate: '1988-02-01', gender: 'F' as const }
let test: TestHost
let providerId: ProviderId
let today: string
let plan: Omit<Plan, 'payerName'>
beforeEach(async () => {
  test = await openTestHost()
  today = '2026-11-22'
  providerId = (await test.call('provider.list', {})).providers[0]!.id
  const { id: payerId } = await test.call('payer.add', { payer: { name: 'Sample Dental Plan', payerCode: '99999' } })
  await test.call('plan.add', { plan: { payerId, name: 'Sample PPO', network: 'in', endoPercent: 80 } })
  await readPlan()
})
afterEach(() => test.close())

async function readPlan(): Promise<void> {
  const [found] = (await test.call('plan.list', { payerId: null })).plans
  const { payerName: _, ...rest } = found!
  plan = rest
}
async function setPlan(change: Partial<PlanInput>): Promise<void> {
  const { id, version, ...stored } = plan
  await test.call('plan.update', { id, version, plan: { ...stored, ...change } })
  await readPlan()
}
interface Person {
  patientId: PatientId
  coverageId: CoverageId
}
async function person(firstName: string, memberId = 'M-100', subscriber: object = KIM): Promise<Person> {
  const { id: patientId } = await test.call('patient.add', {
    patient: { lastName: 'Exampleton', firstName, birthDate: '2010-04-12', gender: 'F', address },
    addAnyway: true,
  })
  const held = { ...KIM, employer: '', address, ...subscriber }
  const { id: coverageId } = await test.call('coverage.add', {
    coverage: { patientId, planId: plan.id, memberId, relation: 'child', subscriber: held },
  })
  return { patientId, coverageId }
}
interface Served {
  code: string
  on: string
  feeCents?: number
  tooth?: string | null
}
/** A claim for services of a person, sent or not. */
async function claim(who: Person, served: readonly Served[], isSent = true) {
  const { id: caseId } = await test.call('case.create', {
    ...who,
    guideId: 'endodontics',
    tooth: '8',
    area: null,
    providerId,
  })
  const { version } = await test.call('case.get', { id: caseId })
  const lines = served.map(({ code, on, feeCents = 100000, tooth = '8' }, at) => ({
    visitId: null,
    code,
    role: at === 0 ? ('main' as const) : ('additional' as const),
    tooth,
    area: null,
    feeCents,
    serviceDate: on,
  }))
  await test.call('case.setLines', { id: caseId, version, lines, overrideReason: 'Example' })
  const { id } = await test.call('claim.create', { caseId, coverageId: null })
  const [made] = (await test.call('claim.forCase', { caseId })).claims
  if (isSent)
    await test.call('claim.transition', {
      id,
      version: made!.version,
      event: 'send',
      on: today,
      channel: 'electronic',
      reason: 'Papers follow',
    })
  return made!
}
/** An EOB on the first line of a claim that takes a deductible and pays. */
async function pay({ id, lines }: Awaited<ReturnType<typeof claim>>, deductible: number, paid: number): Promise<void> {
  const [line] = lines
  const rest = line!.feeCents - deductible - paid
  const adjustments = [
    { group: 'PR' as const, carc: '1', cents: deductible },
    { group: 'PR' as const, carc: '2', cents: rest },
  ].filter(({ cents }) => cents > 0)
  await test.call('remittance.post', {
    remittance: {
      claimId: id,
      eobDate: today,
      receivedOn: today,
      lines: [
        {
          claimLineId: line!.id,
          code: line!.code,
          submittedCode: null,
          tooth: line!.tooth,
          billedCents: line!.feeCents,
          allowedCents: null,
          deductibleCents: deductible,
          coinsuranceCents: rest,
          paidCents: paid,
          adjustments,
          remarks: [],
        },
      ],
    },
    acknowledgeDifference: true,
  })
}
const expected = (made: { id: ClaimId }) => test.call('claim.expected', { id: made.id })
const left = async (who: Person, served: readonly Served[]) => (await expected(await claim(who, served, false))).terms!

describe('fee schedules', () => {
  const contract = (change: Partial<FeeScheduleInput> = {}): FeeScheduleInput => ({
    name: 'Sample network',
    kind: 'contract',
    members: [],
    endsOn: null,
    editions: [
      { from: '2026-01-01', source: 'Contract of 2026', fees: [{ code: 'D3310', cents: 60000 }] },
      { from: '2026-07-01', source: '', fees: [{ code: 'D3310', cents: 65000 }] },
    ],
    ...change,
  })
  const link = async (schedule: FeeScheduleInput) => {
    const { id } = await test.call('feeSchedule.add', { schedule })
    await setPlan({ feeScheduleId: id })
    return id
  }
  const amounts = async (served: readonly Served[]) => {
    const { expected: found, terms } = await expected(await claim(await person('Robin'), served, false))
    return { network: terms?.network, lines: found?.lines.map((line) => line.amounts) ?? null }
  }

  it('allowed amount and write-off are those of the edition that holds on the day of service', async () => {
    await link(contract())
    const on = async (day: string) => (await amounts([{ code: 'D3310', on: day }])).lines![0]
    expect(await on('2026-03-01')).toMatchObject({ baseCents: 60000, planCents: 48000, writeOffCents: 40000 })
    expect(await on('2026-07-01')).toMatchObject({ baseCents: 65000, planCents: 52000, writeOffCents: 35000 })
  })
  // Bug: without a contract fee the plan was expected to pay its percentage of the office's full fee.
  it('in network without a fee on file for the day nothing is expected', async () => {
    await link(contract())
    const { expected: found } = await expected(
      await claim(await person('Robin'), [{ code: 'D3346', on: '2026-08-01' }], false),
    )
    expect(found).toMatchObject({ totals: null, lines: [{ amounts: null }] })
    expect(found!.lines[0]!.arithmetic).toContain('contract fee of this service is not on file')
    expect((await amounts([{ code: 'D3310', on: '2025-12-31' }])).lines).toEqual([null])
  })
  it('a dentist who does not take part on the day is out of network: no contract fee, no write-off', async () => {
    const members = [{ providerId, from: '2026-06-01', to: null }]
    await link(contract({ members }))
    expect(await amounts([{ code: 'D3310', on: '2026-05-31' }])).toMatchObject({
      network: 'out',
      lines: [{ baseCents: 100000, writeOffCents: 0 }],
    })
    expect(await amounts([{ code: 'D3310', on: '2026-06-01' }])).toMatchObject({
      network: 'in',
      lines: [{ baseCents: 60000, writeOffCents: 40000 }],
    })
  })
  it('after the end of the contract its fees hold no longer', async () => {
    await link(contract({ endsOn: '2026-09-30' }))
    expect((await amounts([{ code: 'D3310', on: '2026-10-01' }])).network).toBe('out')
  })
  it('a network that nobody knows expects nothing, and says so', async () => {
    await setPlan({ network: 'unknown' })
    const { terms, sources } = await expected(
      await claim(await person('Robin'), [{ code: 'D3310', on: '2026-08-01' }], false),
    )
    expect(terms).toBeNull()
    expect(sources.join()).toContain('Whether the dentist is in the network of Sample PPO is not on file')
  })
  it('the office’s own fee of the day stands on a new line, and there is one such schedule', async () => {
    const own = contract({
      name: 'Office fees',
      kind: 'office',
      editions: [{ from: '2026-01-01', source: '', fees: [{ code: 'D3353', cents: 98000 }] }],
    })
    await test.call('feeSchedule.add', { schedule: own })
    const { id } = await test.call('case.create', {
      ...(await person('Robin')),
      guideId: 'endodontics',
      tooth: '8',
      area: null,
      providerId,
    })
    for (const [fact, value] of Object.entries({ goal: 'barrier', apex: 'open', pulp: 'necrotic', phase: 'final' }))
      await test.call('case.answer', { id, fact, value })
    const { proposedLines } = await test.call('case.get', { id })
    expect(proposedLines.find((line) => line.code === 'D3353')).toMatchObject({ feeCents: 98000 })
    await expect(test.call('feeSchedule.add', { schedule: own })).rejects.toMatchObject({ code: 'REFUSED' })
  })
})

describe('what is used of the plan', () => {
  beforeEach(() => setPlan({ network: 'out', deductibleCents: 5000, annualMaxCents: 150000 }))

  it('is counted by the plan’s own year where it begins in another month', async () => {
    await setPlan({ benefitYearMonth: 7 })
    const who = await person('Robin')
    await pay(await claim(who, [{ code: 'D3310', on: '2026-06-30' }]), 5000, 70000)
    expect(await left(who, [{ code: 'D3310', on: '2026-07-01' }])).toMatchObject({
      deductibleLeftCents: 5000,
      maximumLeftCents: 150000,
    })
    expect(await left(who, [{ code: 'D3310', on: '2026-01-15' }])).toMatchObject({
      deductibleLeftCents: 0,
      maximumLeftCents: 80000,
    })
  })
  // Bug: a claim counted whole in the year of its last service.
  it('goes by the day of each service, not of the claim', async () => {
    const who = await person('Robin')
    today = '2027-02-01'
    test.setNow(`${today}T10:00:00`)
    const both = await claim(who, [
      { code: 'D3310', on: '2026-12-30' },
      { code: 'D0220', on: '2027-01-04', feeCents: 3000 },
    ])
    await pay(both, 5000, 70000)
    expect(await left(who, [{ code: 'D3310', on: '2027-01-20' }])).toMatchObject({ deductibleLeftCents: 5000 })
    expect(await left(who, [{ code: 'D3310', on: '2026-11-20' }])).toMatchObject({ deductibleLeftCents: 0 })
    const { expected: split } = await expected(both)
    expect(split!.lines[0]!.arithmetic).toContain('another benefit year')
  })
  it('counts the family where the plan has an amount for it, and says from what', async () => {
    await setPlan({ familyDeductibleCents: 10000, familyMaxCents: 160000 })
    const robin = await person('Robin')
    const sam = await person('Sam')
    const other = await person('Alex', 'M-777', { ...KIM, firstName: 'Jo', birthDate: '1970-01-01' })
    const first = await claim(sam, [{ code: 'D3310', on: '2026-03-02' }])
    await pay(first, 7000, 70000)
    await pay(await claim(other, [{ code: 'D3310', on: '2026-03-03' }]), 5000, 70000)
    const draft = await claim(robin, [{ code: 'D3310', on: '2026-09-01' }], false)
    const { terms, counted, sources } = await expected(draft)
    // 100.00 of the family less 70.00: 30.00; 1,600.00 less 700.00: 900.00.
    expect(terms).toMatchObject({ deductibleLeftCents: 3000, maximumLeftCents: 90000 })
    expect(counted).toEqual([
      expect.objectContaining({
        patientName: 'Exampleton, Sam',
        claimNumber: first.number,
        code: 'D3310',
        on: '2026-03-02',
        deductibleCents: 7000,
        paidCents: 70000,
      }),
    ])
    expect(sources.join()).toContain('family $70.00 and $700.00')
  })
  it('one family is known by the subscriber where member ids differ', async () => {
    await setPlan({ familyDeductibleCents: 10000 })
    const [robin, sam] = [await person('Robin', 'M-100-01'), await person('Sam', 'M-100-02')]
    await pay(await claim(sam, [{ code: 'D3310', on: '2026-03-02' }]), 7000, 70000)
    expect(await left(robin, [{ code: 'D3310', on: '2026-09-01' }])).toMatchObject({ deductibleLeftCents: 3000 })
  })
  it('another member uses nothing where the plan has no amount for the family', async () => {
    const [robin, sam] = [await person('Robin'), await person('Sam')]
    await pay(await claim(sam, [{ code: 'D3310', on: '2026-03-02' }]), 5000, 70000)
    expect(await left(robin, [{ code: 'D3310', on: '2026-09-01' }])).toMatchObject({
      deductibleLeftCents: 5000,
      maximumLeftCents: 150000,
    })
  })
  it('orthodontics has its own lifetime maximum over all years, and uses none of the year’s', async () => {
    const benefits = [{ of: 'orthodontics' as const, percent: 50, deductibleApplies: false, waitingMonths: null }]
    await setPlan({ benefits, orthodonticMaxCents: 100000 })
    const who = await person('Robin')
    const ortho = { code: 'D8080', feeCents: 500000, tooth: null }
    await pay(await claim(who, [{ ...ortho, on: '2025-03-02' }]), 0, 80000)
    const { expected: found, terms } = await expected(
      await claim(
        who,
        [
          { code: 'D3310', on: '2026-09-01' },
          { ...ortho, on: '2026-09-01' },
        ],
        false,
      ),
    )
    expect(terms).toMatchObject({ maximumLeftCents: 150000, orthodonticLeftCents: 20000 })
    expect(found!.lines.map((line) => line.amounts?.planCents)).toEqual([76000, 20000])
    expect(found!.lines[1]!.arithmetic).toContain('but $200.00 is left of the maximum')
    await setPlan({ orthodonticMaxCents: null })
    const unknown = await expected(await claim(who, [{ ...ortho, on: '2026-09-01' }], false))
    expect(unknown.expected!.lines[0]!.arithmetic).toContain('lifetime maximum for orthodontics is not on file')
  })
  it('an EOB that was taken back no longer counts', async () => {
    const who = await person('Robin')
    const made = await claim(who, [{ code: 'D3310', on: '2026-03-02' }])
    await pay(made, 5000, 70000)
    const caseId = await caseOf(who)
    const [eob] = (await test.call('remittance.forCase', { caseId })).remittances
    await test.call('remittance.reverse', { id: eob!.id, reason: 'Wrong claim' })
    expect(await left(who, [{ code: 'D3310', on: '2026-09-01' }])).toMatchObject({ deductibleLeftCents: 5000 })
  })
})

async function caseOf({ patientId }: Person): Promise<CaseId> {
  const { cases } = await test.call('case.list', {})
  return cases.find((one) => one.patientId === patientId)!.id
}
