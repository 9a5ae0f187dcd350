// The dated reason tables: every code that the packs name has words and an action, and what no table knows is shown as it is.
import { describe, expect, it } from 'vitest'
import { decideLine } from '#core/remittance/outcome.ts'
import { explain, readTables } from '#core/remittance/tables.ts'
import carc from '../../../assets/codes/carc.json' with { type: 'json' }
import rarc from '../../../assets/codes/rarc.json' with { type: 'json' }

const tables = readTables(carc, rarc)
/** procedures-b.md part 2 B with the denials of its guides, and the reasons of the desk cases. */
const CARCS =
  '4 15 16 17 18 22 23 24 28 30 38 42 45 46 47 48 50 57 62 65 96 97 107 119 120 125 129 131 133 136 138 141 148 150 151 152 153 154 165 167 168 169 181 185 194 196 197 198 204 225 226 227 234 250 251 252 253 254 269 270 272 273 284 285 286 287 288 289 290 291 302 A1 B5 B7 B8 B15 B18 D1 D23'
const RARCS =
  'MA13 MA130 M62 N4 N14 N29 N37 N39 N40 N41 N66 N102 N129 N138 N156 N163 N183 N203 N346 N353 N360 N362 N390 N397 N401 N402 N416 N439 N483 N484 N506 N514 N633 N640 N674 N682 N683 N735 N753 N849 N850 N915 N921 N927 N928 N929 N930 N931 N933 N939 N940'
/** The remarks that bill the patient or end in a write-off: a code joins only where its own words say who owes what. */
const MONEY = 'M15 M80 M144 MA47 MA56 N12 N19 N20 N30 N124 N128 N135 N216 N383 N390 N525 N536 N835 N849 N881 N921'

describe('every named code', () => {
  it.each([
    ['carc', CARCS],
    ['rarc', RARCS],
  ] as const)('%s: has words and an action', (kind, codes) => {
    const unknown = codes.split(' ').filter((code) => {
      const { known, plain, actions, source } = explain(tables, kind, code)
      return !known || plain === '' || actions.length === 0 || !/20\d\d-\d\d-\d\d/.test(source)
    })
    expect(unknown).toEqual([])
  })
  // The public copy of 2026-08-17 has 1 to 308, A0 to A8, B1 to B23, D1 to D23, P1 to P32, W1 to W9 and Y1 to Y3.
  it('so has every reason there is, and an old one says what it meant', () => {
    const all = [
      ...Array.from({ length: 308 }, (_, at) => `${at + 1}`),
      ...Object.entries({ A: 8, B: 23, D: 23, P: 32, W: 9, Y: 3 }).flatMap(([letter, last]) =>
        Array.from({ length: last }, (_, at) => `${letter}${at + 1}`),
      ),
      'A0',
    ]
    const wordless = all.filter((code) => {
      const { known, plain, actions, retired } = explain(tables, 'carc', code)
      return !known || actions.length === 0 || (retired && !/^Old code: \w/.test(plain))
    })
    expect(wordless).toEqual([])
    expect(carc).toHaveLength(all.length)
  })
  // The public copy of 2026-08-17 has M1 to M144, MA01 to MA134 and N1 to N940 without N813 and N814.
  it('so has every remark there is, and an old one says what it meant', () => {
    const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1)
    const all = [
      ...upTo(144).map((number) => `M${number}`),
      ...upTo(134).map((number) => `MA${`${number}`.padStart(2, '0')}`),
      ...upTo(940)
        .filter((number) => number !== 813 && number !== 814)
        .map((number) => `N${number}`),
    ]
    const wordless = all.filter((code) => {
      const { known, plain, actions, retired } = explain(tables, 'rarc', code)
      return !known || actions.length === 0 || (retired && !/^Old code: \w/.test(plain))
    })
    expect(wordless).toEqual([])
    expect(rarc).toHaveLength(all.length)
  })
  // Two codes with the same words hide which of two documents or fields the payer means.
  it.each([
    ['reasons', carc],
    ['remarks', rarc],
  ])('no two %s share their words, and all of them fit on a line', (_, rows) => {
    const words = rows.map(({ plain }) => plain.toLowerCase())
    expect(words.filter((plain, at) => words.indexOf(plain) !== at)).toEqual([])
    expect(words.filter((plain) => plain.length > 90)).toEqual([])
  })
  // An alert only informs: it must neither bill, write off nor give a denial its cause. Only these plainly say who owes what.
  it('no alert moves money, and few remarks do', () => {
    const money = rarc.filter(({ actions }) => actions.includes('WO') || actions.includes('BILL'))
    expect(money.filter(({ alert }) => alert)).toEqual([])
    expect(rarc.filter(({ alert, cause }) => alert && cause !== null)).toEqual([])
    expect(money.map(({ code }) => code).join(' ')).toBe(MONEY)
  })
  it('stands once', () => {
    for (const rows of [carc, rarc]) expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length)
  })
  it('what the table does not know is shown as such, and moves no cent', () => {
    expect(explain(tables, 'carc', '999', 'CO')).toMatchObject({ known: false, actions: ['VER'] })
  })
  // Only a closed list comes off at once: a table that grows must not write anything off.
  it('no reason but 24, 45, 131 and 253 under CO is written off by itself', () => {
    const written = carc.filter(({ code }) => {
      const adjustments = [{ group: 'CO' as const, carc: code, cents: 10000 }]
      const line = {
        claimLineId: null,
        code: 'D2740',
        submittedCode: null,
        tooth: null,
        billedCents: 10000,
        allowedCents: null,
      }
      const amounts = { deductibleCents: 0, coinsuranceCents: 0, paidCents: 0 }
      return decideLine(tables, '', { ...line, ...amounts, adjustments, remarks: [] }).writeOffCents !== 0
    })
    expect(written.map(({ code }) => code).sort()).toEqual(['131', '24', '253', '45'])
  })
})

describe('desk case E8: capitation', () => {
  it('CO-24 is said to be covered by the contract, and the copay is billed', () => {
    const adjustments = [
      { group: 'CO' as const, carc: '24', cents: 80000 },
      { group: 'PR' as const, carc: '3', cents: 5000 },
    ]
    const line = {
      claimLineId: null,
      code: 'D2740',
      submittedCode: null,
      tooth: '3',
      billedCents: 85000,
      allowedCents: null,
    }
    const amounts = { deductibleCents: 0, coinsuranceCents: 0, paidCents: 0 }
    const decided = decideLine(tables, '', { ...line, ...amounts, adjustments, remarks: [] })
    expect(decided).toMatchObject({
      outcome: 'patient_only',
      writeOffCents: 80000,
      patientCents: 5000,
      differenceCents: 0,
    })
    expect(decided.advice.map(({ action, why }) => [action, why])).toEqual([
      ['BILL', 'The patient’s: $50.00'],
      ['WO', 'By contract: $800.00'],
    ])
    expect(decided.meanings.every(({ known }) => known)).toBe(true)
  })
  // Under PR the contract takes nothing off.
  it.each(['24', '45', '97'])('PR-%s is billed, never written off', (code) => {
    expect(explain(tables, 'carc', code, 'PR').actions).toContain('BILL')
    expect(explain(tables, 'carc', code, 'PR').actions).not.toContain('WO')
  })
})
