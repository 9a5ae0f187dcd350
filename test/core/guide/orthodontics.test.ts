// The orthodontic guide against procedures-a.md section 5: rows O, transfers, states’ scores, limits, papers and texts.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative, fitTo } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import type { Stage } from '#core/case/schema.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, missingIds, orthodontics, rejectedCodes } from './guides.ts'

const limited = { step: 'start', scope: 'limited' }
const whole = { step: 'start', scope: 'comprehensive' }
const full = { ...whole, stage: 'adolescent' }
const visit = { step: 'periodic', contract_here: true }
const taken = { step: 'periodic', contract_here: false, transfer: true }
const papers = { banding_date: '2025-03-03', months_total: 24, prior_paid: 900 }
const lost = { step: 'lost_retainer' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(orthodontics, facts, rest)
const offered = (facts: Record<string, string | boolean | number>) =>
  nextQuestions(orthodontics, facts, '2026-11-23').map((question) => question.fact)

describe('decision rules', () => {
  it.each([
    ['O0', {}, [], false],
    ['O0', { step: 'start' }, [], false],
    ['O0', { ...limited }, [], false],
    ['O0', { step: 'start', stage: 'adult' }, [], false],
    ['O1', { step: 'monitor' }, ['D8660'], false],
    ['O2', { ...limited, stage: 'primary' }, ['D8010'], false],
    ['O2', { ...limited, stage: 'transitional' }, ['D8020'], false],
    ['O2', { ...limited, stage: 'adolescent' }, ['D8030'], false],
    ['O2', { ...limited, stage: 'adult' }, ['D8040'], false],
    ['O2', { ...limited, stage: 'adult', jaw_surgery: true }, ['D8040'], false],
    ['O3', { ...whole, stage: 'primary' }, [], true],
    ['O3', { ...whole, stage: 'primary', jaw_surgery: true }, [], true],
    ['O4', { ...whole, stage: 'adult', jaw_surgery: true }, ['D8091'], true],
    ['O5', { ...whole, stage: 'transitional' }, ['D8070'], false],
    ['O5', full, ['D8080'], false],
    ['O5', { ...whole, stage: 'adult' }, ['D8090'], false],
    ['O5', { ...whole, stage: 'adult', jaw_surgery: false }, ['D8090'], false],
    ['O6', visit, ['D8670'], false],
    ['O7', { ...taken, transfer: false }, [], true],
    ['O7', taken, ['D8670'], true],
    ['O7', { ...taken, ...papers }, ['D8670'], true],
    ['O8', { step: 'retention' }, ['D8680'], false],
    ['O9', { step: 'early_removal' }, ['D8695'], false],
    ['O9c', { step: 'retainer_care', retainer_work: 'recement', retainer_arch: 'upper' }, ['D8698'], false],
    ['O9c', { step: 'retainer_care', retainer_work: 'recement', retainer_arch: 'lower' }, ['D8699'], false],
    ['O9c', { step: 'retainer_care', retainer_work: 'recement', retainer_arch: 'both' }, ['D8698', '+D8699'], false],
    ['O9c', { step: 'retainer_care', retainer_work: 'repair', retainer_arch: 'upper' }, ['D8701'], false],
    ['O9c', { step: 'retainer_care', retainer_work: 'repair', retainer_arch: 'lower' }, ['D8702'], false],
    ['O9c', { step: 'retainer_care', retainer_work: 'repair', retainer_arch: 'both' }, ['D8701', '+D8702'], false],
    ['O9b', { ...lost, retainer_arch: 'upper' }, ['D8703'], false],
    ['O9b', { ...lost, retainer_arch: 'lower' }, ['D8704'], false],
    ['O9b', { ...lost, retainer_arch: 'both' }, ['D8703', '+D8704'], false],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  it.each([
    ['the step', {}, ['step']],
    ['aim and dentition of a start', { step: 'start' }, ['scope', 'stage']],
    ['the dentition alone', limited, ['stage']],
    ['whether the visit belongs to a start here', { step: 'periodic' }, ['contract_here']],
    ['whether another office started', { step: 'periodic', contract_here: false }, ['transfer']],
    ['which retainer', lost, ['retainer_arch']],
  ] as const)('%s is asked and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it.each([
    ['the data of the other office', taken, ['banding_date', 'months_total', 'prior_paid']],
    ['what of them is still missing', { ...taken, banding_date: '2025-03-03', months_total: 24 }, ['prior_paid']],
  ] as const)('%s is asked beside the code', (_, facts, missing) => {
    expect(missingIds(run(facts))).toEqual(missing)
  })
  it.each([
    ['O1', { step: 'monitor' }, ['D8670']],
    ['O2', { ...limited, stage: 'adult' }, ['D8010', 'D8030', 'D8070', 'D8080', 'D8090', 'D8091', 'D8050', 'D8060']],
    ['O3', { ...whole, stage: 'primary' }, ['D8070', 'D8080', 'D8090']],
    ['O4', { ...full, jaw_surgery: true }, ['D8080', 'D8090']],
    ['O5', full, ['D8070', 'D8090', 'D8030']],
    ['O6', visit, ['D8010', 'D8080', 'D8090']],
    ['O7', taken, ['D8020', 'D8080']],
    ['O8', { step: 'retention' }, ['D8670']],
    ['O9', { step: 'early_removal' }, ['D8680']],
    ['O9b', { ...lost, retainer_arch: 'upper' }, ['D8704', 'D8680']],
  ] as const)('%s says which codes are not meant', (rule, facts, expected) => {
    const choice = run(facts)
    expect(choice.ruleId).toBe(rule)
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining([...expected]))
  })
  it('the age never decides: eleven or forty, adolescent teeth give the adolescent code', () => {
    for (const age of [11, 40]) expect(codes(run({ ...full, age }))).toEqual(['D8080'])
  })
  it('what the source marks U is shown as unverified, the rest is not', () => {
    const sure = (facts: Parameters<typeof ask>[1]) => run(facts).lines.map((line) => line.confidence)
    expect(sure({ ...full, jaw_surgery: true })).toEqual(['unverified'])
    expect(sure({ step: 'early_removal' })).toEqual(['unverified'])
    expect(sure({ ...taken, ...papers })).toEqual(['unverified'])
    expect(sure(full)).toEqual(['reported'])
  })
})

describe('few questions', () => {
  it.each([
    ['braces of an adolescent', full, 3],
    ['watching growth', { step: 'monitor' }, 1],
    ['a visit', visit, 2],
    ['a visit after a transfer', { ...taken, ...papers }, 6],
    ['a lost retainer', { ...lost, retainer_arch: 'lower' }, 2],
  ] as const)('%s is settled by few answers', (_, wanted, most) => {
    const facts: Record<string, string | boolean | number> = {}
    const answers: Record<string, string | boolean | number> = { ...wanted }
    let count = 0
    for (; count < 20; count += 1) {
      const next = nextQuestions(orthodontics, facts, '2026-11-23').find((question) => question.blocking)
      if (!next) break
      facts[next.fact] = answers[next.fact]!
    }
    expect([count, run(facts).lines.length]).toEqual([most, 1])
  })
  it('a start asks for payer, age limit and lifetime amount; the score only where a state counts one', () => {
    expect(offered(full)).toEqual(
      expect.arrayContaining(['jaw_surgery', 'program', 'over_age', 'lifetime_left', 'transfer']),
    )
    expect(offered(full)).not.toContain('hld_score')
    expect(offered({ ...full, program: 'commercial' })).not.toContain('hld_score')
    expect(offered({ ...full, program: 'WA' })).not.toContain('hld_score')
    expect(offered({ ...full, program: 'CA' })).toContain('hld_score')
    expect(offered({ ...full, program: 'CA', hld_score: 20 })).toContain('auto_qualifier')
    expect(offered({ ...full, program: 'CA', hld_score: 30 })).not.toContain('auto_qualifier')
  })
})

describe('states', () => {
  const low = (facts: Record<string, string | boolean | number>) =>
    findingIds(run({ ...full, ...facts })).includes('score_low')
  it.each([
    ['CA', 26],
    ['TX', 26],
    ['MA', 22],
    ['IL', 28],
    ['MD', 15],
  ])('%s passes at %i and is warned of one below', (program, mark) => {
    expect([low({ program, hld_score: mark }), low({ program, hld_score: mark - 1 })]).toEqual([false, true])
    const said = run({ ...full, program, hld_score: mark - 1 }).findings.find((one) => one.id === 'score_low')
    expect(said?.message).toContain(`below ${mark}`)
  })
  it('an automatic condition counts where our notes name one, not in Texas and Maryland', () => {
    const listed = (program: string) => low({ program, hld_score: 5, auto_qualifier: true })
    expect(['CA', 'MA', 'IL', 'TX', 'MD'].map(listed)).toEqual([false, false, false, true, true])
  })
  it('a score that is not known, or a private plan, brings no warning', () => {
    expect([low({ program: 'CA' }), low({ program: 'commercial', hld_score: 5 })]).toEqual([false, false])
  })
  it.each(['CA', 'TX', 'MA', 'IL', 'MD', 'WA'])('%s is told with its own rule, and only that', (program) => {
    expect(findingIds(run({ ...full, program })).filter((id) => id.startsWith('state_'))).toEqual([`state_${program}`])
  })
  it('MassHealth and Washington end at 21; another state is not judged by age', () => {
    const ids = (program: string, age: number) => findingIds(run({ ...full, program, age }))
    expect(ids('MA', 21)).toContain('masshealth_age')
    expect(ids('MA', 20)).not.toContain('masshealth_age')
    expect(ids('WA', 21)).toContain('washington_age')
    expect(ids('WA', 20)).not.toContain('washington_age')
    expect(ids('CA', 30).filter((id) => id.endsWith('_age'))).toEqual([])
  })
  it('every state mark of the guide carries its year, or says that none is noted', () => {
    const marks = orthodontics.authorizationHints.filter((one) => /HLD \d+ or more/.test(one.text))
    expect(marks).toHaveLength(5)
    expect(marks.filter((one) => !/\((20\d\d)\)|not noted/.test(one.text))).toEqual([])
  })
})

describe('limits of the plan', () => {
  it.each([
    ['over_age', { over_age: true }, { over_age: false }],
    ['lifetime_used', { lifetime_left: false }, { lifetime_left: true }],
    ['started_elsewhere', { transfer: true }, { transfer: false }],
  ] as const)('%s is warned of when it holds, and then only', (id, holds, not) => {
    const found = run({ ...full, ...holds }).findings.find((one) => one.id === id)
    expect(found?.severity).toBe('warn')
    expect(findingIds(run({ ...full, ...not }))).not.toContain(id)
    expect(findingIds(run(full))).not.toContain(id)
  })
  it('start and visits name items 40 to 42; watching does not', () => {
    expect(findingIds(run(full))).toContain('ortho_items')
    expect(findingIds(run(visit))).toContain('ortho_items')
    expect(findingIds(run({ step: 'monitor' }))).not.toContain('ortho_items')
  })
  it('a visit chosen against the answer needs a start', () => {
    const facts = { step: 'periodic', contract_here: false, transfer: false }
    expect(findingIds(run(facts, { plannedCodes: ['D8670'] }))).toContain('periodic_needs_start')
    expect(findingIds(run({ step: 'monitor' }, { plannedCodes: ['D8670'] }))).toEqual(
      expect.arrayContaining(['rejected_D8670', 'periodic_needs_start_unknown']),
    )
    expect(findingIds(run(visit)).filter((id) => id.startsWith('periodic_needs_start'))).toEqual([])
  })
})

describe('dates', () => {
  it('D8091 is not valid before 2025', () => {
    const facts = { ...full, jaw_surgery: true }
    const early = run(facts, { serviceDate: '2024-12-31' })
    expect([early.lines, findingIds(early)]).toEqual([[], expect.arrayContaining(['not_valid_D8091'])])
    expect(codes(run(facts, { serviceDate: '2025-01-01' }))).toEqual(['D8091'])
  })
  it.each(['D8050', 'D8060', 'D8690'])('%s ended with 2021', (code) => {
    const on = (serviceDate: string) => findingIds(run({}, { serviceDate, plannedCodes: [code] }))
    expect(on('2022-01-01')).toContain(`not_valid_${code}`)
    expect(on('2021-12-31')).not.toContain(`not_valid_${code}`)
  })
})

const line = (code: string, serviceDate: string | null = '2026-11-23'): CaseLine => ({
  code,
  tooth: null,
  area: null,
  serviceDate,
  status: 'planned',
})
const clashes = (...lines: CaseLine[]) =>
  findConflicts(orthodontics, lines).map((finding) => `${finding.severity} ${finding.id}`)

describe('codes that exclude each other', () => {
  it.each([
    ['monitor_periodic', 'D8660', 'D8670'],
    ['retention_periodic', 'D8680', 'D8670'],
    ['finished_or_early', 'D8680', 'D8695'],
  ])('%s: %s with %s on one day is warned of, in either order; on another day it is not', (id, one, other) => {
    expect(clashes(line(one), line(other))).toEqual([`warn conflict_${id}`])
    expect(clashes(line(other), line(one))).toEqual([`warn conflict_${id}`])
    expect(clashes(line(one), line(other, '2026-10-23'))).toEqual([])
  })
})

describe('limits over time', () => {
  const service = (code: string, serviceDate: string): Service => ({
    code,
    tooth: null,
    area: null,
    serviceDate,
    quantity: 1,
    providerId: 'd1',
  })
  const over = (code: string, ...history: Service[]) =>
    findExceeded(orthodontics, [service(code, '2026-11-23')], history).map((finding) => finding.id)
  it('a second start is told of whatever its code and however long ago; visits never are', () => {
    expect(over('D8080', service('D8020', '2019-02-02'))).toEqual(['frequency_second_start'])
    expect(over('D8080')).toEqual([])
    expect(over('D8670', service('D8080', '2026-01-02'), service('D8670', '2026-10-23'))).toEqual([])
  })
  it('watching growth again within six months', () => {
    expect(over('D8660', service('D8660', '2026-05-24'))).toEqual(['frequency_monitor_6'])
    expect(over('D8660', service('D8660', '2026-05-23'))).toEqual([])
  })
})

describe('checklist', () => {
  const due = (stage: Stage, of: string[], facts: Record<string, string | boolean> = {}) =>
    checklistFor(orthodontics, {
      facts,
      stage,
      codes: of,
      visits: [{ id: 'v1', phase: 'single', serviceDate: '2026-11-23' }],
      reportingMode: 'phased',
    }).map((item) => item.id)
  it('records, plan, consent and eligibility before authorization; the contract with the claim', () => {
    const before = due('authorization', ['D8080'])
    const wanted = ['ortho_films', 'ortho_photos', 'diagnosis', 'treatment_plan', 'no_decay', 'consent', 'eligibility']
    expect(before).toEqual(expect.arrayContaining([...wanted, 'narrative', 'history']))
    expect(before).not.toContain('contract')
    expect(due('claim', ['D8080'])).toEqual(expect.arrayContaining(['contract', 'visit_note', 'eligibility']))
  })
  it('the state form is asked of Medicaid only', () => {
    expect(due('authorization', ['D8080'], { program: 'TX' })).toContain('hld_form')
    expect(due('authorization', ['D8080'], { program: 'commercial' })).not.toContain('hld_form')
    expect(due('authorization', ['D8080'])).not.toContain('hld_form')
  })
  it('papers of the earlier office are asked after a transfer only', () => {
    expect(due('claim', ['D8670'], { transfer: true })).toContain('transfer_packet')
    expect(due('claim', ['D8670'])).not.toContain('transfer_packet')
  })
  it('photos at the end go with retention, records of the start do not', () => {
    expect(due('claim', ['D8680'])).toContain('debond_photos')
    expect(due('claim', ['D8080'])).not.toContain('debond_photos')
    expect(due('appeal', ['D8680'])).not.toContain('ortho_films')
  })
})

describe('texts', () => {
  const text = (facts: Parameters<typeof draftNarrative>[2]) => draftNarrative(orthodontics, 'claim_start', facts, [])
  it('names a score or a condition only where Medicaid asked and the answer is there', () => {
    expect(text({ ...full, program: 'TX', hld_score: 30 })).toContain('HLD score 30.')
    expect(text({ ...full, program: 'commercial', hld_score: 30 })).not.toContain('HLD')
    expect(text({ ...full, program: 'TX' })).not.toContain('HLD')
    expect(text({ ...full, program: 'CA', auto_qualifier: false })).not.toContain('Automatic')
  })
  it('speaks of an earlier office only after a transfer', () => {
    expect(text({ ...full, transfer: true, prior_paid: 900 })).toContain('paid there by an earlier plan: 900 dollars')
    expect(text(full)).not.toContain('another office')
  })
  it('the end is finished, early or a lost retainer, never two of them', () => {
    const end = (facts: Parameters<typeof draftNarrative>[2]) =>
      draftNarrative(orthodontics, 'claim_end', facts, [], { serviceDate: '2026-11-23' })
    expect(end({ step: 'retention' })).not.toMatch(/early|Lost/)
    expect(end({ step: 'early_removal' })).not.toMatch(/finished|Lost/)
    expect(end({ ...lost, retainer_arch: 'lower' })).toBe('Lost retainer: lower. New one on Nov 23, 2026.')
  })
  it('the remark fits the 80 characters of a claim', () => {
    const facts = { stage: 'transitional', banding_date: '2026-09-25', months_total: 120 }
    expect(fitTo(draftNarrative(orthodontics, 'short_ortho', facts, []), 80).over).toBe(0)
  })
})
