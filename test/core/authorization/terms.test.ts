// Expected answers, differences of an approval, and what of an approval does not carry a claim.
import { describe, expect, it } from 'vitest'
import {
  assumedValidity,
  type AuthorizationTerms,
  checkAgainstClaim,
  checkAgainstVisits,
  compareApproved,
  expectedAnswer,
} from '#core/authorization/terms.ts'
import { days } from '#test/helpers/payer-rules.ts'
import { figured, ownRule } from '../payer-figures.ts'
import type { AuthorizationLineInput } from '#core/authorization/schema.ts'

const line = (change: Partial<AuthorizationLineInput> = {}): AuthorizationLineInput => ({
  lineId: null,
  code: 'D3353',
  tooth: '8',
  area: null,
  quantity: 1,
  feeCents: 85000,
  approvedCode: null,
  approvedTooth: null,
  approvedQuantity: null,
  approvedCents: null,
  patientCents: null,
  ...change,
})
const terms = (change: Partial<AuthorizationTerms> = {}): AuthorizationTerms => ({
  kind: 'required',
  state: 'approved',
  reference: 'PA-1',
  validFrom: '2026-11-01',
  validTo: '2027-04-30',
  lines: [line()],
  ...change,
})
const billed = (change = {}) => ({
  code: 'D3353',
  tooth: '8',
  area: null,
  serviceDate: '2026-12-01',
  quantity: 1,
  ...change,
})

describe('row 28: when an answer may be expected', () => {
  it('the office’s own figure counts in business days, and its source is named', () => {
    const payer = figured({
      name: 'Sample Medicaid',
      rules: [ownRule(days('answer', 3, 'bd'), 'provider manual 2026')],
    })
    expect(expectedAnswer('2026-11-25', payer, 'required', ['2026-11-26'])).toEqual({
      on: '2026-12-01',
      basis: 'Sample Medicaid: usually 3 business days (provider manual 2026)',
    })
  })
  it('without a figure fourteen business days are assumed and said to be', () => {
    for (const payer of [null, figured({})])
      expect(expectedAnswer('2026-11-02', payer, 'required', [])).toEqual({
        on: '2026-11-20',
        basis: 'Assumed: 14 business days. Check with the payer',
      })
  })
  it('an approval without an end is assumed to hold 180 days', () => {
    expect(assumedValidity('2026-11-20', null, 'required')).toMatchObject({
      on: '2027-05-19',
      basis: expect.stringContaining('Assumed'),
    })
  })
})

describe('approved with changes', () => {
  it('as asked: no difference; a payer that says nothing of a field changes nothing', () => {
    expect(
      compareApproved([line(), line({ approvedCode: 'D3353', approvedTooth: '8', approvedCents: 85000 })]),
    ).toEqual([])
  })
  // Bug: every approval of a plan that pays a part “differed from the request”: $480.00 of $850.00.
  it('plan and patient together are what is allowed: no difference; more than the fee is one', () => {
    expect(compareApproved([line({ approvedCents: 48000, patientCents: 12000 })])).toEqual([])
    expect(compareApproved([line({ approvedCents: 48000, patientCents: 37000 })])).toEqual([])
    expect(compareApproved([line({ approvedCents: 48000, patientCents: 40000 })])).toEqual([
      'D3353 #8: $880.00 of $850.00',
    ])
  })
  // Bug: an ordinary approval that names the plan’s part alone “differed from the request” by the patient’s part.
  it('the plan’s part alone is no change unless the payer says that it changed something', () => {
    expect(compareApproved([line({ approvedCents: 48000 })], 'approved')).toEqual([])
    expect(compareApproved([line({ approvedCents: 90000 })], 'approved')).toEqual(['D3353 #8: $900.00 of $850.00'])
    expect(compareApproved([line({ approvedCents: 48000 })])).toEqual(['D3353 #8: $480.00 of $850.00'])
  })
  it.each([
    ['code', { approvedCode: 'D3310' }, 'D3353 #8: approved as D3310'],
    ['tooth', { approvedTooth: '9' }, 'D3353 #8: approved for tooth 9 instead of 8'],
    ['quantity', { quantity: 3, feeCents: 20000, approvedQuantity: 1 }, 'D3353 #8: 1 of 3 approved'],
    ['amount', { approvedCents: 60000 }, 'D3353 #8: $600.00 of $850.00'],
    ['nothing of it', { approvedQuantity: 0 }, 'D3353 #8: not approved'],
  ])('another %s is named', (_what, change, expected) => {
    expect(compareApproved([line(change)])).toEqual([expected])
  })
})

describe('row 35: an approval that does not carry the claim', () => {
  it('the approved service inside the window raises nothing', () => {
    expect(checkAgainstClaim(terms(), [billed()])).toEqual([])
    expect(checkAgainstClaim(terms({ state: 'used' }), [billed()])).toEqual([])
  })
  it.each<[string, Partial<AuthorizationTerms>, object, string]>([
    ['not_approved', { state: 'expired', validTo: null }, {}, 'The authorization is not approved: expired.'],
    [
      'after_window',
      {},
      { serviceDate: '2027-05-01' },
      'D3353 on May 1, 2027 is after the authorization ended (Apr 30, 2027).',
    ],
    [
      'before_window',
      {},
      { serviceDate: '2026-10-31' },
      'D3353 on Oct 31, 2026 is before the authorization began (Nov 1, 2026).',
    ],
    ['other_code', {}, { code: 'D3310' }, 'D3310 #8 is not among the codes of the authorization.'],
    [
      'other_code',
      { lines: [line({ approvedCode: 'D3310' })] },
      {},
      'D3353 #8 is not among the codes of the authorization.',
    ],
    ['other_place', {}, { tooth: '9' }, 'D3353 #9: the authorization is for another tooth.'],
    ['exceeded', {}, { quantity: 2 }, 'D3353 #8: 2 billed, 1 in the authorization.'],
  ])('%s', (id, change, claim, message) => {
    expect(checkAgainstClaim(terms(change), [billed(claim)])).toMatchObject([{ id, severity: 'warn', message }])
  })
  it('the days of the window themselves are inside', () => {
    const days = ['2026-11-01', '2027-04-30'].map((serviceDate) => billed({ serviceDate }))
    expect(checkAgainstClaim(terms({ lines: [line({ quantity: 2 })] }), days)).toEqual([])
  })
  it('an estimate promises nothing: the same is only information', () => {
    const found = checkAgainstClaim(terms({ kind: 'estimate' }), [billed({ serviceDate: '2027-05-01' })])
    expect(found).toMatchObject([{ severity: 'info', message: expect.stringContaining('the estimate ended') }])
  })
})

describe('row 27: visits after the approval ends', () => {
  it('names the visit; a date done counts before one planned', () => {
    const [finding] = checkAgainstVisits(terms(), [{ plannedOn: '2027-05-10', doneOn: null }])
    expect(finding?.message).toBe('A visit on May 10, 2027 is after Apr 30, 2027. Ask the payer for an extension.')
    expect(checkAgainstVisits(terms(), [{ plannedOn: '2027-05-10', doneOn: '2027-04-29' }])).toEqual([])
    expect(checkAgainstVisits(terms({ validTo: null }), [{ plannedOn: '2030-01-01', doneOn: null }])).toEqual([])
  })
})
