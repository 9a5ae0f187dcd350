// Bundling and frequency on a claim: what the guide says, and what the payer's own answer makes of it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BenefitCheck } from '#core/case/schema.ts'
import { type PayerAnswers, ruleFindings } from '#core/claim/rules.ts'
import type { ClaimLineInput } from '#core/claim/schema.ts'
import type { Service } from '#core/guide/frequency.ts'
import { endodontics, loadGuide } from '../guide/guides.ts'

const line = (code: string, serviceDate: string | null = '2026-11-20', tooth = '8'): ClaimLineInput => ({
  lineId: null,
  serviceDate,
  area: null,
  tooth,
  surfaces: '',
  code,
  diagnosisPointers: 'A',
  quantity: 1,
  description: '',
  feeCents: 10000,
})
const past = (code: string, serviceDate: string | null, tooth = '8'): Service => ({
  code,
  serviceDate,
  tooth,
  area: null,
  quantity: 1,
  providerId: 'd1',
})
const answer = (kind: 'frequency' | 'bundling', said: 'yes' | 'no'): BenefitCheck => ({
  id: '00000000-0000-4000-8000-000000000001',
  kind,
  coverageId: null,
  code: null,
  answer: said,
  authorizationKind: null,
  source: 'Phone',
  representative: 'Lee',
  reference: 'C-7',
  checkedOn: '2026-11-10',
  note: '',
  user: 'Ana',
})
const NO_RULES = { rules: [], birthDate: null, coveredFrom: null }
const run = (lines: ClaimLineInput[], history: Service[] = [], answers: Partial<PayerAnswers> = {}) =>
  ruleFindings(lines, {
    guide: endodontics,
    facts: {},
    history,
    providerId: 'd1',
    answers: { frequency: null, bundling: null, ...answers },
    ...NO_RULES,
  }).map(({ id, severity }) => `${severity} ${id.split(':')[0]}`)

describe('rules over dates', () => {
  const day = (at: number) =>
    `2026-${String(1 + Math.floor(at / 28)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`
  it('a crown is warned of exactly where its own date lies before the seating, whatever else is on the claim', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 335 }),
        fc.array(fc.integer({ min: 0, max: 335 }), { minLength: 1, maxLength: 3 }),
        (seated, dates) => {
          const lines = dates.flatMap((at) => [line('D2740', day(at), '3'), line('D2950', day(0), '3')])
          const found = ruleFindings(lines, {
            guide: loadGuide('crowns'),
            facts: { seat_date: day(seated) },
            history: [],
            providerId: null,
            answers: { frequency: null, bundling: null },
            ...NO_RULES,
          }).filter((finding) => finding.id.startsWith('rule_before_seating'))
          expect(found).toHaveLength(new Set(dates.filter((at) => at < seated)).size)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('row 30: bundling on a claim', () => {
  it('working films and a temporary filling are inside the endodontic fee; the film before treatment is a remark', () => {
    expect(run([line('D3310'), line('D0230'), line('D2940')])).toEqual([
      'warn conflict_working_films',
      'warn conflict_interim_filling',
    ])
    expect(run([line('D3310'), line('D0220')])).toEqual(['info conflict_diagnostic_film'])
  })
  it('the films of another tooth or day stand by themselves', () => {
    expect(run([line('D3310'), line('D0230', '2026-11-20', '19'), line('D0230', '2026-11-02')])).toEqual([])
  })
  it.each([
    ['2026-08-22', ['info conflict_pulpotomy_then_rct']],
    ['2026-08-21', []],
    ['2026-11-25', []],
  ])('a pulpotomy of %s is offset against the root canal of Nov 20 within 90 days before it only', (on, expected) => {
    expect(run([line('D3310')], [past('D3220', on)])).toEqual(expected)
  })
  it('what the history alone holds is no finding of this claim', () => {
    expect(run([line('D0460', '2026-01-05')], [past('D3353', '2026-06-01'), past('D3310', '2025-06-01')])).toEqual([])
  })
  it('the strictest rule still yields to a reason: nothing blocks', () => {
    expect(run([line('D3353')], [past('D3310', '2019-03-01')])).toEqual(['warn conflict_apexification_rct'])
  })
  it('the payer’s yes turns a warning into a remark that names it; a no is a warning of its own', () => {
    const lines = [line('D3310'), line('D0230')]
    expect(run(lines, [], { bundling: answer('bundling', 'yes') })).toEqual(['info conflict_working_films'])
    expect(run(lines, [], { bundling: answer('bundling', 'no') })).toEqual([
      'warn answer_bundling',
      'warn conflict_working_films',
    ])
    expect(run([line('D3310')], [], { bundling: answer('bundling', 'no') })).toEqual([])
  })
})

describe('row 29: limits on a claim', () => {
  it('count the office’s own history, and yield to the payer’s answer', () => {
    const history = [past('D3346', '2025-06-01')]
    expect(run([line('D3346')], history)).toEqual(['warn frequency_retreat_24'])
    expect(run([line('D3346')], history, { frequency: answer('frequency', 'yes') })).toEqual([
      'info frequency_retreat_24',
    ])
    expect(run([line('D3353')], [], { frequency: answer('frequency', 'no') })).toEqual(['warn answer_frequency'])
  })
})
