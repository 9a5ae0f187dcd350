// The implant guide against procedures-a.md section 2: one row per rule, then conflicts, limits, dates and documents.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative, gapsIn } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, implants, missingIds, rejectedCodes } from './guides.ts'

const body = { stage: 'body', tooth: '19', body_type: 'endosteal' }
const abutment = { stage: 'abutment', tooth: '19', abutment_kind: 'prefab' }
const crown = { stage: 'crown', tooth: '19', abutment_separate: true, crown_material: 'ceramic' }
const onImplant = { ...crown, abutment_separate: false }
const pfm = { crown_material: 'pfm' }
const metal = { crown_material: 'metal' }
const denture = { stage: 'overdenture', prosthesis: 'removable', edentulous: true, arch: 'upper' }
const removal = { stage: 'removal', tooth: '19', access: 'none' }
const service = { stage: 'service', tooth: '19' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(implants, facts, rest)

describe('decision rules', () => {
  it.each([
    ['I0', {}, []],
    ['I0', { ...body, tooth: 'unknown' }, []],
    ['I1', body, ['D6010']],
    ['I1', { ...body, body_type: 'mini' }, ['D6013']],
    ['I1', { ...body, body_type: 'interim' }, ['D6012']],
    ['I1', { ...body, graft_today: true }, ['D6010', '+D6104']],
    ['I1', { ...body, extracted_today: true }, ['D6010']],
    ['I3', { stage: 'uncover', tooth: '19', submerged: true }, ['D6011']],
    ['I4', { stage: 'uncover', tooth: '19', submerged: false }, []],
    ['I4', { ...abutment, abutment_kind: 'healing_cap' }, []],
    ['I5', abutment, ['D6056']],
    ['I5', { ...abutment, abutment_kind: 'custom' }, ['D6057']],
    ['I5', { ...abutment, abutment_kind: 'interim' }, ['D6051']],
    ['I6', { ...crown, abutment_separate: 'unknown' }, []],
    ['I7', crown, ['D6058']],
    ['I7', { ...crown, ...pfm, alloy: 'high_noble' }, ['D6059']],
    ['I7', { ...crown, ...pfm, alloy: 'base' }, ['D6060']],
    ['I7', { ...crown, ...pfm, alloy: 'noble' }, ['D6061']],
    ['I7', { ...crown, ...metal, alloy: 'high_noble' }, ['D6062']],
    ['I7', { ...crown, ...metal, alloy: 'base' }, ['D6063']],
    ['I7', { ...crown, ...metal, alloy: 'noble' }, ['D6064']],
    ['I7', { ...crown, ...metal, alloy: 'titanium' }, []],
    ['I8', onImplant, ['D6065']],
    ['I8', { ...onImplant, ...pfm, alloy: 'high_noble' }, ['D6066']],
    ['I8', { ...onImplant, ...metal, alloy: 'high_noble' }, ['D6067']],
    ['I8', { ...onImplant, ...pfm, alloy: 'base' }, ['D6082']],
    ['I8', { ...onImplant, ...pfm, alloy: 'noble' }, ['D6083']],
    ['I8', { ...onImplant, ...pfm, alloy: 'titanium' }, ['D6084']],
    ['I8', { ...onImplant, ...metal, alloy: 'base' }, ['D6086']],
    ['I8', { ...onImplant, ...metal, alloy: 'noble' }, ['D6087']],
    ['I8', { ...onImplant, ...metal, alloy: 'titanium' }, ['D6088']],
    ['I9', denture, ['D6110']],
    ['I9', { ...denture, arch: 'lower' }, ['D6111']],
    ['I9', { ...denture, edentulous: false }, ['D6112']],
    ['I9', { ...denture, edentulous: false, arch: 'lower' }, ['D6113']],
    ['I9', { ...denture, prosthesis: 'fixed' }, ['D6114']],
    ['I9', { ...denture, prosthesis: 'fixed', arch: 'lower' }, ['D6115']],
    ['I9', { ...denture, prosthesis: 'fixed', edentulous: false }, ['D6116']],
    ['I9', { ...denture, prosthesis: 'fixed', edentulous: false, arch: 'lower' }, ['D6117']],
    ['I10', { ...removal, access: 'bone_or_flap' }, ['D6100']],
    ['I10', removal, ['D6105']],
    ['I11', { ...service, service_kind: 'loose_screw' }, ['D6089']],
    ['I11', { ...service, service_kind: 'cement_out' }, ['D6092']],
    ['I11', { ...service, service_kind: 'broken_screw' }, ['D6096']],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice)]).toEqual([rule, expected])
  })

  it.each([
    ['I0', { ...body, tooth: 'unknown' }, ['D6010', 'D6056', 'D6058']],
    ['I1', body, ['D6056', 'D6058', 'D6067']],
    ['I1', { ...body, graft_today: true }, ['D7953']],
    ['I1', { ...body, extracted_today: true }, ['D7953']],
    ['I3', { stage: 'uncover', tooth: '19', submerged: true }, ['D6010']],
    ['I4', { ...abutment, abutment_kind: 'healing_cap' }, ['D6011', 'D6051', 'D6056']],
    ['I5', abutment, ['D6057']],
    ['I5', { ...abutment, abutment_kind: 'custom' }, ['D6056']],
    ['I6', { ...crown, abutment_separate: 'unknown' }, ['D6058', 'D6065']],
    ['I7', crown, ['D6065', 'D6066', 'D6067', 'D2740']],
    ['I8', onImplant, ['D6056', 'D6057']],
    ['I9', denture, ['D6058', 'D6065']],
    ['I10', removal, ['D7140', 'D7210']],
    ['I11', { ...service, service_kind: 'cement_out' }, ['D2920']],
  ])('%s says of %o which codes it is not', (rule, facts, expected) => {
    const choice = run(facts)
    expect([choice.ruleId, rejectedCodes(choice)]).toEqual([rule, expect.arrayContaining(expected)])
  })

  it.each([
    [{ stage: 'body', tooth: '19' }, 'body_type'],
    [{ stage: 'uncover', tooth: '19' }, 'submerged'],
    [{ stage: 'abutment', tooth: '19' }, 'abutment_kind'],
    [{ stage: 'crown', tooth: '19' }, 'abutment_separate'],
    [{ ...crown, crown_material: 'unknown' }, 'crown_material'],
    [{ ...crown, ...pfm }, 'alloy'],
    [{ ...onImplant, ...metal }, 'alloy'],
    [{ ...denture, arch: 'unknown' }, 'arch'],
    [{ ...removal, access: 'unknown' }, 'access'],
    [service, 'service_kind'],
  ])('%o reports nothing and asks for %s', (facts, fact) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], expect.arrayContaining([fact])])
  })

  it('an interim abutment and an alloy without a code need the dentist; the rest does not', () => {
    expect(run({ ...abutment, abutment_kind: 'interim' }).needsDentist).toBe(true)
    expect(run({ ...crown, ...metal, alloy: 'titanium' }).needsDentist).toBe(true)
    expect(run(crown).needsDentist).toBe(false)
    expect(run(abutment).needsDentist).toBe(false)
  })
  it('a denture goes by arch: no site is asked', () => {
    expect(missingIds(run({ stage: 'overdenture' }))).not.toContain('tooth')
    expect(codes(run({ ...denture, tooth: '3' }))).toEqual(['D6110'])
  })
  it('facts marked U in the source are shown as not verified', () => {
    expect(run(denture).lines[0]?.confidence).toBe('unverified')
    expect(run({ ...onImplant, ...pfm, alloy: 'high_noble' }).lines[0]?.confidence).toBe('unverified')
    expect(run(crown).lines[0]?.confidence).toBe('reported')
  })
})

describe('several steps at one visit', () => {
  it.each([
    [{ ...crown, abutment_today: 'prefab' }, ['D6058', '+D6056']],
    [{ ...crown, abutment_today: 'custom' }, ['D6058', '+D6057']],
    [{ ...crown, abutment_today: 'none' }, ['D6058']],
    [{ ...onImplant, abutment_today: 'custom' }, ['D6065']],
    [{ ...abutment, uncovered_today: true }, ['D6056', '+D6011']],
    [{ ...crown, uncovered_today: true, abutment_today: 'prefab' }, ['D6058', '+D6011', '+D6056']],
    [{ ...body, uncovered_today: true }, ['D6010']],
    [{ ...abutment, abutment_kind: 'healing_cap', uncovered_today: true }, []],
    [{ ...abutment, graft_today: true }, ['D6056']],
  ])('%o is reported as %s', (facts, expected) => {
    expect(codes(run(facts))).toEqual(expected)
  })
  it('each of them is offered as a question once the step is settled', () => {
    const asked = (facts: Parameters<typeof nextQuestions>[1]) => nextQuestions(implants, facts).map((one) => one.fact)
    expect(asked(crown)).toEqual(expect.arrayContaining(['abutment_today', 'uncovered_today']))
    expect(asked(body)).toEqual([
      'graft_today',
      'extracted_today',
      // No rule goes by these, but they bring a warning or a document.
      'implant_benefit',
      'missing_tooth_clause',
      'lost_before_coverage',
      'trauma',
    ])
    expect(asked(onImplant)).not.toContain('abutment_today')
  })
  it('a removal on the day of the implant is named as its own line', () => {
    expect(findingIds(run({ ...body, extracted_today: true }))).toContain('removal_own_line')
    expect(findingIds(run({ ...body, extracted_today: false }))).not.toContain('removal_own_line')
  })
})

describe('validators', () => {
  const clause = { ...body, missing_tooth_clause: true, lost_before_coverage: true }
  it.each([
    ['missing_tooth_clause', clause],
    ['missing_tooth_clause_unknown', body],
    ['no_implant_benefit', { ...body, implant_benefit: false }],
    ['abutment_not_on_file', { ...crown, prior_visits: ['D6010'] }],
    ['abutment_not_on_file_unknown', crown],
    ['body_not_on_file', { ...abutment, prior_visits: ['D7140'] }],
    ['accident_items', { ...body, trauma: true }],
    ['replacement_items', crown],
  ])('%s is found', (id, facts) => {
    expect(findingIds(run(facts))).toContain(id)
  })
  it.each([
    ['a tooth lost under this plan', { ...clause, lost_before_coverage: false }],
    ['a plan without the clause', { ...body, missing_tooth_clause: false }],
    ['the abutment of the same visit', { ...crown, prior_visits: ['D6010'], abutment_today: 'prefab' }],
    ['the abutment on file', { ...crown, prior_visits: ['D6010', 'D6056'] }],
    ['the implant date of another office', { ...abutment, prior_visits: [], implant_date: '2026-03-02' }],
  ])('%s gives no such warning', (_, facts) => {
    const warned = run(facts).findings.filter((finding) => finding.severity !== 'info')
    expect(warned).toEqual([])
  })
})

describe('conflicts, limits and dates', () => {
  const line = (code: string, tooth: string, serviceDate = '2026-11-23'): CaseLine => ({
    code,
    tooth,
    serviceDate,
    area: null,
    status: 'done',
  })
  const found = (...lines: CaseLine[]) => findConflicts(implants, lines).map((one) => `${one.severity} ${one.id}`)

  it('a crown that fixes to the implant excludes an abutment line on the site, whenever', () => {
    expect(found(line('D6065', '19'), line('D6056', '19', '2026-06-01'))).toEqual(['block conflict_crown_abutment'])
    expect(found(line('D6058', '19'), line('D6056', '19', '2026-06-01'))).toEqual([])
    expect(found(line('D6065', '19'), line('D6056', '20'))).toEqual([])
    const choice = run({ ...onImplant, prior_visits: ['D6010', 'D6057'] })
    expect(choice.findings).toContainEqual(
      expect.objectContaining({ id: 'conflict_crown_abutment', severity: 'block' }),
    )
  })
  it('one site takes one kind of crown and one abutment on a day', () => {
    expect(found(line('D6058', '19'), line('D6066', '19'))).toEqual(['block conflict_two_crowns'])
    expect(found(line('D6056', '19'), line('D6057', '19'))).toEqual(['block conflict_two_abutments'])
    expect(found(line('D6056', '19'), line('D6057', '20'))).toEqual([])
  })
  it('D7953 is blocked on the day and site of an implant, not months before', () => {
    expect(found(line('D6010', '19'), line('D7953', '19'))).toEqual(['block conflict_implant_socket_graft'])
    expect(found(line('D6010', '19'), line('D7953', '19', '2026-06-01'))).toEqual([])
  })
  it.each(['D6011', 'D6058', 'D6065'])('D6010 with %s on one day warns', (code) => {
    expect(found(line('D6010', '19'), line(code, '19'))).toEqual(['warn conflict_body_same_day'])
    expect(found(line('D6010', '19', '2026-03-02'), line(code, '19'))).toEqual([])
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
  const limits = (now: Service, before: Service) => findExceeded(implants, [now], [before]).map((one) => one.id)
  it('five years per site for a body, two years for a loose screw, three years per arch for care', () => {
    expect(limits(done('D6010', '2026-11-23'), done('D6010', '2021-11-24'))).toEqual(['frequency_body_60'])
    expect(limits(done('D6010', '2026-11-23'), done('D6010', '2021-11-23'))).toEqual([])
    expect(limits(done('D6010', '2026-11-23'), done('D6010', '2024-01-05', { tooth: '20' }))).toEqual([])
    expect(limits(done('D6065', '2026-11-23'), done('D6058', '2024-01-05'))).toEqual(['frequency_crown_60'])
    expect(limits(done('D6057', '2026-11-23'), done('D6056', '2024-01-05'))).toEqual(['frequency_abutment_60'])
    expect(limits(done('D6089', '2026-11-23'), done('D6089', '2025-01-05'))).toEqual(['frequency_screw_24'])
    const lower = { tooth: null, area: '02' }
    expect(limits(done('D6180', '2026-11-23', lower), done('D6180', '2025-01-05', lower))).toEqual([
      'frequency_care_36',
    ])
    const upper = { tooth: null, area: '01' }
    expect(limits(done('D6180', '2026-11-23', lower), done('D6180', '2025-01-05', upper))).toEqual([])
  })

  it.each([
    ['D6105', '2022-12-31', '2023-01-01'],
    ['D6089', '2023-12-31', '2024-01-01'],
    ['D6096', '2017-12-31', '2018-01-01'],
    ['D6180', '2024-12-31', '2025-01-01'],
  ])('%s cannot be reported on %s, but on %s', (code, before, from) => {
    const ids = (serviceDate: string) => findingIds(run(body, { plannedCodes: [code], serviceDate }))
    expect(ids(before)).toContain(`not_valid_${code}`)
    expect(ids(from)).not.toContain(`not_valid_${code}`)
  })
  it('D6095 has ended', () => {
    expect(findingIds(run(body, { plannedCodes: ['D6095'], serviceDate: '2026-01-01' }))).toContain('not_valid_D6095')
  })
  it('an implant turned out before 2023 gives no code and goes to the dentist', () => {
    expect(run(removal, { serviceDate: '2022-06-01' })).toMatchObject({ lines: [], needsDentist: true })
  })
  it('a site is a permanent tooth number', () => {
    expect(run({ ...body, tooth: 'K' }).lines).toEqual([])
    expect(findingIds(run({ ...body, tooth: 'K' }))).toContain('wrong_tooth_D6010')
  })
})

describe('documents and texts', () => {
  const items = (facts: Parameters<typeof ask>[1], stage: 'authorization' | 'claim' | 'appeal', code: string) =>
    checklistFor(implants, { facts, stage, codes: [code], visits: [], reportingMode: 'phased' }).map((one) => one.id)

  it('each step has its own papers', () => {
    expect(items(body, 'authorization', 'D6010')).toEqual(
      expect.arrayContaining(['bone_image', 'loss_date', 'plan_terms']),
    )
    expect(items(body, 'authorization', 'D6010')).not.toContain('parts_list')
    expect(items(crown, 'claim', 'D6058')).toEqual(expect.arrayContaining(['parts_list', 'healed_film']))
    expect(items(crown, 'claim', 'D6058')).not.toContain('bone_image')
  })
  it('the date of another office is asked unless the implant is on file here', () => {
    expect(items(crown, 'claim', 'D6058')).toContain('other_office_date')
    expect(items({ ...crown, prior_visits: ['D6010'] }, 'claim', 'D6058')).not.toContain('other_office_date')
  })
  it('the narrative calls an implant healed in only when the film shows it', () => {
    const text = (facts: Parameters<typeof ask>[1]) => draftNarrative(implants, 'claim_restoration', facts, [])
    expect(text({ ...crown, implant_date: '2026-03-02', integrated: true })).toContain('Mar 2, 2026 is healed in')
    expect(text(crown)).not.toContain('healed in')
    expect(text(crown)).toContain('The abutment is a separate part.')
    expect(text({ ...crown, abutment_separate: 'unknown' })).not.toMatch(/separate part|fixes to the implant/)
    expect(gapsIn(text(crown))).toEqual(expect.arrayContaining(['date of the loss', 'neighbors']))
  })
})
