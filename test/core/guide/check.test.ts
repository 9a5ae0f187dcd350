// The build check finds each fault that is seeded into a good guide; texts state only what is known.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkGuide, READ_BY_THE_APP } from '#core/guide/check.ts'
import type { StatedFacts } from '#core/guide/condition.ts'
import { blankFrom, draftNarrative, fitTo, gapsIn, type Written } from '#core/guide/narrative.ts'
import { guidePage } from '#core/guide/reference.ts'
import type { Guide } from '#core/guide/schema.ts'
import { endodontics, periodontal, SHIPPED } from './guides.ts'

function seeded(change: (guide: Guide) => void): string {
  const guide = structuredClone(endodontics)
  change(guide)
  return checkGuide(guide)
    .map((problem) => `${problem.at}: ${problem.message}`)
    .join('\n')
}
const rule = (guide: Guide, id: string) => guide.rules.find((one) => one.id === id)!

describe('checkGuide', () => {
  it.each(SHIPPED)('the shipped guide $id has no problem', (guide) => {
    expect(checkGuide(guide)).toEqual([])
  })
  // Who writes a guide begins with this file: a fault in it would be in every guide.
  it('the template to copy has no problem, and an entry in all lists but those of phases and diagnoses', () => {
    const template = JSON.parse(readFileSync('docs/guide-template.json', 'utf8')) as Guide
    expect(checkGuide(template)).toEqual([])
    const empty = Object.entries(template).filter(([, list]) => Array.isArray(list) && list.length === 0)
    expect(empty.map(([key]) => key)).toEqual(['visitPlans', 'icd'])
  })
  it.each<[string, (guide: Guide) => void, RegExp]>([
    ['a missing title', (guide) => void Reflect.deleteProperty(guide, 'title'), /title/],
    ['an unknown fact', (guide) => void (rule(guide, 'R12').when = { fact: 'mood', is: 'open' }), /unknown fact mood/],
    [
      'an unknown code',
      (guide) => void (rule(guide, 'R2').outcomes[1]!.recommend[0]!.code = 'D9999'),
      /unknown code D9999/,
    ],
    ['an unknown value', (guide) => void (rule(guide, 'R12').when = { fact: 'apex', is: 'ajar' }), /never ajar/],
    ['an unknown source', (guide) => void (rule(guide, 'R8').source = ['hearsay']), /unknown source hearsay/],
    // A toothache waited for the root tip on the film, a child's cleaning for a six-point chart.
    [
      'a needless question',
      (guide) => {
        guide.facts.push({ ...guide.facts.find(({ id }) => id === 'trauma')!, id: 'mood' })
        const told = { any: [true, false].map((is) => ({ fact: 'mood', is })) }
        for (const one of guide.rules) one.when = { all: [one.when, told] }
      },
      /facts\.mood: holds \S+ back/,
    ],
    [
      'a code without validity',
      (guide) => void Reflect.deleteProperty(guide.codes[0]!, 'validFrom'),
      /codes\.0\.validFrom/,
    ],
    [
      'a code that is never valid',
      (guide) => void Object.assign(guide.codes[0]!, { validFrom: '2026-01-01', validTo: '2025-12-31' }),
      /is never valid/,
    ],
    ['a rule without a source', (guide) => void (rule(guide, 'R8').source = []), /source/],
    [
      'a source never cited',
      (guide) => void guide.sources.push({ ...guide.sources[0]!, id: 'idle' }),
      /idle is never cited/,
    ],
    [
      'a fact that nothing uses',
      (guide) => void guide.facts.push({ ...guide.facts.find(({ kind }) => kind === 'text')!, id: 'mood' }),
      /facts\.mood: no rule/,
    ],
    [
      'two answers that make no difference',
      (guide) => {
        const defect = guide.facts.find(({ id }) => id === 'defect')!
        defect.values!.push({ value: 'crack', label: 'Crack', key: 'c' })
      },
      /resorption, crack: the answer makes no difference/,
    ],
    [
      'a shadowed rule',
      (guide) => void guide.rules.splice(1, 0, { ...rule(guide, 'X9'), id: 'early' }),
      /R8: can never fire/,
    ],
    [
      'an impossible rule',
      (guide) =>
        void (rule(guide, 'R12').when = {
          all: [
            { fact: 'apex', is: 'open' },
            { fact: 'apex', is: 'closed' },
          ],
        }),
      /R12: can never fire/,
    ],
    [
      'evidence that no file can be (it settled nothing, unnoticed)',
      (guide) => void (guide.checklist[0]!.evidenceKinds = ['referral_letter']),
      /unknown kind of evidence referral_letter/,
    ],
    ['two rules of one name', (guide) => void guide.rules.push(rule(guide, 'R13')), /R13 is listed twice/],
    [
      'a code both recommended and rejected',
      (guide) => void rule(guide, 'R11').reject.push({ codes: ['D3310'], reason: 'no' }),
      /R11 recommends D3310/,
    ],
    [
      'two main codes',
      (guide) => void rule(guide, 'R2').outcomes[1]!.recommend.push({ code: 'D3220', role: 'main' }),
      /more than one main/,
    ],
    [
      'adding rules that disagree',
      (guide) =>
        void guide.rules.push({
          ...structuredClone(rule(guide, 'R13')),
          id: 'other',
          outcomes: [{ ...structuredClone(rule(guide, 'R13').outcomes[0]!), recommend: [] }],
          reject: [{ codes: ['D3331'], reason: 'no' }],
        }),
      /no order/,
    ],
    [
      'a key twice',
      (guide) => void (guide.facts.find((fact) => fact.id === 'apex')!.values![1]!.key = 'o'),
      /key is listed twice/,
    ],
    [
      'a slot without a fact',
      (guide) => void guide.narratives[0]!.parts.push({ text: '{weather}' }),
      /unknown fact weather/,
    ],
    [
      'a comparison with a cell missing',
      (guide) => void guide.comparisons[0]!.rows[0]!.cells.push('extra'),
      /one cell per code/,
    ],
    [
      'an open last outcome',
      (guide) => void (rule(guide, 'R12').outcomes[0]!.when = { fact: 'apex', is: 'open' }),
      /without a condition/,
    ],
  ])('finds %s', (_, change, message) => {
    expect(seeded(change)).toMatch(message)
  })
  // A name that the app stopped reading would let a guide ask for it in vain.
  it('facts that the app reads by itself are read by it', () => {
    const folders = ['appeal', 'case', 'claim', 'guide']
    const sources = folders.flatMap((folder) => {
      const at = fileURLToPath(new URL(`../../../core/${folder}`, import.meta.url))
      const files = readdirSync(at).filter((file) => file !== 'check.ts')
      return files.map((file) => readFileSync(`${at}/${file}`, 'utf8'))
    })
    const read = sources.join('\n')
    expect(READ_BY_THE_APP.filter((fact) => !read.includes(`'${fact}'`) && !read.includes(`${fact}:`))).toEqual([])
  })
  it('says so when the file holds no guide', () => {
    expect(checkGuide('nothing')).not.toEqual([])
  })
})

describe('narratives', () => {
  const facts = {
    tooth: '8',
    apex: 'open',
    pulp: 'necrotic',
    goal: 'barrier',
    phase: 'final',
    diagnosis: 'pulp necrosis',
  }
  // Bug: Tab would skip a blank, or never leave the field.
  it('finds the blanks of a text in their order, then none', () => {
    const text = 'Tooth [tooth]: ____. Done.'
    expect(blankFrom(text, 0)).toEqual([6, 13])
    expect(blankFrom(text, 13)).toEqual([15, 19])
    expect(blankFrom(text, 19)).toBeNull()
  })
  it('shows what is missing instead of inventing it', () => {
    const text = draftNarrative(endodontics, 'claim_apexification', facts, [])
    expect(text).toContain('Tooth 8, age [age]: pulp necrosis.')
    expect(gapsIn(text)).toEqual(expect.arrayContaining(['age', 'tests', 'material']))
    expect(text).not.toMatch(/injury|decay|undefined/i)
  })
  it.each([
    [{ trauma: true, trauma_date: '2026-01-04' }, 'injury on Jan 4, 2026'],
    [{ cause: 'developmental' }, 'developmental condition'],
  ])('row 22: the cause %o is named', (cause, words) => {
    expect(draftNarrative(endodontics, 'claim_apexification', { ...facts, ...cause }, [])).toContain(words)
  })
  // Bug: “Periapical film of [date] shows an open root tip. Canal filled on [date]. Final film: good” of a case without
  // film and without a final visit.
  it('row 14: no film shows anything and nothing is filled before the record has the film and the last visit', () => {
    const text = (more: StatedFacts, onFile: Written['onFile'] = []) =>
      draftNarrative(
        endodontics,
        'claim_apexification',
        { ...facts, outcome: 'dense fill', ...more },
        [],
        {},
        { onFile, past: [], today: '2026-11-23' },
      )
    expect(text({})).not.toMatch(/film|Canal filled/i)
    expect(text({ completion_date: '2026-12-24' })).not.toMatch(/Canal filled/)
    const whole = text({ completion_date: '2026-11-20', pre_op_film_date: '2026-09-30' }, ['post_op_periapical'])
    expect(whole).toContain('Periapical film of Sep 30, 2026 shows an open root tip.')
    expect(whole).toContain('Canal filled on Nov 20, 2026. Final film: dense fill.')
  })
  // Bug: “Cause: injury on … Cause: decay.”
  it('one cause, and no injury that was answered with no', () => {
    const text = (more: StatedFacts) => draftNarrative(endodontics, 'claim_apexification', { ...facts, ...more }, [])
    expect(text({ trauma: true, trauma_date: '2026-01-04', cause: 'caries' })).not.toContain('injury')
    expect(text({ trauma: false, cause: 'trauma' })).not.toContain('Cause:')
  })
  // Bug: “No earlier periodontal treatment.” of a patient whom this office has scaled.
  it('no earlier treatment is claimed against the office’s own record', () => {
    const text = (past: string[]) =>
      draftNarrative(periodontal, 'claim_srp', { history: 'none' }, [], {}, { onFile: [], past, today: '2026-11-23' })
    expect(text([])).toContain('No earlier periodontal treatment.')
    expect(text(['D4341'])).not.toContain('No earlier')
  })
  it('a closed or unknown root tip is never described as open', () => {
    const text = draftNarrative(endodontics, 'claim_apexification', { tooth: '8', apex: 'closed' }, [])
    expect(text).not.toContain('open root tip')
    expect(draftNarrative(endodontics, 'claim_apexification', { tooth: '8' }, [])).not.toContain('open root tip')
  })
  it('an appeal quotes dated notes in order and the EOB reason', () => {
    const notes = [
      { date: '2026-06-05', text: 'Canal filled.' },
      { date: '2026-01-05', text: 'Cold test: no response.' },
    ]
    const text = draftNarrative(endodontics, 'appeal_letter', facts, notes, { denialReason: 'CO 50' })
    expect(text.indexOf('Jan 5, 2026')).toBeLessThan(text.indexOf('Jun 5, 2026'))
    expect(text).toContain('“CO 50”')
  })
  it('fitTo tells the excess and never cuts', () => {
    expect(fitTo('a  b\n c', 80)).toEqual({ text: 'a b\nc', over: 0 })
    expect(fitTo('x'.repeat(85), 80)).toEqual({ text: 'x'.repeat(85), over: 5 })
  })
  it('the remark fits the 80 characters of a claim', () => {
    const text = draftNarrative(endodontics, 'short_apexification', { ...facts, pre_op_film_date: '2026-01-05' }, [])
    expect(fitTo(text, 80).over).toBe(0)
  })
})

describe('reference', () => {
  it.each(SHIPPED.filter((guide) => guide.id !== 'other'))(
    'every family of $id is a page with codes, checklist, denials and sources',
    (guide) => {
      for (const family of guide.families) {
        const page = guidePage(guide, family.id)!
        expect(page.codes.length).toBeGreaterThan(0)
        expect(page.denials.length).toBeGreaterThan(0)
        expect(page.sources.length).toBeGreaterThan(0)
      }
    },
  )
  it('the apexification page explains that the sources disagree, naming both', () => {
    const answer = guidePage(endodontics, 'apexification')!.questionsAndAnswers.find((one) =>
      one.question.includes('whole treatment'),
    )!
    expect(answer.source.join()).toMatch(/teero/)
    expect(answer.source.join()).toMatch(/dentalcode/)
  })
})
