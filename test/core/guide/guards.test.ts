// The guide of occlusal guards against procedures-b.md part 1 section 2: rows G, look-alikes, limits, papers and texts.
import { describe, expect, it } from 'vitest'
import { checkDiagnoses, checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative, fitTo } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import type { Stage } from '#core/case/schema.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, guards, missingIds, rejectedCodes } from './guides.ts'

const grinding = { purpose: 'bruxism', stage: 'new' }
const hard = { ...grinding, material: 'hard', coverage: 'full' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(guards, facts, rest)
const offered = (facts: Record<string, string | boolean>) =>
  nextQuestions(guards, facts, '2026-11-23').map((question) => question.fact)

describe('decision rules', () => {
  it.each([
    ['G0', {}, [], false],
    ['G0', { stage: 'new', material: 'hard', coverage: 'full' }, [], false],
    ['G0', { purpose: 'bruxism' }, [], false],
    ['G0', grinding, [], false],
    ['G0', { ...grinding, material: 'hard' }, [], false],
    ['G1', { purpose: 'tmd', stage: 'new' }, ['D7880'], true],
    ['G1', { purpose: 'tmd', stage: 'adjust' }, ['D7881'], false],
    ['G1', { purpose: 'tmd', stage: 'repair' }, ['D7899'], true],
    ['G2', { purpose: 'apnea', stage: 'new' }, ['D9947'], false],
    ['G2', { purpose: 'apnea', stage: 'adjust' }, ['D9948'], false],
    ['G2', { purpose: 'apnea', stage: 'repair' }, ['D9949'], false],
    ['G2', { purpose: 'apnea', stage: 'clean' }, [], true],
    ['G2b', { purpose: 'apnea_more', sleep_step: 'screen' }, ['D9957'], false],
    ['G2b', { purpose: 'apnea_more', sleep_step: 'home_test' }, ['D9956'], false],
    ['G2b', { purpose: 'apnea_more', sleep_step: 'titrate' }, ['D9955'], false],
    ['G2b', { purpose: 'apnea_more', sleep_step: 'morning' }, ['D9954'], false],
    ['G2b', { purpose: 'apnea_more', sleep_step: 'reline' }, ['D9953'], false],
    ['G2b', { purpose: 'apnea_more', sleep_step: 'other' }, [], true],
    ['G3', { purpose: 'sport', stage: 'new' }, ['D9941'], false],
    ['G3', { purpose: 'sport', stage: 'clean' }, [], true],
    ['G4', { purpose: 'bruxism', stage: 'clean' }, ['D9936'], false],
    ['G5', { purpose: 'bruxism', stage: 'adjust' }, ['D9943'], false],
    ['G5', { purpose: 'other', stage: 'adjust' }, ['D9943'], false],
    ['G6', { purpose: 'bruxism', stage: 'repair' }, ['D9942'], false],
    ['G7', hard, ['D9944'], false],
    ['G7', { ...hard, purpose: 'other' }, ['D9944'], false],
    ['G7', { ...hard, material: 'soft' }, ['D9945'], false],
    ['G7', { ...hard, coverage: 'partial' }, ['D9946'], false],
    ['G8', { ...hard, material: 'soft', coverage: 'partial' }, [], true],
    ['G8', { ...hard, material: 'dual' }, [], true],
    ['G8', { ...hard, material: 'dual', coverage: 'partial' }, [], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts, { serviceDate: '2026-11-23' })
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  it.each([
    ['the purpose', {}, ['purpose']],
    ['what is done', { purpose: 'bruxism' }, ['stage']],
    ['what the lab slip says', grinding, ['material', 'coverage']],
    ['the rest of the lab slip', { ...grinding, material: 'soft' }, ['coverage']],
  ] as const)('%s is asked and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it.each([
    ['G1', { purpose: 'tmd', stage: 'new' }, ['D9944', 'D9945', 'D9946']],
    ['G2', { purpose: 'apnea', stage: 'new' }, ['D9944']],
    ['G3', { purpose: 'sport', stage: 'new' }, ['D9944']],
    ['G4', { purpose: 'bruxism', stage: 'clean' }, ['D9943']],
    ['G5', { purpose: 'bruxism', stage: 'adjust' }, ['D9944', 'D9945', 'D9946']],
    ['G6', { purpose: 'bruxism', stage: 'repair' }, ['D9943']],
    ['G7', hard, ['D9945', 'D9946']],
    ['G7', { ...hard, material: 'soft' }, ['D9944', 'D9946']],
    ['G7', { ...hard, coverage: 'partial' }, ['D9944', 'D9945']],
    ['G8', { ...hard, material: 'dual' }, ['D9944', 'D9945', 'D9946']],
  ] as const)('%s says which codes are not meant', (rule, facts, expected) => {
    const choice = run(facts)
    expect(choice.ruleId).toBe(rule)
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining([...expected]))
  })
  it('what the source marks U is shown as unverified', () => {
    const basis = (facts: Parameters<typeof ask>[1], id: string) =>
      run(facts).findings.find((one) => one.id === id)?.confidence
    expect(basis({ ...hard, material: 'dual' }, 'no_guard_code')).toBe('unverified')
    expect(basis(hard, 'guard_area')).toBe('unverified')
    expect(basis({ purpose: 'bruxism', stage: 'adjust', prior_date: '2026-10-01' }, 'adjust_early')).toBe('unverified')
    expect(run(hard).lines.map((line) => line.confidence)).toEqual(['reported'])
  })
})

describe('few questions', () => {
  it.each([
    ['a night guard', hard, 4],
    ['an adjustment', { purpose: 'bruxism', stage: 'adjust' }, 2],
    ['a sports guard', { purpose: 'sport', stage: 'new' }, 2],
  ] as const)('%s is settled by few answers', (_, wanted, most) => {
    const facts: Record<string, string> = {}
    const answers: Record<string, string> = { ...wanted }
    let count = 0
    for (; count < 20; count += 1) {
      const next = nextQuestions(guards, facts, '2026-11-23').find((question) => question.blocking)
      if (!next) break
      facts[next.fact] = answers[next.fact]!
    }
    expect([count, run(facts).lines.length]).toEqual([most, 1])
  })
  it('wear, the last guard and asleep or awake are asked of a new guard against grinding only', () => {
    expect(offered(hard)).toEqual(['wear', 'bruxism_kind', 'prior_date'])
    expect(offered({ ...hard, purpose: 'other' })).toEqual(['wear', 'prior_date'])
    expect(offered({ purpose: 'bruxism', stage: 'adjust' })).toEqual(['prior_date'])
    expect(offered({ purpose: 'bruxism', stage: 'repair' })).toEqual([])
    expect(offered({ purpose: 'tmd', stage: 'new' })).toEqual([])
  })
})

describe('dates', () => {
  it('D9936 is not valid before 2026, the three guards not before 2019, the old code not after 2018', () => {
    const clean = { purpose: 'bruxism', stage: 'clean' }
    const early = run(clean, { serviceDate: '2025-12-31' })
    expect([early.lines, findingIds(early)]).toEqual([[], ['not_valid_D9936']])
    expect(codes(run(clean, { serviceDate: '2026-01-01' }))).toEqual(['D9936'])
    expect(findingIds(run(hard, { serviceDate: '2018-12-31' }))).toContain('not_valid_D9944')
    expect(codes(run(hard, { serviceDate: '2019-01-01' }))).toEqual(['D9944'])
    const old = (serviceDate: string) => findingIds(run({}, { serviceDate, plannedCodes: ['D9940'] }))
    expect(old('2019-01-01')).toContain('not_valid_D9940')
    expect(old('2018-12-31')).not.toContain('not_valid_D9940')
  })
  it('a date of service before delivery is warned of, the day itself is not', () => {
    expect(findingIds(run({ ...hard, delivery_date: '2026-12-07' }))).toContain('before_delivery')
    expect(findingIds(run({ ...hard, delivery_date: '2026-11-23' }))).not.toContain('before_delivery')
  })
  it('a guard within 36 months of the last is warned of, after them not', () => {
    expect(findingIds(run({ ...hard, prior_date: '2023-11-24' }))).toContain('guard_too_soon')
    expect(findingIds(run({ ...hard, prior_date: '2023-11-23' }))).not.toContain('guard_too_soon')
    expect(findingIds(run(hard))).not.toContain('guard_too_soon')
  })
  it('adjusting within six months of delivery is warned of; repairing is not', () => {
    const adjusted = (stage: string, prior_date: string) =>
      findingIds(run({ purpose: 'bruxism', stage, prior_date })).includes('adjust_early')
    expect(adjusted('adjust', '2026-05-24')).toBe(true)
    expect(adjusted('adjust', '2026-05-23')).toBe(false)
    expect(adjusted('repair', '2026-10-01')).toBe(false)
  })
})

describe('payers and diagnosis', () => {
  it('sleep apnea goes to the medical plan; its further steps are not sure, and its codes began in 2022', () => {
    const step = run({ purpose: 'apnea_more', sleep_step: 'titrate' })
    expect([findingIds(step), step.lines[0]?.confidence]).toEqual([['sleep_medical'], 'unverified'])
    const fitted = { purpose: 'apnea', stage: 'new' }
    expect(findingIds(run(fitted, { serviceDate: '2021-12-31' }))).toContain('not_valid_D9947')
    expect(codes(run(fitted, { serviceDate: '2022-01-01' }))).toEqual(['D9947'])
  })
  it('no wear, no fracture and no ceramic opposite is warned of', () => {
    expect(findingIds(run({ ...hard, wear: false }))).toContain('no_wear')
    expect(findingIds(run({ ...hard, wear: true }))).not.toContain('no_wear')
  })
  it('asleep and awake name one code each, never both as the diagnosis', () => {
    const icd = (kind: string) => findingIds(run({ ...hard, bruxism_kind: kind })).filter((id) => id.startsWith('icd_'))
    expect([icd('sleep'), icd('awake')]).toEqual([['icd_sleep'], ['icd_awake']])
    expect(findingIds(run({ ...hard, purpose: 'other', bruxism_kind: 'sleep' }))).not.toContain('icd_sleep')
  })
  it('wear alone does not support a guard, grinding does', () => {
    const said = (...diagnoses: string[]) => checkDiagnoses(guards, 'D9944', diagnoses).map((one) => one.id)
    expect([said('G47.63'), said('F45.8', 'K03.0')]).toEqual([[], []])
    expect([said('K03.0'), said('K04.1')]).toEqual([['diagnosis_unexpected'], ['diagnosis_unexpected']])
  })
})

const line = (code: string, serviceDate: string | null = '2026-11-23'): CaseLine => ({
  code,
  tooth: null,
  area: '01',
  serviceDate,
  status: 'planned',
})
const clashes = (...lines: CaseLine[]) =>
  findConflicts(guards, lines).map((finding) => `${finding.severity} ${finding.id}`)

describe('codes that exclude each other', () => {
  it.each(['D9936', 'D9944', 'D9945', 'D9946'])('%s with D9943 on one day: ask; on another day nothing', (code) => {
    expect(clashes(line(code), line('D9943'))).toEqual(['warn conflict_adjust_same_day'])
    expect(clashes(line('D9943'), line(code))).toEqual(['warn conflict_adjust_same_day'])
    expect(clashes(line(code, '2026-10-23'), line('D9943'))).toEqual([])
  })
  it('chosen together they are told before there is a date', () => {
    expect(findingIds(run(hard, { plannedCodes: ['D9943'] }))).toContain('care_beside_care')
    expect(findingIds(run({ purpose: 'bruxism', stage: 'adjust' }))).not.toContain('care_beside_care')
  })
})

describe('limits over time', () => {
  const service = (code: string, serviceDate: string, area = '01'): Service => ({
    code,
    tooth: null,
    area,
    serviceDate,
    quantity: 1,
    providerId: 'd1',
  })
  const over = (code: string, ...history: Service[]) =>
    findExceeded(guards, [service(code, '2026-11-23')], history).map((finding) => finding.id)
  it('guards of any material and arch share one count of 36 months', () => {
    expect(over('D9944', service('D9945', '2023-11-24', '02'))).toEqual(['frequency_guard_36'])
    expect(over('D9944', service('D9945', '2023-11-23'))).toEqual([])
    expect(over('D9944', service('D9943', '2026-10-01'))).toEqual([])
  })
  it('adjusting counts from the delivery, not from the last adjusting', () => {
    expect(over('D9943', service('D9944', '2026-05-24'))).toEqual(['frequency_adjust_6'])
    expect(over('D9943', service('D9944', '2026-05-23'), service('D9943', '2026-10-01'))).toEqual([])
  })
})

describe('checklist', () => {
  const due = (stage: Stage, of: string[]) =>
    checklistFor(guards, {
      facts: {},
      stage,
      codes: of,
      visits: [{ id: 'v1', phase: 'single', serviceDate: '2026-11-23' }],
      reportingMode: 'phased',
    }).map((item) => item.id)
  it('diagnosis, photos, last guard and the clause before the estimate; lab slip and delivery with the claim', () => {
    const before = due('authorization', ['D9944'])
    const wanted = ['diagnosis', 'wear_photos', 'guard_history', 'plan_clause', 'eligibility', 'narrative', 'consent']
    expect(before).toEqual(expect.arrayContaining(wanted))
    expect(before.filter((id) => ['lab_slip', 'delivery_note', 'denial_letter'].includes(id))).toEqual([])
    const claim = due('claim', ['D9944'])
    expect(claim).toEqual(expect.arrayContaining(['lab_slip', 'delivery_note', 'wear_photos']))
    expect(claim).not.toContain('plan_clause')
  })
  it('care of a guard needs the note of the day, no lab slip and no photos', () => {
    const claim = due('claim', ['D9943'])
    expect(claim).toContain('visit_note')
    expect(claim.filter((id) => ['lab_slip', 'wear_photos', 'delivery_note'].includes(id))).toEqual([])
  })
})

describe('texts', () => {
  const text = (facts: Parameters<typeof draftNarrative>[2]) => draftNarrative(guards, 'claim_guard', facts, [])
  it('claims wear only where it is shown, an earlier guard only where there was one', () => {
    expect(text({ ...hard, wear: true, worn_teeth: '8, 9' })).toContain('Wear or fractures: 8, 9')
    expect(text({ ...hard, wear: false })).not.toContain('Wear')
    expect(text(hard)).not.toMatch(/Wear|Last guard|undefined/)
    expect(text({ ...hard, prior_date: '2021-05-02' })).toContain('Last guard May 2, 2021.')
  })
  it('denies jaw joint treatment only where the purpose says so', () => {
    expect(text(hard)).toContain('no treatment of the jaw joint')
    expect(text({ ...hard, purpose: 'tmd' })).not.toContain('no treatment of the jaw joint')
    expect(text({})).not.toContain('no treatment of the jaw joint')
  })
  it('the remark fits the 80 characters of a claim', () => {
    const facts = { arch: 'lower', material: 'dual', coverage: 'partial', delivery_date: '2026-09-25' }
    expect(fitTo(draftNarrative(guards, 'short_guard', facts, []), 80).over).toBe(0)
  })
})
