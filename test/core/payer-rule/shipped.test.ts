// The rules that are shipped: each with its source, from at least 25 payers and programs, and none that contradicts the law in force.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ruleFor, rulesOf } from '#core/payer-rule/match.ts'
import { Program } from '#core/payer-rule/schema.ts'
import { figuresOf } from '#core/payer-figures.ts'
import { problemsIn } from '#core/payer-rule/check.ts'

const programs = Program.array().parse(
  JSON.parse(readFileSync(new URL('../../../assets/payers/rules.json', import.meta.url), 'utf8')),
)
const rulesFrom = (rulesKey: string) => rulesOf(programs, { rulesKey, ownRules: [], officeState: '' }, null)
const figure = (key: string, topic: 'answer' | 'valid' | 'appeal' | 'filing') =>
  figuresOf({ name: key, ownAnswerDays: null, ownAnswers: 0, rules: rulesFrom(key) }, topic).find(
    ({ counts }) => counts,
  )

it('has no rule without a source, and no key twice', () => {
  expect(problemsIn(programs)).toEqual([])
  expect(programs.length).toBeGreaterThanOrEqual(25)
})
it('a rule without a source, a key that stands twice, and a program that is not there are refused', () => {
  const [first] = programs
  const [rule] = first!.rules
  const broken = { ...first!, under: ['nowhere'], rules: [{ ...rule!, source: ' ' }, rule!] }
  expect(problemsIn([broken])).toEqual([
    `${first!.key}: “nowhere” is no program`,
    `${rule!.key}: no source`,
    `${rule!.key}: its key stands twice`,
  ])
})
// Bug: 10 days were shipped for Medicaid managed care, which nothing supports, and repeated in each state.
it('the federal days hold for every state’s Medicaid, and a state’s own come first', () => {
  for (const key of ['new-york-medicaid', 'illinois-medicaid', 'ohio-medicaid', 'mcna-tx', 'medi-cal'])
    expect(figure(key, 'answer'), key).toMatchObject({ count: 7, unit: 'cd' })
  expect(figure('dentaquest-tx', 'answer')).toMatchObject({ count: 3, unit: 'bd', confidence: 'confirmed' })
  expect(figure('delta-mi-nc', 'answer')).toMatchObject({ count: 14, unit: 'bd' })
  expect(figure('northeast-delta', 'appeal')).toMatchObject({ count: 6, unit: 'mo' })
  expect(figure('bcbs-nebraska', 'valid')).toMatchObject({ count: 6, unit: 'mo' })
  expect(figure('fepdental', 'appeal')).toMatchObject({ count: 60, unit: 'cd' })
})
it('limits of a program are found by code', () => {
  expect(ruleFor(rulesFrom('uhc-booklet'), 'frequency', 'D2740')?.term).toMatchObject({ count: 1, period: 60 })
  expect(ruleFor(rulesFrom('metlife-federal'), 'frequency', 'D5110')?.term).toMatchObject({ scope: 'arch', period: 60 })
  expect(ruleFor(rulesFrom('delta-ks'), 'downgrade', 'D2391')?.term).toMatchObject({ as: 'amalgam' })
})
