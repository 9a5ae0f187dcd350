// From a remittance file to the books: what balances stays balanced, and a reversal takes everything back to exactly zero.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseMoney } from '#core/case/case-money.ts'
import type { ClaimId } from '#core/ids.ts'
import { fromEra, readLineControl } from '#core/remittance/from-era.ts'
import { decideRemittance } from '#core/remittance/outcome.ts'
import { readTables } from '#core/remittance/tables.ts'
import { readWholeEra } from '#core/x12/era-read.ts'
import { eraFile, type EraClaimSpec } from '#host/demo/era-file.ts'

const read = (name: string): unknown => JSON.parse(readFileSync(`assets/codes/${name}.json`, 'utf8'))
const tables = readTables(read('carc'), read('rarc'))
const CODES = ['D3353', 'D3351', 'D0220']
const ours = {
  id: '00000000-0000-4000-8000-0000000000c1' as ClaimId,
  number: 'CW0000000001',
  lines: CODES.map((code, at) => ({
    id: `00000000-0000-4000-8000-00000000000${at + 1}`,
    code,
    tooth: '8',
    feeCents: 0,
    quantity: 1,
  })),
}
const PAYMENT = { trace: 'T1', method: 'ACH', date: '2026-11-20', producedOn: '2026-11-20' }

/** A line whose charge is exactly what is paid and adjusted. */
const line = fc
  .record({
    paid: fc.integer({ min: 0, max: 200000 }),
    cas: fc.array(
      fc.record({
        group: fc.constantFrom('CO', 'PR', 'OA', 'PI'),
        carc: fc.constantFrom('1', '2', '45', '97', '252', '119', 'B15'),
        cents: fc.integer({ min: 1, max: 90000 }),
      }),
      { maxLength: 7 },
    ),
  })
  .map(({ paid, cas }) => ({ paid, cas, charge: paid + cas.reduce((sum, one) => sum + one.cents, 0) }))
const claim = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  atClaim: fc.integer({ min: 0, max: 5000 }),
  /** Where an adjustment at the claim shows: the lines' payments are reduced by it already, or only the claim's is (X12's own shape). */
  isReduced: fc.boolean(),
})
type Claim = typeof claim extends fc.Arbitrary<infer One> ? One : never

function specOf({ lines, atClaim, isReduced }: Claim, sign: 1 | -1): EraClaimSpec {
  const dollars = (cents: number) => (sign * cents) / 100
  const more = isReduced ? atClaim : 0
  return {
    number: ours.number,
    status: sign === 1 ? '1' : '22',
    cas: atClaim > 0 ? [`CO:45:${dollars(atClaim)}`] : [],
    charge: dollars(lines.reduce((sum, one) => sum + one.charge, 0) + more),
    paid: dollars(lines.reduce((sum, one) => sum + one.paid, 0) + more - atClaim),
    lines: lines.map((one, at) => ({
      code: CODES[at]!,
      charge: dollars(one.charge + (at === 0 ? more : 0)),
      paid: dollars(one.paid),
      cas: one.cas.map(({ group, carc, cents }) => `${group}:${carc}:${dollars(cents)}`),
      id: `${ours.number}-${at + 1}`,
    })),
  }
}
function posted(spec: EraClaimSpec) {
  const [payment] = readWholeEra(eraFile({ trace: 'T1', claims: [spec] })).payments
  const made = fromEra(payment!.claims[0]!, ours, PAYMENT, '2026-11-23')
  if ('reason' in made) throw new Error(made.reason)
  let id = 0
  const decided = decideRemittance(tables, made.input, () => String((id += 1)))
  return { era: payment!, input: made.input, decided }
}
const decisionOf = ({ input, decided }: ReturnType<typeof posted>) => ({
  claimId: ours.id,
  coverageId: 'first',
  order: 'primary' as const,
  adjustments: input.adjustments,
  paidAtClaimCents: input.paidAtClaimCents,
  lines: decided.lines.map((each) => ({ ...each, service: each.claimLineId! })),
})

describe('posting', () => {
  it('keeps every balanced remittance balanced, and posts what the claim was paid', () => {
    fc.assert(
      fc.property(claim, (one) => {
        const { era, decided } = posted(specOf(one, 1))
        expect(era.claims[0]!.balanced).toBe(true)
        expect(decided.differenceCents).toBe(0)
        expect(decided.paidCents).toBe(era.claims[0]!.paidCents)
      }),
      { numRuns: 200 },
    )
  })
  it('a reversal takes it back to exactly zero', () => {
    fc.assert(
      fc.property(claim, (one) => {
        fc.pre(one.lines.every((each) => each.charge > 0) && specOf(one, 1).paid! >= 0)
        const fee = Math.round(specOf(one, 1).charge! * 100)
        const decisions = [posted(specOf(one, 1)), posted(specOf(one, -1))].map(decisionOf)
        const known = { charges: new Map<string, number>(), settled: new Map() }
        const rest = { expectedPlanCents: null, replacedClaimIds: [], ...known }
        const money = caseMoney({ feeCents: fee, decisions, ...rest })
        expect(money).toMatchObject({ paidCents: 0, writeOffCents: 0, patientCents: 0, openCents: fee })
      }),
      { numRuns: 200 },
    )
  })
})
describe('what cannot be posted by itself', () => {
  const reasonOf = (text: string) => fromEra(readWholeEra(text).payments[0]!.claims[0]!, ours, PAYMENT, '2026-11-23')
  const one = { charge: 10, paid: 10 }
  it.each([
    [
      'an unreadable amount',
      eraFile({ trace: 'T', claims: [{ number: 'X', lines: [one] }] }).replace('*10*10**1', '*10*ten**1'),
      /cannot be read/,
    ],
    [
      'a medical code',
      eraFile({ trace: 'T', claims: [{ number: 'X', lines: [{ ...one, code: '99213' }] }] }),
      /not a dental code/,
    ],
    [
      'no lines for several of ours',
      eraFile({ trace: 'T', claims: [{ number: 'X', charge: 10, paid: 10, lines: [] }] }),
      /names no lines/,
    ],
    [
      'a group of 4010',
      eraFile({ trace: 'T', claims: [{ number: 'X', lines: [{ charge: 20, paid: 10, cas: ['CR:45:10'] }] }] }),
      /not a known adjustment/,
    ],
  ])('%s is entered by hand', (_, text, reason) =>
    expect(reasonOf(text)).toEqual({ reason: expect.stringMatching(reason) }),
  )
  // Bug: a payer's unsigned reversal was posted as a second payment.
  it('a reversal with positive amounts is entered by hand, never added as a payment', () => {
    const text = eraFile({ trace: 'T', claims: [{ number: 'X', status: '22', lines: [one] }] })
    expect(fromEra(readWholeEra(text).payments[0]!.claims[0]!, ours, PAYMENT, '2026-11-23')).toEqual({
      reason: expect.stringContaining('by hand'),
    })
  })
  it('without lines a claim of one line is exact', () => {
    const text = eraFile({ trace: 'T', claims: [{ number: 'X', charge: 10, paid: 4, cas: ['CO:45:6'], lines: [] }] })
    const single = { ...ours, lines: ours.lines.slice(0, 1) }
    expect(fromEra(readWholeEra(text).payments[0]!.claims[0]!, single, PAYMENT, '2026-11-23')).toMatchObject({
      input: {
        lines: [
          {
            claimLineId: ours.lines[0]!.id,
            billedCents: 1000,
            paidCents: 400,
            adjustments: [{ carc: '45', cents: 600 }],
          },
        ],
        adjustments: [],
      },
    })
  })
  it('a payment dated tomorrow counts from the day it was made', () => {
    const text = eraFile({ trace: 'T', claims: [{ number: 'X', lines: [one] }] })
    expect(
      fromEra(readWholeEra(text).payments[0]!.claims[0]!, ours, { ...PAYMENT, date: '2026-12-01' }, '2026-11-23'),
    ).toMatchObject({ input: { eobDate: '2026-11-20' } })
  })
})
it('reads its own line ids only', () => {
  expect(readLineControl('CW0000000001-12')).toEqual({ number: 'CW0000000001', place: 12 })
  expect(readLineControl('L000000451')).toBeNull()
})
