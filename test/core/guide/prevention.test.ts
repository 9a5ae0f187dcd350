// The prevention guide against guides-more.md section 3: one row per rule, codes by date of service, limits by tooth, papers and texts.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import { findConflicts, judgeDates, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, findingIds, missingIds, periodontal, prevention, rejectedCodes } from './guides.ts'

const sealant = { service: 'sealant', tooth: '3' }
const silver = { service: 'medicament', tooth: '3' }
const talk = { service: 'talk' }
const cleaning = { service: 'cleaning', gums: 'healthy' }
const varnish = { service: 'fluoride', form: 'varnish' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(prevention, facts, rest)

describe('decision rules', () => {
  it.each([
    ['V0', { service: 'sealant' }, [], false],
    ['V1', varnish, ['D1206'], false],
    ['V1', { service: 'fluoride', form: 'gel' }, ['D1208'], false],
    ['V1', { service: 'fluoride', form: 'home' }, [], false],
    ['V2', { ...silver, lesion: 'active' }, ['D1354'], false],
    ['V2', { ...silver, tooth: 'A', lesion: 'sound' }, ['D1355'], false],
    ['V2', { ...silver, lesion: 'active', painful: true }, [], true],
    ['V2', { ...silver, lesion: 'active', drilled: true }, [], true],
    ['V2', { ...silver, lesion: 'other' }, [], true],
    ['V4', { ...sealant, surface_state: 'sound' }, ['D1351'], false],
    ['V4', { ...sealant, surface_state: 'part_lost' }, ['D1353'], false],
    ['V4', { ...sealant, surface_state: 'all_lost' }, ['D1351'], false],
    ['V4', { ...sealant, surface_state: 'drilled' }, ['D2391'], false],
    ['V4', { ...sealant, tooth: '8', surface_state: 'drilled' }, [], true],
    ['V4', { ...sealant, surface_state: 'filled' }, [], true],
    ['V7', { ...talk, topic: 'diet' }, ['D1310'], false],
    ['V7', { ...talk, topic: 'tobacco' }, ['D1320'], false],
    ['V7', { ...talk, topic: 'substances' }, ['D1321'], false],
    ['V7', { ...talk, topic: 'home_care' }, ['D1330'], false],
    ['V7', { ...talk, topic: 'home_care', separate: false }, [], false],
    ['V7', { ...talk, topic: 'other' }, [], true],
    ['V8', { ...cleaning, teeth_kind: 'permanent' }, ['D1110'], false],
    ['V8', { ...cleaning, teeth_kind: 'mixed', cleaning_kind: 'adult' }, ['D1110'], false],
    ['V8', { ...cleaning, teeth_kind: 'mixed', cleaning_kind: 'child' }, ['D1120'], false],
    ['V8', { ...cleaning, teeth_kind: 'primary' }, ['D1120'], false],
    ['V8', { ...cleaning, gums: 'inflamed' }, ['D4346'], false],
    ['V8', { ...cleaning, gums: 'treated' }, ['D4910'], false],
    ['V8', { ...cleaning, gums: 'bone_loss' }, [], true],
    ['V9', { service: 'other' }, [], true],
    ['V8', { ...cleaning, teeth_kind: 'primary', fluoride_today: 'varnish' }, ['D1120', '+D1206'], false],
    ['V4', { ...sealant, surface_state: 'sound', fluoride_today: 'gel' }, ['D1351', '+D1208'], false],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  it.each([
    ['the service', {}, ['service']],
    ['the form of fluoride', { service: 'fluoride' }, ['form']],
    ['the tooth of a sealant', { service: 'sealant', surface_state: 'sound' }, ['tooth']],
    ['the groove', sealant, ['surface_state']],
    ['whether there is decay', silver, ['lesion']],
    ['the topic', talk, ['topic']],
    ['the gums', { service: 'cleaning', teeth_kind: 'permanent' }, ['gums']],
  ] as const)('%s is asked, alone, and nothing is reported before', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })

  it.each([
    [varnish, ['D1208', 'D1354']],
    [{ ...silver, lesion: 'active' }, ['D1355', 'D1206', 'D1351', 'D2391']],
    [{ ...sealant, surface_state: 'sound' }, ['D1353', 'D2391', 'D1206']],
    [{ ...sealant, surface_state: 'drilled' }, ['D1351', 'D1352', 'D1353']],
    [{ ...talk, topic: 'diet' }, ['D1320', 'D1330']],
    [{ ...cleaning, teeth_kind: 'permanent' }, ['D1120', 'D4346', 'D4910']],
    [{ ...cleaning, gums: 'inflamed' }, ['D1110', 'D1120', 'D4341']],
    [{ ...cleaning, gums: 'treated' }, ['D1110']],
  ] as const)('%o rejects the neighbors %o', (facts, expected) => {
    expect(rejectedCodes(run(facts))).toEqual(expect.arrayContaining([...expected]))
  })

  it('a drilled groove was D1352 through 2025, enamel only, and is D2391 since', () => {
    const drilled = { ...sealant, surface_state: 'drilled', enamel_only: true }
    expect(codes(run(drilled, { serviceDate: '2025-12-31' }))).toEqual(['D1352'])
    expect(codes(run({ ...drilled, enamel_only: false }, { serviceDate: '2025-12-31' }))).toEqual(['D2391'])
    expect(codes(run(drilled, { serviceDate: '2026-01-01' }))).toEqual(['D2391'])
  })
  it('the cleanings stay codes of the gum guide', () => {
    const own = prevention.codes.filter((one) => one.kind !== 'other').map((one) => one.code)
    expect(periodontal.codes.map((one) => one.code).filter((code) => own.includes(code))).toEqual([])
  })
})

describe('limits, conflicts, papers and texts', () => {
  it.each([
    ['adult_fluoride', { ...varnish, age: 16 }],
    ['adult_no_risk', { ...varnish, age: 40, risk: 'low' }],
    ['sealant_age', { ...sealant, surface_state: 'sound', age: 16 }],
    ['sealant_tooth', { ...sealant, tooth: '4', surface_state: 'sound' }],
    ['silver_age', { ...silver, lesion: 'active', age: 21 }],
    ['silver_consent', { ...silver, lesion: 'active', stain_consent: false }],
  ])('%s is found', (id, facts) => {
    expect(findingIds(run(facts))).toContain(id)
  })
  it('a sealant of a first molar of an eight-year-old has no finding', () => {
    expect(findingIds(run({ ...sealant, surface_state: 'sound', age: 8 }))).toEqual([])
  })
  const line = (code: string, tooth: string | null = '3'): CaseLine => ({
    code,
    tooth,
    area: null,
    serviceDate: '2026-11-23',
    status: 'done',
  })
  it('months are measured at the date of service', () => {
    const found = (code: string, last_date: string) =>
      judgeDates(prevention, { done_before: true, last_date }, [line(code)]).map((one) => one.id)
    expect(found('D1206', '2026-05-24')).toContain('fluoride_soon')
    expect(found('D1206', '2026-05-23')).not.toContain('fluoride_soon')
    expect(found('D1351', '2023-11-24')).toContain('sealant_soon')
  })
  it.each([
    ['two_fluorides', 'D1206', 'D1208', 'block'],
    ['silver_sealant', 'D1354', 'D1351', 'warn'],
    ['silver_filling', 'D1354', 'D2391', 'warn'],
    ['two_cleanings', 'D1110', 'D4910', 'block'],
    ['cleaning_gum', 'D1110', 'D4341', 'warn'],
  ])('%s: %s with %s on one day', (id, one, other, severity) => {
    const found = findConflicts(prevention, [line(one), line(other)]).map((each) => `${each.severity} ${each.id}`)
    expect(found).toContain(`${severity} conflict_${id}`)
  })
  it('silver beside fluoride of the visit is no conflict', () => {
    expect(findConflicts(prevention, [line('D1354'), line('D1206', null)])).toEqual([])
  })
  const service = (code: string, serviceDate: string, tooth = '3'): Service => ({
    code,
    tooth,
    area: null,
    serviceDate,
    quantity: 1,
    providerId: null,
  })
  it('silver counts by tooth and year, by life, and by day', () => {
    const over = (...history: Service[]) =>
      findExceeded(prevention, [service('D1354', '2026-11-23')], history).map((one) => one.id)
    expect(over(service('D1354', '2026-01-05'), service('D1354', '2026-06-05'))).toEqual([
      'frequency_silver_tooth_year',
    ])
    expect(over(service('D1354', '2026-01-05', '14'), service('D1354', '2026-06-05'))).toEqual([])
    const life = ['2022-01-05', '2023-01-05', '2024-01-05', '2025-01-05'].map((day) => service('D1354', day))
    expect(over(...life)).toEqual(['frequency_silver_tooth_life'])
    const day = ['2', '14', '15', '18', '19'].map((tooth) => service('D1354', '2026-11-23', tooth))
    expect(over(...day)).toEqual(['frequency_silver_day'])
  })
  const due = (of: string[]) =>
    checklistFor(prevention, { facts: {}, stage: 'claim', codes: of, visits: [], reportingMode: 'phased' }).map(
      (item) => item.id,
    )
  it('consent to the stain is a paper of silver only', () => {
    expect(due(['D1354'])).toEqual(expect.arrayContaining(['consent', 'lesion_note', 'tooth_line']))
    expect(due(['D1206'])).not.toContain('consent')
    expect(due(['D4910'])).toContain('gum_chart')
  })
  it('the text says what was seen, not what was not answered', () => {
    const text = (facts: Parameters<typeof ask>[1]) => draftNarrative(prevention, 'claim_tooth', facts, [])
    expect(text({ ...silver, lesion: 'active', product: 'Silver' })).toContain('active decay without pain')
    expect(text({ ...sealant, product: 'Resin' })).toBe('Resin was used.')
  })
})
