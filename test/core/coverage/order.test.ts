import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOLDERS, orderPlans, PlanOrderFacts, type Parents, type PlanPosition } from '#core/coverage/order.ts'

type Holder = PlanPosition['holder']['relation']
const plan = (relation: Holder, changes: Partial<PlanPosition> & { born?: string } = {}): PlanPosition => {
  const { born = null, ...rest } = changes
  return {
    id: relation,
    kind: 'commercial',
    hasCobClause: true,
    coversService: true,
    holder: { relation, birthDate: born },
    status: 'active',
    since: null,
    ...rest,
  }
}
const together: Parents = { together: true, custody: null, decree: null }
const apart = (changes: Partial<Parents> = {}): Parents => ({
  together: false,
  custody: null,
  decree: null,
  ...changes,
})
const child = { birthDate: '2016-05-01', isChild: true }
const adult = { birthDate: '1980-05-01', isChild: false }
const order = (coverages: PlanPosition[], parents: Parents | null = null, patient = parents ? child : adult) =>
  orderPlans({ patient, coverages, parents })

describe('row 46: which plan pays first', () => {
  it.each<[string, PlanPosition[], Parents | null, string[], string]>([
    [
      'C1',
      [plan('father', { born: '1982-11-02' }), plan('mother', { born: '1990-03-09' })],
      together,
      ['mother', 'father'],
      '3',
    ],
    [
      'C2 the year is ignored',
      [plan('mother', { born: '1979-12-01' }), plan('father', { born: '1991-01-30' })],
      together,
      ['father', 'mother'],
      '3',
    ],
    [
      'C3 the same day: the longer one',
      [
        plan('father', { born: '1980-07-15', since: '2019-01-01' }),
        plan('mother', { born: '1984-07-15', since: '2015-01-01' }),
      ],
      together,
      ['mother', 'father'],
      '3',
    ],
    [
      'C4 a decree the plan knows of beats custody and birthday',
      [plan('mother', { born: '1980-01-01' }), plan('father', { born: '1980-11-01' })],
      apart({ custody: 'mother', decree: { responsible: 'father', knownToPlan: true } }),
      ['father', 'mother'],
      '4',
    ],
    [
      'C4b a decree the plan does not know of',
      [plan('father'), plan('mother')],
      apart({ custody: 'mother', decree: { responsible: 'father', knownToPlan: false } }),
      ['mother', 'father'],
      '4',
    ],
    [
      'C5 no decree',
      [plan('father'), plan('stepfather'), plan('mother')],
      apart({ custody: 'mother' }),
      ['mother', 'stepfather', 'father'],
      '4',
    ],
    [
      'the responsible parent has no plan: the spouse’s',
      [plan('mother'), plan('stepmother')],
      apart({ custody: 'mother', decree: { responsible: 'father', knownToPlan: true } }),
      ['stepmother', 'mother'],
      '4',
    ],
    [
      'C6 joint custody',
      [plan('mother', { born: '1980-08-20' }), plan('father', { born: '1980-02-10' })],
      apart({ custody: 'joint' }),
      ['father', 'mother'],
      '3',
    ],
    [
      'a decree that makes both responsible, whoever has custody',
      [plan('mother', { born: '1980-08-20' }), plan('father', { born: '1980-02-10' })],
      apart({ custody: 'mother', decree: { responsible: 'both', knownToPlan: null } }),
      ['father', 'mother'],
      '3',
    ],
    [
      'guardians as if parents',
      [plan('guardian', { id: 'a', born: '1970-06-01' }), plan('guardian', { id: 'b', born: '1975-02-01' })],
      apart(),
      ['b', 'a'],
      '5',
    ],
    ['C7 own before spouse', [plan('spouse'), plan('self')], null, ['self', 'spouse'], '2'],
    [
      'C8 active before retiree, however long',
      [plan('self', { id: 'retiree', status: 'retired', since: '2010-01-01' }), plan('self', { since: '2024-01-01' })],
      null,
      ['self', 'retiree'],
      '6',
    ],
    ['C9 COBRA last', [plan('self', { id: 'cobra', status: 'cobra' }), plan('self')], null, ['self', 'cobra'], '7'],
    [
      'C10 Medicaid last',
      [plan('self', { id: 'medicaid', kind: 'medicaid' }), plan('father', { born: '1980-12-30' })],
      together,
      ['father', 'medicaid'],
      '0',
    ],
    ['no coordination clause', [plan('self'), plan('spouse', { hasCobClause: false })], null, ['spouse', 'self'], '1'],
    ['medical before dental', [plan('self'), plan('spouse', { kind: 'medical' })], null, ['spouse', 'self'], '0'],
    [
      'a medical plan that does not cover it',
      [plan('spouse', { kind: 'medical', coversService: false }), plan('self')],
      null,
      ['self', 'spouse'],
      '0',
    ],
    [
      'two plans of one parent: by start, not by birthday',
      [
        plan('mother', { id: 'new', born: '1980-03-09', since: '2024-01-01' }),
        plan('mother', { id: 'old', born: '1980-03-09', since: '2015-01-01' }),
      ],
      together,
      ['old', 'new'],
      '8',
    ],
  ])('%s', (_name, coverages, parents, expected, rule) => {
    const found = order(coverages, parents)
    expect(found).toMatchObject({ order: expected, missing: [] })
    expect(found.steps.map((step) => step.rule)).toContain(rule)
  })

  it.each<[string, PlanPosition[], Parents | null, string[], string[]]>([
    ['birthdays', [plan('mother', { born: '1980-03-09' }), plan('father')], together, [], ['father.holder.birthDate']],
    [
      'the starts of equal birthdays',
      [plan('mother', { born: '1980-07-15', since: '2015-01-01' }), plan('father', { born: '1981-07-15' })],
      together,
      [],
      ['father.since'],
    ],
    [
      'the starts of one holder’s plans, never “equal”',
      [plan('self'), plan('self', { id: 'two' })],
      null,
      [],
      ['self.since', 'two.since'],
    ],
    ['anything of the parents', [plan('mother'), plan('father')], null, [], ['parents.together']],
    ['custody', [plan('mother'), plan('father')], apart(), [], ['parents.custody']],
    [
      'whether the plan knows of the decree',
      [plan('mother'), plan('father')],
      apart({ custody: 'mother', decree: { responsible: 'father', knownToPlan: null } }),
      [],
      ['parents.decree.knownToPlan'],
    ],
    [
      'whether the medical plan pays',
      [plan('self'), plan('spouse', { kind: 'medical', coversService: null })],
      null,
      [],
      ['spouse.coversService'],
    ],
    [
      'a clause that would turn the order round',
      [plan('self'), plan('spouse', { hasCobClause: null })],
      null,
      [],
      ['spouse.hasCobClause'],
    ],
    [
      'a status that decides',
      [plan('self', { id: 'a', status: null, since: '2015-01-01' }), plan('self', { id: 'b', since: '2020-01-01' })],
      null,
      [],
      ['a.status'],
    ],
    // Bug: two stepmothers were told to share, in whatever order they came.
    [
      'the starts of two people of one relation',
      [
        plan('stepmother', { id: 'a', born: '1980-03-09' }),
        plan('stepmother', { id: 'b', born: '1981-03-09', since: '2015-01-01' }),
      ],
      apart({ custody: 'mother' }),
      [],
      ['a.since'],
    ],
    // What is certain stands: the patient's own plan is first whatever the parents' birthdays are.
    [
      'the rest after what is certain',
      [plan('mother'), plan('self'), plan('father', { born: '1980-01-01' })],
      together,
      ['self'],
      ['mother.holder.birthDate'],
    ],
  ])('asks for %s', (_name, coverages, parents, certain, facts) => {
    const found = order(coverages, parents)
    expect(found.order).toEqual(certain)
    expect(found.missing.map(({ fact }) => fact)).toEqual(facts)
  })

  it.each<[string, PlanPosition[], Parents | null, string[]]>([
    ['a clause that changes nothing', [plan('self', { hasCobClause: null }), plan('spouse')], null, ['self', 'spouse']],
    [
      'whether the plan knows of a decree that says what custody says',
      [plan('father'), plan('mother')],
      apart({ custody: 'mother', decree: { responsible: 'mother', knownToPlan: null } }),
      ['mother', 'father'],
    ],
    ['anything of a single plan', [plan('mother', { hasCobClause: null, status: null })], null, ['mother']],
    [
      'whether Medicaid’s holder works',
      [plan('father', { status: null, hasCobClause: null }), plan('self', { id: 'm', kind: 'medicaid', status: null })],
      together,
      ['father', 'm'],
    ],
  ])('does not ask for %s', (_name, coverages, parents, expected) => {
    expect(order(coverages, parents)).toMatchObject({ order: expected, missing: [] })
  })

  it('Medicaid is known by its kind, and a name says nothing', () => {
    const coverages = [plan('self', { id: 'Medicaid HMO' }), plan('self', { id: 'state', kind: 'medicaid' })]
    expect(order(coverages).order).toEqual(['Medicaid HMO', 'state'])
  })
  it('a plan without coversService, as the first users send it, is taken to cover', () => {
    const { coversService: _left, ...rest } = plan('spouse', { kind: 'medical' })
    const facts = PlanOrderFacts.parse({ patient: adult, coverages: [plan('self'), rest], parents: null })
    expect(orderPlans(facts).order).toEqual(['spouse', 'self'])
  })

  const date = fc.option(fc.constantFrom('1980-03-09', '1981-03-09', '1984-11-02'))
  const position = fc.record({
    kind: fc.constantFrom('commercial' as const, 'commercial' as const, 'medicaid' as const, 'medical' as const),
    hasCobClause: fc.constantFrom(true, true, false, null),
    coversService: fc.constantFrom(true, false, null),
    holder: fc.record({ relation: fc.constantFrom(...HOLDERS), birthDate: date }),
    status: fc.constantFrom('active' as const, 'retired' as const, 'cobra' as const, null),
    since: date,
  })
  const parents = fc.option(
    fc.record({
      together: fc.constantFrom(true, false, null),
      custody: fc.constantFrom('mother' as const, 'father' as const, 'joint' as const, null),
      decree: fc.option(
        fc.record({
          responsible: fc.constantFrom('mother' as const, 'father' as const, 'both' as const),
          knownToPlan: fc.constantFrom(true, false, null),
        }),
      ),
    }),
  )
  const facts = fc.record({
    patient: fc.record({ birthDate: date, isChild: fc.boolean() }),
    coverages: fc
      .array(position, { minLength: 1, maxLength: 4 })
      .map((all) => all.map((one, at) => ({ ...one, id: `p${at}` }))),
    parents,
  })
  it('names every plan once or asks; the order in which they are given changes nothing that is certain', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const found = orderPlans(given)
        expect(new Set(found.order).size).toBe(found.order.length)
        expect(found.missing.length === 0).toBe(found.order.length === given.coverages.length)
        const turned = orderPlans({ ...given, coverages: [...given.coverages].reverse() })
        if (!found.steps.some(({ rule }) => rule === '9')) expect(turned.order).toEqual(found.order)
        expect(found.steps.every(({ text, source }) => text && source)).toBe(true)
      }),
    )
  })
})
