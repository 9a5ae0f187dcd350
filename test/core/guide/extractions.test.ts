// The extraction guide against procedures-a.md section 3: one row per rule, then conflicts, limits, dates and documents.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, extractions, findingIds, missingIds, rejectedCodes } from './guides.ts'

const erupted = { job: 'remove', tooth: '3', structure: 'tooth', eruption: 'erupted' }
const simple = { ...erupted, bone_removed: false, sectioned: false }
const impacted = { ...erupted, tooth: '17', eruption: 'impacted' }
const root = { job: 'remove', tooth: '3', structure: 'exposed_root' }
const buried = { job: 'remove', tooth: '3', structure: 'buried_root' }
const cut = { incised: true, fluctuant: true, drained_via: 'mucosa', spaces: 'one' }
const swelling = { job: 'drain', tooth: '3', ...cut }
const both = { ...simple, job: 'both', ...cut }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(extractions, facts, rest)

describe('decision rules', () => {
  it.each([
    ['E0', {}, []],
    ['E0', { ...simple, tooth: 'unknown' }, []],
    ['E0', { ...simple, structure: 'unknown' }, []],
    ['E0', { ...simple, eruption: 'unknown' }, []],
    ['E1', { ...impacted, cover: 'full_bone', roots_left: 'planned', nerve_risk: true }, ['D7251']],
    ['E1', { ...impacted, cover: 'full_bone', roots_left: 'planned', nerve_risk: false }, []],
    ['E2', { ...simple, roots_left: 'accident' }, []],
    ['E3', { job: 'remove', tooth: 'K', structure: 'crown_remnant' }, ['D7111']],
    ['E4', { ...root, bone_removed: false, sectioned: false }, ['D7140']],
    ['E5', { ...buried, bone_removed: true }, ['D7250']],
    ['E5', { ...buried, flap: true }, ['D7250']],
    ['E6', { ...impacted, cover: 'full_bone', unusual: 'nerve' }, ['D7241']],
    ['E7', { ...impacted, cover: 'soft' }, ['D7220']],
    ['E7', { ...impacted, cover: 'part_bone', unusual: 'sinus', bone_removed: true }, ['D7230']],
    ['E7', { ...impacted, cover: 'full_bone', unusual: 'none' }, ['D7240']],
    ['E8', { ...erupted, sectioned: true }, ['D7210']],
    ['E8', { ...root, bone_removed: true, sectioned: false }, ['D7210']],
    ['E9', erupted, ['D7140']],
    ['E9', { ...erupted, bone_removed: false }, ['D7140']],
    ['E9', root, ['D7140']],
    ['E10', { ...simple, flap: true }, ['D7140']],
    ['E10', { ...root, bone_removed: false, sectioned: false, flap: true }, ['D7140']],
    ['E11', simple, ['D7140']],
    ['E11', { ...simple, tooth: 'K' }, ['D7140']],
    ['EX', { job: 'remove', tooth: '3', structure: 'crown_remnant' }, []],
    ['EX', { ...buried, bone_removed: false, sectioned: false, flap: false }, []],
    ['V0', { ...swelling, incised: 'unknown' }, []],
    [null, { ...swelling, fluctuant: 'unknown' }, []],
    ['V1', swelling, ['D7510']],
    ['V2', { ...swelling, spaces: 'many' }, ['D7511']],
    ['V2', { ...swelling, drained_via: 'skin' }, ['D7520']],
    ['V3', { ...swelling, drained_via: 'socket' }, []],
    ['V3', { job: 'drain', tooth: '3', incised: false }, []],
    ['VX', { ...swelling, fluctuant: false }, []],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice)]).toEqual([rule, expected])
  })

  it.each([
    ['E0', { ...simple, eruption: 'unknown' }, ['D7140', 'D7210', 'D7240', 'D7510']],
    ['E1', { ...impacted, roots_left: 'planned', nerve_risk: true }, ['D7240', 'D7250']],
    ['E2', { ...simple, roots_left: 'accident' }, ['D7251']],
    ['E3', { job: 'remove', tooth: 'K', structure: 'crown_remnant' }, ['D7140']],
    ['E4', { ...root, bone_removed: false, sectioned: false }, ['D7250']],
    ['E5', { ...buried, flap: true }, ['D7210']],
    ['E6', { ...impacted, cover: 'full_bone', unusual: 'nerve' }, ['D7240']],
    ['E7', { ...impacted, cover: 'part_bone' }, ['D7220', 'D7240']],
    ['E8', { ...erupted, sectioned: true }, ['D7140', 'D7220', 'D7230', 'D7240', 'D7241']],
    ['E9', erupted, ['D7210']],
    ['E10', { ...simple, flap: true }, ['D7210']],
    ['E11', simple, ['D7210']],
    ['V1', swelling, ['D9110']],
    ['V2', { ...swelling, drained_via: 'skin' }, ['D7510']],
    ['V3', { ...swelling, drained_via: 'canal' }, ['D7510']],
  ])('%s says of %o which codes it is not', (rule, facts, expected) => {
    const choice = run(facts)
    expect([choice.ruleId, rejectedCodes(choice)]).toEqual([rule, expect.arrayContaining(expected)])
  })

  it.each([
    ['E1: nerve at risk', { ...impacted, roots_left: 'planned', nerve_risk: true }, false],
    ['E1: no nerve at risk', { ...impacted, roots_left: 'planned', nerve_risk: false }, true],
    ['EX: remnant of a permanent tooth', { job: 'remove', tooth: '3', structure: 'crown_remnant' }, true],
    ['VX: cut without fluid', { ...swelling, fluctuant: false }, true],
    ['VB: cut without fluid beside a removal', { ...both, fluctuant: false }, true],
    ['VB: several spaces beside a removal', { ...both, spaces: 'many' }, true],
    ['E2: part left by accident', { ...simple, roots_left: 'accident' }, true],
    ['E5: this office tried before', { ...buried, flap: true, same_office_attempt: true }, true],
    ['E5: another office tried', { ...buried, flap: true, same_office_attempt: false }, false],
    ['E6: unusual', { ...impacted, cover: 'full_bone', unusual: 'position' }, true],
    ['E7: by cover', { ...impacted, cover: 'full_bone', unusual: 'none' }, false],
    ['E10: flap only', { ...simple, flap: true }, true],
    ['E11: nothing cut', simple, false],
    ['V1: one space', swelling, false],
    ['V2: several spaces', { ...swelling, spaces: 'many' }, true],
    ['V2: skin, several spaces', { ...swelling, drained_via: 'skin', spaces: 'many' }, true],
  ])('the dentist confirms what the table marks so: %s', (_, facts, expected) => {
    expect(run(facts).needsDentist).toBe(expected)
  })

  it('without a note D7140 is an estimate and the note is asked for: a claim would be a guess', () => {
    const choice = run(erupted)
    expect([missingIds(choice), findingIds(choice)]).toEqual([['bone_removed', 'sectioned'], ['estimate_only']])
    expect(nextQuestions(extractions, erupted).filter((one) => one.blocking)).toHaveLength(2)
  })
  it('the cover of an impacted tooth is asked, not guessed from what was cut', () => {
    const choice = run({ ...impacted, bone_removed: true, sectioned: true })
    expect([choice.ruleId, choice.lines, missingIds(choice)]).toEqual(['E7', [], ['cover']])
  })
  it('roots left on purpose ask for the nerve before any code', () => {
    const choice = run({ ...impacted, cover: 'full_bone', roots_left: 'planned' })
    expect([choice.lines, missingIds(choice)]).toEqual([[], ['nerve_risk']])
  })
  it('facts marked U in the source are shown as not verified', () => {
    expect(run({ ...swelling, spaces: 'many' }).lines[0]?.confidence).toBe('unverified')
    expect(run(swelling).lines[0]?.confidence).toBe('reported')
  })
})

describe('removal and drainage on one day', () => {
  it.each([
    [both, ['D7140', '+D7510']],
    [{ ...both, spaces: 'many' }, ['D7140', '+D7511']],
    [{ ...both, drained_via: 'skin' }, ['D7140', '+D7520']],
    [{ ...both, drained_via: 'socket' }, ['D7140']],
    [{ ...both, incised: false }, ['D7140']],
    [{ ...both, fluctuant: false }, ['D7140']],
    [{ ...both, sectioned: true }, ['D7210', '+D7510']],
    [{ ...both, eruption: 'impacted', roots_left: 'planned', nerve_risk: true, tooth: '17' }, ['D7251', '+D7510']],
    [{ ...both, roots_left: 'planned', nerve_risk: true, tooth: '17' }, []],
  ])('%o is reported as %s', (facts, expected) => {
    expect(codes(run(facts))).toEqual(expected)
  })
  it('what is open about the drainage is asked, and no drainage is claimed before', () => {
    const { fluctuant: _, ...open } = both
    const choice = run(open)
    expect([codes(choice), missingIds(choice)]).toEqual([['D7140'], ['fluctuant']])
    expect(nextQuestions(extractions, open).map((one) => one.fact)).toContain('fluctuant')
  })
  it('no drainage line stands beside a removal that is not decided', () => {
    expect(run({ ...both, structure: 'unknown' }).lines).toEqual([])
  })
  it('warns that the payer may count the drainage as part of the removal', () => {
    expect(findingIds(run(both))).toContain('drain_with_removal')
  })
})

describe('teeth and dates', () => {
  it('D7251 warns on another tooth than 17 and 32', () => {
    const facts = { ...impacted, roots_left: 'planned', nerve_risk: true }
    expect(findingIds(run(facts))).not.toContain('coronectomy_site')
    expect(findingIds(run({ ...facts, tooth: '32' }))).not.toContain('coronectomy_site')
    expect(findingIds(run({ ...facts, tooth: '1' }))).toContain('coronectomy_site')
  })
  it('D7111 is for baby teeth, D7251 for permanent ones; D7140 takes extra teeth', () => {
    const wrong = (code: string, tooth: string) =>
      findingIds(run({ ...simple, tooth }, { plannedCodes: [code] })).includes(`wrong_tooth_${code}`)
    expect([wrong('D7111', '3'), wrong('D7111', 'K'), wrong('D7251', 'K')]).toEqual([true, false, true])
    expect([wrong('D7140', '51'), wrong('D7140', 'AS'), wrong('D7210', 'A')]).toEqual([false, false, false])
  })
  it.each(['D7252', 'D7259'])('%s cannot be reported before 2025', (code) => {
    const ids = (serviceDate: string) => findingIds(run(simple, { plannedCodes: [code], serviceDate }))
    expect(ids('2024-12-31')).toContain(`not_valid_${code}`)
    expect(ids('2025-01-01')).not.toContain(`not_valid_${code}`)
  })
})

describe('conflicts and limits', () => {
  const line = (code: string, tooth: string, serviceDate = '2026-11-23'): CaseLine => ({
    code,
    tooth,
    serviceDate,
    area: null,
    status: 'done',
  })
  const found = (...lines: CaseLine[]) => findConflicts(extractions, lines).map((one) => `${one.severity} ${one.id}`)

  it('two removals of one tooth are blocked, also years apart and with the same code', () => {
    expect(found(line('D7140', '3'), line('D7210', '3', '2020-01-05'))).toEqual(['block conflict_two_removals'])
    expect(found(line('D7140', '3'), line('D7140', '3', '2020-01-05'))).toEqual(['block conflict_two_removals'])
    expect(found(line('D7140', '3'), line('D7210', '4'))).toEqual([])
  })
  it('roots are left or taken', () => {
    expect(found(line('D7251', '17'), line('D7240', '17'))).toEqual(['block conflict_crown_only_and_removal'])
  })
  it('a root taken out later is warned of, on the day of the removal it is blocked', () => {
    expect(found(line('D7140', '3', '2020-01-05'), line('D7250', '3'))).toEqual(['warn conflict_root_later'])
    expect(found(line('D7140', '3'), line('D7250', '3'))).toContain('block conflict_root_same_day')
  })
  it.each(['D7140', 'D7210', 'D3330'])('drainage with %s on the tooth warns on that day only', (code) => {
    expect(found(line('D7510', '3'), line(code, '3'))).toEqual(['warn conflict_drainage_treatment'])
    expect(found(line('D7510', '3'), line(code, '3', '2026-11-24'))).toEqual([])
    expect(found(line('D7510', '3'), line(code, '14'))).toEqual([])
  })
  it('a remnant and an impacted tooth on one day warn, though letter and number differ', () => {
    expect(found(line('D7111', 'K'), line('D7230', '20'))).toEqual(['warn conflict_remnant_below'])
    expect(found(line('D7111', 'K'), line('D7140', '20'))).toEqual([])
  })
  it('what the tooth has had elsewhere blocks another removal while the code is chosen', () => {
    const choice = run({ ...simple, prior_visits: ['D7210'] })
    expect(choice.findings).toContainEqual(expect.objectContaining({ id: 'conflict_two_removals', severity: 'block' }))
  })
  it('removals of a tooth share one count for life; the next tooth has its own', () => {
    const service = (code: string, tooth: string, serviceDate: string): Service => ({
      code,
      tooth,
      serviceDate,
      area: null,
      quantity: 1,
      providerId: 'd1',
    })
    const ids = (tooth: string) =>
      findExceeded(extractions, [service('D7210', '3', '2026-11-23')], [service('D7140', tooth, '2001-05-05')])
    expect(ids('3').map((one) => one.id)).toEqual(['frequency_removal_once'])
    expect(ids('4')).toEqual([])
    for (const code of ['D7250', 'D7251']) {
      const again = [service(code, '17', '2026-11-23')]
      expect(findExceeded(extractions, again, [service(code, '17', '2020-01-05')])).toHaveLength(1)
    }
  })
  it('an injury names the accident items of the claim', () => {
    expect(findingIds(run({ ...simple, trauma: true }))).toContain('accident_items')
    expect(findingIds(run({ ...simple, trauma: false }))).not.toContain('accident_items')
  })
})

describe('documents and texts', () => {
  const items = (facts: Parameters<typeof ask>[1], stage: 'authorization' | 'claim' | 'appeal', code: string) =>
    checklistFor(extractions, { facts, stage, codes: [code], visits: [], reportingMode: 'phased' }).map((one) => one.id)

  it('an impacted tooth needs the wide image, an erupted one the film with the root tip', () => {
    expect(items(impacted, 'claim', 'D7240')).toContain('film_impacted')
    expect(items(impacted, 'claim', 'D7240')).not.toContain('film_apex')
    expect(items(simple, 'claim', 'D7140')).toContain('film_apex')
  })
  it('the note with the acts is due for the claim, not before treatment', () => {
    expect(items(simple, 'authorization', 'D7210')).not.toContain('acts')
    expect(items(simple, 'claim', 'D7210')).toContain('acts')
  })
  it('papers of one kind of case are not asked of the others', () => {
    const bony = { ...impacted, cover: 'full_bone' }
    expect(items(bony, 'authorization', 'D7240')).toContain('medical_answer')
    expect(items({ ...impacted, cover: 'soft' }, 'authorization', 'D7220')).not.toContain('medical_answer')
    expect(items(impacted, 'claim', 'D7251')).toContain('nerve_relation')
    expect(items(swelling, 'claim', 'D7510')).toEqual(expect.arrayContaining(['drain_note']))
    expect(items(swelling, 'claim', 'D7510')).not.toContain('acts')
    expect(items({ ...simple, for_ortho: true }, 'claim', 'D7140')).toContain('ortho_letter')
    expect(items(simple, 'claim', 'D7140')).not.toContain('ortho_letter')
  })
  it('the narrative never says that bone or tooth was cut when it is not known', () => {
    expect(draftNarrative(extractions, 'claim_removal', simple, [])).not.toMatch(/bone was|split|forceps failed/i)
    expect(draftNarrative(extractions, 'claim_removal', erupted, [])).not.toMatch(/bone was|split|forceps failed/i)
    const text = draftNarrative(extractions, 'claim_removal', { ...erupted, sectioned: true, pieces: 3 }, [])
    expect(text).toMatch(/Forceps failed because \[why forceps failed\].*split into 3 pieces/)
  })
})
