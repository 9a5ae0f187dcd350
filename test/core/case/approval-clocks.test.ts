// What rings of an approval that another one has replaced, and of a coverage that ends before it.
import { describe, expect, it } from 'vitest'
import { authorization, rings, words } from './snapshot.ts'

const approved = authorization({ state: 'approved', decidedOn: '2026-11-20', validTo: '2027-05-19' })

describe('an approval', () => {
  // Bug: an approval that a newer one had replaced rang “not called” and “expired” for ever.
  it.each(['denied', 'expired', 'approved', 'approved_modified'] as const)(
    '%s: falls silent once another request has taken its place',
    (state) => {
      const one = authorization({ state, decidedOn: '2026-11-10', validTo: '2026-12-01', changesOpen: true })
      expect(rings({ authorizations: [one] })).not.toEqual([])
      expect(rings({ authorizations: [{ ...one, isSuperseded: true }] })).toEqual([])
    },
  )
  it('a claim that leans on a superseded approval and does not fit it still rings', () => {
    const one = authorization({ ...approved, isSuperseded: true, mismatches: ['Another code.'] })
    expect(rings({ authorizations: [one] })).toEqual(['claim_mismatch 2026-11-20'])
  })
  // Bug: an approval rang on as valid although the coverage under it had ended months before.
  it('a coverage that ends before the approval rings from the day after; a visit outside of it at once', () => {
    const coverage = { validFrom: '2025-01-01', validTo: '2026-12-31' }
    const one = { ...approved, patientCalledOn: '2026-11-20', coverage }
    const kinds = (change: object) => rings({ authorizations: [{ ...one, ...change }] })
    expect(kinds({})).toContain('not_covered 2027-01-01')
    expect(words({ authorizations: [one] }, '2027-01-02', 'not_covered').reason).toBe(
      'The coverage ended Dec 31, 2026, before the approval (May 19, 2027)',
    )
    expect(kinds({ bookedFor: '2027-01-05' })).toContain('not_covered 2026-11-02')
    expect(words({ authorizations: [{ ...one, bookedFor: '2027-01-05' }] }, '2026-12-01', 'not_covered').reason).toBe(
      'Visit of Jan 5, 2027: the coverage ended Dec 31, 2026',
    )
    expect(kinds({ bookedFor: '2026-12-31', validTo: '2026-12-31' }).join()).not.toContain('not_covered')
    expect(rings({ authorizations: [one], treatment: 'done' }).join()).not.toContain('not_covered')
  })
})
