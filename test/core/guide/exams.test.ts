// The exam and film guide against guides-more.md section 1: one row per rule, lines beside the exam, limits, papers and texts.
import { describe, expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import { draftNarrative } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import { findConflicts, judgeDates, type CaseLine } from '#core/guide/validators.ts'
import { ask, codes, exams, findingIds, missingIds, rejectedCodes } from './guides.ts'

const checkup = { visit: 'checkup', status: 'regular' }
const problem = { visit: 'problem' }
const films = { visit: 'films' }
const run = (facts: Parameters<typeof ask>[1], rest?: Parameters<typeof ask>[2]) => ask(exams, facts, rest)

describe('decision rules', () => {
  it.each([
    ['X1', { ...checkup, dentist_exam: false }, [], true],
    ['X2', { visit: 'checkup', status: 'new', age: 2, counseled: true }, ['D0145'], false],
    ['X2', { ...checkup, age: 2, counseled: false }, ['D0120'], false],
    ['X3', problem, ['D0140'], false],
    ['X3', { ...problem, complex_report: true }, ['D0160'], false],
    ['X4', { visit: 'recheck', recheck_of: 'problem' }, ['D0170'], false],
    ['X4', { visit: 'recheck', recheck_of: 'surgery' }, ['D0171'], false],
    ['X4', { visit: 'recheck', recheck_of: 'neither' }, [], true],
    ['X5', { visit: 'gum' }, ['D0180'], false],
    ['X5', { visit: 'gum', full_chart: false }, [], true],
    ['X6', { visit: 'checkup', status: 'new' }, ['D0150'], false],
    ['X6', { visit: 'checkup', status: 'away' }, ['D0150'], false],
    ['X6', { visit: 'checkup', status: 'changed' }, ['D0150'], false],
    ['X7', checkup, ['D0120'], false],
    ['X9', { visit: 'other' }, [], true],
    ['F1', { ...films, overview: 'series' }, ['D0210'], false],
    ['F2', { ...films, overview: 'pano' }, ['D0330'], false],
    ['F3', { ...films, overview: 'none', bitewings: 'four' }, ['D0274'], false],
    ['F3', { ...films, overview: 'none', bitewings: 'vertical' }, ['D0277'], false],
    ['F4', { ...films, overview: 'none', bitewings: 'none', root_films: 3 }, ['D0220', '+D0230x2'], false],
    ['F5', { ...films, overview: 'none', bitewings: 'none', root_films: 0, scan: 'part' }, ['D0364'], false],
  ] as const)('%s answers %o with the codes of its row', (rule, facts, expected, dentist) => {
    const choice = run(facts)
    expect([choice.ruleId, codes(choice), choice.needsDentist]).toEqual([rule, expected, dentist])
  })

  it.each([
    ['the reason for coming', {}, ['visit']],
    ['the patient’s past at a checkup', { visit: 'checkup' }, ['status']],
    ['the talk with the parent of a small child', { ...checkup, age: 2 }, ['counseled']],
    ['what is looked at again', { visit: 'recheck' }, ['recheck_of']],
    ['the film of the whole mouth, where nothing else was done', films, ['overview']],
  ] as const)('%s is asked, alone, and nothing is reported before', (_, facts, missing) => {
    const choice = run(facts)
    expect([choice.lines, missingIds(choice)]).toEqual([[], missing])
  })

  it.each([
    [checkup, ['D0150', 'D0140', 'D0180', 'D0145']],
    [{ visit: 'checkup', status: 'new' }, ['D0120', 'D0180', 'D0140']],
    [{ ...checkup, age: 2, counseled: true }, ['D0150', 'D0120', 'D0140']],
    [problem, ['D0120', 'D0150', 'D0170', 'D0160']],
    [{ visit: 'recheck', recheck_of: 'problem' }, ['D0140', 'D0171', 'D0120']],
    [{ visit: 'gum' }, ['D0150', 'D0120']],
    [{ ...checkup, overview: 'pano', bitewings: 'four' }, ['D0210']],
    [{ ...checkup, overview: 'series' }, ['D0274', 'D0220', 'D0230']],
    [{ ...films, overview: 'pano' }, ['D0120', 'D0210']],
    [{ ...films, overview: 'none', bitewings: 'two' }, ['D0274', 'D0210']],
  ] as const)('%o rejects the neighbors %o', (facts, expected) => {
    expect(rejectedCodes(run(facts))).toEqual(expect.arrayContaining([...expected]))
  })
})

describe('one visit, several lines', () => {
  it.each([
    [{ ...checkup, bitewings: 'four', cleaning: 'adult' }, ['D0120', '+D0274', '+D1110']],
    [{ ...problem, root_films: 1 }, ['D0140', '+D0220']],
    [{ ...problem, root_films: 4, bitewings: 'one' }, ['D0140', '+D0270', '+D0220', '+D0230x3']],
    [{ visit: 'checkup', status: 'new', overview: 'series', bitewings: 'four' }, ['D0150', '+D0210']],
    [
      { visit: 'checkup', status: 'new', overview: 'series', series_complete: false, bitewings: 'two' },
      ['D0150', '+D0272'],
    ],
    [{ ...checkup, overview: 'pano', bitewings: 'four' }, ['D0120', '+D0330', '+D0274']],
    [{ ...checkup, bitewings: 'two', cleaning: 'child', fluoride: 'varnish' }, ['D0120', '+D0272', '+D1120', '+D1206']],
    [{ ...checkup, cleaning: 'maintenance', fluoride: 'other' }, ['D0120', '+D4910', '+D1208']],
    [{ ...checkup, special: true, ceph: true, photos: 5, scan: 'both' }, ['D0120', '+D0367', '+D0340', '+D0350x5']],
    [{ ...films, overview: 'pano', bitewings: 'two', root_films: 2 }, ['D0330', '+D0272', '+D0220', '+D0230x1']],
  ] as const)('%o is %o', (facts, expected) => {
    expect(codes(run(facts))).toEqual(expected)
  })
  it('a 3D scan that another office reads goes to the dentist', () => {
    const choice = run({ ...checkup, special: true, scan: 'both', scan_read_here: false })
    expect([codes(choice), choice.needsDentist]).toEqual([['D0120'], true])
  })
  it('films and cleaning are offered, and hold no exam back', () => {
    const asked = nextQuestions(exams, checkup, '2026-11-23')
    expect(asked.map((one) => one.fact)).toEqual(expect.arrayContaining(['bitewings', 'root_films', 'cleaning']))
    expect(asked.some((one) => one.blocking)).toBe(false)
    expect(asked.map((one) => one.fact)).not.toContain('photos')
  })
})

describe('limits, conflicts, papers and texts', () => {
  const line = (code: string, serviceDate = '2026-11-23'): CaseLine => ({
    code,
    tooth: null,
    area: null,
    serviceDate,
    status: 'done',
  })
  it('earlier exams and films of any office are measured at the date of service', () => {
    const found = (facts: Parameters<typeof judgeDates>[1], code: string) =>
      judgeDates(exams, facts, [line(code)]).map((one) => one.id)
    expect(found({ exam_before: true, last_exam: '2026-06-03' }, 'D0120')).toContain('exam_soon')
    expect(found({ exam_before: true, last_exam: '2026-05-23' }, 'D0120')).not.toContain('exam_soon')
    expect(found({ films_before: true, last_bitewings: '2026-01-05' }, 'D0274')).toContain('bitewings_soon')
    expect(found({ films_before: true, last_overview: '2023-11-24' }, 'D0330')).toContain('overview_soon')
    expect(found({ films_before: true, last_overview: '2023-11-23' }, 'D0330')).not.toContain('overview_soon')
    expect(found({}, 'D0330')).toContain('overview_soon_unknown')
    expect(found({ films_before: false }, 'D0330')).toEqual([])
  })
  it.each([
    ['two_exams', 'D0120', 'D0140'],
    ['series_films', 'D0210', 'D0274'],
    ['series_pano', 'D0210', 'D0330'],
    ['gum_debridement', 'D0180', 'D4355'],
    ['exam_relief', 'D0140', 'D9110'],
  ])('%s: %s with %s on one day is told', (id, one, other) => {
    const ids = (...lines: CaseLine[]) => findConflicts(exams, lines).map((finding) => finding.id)
    expect(ids(line(one), line(other))).toEqual([`conflict_${id}`])
    expect(ids(line(one), line(other, '2026-10-01'))).toEqual([])
  })
  const service = (code: string, serviceDate: string, providerId = 'd1'): Service => ({
    code,
    tooth: null,
    area: null,
    serviceDate,
    quantity: 1,
    providerId,
  })
  const over = (code: string, ...history: Service[]) =>
    findExceeded(exams, [service(code, '2026-11-23')], history).map((finding) => finding.id)
  it('exams share two a year, whatever their kind', () => {
    expect(over('D0120', service('D0140', '2026-02-01'), service('D0120', '2026-05-01'))).toEqual([
      'frequency_exams_year',
    ])
    expect(over('D0120', service('D0140', '2025-12-31'), service('D0120', '2026-05-01'))).toEqual([])
  })
  it('full series and panoramic film count together, bitewings by their year', () => {
    expect(over('D0210', service('D0330', '2024-01-05'))).toEqual(['frequency_overview_36'])
    expect(over('D0274', service('D0272', '2025-11-24'))).toEqual(['frequency_bitewings_year'])
    expect(over('D0274', service('D0272', '2025-11-23'))).toEqual([])
  })
  it('a further root film without the first is stopped', () => {
    expect(findingIds(run(problem, { plannedCodes: ['D0230'] }))).toContain('second_root_film')
    expect(findingIds(run({ ...problem, root_films: 1 }, { plannedCodes: ['D0230'] }))).not.toContain(
      'second_root_film',
    )
  })
  const due = (stage: 'claim' | 'appeal', of: string[]) =>
    checklistFor(exams, { facts: {}, stage, codes: of, visits: [], reportingMode: 'phased' }).map((one) => one.id)
  it('report, gum chart and talk are papers of their own exam only', () => {
    expect(due('claim', ['D0160'])).toContain('report')
    expect(due('claim', ['D0180'])).toContain('gum_chart')
    expect(due('claim', ['D0145'])).toContain('caregiver_talk')
    expect(due('claim', ['D0120'])).not.toEqual(expect.arrayContaining(['report']))
    expect(due('appeal', ['D0274'])).toContain('films')
    expect(due('claim', ['D0120', 'D0367'])).toContain('scan_report')
  })
  it('the text of a problem exam names complaint and finding, never a report that was not asked', () => {
    const text = draftNarrative(exams, 'claim_problem', { ...problem, complaint: 'toothache' }, [])
    expect(text).toContain('The patient came for toothache. Found: [findings].')
    expect(text).not.toContain('Root films')
  })
})
