// The crown guide against procedures-a.md section 1: rows K and F, build-up beside the crown, limits, papers and texts.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative, fitTo } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import type { Stage } from '#core/case/schema.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, crowns, endodontics, findingIds, missingIds, periodontal, rejectedCodes } from './guides.ts'

const natural = { tooth: '3', support: 'natural' }
const crown = { ...natural, job: 'new', crown_material: 'ceramic' }
const core = { ...natural, job: 'foundation', crown_planned: true }
const repair = { ...natural, job: 'repair' }
const recement = { ...natural, job: 'recement', crown_state: 'intact' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(crowns, facts, rest)

describe('decision rules', () => {
  it.each([
    ['K0', {}, [], false],
    ['K0', { tooth: '99', support: 'natural', job: 'new' }, [], false],
    ['K0', { tooth: '3', support: 'natural' }, [], false],
    ['K0', { tooth: '3', job: 'new', crown_material: 'ceramic' }, [], false],
    ['K1', { ...crown, support: 'implant' }, [], true],
    ['K1', { ...crown, support: 'bridge' }, [], false],
    ['K1', { ...recement, support: 'bridge' }, [], false],
    ['K2', recement, ['D2920'], false],
    ['K2', { ...recement, loose_part: 'post' }, ['D2915'], false],
    ['K3', { ...repair, crown_state: 'material_broken' }, ['D2980'], false],
    ['K4', { ...repair, crown_state: 'decay', filling: 'amalgam' }, ['D2140'], true],
    ['K4', { ...repair, crown_state: 'endo_hole', filling: 'composite' }, ['D2391'], true],
    ['K4', { ...repair, tooth: '8', crown_state: 'endo_hole' }, [], true],
    ['K5', { ...natural, job: 'remove', own_visit: true }, ['D2956'], true],
    ['K5', { ...natural, job: 'remove', own_visit: false }, [], false],
    ['K6', { ...natural, job: 'interim', interim_reason: 'healing' }, ['D2799'], false],
    ['K6', { ...natural, job: 'interim', interim_reason: 'routine' }, [], false],
    ['K7', { ...crown, tooth: 'A' }, ['D2929'], true],
    ['K7', { ...crown, tooth: 'A', crown_material: 'metal' }, ['D2930'], true],
    ['K7', { ...crown, tooth: 'A', crown_material: 'pfm' }, [], true],
    ['K7', { ...crown, coverage: 'three_quarter', crown_material: 'resin' }, ['D2712'], true],
    ['K7', { ...crown, coverage: 'three_quarter' }, [], true],
    ['K8', crown, ['D2740'], false],
    ['K9', { ...crown, crown_material: 'pfm', alloy: 'high_noble' }, ['D2750'], false],
    ['K9', { ...crown, crown_material: 'pfm', alloy: 'noble' }, ['D2752'], false],
    ['K9', { ...crown, crown_material: 'pfm', alloy: 'base' }, ['D2751'], false],
    ['K9', { ...crown, crown_material: 'pfm', alloy: 'titanium' }, ['D2753'], false],
    ['K10', { ...crown, crown_material: 'resin' }, ['D2710'], false],
    ['K11', { ...crown, crown_material: 'metal', alloy: 'high_noble' }, ['D2790'], false],
    ['K11', { ...crown, crown_material: 'metal', alloy: 'noble' }, ['D2792'], false],
    ['K11', { ...crown, crown_material: 'metal', alloy: 'base' }, ['D2791'], false],
    ['K11', { ...crown, crown_material: 'metal', alloy: 'titanium' }, [], true],
    ['F0', core, [], false],
    ['F1', { ...core, crown_planned: false }, [], true],
    ['F2', { ...core, post: 'prefab', rct_done: true }, ['D2954'], false],
    ['F2', { ...core, post: 'prefab', rct_done: true, posts: 3 }, ['D2954', '+D2957x2'], false],
    ['F2', { ...core, post: 'lab', rct_done: true }, ['D2952'], false],
    ['F2', { ...core, post: 'lab', rct_done: true, posts: 2 }, ['D2952', '+D2953x1'], false],
    ['F3', { ...core, post: 'prefab', rct_done: false }, [], true],
    ['F4', { ...core, post: 'none', retention: 'insufficient' }, ['D2950'], false],
    ['F5', { ...core, post: 'none', retention: 'filler_only' }, ['D2949'], false],
    ['X1', { ...recement, crown_state: 'decay' }, [], true],
    ['X2', { ...repair, crown_state: 'intact' }, [], true],
    ['K99', { ...repair, crown_state: 'unfit' }, ['D2999'], true],
    ['K99', { ...natural, job: 'other' }, ['D2999'], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  it.each([
    ['the material', { ...natural, job: 'new' }, ['crown_material']],
    ['the alloy under ceramic', { ...crown, crown_material: 'pfm' }, ['alloy']],
    ['the alloy of a metal crown', { ...crown, crown_material: 'metal' }, ['alloy']],
    ['the state of a crown that came off', { ...natural, job: 'recement' }, ['crown_state']],
    ['whether a crown is planned', { ...natural, job: 'foundation' }, ['crown_planned']],
    ['the post', core, ['post']],
    ['the root canal under a post', { ...core, post: 'lab' }, ['rct_done']],
    ['whether the crown would hold', { ...core, post: 'none' }, ['retention']],
    ['why the crown is provisional', { ...natural, job: 'interim' }, ['interim_reason']],
    ['whether removal stands alone', { ...natural, job: 'remove' }, ['own_visit']],
    ['the filling of a back tooth', { ...repair, crown_state: 'decay' }, ['filling']],
  ] as const)('%s is asked, alone, and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it.each([
    ['K1', { ...crown, support: 'implant' }, ['D2740', 'D2920']],
    ['K2', recement, ['D2740', 'D2980']],
    ['K3', { ...repair, crown_state: 'material_broken' }, ['D2950', 'D2391']],
    ['K4', { ...repair, crown_state: 'decay' }, ['D2980']],
    ['K5', { ...natural, job: 'remove', own_visit: true }, ['D2999']],
    ['K6', { ...natural, job: 'interim', interim_reason: 'healing' }, ['D2740', 'D2750']],
    ['K7', { ...crown, tooth: 'A' }, ['D2740', 'D2750', 'D2710']],
    ['K8', crown, ['D2750', 'D2751', 'D2752', 'D2753', 'D2710']],
    ['K9', { ...crown, crown_material: 'pfm', alloy: 'noble' }, ['D2740', 'D2750', 'D2751']],
    ['K10', { ...crown, crown_material: 'resin' }, ['D2740']],
    ['K11', { ...crown, crown_material: 'metal', alloy: 'base' }, ['D2750', 'D2790']],
    ['F1', { ...core, crown_planned: false }, ['D2950', 'D2952', 'D2954']],
    ['F2', { ...core, post: 'lab', rct_done: true }, ['D2950', 'D2954']],
    ['F3', { ...core, post: 'lab', rct_done: false }, ['D2952', 'D2954']],
    ['F4', { ...core, post: 'none', retention: 'insufficient' }, ['D2949']],
    ['F5', { ...core, post: 'none', retention: 'filler_only' }, ['D2950']],
  ] as const)('%s says which codes are not meant', (rule, facts, expected) => {
    const choice = run(facts)
    expect(choice.ruleId).toBe(rule)
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining([...expected]))
  })
  it('F3 blocks, so that a post without a root canal cannot be confirmed', () => {
    const choice = run({ ...core, post: 'prefab', rct_done: false })
    expect(choice.findings.filter((one) => one.severity === 'block').map((one) => one.id)).toEqual(['post_no_rct'])
  })
  it('K4 does not propose the one-surface composite of back teeth for a front tooth', () => {
    const choice = run({ ...repair, tooth: '8', crown_state: 'decay', filling: 'composite' })
    expect([codes(choice), findingIds(choice)]).toEqual([[], expect.arrayContaining(['front_filling'])])
  })
  it('what the source marks U is shown as unverified, the rest is not', () => {
    const sure = (facts: Parameters<typeof ask>[1]) => run(facts).lines.map((line) => line.confidence)
    expect(sure({ ...crown, crown_material: 'pfm', alloy: 'titanium' })).toEqual(['unverified'])
    expect(sure({ ...crown, crown_material: 'metal', alloy: 'base' })).toEqual(['unverified'])
    expect(sure({ ...crown, crown_material: 'pfm', alloy: 'base' })).toEqual(['reported'])
  })
})

describe('the build-up beside the crown', () => {
  const beside = { ...crown, foundation_placed: true }
  it.each([
    [{ post: 'none', retention: 'insufficient' }, ['D2740', '+D2950'], ['D2949']],
    [{ post: 'none', retention: 'filler_only' }, ['D2740', '+D2949'], ['D2950']],
    [{ post: 'prefab', rct_done: true, posts: 2 }, ['D2740', '+D2954', '+D2957x1'], ['D2950', 'D2952']],
    [{ post: 'lab', rct_done: true, posts: 2 }, ['D2740', '+D2952', '+D2953x1'], ['D2950', 'D2954']],
    [{ post: 'lab', rct_done: false }, ['D2740'], ['D2952', 'D2954']],
  ] as const)('%o adds %o', (facts, expected, rejected) => {
    const choice = run({ ...beside, ...facts })
    expect(codes(choice)).toEqual(expected)
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining([...rejected]))
  })
  it('no build-up, none added; not known, none added', () => {
    const facts = { post: 'none', retention: 'insufficient' }
    expect(codes(run({ ...crown, ...facts, foundation_placed: false }))).toEqual(['D2740'])
    expect(codes(run({ ...crown, ...facts }))).toEqual(['D2740'])
  })
  it('a crown that goes back or is repaired takes none', () => {
    const facts = { foundation_placed: true, post: 'none', retention: 'insufficient' }
    expect(codes(run({ ...recement, ...facts }))).toEqual(['D2920'])
    expect(codes(run({ ...repair, crown_state: 'material_broken', ...facts }))).toEqual(['D2980'])
  })
  it('a post without a root canal blocks beside the crown too', () => {
    const choice = run({ ...beside, post: 'prefab', rct_done: false })
    expect([findingIds(choice), choice.needsDentist]).toEqual([expect.arrayContaining(['post_no_rct']), true])
  })
  it('each answer brings the next question; without a build-up none of them is asked', () => {
    const offered = (facts: Record<string, string | boolean | number>) =>
      nextQuestions(crowns, facts, '2026-11-23').map((question) => question.fact)
    expect(offered(crown)).toContain('foundation_placed')
    expect(offered(beside)).toContain('post')
    expect(offered({ ...beside, post: 'none' })).toContain('retention')
    expect(offered({ ...beside, post: 'prefab' })).toContain('rct_done')
    expect(offered({ ...beside, post: 'prefab', rct_done: true })).toContain('posts')
    expect(offered({ ...beside, post: 'none', retention: 'insufficient' })).toContain('rct_today')
    const asked = offered({ ...crown, foundation_placed: false })
    expect(['post', 'retention', 'rct_done', 'posts', 'rct_today'].filter((fact) => asked.includes(fact))).toEqual([])
  })
  it('the build-up on the day of the root canal is warned of, not blocked: sources are split', () => {
    const facts = { post: 'none', retention: 'insufficient', rct_today: true }
    for (const start of [beside, core]) {
      const found = run({ ...start, ...facts }).findings.find((one) => one.id === 'core_rct_day')
      expect(found?.severity).toBe('warn')
    }
    expect(findingIds(run({ ...beside, ...facts, rct_today: false }))).not.toContain('core_rct_day')
  })
})

describe('few questions', () => {
  it.each([
    ['a zirconia crown', { ...crown }, 3],
    ['ceramic on metal', { ...crown, crown_material: 'pfm', alloy: 'base' }, 4],
    ['a crown that came off', recement, 3],
    ['a build-up on its own day', { ...core, post: 'none', retention: 'insufficient' }, 5],
  ] as const)('%s is settled by few answers', (_, wanted, most) => {
    const facts: Record<string, string | boolean> = { tooth: wanted.tooth }
    const answers: Record<string, string | boolean> = { ...wanted }
    let count = 0
    for (; count < 20; count += 1) {
      const next = nextQuestions(crowns, facts, '2026-11-23').find((question) => question.blocking)
      if (!next) break
      facts[next.fact] = answers[next.fact]!
    }
    expect([count, run(facts).lines.length]).toEqual([most, 1])
  })
})

describe('dates and teeth', () => {
  it('D2956 is not valid before 2025, D2949 not before 2014', () => {
    const removal = { ...natural, job: 'remove', own_visit: true }
    const early = run(removal, { serviceDate: '2024-12-31' })
    expect([early.lines, findingIds(early)]).toEqual([[], ['not_valid_D2956']])
    expect(codes(run(removal, { serviceDate: '2025-01-01' }))).toEqual(['D2956'])
    const filler = { ...core, post: 'none', retention: 'filler_only' }
    expect(findingIds(run(filler, { serviceDate: '2013-12-31' }))).toContain('not_valid_D2949')
    expect(codes(run(filler, { serviceDate: '2014-01-01' }))).toEqual(['D2949'])
  })
  it('a build-up is no code of a primary tooth', () => {
    const choice = run({ ...core, tooth: 'A', post: 'none', retention: 'insufficient' })
    expect([choice.lines, findingIds(choice)]).toEqual([[], ['wrong_tooth_D2950']])
  })
  it('a date of service before the crown is seated is warned of, the day itself is not', () => {
    expect(findingIds(run({ ...crown, seat_date: '2026-12-07' }))).toContain('before_seating')
    expect(findingIds(run({ ...crown, seat_date: '2026-11-23' }))).not.toContain('before_seating')
  })
  it('codes of other guides stay theirs: an imported approval finds its guide by the code', () => {
    const others = [...endodontics.codes, ...periodontal.codes].map((one) => one.code)
    expect(crowns.codes.map((one) => one.code).filter((one) => others.includes(one))).toEqual([])
  })
})

describe('replacement and recementing', () => {
  it('a replacement names items 43 and 44; within 60 months it warns, after them not', () => {
    const replaced = { ...crown, replaces: true }
    expect(findingIds(run(replaced))).toEqual(['replacement_items'])
    expect(findingIds(run({ ...replaced, prior_seat: '2021-11-24' }))).toContain('replaced_too_soon')
    expect(findingIds(run({ ...replaced, prior_seat: '2021-11-23' }))).not.toContain('replaced_too_soon')
    expect(findingIds(run({ ...crown, replaces: false }))).toEqual([])
  })
  it('the office that seated the crown is told of the free months, until they are over', () => {
    expect(findingIds(run({ ...recement, placed_here: true }))).toEqual(['recement_free'])
    expect(findingIds(run({ ...recement, placed_here: true, prior_seat: '2026-07-23' }))).toEqual(['recement_free'])
    expect(findingIds(run({ ...recement, placed_here: true, prior_seat: '2025-11-23' }))).toEqual([])
    expect(findingIds(run({ ...recement, placed_here: false }))).toEqual([])
  })
})

const line = (code: string, serviceDate: string | null = '2026-11-23', tooth = '3'): CaseLine => ({
  code,
  tooth,
  area: null,
  serviceDate,
  status: 'planned',
})
const clashes = (...lines: CaseLine[]) =>
  findConflicts(crowns, lines).map((finding) => `${finding.severity} ${finding.id}`)

describe('codes that exclude each other', () => {
  it.each([
    ['core_post', 'D2950', 'D2954'],
    ['core_post', 'D2950', 'D2952'],
    ['core_repair', 'D2950', 'D2980'],
  ])('%s: %s with %s on one tooth and day is blocked, in either order', (id, one, other) => {
    expect(clashes(line(one), line(other))).toEqual([`block conflict_${id}`])
    expect(clashes(line(other), line(one))).toEqual([`block conflict_${id}`])
    expect(clashes(line(one), line(other, '2026-11-23', '4'))).toEqual([])
  })
  it('a crown that breaks years after its build-up may be repaired', () => {
    expect(clashes(line('D2980'), line('D2950', '2019-05-02'))).toEqual([])
  })
  it.each([
    [['D2950', 'D2954'], 'core_and_post'],
    [['D2950', 'D2980'], 'core_and_repair'],
  ])('%o chosen together is blocked before there is a date', (plannedCodes, id) => {
    const found = run(natural, { plannedCodes }).findings.find((one) => one.id === id)
    expect(found?.severity).toBe('block')
  })
  it('a post chosen against the answer is blocked where there is no root canal', () => {
    const facts = { ...core, post: 'none', retention: 'insufficient', rct_done: false }
    expect(findingIds(run(facts, { plannedCodes: ['D2954'] }))).toContain('post_without_rct')
    expect(findingIds(run({ ...facts, rct_done: true }, { plannedCodes: ['D2954'] }))).not.toContain('post_without_rct')
  })
  it('a further post without a first one is warned of', () => {
    expect(findingIds(run(natural, { plannedCodes: ['D2957'] }))).toContain('further_post_alone')
    expect(findingIds(run(natural, { plannedCodes: ['D2954', 'D2957'] }))).not.toContain('further_post_alone')
  })
  it('crown and build-up of one tooth do not clash', () => {
    expect(clashes(line('D2740'), line('D2950'))).toEqual([])
  })
  it('a filling before the crown is told within six months only', () => {
    expect(clashes(line('D2391', '2026-06-01'), line('D2740'))).toEqual(['info conflict_filling_then_crown'])
    expect(clashes(line('D2391', '2026-05-01'), line('D2740'))).toEqual([])
    expect(clashes(line('D2740', '2026-06-01'), line('D2391'))).toEqual([])
  })
})

describe('limits over time', () => {
  const service = (code: string, serviceDate: string, more: Partial<Service> = {}): Service => ({
    code,
    tooth: '3',
    area: null,
    serviceDate,
    quantity: 1,
    providerId: 'd1',
    ...more,
  })
  const over = (code: string, ...history: Service[]) =>
    findExceeded(crowns, [service(code, '2026-11-23')], history).map((finding) => finding.id)
  it('another crown counts whatever its material, for 60 months and its own tooth', () => {
    expect(over('D2740', service('D2751', '2021-11-24'))).toEqual(['frequency_crown_60'])
    expect(over('D2740', service('D2751', '2021-11-23'))).toEqual([])
    expect(over('D2740', service('D2751', '2026-01-05', { tooth: '4' }))).toEqual([])
  })
  it('putting a crown back is free for its own dentist in the first year, then limited', () => {
    expect(over('D2920', service('D2740', '2026-07-23'))).toEqual(['frequency_recement_free'])
    expect(over('D2920', service('D2740', '2026-07-23', { providerId: 'd2' }))).toEqual([])
    expect(over('D2920', service('D2920', '2025-01-05'))).toEqual(['frequency_recement_24'])
  })
  it('build-up and posts share one count', () => {
    expect(over('D2950', service('D2954', '2024-01-05'))).toEqual(['frequency_core_60'])
    expect(over('D2949', service('D2954', '2024-01-05'))).toEqual([])
  })
  it('a repair is counted from the last repair and from the seating', () => {
    expect(over('D2980', service('D2740', '2025-01-05'))).toEqual(['frequency_repair_after_seat'])
    expect(over('D2980', service('D2980', '2023-01-05'))).toEqual(['frequency_repair_60'])
    expect(over('D2980', service('D2740', '2024-11-23'))).toEqual([])
  })
})

describe('checklist', () => {
  const due = (stage: Stage, of: string[], facts: Record<string, string | boolean> = {}) =>
    checklistFor(crowns, {
      facts: { tooth: '3', ...facts },
      stage,
      codes: of,
      visits: [{ id: 'v1', phase: 'single', serviceDate: '2026-11-23' }],
      reportingMode: 'phased',
    }).map((item) => item.id)
  it('K1 to K6 and S1 to S6 before authorization; what exists only after treatment is not asked', () => {
    const list = due('authorization', ['D2740', 'D2950'])
    const wanted = ['pre_op_film', 'photos', 'tooth_left', 'prior_crown', 'perio', 'history', 'diagnosis', 'consent']
    expect(list).toEqual(expect.arrayContaining([...wanted, 'eligibility', 'necessity']))
    expect(list.filter((id) => ['lab_slip', 'tooth_and_dates', 'visit_note', 'denial_letter'].includes(id))).toEqual([])
  })
  it('K7, K8 and S7 with the claim, S8 with the appeal', () => {
    expect(due('claim', ['D2740'])).toEqual(expect.arrayContaining(['lab_slip', 'tooth_and_dates', 'visit_note']))
    expect(due('claim', ['D2740'])).not.toContain('consent')
    expect(due('appeal', ['D2740'])).toEqual(expect.arrayContaining(['denial_letter', 'photos', 'lab_slip']))
  })
  it('the film of the root canal is asked for a post or a treated tooth only', () => {
    expect(due('claim', ['D2954'], { post: 'prefab' })).toContain('rct_film')
    expect(due('claim', ['D2740'], { rct_done: true })).toContain('rct_film')
    expect(due('claim', ['D2740'], { rct_done: false, post: 'none' })).not.toContain('rct_film')
  })
  it('the date of the earlier crown is asked until it is known that there was none', () => {
    expect(due('claim', ['D2740'])).toContain('prior_crown')
    expect(due('claim', ['D2740'], { replaces: false })).not.toContain('prior_crown')
  })
  it('the lab bill goes with a repair, not with a crown put back', () => {
    expect(due('claim', ['D2980'])).toContain('lab_bill')
    expect(due('claim', ['D2920'])).not.toContain('lab_bill')
    expect(due('claim', ['D2920'])).not.toContain('pre_op_film')
  })
})

describe('texts', () => {
  it('claims a core only where the crown needs one, and a failed crown only where there was one', () => {
    const text = (facts: Record<string, string | boolean>) =>
      draftNarrative(crowns, 'claim_crown', { ...crown, ...facts }, [])
    const needed = { foundation_placed: true, post: 'none', retention: 'insufficient' }
    expect(text(needed)).toContain('Without a core')
    expect(text({ ...needed, retention: 'filler_only' })).not.toContain('Without a core')
    expect(text({ ...needed, foundation_placed: false })).not.toContain('Without a core')
    expect(text({})).not.toMatch(/Without a core|failed|undefined/)
    expect(text({ replaces: true, prior_seat: '2019-05-02' })).toContain('The crown of May 2, 2019 failed from [')
  })
  it('the remark fits the 80 characters of a claim', () => {
    const facts = { tooth: '30', percent_left: 100, wall_height: 15, pre_op_film_date: '2026-09-25' }
    expect(fitTo(draftNarrative(crowns, 'short_crown', facts, []), 80).over).toBe(0)
  })
})
