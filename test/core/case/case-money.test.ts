// The money column: a denial is not a write-off, a second EOB does not double the patient's share.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseMoney, type MoneyDecision } from '#core/case/case-money.ts'
import { standingOf } from '#core/remittance/standing.ts'

type Line = MoneyDecision['lines'][number]
const line = (change: Partial<Line>): Line => ({
  service: 's1',
  adjustments: [],
  billedCents: 125000,
  paidCents: 0,
  writeOffCents: 0,
  patientCents: 0,
  outcome: 'paid',
  ...change,
})
const eob = (change: Partial<Line>, claimId = 'c1', coverageId = 'first'): MoneyDecision => ({
  claimId,
  coverageId,
  order: coverageId === 'second' ? 'secondary' : 'primary',
  adjustments: [],
  paidAtClaimCents: 0,
  lines: [line(change)],
})
const charges = new Map([['s1', 125000]])
const money = (decisions: MoneyDecision[], replacedClaimIds: string[] = []) =>
  caseMoney({ feeCents: 125000, expectedPlanCents: 64000, decisions, replacedClaimIds, charges, settled: new Map() })
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
  // Bug: after a corrected claim to the first plan the patient was asked for what the plans had paid already.
  it('a corrected claim to the first plan leaves the second the last to speak, and no more to the patient than is left', () => {
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
    expect(money([first, second, back, corrected], ['c1'])).toMatchObject({
      paidCents: 95000,
      writeOffCents: 30000,
      patientCents: 0,
      openCents: 0,
      capped: expect.stringContaining('A plan put $50.00 on the patient'),
    })
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
  it('whichever plan spoke first: the order of the plans decides, not that of their EOBs', () => {
    const first = eob({ paidCents: 70000, writeOffCents: 30000, patientCents: 25000 })
    const second = eob({ paidCents: 20000, patientCents: 5000 }, 'c2', 'second')
    expect(money([second, first])).toEqual(money([first, second]))
  })
  // Bug: −$50.00 of a write-off was cut to 0, and the office looked 50.00 short.
  it('a negative write-off is no error to hide', () => {
    expect(money([eob({ paidCents: 130000, writeOffCents: -5000 })])).toMatchObject({ openCents: 0, excessCents: 0 })
  })
  it('what the second plan takes off comes on top of the first’s where it says so (OA-23)', () => {
    const first = eob({ paidCents: 64000, writeOffCents: 40000, patientCents: 21000 })
    const earlier = { group: 'OA' as const, carc: '23', cents: 104000 }
    const second = eob({ paidCents: 10000, writeOffCents: 11000, adjustments: [earlier] }, 'c2', 'second')
    expect(money([first, second])).toMatchObject({ writeOffCents: 51000, patientCents: 0, openCents: 0 })
  })
  it('one line’s surplus does not hide behind what another leaves open', () => {
    const both: MoneyDecision = {
      ...eob({ paidCents: 130000 }),
      lines: [line({ paidCents: 130000 }), line({ service: 's2', billedCents: 5000 })],
    }
    expect(money([both])).toMatchObject({ excessCents: 5000 })
  })

  /** A balanced EOB on one or two services, its claim-level share, or the reversal of the newest one that stands. */
  const shares = fc.record({
    paid: fc.integer({ min: 0, max: 100 }),
    contract: fc.integer({ min: 0, max: 50 }),
    patient: fc.integer({ min: 0, max: 50 }),
    atClaim: fc.boolean(),
    outcome: fc.constantFrom('paid', 'denied', 'pended', 'repeated'),
    plan: fc.constantFrom('first', 'second'),
    services: fc.constantFrom(['s1'], ['s2'], ['s1', 's2']),
    back: fc.boolean(),
  })
  const CHARGES = new Map([
    ['s1', 20000],
    ['s2', 8000],
  ])
  function toDecision({
    services,
    plan,
    atClaim,
    ...one
  }: typeof shares extends fc.Arbitrary<infer T> ? T : never): MoneyDecision {
    const decides = one.outcome === 'paid'
    const lines = services.map((service) => {
      const billedCents = CHARGES.get(service)!
      const part = (percent: number) => (decides ? Math.floor((billedCents * percent) / 200) : 0)
      const patientCents = atClaim ? 0 : part(one.patient)
      const outcome = one.outcome as Line['outcome']
      return line({
        service,
        billedCents,
        paidCents: part(one.paid),
        writeOffCents: part(one.contract),
        patientCents,
        outcome,
      })
    })
    const cents = decides ? one.patient : 0
    return {
      claimId: plan,
      coverageId: plan,
      order: plan === 'first' ? 'primary' : 'secondary',
      lines,
      ...(atClaim && decides
        ? { adjustments: [{ group: 'PR' as const, carc: '1', cents }], paidAtClaimCents: -cents }
        : { adjustments: [], paidAtClaimCents: 0 }),
    }
  }
  const negated = (one: MoneyDecision): MoneyDecision => ({
    ...one,
    paidAtClaimCents: -one.paidAtClaimCents,
    adjustments: one.adjustments.map((each) => ({ ...each, cents: -each.cents })),
    lines: one.lines.map((each) => ({
      ...each,
      billedCents: -each.billedCents,
      paidCents: -each.paidCents,
      outcome: 'reversed' as const,
      writeOffCents: -each.writeOffCents,
      patientCents: -each.patientCents,
    })),
  })
  const settle = (decisions: MoneyDecision[]) =>
    caseMoney({
      feeCents: 28000,
      expectedPlanCents: null,
      decisions,
      replacedClaimIds: [],
      charges: CHARGES,
      settled: new Map(),
    })
  const total = (one: ReturnType<typeof settle>) =>
    one.paidCents + one.writeOffCents + (one.patientCents ?? 0) + one.openCents
  it('over histories of two plans money is conserved, and nobody owes more than the plans left', () => {
    fc.assert(
      fc.property(fc.array(shares, { maxLength: 6 }), (history) => {
        const decisions = history.map(toDecision)
        const result = settle(decisions)
        expect(total(result)).toBe(28000)
        const left = 28000 - result.paidCents - result.writeOffCents
        expect(result.patientCents ?? 0).toBeLessThanOrEqual(Math.max(0, left) + result.excessCents)
      }),
      { numRuns: 500 },
    )
  })
  it('a decision and its reversal leave what stood before them', () => {
    fc.assert(
      fc.property(shares, shares, (one, other) => {
        const [before, now] = [toDecision(one), toDecision({ ...other, outcome: 'paid' })]
        const after = settle([before, now, negated(now)])
        expect(total(after)).toBe(28000)
        // What the reversal takes back is gone for good: what stood before the decision was replaced by it.
        expect(after.paidCents).toBe(settle([before]).paidCents)
      }),
      { numRuns: 300 },
    )
  })
  // Bug: one share at a claim made the whole case one account; a later plan that spoke on one service spoke on all.
  it('what a second plan says of one service leaves the patient’s share of the others', () => {
    const both = (change: Partial<MoneyDecision>, lines: Line[]): MoneyDecision => ({ ...eob({}), ...change, lines })
    const [s1, s2] = [
      { service: 's1', billedCents: 20000 },
      { service: 's2', billedCents: 8000 },
    ]
    const atClaim = { paidAtClaimCents: -1000, adjustments: [{ group: 'PR' as const, carc: '1', cents: 1000 }] }
    const lines = [
      line({ ...s1, paidCents: 12000, patientCents: 8000 }),
      line({ ...s2, paidCents: 5000, patientCents: 3000 }),
    ]
    const second = { claimId: 'c2', coverageId: 'second', order: 'secondary' as const }
    const later = both(second, [line({ ...s1, paidCents: 8000 }), line({ ...s2, outcome: 'pended' })])
    expect(settle([both({}, lines), later])).toMatchObject({ patientCents: 3000, openCents: 0 })
    expect(settle([both(atClaim, lines), later])).toMatchObject({ patientCents: 4000, openCents: 0 })
  })
  describe('A10: a share at a claim of several lines, of which one is decided later', () => {
    const [s1, s2] = [
      { service: 's1', billedCents: 20000 },
      { service: 's2', billedCents: 8000 },
    ]
    const cas = (...of: [group: 'PR' | 'CO', carc: string, cents: number][]) =>
      of.map(([group, carc, cents]) => ({ group, carc, cents }))
    const both = (change: Partial<MoneyDecision>, lines: Line[]): MoneyDecision => ({ ...eob({}), ...change, lines })
    const later = both({}, [
      line({
        ...s1,
        paidCents: 9000,
        writeOffCents: 5000,
        patientCents: 6000,
        adjustments: cas(['CO', '45', 5000], ['PR', '2', 6000]),
      }),
    ])
    // Bug: the whole share fell with its first line, and 80.00 of the other were open though nothing about it was decided.
    it('gives up the part of that line where both parts are known, and no more', () => {
      const first = both({ adjustments: cas(['PR', '1', 28000]) }, [line(s1), line(s2)])
      expect(settle([first])).toMatchObject({ patientCents: 28000, openCents: 0 })
      expect(settle([first, later])).toMatchObject({
        paidCents: 9000,
        writeOffCents: 5000,
        patientCents: 14000,
        openCents: 0,
      })
      const other = both({}, [line({ ...s2, paidCents: 8000 })])
      expect(settle([first, later, other])).toMatchObject({ paidCents: 17000, patientCents: 6000, openCents: 0 })
      expect(settle([first, other, later])).toEqual(settle([first, later, other]))
    })
    // Bug: the share kept the part of a line that was taken back; nothing looked open.
    it('gives up the part of a line that is taken back', () => {
      const first = both({ adjustments: cas(['PR', '1', 28000]) }, [line(s1), line(s2)])
      const back = both({}, [
        line({
          service: 's1',
          billedCents: -20000,
          patientCents: -20000,
          outcome: 'reversed',
          adjustments: cas(['PR', '1', -20000]),
        }),
      ])
      expect(settle([first, back])).toMatchObject({ patientCents: 8000, openCents: 20000, capped: '' })
    })
    it('keeps all of it where the line lost nothing to it, and nothing where it lost all', () => {
      const reasons = cas(['CO', '45', 3000], ['PR', '1', 5000])
      const first = both({ adjustments: reasons }, [line({ ...s1, paidCents: 20000 }), line(s2)])
      const again = both({}, [
        line({ ...s1, paidCents: 0, writeOffCents: 20000, adjustments: cas(['CO', '45', 20000]) }),
      ])
      expect(settle([first, again])).toMatchObject({ writeOffCents: 23000, patientCents: 5000 })
      const second = both({}, [line({ ...s2, paidCents: 8000 })])
      expect(settle([first, second])).toMatchObject({
        paidCents: 28000,
        writeOffCents: 0,
        patientCents: 0,
        openCents: 0,
      })
    })
    // Bug: −50.00 stayed paid at the claim while its reason fell: 50.00 were open.
    it('stands until the last line is decided where the lines add up without it', () => {
      const first = both({ paidAtClaimCents: -5000, adjustments: cas(['PR', '1', 5000]) }, [
        line({ ...s1, paidCents: 20000 }),
        line({ ...s2, paidCents: 8000 }),
      ])
      const back = both({}, [line({ service: 's1', billedCents: -20000, paidCents: -20000, outcome: 'reversed' })])
      // Whether the line's own payment holds a part of it nobody can say: a person is asked, once.
      expect(standingOf([first, back, later], (service) => CHARGES.get(service)!).unclear).toHaveLength(1)
      expect(settle([first, back, later])).toMatchObject({
        paidCents: 12000,
        writeOffCents: 5000,
        patientCents: 11000,
        openCents: 0,
      })
    })
    it('is open where nobody can say of which kind the rest is, and a person is asked', () => {
      const reasons = cas(['CO', '45', 18000], ['PR', '1', 10000])
      const first = both({ adjustments: reasons }, [line(s1), line(s2)])
      expect(settle([first, later])).toMatchObject({ writeOffCents: 5000, patientCents: 6000, openCents: 8000 })
      const charge = (service: string) => CHARGES.get(service)!
      expect(standingOf([first], charge).unclear).toEqual([])
      expect(standingOf([first, later], charge).unclear).toMatchObject([{ adjustments: reasons }])
    })
    // Bug: a share reached a line that its EOB left under review, and fell when that line was decided.
    it('is none of a line that was under review', () => {
      const first = both({ paidAtClaimCents: -5000, adjustments: cas(['PR', '1', 5000]) }, [
        line({ ...s1, outcome: 'pended' }),
        line({ ...s2, paidCents: 8000 }),
      ])
      expect(settle([first, later])).toMatchObject({ paidCents: 12000, patientCents: 11000, openCents: 0 })
    })
  })
  // Bug: a reversal that came late took back the decision that stood, not the one it names.
  it('a reversal takes back its own decision, also when another stands by then', () => {
    const [first, second] = [eob({ writeOffCents: 25000, patientCents: 100000 }), eob(paid)]
    expect(money([first, second, negated(first)])).toMatchObject({ ...paid, openCents: 0 })
    expect(money([first, second, negated(second)])).toMatchObject({
      writeOffCents: 25000,
      patientCents: 100000,
      openCents: 0,
    })
  })
  it('a reversal under other groups takes back the half that it names by charge and payment', () => {
    const half = { billedCents: 62500, paidCents: 32000, writeOffCents: 20000, patientCents: 10500 }
    const back = {
      ...negated(eob(half)),
      lines: [line({ billedCents: -62500, paidCents: -32000, outcome: 'reversed' })],
    }
    expect(money([eob(half), eob(half), back])).toMatchObject({
      paidCents: 32000,
      writeOffCents: 20000,
      patientCents: 10500,
    })
  })
  // Bug: a denial that repeats the contract's share wiped the deductible.
  it('a denial of $0 does not undo a decision, with or without the contract’s share', () => {
    const first = eob({ writeOffCents: 25000, patientCents: 100000 })
    const denial = eob({ outcome: 'denied', writeOffCents: 25000 })
    expect(money([first, denial])).toMatchObject({ writeOffCents: 25000, patientCents: 100000, openCents: 0 })
  })
  it('the same shares at the lines or at the claim come to the same', () => {
    fc.assert(
      fc.property(fc.array(shares, { maxLength: 4 }), (history) => {
        const all = history.map((one) => ({ ...one, services: ['s1', 's2'] as const, outcome: 'paid' as const }))
        const atLines = all.map((one) => toDecision({ ...one, atClaim: false }))
        const moved = atLines.map((one): MoneyDecision => {
          const cents = one.lines.reduce((sum, each) => sum + each.patientCents, 0)
          const lines = one.lines.map((each) => ({
            ...each,
            patientCents: 0,
            paidCents: each.paidCents + each.patientCents,
          }))
          return { ...one, lines, adjustments: [{ group: 'PR', carc: '1', cents }], paidAtClaimCents: -cents }
        })
        const [wanted, result] = [settle(atLines), settle(moved)]
        fc.pre(wanted.capped === '' && result.capped === '')
        expect(result).toEqual(wanted)
      }),
      { numRuns: 300 },
    )
  })
  it('a duplicate or a pend changes nothing, wherever it comes', () => {
    const notice = shares.map((one) =>
      toDecision({ ...one, outcome: one.outcome === 'pended' ? 'pended' : 'repeated' }),
    )
    fc.assert(
      fc.property(fc.array(shares, { maxLength: 4 }), notice, fc.nat({ max: 4 }), (history, silent, at) => {
        const decisions = history.map(toDecision)
        const { patientCents, ...rest } = settle([...decisions.slice(0, at), silent, ...decisions.slice(at)])
        expect({ ...rest, patientCents: patientCents ?? 0 }).toEqual({
          ...settle(decisions),
          patientCents: settle(decisions).patientCents ?? 0,
        })
      }),
      { numRuns: 300 },
    )
  })
})
