// The sedation guide against procedures-b.md part 1 section 3: one row per rule, units, codes by date, conflicts, documents.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, missingIds, rejectedCodes, sedation } from './guides.ts'

const nitrous = { route: 'nitrous' }
const mouth = { route: 'enteral', depth: 'minimal', enteral_dose: 'one_within' }
const injected = { route: 'injected', depth: 'moderate', later_units: 2 }
const vein = { route: 'iv', depth: 'moderate', later_units: 3 }
const deep = { route: 'iv', depth: 'deep', later_units: 1 }
const general = { route: 'iv', depth: 'general', advanced_airway: true, later_units: 4 }
const old = { before_2026: true }
const in2025 = { serviceDate: '2025-12-31' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(sedation, facts, rest)

describe('decision rules', () => {
  it.each([
    ['S0', {}, [], false],
    ['S0', { route: 'iv' }, [], false],
    ['S1', nitrous, ['D9230'], false],
    ['S1', { ...nitrous, depth: 'minimal' }, ['D9230'], false],
    ['S3', mouth, ['D9244'], false],
    ['S4', { ...mouth, enteral_dose: 'one_over' }, ['D9245'], false],
    ['S4', { ...mouth, enteral_dose: 'several' }, ['D9245'], false],
    ['S4', { ...mouth, depth: 'moderate', enteral_dose: 'several' }, ['D9245'], false],
    ['S5', injected, ['D9246', '+D9247x2'], false],
    ['S6', vein, ['D9239', '+D9243x3'], false],
    ['S7', deep, ['D9222', '+D9223x1'], false],
    ['S7', { ...deep, route: 'injected' }, ['D9222', '+D9223x1'], false],
    ['S7', { ...deep, route: 'inhaled' }, ['D9222', '+D9223x1'], false],
    ['S7', { ...general, advanced_airway: false }, ['D9222', '+D9223x4'], false],
    ['S8', general, ['D9224', '+D9225x4'], false],
    ['S9', { ...mouth, depth: 'moderate' }, [], true],
    ['S9', { ...injected, depth: 'minimal' }, [], true],
    ['S9', { ...injected, route: 'inhaled' }, [], true],
    ['S9', { ...vein, depth: 'minimal' }, [], true],
    ['S9n', { ...nitrous, depth: 'moderate' }, [], true],
    ['S9e', { ...mouth, depth: 'deep', later_units: 1 }, [], true],
    ['S9a', { ...deep, advanced_airway: true }, [], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  it.each([
    ['S0', { route: 'iv' }, ['D9230', 'D9239', 'D9222', 'D9244']],
    ['S1', nitrous, ['D9239', 'D9222', 'D9246', 'D9244']],
    ['S3', mouth, ['D9248', 'D9230', 'D9245']],
    ['S4', { ...mouth, enteral_dose: 'several' }, ['D9244', 'D9230', 'D9246', 'D9248']],
    ['S5', injected, ['D9239', 'D9230', 'D9248']],
    ['S6', vein, ['D9222', 'D9230', 'D9246']],
    ['S7', deep, ['D9239', 'D9224', 'D9230']],
    ['S8', general, ['D9222', 'D9223', 'D9230', 'D9239']],
    ['S9', { ...vein, depth: 'minimal' }, ['D9239', 'D9222', 'D9230']],
    ['S9n', { ...nitrous, depth: 'moderate' }, ['D9230']],
    ['S9e', { ...mouth, depth: 'deep' }, ['D9245', 'D9222']],
    ['S9a', { ...deep, advanced_airway: true }, ['D9222', 'D9224']],
    ['S2', { ...injected, ...old }, ['D9246', 'D9244', 'D9239', 'D9230']],
  ] as const)('%s says of %o which codes it is not', (rule, facts, expected) => {
    const choice = run(facts)
    expect([choice.ruleId, rejectedCodes(choice)]).toEqual([rule, expect.arrayContaining([...expected])])
  })

  it.each([
    ['the way', {}, ['route']],
    ['the depth', { route: 'enteral', enteral_dose: 'several' }, ['depth']],
    ['the drugs by mouth', { ...mouth, enteral_dose: 'unknown' }, ['enteral_dose']],
    ['the airway of a general anesthetic', { ...general, advanced_airway: 'unknown' }, ['advanced_airway']],
    ['the times of an injected sedation', { ...injected, later_units: 'unknown' }, ['later_units']],
    ['the times of one into a vein', { ...vein, later_units: 'unknown' }, ['later_units']],
    ['the times of a deep one', { ...deep, later_units: 'unknown' }, ['later_units']],
    ['the times of a general one', { ...general, later_units: 'unknown' }, ['later_units']],
  ] as const)('%s is asked, alone, and nothing is reported before', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it.each([
    { ...nitrous, depth: 'deep' },
    { ...mouth, depth: 'general' },
    { ...mouth, depth: 'moderate' },
    { ...deep, advanced_airway: true },
  ])('%o is said to contradict itself', (facts) => {
    expect(findingIds(run(facts))).toEqual(['depth_contradiction'])
  })
  it('the depth charted decides, not the way: deep by injection is never moderate', () => {
    expect(rejectedCodes(run({ ...deep, route: 'injected' }))).not.toContain('D9222')
    expect(codes(run({ ...deep, route: 'injected' }))).not.toContain('D9246')
  })
  it('what the source marks U is shown as unverified, the rest is not', () => {
    expect(run(injected).findings.find((one) => one.id === 'intranasal')?.confidence).toBe('unverified')
    expect(run(injected).lines.map((line) => line.confidence)).toEqual(['reported', 'reported'])
  })
})

describe('quarter hours', () => {
  it('no later one, no second line', () => {
    expect(codes(run({ ...vein, later_units: 0 }))).toEqual(['D9239'])
  })
  it('the question says how they are counted: begun ones, 31 minutes are 2', () => {
    const asked = nextQuestions(sedation, { route: 'iv', depth: 'moderate' })[0]
    expect(asked).toMatchObject({ fact: 'later_units', kind: 'number', blocking: true })
    expect(asked?.why).toContain('31 minutes: first and 2 later')
  })
  it.each([
    [5, 0],
    [15, 0],
    [16, 1],
    [30, 1],
    [31, 2],
    [45, 2],
    [46, 3],
    [240, 15],
  ])('%i minutes are the first and %i later', (minutes, later) => {
    const warned = (units: number) => findingIds(run({ ...vein, minutes, later_units: units }))
    expect(warned(later)).not.toContain('units_mismatch')
    expect(warned(later + 1)).toContain('units_mismatch')
    if (later > 0) expect(warned(later - 1)).toContain('units_mismatch')
  })
  it('a later code without its first is blocked; with it on the same day it is not', () => {
    const planned = (code: string, first: string[]) =>
      findingIds(run(nitrous, { plannedCodes: [code], sameDayCodes: first }))
    for (const [later, first] of [
      ['D9243', 'D9239'],
      ['D9223', 'D9222'],
      ['D9225', 'D9224'],
      ['D9247', 'D9246'],
    ] as const) {
      expect(planned(later, [])).toContain(`first_missing_${later}`)
      expect(planned(later, [first])).not.toContain(`first_missing_${later}`)
    }
  })
})

describe('codes by date of service', () => {
  it.each([
    [{ ...mouth, ...old }, ['D9248']],
    [{ ...mouth, enteral_dose: 'several', depth: 'moderate', ...old }, ['D9248']],
    [{ ...injected, ...old }, ['D9248']],
    [{ ...injected, depth: 'minimal', ...old }, ['D9248']],
    [{ ...nitrous, ...old }, ['D9230']],
    [{ ...vein, ...old }, ['D9239', '+D9243x3']],
    [{ ...general, ...old }, ['D9222', '+D9223x4']],
    [{ ...general, ...old, advanced_airway: 'unknown' }, ['D9222', '+D9223x4']],
    [{ ...deep, ...old, advanced_airway: true }, ['D9222', '+D9223x1']],
  ] as const)('on the last day of 2025 %o is %o', (facts, expected) => {
    const choice = run(facts, in2025)
    expect([codes(choice), choice.needsDentist]).toEqual([expected, false])
  })
  it('an answer that contradicts the date reports nothing and goes to the dentist', () => {
    const late = run({ ...mouth, ...old }, { serviceDate: '2026-01-01' })
    expect([late.lines, findingIds(late), late.needsDentist]).toEqual([
      [],
      expect.arrayContaining(['not_valid_D9248']),
      true,
    ])
    const early = run(mouth, in2025)
    expect([early.lines, findingIds(early)]).toEqual([[], expect.arrayContaining(['not_valid_D9244'])])
  })
  it.each(['D9224', 'D9225', 'D9244', 'D9245', 'D9246', 'D9247'])('%s begins in 2026', (code) => {
    const ids = (serviceDate: string) => findingIds(run(nitrous, { plannedCodes: [code], serviceDate }))
    expect(ids('2025-12-31')).toContain(`not_valid_${code}`)
    expect(ids('2026-01-01')).not.toContain(`not_valid_${code}`)
  })
  it('whether it was before 2026 is offered where it matters, last, and never holds a case up', () => {
    const asked = (facts: Parameters<typeof nextQuestions>[1]) => nextQuestions(sedation, facts, '2026-11-23')
    expect(asked(mouth).map((one) => [one.fact, one.blocking])).toEqual([
      ['covered_procedure', false],
      ['before_2026', false],
    ])
    expect(asked(vein).map((one) => one.fact)).not.toContain('before_2026')
    expect(asked(vein).map((one) => one.fact)).toEqual(['minutes', 'covered_procedure', 'who', 'facility'])
    expect(asked({})[0]?.fact).toBe('route')
  })
})

describe('conflicts and limits', () => {
  const line = (code: string, serviceDate = '2026-11-23'): CaseLine => ({
    code,
    tooth: null,
    serviceDate,
    area: null,
    status: 'done',
  })
  const found = (...lines: CaseLine[]) =>
    findConflicts(sedation, lines)
      .filter((one) => one.id.startsWith('conflict'))
      .map((one) => `${one.severity} ${one.id}`)

  it.each(['D9244', 'D9245', 'D9247', 'D9243', 'D9223', 'D9224', 'D9248'])(
    'nitrous oxide beside %s is blocked',
    (code) => {
      expect(found(line('D9230'), line(code))).toEqual(['block conflict_nitrous'])
      expect(found(line('D9230', '2026-11-20'), line(code))).toEqual([])
    },
  )
  it('one kind of sedation a visit: any two are blocked, first and later of one kind are not', () => {
    const firsts = ['D9244', 'D9245', 'D9246', 'D9239', 'D9222', 'D9224', 'D9248']
    for (const [at, one] of firsts.entries())
      for (const other of firsts.slice(at + 1)) expect(found(line(one), line(other))).toHaveLength(1)
    expect(found(line('D9239'), line('D9243'))).toEqual([])
    expect(found(line('D9222'), line('D9223'))).toEqual([])
    expect(found(line('D9224'), line('D9225'))).toEqual([])
    expect(found(line('D9246'), line('D9247'))).toEqual([])
  })
  const done = (code: string, serviceDate = '2026-11-23', quantity = 1): Service => ({
    code,
    serviceDate,
    tooth: null,
    area: null,
    quantity,
    providerId: 'd1',
  })
  it.each(['D9230', 'D9244', 'D9245', 'D9246', 'D9239', 'D9222', 'D9224'])('%s is reported once a visit', (code) => {
    const limits = (now: Service, ...before: Service[]) => findExceeded(sedation, [now], before).map((one) => one.id)
    expect(limits(done(code), done(code))).toEqual([`frequency_once_${code}`])
    expect(limits(done(code, '2026-11-23', 2))).toEqual([`frequency_once_${code}`])
    expect(limits(done(code), done(code, '2026-11-22'))).toEqual([])
  })
  it('later quarter hours have no such limit', () => {
    expect(findExceeded(sedation, [done('D9243', '2026-11-23', 5)], [])).toEqual([])
  })
})

describe('findings, documents and texts', () => {
  it.each([
    ['procedure_not_paid', { ...nitrous, covered_procedure: false }],
    ['procedure_not_paid', { ...mouth, covered_procedure: false }],
    ['operator_gave', { ...vein, who: 'operator' }],
    ['provider_asks', { ...deep, who: 'other' }],
    ['facility_place', { ...general, facility: true }],
    ['asa_child', { ...deep, asa: 'three', age: 7 }],
  ])('%s is found', (id, facts) => {
    expect(findingIds(run(facts))).toContain(id)
  })
  it.each([
    ['a treatment that is paid', { ...vein, covered_procedure: true }],
    ['the office', { ...vein, facility: false }],
    ['a child of eight', { ...deep, asa: 'three', age: 8 }],
    ['a small child in class II', { ...deep, asa: 'two', age: 4 }],
    ['a class without an age', { ...deep, asa: 'four' }],
  ])('%s gives no finding', (_, facts) => {
    expect(findingIds(run(facts))).toEqual([])
  })
  it('the ASA class is asked for small children only', () => {
    const asked = (age: number) => nextQuestions(sedation, { ...vein, age }, '2026-11-23').map((one) => one.fact)
    expect(asked(7)).toContain('asa')
    expect(asked(8)).not.toContain('asa')
  })

  const items = (facts: Parameters<typeof ask>[1], stage: 'authorization' | 'claim', listed: string[]) =>
    checklistFor(sedation, { facts, stage, codes: listed, visits: [], reportingMode: 'phased' }).map((one) => one.id)
  it('times are papers of codes by time; the permit is not asked for nitrous oxide', () => {
    expect(items(vein, 'claim', ['D9239', 'D9243'])).toEqual(expect.arrayContaining(['times', 'permit', 'depth_asa']))
    expect(items(mouth, 'claim', ['D9244'])).not.toContain('times')
    expect(items(mouth, 'claim', ['D9244'])).toContain('permit')
    expect(items(nitrous, 'claim', ['D9230'])).not.toContain('permit')
  })
  it('papers of a facility are due in one only', () => {
    expect(items({ ...deep, facility: true }, 'authorization', ['D9222'])).toContain('facility_papers')
    expect(items(deep, 'authorization', ['D9222'])).not.toContain('facility_papers')
  })
  it('the narrative gives times for codes by time, and no depth for nitrous oxide', () => {
    const text = (facts: Parameters<typeof ask>[1]) => draftNarrative(sedation, 'claim_sedation', facts, [])
    const times = { start_time: '9:05', stop_time: '10:02', minutes: 57 }
    expect(text({ ...vein, ...times })).toContain('9:05 to 10:02, 57 minutes.')
    expect(text({ ...mouth, ...times })).not.toContain('57 minutes')
    expect(text(nitrous)).toContain(': nitrous oxide.')
    expect(text(nitrous)).not.toContain('ASA')
  })
})
