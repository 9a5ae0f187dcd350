// Reversals of more than was ever paid, each posted against the warning: they take back what stands and no more.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { caseMoney, type MoneyDecision } from '#core/case/case-money.ts'

const CHARGE = 85000
type Said = readonly [paid: number, off: number, patient: number]

/** One EOB on one service, in cents; `sign` −1: its reversal. */
function eob([paid, off, patient]: Said, sign: 1 | -1 = 1): MoneyDecision {
  const line = {
    service: 's1',
    billedCents: sign * (paid + off + patient),
    paidCents: sign * paid,
    writeOffCents: sign * off,
    patientCents: sign * patient,
    outcome: sign === 1 ? ('paid' as const) : ('reversed' as const),
    adjustments: [],
  }
  return {
    claimId: 'c1',
    coverageId: 'first',
    order: 'primary',
    lines: [line],
    adjustments: [],
    paidAtClaimCents: 0,
  }
}
const settle = (decisions: MoneyDecision[]) =>
  caseMoney({
    feeCents: CHARGE,
    expectedPlanCents: null,
    decisions,
    replacedClaimIds: [],
    charges: new Map([['s1', CHARGE]]),
    settled: new Map(),
  })
const nothingStands = { writeOffCents: 0, patientCents: 0, excessCents: 0 }

// Bug: a second reversal of one payment left a write-off and a patient’s share below nothing: “the patient gets $1,200.00 back”.
it('what is paid goes below nothing, and the rest is open', () => {
  const [first, other]: Said[] = [
    [20000, 5000, 60000],
    [50000, 5000, 30000],
  ]
  const back = () => eob(first!, -1)
  expect(settle([eob(first!), back(), back()])).toMatchObject({
    ...nothingStands,
    paidCents: -20000,
    openCents: 105000,
  })
  // As money under fire met it: the other payment was dated before the reversals.
  const found = [eob(first!), eob(other!), back(), back(), back(), back()]
  expect(settle(found)).toMatchObject({ ...nothingStands, paidCents: -10000, openCents: 95000 })
  // What is decided after them stands as it says.
  expect(settle([...found, eob([40000, 15000, 30000])])).toMatchObject({
    paidCents: 30000,
    writeOffCents: 15000,
    patientCents: 30000,
    openCents: 10000,
  })
})
it('a reversal of a part that takes off more than stands leaves nothing standing', () => {
  const more = eob([10000, 6000, 26500], -1)
  expect(settle([eob([20000, 5000, 60000]), more])).toMatchObject({
    ...nothingStands,
    paidCents: 10000,
    openCents: 75000,
  })
})
it('once all is reversed, further reversals move what is paid and what is open, and nothing else', () => {
  const percent = fc.integer({ min: 1, max: 100 })
  const said = fc.tuple(percent, percent).map(([of, rest]): Said => {
    const paid = (CHARGE / 100) * of
    const off = Math.round(((CHARGE - paid) * rest) / 100)
    return [paid, off, CHARGE - paid - off]
  })
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(), { maxLength: 5 }), (all, again) => {
      const more = again.map((at) => all[at % all.length]!)
      const reversed = [...all].reverse().map((one) => eob(one, -1))
      const paidCents = more.reduce((sum, [paid]) => sum - paid, 0)
      expect(settle([...all.map((one) => eob(one)), ...reversed, ...more.map((one) => eob(one, -1))])).toMatchObject({
        ...nothingStands,
        paidCents,
        openCents: CHARGE - paidCents,
      })
    }),
    { numRuns: 300 },
  )
})
