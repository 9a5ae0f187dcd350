// The money column: a denial is not a write-off, a second EOB does not double the patient's share.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseMoney, type Decision } from '#core/case/money.ts'

type Line = Decision['lines'][number]
const line = (change: Partial<Line>): Line => ({
  claimLineId: 'l1',
  code: 'D3353',
  tooth: '8',
  billedCents: 125000,
  paidCents: 0,
  writeOffCents: 0,
  patientCents: 0,
  outcome: 'paid',
  ...change,
})
const eob = (change: Partial<Line>, claimId = 'c1', coverageId = 'first'): Decision => ({
  claimId,
  coverageId,
  adjustments: [],
  lines: [line(change)],
})
const money = (decisions: Decision[], replacedClaimIds: string[] = []) =>
  caseMoney({ feeCents: 125000, expectedPlanCents: 64000, decisions, replacedClaimIds })
const denied = eob({ outcome: 'denied' })
const paid = { paidCents: 64000, writeOffCents: 40000, patientCents: 21000 }

describe('money of a case', () => {
  it('before an EOB all is open and the patient’s share is estimated', () => {
    expect(money([])).toMatchObject({ openCents: 125000, patientCents: 61000, paidCents: 0 })
  })
  it('a paid line leaves nothing open', () => {
    expect(money([eob(paid)])).toMatchObject({ ...paid, openCents: 0 })
  })
  it('a denial that can be appealed stays open instead of looking written off', () => {
    expect(money([denied])).toMatchObject({ openCents: 125000, writeOffCents: 0, patientCents: 0 })
  })
  it('the payment after an appeal takes the place of the denial’s shares', () => {
    expect(money([eob({ outcome: 'denied', patientCents: 125000 }), eob(paid)])).toMatchObject({
      ...paid,
      openCents: 0,
    })
  })
  it('a corrected claim takes the place of the replaced one, payments stay', () => {
    const first = eob({ paidCents: 10000, writeOffCents: 40000, patientCents: 75000 })
    const second = eob({ paidCents: 54000, writeOffCents: 40000, patientCents: 21000 }, 'c2')
    expect(money([first, second], ['c1'])).toMatchObject({ ...paid, openCents: 0 })
  })
  it('a reversal and the new decision net out', () => {
    const back = eob({
      billedCents: -125000,
      paidCents: -64000,
      writeOffCents: -40000,
      patientCents: -21000,
      outcome: 'reversed',
    })
    expect(money([eob(paid), back])).toMatchObject({
      paidCents: 0,
      writeOffCents: 0,
      patientCents: 0,
      openCents: 125000,
    })
    const again = eob({ paidCents: 50000, writeOffCents: 40000, patientCents: 35000 })
    expect(money([eob(paid), back, again])).toMatchObject({ paidCents: 50000, patientCents: 35000, openCents: 0 })
  })
  // Bug: after a corrected claim to the first plan the patient was asked for what the second had paid already.
  it('a corrected claim to the first plan leaves the second the last to say what the patient owes', () => {
    const first = eob({ paidCents: 70000, writeOffCents: 30000, patientCents: 25000 })
    const second = eob({ paidCents: 20000, patientCents: 5000 }, 'c2', 'second')
    const corrected = eob({ paidCents: 75000, writeOffCents: 30000, patientCents: 20000 }, 'c3')
    const back = eob({
      billedCents: -125000,
      paidCents: -70000,
      writeOffCents: -30000,
      patientCents: -25000,
      outcome: 'reversed',
    })
    expect(money([first, second, back, corrected], ['c1'])).toMatchObject({ paidCents: 95000, patientCents: 5000 })
  })
  it('C10: with two plans the patient owes what the second leaves, the contract counts once', () => {
    const first = eob({ paidCents: 40000, writeOffCents: 45000, patientCents: 40000 })
    const second = eob({ paidCents: 40000, writeOffCents: 45000, patientCents: 0 }, 'c2', 'second')
    expect(money([first, second])).toMatchObject({
      paidCents: 80000,
      writeOffCents: 45000,
      patientCents: 0,
      openCents: 0,
    })
  })
  it('an estimate is no money', () => {
    expect(money([eob({ ...paid, paidCents: 0, outcome: 'predetermined' })])).toMatchObject({ openCents: 125000 })
  })
  it('no cent is lost or counted twice', () => {
    const cents = fc.integer({ min: 0, max: 125000 })
    const decision = fc
      .record({ paidCents: cents, writeOffCents: cents, patientCents: cents })
      .chain((shares) => fc.constantFrom(eob(shares), eob(shares, 'c2'), eob(shares, 'c3', 'second')))
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 5 }), (decisions) => {
        const { feeCents, paidCents, writeOffCents, patientCents, openCents } = money(decisions)
        expect(writeOffCents).toBeGreaterThanOrEqual(0)
        if (decisions.length > 0) expect(paidCents + writeOffCents + patientCents! + openCents).toBe(feeCents)
      }),
    )
  })
})
