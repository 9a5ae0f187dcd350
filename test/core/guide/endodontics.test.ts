// The endodontics guide against domain.md 1.1 and 1.3, rule by rule, and desk.md D.
import { describe, expect, it } from 'vitest'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { comparisonsFor } from '#core/guide/reference.ts'
import { checklistFor, checkDiagnoses } from '#core/guide/checklist.ts'
import { planVisits } from '#core/guide/visit-plan.ts'
import { ask, codes, endodontics, findingIds, missingIds, rejectedCodes } from './guides.ts'

const barrier = { tooth: '8', apex: 'open', pulp: 'necrotic', goal: 'barrier' }
const rct = { tooth: '30', apex: 'closed', pulp: 'necrotic', goal: 'full_rct', finished: true }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(endodontics, facts, rest)

describe('decision rules', () => {
  it.each([
    ['R1', { ...rct, goal: 'surgery', pulp: 'treated', tooth: '8' }, ['D3410']],
    ['R1', { ...rct, goal: 'surgery', pulp: 'treated', tooth: '4', retrofill: true }, ['D3421', '+D3430']],
    ['R1', { ...rct, goal: 'surgery', pulp: 'treated', roots_done: 3 }, ['D3425', '+D3426x2']],
    ['R2', { ...rct, restorable: false, started: true, finished: false }, ['D3332']],
    ['R2', { ...rct, restorable: false, started: true, finished: 'unknown' }, ['D3332']],
    ['R2', { ...barrier, restorable: false, started: false }, []],
    ['R1', { ...rct, goal: 'surgery', pulp: 'treated', retrofill: true, retrofills: 2 }, ['D3425', '+D3430x2']],
    ['R1', { ...rct, goal: 'surgery', pulp: 'treated', tooth: '8', surgery_kind: 'repair' }, ['D3471']],
    ['R1', { ...rct, goal: 'surgery', pulp: 'treated', tooth: '4', surgery_kind: 'explore' }, ['D3502']],
    ['R15', { tooth: '8', goal: 'replant', by_accident: true }, ['D7270']],
    ['R15', { tooth: '8', goal: 'replant', by_accident: false }, ['D3470']],
    ['R16', { tooth: '30', goal: 'post_space', post_elsewhere: true }, ['D3950']],
    ['R16', { tooth: '30', goal: 'post_space', post_elsewhere: false }, []],
    ['R3', { tooth: 'K', apex: 'open', pulp: 'vital', goal: 'preserve_vitality' }, ['D3220']],
    ['R3', { tooth: 'E', apex: 'closed', pulp: 'necrotic', goal: 'full_rct' }, ['D3230']],
    ['R3', { tooth: 'K', apex: 'closed', pulp: 'necrotic', goal: 'full_rct' }, ['D3240']],
    ['R3', { tooth: 'K', apex: 'closed', pulp: 'irreversible', goal: 'pain_relief', finished: false }, ['D3221']],
    ['R4', { ...rct, tooth: '8', pulp: 'treated', goal: 'retreat' }, ['D3346']],
    ['R4', { ...rct, tooth: '12', pulp: 'treated', goal: 'retreat' }, ['D3347']],
    ['R4', { ...rct, pulp: 'treated', goal: 'retreat' }, ['D3348']],
    ['R5', { ...rct, goal: 'pain_relief', finished: false }, ['D3221']],
    ['R5', { ...rct, goal: 'pain_relief', finished: false, pulp_removed: 'partial' }, ['D9110']],
    ['R6', { ...barrier, pulp: 'vital', goal: 'preserve_vitality', pulp_removed: 'partial' }, ['D3222']],
    ['R6', { ...barrier, pulp: 'reversible', goal: 'preserve_vitality', pulp_removed: 'coronal_all' }, ['D3220']],
    ['R7', { ...barrier, goal: 'regenerate', phase: 'initial' }, ['D3355']],
    ['R7', { ...barrier, goal: 'regenerate', phase: 'interim' }, ['D3356']],
    ['R7', { ...barrier, goal: 'regenerate', phase: 'final' }, ['D3357']],
    ['R8', { ...barrier, phase: 'initial' }, ['D3351']],
    ['R8', { ...barrier, phase: 'interim' }, ['D3352']],
    ['R8', { ...barrier, phase: 'final' }, ['D3353']],
    ['R9', { ...barrier, goal: 'repair_defect', defect: 'resorption', phase: 'initial' }, ['D3351']],
    ['R9', { ...rct, goal: 'repair_defect', defect: 'perforation', phase: 'final' }, ['D3353']],
    ['R10', { ...rct, perforation: true }, ['D3330', '+D3333']],
    ['R11', { ...rct, tooth: '8' }, ['D3310']],
    ['R11', { ...rct, tooth: '20', pulp: 'irreversible' }, ['D3320']],
    ['R11', { ...rct, pulp: 'initiated' }, ['D3330']],
    ['R11', { ...rct, finished: false }, []],
    ['R11', { ...rct, obstruction: true }, ['D3330', '+D3331']],
    ['R12', { ...rct, apex: 'open' }, []],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice)]).toEqual([rule, expected])
  })

  it.each([
    [{ apex: 'open', pulp: 'necrotic', goal: 'barrier' }, 'tooth'],
    [{ ...barrier, tooth: '33' }, 'tooth'],
    [{ ...barrier, dentition: 'primary' }, 'tooth'],
  ])('R0 reports nothing and asks when %o lacks %s', (facts, fact) => {
    const choice = run(facts)
    expect(choice).toMatchObject({ ruleId: 'R0', lines: [] })
    expect(missingIds(choice)).toContain(fact)
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining(['D3353', 'D3310', 'D3222']))
  })

  it.each([
    [{ ...barrier, apex: 'unknown', phase: 'final' }, ['apex']],
    [{ ...barrier, pulp: 'unknown', phase: 'final' }, ['pulp']],
    [{ ...rct, tooth: '19', apex: 'unknown', pulp: 'irreversible' }, ['apex']],
  ])('%o is asked for %o and given no code before', (facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })

  it('R7 and R8 without a phase ask for it and already say what is rejected', () => {
    const choice = run(barrier)
    expect(choice).toMatchObject({ ruleId: 'R8', lines: [] })
    expect(missingIds(choice)).toEqual(['phase'])
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining(['D3310', 'D3222', 'D3355', 'D3354']))
  })

  it('R11 asks whether the canal is filled: an unfinished root canal would be billed', () => {
    const choice = run({ ...rct, finished: 'unknown' })
    expect([choice.lines, missingIds(choice)]).toEqual([[], ['finished']])
  })

  it('an irreversible pulp with a barrier needs the dentist; a dead one does not', () => {
    expect(run({ ...barrier, pulp: 'irreversible', phase: 'initial' }).needsDentist).toBe(true)
    expect(run({ ...barrier, phase: 'initial' }).needsDentist).toBe(false)
  })

  it('plug and fill on one day is D3353 alone, unverified and confirmed by the dentist', () => {
    const choice = run({ ...barrier, phase: 'single' })
    expect(choice).toMatchObject({ needsDentist: true, lines: [{ code: 'D3353', confidence: 'unverified' }] })
  })

  it('surgery on a primary tooth is not given a code of a permanent tooth', () => {
    const choice = run({ ...rct, tooth: 'E', pulp: 'treated', goal: 'surgery' })
    expect(choice.lines).toEqual([])
    expect(findingIds(choice)).toContain('wrong_tooth_D3410')
  })

  it('a fact outside the vocabulary or of the wrong type is refused by name', () => {
    expect(() => run({ colour: 'red' })).toThrow(/colour/)
    expect(() => run({ ...barrier, finished: 'true' })).toThrow(/finished/)
    expect(() => run({ ...barrier, apex: 'ajar' })).toThrow(/apex/)
    expect(() => run({ tooth_class: 'molar' })).toThrow(/tooth_class/)
  })
})

describe('reporting modes and plans', () => {
  it.each(['initial', 'interim'])('final-only mode charts the %s visit and bills nothing', (phase) => {
    const choice = run({ ...barrier, phase }, { reportingMode: 'final_only' })
    expect([choice.lines, findingIds(choice)]).toEqual([[], expect.arrayContaining(['charted_not_billed'])])
  })
  it('final-only mode bills one D3353 at the end', () => {
    expect(codes(run({ ...barrier, phase: 'final' }, { reportingMode: 'final_only' }))).toEqual(['D3353'])
  })
  it('a visit plan holds a visit for each code, and for each time it is repeated', () => {
    const codesOf = (mode: 'phased' | 'final_only') =>
      planVisits(endodontics, 'apexification', mode, 2).map((visit) => visit.code)
    expect(codesOf('phased')).toEqual(['D3351', 'D3352', 'D3352', 'D3353'])
    expect(codesOf('final_only')).toEqual([null, null, null, 'D3353'])
  })
})

describe('validators', () => {
  it.each([
    ['second_d3351', { ...barrier, phase: 'initial', prior_visits: ['D3351'] }],
    ['d3352_without_d3351', { ...barrier, phase: 'interim', prior_visits: [] }],
    ['d3352_without_d3351_unknown', { ...barrier, phase: 'interim' }],
    ['d3352_soft_cap', { ...barrier, phase: 'interim', prior_visits: ['D3351', 'D3352', 'D3352', 'D3352'] }],
    ['age_over_16', { ...barrier, phase: 'initial', age: 17 }],
    ['d3353_not_final', { ...barrier, phase: 'final', finished: false }],
    ['accident_items', { ...barrier, trauma: true }],
    ['conflict_apexification_rct', { ...barrier, phase: 'final', prior_visits: ['D3310'] }],
    ['conflict_apexification_rct', { ...rct, prior_visits: ['D3353'] }],
  ])('%s is found', (id, facts) => {
    expect(findingIds(run(facts))).toContain(id)
  })
  it('row 29: what the tooth has had already beyond its limit is warned of, up to the limit it is not', () => {
    const ids = (phase: string, prior_visits: string[]) => findingIds(run({ ...barrier, phase, prior_visits }))
    const changes = (count: number) => ['D3351', ...Array.from({ length: count }, () => 'D3352')]
    expect(ids('initial', ['D3351'])).toContain('second_d3351')
    expect(ids('interim', changes(2))).not.toContain('d3352_soft_cap')
    expect(ids('interim', changes(3))).toContain('d3352_soft_cap')
    expect(ids('final', changes(1))).not.toContain('second_d3353')
    expect(ids('final', [...changes(1), 'D3353'])).toContain('second_d3353')
  })
  it('the same visits in order give no warning', () => {
    const choice = run({ ...barrier, phase: 'interim', prior_visits: ['D3351', 'D3352'], age: 16 })
    expect(choice.findings.filter((finding) => finding.severity !== 'info')).toEqual([])
  })
  it('a planned code of the wrong class is a hard error', () => {
    const choice = run({ ...rct, tooth: '8' }, { plannedCodes: ['D3330'] })
    expect(choice.findings).toContainEqual(expect.objectContaining({ id: 'wrong_tooth_D3330', severity: 'block' }))
  })
  it('retired D3354 and ended D2941 are blocked, D2941 only after 2024', () => {
    const blocked = (code: string, serviceDate: string) =>
      findingIds(run({ ...barrier, tooth: '8' }, { plannedCodes: [code], serviceDate })).includes(`not_valid_${code}`)
    expect(blocked('D3354', '2026-11-23')).toBe(true)
    expect(blocked('D2941', '2025-01-01')).toBe(true)
    expect(blocked('D2941', '2024-12-31')).toBe(false)
  })
  it('a reversible pulpitis code contradicts apexification; a necrosis code does not', () => {
    expect(checkDiagnoses(endodontics, 'D3353', ['K04.01'])).toHaveLength(1)
    expect(checkDiagnoses(endodontics, 'D3353', ['K04.1', 'S02.5XXA'])).toEqual([])
  })
})

describe('desk.md D', () => {
  const line = (code: string, tooth: string, serviceDate = '2026-11-23'): CaseLine => ({
    code,
    tooth,
    serviceDate,
    area: null,
    status: 'done',
  })
  const items = (
    stage: 'authorization' | 'claim' | 'appeal',
    visits: Parameters<typeof checklistFor>[1]['visits'] = [],
  ) =>
    checklistFor(endodontics, {
      facts: { ...barrier, trauma: true },
      stage,
      codes: ['D3353'],
      visits,
      reportingMode: 'phased',
    })

  it.each([
    ['8', 'D3310'],
    ['12', 'D3320'],
    ['30', 'D3330'],
  ])('row 1: closed apex on %s warns and offers %s', (tooth, code) => {
    const choice = run({ ...barrier, tooth, apex: 'closed' })
    expect(choice.lines).toEqual([])
    expect(choice.findings.find((finding) => finding.id === 'apex_closed')?.message).toContain(code)
    expect(rejectedCodes(choice)).toContain('D3353')
  })
  it('row 2: primary tooth warns', () => {
    expect(findingIds(run({ ...barrier, tooth: 'E' }))).toContain('primary_tooth')
  })
  it('row 3: vital pulp warns and offers D3222', () => {
    const found = run({ ...barrier, pulp: 'vital' }).findings.find((finding) => finding.id === 'pulp_vital')
    expect(found).toMatchObject({ severity: 'warn', message: expect.stringContaining('D3222') })
  })
  it('row 4: the compare code follows the tooth class', () => {
    const beside = (tooth: string) => comparisonsFor(endodontics, 'D3353', tooth).flatMap((one) => one.codes)
    expect(beside('8')).toContain('D3310')
    expect(beside('8')).not.toContain('D3330')
    expect(beside('12')).toContain('D3320')
    expect(beside('30')).toContain('D3330')
  })
  it('row 5: D3353 stands side by side with D3310, D3320 and D3330', () => {
    const shown = comparisonsFor(endodontics, 'D3353', null).flatMap((one) => one.codes)
    expect(shown).toEqual(expect.arrayContaining(['D3310', 'D3320', 'D3330']))
  })
  it('row 6: the visit type is asked; first and interim visits are D3351 and D3352', () => {
    expect(missingIds(run(barrier))).toContain('phase')
    expect(codes(run({ ...barrier, phase: 'interim' }))).toEqual(['D3352'])
  })
  it('row 7: a second D3353 on the tooth warns', () => {
    expect(findingIds(run({ ...barrier, phase: 'final', prior_visits: ['D3351', 'D3353'] }))).toContain('second_d3353')
  })
  it('row 8: D3353 with a root canal on the same tooth is blocked, also on different days', () => {
    const found = findConflicts(endodontics, [line('D3353', '8'), line('D3310', '8', '2026-01-05')])
    expect(found).toMatchObject([{ id: 'conflict_apexification_rct', severity: 'block' }])
  })
  it('row 9: endodontic procedures on two teeth of one day do not clash', () => {
    expect(findConflicts(endodontics, [line('D3353', '8'), line('D3310', '9')])).toEqual([])
  })
  it('row 10: the final restoration is prompted as its own line', () => {
    expect(findingIds(run({ ...barrier, phase: 'final' }))).toContain('restoration_own_line')
  })
  it('row 10: a temporary filling that only closes the access is warned of, not billed beside the visit', () => {
    const ids = (phase: string) => findingIds(run({ ...barrier, phase }, { plannedCodes: ['D2940'] }))
    expect(ids('interim')).toContain('interim_filling')
    expect(findingIds(run({ ...barrier, phase: 'interim' }))).not.toContain('interim_filling')
  })
  it('rows 11, 12, 14, 16, 17, 19: the list before authorization holds diagnosis, findings, pre-op film, narrative and plan', () => {
    expect(items('authorization').map((item) => item.id)).toEqual(
      expect.arrayContaining(['history', 'diagnosis', 'findings', 'pre_op_film', 'necessity', 'plan', 'accident']),
    )
    expect(items('authorization').find((item) => item.id === 'pre_op_film')?.dateRule).toBe('before_treatment')
  })
  it('row 15: every dated visit needs its own progress note', () => {
    const visits = [
      { id: 'v1', phase: 'initial' as const, serviceDate: '2026-01-05' },
      { id: 'v2', phase: 'final' as const, serviceDate: '2026-06-05' },
      { id: 'v3', phase: 'interim' as const, serviceDate: null },
    ]
    const keys = items('claim', visits).map((item) => item.key)
    expect(keys.filter((key) => key.startsWith('visit_note'))).toEqual(['visit_note:v1', 'visit_note:v2'])
  })
  it('row 18: tests with a control tooth and films are asked for at each stage', () => {
    for (const stage of ['authorization', 'claim', 'appeal'] as const) {
      const tests = items(stage).find((item) => item.id === 'findings')
      expect(tests?.detail).toMatch(/vitality.*control tooth.*percussion/i)
      expect(items(stage).map((item) => item.id)).toContain('pre_op_film')
    }
  })
  it('row 20: outcome, follow-up and final film are needed for the claim but not for the authorization', () => {
    const visits = [{ id: 'v1', phase: 'final' as const, serviceDate: '2026-06-05' }]
    expect(items('claim', visits).map((item) => item.id)).toEqual(
      expect.arrayContaining(['post_op_note', 'post_op_film']),
    )
    expect(items('authorization').map((item) => item.id)).not.toContain('post_op_film')
  })
  it('row 21: keys of a list are unique, so that each missing item can be named and waived', () => {
    const visits = [1, 2, 3].map((at) => ({ id: `v${at}`, phase: 'interim' as const, serviceDate: `2026-0${at}-05` }))
    const keys = items('claim', visits).map((item) => item.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('at the root end', () => {
  const surgery = { ...rct, goal: 'surgery', pulp: 'treated', tooth: '8' }
  it('graft and membrane have codes by their place; further teeth of the site are counted', () => {
    const choice = ask(endodontics, { ...surgery, graft_site: true, graft_more: 2, membrane: true, biologic: true })
    expect(codes(choice)).toEqual(['D3410', '+D3428', '+D3429x2', '+D3432', '+D3431'])
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining(['D4263', 'D7953', 'D3471']))
    expect(codes(ask(endodontics, { ...surgery, graft_site: true, graft_more: 0 }))).toEqual(['D3410', '+D3428'])
  })
  it('an accident is not a planned removal, and no tooth is put back both ways', () => {
    expect(missingIds(ask(endodontics, { tooth: '8', goal: 'replant' }))).toEqual(['by_accident'])
    expect(rejectedCodes(ask(endodontics, { tooth: '8', goal: 'replant', by_accident: true }))).toContain('D3470')
    const planned = ['D3470', 'D7270'].map((code) => ({
      code,
      tooth: '8',
      area: null,
      serviceDate: '2026-11-23',
      status: 'planned' as const,
    }))
    expect(findConflicts(endodontics, planned).map((one) => one.id)).toContain('conflict_two_replants')
  })
})

// The seed text, sentence by sentence: docs/coverage.md.
describe('the seed text on D3353', () => {
  const d3353 = endodontics.codes.find(({ code }) => code === 'D3353')!
  const answers = d3353.questionsAndAnswers.map(({ question, answer }) => `${question} ${answer}`).join('\n')
  it('says what to do about low payments: renegotiate, compare with UCR', () => {
    expect(answers).toMatch(/renegotiate/)
    expect(answers).toMatch(/UCR/)
  })
  it('names the code of a partial treatment where a visit is not the last one', () => {
    const choice = (phase: string) =>
      ask(endodontics, { tooth: '8', apex: 'open', pulp: 'necrotic', goal: 'barrier', phase })
    expect(choice('interim').findings.find(({ id }) => id === 'partial_treatment')?.message).toContain('D3332')
    expect(findingIds(choice('final'))).not.toContain('partial_treatment')
  })
  it('knows a missing narrative as a cause of its own', () => {
    const denial = endodontics.denials.find(({ id }) => id === 'no_narrative')!
    expect(denial.fix).toMatch(/narrative that joins diagnosis/)
  })
  it('tells a root that is to grow from a barrier, and a root that never developed', () => {
    expect(answers).toMatch(/vital pulp that lets the root grow is D3222/)
    const first = endodontics.codes.find(({ code }) => code === 'D3351')!
    expect(first.whenToUse.map(({ text }) => text).join()).toMatch(/never developed fully/)
  })
})
