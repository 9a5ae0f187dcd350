// The guide of gum surgery against guides-more.md section 9: rows G, positions of grafts, limits and papers.
import { describe, expect, it } from 'vitest'
import { checkDiagnoses, checklistFor } from '#core/guide/checklist.ts'
import { findExceeded } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import type { Stage } from '#core/case/schema.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, gums, missingIds, periodontal, rejectedCodes } from './guides.ts'

const lengthen = { purpose: 'crown_height', bone_removed: true, flap: true, gum_healthy: true, tooth: '30', teeth: 1 }
const pocket = { purpose: 'pocket', technique: 'gum_only', quad_teeth: { '10': 4, '20': 2 } }
const graft = { purpose: 'recession', source: 'own', tooth: '6', first_positions: 1, next_positions: 2 }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(gums, facts, rest)

describe('decision rules', () => {
  it.each([
    ['G0', {}, [], false],
    ['G2', { ...lengthen, flap: false }, [], true],
    ['G3', { ...lengthen, gum_healthy: false }, [], false],
    ['G4', lengthen, ['D4249'], false],
    ['G4', { ...lengthen, purpose: 'restore_access', teeth: 2 }, ['D4249x2'], false],
    ['G1', { ...lengthen, bone_removed: false }, ['D4212'], false],
    ['G5', { purpose: 'looks', bone_removed: true, quad_teeth: { '10': 4 } }, ['D4230@10'], false],
    ['G5', { purpose: 'looks', bone_removed: true, quad_teeth: { '20': 3 } }, ['D4231@20'], false],
    ['G5', { purpose: 'looks', bone_removed: true, quad_teeth: { '20': 0 } }, [], true],
    ['G5', { purpose: 'looks', bone_removed: false }, [], true],
    ['G6', pocket, ['D4210@10', 'D4211@20'], false],
    ['G6', { ...pocket, purpose: 'overgrowth' }, ['D4210@10', 'D4211@20'], false],
    ['G6', { ...pocket, technique: 'moved' }, ['D4245@10', 'D4245@20'], true],
    ['G6', { ...pocket, technique: 'wedge', tooth: '2' }, ['D4274'], false],
    ['G6', { ...pocket, technique: 'flap' }, [], false],
    ['G6', { ...pocket, technique: 'other' }, ['D4999'], true],
    ['G6', { ...pocket, quad_teeth: { '10': 0 } }, [], true],
    ['G7', graft, ['D4273', '+D4283x2'], false],
    ['G7', { ...graft, next_positions: 0 }, ['D4273'], false],
    ['G7', { ...graft, first_positions: 2, next_positions: 1 }, ['D4273x2', '+D4283x1'], false],
    ['G7', { ...graft, source: 'donor' }, ['D4275', '+D4285x2'], false],
    ['G7', { ...graft, source: 'free' }, ['D4277', '+D4278x2'], false],
    ['G7', { ...graft, source: 'pedicle' }, ['D4270'], false],
    ['G7', { ...graft, source: 'combined' }, ['D4276'], true],
    ['G7', { ...graft, source: 'other' }, ['D4999'], true],
    ['G99', { purpose: 'other' }, ['D4999'], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })
  it.each([
    ['the purpose', {}, ['purpose']],
    ['whether bone was cut', { purpose: 'crown_height' }, ['bone_removed']],
    ['the flap', { purpose: 'crown_height', bone_removed: true }, ['flap']],
    ['the state of the gum', { purpose: 'crown_height', bone_removed: true, flap: true }, ['gum_healthy']],
    ['how it is done', { purpose: 'pocket' }, ['technique']],
    ['the teeth of each quadrant', { purpose: 'pocket', technique: 'gum_only' }, ['quad_teeth']],
    ['the tissue', { purpose: 'recession' }, ['source']],
  ] as const)('%s is asked and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it('the positions are asked before a graft is settled', () => {
    expect(missingIds(run({ purpose: 'recession', source: 'own' }))).toEqual([
      'tooth',
      'first_positions',
      'next_positions',
    ])
  })
  it.each([
    ['G2', { ...lengthen, flap: false }, ['D4249']],
    ['G4', lengthen, ['D4212', 'D4260', 'D4230']],
    ['G1', { ...lengthen, bone_removed: false }, ['D4249', 'D4211']],
    ['G6', pocket, ['D4260', 'D4240', 'D4212']],
    ['G7', graft, ['D4275', 'D4277', 'D4285', 'D4278']],
  ] as const)('%s names the neighbors that are not meant', (rule, facts, expected) => {
    const choice = run(facts)
    expect(choice.ruleId).toBe(rule)
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining([...expected]))
  })
  it('flaps and bone surgery stay in the periodontal guide', () => {
    const owned = (guide: typeof gums) => guide.codes.filter((one) => one.kind !== 'other').map((one) => one.code)
    expect(owned(gums).filter((code) => owned(periodontal).includes(code))).toEqual([])
  })
})

describe('what else the answers bring', () => {
  it('a crown prepared too soon, no scaling before, grafts that stand apart', () => {
    expect(findingIds(run({ ...lengthen, healing_planned: false }))).toContain('prepared_too_soon')
    expect(findingIds(run({ ...lengthen, healing_planned: true }))).not.toContain('prepared_too_soon')
    expect(findingIds(run({ ...pocket, srp_done: false }))).toContain('surgery_without_srp')
    expect(findingIds(run({ ...graft, first_positions: 2 }))).toContain('apart')
    expect(findingIds(run(graft))).not.toContain('apart')
  })
  it('a touching position with the first code of another tissue is blocked', () => {
    const crossed = (...plannedCodes: string[]) => findingIds(run({}, { plannedCodes }))
    expect(crossed('D4277', 'D4283')).toContain('crossed_pairs')
    expect(crossed('D4273', 'D4283')).not.toContain('crossed_pairs')
  })
})

const line = (code: string, tooth: string | null, area: string | null = null): CaseLine => ({
  code,
  tooth,
  area,
  serviceDate: '2026-11-23',
  status: 'planned',
})
const clashes = (...lines: CaseLine[]) => findConflicts(gums, lines).map((one) => one.id)

describe('conflicts, limits, papers', () => {
  it('one quadrant has one surgery; a crown on the day of its lengthening warns; touching positions do not clash', () => {
    expect(clashes(line('D4210', null, '10'), line('D4260', null, '10'))).toEqual(['conflict_two_surgeries'])
    expect(clashes(line('D4210', null, '10'), line('D4260', null, '20'))).toEqual([])
    expect(clashes(line('D4249', '30'), line('D2740', '30'))).toEqual(['conflict_lengthen_prep'])
    expect(clashes(line('D4273', '6'), line('D4283', '7'))).toEqual([])
  })
  it('gum is removed in a quadrant once in 36 months', () => {
    const service = (code: string, area: string, serviceDate: string) => ({
      code,
      tooth: null,
      area,
      serviceDate,
      quantity: 1,
      providerId: 'd1',
    })
    const over = (area: string, day: string) =>
      findExceeded(gums, [service('D4210', '10', '2026-11-23')], [service('D4211', area, day)]).map((one) => one.id)
    expect(over('10', '2023-11-24')).toEqual(['frequency_removal_36'])
    expect(over('10', '2023-11-23')).toEqual([])
    expect(over('20', '2026-01-05')).toEqual([])
  })
  it('each work has its papers', () => {
    const due = (stage: Stage, of: string[]) =>
      checklistFor(gums, { facts: {}, stage, codes: of, visits: [], reportingMode: 'phased' }).map((one) => one.id)
    expect(due('authorization', ['D4273'])).toEqual(expect.arrayContaining(['chart', 'photo', 'film', 'consent']))
    expect(due('authorization', ['D4249'])).toEqual(expect.arrayContaining(['healthy', 'restoration_plan', 'film']))
    expect(due('authorization', ['D4249'])).not.toContain('srp_dates')
    expect(due('claim', ['D4210'])).toEqual(expect.arrayContaining(['srp_dates', 'surgery_note']))
    expect(due('appeal', ['D4249'])).toContain('denial_letter')
  })
  it('texts claim flap and bone only where both were; recession supports a graft', () => {
    const text = (facts: Record<string, string | boolean>) => draftNarrative(gums, 'claim_lengthening', facts, [])
    expect(text({ tooth: '30', flap: true, bone_removed: true })).toContain('bone was cut')
    expect(text({ tooth: '30', bone_removed: true })).not.toContain('bone was cut')
    expect(checkDiagnoses(gums, 'D4273', ['K06.013'])).toEqual([])
    expect(checkDiagnoses(gums, 'D4273', ['K02.9']).map((one) => one.id)).toEqual(['diagnosis_unexpected'])
  })
})
