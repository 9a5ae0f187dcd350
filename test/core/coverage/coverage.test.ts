// Coordination of benefits (domain.md 8, cases C1 to C10) and the expected payment (domain.md 10).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateLines } from '#core/coverage/estimate.ts'
import { orderPlans, type Parents, type PlanPosition } from '#core/coverage/order.ts'

const plan = (id: string, changes: Partial<PlanPosition> = {}): PlanPosition => ({
  id,
  medicaid: false,
  noCoordination: false,
  asSubscriber: false,
  employment: 'active',
  coveredSince: null,
  through: null,
  ...changes,
})
const mom = plan('mom', { through: 'first_parent' })
const dad = plan('dad', { through: 'second_parent' })
const married: Parents = {
  together: true,
  joint: false,
  decree: null,
  custodial: null,
  firstBirthday: null,
  secondBirthday: null,
}
const apart: Parents = { ...married, together: false }

describe('row 46: birthday rule and the other rules', () => {
  it.each<[string, PlanPosition[], Parents | null, string[], string]>([
    ['C1', [dad, mom], { ...married, firstBirthday: '03-09', secondBirthday: '11-02' }, ['mom', 'dad'], '3'],
    [
      'C2 year ignored',
      [mom, dad],
      { ...married, firstBirthday: '12-01', secondBirthday: '01-30' },
      ['dad', 'mom'],
      '3',
    ],
    [
      'C3 same day',
      [
        { ...dad, coveredSince: '2019-01-01' },
        { ...mom, coveredSince: '2015-01-01' },
      ],
      { ...married, firstBirthday: '07-15', secondBirthday: '07-15' },
      ['mom', 'dad'],
      '3',
    ],
    [
      'C4 decree',
      [mom, dad],
      { ...apart, decree: 'second_parent', custodial: 'first_parent', firstBirthday: '01-01', secondBirthday: '11-01' },
      ['dad', 'mom'],
      '4',
    ],
    [
      'C5 no decree',
      [dad, plan('stepdad', { through: 'first_stepparent' }), mom],
      { ...apart, custodial: 'first_parent' },
      ['mom', 'stepdad', 'dad'],
      '4',
    ],
    [
      'C6 joint custody',
      [mom, dad],
      { ...apart, joint: true, firstBirthday: '08-20', secondBirthday: '02-10' },
      ['dad', 'mom'],
      '3',
    ],
    ['C7 own before spouse', [plan('spouse'), plan('own', { asSubscriber: true })], null, ['own', 'spouse'], '2'],
    [
      'C8 active before retiree',
      [
        plan('retiree', { asSubscriber: true, employment: 'retired', coveredSince: '2010-01-01' }),
        plan('active', { asSubscriber: true, coveredSince: '2024-01-01' }),
      ],
      null,
      ['active', 'retiree'],
      '6',
    ],
    [
      'C9 COBRA last',
      [plan('cobra', { asSubscriber: true, employment: 'cobra' }), plan('employer', { asSubscriber: true })],
      null,
      ['employer', 'cobra'],
      '7',
    ],
    [
      'C10 Medicaid last',
      [plan('medicaid', { medicaid: true }), dad],
      { ...married, secondBirthday: '12-30' },
      ['dad', 'medicaid'],
      '0',
    ],
  ])('%s', (_name, plans, parents, order, rule) => {
    expect(orderPlans(plans, parents)).toMatchObject({ order, rule })
  })
  it('asks for the birthdays instead of guessing', () => {
    expect(orderPlans([mom, dad], { ...married, firstBirthday: '03-09' })).toMatchObject({
      order: [],
      missing: [expect.stringContaining('birthdays')],
    })
  })
})

describe('expected payment', () => {
  it('the example of domain.md 10: plan 440, patient 160, write-off 300', () => {
    const line = {
      billedCents: 90000,
      contractCents: 60000,
      allowedCents: null,
      alternateCents: null,
      percent: 80,
      deductibleApplies: true,
      excluded: false,
    }
    expect(estimateLines([line], { network: 'in', deductibleLeftCents: 5000, maximumLeftCents: 150000 })).toEqual([
      { baseCents: 60000, deductibleCents: 5000, planCents: 44000, patientCents: 16000, writeOffCents: 30000 },
    ])
  })
  it('never pays more than the maximum, loses no cent, takes the deductible once', () => {
    const cents = fc.integer({ min: 0, max: 500_000 })
    const line = fc.record({
      billedCents: cents,
      contractCents: fc.option(cents),
      allowedCents: fc.option(cents),
      alternateCents: fc.option(cents),
      percent: fc.integer({ min: 0, max: 100 }),
      deductibleApplies: fc.boolean(),
      excluded: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 6 }),
        fc.constantFrom('in' as const, 'out' as const),
        cents,
        cents,
        (lines, network, deductibleLeftCents, maximumLeftCents) => {
          const results = estimateLines(lines, { network, deductibleLeftCents, maximumLeftCents })
          expect(results.reduce((sum, one) => sum + one.planCents, 0)).toBeLessThanOrEqual(maximumLeftCents)
          expect(results.reduce((sum, one) => sum + one.deductibleCents, 0)).toBeLessThanOrEqual(deductibleLeftCents)
          for (const [index, one] of results.entries())
            expect(one.planCents + one.patientCents + one.writeOffCents).toBe(lines[index]!.billedCents)
        },
      ),
    )
  })
})
