// What an office changes of a guide: applied, sourced, checked in words, compared and carried over to a newer shipped version.
import { expect, it } from 'vitest'
import { checklistFor } from '#core/guide/checklist.ts'
import { guideDifferences, takeOver } from '#core/guide/differences.ts'
import { problemsOf } from '#core/guide/edit-problems.ts'
import { applyEdits, editsOf, type GuideEdits, newGuide, ownId } from '#core/guide/edits.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import type { Guide } from '#core/guide/schema.ts'
import { ask, codes, other, pain, SHIPPED } from './guides.ts'

const TODAY = '2026-12-01'
const OURS = 'Your office, Dec 1, 2026'
function edited(change: (edits: GuideEdits) => void, base: Guide = pain): { guide: Guide; problems: string[] } {
  const edits = structuredClone(editsOf(base))
  change(edits)
  const guide = applyEdits(base, edits, TODAY)
  return { guide, problems: problemsOf(guide, edits).map((one) => `${one.section} ${one.entry}: ${one.message}`) }
}
const RELIEF = { fact: 'service', is: 'relief' }
const rule = (parts: Partial<GuideEdits['rules'][number]> = {}): GuideEdits['rules'][number] => ({
  id: 'own_1',
  when: [RELIEF],
  code: 'D9110',
  because: 'Our dentists always chart it so',
  ...parts,
})

// Bug: opening the editor and saving nothing would make another version of each guide.
it.each(SHIPPED)('$id: edits that change nothing leave the guide as it is', (guide) => {
  expect(applyEdits(guide, editsOf(guide), TODAY)).toEqual(guide)
})

it('only what the office changed carries its source; the rest keeps the one it had', () => {
  const { guide, problems } = edited((edits) => (edits.items[0]!.title = 'Our own words'))
  expect(problems).toEqual([])
  expect(guide.checklist[0]!.source).toEqual([OURS])
  expect(guide.checklist[1]).toEqual(pain.checklist[1])
  expect(guide.sources.map(({ id }) => id)).toContain(OURS)
  expect(guide.revision).toBe(TODAY)
})

it('a rule of the office’s own answers first, and keeps no other answer waiting', () => {
  const { guide, problems } = edited((edits) => edits.rules.push(rule({ code: 'D0140' })))
  expect(problems).toEqual([])
  const choice = ask(guide, { service: 'relief' })
  expect(codes(choice)).toEqual(['D0140'])
  expect(choice.lines[0]).toMatchObject({ reason: 'Our dentists always chart it so', source: OURS })
  expect(ask(guide, { service: 'consult', requested: true, own_patient: false })).toEqual(
    ask(pain, { service: 'consult', requested: true, own_patient: false }),
  )
})

it('an item left out is not asked for any more, and says why', () => {
  const { id, title } = pain.checklist.find((item) => !item.when && !item.perVisit && item.stages.includes('claim'))!
  const { guide, problems } = edited(
    (edits) => (edits.items.find((item) => item.id === id)!.leftOut = 'Our payers never want it'),
  )
  expect(problems).toEqual([])
  const due = (one: Guide) =>
    checklistFor(one, { facts: {}, stage: 'claim', codes: ['D9110'], visits: [], reportingMode: 'phased' }).map(
      ({ id }) => id,
    )
  expect(due(pain)).toContain(id)
  expect(due(guide)).not.toContain(id)
  expect(guideDifferences(pain, guide)).toEqual([`Checklist item left out: ${title}. Our payers never want it`])
})

it.each<[string, (edits: GuideEdits) => void, string]>([
  [
    'empty words',
    (edits) => (edits.questions[0]!.question = ' '),
    `questions ${pain.facts[0]!.id}: Something is empty`,
  ],
  ['a question left out that decides', (edits) => (edits.questions[0]!.leftOut = 'Why'), 'has to be asked'],
  ['a rule without answers', (edits) => edits.rules.push(rule({ when: [] })), 'rules own_1: Pick at least one answer'],
  [
    'a rule for a code that is not there',
    (edits) => edits.rules.push(rule({ code: 'D1234' })),
    'rules own_1: unknown code',
  ],
  [
    'a rule behind one that takes all its cases',
    (edits) => edits.rules.push(rule(), rule({ id: 'own_2' })),
    'rules own_2: This rule never comes into force',
  ],
  [
    'a blank that nothing fills',
    (edits) => (edits.narratives[0]!.parts[0] = 'By {whom}'),
    `narratives ${pain.narratives[0]!.id}: {whom} is no blank`,
  ],
  [
    'a question that no rule uses',
    (edits) => edits.questions.push({ id: 'own_1', question: 'Ours?', why: 'So', answers: [], leftOut: '' }),
    'questions own_1: No rule of yours uses this question yet',
  ],
  ['an item for nothing', (edits) => (edits.items[0]!.stages = []), 'Say for what it is needed'],
])('%s is said at its entry', (_, change, message) => {
  expect(edited(change).problems.join('\n')).toContain(message)
})

it('a new guide of the office’s own: a code, a question, a rule, from the template', () => {
  const first = { code: 'D9920', label: 'Calming a patient', use: 'Extra time was needed', area: 'mouth' as const }
  const base = newGuide('calming', other, first, 'Calming', TODAY)
  const { guide, problems } = edited((edits) => {
    edits.questions.push({
      id: ownId(edits.questions),
      question: 'How long?',
      why: 'It decides',
      answers: ['Short', 'Long'],
      leftOut: '',
    })
    edits.rules.push(rule({ when: [{ fact: 'own_1', is: 'a2' }], code: 'D9920' }))
  }, base)
  expect(problems).toEqual([])
  expect(codes(ask(guide, { own_1: 'a2' }))).toEqual(['D9920'])
  expect(codes(ask(guide, { own_1: 'a1' }))).toEqual([])
  expect(nextQuestions(guide, {}).map(({ fact }) => fact)).toContain('own_1')
})

it('a newer shipped version goes into ours, except where we changed the same words', () => {
  const { guide: ours } = edited((edits) => {
    edits.items[0]!.title = 'Our own words'
    edits.rules.push(rule())
  })
  const newer = structuredClone(pain)
  newer.checklist[0]!.title = 'Their newer words'
  newer.checklist[1]!.title = 'Better words'
  const { guide, kept } = takeOver(pain, ours, newer)
  expect(guide.checklist.slice(0, 2).map(({ title }) => title)).toEqual(['Our own words', 'Better words'])
  expect(kept).toEqual(['Our own words'])
  expect(guide.rules[0]!.id).toBe('own_1')
  expect(problemsOf(guide, editsOf(guide))).toEqual([])
})
