// The guide of veneers and inlays against guides-more.md section 10 A and B.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded } from '#core/guide/frequency.ts'
import { findConflicts } from '#core/guide/validators.ts'
import { ask, codes, crowns, findingIds, missingIds, rejectedCodes, veneers } from './guides.ts'

const veneer = { tooth: '8', work: 'veneer', reason: 'fracture', wraps: false, made: 'lab', material: 'ceramic' }
const inlay = { tooth: '30', work: 'inlay', made: 'lab', cusps: 'none', material: 'ceramic', surfaces: 2 }
const run = (facts: Parameters<typeof ask>[1]) => ask(veneers, facts)

describe('decision rules', () => {
  it.each([
    ['V0', {}, [], false],
    ['V1', { ...veneer, reason: 'decay' }, [], true],
    ['V2', { ...veneer, wraps: true }, [], false],
    ['V3', veneer, ['D2962'], false],
    ['V3', { ...veneer, material: 'resin' }, ['D2961'], false],
    ['V3', { ...veneer, material: 'metal' }, [], true],
    ['V3', { ...veneer, made: 'mouth' }, ['D2960'], false],
    ['N1', { ...inlay, made: 'mouth' }, [], true],
    ['N2', { ...inlay, cusps: 'some' }, [], false],
    ['N2', { ...inlay, cusps: 'all' }, [], true],
    ['N3', { ...inlay, surfaces: 1 }, ['D2610'], false],
    ['N3', inlay, ['D2620'], false],
    ['N3', { ...inlay, surfaces: 5 }, ['D2630'], false],
    ['N3', { ...inlay, material: 'resin', surfaces: 1 }, ['D2650'], false],
    ['N3', { ...inlay, material: 'resin' }, ['D2651'], false],
    ['N3', { ...inlay, material: 'resin', surfaces: 3 }, ['D2652'], false],
    ['N3', { ...inlay, material: 'metal', surfaces: 1 }, ['D2510'], false],
    ['N3', { ...inlay, material: 'metal' }, ['D2520'], false],
    ['N3', { ...inlay, material: 'metal', surfaces: 3 }, ['D2530'], false],
    ['N3', { ...inlay, material: 'other' }, [], true],
    ['V99', { tooth: '8', work: 'other' }, [], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })
  it.each([
    ['tooth and work', {}, ['tooth', 'work']],
    ['the reason', { tooth: '8', work: 'veneer' }, ['reason']],
    ['whether it goes around', { tooth: '8', work: 'veneer', reason: 'peg' }, ['wraps']],
    ['the cusps', { tooth: '30', work: 'inlay', made: 'lab' }, ['cusps']],
    ['material and surfaces', { tooth: '30', work: 'inlay', made: 'lab', cusps: 'none' }, ['material', 'surfaces']],
  ] as const)('%s is asked and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it('the neighbors are named, and stay with their guides: crown, onlay, filling', () => {
    expect(rejectedCodes(run(veneer))).toEqual(expect.arrayContaining(['D2960', 'D2961', 'D2740', 'D2330']))
    expect(rejectedCodes(run(inlay))).toEqual(expect.arrayContaining(['D2610', 'D2642', 'D2391']))
    const owned = (guide: typeof veneers) => guide.codes.filter((one) => one.kind !== 'other').map((one) => one.code)
    expect(owned(veneers).filter((code) => owned(crowns).includes(code))).toEqual([])
  })
  it('looks only are not paid; a fracture may be; an inlay is often paid as the filling', () => {
    expect(findingIds(run({ ...veneer, reason: 'looks' }))).toContain('looks_only')
    expect(findingIds(run(veneer))).toContain('reason_photo')
    expect(findingIds(run(inlay))).toContain('paid_as_filling')
  })
  it('a tooth has a veneer or a crown; an inlay counts 60 months; the lab slip goes with the claim', () => {
    const line = (code: string) => ({
      code,
      tooth: '8',
      area: null,
      serviceDate: '2026-11-23',
      status: 'planned' as const,
    })
    expect(findConflicts(veneers, [line('D2962'), line('D2740')]).map((one) => one.id)).toEqual([
      'conflict_veneer_crown',
    ])
    const service = (serviceDate: string) => ({
      code: 'D2620',
      tooth: '30',
      area: null,
      serviceDate,
      quantity: 1,
      providerId: 'd1',
    })
    expect(findExceeded(veneers, [service('2026-11-23')], [service('2021-11-24')])).toHaveLength(1)
    expect(findExceeded(veneers, [service('2026-11-23')], [service('2021-11-23')])).toEqual([])
    const due = checklistFor(veneers, {
      facts: {},
      stage: 'claim',
      codes: ['D2962'],
      visits: [],
      reportingMode: 'phased',
    })
    expect(due.map((one) => one.id)).toEqual(expect.arrayContaining(['photo', 'lab_slip', 'reason']))
  })
})
