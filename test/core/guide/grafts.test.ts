// The graft guide against procedures-a.md section 4: one row per rule, then membranes, conflicts, limits, dates and documents.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative, gapsIn } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import {
  ask,
  codes,
  extractions,
  findingIds,
  grafts,
  implants,
  missingIds,
  periodontal,
  rejectedCodes,
} from './guides.ts'

const base = { job: 'graft', material_placed: 'bone', tooth: '19', membrane: 'none' }
const tooth = { ...base, site_now: 'natural_tooth', defects: 1 }
const socket = { ...base, site_now: 'socket_today' }
const implant = { ...base, site_now: 'implant_today' }
const standing = { ...base, site_now: 'old_implant', implant_cleaning: 'none' }
const ridge = { ...base, site_now: 'healed_ridge' }
const sinus = { ...base, tooth: '3', site_now: 'sinus', approach: 'lateral' }
const alone = { job: 'membrane', tooth: '19', site_now: 'natural_tooth', membrane: 'resorbable' }
const takenOut = { job: 'membrane_out', tooth: '19' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(grafts, facts, rest)

describe('decision rules', () => {
  it.each([
    ['G0', {}, [], false],
    ['G0', { job: 'graft', tooth: '19', material_placed: 'bone' }, [], false],
    ['G0', { ...socket, tooth: 'unknown' }, [], false],
    ['G0', { ...sinus, approach: 'unknown' }, [], false],
    ['G1', { ...socket, material_placed: 'plug_only' }, ['D7922'], true],
    ['G1', { ...tooth, material_placed: 'plug_only' }, [], true],
    ['G2', tooth, ['D4263'], false],
    ['G2', { ...tooth, defects: 3 }, ['D4263', '+D4264x2'], false],
    ['G3', socket, ['D7953'], false],
    ['G3', { ...base, site_now: 'implant_removed_today' }, ['D7953'], false],
    ['G4', implant, ['D6104'], false],
    ['G5', standing, ['D6103'], false],
    ['G5', { ...standing, implant_cleaning: 'cleaned' }, ['D6103', '+D6101'], false],
    ['G5', { ...standing, implant_cleaning: 'reshaped' }, ['D6103', '+D6102'], false],
    ['G6', ridge, ['D7950'], true],
    ['G6', { ...ridge, tooth: 'unknown' }, ['D7950'], true],
    ['G7', sinus, ['D7951'], false],
    ['G7', { ...sinus, tooth: 'unknown', approach: 'vertical' }, ['D7952'], false],
    ['M2', { ...takenOut, placed_here: false }, ['D4286'], false],
    ['M2', { ...takenOut, placed_here: true }, [], false],
    ['MB', alone, ['D4266'], false],
    ['MB', { ...alone, membrane: 'none' }, [], false],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  it.each([
    ['G0', { ...socket, tooth: 'unknown' }, ['D7953', 'D4263', 'D6104', 'D4266', 'D7956']],
    ['G1', { ...socket, material_placed: 'plug_only' }, ['D7953']],
    ['G2', tooth, ['D7953']],
    ['G3', socket, ['D4263', 'D6104', 'D7950']],
    ['G4', implant, ['D7953', 'D6103']],
    ['G5', standing, ['D6104']],
    ['G5', { ...standing, implant_cleaning: 'cleaned' }, ['D6102']],
    ['G5', { ...standing, implant_cleaning: 'reshaped' }, ['D6101']],
    ['G6', ridge, ['D7953']],
    ['G7', sinus, ['D7950', 'D7952']],
    ['G7', { ...sinus, approach: 'vertical' }, ['D7951']],
    ['M2', { ...takenOut, placed_here: true }, ['D4286']],
  ] as const)('%s says of %o which codes it is not', (rule, facts, expected) => {
    const choice = run(facts)
    expect([choice.ruleId, rejectedCodes(choice)]).toEqual([rule, expect.arrayContaining([...expected])])
  })

  it.each([
    ['what is done', {}, ['job']],
    ['what is at the site', { job: 'graft', tooth: '19' }, ['site_now']],
    ['the way to the sinus', { ...sinus, approach: 'unknown' }, ['approach']],
    ['the site by number', { ...implant, tooth: 'unknown' }, ['tooth']],
    ['the material', { ...socket, material_placed: 'unknown' }, ['material_placed']],
    ['who placed the membrane', takenOut, ['placed_here']],
    ['the kind of a membrane alone', { ...alone, membrane: 'unknown' }, ['membrane']],
  ] as const)('%s is asked, alone, and nothing is reported before', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })

  it('what the source marks U is shown as unverified, the rest is not', () => {
    const of = (facts: Parameters<typeof ask>[1]) => run(facts).lines.map((line) => line.confidence)
    expect(of({ ...socket, material_placed: 'plug_only' })).toEqual(['unverified'])
    expect(of({ ...standing, implant_cleaning: 'reshaped' })).toEqual(['reported', 'unverified'])
    expect(of({ ...socket, membrane: 'resorbable' })).toEqual(['reported', 'reported'])
  })
})

describe('beside the graft', () => {
  const both = { D4266: 'D4267', D6106: 'D6107', D7956: 'D7957' }
  it.each([
    [tooth, 'D4266', ['D6106', 'D7956']],
    [implant, 'D6106', ['D4266', 'D7956']],
    [standing, 'D6106', ['D4266', 'D7956']],
    [socket, 'D7956', ['D4266', 'D6106']],
    [{ ...base, site_now: 'implant_removed_today' }, 'D7956', ['D4266', 'D6106']],
    [ridge, 'D7956', ['D4266', 'D6106']],
    [sinus, 'D7956', ['D4266', 'D6106']],
  ] as const)('%o takes the membrane of its site, by kind', (facts, dissolves, others) => {
    const stays = both[dissolves]
    for (const job of ['graft', 'membrane']) {
      const soft = run({ ...facts, job, membrane: 'resorbable' })
      const hard = run({ ...facts, job, membrane: 'nonresorbable' })
      const plus = job === 'graft' ? '+' : ''
      expect([codes(soft).at(-1), codes(hard).at(-1)]).toEqual([plus + dissolves, plus + stays])
      expect(rejectedCodes(soft)).toEqual(expect.arrayContaining([...others, stays]))
      expect(rejectedCodes(hard)).toEqual(expect.arrayContaining([...others, dissolves]))
    }
  })
  it('the membrane alone is the main line of its site and warned about; beside a graft it is not', () => {
    const choice = run({ ...alone, site_now: 'implant_today', membrane: 'nonresorbable' })
    expect([codes(choice), findingIds(choice)]).toEqual([['D6107'], ['membrane_alone']])
    expect(findingIds(run({ ...implant, membrane: 'nonresorbable' }))).not.toContain('membrane_alone')
  })
  it('a membrane under the sinus goes to the dentist, one in a socket does not', () => {
    for (const membrane of ['resorbable', 'nonresorbable'])
      for (const job of ['graft', 'membrane']) expect(run({ ...sinus, job, membrane }).needsDentist).toBe(true)
    expect(run({ ...socket, membrane: 'resorbable' }).needsDentist).toBe(false)
  })
  it('not known is said as open, and no membrane is guessed', () => {
    const choice = run({ ...socket, membrane: 'unknown' })
    expect([codes(choice), missingIds(choice)]).toEqual([['D7953'], ['membrane']])
    expect(missingIds(run({ ...tooth, defects: 'unknown' }))).toEqual(['defects'])
  })
  it('defects that join are one site: no second line', () => {
    expect(codes(run({ ...tooth, defects: 1 }))).toEqual(['D4263'])
  })
  it('bone from a second place goes to the dentist as its own line; a jar has none', () => {
    const choice = run({ ...implant, harvest: true })
    expect([codes(choice), choice.needsDentist]).toEqual([['D6104', '+D7295'], true])
    expect(codes(run({ ...implant, harvest: false }))).toEqual(['D6104'])
  })
  it('horizontal bone loss warns at a tooth only', () => {
    expect(findingIds(run({ ...tooth, defect: 'horizontal' }))).toContain('defect_kind')
    expect(findingIds(run({ ...tooth, defect: 'vertical' }))).not.toContain('defect_kind')
    expect(findingIds(run({ ...socket, defect: 'horizontal' }))).not.toContain('defect_kind')
  })
  it.each([
    ['removal_own_line', socket],
    ['future_plan_needed', socket],
    ['implant_own_line', implant],
    ['ridge_report', ridge],
    ['later_socket', ridge],
    ['no_material', { ...tooth, material_placed: 'plug_only' }],
    ['accident_date', { ...ridge, trauma: true, trauma_date: '2026-03-02' }],
  ])('%s is said', (id, facts) => {
    expect(findingIds(run(facts))).toContain(id)
  })
  it('each site asks for what matters there, and no more', () => {
    const asked = (facts: Parameters<typeof nextQuestions>[1]) =>
      nextQuestions(grafts, facts, '2026-11-23').map((one) => one.fact)
    const open = { job: 'graft', material_placed: 'bone', tooth: '19' }
    expect(asked({})[0]).toBe('job')
    expect(asked({ ...open, site_now: 'socket_today' })).toEqual(['membrane', 'harvest', 'removal_reported'])
    expect(asked({ ...open, site_now: 'natural_tooth' })).toEqual(['membrane', 'defects', 'defect', 'harvest'])
    expect(asked({ ...open, site_now: 'old_implant' })).toEqual(['membrane', 'implant_cleaning', 'harvest'])
    expect(asked({ ...open, site_now: 'healed_ridge' })).toEqual(['membrane', 'harvest', 'trauma', 'tumor'])
    expect(asked({ ...open, site_now: 'healed_ridge', trauma: true })).toContain('trauma_date')
    expect(asked({ ...takenOut, placed_here: false })).toEqual([])
  })
})

describe('conflicts, limits and dates', () => {
  const line = (code: string, on: string | null = '19', serviceDate = '2026-11-23', area: string | null = null) =>
    ({ code, tooth: on, serviceDate, area, status: 'done' }) satisfies CaseLine
  const found = (...lines: CaseLine[]) =>
    findConflicts(grafts, lines)
      .filter((one) => one.id.startsWith('conflict'))
      .map((one) => `${one.severity} ${one.id}`)

  it.each(['D6104', 'D6010'])('D7953 with %s is blocked on one site and day', (code) => {
    expect(found(line('D7953'), line(code))).toEqual(['block conflict_socket_implant'])
    expect(found(line('D7953', '19', '2026-06-01'), line(code))).toEqual([])
    expect(found(line('D7953'), line(code, '20'))).toEqual([])
  })
  it('a graft at a tooth is blocked from its removal on, not before', () => {
    expect(found(line('D4263'), line('D7140'))).toEqual(['block conflict_removed_tooth'])
    expect(found(line('D4263'), line('D7210', '19', '2024-01-05'))).toEqual(['block conflict_removed_tooth'])
    expect(found(line('D4263', '19', '2024-01-05'), line('D7210'))).toEqual([])
    expect(findingIds(run({ ...tooth, prior_visits: ['D7140'] }))).toContain('conflict_removed_tooth')
  })
  it.each([
    ['tooth', 'D4266', 'D4267'],
    ['implant', 'D6106', 'D6107'],
    ['ridge', 'D7956', 'D7957'],
  ])('two kinds of membrane at one %s on a day warn', (place, dissolves, stays) => {
    expect(found(line(dissolves), line(stays))).toEqual([`warn conflict_${place}_membranes`])
    expect(found(line(dissolves), line(stays, '20'))).toEqual([])
  })
  it('one side of the sinus is reached one way', () => {
    expect(found(line('D7951', null, '2026-11-23', '10'), line('D7952', null, '2026-11-23', '10'))).toEqual([
      'block conflict_two_sinus',
    ])
    expect(found(line('D7951', null, '2026-11-23', '10'), line('D7952', null, '2026-11-23', '20'))).toEqual([])
  })
  it('a sinus lift in the lower jaw is blocked', () => {
    expect(findingIds(run({ ...sinus, tooth: '19' }))).toContain('sinus_lower')
    expect(findingIds(run(sinus))).not.toContain('sinus_lower')
  })
  it('a socket graft without a removal warns, or says that it is to be checked', () => {
    expect(findingIds(run({ ...socket, prior_visits: ['D3330'] }))).toContain('socket_without_removal')
    expect(findingIds(run(socket))).toContain('socket_without_removal_unknown')
    expect(findingIds(run({ ...socket, removal_reported: false }))).toContain('removal_missing')
    const without = (facts: Parameters<typeof ask>[1]) => findingIds(run({ ...socket, ...facts })).join()
    expect(without({ prior_visits: ['D7210'] })).not.toContain('socket_without_removal')
    expect(without({ prior_visits: ['D6100'] })).not.toContain('socket_without_removal')
    expect(without({ removal_reported: true })).not.toMatch(/socket_without_removal|removal_missing/)
  })

  const done = (code: string, serviceDate: string, more: Partial<Service> = {}): Service => ({
    code,
    serviceDate,
    tooth: '19',
    area: null,
    quantity: 1,
    providerId: 'd1',
    ...more,
  })
  const limits = (now: Service, before: Service) => findExceeded(grafts, [now], [before]).map((one) => one.id)
  it('a site takes a socket graft once; a quadrant has one first site a day', () => {
    expect(limits(done('D7953', '2026-11-23'), done('D7953', '2012-01-05'))).toEqual(['frequency_socket_once'])
    expect(limits(done('D7953', '2026-11-23'), done('D7953', '2012-01-05', { tooth: '20' }))).toEqual([])
    expect(limits(done('D6104', '2026-11-23'), done('D6104', '2012-01-05'))).toEqual(['frequency_implant_graft_once'])
    expect(limits(done('D6103', '2026-11-23'), done('D6103', '2012-01-05'))).toEqual(['frequency_old_implant_once'])
    expect(limits(done('D4263', '2026-11-23'), done('D4263', '2026-11-23', { tooth: '20' }))).toEqual([
      'frequency_first_in_quadrant',
    ])
    expect(limits(done('D4263', '2026-11-23'), done('D4263', '2026-11-23', { tooth: '30' }))).toEqual([])
    expect(limits(done('D4263', '2026-11-23'), done('D4263', '2026-11-22', { tooth: '20' }))).toEqual([])
  })

  it.each(['D6106', 'D6107', 'D7956', 'D7957', 'D6105'])('%s begins in 2023', (code) => {
    const ids = (serviceDate: string) => findingIds(run(socket, { plannedCodes: [code], serviceDate }))
    expect(ids('2022-12-31')).toContain(`not_valid_${code}`)
    expect(ids('2023-01-01')).not.toContain(`not_valid_${code}`)
  })
  it('a membrane at an implant of 2022 is left to the dentist, the graft stands', () => {
    const choice = run({ ...implant, membrane: 'resorbable' }, { serviceDate: '2022-06-01' })
    expect([codes(choice), choice.needsDentist]).toEqual([['D6104'], true])
  })
  it('sites are permanent tooth numbers', () => {
    const choice = run({ ...socket, tooth: 'K' })
    expect([choice.lines, findingIds(choice)]).toEqual([[], expect.arrayContaining(['wrong_tooth_D7953'])])
  })
  it('each graft code belongs to one guide: an imported line must open the right one', () => {
    const own = (guide: typeof grafts) => guide.codes.filter((one) => one.kind !== 'other').map((one) => one.code)
    const others = [extractions, implants, periodontal].flatMap(own)
    expect(own(grafts).filter((code) => others.includes(code))).toEqual([])
    expect(own(grafts)).toEqual(expect.arrayContaining(['D7953', 'D6104', 'D6103']))
  })
})

describe('documents and texts', () => {
  const items = (facts: Parameters<typeof ask>[1], stage: 'authorization' | 'claim' | 'appeal', listed: string[]) =>
    checklistFor(grafts, { facts, stage, codes: listed, visits: [], reportingMode: 'phased' }).map((one) => one.id)

  it('each graft has its own papers', () => {
    expect(items(socket, 'claim', ['D7953'])).toEqual(expect.arrayContaining(['removal_line', 'material_label']))
    expect(items(socket, 'claim', ['D7953'])).not.toContain('perio_chart')
    expect(items(tooth, 'claim', ['D4263'])).toContain('perio_chart')
    expect(items(alone, 'claim', ['D4266'])).toContain('perio_chart')
    expect(items(alone, 'claim', ['D6106'])).not.toContain('perio_chart')
    expect(items(socket, 'authorization', ['D7953'])).toContain('site_plan')
    expect(items(tooth, 'authorization', ['D4263'])).not.toContain('site_plan')
  })
  it('an injury or a tumor at a ridge points to the medical plan', () => {
    expect(findingIds(run({ ...ridge, tumor: true }))).toContain('medical_first')
    expect(findingIds(run({ ...ridge, trauma: true }))).toEqual(
      expect.arrayContaining(['medical_first', 'accident_items']),
    )
    expect(findingIds(run({ ...ridge, trauma: false, tumor: false }))).not.toContain('medical_first')
  })
  it('the medical plan is asked after an injury or a tumor only', () => {
    expect(items({ ...ridge, tumor: true }, 'authorization', ['D7950'])).toContain('medical_plan')
    expect(items(ridge, 'authorization', ['D7950'])).not.toContain('medical_plan')
  })
  it('the narrative names plan and membrane where they belong', () => {
    const text = (facts: Parameters<typeof ask>[1]) => draftNarrative(grafts, 'claim_graft', facts, [])
    const filled = { ...socket, membrane: 'resorbable', membrane_brand: 'Brand A', future_plan: 'an implant' }
    expect(text({ ...filled, plan_when: 'March' })).toContain('The bone is needed for an implant, about March.')
    expect(text(filled)).toContain('Membrane: Brand A, dissolves.')
    expect(text(socket)).not.toContain('Membrane:')
    expect(text({ ...tooth, future_plan: 'an implant' })).not.toContain('bone is needed')
    expect(gapsIn(text(socket))).toEqual(expect.arrayContaining(['size of the defect', 'lot', 'plan for the site']))
  })
})
