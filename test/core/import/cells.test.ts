// What cells of offices' lists say: days, amounts, numbers, nothing.
import { stateOf } from '#core/import/states.ts'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { addDays, daysBetween, isDate } from '#core/dates.ts'
import { isNothing, isRealNumber, partsOfPeriod, readAmount, readDay } from '#core/import/cells.ts'

const TODAY = '2026-11-23'
const day = (text: string, born = false) => {
  const read = readDay(text, TODAY, { born })
  return 'day' in read ? read.day : 'problem'
}

describe('a day', () => {
  it.each([
    ['3/4/26', '2026-03-04'],
    ['03/04/2026', '2026-03-04'],
    ['3-4-26', '2026-03-04'],
    ['3.4.2026', '2026-03-04'],
    ['2026-03-04', '2026-03-04'],
    ['2026/3/4', '2026-03-04'],
    ['2026-03-04T00:00:00', '2026-03-04'],
    ['3/4/2026 12:00:00 AM', '2026-03-04'],
    ['Wed 3/4/2026', '2026-03-04'],
    ['4-Sep-26', '2026-09-04'],
    ['04-SEP-2026', '2026-09-04'],
    ['4 Sep 26', '2026-09-04'],
    ['Sep 4, 2026', '2026-09-04'],
    ['Sept. 4, 2026', '2026-09-04'],
    ['September 4 2026', '2026-09-04'],
    ['Sep-04-26', '2026-09-04'],
    ['4th Sep 2026', '2026-09-04'],
    ['110526', '2026-11-05'],
    ['11052026', '2026-11-05'],
    ['46300', '2026-10-05'],
    ['46300.5', '2026-10-05'],
    ['32999', '1990-05-06'],
  ])('%s is %s', (text, expected) => expect(day(text)).toBe(expected))

  // Bug: an empty date of Open Dental held every row of its query.
  it.each(
    ['', ' ', 'N/A', 'n/a', 'none', '-', '—', '/  /', '  /  /    ', 'TBD', 'pending', '?', '0', '00/00/0000', '0/0/00']
      .concat(['01/01/0001', '1/1/0001', '0001-01-01', '0001-01-01T00:00:00', '1/1/0001 12:00:00 AM', '1/0/1900'])
      .concat(['12/30/1899', '1899-12-30', '1/1/1900', '1900-01-01']),
  )('“%s” is none', (text) => expect(day(text)).toBeNull())

  it.each([
    '31/12/2026',
    '2/30/2026',
    'soon',
    't',
    '+7',
    '10/5',
    '4-Sep',
    'Sep 4',
    '1950',
    '99999',
    '6 months',
    '13-Foo-26',
  ])('“%s” cannot be told: a guessed day would ring on another', (text) => expect(day(text)).toBe('problem'))

  it('nobody is born after today; two digits mean this century elsewhere', () => {
    expect([day('4/12/46', true), day('4/12/46'), day('12-Apr-46', true)]).toEqual([
      '1946-04-12',
      '2046-04-12',
      '1946-04-12',
    ])
    expect(day('4/12/15', true)).toBe('2015-04-12')
  })

  it('comes back as it was written, in every form', () => {
    const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_000 }), (count) => {
        const on = addDays('1950-01-02', count)
        const [y, m, d] = on.split('-') as [string, string, string]
        const serial = String(daysBetween('1899-12-30', on))
        const month = MONTHS[Number(m) - 1]!
        const forms = [on, `${+m}/${+d}/${y}`, `${m}-${d}-${y}`, `${+d}-${month}-${y}`, `${month} ${+d}, ${y}`, serial]
        for (const form of forms) expect(day(form), form).toBe(on)
      }),
    )
  })

  it('never throws, and gives a real day, none, or what to do', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9/.\- a-z]{0,12}$/)), (text) => {
        const read = readDay(text, TODAY)
        if ('problem' in read) expect(read.problem).toMatch(/Write it like/)
        else expect(read.day === null || isDate(read.day)).toBe(true)
      }),
    )
  })

  it('two days in one cell are a period', () => {
    expect(partsOfPeriod('10/8/2026 - 4/8/2027')).toEqual(['10/8/2026', '4/8/2027'])
    expect(partsOfPeriod('10/8/2026 thru 4/8/2027')).toEqual(['10/8/2026', '4/8/2027'])
    expect([partsOfPeriod('10-8-2026'), partsOfPeriod('4-Sep-26'), partsOfPeriod('')]).toEqual([null, null, null])
  })
})

describe('an amount', () => {
  it.each([
    ['1250', 125_000],
    ['$1,250.00', 125_000],
    ['$ 1,250.50', 125_050],
    ['$ (1,234.50)', -123_450],
    ['($50.00)', -5_000],
    ['$50.00-', -5_000],
    ['$ -', 0],
    ['$ -   ', 0],
    ['0', 0],
    ['USD 1250', 125_000],
    ['N/A', null],
    ['-', null],
    ['', null],
    ['a lot', undefined],
    ['1.250,00', undefined],
    ['12,50', undefined],
  ])('%s is %s', (text, expected) => expect(readAmount(text)).toBe(expected))
})

describe('a number of the payer', () => {
  it.each(['PA-1', 'HM-771', '000123', 'a1'])('%s is one', (text) => expect(isRealNumber(text)).toBe(true))
  // Bug: two requests “pending” were the same one.
  it.each(['none', 'pending', 'N/A', 'n/a', 'TBD', '-', '0', '000', '', 'see notes', 'verbal', '1.2E+11'])(
    '“%s” is none',
    (text) => expect(isRealNumber(text)).toBe(false),
  )
  it('nothing is nothing, and a word is something', () => {
    expect([isNothing(' -- '), isNothing('N.A.'), isNothing('no'), isNothing('Harbor')]).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

it.each([
  ['OR', 'OR'],
  ['or', 'OR'],
  ['Oregon', 'OR'],
  ['D.C.', 'DC'],
  ['new  york', 'NY'],
  ['Orgon', undefined],
  ['', undefined],
])('the state “%s” is %s', (text, expected) => expect(stateOf(text)).toBe(expected))
