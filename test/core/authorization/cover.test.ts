// By place and by unit: what a decision covers, which approval a claim takes, and what falls silent.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DecidedLine, grantsOf, type PlacedService, reaches, unitsCovered } from '#core/authorization/cover.ts'
import type { Authorization } from '#core/authorization/schema.ts'
import { supersededIn } from '#core/authorization/succession.ts'
import { checkAgainstClaim, waitsFor } from '#core/authorization/terms.ts'
import { authorizationFor } from '#core/case/billing.ts'
import type { CoverageId } from '#core/ids.ts'

const asked = (change: Partial<DecidedLine> = {}): DecidedLine => ({
  code: 'D2740',
  tooth: '3',
  area: null,
  quantity: 1,
  approvedCode: null,
  approvedTooth: null,
  approvedQuantity: null,
  ...change,
})
const billed = (change: Partial<PlacedService> & { serviceDate?: string } = {}) => ({
  code: 'D2740',
  tooth: '3',
  area: null,
  quantity: 1,
  serviceDate: '2026-10-20',
  ...change,
})
const request = (change: object = {}) =>
  ({
    id: 'a1',
    kind: 'required',
    state: 'approved',
    coverageId: 'v1',
    payerName: 'Harbor Mutual',
    reference: 'PA-1',
    validFrom: '2026-09-10',
    validTo: '2027-03-09',
    decidedOn: '2026-09-10',
    lines: [asked()],
    ...change,
  }) as unknown as Authorization
const messages = (lines: DecidedLine[], claim: ReturnType<typeof billed>[], before: PlacedService[] = []) =>
  checkAgainstClaim(request({ lines }), claim, before).map((one) => one.message)

describe('an approval counts per code and place', () => {
  const mixed = [asked({ approvedQuantity: 1 }), asked({ tooth: '14', approvedQuantity: 0 })]
  const quadrant = (area: DecidedLine['area'], change: Partial<DecidedLine> = {}) =>
    asked({ code: 'D4341', tooth: null, area, ...change })
  // Bug: quantities were added over all teeth of a code, so the tooth that was refused was covered by the one granted.
  it.each<[string, DecidedLine[], ReturnType<typeof billed>[], PlacedService[], string[]]>([
    ['the granted tooth of a mixed decision', mixed, [billed()], [], []],
    ['the refused tooth', mixed, [billed({ tooth: '14' })], [], ['D2740 #14 was not approved (0 approved).']],
    [
      'a tooth nobody asked for',
      mixed,
      [billed({ tooth: '30' })],
      [],
      ['D2740 #30: the authorization is for another tooth.'],
    ],
    [
      'another quadrant',
      [quadrant('10'), quadrant('20', { approvedQuantity: 0 })],
      [billed({ code: 'D4341', tooth: null, area: '20' }), billed({ code: 'D4341', tooth: null, area: '30' })],
      [],
      [
        'D4341 Upper left quadrant was not approved (0 approved).',
        'D4341 Lower left quadrant: the authorization is for another area.',
      ],
    ],
    [
      'the same unit on a second claim',
      [asked({ approvedQuantity: 1 })],
      [billed()],
      [billed()],
      ['D2740 #3: 1 billed, 1 in the authorization, 1 claimed before.'],
    ],
    [
      'a unit of another tooth claimed before',
      [asked(), asked({ tooth: '14' })],
      [billed()],
      [billed({ tooth: '14' })],
      [],
    ],
    ['a decision that names no place', [asked({ tooth: null })], [billed()], [], []],
    [
      'more units than a decision without a place grants',
      [asked({ tooth: null })],
      [billed(), billed({ tooth: '14' })],
      [],
      ['D2740 #14: 2 billed, 1 in the authorization.'],
    ],
    ['a tooth in the quadrant that was granted', [asked({ tooth: null, area: '10' })], [billed()], [], []],
  ])('%s', (_what, lines, claim, before, expected) => {
    expect(messages(lines, claim, before)).toEqual(expected)
  })

  const teeth = fc.constantFrom('3', '14', '30', null)
  const areas = fc.constantFrom('00' as const, '01' as const, '10' as const, '20' as const, null)
  const place = fc.record({ code: fc.constantFrom('D2740', 'D4341'), tooth: teeth, area: areas })
  const service = fc.tuple(place, fc.integer({ min: 1, max: 3 })).map(([at, quantity]) => ({ ...at, quantity }))
  const decided = fc
    .tuple(service, fc.option(fc.integer({ min: 0, max: 3 })), fc.option(fc.constantFrom('D2740', 'D4341')))
    .map(([one, approvedQuantity, approvedCode]) => asked({ ...one, approvedQuantity, approvedCode }))
  const several = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 5 })
  it('never more units than were granted, at any place, over all claims together', () => {
    fc.assert(
      fc.property(several(decided), several(service), several(service), (lines, before, claim) => {
        const covered = unitsCovered(lines, before, claim)
        const earlier = unitsCovered(lines, [], before)
        for (const [at, one] of claim.entries()) {
          expect(covered[at]).toBeLessThanOrEqual(one.quantity)
          const grants = grantsOf(lines).filter((grant) => grant.code === one.code && reaches(grant, one))
          const granted = grants.reduce((sum, grant) => sum + grant.quantity, 0)
          expect(covered[at]).toBeLessThanOrEqual(granted)
        }
        const sum = (all: readonly number[]) => all.reduce((total, units) => total + units, 0)
        const total = sum(grantsOf(lines).map((grant) => grant.quantity))
        expect(sum(covered) + sum(earlier)).toBeLessThanOrEqual(total)
      }),
    )
  })
  it('whatever is not wholly covered is named', () => {
    fc.assert(
      fc.property(several(decided), several(service), several(service), (lines, before, claim) => {
        const covered = unitsCovered(lines, before, claim)
        const isWhole = claim.every((one, at) => covered[at] === one.quantity)
        const found = messages(
          lines,
          claim.map((one) => ({ ...one, serviceDate: '2026-10-20' })),
          before,
        )
        expect(found.length === 0).toBe(isWhole)
      }),
    )
  })
})

describe('a claim takes the approval whose window holds the day', () => {
  const old = request({
    id: 'old',
    reference: 'PA-OLD',
    validFrom: '2026-04-10',
    validTo: '2026-10-07',
    decidedOn: '2026-04-10',
  })
  const fresh = request({
    id: 'new',
    reference: 'PA-NEW',
    validFrom: '2026-10-08',
    validTo: '2027-04-05',
    decidedOn: '2026-10-01',
  })
  const chosen = (serviceDate: string, authorizations = [fresh, old]) =>
    authorizationFor({ authorizations }, 'v1' as CoverageId, [billed({ serviceDate })])?.reference
  // Bug: the newest was taken, and a service in the window of the old one was “before the authorization began”.
  it.each([
    ['2026-09-15', 'PA-OLD'],
    ['2026-10-07', 'PA-OLD'],
    ['2026-10-08', 'PA-NEW'],
    ['2026-11-10', 'PA-NEW'],
  ])('%s: %s', (day, number) => {
    expect(chosen(day)).toBe(number)
  })
  it('one that was marked as expired or replaced since still covers what was done while it held', () => {
    for (const state of ['expired', 'replaced'])
      expect(chosen('2026-09-15', [fresh, { ...old, state } as Authorization])).toBe('PA-OLD')
    const expired = { ...old, state: 'expired' } as Authorization
    expect(checkAgainstClaim(expired, [billed({ serviceDate: '2026-09-15' })])).toEqual([])
    expect(checkAgainstClaim(expired, [billed({ serviceDate: '2026-11-10' })])[0]?.message).toBe(
      'The authorization is not approved: expired.',
    )
  })
  it('of two that hold on the day, the one for the place', () => {
    const other = request({ id: 'new', reference: 'PA-14', lines: [asked({ tooth: '14' })] })
    expect(chosen('2026-10-20', [other, request({ reference: 'PA-3' })])).toBe('PA-3')
  })
})

describe('which request takes the place of which', () => {
  const old = { validFrom: '2026-04-10', decidedOn: '2026-04-10' }
  const superseded = (...begun: object[]) => {
    const authorizations = begun.map((change, at) => request({ id: `a${at}`, ...change })).reverse()
    return [...supersededIn({ authorizations, coverages: [] })]
  }
  it.each<[string, object[], string[]]>([
    ['a later approval of the same', [old, {}], ['a0']],
    ['whatever the order in which they were begun', [{}, old], ['a1']],
    ['not while it is only asked for', [old, { state: 'submitted' }], []],
    ['not where it refuses what the first one grants', [old, { lines: [asked({ approvedQuantity: 0 })] }], []],
    ['not for another tooth', [old, { lines: [asked({ tooth: '14' })] }], []],
    ['an estimate does not replace what is required', [old, { kind: 'estimate' }], []],
    ['what is required replaces an estimate', [{ ...old, kind: 'estimate' }, {}], ['a0']],
    ['a denial, by any later request', [{ state: 'denied' }, { state: 'drafting' }], ['a0']],
    ['but not by one that was withdrawn', [{ state: 'denied' }, { state: 'withdrawn' }], []],
  ])('%s', (_what, begun, expected) => {
    expect(superseded(...begun)).toEqual(expected)
  })
})

describe('row 26: each payer’s request for itself', () => {
  const [first, second] = ['v1', 'v2'] as unknown as [CoverageId, CoverageId]
  const primary = (state: string) => request({ state, coverageId: first })
  const secondary = (state: string) => request({ state, coverageId: second, payerName: 'Blue Ridge Dental' })
  // Bug: one approved request of any payer opened the treatment.
  it.each<[string, Authorization[], 'yes' | 'no' | 'unknown', string | null]>([
    ['nothing asked, nothing needed', [], 'unknown', null],
    ['needed and not asked', [], 'yes', 'The payer requires an authorization and none was requested.'],
    ['denied', [primary('denied')], 'yes', 'The required authorization is not approved: denied.'],
    ['denied, then approved', [primary('approved'), primary('denied')], 'yes', null],
    [
      'the primary denied, the secondary approved',
      [secondary('approved'), primary('denied')],
      'unknown',
      'The required authorization of Harbor Mutual is not approved: denied.',
    ],
    [
      'the primary approved, the secondary waiting',
      [secondary('submitted'), primary('approved')],
      'yes',
      'The required authorization of Blue Ridge Dental is not approved: sent.',
    ],
    [
      'only the secondary asked',
      [secondary('approved')],
      'yes',
      'The payer requires an authorization and none was requested.',
    ],
    ['both approved', [secondary('used'), primary('approved_modified')], 'yes', null],
    ['found not required', [primary('not_required')], 'yes', null],
    [
      'an estimate stands for nothing',
      [request({ kind: 'estimate', state: 'approved' })],
      'yes',
      'The payer requires an authorization and none was requested.',
    ],
  ])('%s', (_what, requests, need, expected) => {
    expect(waitsFor(requests, need, first)).toBe(expected)
  })
})
