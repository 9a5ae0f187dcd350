// The denture guide against guides-more.md section 5: one row per rule and jaw, repairs by part, limits, papers and texts.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import { findConflicts, judgeDates, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, dentures, findingIds, implants, missingIds, rejectedCodes } from './guides.ts'

const upper = { arch: 'upper' }
const lower = { arch: 'lower' }
const complete = { job: 'new', kind: 'complete', support: 'gum', extracted_today: false }
const partial = { job: 'new', kind: 'partial', support: 'gum', extracted_today: false, one_side: false, base: 'cast' }
const repair = { job: 'repair', kind: 'partial', ...upper }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(dentures, facts, rest)

describe('decision rules', () => {
  it.each([
    ['D1', { ...complete, support: 'implants' }, [], [], true],
    ['D1r', { ...complete, support: 'roots' }, ['D5863'], ['D5865'], false],
    ['D1r', { ...partial, support: 'roots' }, ['D5864'], ['D5866'], false],
    ['D2', { job: 'interim', kind: 'complete' }, ['D5810'], ['D5811'], false],
    ['D2', { job: 'interim', kind: 'partial' }, ['D5820'], ['D5821'], false],
    ['D2', { job: 'interim', kind: 'partial', final_planned: false }, [], [], true],
    ['D3', complete, ['D5110'], ['D5120'], false],
    ['D4', { ...complete, extracted_today: true }, ['D5130'], ['D5140'], false],
    ['D5', { ...partial, one_side: true }, ['D5282'], ['D5283'], false],
    ['D5', { ...partial, one_side: true, base: 'flexible' }, ['D5284'], ['D5284'], false],
    ['D5', { ...partial, one_side: true, base: 'resin' }, ['D5286'], ['D5286'], false],
    ['D6', { ...partial, extracted_today: true, base: 'resin' }, ['D5221'], ['D5222'], false],
    ['D6', { ...partial, extracted_today: true }, ['D5223'], ['D5224'], false],
    ['D6', { ...partial, extracted_today: true, base: 'flexible' }, ['D5227'], ['D5228'], false],
    ['D7', { ...partial, base: 'resin' }, ['D5211'], ['D5212'], false],
    ['D7', partial, ['D5213'], ['D5214'], false],
    ['D7', { ...partial, base: 'flexible' }, ['D5225'], ['D5226'], false],
    ['D8c', { job: 'repair', kind: 'complete', part: 'base' }, ['D5512'], ['D5511'], false],
    ['D8c', { job: 'repair', kind: 'complete', part: 'clasp' }, [], [], true],
    ['D8p', { job: 'repair', kind: 'partial', part: 'base' }, ['D5612'], ['D5611'], false],
    ['D8p', { job: 'repair', kind: 'partial', part: 'frame' }, ['D5622'], ['D5621'], false],
    ['D8p', { job: 'repair', kind: 'partial', part: 'all_teeth' }, ['D5670'], ['D5671'], false],
    ['D9c', { job: 'fit', kind: 'complete', lining: 'rebase' }, ['D5710'], ['D5711'], false],
    ['D9c', { job: 'fit', kind: 'complete', lining: 'chair' }, ['D5730'], ['D5731'], false],
    ['D9c', { job: 'fit', kind: 'complete', lining: 'lab' }, ['D5750'], ['D5751'], false],
    ['D9c', { job: 'fit', kind: 'complete', lining: 'soft' }, ['D5765'], ['D5765'], false],
    ['D9p', { job: 'fit', kind: 'partial', lining: 'rebase' }, ['D5720'], ['D5721'], false],
    ['D9p', { job: 'fit', kind: 'partial', lining: 'chair' }, ['D5740'], ['D5741'], false],
    ['D9p', { job: 'fit', kind: 'partial', lining: 'lab' }, ['D5760'], ['D5761'], false],
    ['D10', { job: 'condition' }, ['D5850'], ['D5851'], false],
    ['D11', { job: 'adjust', kind: 'complete' }, ['D5410'], ['D5411'], false],
    ['D11', { job: 'adjust', kind: 'partial' }, ['D5421'], ['D5422'], false],
    ['D11', { job: 'adjust', in_care: true }, [], [], false],
    ['D12', { job: 'duplicate' }, ['D5877'], ['D5878'], false],
    ['D13', { job: 'other' }, [], [], true],
  ] as const)('%s answers %o in each jaw', (rule, facts, above, below, dentist) => {
    for (const [jaw, expected] of [
      [upper, above],
      [lower, below],
    ] as const) {
      const choice = run({ ...facts, ...jaw })
      expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
    }
  })

  it.each([
    [{ ...repair, part: 'tooth', part_count: 2 }, ['D5640x2']],
    [{ ...repair, kind: 'complete', part: 'tooth', part_count: 1 }, ['D5520x1']],
    [{ ...repair, part: 'clasp', part_count: 2, second_part: 'tooth', second_count: 1 }, ['D5630x2', '+D5640x1']],
    [{ ...repair, part: 'base', second_part: 'add_clasp', second_count: 1 }, ['D5612', '+D5660x1']],
    [{ ...repair, part: 'add_tooth', part_count: 1, second_part: 'frame' }, ['D5650x1', '+D5622']],
    [{ ...repair, kind: 'complete', part: 'tooth', part_count: 3, second_part: 'base' }, ['D5520x3', '+D5512']],
    [{ ...partial, ...upper, attachments: 2 }, ['D5213', '+D5862x2']],
  ] as const)('a line for each part, by number: %o', (facts, expected) => {
    expect(codes(run(facts))).toEqual(expected)
  })

  it.each([
    ['what is done', upper, ['job']],
    ['complete or partial', { job: 'adjust', ...upper }, ['kind']],
    ['the teeth taken out that day', { job: 'new', kind: 'complete', support: 'gum', ...upper }, ['extracted_today']],
    ['the base', { ...partial, ...upper, base: 'unknown' }, ['base']],
    ['the number of teeth', { ...repair, part: 'tooth' }, ['part_count']],
    ['what was renewed', { job: 'fit', kind: 'complete', ...upper }, ['lining']],
  ] as const)('%s is asked, alone, and nothing is reported before', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })

  it.each([
    [{ ...complete, ...upper }, ['D5120', 'D5130', 'D6110']],
    [{ ...complete, ...upper, extracted_today: true }, ['D5110', 'D5140', 'D5810']],
    [{ ...partial, ...upper }, ['D5214', 'D5211', 'D5223', 'D5282', 'D5820']],
    [{ ...repair, part: 'base' }, ['D5622', 'D5213', 'D5512']],
    [{ job: 'fit', kind: 'complete', lining: 'chair', ...upper }, ['D5750', 'D5710', 'D5850', 'D5740']],
    [{ job: 'condition', ...upper }, ['D5730', 'D5410']],
    [{ job: 'interim', kind: 'partial', ...upper }, ['D5213', 'D5821']],
  ] as const)('%o rejects the neighbors %o', (facts, expected) => {
    expect(rejectedCodes(run(facts))).toEqual(expect.arrayContaining([...expected]))
  })

  it('flexible same-day partials begin in 2022, copies in 2026', () => {
    const same = { ...partial, ...upper, extracted_today: true, base: 'flexible' }
    expect(findingIds(run(same, { serviceDate: '2021-12-31' }))).toContain('not_valid_D5227')
    expect(findingIds(run({ job: 'duplicate', ...upper }, { serviceDate: '2025-12-31' }))).toContain('not_valid_D5877')
  })
  it('codes of dentures on implants stay those of the implant guide', () => {
    const own = dentures.codes.filter((one) => one.kind !== 'other').map((one) => one.code)
    expect(implants.codes.map((one) => one.code).filter((code) => own.includes(code))).toEqual([])
  })
})

describe('limits, conflicts, papers and texts', () => {
  const line = (code: string, area = '01', serviceDate = '2026-11-23'): CaseLine => ({
    code,
    tooth: null,
    area,
    serviceDate,
    status: 'done',
  })
  it('years since the earlier denture, months since delivery, and delivery itself are measured at the line', () => {
    const found = (facts: Parameters<typeof judgeDates>[1], code: string) =>
      judgeDates(dentures, facts, [line(code)]).map((one) => one.id)
    expect(found({ replaces: true, last_made: '2021-11-24' }, 'D5110')).toContain('replaced_too_soon')
    expect(found({ replaces: true, last_made: '2021-11-23' }, 'D5110')).not.toContain('replaced_too_soon')
    expect(found({ last_made: '2026-08-01' }, 'D5750')).toContain('reline_soon')
    expect(found({ delivery_date: '2026-12-01' }, 'D5213')).toContain('before_delivery')
    expect(found({ delivery_date: '2026-11-23' }, 'D5213')).not.toContain('before_delivery')
  })
  it('the missing-tooth clause and a denture that could be repaired are told', () => {
    expect(findingIds(run({ ...complete, ...upper, lost_before_plan: true }))).toContain('missing_tooth')
    expect(findingIds(run({ ...complete, ...upper, replaces: true, repairable: true }))).toContain('could_repair')
  })
  it.each([
    ['two_dentures', 'D5110', 'D5130'],
    ['reline_rebase', 'D5730', 'D5710'],
    ['liner_reline', 'D5850', 'D5750'],
    ['temp_final', 'D5820', 'D5213'],
    ['adjust_new', 'D5410', 'D5110'],
  ])('%s: %s with %s on one day and jaw', (id, one, other) => {
    const ids = (...lines: CaseLine[]) => findConflicts(dentures, lines).map((finding) => finding.id)
    expect(ids(line(one), line(other))).toEqual([`conflict_${id}`])
    expect(ids(line(one), line(other, '02'))).toEqual([])
  })
  const service = (code: string, serviceDate: string, area = '01', providerId = 'd1'): Service => ({
    code,
    tooth: null,
    area,
    serviceDate,
    quantity: 1,
    providerId,
  })
  const over = (code: string, ...history: Service[]) =>
    findExceeded(dentures, [service(code, '2026-11-23')], history).map((one) => one.id)
  it('a denture counts for its jaw whatever its kind, a reline from delivery, free care for who delivered it', () => {
    expect(over('D5110', service('D5211', '2022-01-05'))).toEqual(['frequency_denture_60'])
    expect(over('D5110', service('D5211', '2022-01-05', '02'))).toEqual([])
    expect(over('D5750', service('D5130', '2026-06-01'))).toEqual(['frequency_reline_after'])
    expect(over('D5410', service('D5110', '2026-10-01'))).toEqual(['frequency_care_3'])
    expect(over('D5410', service('D5110', '2026-10-01', '01', 'd2'))).toEqual([])
  })
  const due = (stage: 'authorization' | 'claim', of: string[], facts: Parameters<typeof ask>[1] = {}) =>
    checklistFor(dentures, { facts, stage, codes: of, visits: [], reportingMode: 'phased' }).map((item) => item.id)
  it('films and lists of teeth before, delivery after; repairs ask for neither', () => {
    expect(due('authorization', ['D5213'])).toEqual(
      expect.arrayContaining(['films', 'teeth_list', 'abutments', 'necessity', 'consent', 'prior_denture']),
    )
    expect(due('authorization', ['D5110'])).not.toContain('abutments')
    expect(due('authorization', ['D5110'], { replaces: false })).not.toContain('prior_denture')
    expect(due('claim', ['D5110'])).toContain('delivery')
    expect(due('claim', ['D5640'])).toEqual(expect.arrayContaining(['repair_note', 'lab_slip']))
    expect(due('claim', ['D5640'])).not.toContain('delivery')
  })
  it('the request speaks of an earlier denture only where there is one', () => {
    const text = (facts: Parameters<typeof ask>[1]) => draftNarrative(dentures, 'authorization_denture', facts, [])
    expect(text({ ...complete, ...upper, missing_teeth: '1 to 16' })).toContain('Missing in the upper jaw: 1 to 16.')
    expect(text({ ...complete, ...upper })).not.toContain('cannot be repaired')
    expect(text({ ...complete, ...upper, replaces: true })).toContain('cannot be repaired')
  })
})
