// Money, dates, teeth and numbers that identify providers: the vocabulary everything else stands on.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withCommas } from '#core/counts.ts'
import {
  addBusinessDays,
  addDays,
  addMonths,
  ageOn,
  businessDaysBetween,
  daysBetween,
  formatDate,
  IsoDate,
  isBusinessDay,
  parseBirthDate,
  parseDate,
  relativeDays,
} from '#core/dates.ts'
import { formatMoney, parseMoney, percentOf, sumCents } from '#core/money.ts'
import { isNpi } from '#core/office.ts'
import { findTooth, Tooth } from '#core/teeth.ts'

const TODAY = '2026-11-23'
const anyDate = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1990-01-01', days))

describe('money', () => {
  it('reads what a front desk types', () => {
    expect(['1250', '1,250.00', '$1,250.5', ' 1250. ', '.5', '(25.00)', '-25'].map(parseMoney)).toEqual([
      125000, 125000, 125050, 125000, 50, -2500, -2500,
    ])
  })
  it('refuses letters, misplaced commas and three decimals instead of guessing', () => {
    expect(['12a', '1,25', '1.2.3', '', '$', '1.234', '1,2500', '99999999999'].map(parseMoney)).toEqual(
      Array(8).fill(null),
    )
  })
  it('formatting and parsing are inverse, so no cent is lost on a form', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        expect(parseMoney(formatMoney(cents))).toBe(cents)
      }),
    )
  })
  it('a share and its rest never differ from the whole by more than a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 100 }), (amount, percent) => {
        expect(
          Math.abs(sumCents([percentOf(amount, percent), percentOf(amount, 100 - percent)]) - amount),
        ).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('dates', () => {
  it('reads the ways people type a date, and refuses days that do not exist', () => {
    expect(
      ['11/23/2026', '112326', '11-23-26', 't', '+7', '-1', 'Nov 23, 2026', '11/23', '2026-11-23', '20261123'].map(
        (text) => parseDate(text, TODAY),
      ),
    ).toEqual([TODAY, TODAY, TODAY, TODAY, '2026-11-30', '2026-11-22', TODAY, TODAY, TODAY, TODAY])
    expect(['2/30/2026', '13/1/2026', 'soon', '11/23/1', '2026-02-29'].map((text) => parseDate(text, TODAY))).toEqual(
      Array(5).fill(null),
    )
    expect(parseDate('4/12/78', TODAY)).toBe('1978-04-12')
  })
  // Bug: in November `1/5` was last January, so a case that was put off rang at once; in January an EOB of `12/28` lay ahead.
  it('a date without year is the nearest one, of what has happened the last one', () => {
    expect(['1/5', '10/30', 'Jan 5', '11/23'].map((text) => parseDate(text, TODAY))).toEqual([
      '2027-01-05',
      '2026-10-30',
      '2027-01-05',
      TODAY,
    ])
    expect(['12/28', '1/5', '1/6'].map((text) => parseDate(text, '2027-01-05', true))).toEqual([
      '2026-12-28',
      '2027-01-05',
      '2026-01-06',
    ])
    expect(parseDate('2/29', TODAY)).toBeNull()
  })
  it('reads weekdays and the days around today', () => {
    const words = ['fri', 'monday', 'Tues', 'tomorrow', 'yesterday', 'su', 'march']
    expect(words.map((text) => parseDate(text, TODAY))).toEqual([
      '2026-11-27',
      '2026-11-30',
      '2026-11-24',
      '2026-11-24',
      '2026-11-22',
      null,
      null,
    ])
    expect(['fri', 'mon'].map((text) => parseDate(text, TODAY, true))).toEqual(['2026-11-20', TODAY])
  })
  it('nobody is born in the future: two digits of a birth year are of the century that is over', () => {
    expect(
      ['4/12/46', '041246', '12-31-26', '4/12/15', '2/29/44', '4/12/1946'].map((text) => parseBirthDate(text, TODAY)),
    ).toEqual(['1946-04-12', '1946-04-12', '1926-12-31', '2015-04-12', '1944-02-29', '1946-04-12'])
    // Written out it is not guessed away; whoever keeps it refuses it.
    expect(parseBirthDate('4/12/2046', TODAY)).toBe('2046-04-12')
  })
  it('the schema refuses dates that do not exist', () => {
    expect(IsoDate.safeParse('2026-02-29').success).toBe(false)
    expect(IsoDate.safeParse('2028-02-29').success).toBe(true)
  })
  it('says how far a day is', () => {
    expect(
      ['2026-11-23', '2026-11-24', '2026-11-22', '2026-11-29', '2026-11-20'].map((date) => relativeDays(date, TODAY)),
    ).toEqual(['today', 'tomorrow', 'yesterday', 'in 6 days', '3 days ago'])
    expect(formatDate(TODAY)).toBe('Nov 23, 2026')
  })
  it('counts every day of three centuries as the calendar does, leap years and ends of months included', () => {
    const iso = (at: number) => new Date(at).toISOString().slice(0, 10)
    for (let at = Date.UTC(1900, 0, 1); at < Date.UTC(2200, 0, 1); at += 86_400_000) {
      const [date, next] = [iso(at), iso(at + 86_400_000)]
      if (addDays(date, 1) !== next || addDays(next, -1) !== date || daysBetween(date, next) !== 1)
        expect(`${date} is followed by ${addDays(date, 1)}`).toBe(`${date} is followed by ${next}`)
    }
    expect([addMonths('2024-01-31', 1), addMonths('2024-02-29', -12), addMonths('2026-12-31', -13)]).toEqual([
      '2024-02-29',
      '2023-02-28',
      '2025-11-30',
    ])
    expect(() => addDays('', 1)).toThrow(RangeError)
  })
  it('counts business days the way a calendar does, holidays included', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.integer({ min: 0, max: 400 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 10 }),
        (from, span, offsets) => {
          const to = addDays(from, span)
          const holidays = offsets.map((offset) => addDays(from, offset))
          let count = 0
          for (let day = from; day < to;) {
            day = addDays(day, 1)
            if (isBusinessDay(day, holidays)) count += 1
          }
          expect(businessDaysBetween(from, to, holidays)).toBe(count)
        },
      ),
      { numRuns: 40 },
    )
    expect(addBusinessDays('2026-11-20', 1)).toBe('2026-11-23')
    expect(addBusinessDays('2026-11-25', 2, ['2026-11-26', '2026-11-27'])).toBe('2026-12-01')
  })
  it('day counts add up over any split, so no clock drifts over months or leap years', () => {
    fc.assert(
      fc.property(anyDate, anyDate, anyDate, (a, b, c) => {
        expect(daysBetween(a, b) + daysBetween(b, c)).toBe(daysBetween(a, c))
      }),
    )
  })
  it('who was born on a leap day turns older on March 1', () => {
    expect(['2025-02-28', '2025-03-01', '2028-02-29'].map((on) => ageOn('2004-02-29', on))).toEqual([20, 21, 24])
  })
  it('a child turns older on the birthday, not before', () => {
    expect([ageOn('2015-04-12', '2026-04-11'), ageOn('2015-04-12', '2026-04-12')]).toEqual([10, 11])
  })
})

describe('teeth', () => {
  it('knows class, dentition and quadrant from the number', () => {
    expect(findTooth('8')).toMatchObject({ toothClass: 'anterior', dentition: 'permanent', quadrant: '10' })
    expect(findTooth('#19')).toMatchObject({ toothClass: 'molar', quadrant: '30' })
    expect(findTooth('k')).toMatchObject({ tooth: 'K', toothClass: 'molar', dentition: 'primary', quadrant: '30' })
    expect(findTooth('58')).toMatchObject({ supernumerary: true, toothClass: 'anterior' })
  })
  it('refuses teeth that do not exist', () => {
    for (const text of ['0', '33', '50', '83', 'U', '08', '', '1A', 'AA'])
      expect(Tooth.safeParse(text).success, text).toBe(false)
  })
})

it('a count has its commas where people look for them: they are written by hand, for speed', () => {
  fc.assert(
    fc.property(fc.nat(), (count) => {
      expect(withCommas(count)).toBe(count.toLocaleString('en-US'))
    }),
  )
})

it('an NPI with one wrong digit is caught', () => {
  expect(isNpi('1234567893')).toBe(true)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), (place, add) => {
      const digits = '1234567893'.split('')
      digits[place] = String((Number(digits[place]) + add) % 10)
      expect(isNpi(digits.join(''))).toBe(false)
    }),
  )
})
