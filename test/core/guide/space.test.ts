// The guide of space maintainers against guides-more.md section 10 C: kind, sides and arch, care, age, limits and papers.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded } from '#core/guide/frequency.ts'
import { ask, codes, findingIds, missingIds, orthodontics, rejectedCodes, space } from './guides.ts'

const hold = { job: 'new', effect: 'hold', successor_near: false }
const one = { ...hold, fixed: true, sides: 'one', quadrants: { '10': 1 } }
const both = { ...hold, fixed: true, sides: 'both', arch: 'upper' }
const run = (facts: Parameters<typeof ask>[1]) => ask(space, facts)

describe('decision rules', () => {
  it.each([
    ['C0', {}, [], false],
    ['C1', { job: 'recement', sides: 'one', quadrants: { '30': 1 } }, ['D1553@30'], false],
    ['C1', { job: 'recement', sides: 'both', arch: 'upper' }, ['D1551'], false],
    ['C1', { job: 'recement', sides: 'both', arch: 'lower' }, ['D1552'], false],
    ['C2', { job: 'remove', sides: 'one', quadrants: { '30': 1 } }, ['D1556@30'], false],
    ['C2', { job: 'remove', sides: 'both', arch: 'upper' }, ['D1557'], false],
    ['C2', { job: 'remove', sides: 'both', arch: 'lower' }, ['D1558'], false],
    ['C3', { job: 'new', effect: 'move' }, [], false],
    ['C3', { job: 'new', effect: 'habit' }, [], false],
    ['C4', { ...one, successor_near: true }, [], true],
    ['C5', { ...one, effect: 'shoe' }, ['D1575@10'], false],
    ['C6', one, ['D1510@10'], false],
    ['C6', { ...one, quadrants: { '10': 1, '20': 1 } }, ['D1510@10', 'D1510@20'], false],
    ['C6', { ...one, quadrants: { '10': 0 } }, [], false],
    ['C6', both, ['D1516'], false],
    ['C6', { ...both, arch: 'lower' }, ['D1517'], false],
    ['C7', { ...one, fixed: false }, ['D1520@10'], false],
    ['C7', { ...both, fixed: false }, ['D1526'], false],
    ['C7', { ...both, fixed: false, arch: 'lower' }, ['D1527'], false],
    ['C99', { job: 'new', effect: 'other' }, [], true],
    ['C99', { job: 'other' }, [], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })
  it.each([
    ['what it does', { job: 'new' }, ['effect']],
    ['the permanent tooth', { job: 'new', effect: 'hold' }, ['successor_near']],
    ['whether it is cemented', hold, ['fixed']],
    ['the sides', { ...hold, fixed: true }, ['sides']],
    ['the arch', { ...hold, fixed: true, sides: 'both' }, ['arch']],
    ['the quadrants', { ...hold, fixed: true, sides: 'one' }, ['quadrants']],
  ] as const)('%s is asked and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it('the neighbors are named: other sides, removable, habit; orthodontics owns no code of it', () => {
    expect(rejectedCodes(run(one))).toEqual(expect.arrayContaining(['D1516', 'D1517', 'D1520', 'D8220']))
    const owned = (guide: typeof space) => guide.codes.filter((code) => code.kind !== 'other').map((code) => code.code)
    expect(owned(space).filter((code) => owned(orthodontics).includes(code))).toEqual([])
  })
  it('the age limits of plans are told from 14 and from 16 on', () => {
    const told = (age: number) => findingIds(run({ ...one, age })).filter((id) => id.startsWith('over'))
    expect([told(6), told(14), told(16)]).toEqual([[], ['over_14'], ['over_16']])
  })
  it('one side is counted for 60 months by quadrant; film and lost tooth go with a new one only', () => {
    const service = (area: string, serviceDate: string) => ({
      code: 'D1510',
      tooth: null,
      area,
      serviceDate,
      quantity: 1,
      providerId: 'd1',
    })
    const over = (area: string, day: string) =>
      findExceeded(space, [service('10', '2026-11-23')], [service(area, day)]).map((found) => found.id)
    expect(over('10', '2021-11-24')).toEqual(['frequency_one_side_60'])
    expect(over('10', '2021-11-23')).toEqual([])
    expect(over('20', '2026-01-05')).toEqual([])
    const due = (of: string[]) =>
      checklistFor(space, { facts: {}, stage: 'claim', codes: of, visits: [], reportingMode: 'phased' }).map(
        (x) => x.id,
      )
    expect(due(['D1510'])).toEqual(expect.arrayContaining(['film', 'lost_tooth', 'lab_slip']))
    expect(due(['D1556'])).not.toContain('film')
  })
})
