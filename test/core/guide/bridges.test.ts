// The bridge guide against guides-more.md section 6: rows B, the units and their teeth, limits and papers.
import { describe, expect, it } from 'vitest'
import { checkDiagnoses, checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import type { Stage } from '#core/case/schema.ts'
import { findConflicts, type CaseLine } from '#core/guide/validators.ts'
import { ask, bridges, codes, crowns, findingIds, missingIds, rejectedCodes } from './guides.ts'

const onTooth = { tooth: '4' }
const units = { ...onTooth, job: 'new', pontics: 1, retainers: 2, retainer_kind: 'crown' }
const ceramic = { ...units, bridge_material: 'ceramic' }
const pfm = { ...units, bridge_material: 'pfm', alloy: 'high_noble' }
const back = { ...onTooth, job: 'recement', bridge_state: 'intact' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(bridges, facts, rest)

describe('decision rules', () => {
  it.each([
    ['B0', {}, [], false],
    ['B0', { job: 'new' }, [], false],
    ['B1', back, ['D6930'], false],
    ['B2', { ...back, bridge_state: 'broken' }, ['D6980'], false],
    ['B2', { ...back, job: 'repair', bridge_state: 'broken' }, ['D6980'], false],
    ['B3', { ...back, bridge_state: 'decay' }, [], true],
    ['B3', { ...back, job: 'repair' }, [], true],
    ['B4', { ...onTooth, job: 'section', part_kept: true }, ['D9120'], false],
    ['B4', { ...onTooth, job: 'section', part_kept: false }, [], false],
    [
      'B5',
      { ...onTooth, job: 'interim', interim_reason: 'healing', pontics: 1, retainers: 2 },
      ['D6253', '+D6793x2'],
      false,
    ],
    ['B5', { ...onTooth, job: 'interim', interim_reason: 'routine' }, [], false],
    ['B6', { ...ceramic, pontics: 0 }, [], false],
    ['B7', ceramic, ['D6245', '+D6740x2'], false],
    ['B7', { ...ceramic, pontics: 2 }, ['D6245x2', '+D6740x2'], false],
    ['B7', pfm, ['D6240', '+D6750x2'], false],
    ['B7', { ...pfm, alloy: 'base' }, ['D6241', '+D6751x2'], false],
    ['B7', { ...pfm, alloy: 'noble' }, ['D6242', '+D6752x2'], false],
    ['B7', { ...pfm, alloy: 'titanium' }, ['D6243', '+D6753x2'], false],
    ['B7', { ...pfm, bridge_material: 'metal' }, ['D6210', '+D6790x2'], false],
    ['B7', { ...pfm, bridge_material: 'metal', alloy: 'titanium' }, ['D6214', '+D6794x2'], false],
    ['B7', { ...pfm, bridge_material: 'resin_metal', alloy: 'noble' }, ['D6252', '+D6722x2'], false],
    ['B7', { ...ceramic, bridge_material: 'resin' }, ['D6205', '+D6710x2'], false],
    ['B7', { ...ceramic, retainer_kind: 'wing' }, ['D6245', '+D6548x2'], false],
    ['B7', { ...pfm, retainer_kind: 'wing', retainers: 1 }, ['D6240', '+D6545x1'], false],
    ['B7', { ...pfm, bridge_material: 'metal', retainer_kind: 'three_quarter' }, ['D6210', '+D6780x2'], false],
    ['B7', { ...pfm, retainer_kind: 'three_quarter' }, ['D6240'], true],
    ['B7', { ...units, bridge_material: 'mixed' }, [], true],
    ['B8', { ...ceramic, retainer_kind: 'implant' }, ['D6245'], true],
    ['B8', { ...pfm, retainer_kind: 'inlay' }, ['D6240'], true],
    ['B99', { ...onTooth, job: 'other' }, [], true],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  it.each([
    ['tooth and work', {}, ['tooth', 'job']],
    ['how many teeth are missing', { ...onTooth, job: 'new' }, ['pontics']],
    ['what holds it', { ...onTooth, job: 'new', pontics: 1 }, ['retainer_kind']],
    ['the material', units, ['bridge_material']],
    ['the alloy', { ...units, bridge_material: 'pfm' }, ['alloy']],
    ['whether a part stays', { ...onTooth, job: 'section' }, ['part_kept']],
    ['how the bridge is', { ...onTooth, job: 'recement' }, ['bridge_state']],
  ] as const)('%s is asked and never guessed', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })
  it('the supporting teeth are counted before the answer is settled, but not where they have no code here', () => {
    const { retainers: _, ...open } = ceramic
    expect(missingIds(run(open))).toEqual(['retainers'])
    expect(missingIds(run({ ...open, retainer_kind: 'implant' }))).toEqual([])
  })
  it.each([
    ['B1', back, ['D2920', 'D6980', 'D6740']],
    ['B4', { ...onTooth, job: 'section', part_kept: false }, ['D9120', 'D6930']],
    ['B6', { ...ceramic, pontics: 0 }, ['D6740', 'D6245']],
    ['B7', pfm, ['D2750', 'D6245', 'D6241', 'D6253']],
    ['B8', { ...ceramic, retainer_kind: 'implant' }, ['D6740', 'D6548']],
  ] as const)('%s names the neighbors that are not meant', (rule, facts, expected) => {
    const choice = run(facts)
    expect(choice.ruleId).toBe(rule)
    expect(rejectedCodes(choice)).toEqual(expect.arrayContaining([...expected]))
  })
  it('titanium is shown as unverified, base metal under ceramic is not', () => {
    const sure = (alloy: string) => run({ ...pfm, alloy }).lines.map((line) => line.confidence)
    expect([sure('titanium')[0], sure('base')[0]]).toEqual(['unverified', 'reported'])
  })
  it('bridge codes stand in this guide only: crowns and bridges own no code twice', () => {
    const owned = (guide: typeof bridges) => guide.codes.filter((one) => one.kind !== 'other').map((one) => one.code)
    expect(owned(crowns).filter((code) => owned(bridges).includes(code))).toEqual([])
  })
})

describe('what else the answers bring', () => {
  it('a tooth lost before the plan began warns of the clause; supporting teeth that are not sound, too', () => {
    expect(findingIds(run({ ...pfm, lost_before_coverage: true }))).toContain('missing_tooth_clause')
    expect(findingIds(run({ ...pfm, lost_before_coverage: false }))).not.toContain('missing_tooth_clause')
    expect(findingIds(run({ ...pfm, abutments_sound: false }))).toContain('abutments_not_sound')
  })
  it('wings for two missing teeth warn; an attachment is an addition', () => {
    expect(findingIds(run({ ...ceramic, retainer_kind: 'wing', pontics: 2 }))).toContain('wings_one_tooth')
    expect(codes(run({ ...ceramic, extra_part: 'attachment' }))).toContain('+D6950')
    expect(codes(run({ ...ceramic, extra_part: 'none' }))).toEqual(['D6245', '+D6740x2'])
  })
  it('a replacement within 60 months warns, after them not; a date before seating warns', () => {
    const replaced = (prior_seat: string) => findingIds(run({ ...ceramic, replaces: true, prior_seat }))
    expect(replaced('2021-11-24')).toContain('replaced_too_soon')
    expect(replaced('2021-11-23')).not.toContain('replaced_too_soon')
    expect(findingIds(run({ ...ceramic, seat_date: '2026-12-07' }))).toContain('before_seating')
    expect(findingIds(run({ ...ceramic, seat_date: '2026-11-23' }))).not.toContain('before_seating')
  })
  it('a usual bridge is settled by six answers', () => {
    const facts: Record<string, string | number> = { tooth: '4' }
    const answers: Record<string, string | number> = pfm
    let count = 0
    for (; count < 20; count += 1) {
      const next = nextQuestions(bridges, facts, '2026-11-23').find((question) => question.blocking)
      if (!next) break
      facts[next.fact] = answers[next.fact]!
    }
    expect([count, codes(run(facts))]).toEqual([6, ['D6240', '+D6750x2']])
  })
})

const line = (code: string, tooth = '4', serviceDate = '2026-11-23'): CaseLine => ({
  code,
  tooth,
  area: null,
  serviceDate,
  status: 'planned',
})
const clashes = (...lines: CaseLine[]) => findConflicts(bridges, lines).map((one) => one.id)

describe('conflicts, limits, papers', () => {
  it('a tooth has a bridge crown or a single one; the units of one bridge do not clash', () => {
    expect(clashes(line('D6740', '3'), line('D2740', '3'))).toEqual(['conflict_bridge_and_single'])
    expect(clashes(line('D6740', '3'), line('D6245', '4'), line('D6740', '5'))).toEqual([])
    expect(clashes(line('D9120'), line('D6245', '5'))).toEqual(['conflict_cut_and_new'])
    expect(clashes(line('D6930'), line('D6980'))).toEqual(['conflict_loose_and_broken'])
  })
  it('a unit counts for 60 months on its tooth, whatever its material', () => {
    const service = (code: string, tooth: string, serviceDate: string): Service => ({
      code,
      tooth,
      area: null,
      serviceDate,
      quantity: 1,
      providerId: 'd1',
    })
    const over = (...history: Service[]) =>
      findExceeded(bridges, [service('D6245', '4', '2026-11-23')], history).map((one) => one.id)
    expect(over(service('D6241', '4', '2021-11-24'))).toEqual(['frequency_bridge_60'])
    expect(over(service('D6241', '4', '2021-11-23'))).toEqual([])
    expect(over(service('D6241', '5', '2026-01-05'))).toEqual([])
  })
  it('the day of the loss goes with request and claim of a bridge, the lab bill with a repair', () => {
    const due = (stage: Stage, of: string[]) =>
      checklistFor(bridges, { facts: onTooth, stage, codes: of, visits: [], reportingMode: 'phased' }).map(
        (one) => one.id,
      )
    expect(due('authorization', ['D6245', 'D6740'])).toEqual(
      expect.arrayContaining(['pre_op_film', 'lost_tooth', 'missing_teeth', 'perio', 'necessity', 'consent']),
    )
    expect(due('claim', ['D6245'])).toEqual(expect.arrayContaining(['lost_tooth', 'lab_slip', 'units_and_dates']))
    expect(due('claim', ['D6245'])).not.toContain('lab_bill')
    expect(due('claim', ['D6980'])).toContain('lab_bill')
    expect(due('appeal', ['D6245'])).toContain('denial_letter')
  })
  it('texts name an earlier bridge only where there was one; a lost tooth supports a pontic', () => {
    const text = (facts: Record<string, string | boolean>) =>
      draftNarrative(bridges, 'claim_bridge', { tooth: '4', ...facts }, [])
    expect(text({})).not.toMatch(/earlier bridge|undefined/)
    expect(text({ replaces: true, prior_seat: '2019-05-02' })).toContain('The earlier bridge of May 2, 2019')
    expect(checkDiagnoses(bridges, 'D6245', ['K08.431'])).toEqual([])
    expect(checkDiagnoses(bridges, 'D6245', ['K02.9']).map((one) => one.id)).toEqual(['diagnosis_unexpected'])
  })
})
