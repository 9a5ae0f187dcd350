// Figures of denials: every count says what it counts, and no line counts twice.
import { describe, expect, it } from 'vitest'
import { type DecidedClaim, type FigureLine, denialFigures } from '#core/remittance/denial-figures.ts'

const line = (change: Partial<FigureLine>): FigureLine => ({
  remittanceId: 'r1',
  claimId: 'c1',
  receivedOn: '2026-11-01',
  payer: 'A',
  provider: 'Pat Doe',
  user: 'Ana',
  code: 'D3353',
  outcome: 'denied',
  cause: 'documentation',
  billedCents: 85000,
  documents: [],
  ...change,
})
const claim = (change: Partial<DecidedClaim>): DecidedClaim => ({
  claimId: 'c1',
  payer: 'A',
  code: 'D3353',
  sentOn: '2026-10-01',
  wasRejected: false,
  isCorrection: false,
  decisions: [{ receivedOn: '2026-10-21', outcome: 'paid', paidCents: 40000, expectedCents: 44000 }],
  ...change,
})

describe('denial figures', () => {
  it('count denied lines by what they have in common, the most frequent first', () => {
    const figures = denialFigures(
      [
        line({ documents: ['film', 'film'] }),
        line({ payer: 'B', cause: 'frequency', billedCents: 100 }),
        line({ outcome: 'info_requested', documents: ['film'] }),
        line({ outcome: 'paid', cause: null }),
      ],
      [],
      [],
    )
    expect(figures).toMatchObject({ lines: 4, denied: 3, deniedCents: 170100 })
    expect(figures.byCause).toEqual([
      { key: 'documentation', count: 2, cents: 170000 },
      { key: 'frequency', count: 1, cents: 100 },
    ])
    expect(figures.byPayer[0]).toMatchObject({ key: 'A', count: 2 })
    expect(figures.byDocument).toEqual([{ key: 'film', count: 2, cents: 170000 }])
  })
  it('row 47: a first pass is clean without rejection, denial or correction', () => {
    const decided = (outcome: 'denied' | 'paid') => [
      { receivedOn: '2026-10-21', outcome, paidCents: 1, expectedCents: null },
    ]
    const claims = [
      claim({}),
      claim({ wasRejected: true }),
      claim({ decisions: decided('denied') }),
      claim({ isCorrection: true }),
    ]
    expect(denialFigures([], claims, []).firstPass).toEqual({ clean: 1, claims: 3 })
  })
  it('days to payment are the median of claims that were paid', () => {
    const paidOn = (receivedOn: string, paidCents = 1) =>
      claim({ decisions: [{ receivedOn, outcome: 'paid', paidCents, expectedCents: null }] })
    expect(
      denialFigures([], [paidOn('2026-10-11'), paidOn('2026-10-21'), paidOn('2026-10-02'), paidOn('2026-12-31', 0)], [])
        .daysToPayment,
    ).toEqual([{ payer: 'A', claims: 3, medianDays: 10 }])
  })
  it('row 39: a shortfall is a pattern from the second claim on, and a denial is none', () => {
    const denied = claim({
      decisions: [{ receivedOn: '2026-10-21', outcome: 'denied', paidCents: 0, expectedCents: 44000 }],
    })
    expect(denialFigures([], [claim({}), denied], []).shortfalls).toEqual([])
    expect(denialFigures([], [claim({}), claim({}), denied], []).shortfalls).toEqual([
      { payer: 'A', code: 'D3353', claims: 2, expectedCents: 88000, paidCents: 80000, missingCents: 8000 },
    ])
  })
  it('recovered is what won appeals brought', () => {
    const appeals = [
      { decidedOn: '2026-11-01', state: 'won' as const, recoveredCents: 500 },
      { decidedOn: '2026-11-01', state: 'lost' as const, recoveredCents: 900 },
    ]
    expect(denialFigures([], [], appeals).appeals).toEqual({ won: 1, lost: 1, recoveredCents: 500 })
  })
})
