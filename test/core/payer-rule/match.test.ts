// Which rule is gone by: the most specific one, the office's before shipped ones; and a rule that is shipped anew overwrites nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PayerId, PayerRuleId, PlanId } from '#core/ids.ts'
import { ruleFor, rulesFor, rulesOf } from '#core/payer-rule/match.ts'
import { ruledNeed } from '#core/payer-rule/need.ts'
import type { OfficeRule, Program, RuleBody } from '#core/payer-rule/schema.ts'
import { differencesOf } from '#core/payer-rule/words.ts'
import { bodyOf, perTooth } from '#test/helpers/payer-rules.ts'

const PLAN = { id: 'ppo' as PlanId, name: 'PPO', benefits: [] }
const own = (id: string, body: RuleBody, change: Partial<OfficeRule> = {}): OfficeRule => ({
  id: id as PayerRuleId,
  version: 1,
  payerId: 'payer' as PayerId,
  planId: null,
  replaces: null,
  isOff: false,
  basis: null,
  body,
  ...change,
})
const limit = (months: number, change: Partial<RuleBody> = {}) => bodyOf(perTooth(1, months), change)
const program = (key: string, bodies: RuleBody[], under: string[] = []): Program => ({
  key,
  name: key,
  under,
  rules: bodies.map((body, at) => ({ ...body, key: `${key}.${at}` })),
})
const held = (programs: Program[], ownRules: OfficeRule[], plan: typeof PLAN | null = PLAN) =>
  rulesOf(programs, { rulesKey: 'dental', ownRules, officeState: 'TX' }, plan)
const months = (rules: ReturnType<typeof held>, code = 'D2740') => ruleFor(rules, 'frequency', code)?.term.period

describe('the rule that counts', () => {
  const shipped = [program('dental', [limit(60), limit(61, { state: 'TX' }), limit(62, { state: 'OH' })], ['federal'])]
  const federal = program('federal', [limit(70), bodyOf({ topic: 'waiting', months: 6 })])
  // Bug: a rule of the payer beat the one of the patient's plan, and one of another state was gone by.
  it.each<[string, OfficeRule[], number]>([
    ['a state’s before the payer’s', [], 61],
    ['the office’s before a shipped one of the state', [own('a', limit(36))], 36],
    ['a plan’s before the payer’s', [own('a', limit(36)), own('b', limit(24), { planId: PLAN.id })], 24],
    ['one of another plan does not hold', [own('b', limit(24), { planId: 'hmo' as PlanId })], 61],
    ['a state’s before all states’', [own('a', limit(36)), own('b', limit(30, { state: 'TX' }))], 30],
    ['of two as specific the narrower codes', [own('a', limit(36)), own('b', limit(12, { codes: ['D2740'] }))], 12],
    ['one for other codes says nothing', [own('b', limit(12, { codes: ['D5110-D5140'] }))], 61],
    ['one that was put out of force', [own('a', limit(1), { replaces: 'dental.1', isOff: true })], 60],
  ])('%s', (_what, ownRules, expected) => {
    expect(months(held([...shipped, federal], ownRules))).toBe(expected)
  })
  it('what a program does not say is said by the one above it, once', () => {
    const rules = held([...shipped, { ...federal, under: ['dental'] }], [])
    expect(ruleFor(rules, 'waiting', 'D2740')?.name).toBe('federal')
    expect(rules.filter(({ id }) => id === 'dental.0')).toHaveLength(1)
  })
  it('rules as specific as each other count together: two limits of one document', () => {
    const two = [program('dental', [limit(60), bodyOf(perTooth(2, 120))])]
    expect(rulesFor(held(two, []), 'frequency', 'D2740')).toHaveLength(2)
  })
  it('never is one gone by that is less specific than another that holds', () => {
    const rule = fc.record({
      isOwn: fc.boolean(),
      ofPlan: fc.boolean(),
      ofState: fc.boolean(),
      codes: fc.constantFrom<string[]>([], ['D2740'], ['D2700-D2799'], ['D5110']),
    })
    type Shape = typeof rule extends fc.Arbitrary<infer Value> ? Value : never
    const rank = ({ isOwn, ofPlan, ofState }: Shape) =>
      Number(isOwn) * 4 + Number(isOwn && ofPlan) * 2 + Number(ofState)
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), (shapes) => {
        const body = (shape: Shape, at: number) =>
          limit(at + 1, { codes: shape.codes, state: shape.ofState ? 'TX' : '' })
        const ofOffice = shapes.flatMap((shape, at) =>
          shape.isOwn ? [own(`o${at}`, body(shape, at), { planId: shape.ofPlan ? PLAN.id : null })] : [],
        )
        const ofPayer = shapes.flatMap((shape, at) => (shape.isOwn ? [] : [body(shape, at)]))
        const found = months(held([program('dental', ofPayer)], ofOffice))
        const applying = shapes.filter(({ codes }) => codes.length === 0 || codes[0] !== 'D5110')
        if (applying.length === 0) expect(found).toBeUndefined()
        else expect(rank(shapes[found! - 1]!)).toBe(Math.max(...applying.map(rank)))
      }),
    )
  })
})

describe('is an authorization needed', () => {
  const need = (kind: 'required' | 'estimate' | 'none', change: Partial<RuleBody> = {}) =>
    bodyOf({ topic: 'need', need: kind }, change)
  const said = (bodies: RuleBody[], codes = ['D2740', 'D2950']) =>
    ruledNeed(held([program('dental', bodies)], []), codes)?.answer
  // Bug: “not needed” for one code of a case was taken as an answer for all of them.
  it.each([
    [[need('required', { codes: ['D2740'] })], 'yes'],
    [[need('none', { codes: ['D2740'] })], 'unknown'],
    [[need('none')], 'no'],
    [[need('estimate')], 'no'],
    [[need('required', { confidence: 'unverified' })], 'unknown'],
    [[], undefined],
  ])('%#', (bodies, answer) => {
    expect(said(bodies)).toBe(answer)
  })
})

it('what is shipped anew is shown field by field, and nothing where it says the same', () => {
  const was = limit(60, { codes: ['D2740'] })
  expect(differencesOf(was, { ...was, seenOn: '2027-01-01' })).toEqual([])
  expect(differencesOf(was, limit(84, { codes: ['D2740'], source: 'Booklet 2027' }))).toEqual([
    { what: 'Rule', was: '1 per tooth in 60 months', now: '1 per tooth in 84 months' },
    { what: 'Source', was: 'Provider manual', now: 'Booklet 2027' },
  ])
})
