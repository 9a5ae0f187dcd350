// The guide of pain relief and consultation against guides-more.md section 10 H and I.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import type { Stage } from '#core/case/schema.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, missingIds, pain, rejectedCodes } from './guides.ts'

const relief = { service: 'relief', definitive_today: false, act: 'hands_on' }
const consult = { service: 'consult', requested: true, own_patient: false, report_back: true }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(pain, facts, rest)

describe('decision rules', () => {
  it.each([
    ['H0', {}, [], false],
    ['H1', { ...relief, definitive_today: true }, [], false],
    ['H2', relief, ['D9110'], false],
    ['H2', { ...relief, exam_too: true }, ['D9110', '+D0140'], false],
    ['H2', { ...relief, act: 'advice' }, ['D0140'], false],
    ['H2', { ...relief, act: 'advice', exam_too: true }, ['D0140'], false],
    ['H2', { ...relief, act: 'pulp' }, [], false],
    ['H2', { ...relief, act: 'drained' }, [], false],
    ['H2', { ...relief, act: 'interim_filling' }, [], false],
    ['I1', { ...consult, requested: false }, [], true],
    ['I2', { ...consult, own_patient: true }, [], true],
    ['I3', { ...consult, report_back: false }, [], false],
    ['I4', consult, ['D9310'], false],
    ['H99', { service: 'other' }, [], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })
  it.each([
    ['what the visit did', {}, ['service']],
    ['whether the treatment was finished', { service: 'relief' }, ['definitive_today']],
    ['the act', { service: 'relief', definitive_today: false }, ['act']],
    ['who asked', { service: 'consult' }, ['requested']],
    ['whose patient it is', { service: 'consult', requested: true }, ['own_patient']],
    ['the written answer', { service: 'consult', requested: true, own_patient: false }, ['report_back']],
  ] as const)('%s is asked and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it.each([
    [{ ...relief, definitive_today: true }, ['D9110']],
    [{ ...relief, act: 'pulp' }, ['D9110']],
    [relief, ['D3221', 'D2940', 'D7510']],
    [consult, ['D0140', 'D0150', 'D0160']],
  ] as const)('%o names the neighbors that are not meant', (facts, expected) => {
    expect(rejectedCodes(run(facts))).toEqual(expect.arrayContaining([...expected]))
  })
  it('an exam beside relief says that payers differ, one beside a consultation that it is denied', () => {
    expect(findingIds(run({ ...relief, exam_too: true }))).toContain('exam_beside')
    expect(findingIds(run(relief))).not.toContain('exam_beside')
    expect(findingIds(run({ ...consult, exam_today: true }))).toContain('exam_and_consult')
  })
})

const line = (code: string): CaseLine => ({
  code,
  tooth: '19',
  area: null,
  serviceDate: '2026-11-23',
  status: 'planned',
})

describe('conflicts, limits, papers', () => {
  it('relief beside the act that has its own code warns, beside the exam it only tells', () => {
    const clashes = (...of: string[]) => findConflicts(pain, of.map(line)).map((one) => `${one.severity} ${one.id}`)
    expect(clashes('D9110', 'D3221')).toEqual(['warn conflict_relief_pulp'])
    expect(clashes('D9110', 'D0140')).toEqual(['info conflict_relief_exam'])
    expect(clashes('D9310', 'D0150')).toEqual(['warn conflict_consult_exam'])
  })
  it('relief counts once a visit, a consultation once a calendar year', () => {
    const service = (code: string, serviceDate: string) => ({
      code,
      tooth: null,
      area: null,
      serviceDate,
      quantity: 1,
      providerId: 'd1',
    })
    const over = (code: string, before: string) =>
      findExceeded(pain, [service(code, '2026-11-23')], [service(code, before)]).map((one) => one.id)
    expect(over('D9110', '2026-11-23')).toEqual(['frequency_relief_visit'])
    expect(over('D9110', '2026-11-22')).toEqual([])
    expect(over('D9310', '2026-01-05')).toEqual(['frequency_consult_year'])
    expect(over('D9310', '2025-12-31')).toEqual([])
  })
  it('relief shows complaint and act, a consultation the letter that asks and the answer', () => {
    const due = (stage: Stage, of: string[]) =>
      checklistFor(pain, { facts: {}, stage, codes: of, visits: [], reportingMode: 'phased' }).map((one) => one.id)
    expect(due('claim', ['D9110'])).toEqual(expect.arrayContaining(['complaint', 'act', 'follow_up']))
    expect(due('claim', ['D9110'])).not.toContain('request')
    expect(due('claim', ['D9310'])).toEqual(expect.arrayContaining(['request', 'answer']))
    expect(due('appeal', ['D9310'])).toContain('denial_letter')
    expect(draftNarrative(pain, 'claim_consult', { asked_by: 'Dr. Roe: keep 19?' }, [])).not.toContain(
      'Written answer of',
    )
  })
})
