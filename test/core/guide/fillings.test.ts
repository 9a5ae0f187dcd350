// The filling guide against guides-more.md section 2: one row per rule, codes by date of service, lookback, downgrade, papers.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import { findConflicts, judgeDates, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, fillings, findingIds, missingIds, rejectedCodes } from './guides.ts'

const back = { tooth: '3', act: 'filling', material: 'resin' }
const front = { tooth: '8', act: 'filling', material: 'resin' }
const amalgam = { tooth: '30', act: 'filling', material: 'amalgam' }
const one = { surface_count: 'one' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(fillings, facts, rest)

describe('decision rules', () => {
  it.each([
    ['R0', { act: 'filling' }, [], false],
    ['R1', { tooth: '3', act: 'interim' }, ['D2940'], false],
    ['R1', { tooth: '3', act: 'interim', closes_access: true }, [], false],
    ['R1', { tooth: '3', act: 'interim', final_today: true }, [], false],
    ['R2', { tooth: '3', act: 'groove' }, ['D1351'], false],
    ['R3', { tooth: '8', act: 'fragment' }, ['D2921'], false],
    ['R4', { tooth: '8', act: 'liner' }, [], false],
    ['R5', { tooth: '8', act: 'whole_crown' }, ['D2390'], false],
    ['R5', { tooth: '3', act: 'whole_crown' }, [], true],
    ['R6', { tooth: '3', act: 'other' }, [], true],
    ['R6', { ...back, material: 'other' }, [], true],
    ['R7', { ...amalgam, ...one }, ['D2140'], false],
    ['R7', { ...amalgam, surface_count: 'two' }, ['D2150'], false],
    ['R7', { ...amalgam, tooth: '8', surface_count: 'three' }, ['D2160'], false],
    ['R7', { ...amalgam, tooth: 'A', surface_count: 'four' }, ['D2161'], false],
    ['R8', { ...front, ...one }, ['D2330'], false],
    ['R8', { ...front, surface_count: 'two' }, ['D2331'], false],
    ['R8', { ...front, tooth: 'E', surface_count: 'three' }, ['D2332'], false],
    ['R8', { ...front, surface_count: 'four' }, ['D2335'], false],
    ['R9', { ...back, ...one }, ['D2391'], false],
    ['R9', { ...back, tooth: 'A', surface_count: 'two' }, ['D2392'], false],
    ['R9', { ...back, tooth: '4', surface_count: 'three' }, ['D2393'], false],
    ['R9', { ...back, material: 'glass_ionomer', surface_count: 'four' }, ['D2394'], false],
    ['R9', { ...back, ...one, pins: true }, ['D2391', '+D2951'], false],
    ['R9', { ...back, surface_count: 'two', connected: false }, ['D2392'], true],
    ['R9', { ...back, ...one, connected: false }, ['D2391'], false],
    ['R1', { tooth: '3', act: 'interim', pins: true }, ['D2940'], false],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  // Bug: “No code is proposed” gave the reason of the rule’s first such outcome, not of the one that these facts lead to.
  it('says why there is no code with the words of its own outcome', () => {
    expect(run({ tooth: '3', act: 'interim', final_today: true }).instead).toContain('final filling of the same day')
    expect(run({ tooth: '3', act: 'interim', closes_access: true }).instead).toContain('root canal that goes on')
    expect(run({ ...back, ...one }).instead).toBe('')
  })

  it.each([
    ['tooth and work', {}, ['tooth', 'act']],
    ['the material', { tooth: '3', act: 'filling' }, ['material']],
    ['the surfaces', back, ['surface_count']],
    ['the surfaces of amalgam', amalgam, ['surface_count']],
  ] as const)('%s is asked, and nothing is guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })

  it.each([
    [{ ...back, surface_count: 'two' }, ['D2391', 'D2393', 'D2150', 'D2331']],
    [{ ...front, surface_count: 'two' }, ['D2335', 'D2392', 'D2150', 'D2390']],
    [{ ...amalgam, ...one }, ['D2391', 'D2330', 'D2150']],
    [{ tooth: '3', act: 'groove' }, ['D2391', 'D1352']],
    [{ tooth: '3', act: 'interim' }, ['D2391', 'D9110', 'D2950']],
    [{ tooth: '8', act: 'whole_crown' }, ['D2932', 'D2335', 'D2740']],
    [{ tooth: '8', act: 'fragment' }, ['D2335', 'D2740']],
    [{ tooth: '8', act: 'liner' }, ['D2940', 'D2330']],
  ] as const)('%o rejects the neighbors %o', (facts, expected) => {
    expect(rejectedCodes(run(facts))).toEqual(expect.arrayContaining([...expected]))
  })
})

describe('codes by date of service', () => {
  const corner = { ...front, surface_count: 'two', corner: true }
  it('the corner alone is the largest code through 2023, and by surfaces since', () => {
    expect(codes(run(corner, { serviceDate: '2023-12-31' }))).toEqual(['D2335'])
    const now = run(corner, { serviceDate: '2024-01-01' })
    expect([codes(now), findingIds(now)]).toEqual([['D2331'], ['corner_by_surfaces']])
  })
  it('enamel only is D1352 through 2025, D2391 since: the question is never asked today', () => {
    const shallow = { ...back, ...one, enamel_only: true }
    expect(codes(run(shallow, { serviceDate: '2025-12-31' }))).toEqual(['D1352'])
    expect(codes(run(shallow, { serviceDate: '2026-01-01' }))).toEqual(['D2391'])
    expect(codes(run({ ...shallow, tooth: 'A' }, { serviceDate: '2025-12-31' }))).toEqual(['D2391'])
    const asked = (day: string) => nextQuestions(fillings, { ...back, ...one }, day).map((question) => question.fact)
    expect(asked('2025-12-31')).toContain('enamel_only')
    expect(asked('2026-01-01')).not.toContain('enamel_only')
    expect(nextQuestions(fillings, front, '2026-11-23').map((question) => question.fact)).not.toContain('corner')
  })
  it('a resin crown of a back tooth waits for 2027', () => {
    const crown = { tooth: '3', act: 'whole_crown' }
    expect(codes(run(crown, { serviceDate: '2026-12-31' }))).toEqual([])
    expect(codes(run(crown, { serviceDate: '2027-01-01' }))).toEqual(['D2390'])
    const planned = (serviceDate: string) => findingIds(run(crown, { serviceDate, plannedCodes: ['D2390'] }))
    expect(planned('2026-12-31')).toContain('resin_crown_back')
    expect(planned('2027-01-01')).not.toContain('resin_crown_back')
  })
  it('a temporary filling of a primary tooth had its own code through 2024', () => {
    const interim = { tooth: 'A', act: 'interim' }
    expect(codes(run(interim, { serviceDate: '2024-12-31' }))).toEqual(['D2941'])
    expect(codes(run(interim, { serviceDate: '2025-01-01' }))).toEqual(['D2940'])
  })
  it('without a date of service the edition of today holds', () => {
    expect(codes(run(corner, { serviceDate: null }))).toEqual(['D2331'])
  })
})

describe('lookback, conflicts, papers and texts', () => {
  const line = (code: string, serviceDate = '2026-11-23', tooth = '3'): CaseLine => ({
    code,
    tooth,
    area: null,
    serviceDate,
    status: 'done',
  })
  it('the same surface is measured at the date of service, another surface is not', () => {
    const found = (facts: Parameters<typeof judgeDates>[1]) =>
      judgeDates(fillings, facts, [line('D2391')]).map((finding) => finding.id)
    expect(found({ replaces: true, last_same_surface: '2024-11-24' })).toContain('same_surface')
    expect(found({ replaces: true, last_same_surface: '2024-11-23' })).not.toContain('same_surface')
    expect(found({ replaces: false })).toEqual([])
    expect(found({ replaces: true, placed_here: true, last_same_surface: '2026-03-01' })).toContain('redone_here')
  })
  it('resin of back teeth says what the plan may pay', () => {
    expect(findingIds(run({ ...back, ...one }))).toContain('downgrade')
    expect(findingIds(run({ ...amalgam, ...one }))).not.toContain('downgrade')
  })
  it.each([
    ['two_fillings', 'D2391', 'D2140'],
    ['filling_interim', 'D2391', 'D2940'],
    ['filling_sealant', 'D2391', 'D1351'],
    ['filling_silver', 'D2391', 'D1354'],
    ['filling_crown', 'D2391', 'D2740'],
    ['pins_core', 'D2951', 'D2950'],
  ])('%s: %s with %s on one tooth and day is told', (id, first, other) => {
    const ids = (...lines: CaseLine[]) => findConflicts(fillings, lines).map((finding) => finding.id)
    expect(ids(line(first), line(other))).toContain(`conflict_${id}`)
    expect(ids(line(first), line(other, '2026-11-23', '4'))).toEqual([])
  })
  it('pins never stand alone, and once a tooth', () => {
    expect(findingIds(run({ tooth: '3', act: 'interim' }, { plannedCodes: ['D2951'] }))).toContain('pins_alone')
    const pins: Service = {
      code: 'D2951',
      tooth: '3',
      area: null,
      serviceDate: '2026-11-23',
      quantity: 3,
      providerId: null,
    }
    expect(findExceeded(fillings, [pins], []).map((finding) => finding.id)).toEqual(['frequency_pins_once'])
  })
  const due = (facts: Parameters<typeof ask>[1], of: string[]) =>
    checklistFor(fillings, { facts, stage: 'claim', codes: of, visits: [], reportingMode: 'phased' }).map(
      (item) => item.id,
    )
  it('old filling and accident are papers where there was one', () => {
    expect(due({ replaces: true }, ['D2391'])).toContain('old_filling')
    expect(due({ replaces: false }, ['D2391'])).not.toContain('old_filling')
    expect(due({ cause: 'fracture' }, ['D2335'])).toContain('accident')
    expect(due({}, ['D2940'])).toContain('why_interim')
  })
  it('the letters are asked once the code stands, and never hold it back', () => {
    const choice = run({ ...back, ...one })
    expect([codes(choice), missingIds(choice)]).toEqual([['D2391'], ['surfaces']])
    expect(missingIds(run({ ...back, ...one, surfaces: 'O' }))).toEqual([])
  })
  it('the text names an old filling only where there was one', () => {
    const text = (facts: Parameters<typeof ask>[1]) => draftNarrative(fillings, 'claim_filling', facts, [])
    expect(text({ ...back, surfaces: 'MO', findings: 'decay' })).toBe('Tooth 3, surfaces MO: decay.')
    expect(text({ ...back, replaces: true })).toContain('The filling of the same surface')
  })
})
