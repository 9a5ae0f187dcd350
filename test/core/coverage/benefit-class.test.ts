// Each service by its own class: a plan's percentage for one class was once expected of every code.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BENEFIT_CLASSES, type Benefit, benefitFor, classOf } from '#core/coverage/benefit-class.ts'

const code = fc.integer({ min: 100, max: 9999 }).map((number) => `D${String(number).padStart(4, '0')}`)
const benefitOf = (of: Benefit['of'], percent: number | null): Benefit => ({
  of,
  percent,
  deductibleApplies: true,
  waitingMonths: null,
})

describe('classOf', () => {
  it.each([
    ['D0120', 'diagnostic'],
    ['D0220', 'diagnostic'],
    ['D1110', 'preventive'],
    ['D2391', 'basic'],
    ['D2740', 'major'],
    ['D2920', 'basic'],
    ['D2931', 'basic'],
    ['D2950', 'major'],
    ['D3353', 'endodontics'],
    ['D4341', 'periodontics'],
    ['D5110', 'prosthodontics'],
    ['D6010', 'implants'],
    ['D6240', 'prosthodontics'],
    ['D7140', 'oral_surgery'],
    ['D8080', 'orthodontics'],
    ['D9310', null],
    ['2740', null],
  ])('%s is %s', (one, of) => {
    expect(classOf(one)).toBe(of)
  })
})

describe('benefitFor', () => {
  it('never takes the percentage of another class', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: 100 }), fc.constantFrom(...BENEFIT_CLASSES), (one, percent, of) => {
        const plan = { endoPercent: null, benefits: [benefitOf(of, percent)], codeBenefits: [] }
        const wanted = classOf(one) === of && of !== 'endodontics' ? percent : null
        expect(benefitFor(plan, one).percent).toBe(wanted)
      }),
    )
  })
  it('a code that the plan pays differently has its own, the rest of its class stays', () => {
    const plan = {
      endoPercent: 80,
      benefits: [{ ...benefitOf('major', 50), waitingMonths: 12, deductibleApplies: false }],
      codeBenefits: [{ code: 'D2950', percent: 80 }],
    }
    expect(benefitFor(plan, 'D2950')).toEqual({ of: 'major', percent: 80, deductibleApplies: false, waitingMonths: 12 })
    expect(benefitFor(plan, 'D2740').percent).toBe(50)
    expect(benefitFor(plan, 'D3310').percent).toBe(80)
    expect(benefitFor(plan, 'D9110').percent).toBeNull()
  })
})
