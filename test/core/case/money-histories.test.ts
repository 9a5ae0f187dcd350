// Money over random histories of two plans, from EOBs as they are kept to what the desk reads: orders, parts, denials,
// reversals, corrections, EOBs taken back, payments at the desk.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseContents, StoredClaim, StoredRemittance } from '#core/case/contents.ts'
import { decisionsOf } from '#core/case/decisions.ts'
import { caseMoney } from '#core/case/case-money.ts'
import { patientOwes } from '#core/case/patient-payment.ts'
import type { Settlement } from '#core/case/settlement.ts'
import { decideRemittance } from '#core/remittance/outcome.ts'
import type { Adjustment } from '#core/remittance/schema.ts'
import { readTables } from '#core/remittance/tables.ts'
import { takenBackBy } from '#core/remittance/standing.ts'
import { builtOn, isReversal } from '#core/remittance/taking-back.ts'
import carc from '../../../assets/codes/carc.json' with { type: 'json' }
import rarc from '../../../assets/codes/rarc.json' with { type: 'json' }

const tables = readTables(carc, rarc)
const CHARGES = { s1: 20000, s2: 8000 } as const
const CHARGE = CHARGES.s1 + CHARGES.s2
type Service = keyof typeof CHARGES
const SERVICES: readonly Service[] = ['s1', 's2']
type Plan = 'first' | 'second'

const claimOf = (plan: Plan, id: string, replacesId: string | null): StoredClaim =>
  ({
    id,
    coverageId: plan,
    state: 'decided',
    frequency: replacesId ? 'replacement' : 'original',
    replacesId,
    totalCents: CHARGE,
    lines: SERVICES.map((service) => ({
      id: `${id}-${service}`,
      lineId: service,
      code: service === 's1' ? 'D3353' : 'D0220',
      tooth: '8',
      feeCents: CHARGES[service],
      quantity: 1,
    })),
  }) as unknown as StoredClaim
const coverages = (['first', 'second'] as const).map((id) => ({
  coverage: { id, order: id === 'first' ? 'primary' : 'secondary' },
  isRemoved: false,
})) as unknown as CaseContents['coverages']

const REASONS = [
  'CO-45',
  'CO-97',
  'CO-29',
  'CO-253',
  'PR-1',
  'PR-2',
  'PR-96',
  'PR-204',
  'OA-23',
  'OA-100',
  'OA-18',
  'PI-45',
  'OA-45',
]
/** What is left of a charge after the payment goes to one or two reasons. */
const lineOf = fc.record({
  paid: fc.integer({ min: 0, max: 100 }),
  reasons: fc.tuple(fc.constantFrom(...REASONS), fc.constantFrom(...REASONS)),
  split: fc.integer({ min: 0, max: 100 }),
})
type Shares = typeof lineOf extends fc.Arbitrary<infer T> ? T : never
const plan = fc.constantFrom<Plan>('first', 'second')
const services = fc.constantFrom<Service[]>(['s1'], ['s2'], ['s1', 's2'])
const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('decide' as const), plan, services, s1: lineOf, s2: lineOf }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('at claim' as const),
      plan,
      reason: fc.constantFrom('PR-1', 'CO-45', 'CO-97'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reverse' as const), plan }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reverse again' as const), at: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('correct' as const), plan, s1: lineOf, s2: lineOf }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), at: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      service: fc.constantFrom(...SERVICES),
      way: fc.constantFrom('write_off' as const, 'patient' as const),
      cents: fc.integer({ min: 1, max: 20000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('desk' as const), cents: fc.integer({ min: 1, max: 9000 }) }) },
)
const history = fc.array(event, { maxLength: 8 })
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never

const parse = (reason: string, cents: number): Adjustment => {
  const [group, code] = reason.split('-') as [Adjustment['group'], string]
  return { group, carc: code, cents }
}
interface Practice {
  claims: StoredClaim[]
  eobs: StoredRemittance[]
  desk: { cents: number }[]
  settlements: Pick<Settlement, 'service' | 'way' | 'cents'>[]
}
const contentsOf = ({ claims, eobs, settlements }: Practice) => ({
  claims,
  coverages,
  remittances: [...eobs].reverse(),
  settlements: settlements as Settlement[],
})

/** Plays a history as an office would meet it: only what was posted is taken back, only what a plan decided is corrected. */
function play(events: readonly Event[]): Practice {
  const claims = [claimOf('first', 'c-first', null), claimOf('second', 'c-second', null)]
  const practice: Practice = { claims, eobs: [], desk: [], settlements: [] }
  const claimFor = (of: Plan) => practice.claims.filter((one) => (one.coverageId as string) === of).at(-1)!
  const post = (claim: StoredClaim, lines: object[], adjustments: Adjustment[] = []) => {
    const at = practice.eobs.length
    const input = {
      claimId: claim.id,
      eobDate: '2026-11-22',
      receivedOn: '2026-11-23',
      payerClaimNumber: '',
      paymentNumber: `P${at}`,
      method: 'check',
      appealDaysOnLetter: null,
      informationDueOn: null,
      adjustments,
      paidAtClaimCents: 0,
      interestCents: 0,
      withheldCents: 0,
      checkTotalCents: null,
      note: '',
      lines,
    } as unknown as StoredRemittance
    const id = `eob-${String(at).padStart(2, '0')}`
    const decided = decideRemittance(tables, input, (index) => `${id}-${index}`)
    practice.eobs.push({
      ...input,
      id,
      outcome: decided.outcome,
      lines: input.lines.map((line, index) => ({ ...line, id: `${id}-${index}` })),
      reversedAt: null,
      reversalReason: '',
    } as unknown as StoredRemittance)
  }
  const line = (claim: StoredClaim, service: Service, { paid, reasons, split }: Shares) => {
    const billedCents = CHARGES[service]
    const paidCents = Math.floor((billedCents * paid) / 100)
    const rest = billedCents - paidCents
    const first = Math.floor((rest * split) / 100)
    const adjustments = [parse(reasons[0], first), parse(reasons[1], rest - first)].filter(({ cents }) => cents !== 0)
    return { ...blank(claim, service), billedCents, paidCents, adjustments }
  }
  const blank = (claim: StoredClaim, service: Service) => ({
    claimLineId: `${claim.id}-${service}`,
    code: service === 's1' ? 'D3353' : 'D0220',
    submittedCode: null,
    tooth: '8',
    billedCents: CHARGES[service] as number,
    allowedCents: null,
    deductibleCents: 0,
    coinsuranceCents: 0,
    paidCents: 0,
    adjustments: [] as Adjustment[],
    remarks: [],
  })
  const negative = (of: readonly Adjustment[]) => of.map((each) => ({ ...each, cents: -each.cents }))
  const reverse = (eob: StoredRemittance) =>
    post(
      practice.claims.find(({ id }) => id === eob.claimId)!,
      eob.lines.map((each) => ({
        ...each,
        billedCents: -each.billedCents,
        paidCents: -each.paidCents,
        adjustments: negative(each.adjustments),
      })),
      negative(eob.adjustments),
    )
  for (const one of events) {
    if (one.kind === 'settle') practice.settlements.push(one)
    else if (one.kind === 'desk') practice.desk.push({ cents: one.cents })
    else if (one.kind === 'remove') {
      const standing = practice.eobs.filter((eob) => eob.reversedAt === null)
      const eob = standing[one.at % Math.max(1, standing.length)]
      // What stands on an EOB is taken back first: else the program refuses.
      const contents = contentsOf(practice)
      if (eob && builtOn(contents, tables, eob) === null) eob.reversedAt = '2026-11-24T00:00:00Z' as never
    } else if (one.kind === 'decide') {
      const claim = claimFor(one.plan)
      post(
        claim,
        one.services.map((service) => line(claim, service, one[service])),
      )
    } else if (one.kind === 'at claim') {
      const claim = claimFor(one.plan)
      post(
        claim,
        SERVICES.map((service) => blank(claim, service)),
        [parse(one.reason, CHARGE)],
      )
    } else if (one.kind === 'reverse again') {
      // Posted against the warning: it may be reversed already.
      const all = standing(practice).filter((eob) => !isReversal(eob))
      if (all.length > 0) reverse(all[one.at % all.length]!)
    } else if (one.kind === 'reverse') {
      const claim = claimFor(one.plan)
      const contents = contentsOf(practice)
      const own = decisionsOf(contents, tables).decisions.filter(({ claimId }) => claimId === claim.id)
      const gone = [...takenBackBy(own)].flat()
      const last = own.filter((each) => !gone.includes(each)).at(-1)
      const eob = practice.eobs.find(({ id }) => id === last?.id)
      if (eob) reverse(eob)
    } else {
      const before = claimFor(one.plan)
      const claim = claimOf(one.plan, `${before.id}+`, before.id)
      practice.claims.push(claim)
      post(
        claim,
        SERVICES.map((service) => line(claim, service, one[service])),
      )
    }
  }
  return practice
}

const standing = ({ eobs }: Practice) => eobs.filter((eob) => eob.reversedAt === null)
const allReasons = (practice: Practice) =>
  standing(practice).flatMap((eob) => [...eob.adjustments, ...eob.lines.flatMap((line) => line.adjustments)])
function settle(practice: Practice) {
  const decided = decisionsOf(contentsOf(practice), tables)
  return caseMoney({ feeCents: CHARGE, expectedPlanCents: null, ...decided })
}
/** What only may be the patient's: PR, and what the plan paid to the patient. */
const isPatients = ({ group, carc: code }: Adjustment) => group === 'PR' || code === '100'
const settledTo = ({ settlements }: Practice, way: Settlement['way']) =>
  settlements.filter((one) => one.way === way).reduce((sum, one) => sum + one.cents, 0)
const isContract = ({ group, carc: code }: Adjustment) => group === 'CO' && ['24', '45', '131', '253'].includes(code)

describe('over random histories of two plans', () => {
  const runs = { numRuns: 2000 }
  it('charge = paid + write-off + patient + open, and paid is what the plans paid', () => {
    fc.assert(
      fc.property(history, (events) => {
        const practice = play(events)
        const money = settle(practice)
        expect(money.paidCents + money.writeOffCents + (money.patientCents ?? 0) + money.openCents).toBe(CHARGE)
        const paid = standing(practice).flatMap((eob) => eob.lines.map((line) => line.paidCents))
        expect(money.paidCents).toBe(paid.reduce((sum, one) => sum + one, 0))
      }),
      runs,
    )
  })
  it('the patient owes no more than the plans left, and never less than nothing', () => {
    fc.assert(
      fc.property(history, (events) => {
        const money = settle(play(events))
        const left = CHARGE - money.paidCents - money.writeOffCents
        expect(money.patientCents ?? 0).toBeGreaterThanOrEqual(0)
        expect(money.patientCents ?? 0).toBeLessThanOrEqual(Math.max(0, left) + money.excessCents)
      }),
      runs,
    )
  })
  it('nothing is the patient’s but PR, what a plan paid to the patient, and what a person billed', () => {
    fc.assert(
      fc.property(history, (events) => {
        const practice = play(events)
        const named = allReasons(practice).filter((one) => isPatients(one) && one.cents > 0)
        const { patientCents } = settle(practice)
        const billed = settledTo(practice, 'patient')
        expect(patientCents ?? 0).toBeLessThanOrEqual(named.reduce((sum, one) => sum + one.cents, billed))
        if (named.length === 0) expect(patientCents ?? 0).toBeLessThanOrEqual(billed)
      }),
      runs,
    )
  })
  it('nothing is written off but what a contract or a person takes off, and never less than nothing', () => {
    fc.assert(
      fc.property(history, (events) => {
        const practice = play(events)
        const taken = allReasons(practice).filter((one) => isContract(one) && one.cents > 0)
        const byHand = settledTo(practice, 'write_off')
        const { writeOffCents } = settle(practice)
        expect(writeOffCents).toBeLessThanOrEqual(taken.reduce((sum, one) => sum + one.cents, byHand))
        expect(writeOffCents).toBeGreaterThanOrEqual(0)
      }),
      runs,
    )
  })
  it('a decision, its reversal by the payer, or its removal by the office in the end leaves what was there before', () => {
    fc.assert(
      fc.property(history, plan, lineOf, lineOf, (events, of, s1, s2) => {
        const before = play(events)
        const decide: Event = { kind: 'decide', plan: of, services: ['s1', 's2'], s1, s2 }
        const removed = play([...events, decide])
        removed.eobs.at(-1)!.reversedAt = '2026-11-24T00:00:00Z' as never
        expect(settle(removed)).toEqual(settle(before))
        const reversed = play([...events, decide, { kind: 'reverse', plan: of }])
        expect(settle(reversed).paidCents).toBe(settle(before).paidCents)
      }),
      runs,
    )
  })
  // Bug: a write-off of the office stayed in full when the appeal was paid later, and the case was settled twice.
  it('what a person settles takes from what is open and from nothing else, and gives way to what plans pay', () => {
    fc.assert(
      fc.property(history, (events) => {
        const practice = play(events)
        const money = settle(practice)
        const without = settle({ ...practice, settlements: [] })
        const counted = settledTo(practice, 'write_off') + settledTo(practice, 'patient') - money.lapsedCents
        expect(counted).toBeGreaterThanOrEqual(0)
        expect(money.openCents).toBe(without.openCents - counted)
        expect(money.paidCents).toBe(without.paidCents)
        expect(money.excessCents).toBe(without.excessCents)
        expect(money.writeOffCents).toBeGreaterThanOrEqual(without.writeOffCents)
        if (without.openCents <= 0 && without.excessCents === 0) expect(counted).toBe(0)
      }),
      runs,
    )
  })
  it('what is paid at the desk moves nothing but what the patient still owes', () => {
    fc.assert(
      fc.property(history, (events) => {
        const practice = play(events)
        const money = settle(practice)
        expect(settle(play(events.filter((one) => one.kind !== 'desk')))).toEqual(money)
        const atDesk = practice.desk.reduce((sum, one) => sum + one.cents, 0)
        const owes = patientOwes(money.patientCents, practice.desk)
        if (owes !== null) expect(owes + atDesk).toBe(money.patientCents)
      }),
      runs,
    )
  })
})

// Bug: the payment after a reversal hid that the reversed EOB was gone: the reversal took its amount off the later one.
it('an EOB that the payer took back stays until its reversal is taken back, whatever was paid since', () => {
  const paid = (percent: number) => ({ paid: percent, reasons: ['CO-45', 'CO-45'] as [string, string], split: 0 })
  const decide = (percent: number): Event => ({
    kind: 'decide',
    plan: 'first',
    services: ['s1'],
    s1: paid(percent),
    s2: paid(0),
  })
  const practice = play([decide(50), { kind: 'reverse', plan: 'first' }, decide(75)])
  const contents = contentsOf(practice)
  expect(settle(practice).paidCents).toBe(15000)
  expect(practice.eobs.map((eob) => builtOn(contents, tables, eob))).toEqual([
    expect.stringContaining('The payer reversed this EOB'),
    expect.stringContaining('was posted after this reversal'),
    null,
  ])
})
