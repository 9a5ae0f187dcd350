// Fees and benefit years by their days: the first and the last day are inside, and what is typed comes back as it was.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benefitYearOf } from '#core/coverage/benefit-year.ts'
import { feeOn, feesAsText, networkOn, readFees } from '#core/coverage/fee-schedule.ts'
import { addDays, daysBetween } from '#core/dates.ts'
import type { ProviderId } from '#core/ids.ts'

const edition = (from: string, cents: number) => ({ from, source: '', fees: [{ code: 'D2740', cents }] })
const schedule = { endsOn: '2027-06-30', editions: [edition('2027-01-01', 300), edition('2026-01-01', 200)] }
const DOE = 'doe' as ProviderId

describe('a fee on a day', () => {
  it.each([
    ['2025-12-31', null],
    ['2026-01-01', 200],
    ['2026-12-31', 200],
    ['2027-01-01', 300],
    ['2027-06-30', 300],
    ['2027-07-01', null],
  ])('%s: %s', (day, cents) => {
    expect(feeOn(schedule, 'D2740', day)).toBe(cents)
    expect(feeOn(schedule, 'D2750', day)).toBeNull()
  })
})

describe('a dentist in a network on a day', () => {
  const members = [{ providerId: DOE, from: '2026-02-01', to: '2026-11-30' }]
  const contract = { endsOn: null, members }
  it.each([
    ['in', DOE, '2026-01-31', 'out'],
    ['in', DOE, '2026-02-01', 'in'],
    ['unknown', DOE, '2026-11-30', 'in'],
    ['in', DOE, '2026-12-01', 'out'],
    ['in', 'moss' as ProviderId, '2026-03-01', 'out'],
    // Nobody is chosen: nobody can say.
    ['in', null, '2026-03-01', 'unknown'],
    ['out', DOE, '2026-03-01', 'out'],
    ['capitation', DOE, '2026-03-01', 'capitation'],
  ] as const)('plan %s, %s on %s: %s', (plan, dentist, day, network) => {
    expect(networkOn(plan, contract, dentist, day)).toBe(network)
  })
  it('nobody named is every dentist; without a contract the plan’s own word counts', () => {
    expect(networkOn('in', { endsOn: null, members: [] }, null, '2026-03-01')).toBe('in')
    for (const plan of ['in', 'out', 'unknown'] as const) expect(networkOn(plan, null, DOE, '2026-03-01')).toBe(plan)
  })
})

describe('fees as text', () => {
  it('come back as they were', () => {
    const fee = fc.record({
      code: fc.integer({ min: 0, max: 9999 }).map((number) => `D${String(number).padStart(4, '0')}`),
      cents: fc.integer({ min: 0, max: 1_000_000 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(fee, { selector: (one) => one.code, maxLength: 30 }), (fees) => {
        expect(readFees(feesAsText(fees))).toEqual({ fees })
      }),
    )
  })
  it.each([
    ['D2740\t1,050.00', 105000],
    ['2740 $980', 98000],
    ['d2740: 12.5', 1250],
    ['D2740, 900', 90000],
  ])('%s is read', (text, cents) => {
    expect(readFees(`\n${text}\r\n`)).toEqual({ fees: [{ code: 'D2740', cents }] })
  })
  // A fee that is not read must not become another one.
  it.each(['D2740', 'crown 900', 'D2740 900 each', 'D2740 -5', 'D27400 900', 'D2740 1\nD2740 2'])(
    '%s is named',
    (text) => {
      expect(readFees(text)).toHaveProperty('wrong')
    },
  )
})

describe('a benefit year', () => {
  const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2020-01-01', days))
  it('holds its day, is a year long, and the next one begins the day after', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 1, max: 12 })), day, (month, on) => {
        const { from, to } = benefitYearOf(month, on)
        expect(from <= on && on <= to).toBe(true)
        expect([365, 366]).toContain(daysBetween(from, to) + 1)
        expect(from.slice(5)).toBe(`${String(month ?? 1).padStart(2, '0')}-01`)
        expect(benefitYearOf(month, addDays(to, 1)).from).toBe(addDays(to, 1))
      }),
    )
  })
})
