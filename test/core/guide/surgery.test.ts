// The guide of small oral surgery against guides-more.md section 7: rows A, places and counts, limits and papers.
import { describe, expect, it } from 'vitest'
import { checkDiagnoses, checklistFor } from '#core/guide/checklist.ts'
import { findExceeded } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import type { Stage } from '#core/case/schema.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, missingIds, rejectedCodes, surgery } from './guides.ts'

const ridge = { act: 'ridge', beyond_sockets: true, extraction_today: true, spaces: { '10': 4, '20': 2 } }
const expose = { act: 'expose', tooth: '6', exposure: 'uncover' }
const frenum = { act: 'frenum', reworked: false, frenum_place: 'tongue' }
const biopsy = { act: 'biopsy', lab_sent: true, sample: 'part', tissue: 'soft' }
const torus = { act: 'torus', torus_place: 'palate' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(surgery, facts, rest)

describe('decision rules', () => {
  it.each([
    ['A0', {}, [], false],
    ['A1', { ...ridge, beyond_sockets: false }, [], false],
    ['A2', ridge, ['D7310@10', 'D7311@20'], false],
    ['A2', { ...ridge, spaces: { '10': 0 } }, [], true],
    ['A3', { ...ridge, extraction_today: false }, ['D7320@10', 'D7321@20'], false],
    ['A3', { ...ridge, extraction_today: false, spaces: { '30': 0 } }, [], true],
    ['A4', { act: 'expose' }, [], false],
    ['A5', expose, ['D7280'], false],
    ['A5', { ...expose, bonded: true }, ['D7280', '+D7283'], false],
    ['A5', { ...expose, exposure: 'loosen' }, ['D7282'], true],
    ['A5', { ...expose, exposure: 'remove' }, [], false],
    ['A5', { ...expose, exposure: 'other' }, [], true],
    ['A6', frenum, ['D7962'], false],
    ['A6', { ...frenum, frenum_place: 'lip_cheek' }, ['D7961'], false],
    ['A6', { ...frenum, frenum_place: 'both' }, ['D7962', '+D7961'], false],
    ['A6', { act: 'frenum', reworked: true }, ['D7963'], false],
    ['A7', { ...biopsy, lab_sent: false }, [], false],
    ['A8', biopsy, ['D7286'], false],
    ['A8', { ...biopsy, tissue: 'hard' }, ['D7285'], false],
    ['A8', { ...biopsy, sample: 'cells' }, ['D7287'], false],
    ['A8', { ...biopsy, sample: 'brush' }, ['D7288'], false],
    ['A8', { ...biopsy, sample: 'whole' }, [], true],
    ['A8', { ...biopsy, sample: 'other' }, [], true],
    ['A9', torus, ['D7472'], false],
    ['A9', { ...torus, torus_place: 'lower_inner' }, ['D7473'], false],
    ['A9', { ...torus, torus_place: 'side', sites: 2 }, ['D7471x2'], false],
    ['A9', { ...torus, torus_place: 'other' }, [], true],
    ['A99', { act: 'other' }, [], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })
  it.each([
    ['what is done', {}, ['act']],
    ['whether more than sockets was shaped', { act: 'ridge' }, ['beyond_sockets']],
    ['whether teeth come out', { act: 'ridge', beyond_sockets: true }, ['extraction_today']],
    ['the spaces', { act: 'ridge', beyond_sockets: true, extraction_today: false }, ['spaces']],
    ['the tooth', { act: 'expose' }, ['tooth']],
    ['what is done to the tooth', { act: 'expose', tooth: '6' }, ['exposure']],
    ['the place of the band', { act: 'frenum', reworked: false }, ['frenum_place']],
    ['the lab', { act: 'biopsy' }, ['lab_sent']],
    ['the place of the growth', { act: 'torus' }, ['torus_place']],
  ] as const)('%s is asked and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it.each([
    ['A1', { ...ridge, beyond_sockets: false }, ['D7310', 'D7321']],
    ['A2', ridge, ['D7320', 'D7321']],
    ['A5', expose, ['D7140', 'D7220', 'D7282']],
    ['A6', frenum, ['D7960', 'D7961', 'D7963']],
    ['A8', biopsy, ['D7285', 'D7287', 'D7288']],
    ['A9', torus, ['D7471', 'D7473', 'D7310']],
  ] as const)('%s names the neighbors that are not meant', (rule, facts, expected) => {
    const choice = run(facts)
    expect(choice.ruleId).toBe(rule)
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining([...expected]))
  })
  it('the code of a band goes by the date of service: one code until 2020, by place from 2021', () => {
    expect(findingIds(run(frenum, { serviceDate: '2020-12-31' }))).toContain('not_valid_D7962')
    expect(codes(run(frenum, { serviceDate: '2021-01-01' }))).toEqual(['D7962'])
    const old = (serviceDate: string) => findingIds(run({}, { serviceDate, plannedCodes: ['D7960'] }))
    expect(old('2021-01-01')).toContain('not_valid_D7960')
    expect(old('2020-12-31')).not.toContain('not_valid_D7960')
  })
})

describe('who pays', () => {
  it('the tongue is medical at Regence, lip and cheek of a baby too, of a child not; a biopsy goes to the medical plan first', () => {
    const lip = { ...frenum, frenum_place: 'lip_cheek' }
    expect(findingIds(run(frenum))).toContain('tongue_medical')
    expect(findingIds(run({ ...lip, age: 0 }))).toContain('lip_medical')
    expect(findingIds(run({ ...lip, age: 9 }))).toContain('lip_dental')
    expect(findingIds(run(lip))).toContain('lip_dental')
    expect(findingIds(run(biopsy))).toContain('biopsy_medical')
  })
  it('a palate without a denture, a tooth without the orthodontist and a band without a problem warn', () => {
    expect(findingIds(run({ ...torus, prosthesis_planned: false }))).toContain('palate_review')
    expect(findingIds(run({ ...torus, prosthesis_planned: true }))).not.toContain('palate_review')
    expect(findingIds(run({ ...expose, ortho_letter: false }))).toContain('no_ortho_letter')
    expect(findingIds(run({ ...frenum, function_problem: false }))).toContain('no_function')
  })
})

const line = (code: string, tooth: string | null, area: string | null): CaseLine => ({
  code,
  tooth,
  area,
  serviceDate: '2026-11-23',
  status: 'planned',
})
const clashes = (...lines: CaseLine[]) => findConflicts(surgery, lines).map((one) => one.id)

describe('conflicts, limits, papers', () => {
  it('one quadrant has one count, two quadrants have two; a kept tooth is not taken out', () => {
    expect(clashes(line('D7310', null, '10'), line('D7311', null, '10'))).toEqual(['conflict_ridge_two_counts'])
    expect(clashes(line('D7310', null, '10'), line('D7311', null, '20'))).toEqual([])
    expect(clashes(line('D7280', '6', null), line('D7220', '6', null))).toEqual(['conflict_expose_and_remove'])
  })
  it('a tooth is uncovered once', () => {
    const service = (tooth: string, serviceDate: string) => ({
      code: 'D7280',
      tooth,
      area: null,
      serviceDate,
      quantity: 1,
      providerId: 'd1',
    })
    const over = (tooth: string) => findExceeded(surgery, [service('6', '2026-11-23')], [service(tooth, '2019-01-05')])
    expect(over('6').map((one) => one.id)).toEqual(['frequency_expose_once'])
    expect(over('11')).toEqual([])
  })
  it('each work has its papers', () => {
    const due = (stage: Stage, of: string[]) =>
      checklistFor(surgery, { facts: {}, stage, codes: of, visits: [], reportingMode: 'phased' }).map((one) => one.id)
    expect(due('claim', ['D7310'])).toEqual(expect.arrayContaining(['ridge_note', 'ridge_photo', 'denture_plan']))
    expect(due('authorization', ['D7280'])).toEqual(expect.arrayContaining(['film', 'ortho_letter', 'consent']))
    expect(due('claim', ['D7286'])).toContain('lab_report')
    expect(due('authorization', ['D7286'])).not.toContain('lab_report')
    expect(due('claim', ['D7962'])).toEqual(expect.arrayContaining(['function', 'frenum_photo']))
    expect(due('appeal', ['D7472'])).toContain('denial_letter')
  })
  it('texts speak of a denture only where one is planned; a stuck tooth supports uncovering it', () => {
    const text = (facts: Record<string, string | boolean>) => draftNarrative(surgery, 'claim_surgery', facts, [])
    expect(text({ act: 'ridge' })).not.toMatch(/denture|stays/)
    expect(text({ act: 'ridge', prosthesis_planned: true })).toContain('A denture is planned')
    expect(checkDiagnoses(surgery, 'D7280', ['K01.1'])).toEqual([])
    expect(checkDiagnoses(surgery, 'D7280', ['K02.9']).map((one) => one.id)).toEqual(['diagnosis_unexpected'])
  })
})
