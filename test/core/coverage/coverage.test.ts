// Coordination of benefits (domain.md 8, cases C1 to C10) and the expected payment (domain.md 10).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateLines } from '#core/coverage/estimate.ts'

describe('expected payment', () => {
  it('the example of domain.md 10: plan 440, patient 160, write-off 300', () => {
    const line = {
      billedCents: 90000,
      contractCents: 60000,
      allowedCents: null,
      alternateCents: null,
      percent: 80,
      deductibleApplies: true,
      excluded: false,
    }
    expect(estimateLines([line], { network: 'in', deductibleLeftCents: 5000, maximumLeftCents: 150000 })).toEqual([
      { baseCents: 60000, deductibleCents: 5000, planCents: 44000, patientCents: 16000, writeOffCents: 30000 },
    ])
  })
  it('never pays more than the maximum, loses no cent, takes the deductible once', () => {
    const cents = fc.integer({ min: 0, max: 500_000 })
    const line = fc.record({
      billedCents: cents,
      contractCents: fc.option(cents),
      allowedCents: fc.option(cents),
      alternateCents: fc.option(cents),
      percent: fc.integer({ min: 0, max: 100 }),
      deductibleApplies: fc.boolean(),
      excluded: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 6 }),
        fc.constantFrom('in' as const, 'out' as const),
        cents,
        cents,
        (lines, network, deductibleLeftCents, maximumLeftCents) => {
          const results = estimateLines(lines, { network, deductibleLeftCents, maximumLeftCents })
          expect(results.reduce((sum, one) => sum + one.planCents, 0)).toBeLessThanOrEqual(maximumLeftCents)
          expect(results.reduce((sum, one) => sum + one.deductibleCents, 0)).toBeLessThanOrEqual(deductibleLeftCents)
          for (const [index, one] of results.entries())
            expect(one.planCents + one.patientCents + one.writeOffCents).toBe(lines[index]!.billedCents)
        },
      ),
    )
  })
})
