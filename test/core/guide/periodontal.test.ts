// The periodontal guide against procedures-b.md part 1 section 1: several lines, areas, dates and counts as facts.
import { describe, expect, it } from 'vitest'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, missingIds, periodontal, rejectedCodes } from './guides.ts'

const charted = { eval_done: true, chart_date: '2026-10-01' }
const disease = { ...charted, bone_loss: true, history: 'none', quad_teeth: { '10': 5, '20': 3, '30': 0 } }
const gums = { ...charted, bone_loss: false, history: 'none', inflammation: 'severe', extent: 'generalized' }
const treated = { ...charted, bone_loss: true, history: 'srp', history_date: '2026-06-01' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(periodontal, facts, rest)

describe('decision rules', () => {
  it.each([
    ['P0', { implant_only: true }, []],
    ['P0', { implant_only: true, bone_loss: false }, ['D6081']],
    ['P0', { implant_only: true, bone_loss: true }, ['D6049']],
    ['P1', { blocked: true }, ['D4355']],
    ['P2', {}, []],
    ['P2', { ...disease, bone_loss: 'unknown' }, []],
    ['P2', { ...gums, eval_done: false }, []],
    ['P3', { ...disease, flap: true, bone_reshaped: true }, ['D4260@10', 'D4261@20']],
    ['P3', { ...disease, flap: true, bone_reshaped: false }, ['D4240@10', 'D4241@20']],
    ['P4', disease, ['D4341@10', 'D4342@20']],
    ['P4', { ...disease, quad_teeth: { '20': 3, '30': 2 } }, ['D4342@20', 'D4342@30']],
    ['P5', { ...treated, new_sites: true, quad_teeth: { '40': 2 } }, ['D4342@40']],
    ['P6', { ...treated, new_sites: false }, ['D4910']],
    ['P7', gums, ['D4346']],
    ['P8', { ...gums, inflammation: 'slight', dentition: 'permanent' }, ['D1110']],
    ['P8', { ...gums, extent: 'localized', dentition: 'primary' }, ['D1120']],
    ['P8', { ...gums, inflammation: 'none', dentition: 'mixed', prophylaxis_kind: 'child' }, ['D1120']],
    ['P6', { ...treated, new_sites: false, residual_5mm: true, residual_teeth: 2 }, ['D4910', '+D4381x2']],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice)]).toEqual([rule, expected])
  })

  it('teeth of several quadrants are not pooled into D4341', () => {
    expect(rejectedCodes(run({ ...disease, quad_teeth: { '20': 3, '30': 2 } }))).toContain('D4341')
  })
  it('P9 adds no local agent within four weeks of scaling', () => {
    const choice = run({ ...treated, history_date: '2026-11-01', new_sites: false, residual_5mm: true })
    expect(codes(choice)).toEqual(['D4910'])
    expect(findingIds(choice)).toContain('antimicrobial_too_early')
  })
  it('P5 warns inside 24 months and needs the dentist', () => {
    const choice = run({ ...treated, new_sites: true, quad_teeth: { '10': 4 } })
    expect(findingIds(choice)).toContain('within_24_months')
    expect(choice.needsDentist).toBe(true)
  })
  it('missing counts are asked, not taken as none', () => {
    const { quad_teeth: _, ...rest } = disease
    const choice = run(rest)
    expect([choice.lines, missingIds(choice)]).toEqual([[], ['quad_teeth']])
  })
  it('mixed dentition leaves the prophylaxis to the dentist', () => {
    const choice = run({ ...gums, inflammation: 'none', dentition: 'mixed' })
    expect([choice.lines, missingIds(choice), choice.needsDentist]).toEqual([[], ['prophylaxis_kind'], true])
  })
  it('D4346 is not valid before 2017, D6049 not before 2026', () => {
    expect(run(gums, { serviceDate: '2016-12-31' }).lines).toEqual([])
    const planned = run({ implant_only: true }, { plannedCodes: ['D6049'], serviceDate: '2025-12-31' })
    expect(findingIds(planned)).toContain('not_valid_D6049')
  })
  it('counts outside a quadrant or a mouth are refused', () => {
    expect(() => run({ ...disease, quad_teeth: { '50': 2 } })).toThrow(/quad_teeth/)
    expect(() => run({ ...disease, quad_teeth: { '10': 9 } })).toThrow(/quad_teeth/)
  })
})

describe('same-day conflicts', () => {
  const line = (code: string, area: string | null): CaseLine => ({
    code,
    tooth: null,
    area,
    serviceDate: '2026-11-23',
    status: 'done',
  })
  it('two quadrants of scaling do not clash, two codes in one quadrant do', () => {
    expect(findConflicts(periodontal, [line('D4341', '10'), line('D4342', '20')])).toEqual([])
    expect(findConflicts(periodontal, [line('D4341', '10'), line('D4342', '10')])).toHaveLength(1)
  })
  it('a cancelled line clashes with nothing', () => {
    const cancelled = { ...line('D4910', null), status: 'cancelled' as const }
    expect(findConflicts(periodontal, [line('D4341', '10'), cancelled])).toEqual([])
  })
})
