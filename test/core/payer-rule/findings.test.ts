// What a payer's rules say of a service, measured on its own date: limits, waiting, age, teeth, missing tooth, downgrade, bundling.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, type IsoDate } from '#core/dates.ts'
import type { Service } from '#core/guide/frequency.ts'
import { payerFindings, type RuledPatient, tryRules } from '#core/payer-rule/findings.ts'
import type { PayerRule, RuleTerm } from '#core/payer-rule/schema.ts'
import { perTooth } from '#test/helpers/payer-rules.ts'
import { ruleOf } from '../payer-figures.ts'

const service = (code: string, serviceDate: IsoDate | null, change: Partial<Service> = {}): Service => ({
  code,
  tooth: '3',
  area: null,
  serviceDate,
  quantity: 1,
  providerId: null,
  ...change,
})
const said = (
  rules: PayerRule[],
  lines: Service[],
  { day = null, ...patient }: Partial<RuledPatient> & { day?: IsoDate | null } = {},
) =>
  payerFindings(lines, { rules, birthDate: '2012-05-10', coveredFrom: '2026-01-01', history: [], ...patient }, day).map(
    ({ message }) => message,
  )
const crowns = ruleOf(perTooth(1, 60), { codes: ['D2710-D2794'] })

describe('frequency', () => {
  const before = [service('D2750', '2022-03-15')]
  // Bug: the limit was measured on today, so a visit after the five years was refused.
  it.each<[IsoDate, string[]]>([
    [
      '2027-03-14',
      ['D2740 on tooth 3: refused until Mar 15, 2027. Limit 1 per tooth in 60 months. On file: D2750 Mar 15, 2022.'],
    ],
    ['2027-03-15', []],
  ])('of a line on %s', (on, expected) => {
    expect(said([crowns], [service('D2740', on)], { history: before })).toEqual(expected)
  })
  it('a line without a date is measured on the day it is planned for', () => {
    expect(said([crowns], [service('D2740', null)], { history: before, day: '2027-04-01' })).toEqual([])
    expect(said([crowns], [service('D2740', null)], { history: before, day: '2026-11-23' })).toHaveLength(1)
  })
  it('another tooth, an extraction, and a service that was only planned do not count', () => {
    const history = [
      service('D2740', '2026-01-05', { tooth: '4' }),
      service('D7140', '2026-01-05'),
      service('D2740', null),
    ]
    expect(said([crowns], [service('D2740', '2026-11-23')], { history })).toEqual([])
  })
  it.each<[Partial<RuleTerm & { topic: 'frequency' }>, Partial<Service>, Partial<Service>, number]>([
    [{ scope: 'quadrant' }, { tooth: null, area: '10' }, { tooth: '3' }, 1],
    [{ scope: 'quadrant' }, { tooth: null, area: '20' }, { tooth: '3' }, 0],
    [{ scope: 'arch' }, { tooth: null, area: '01' }, { tooth: '14' }, 1],
    [{ scope: 'patient' }, { tooth: '30' }, { tooth: '3' }, 1],
  ])('%j: %j then %j', (term, earlier, now, found) => {
    const rule = ruleOf({ ...(perTooth(1, 24) as RuleTerm & { topic: 'frequency' }), ...term })
    const history = [service('D4341', '2026-01-05', earlier)]
    expect(said([rule], [service('D4341', '2026-11-23', now)], { history })).toHaveLength(found)
  })
  it('calendar years begin on January 1, and codes that share a limit count', () => {
    const rule = ruleOf(
      { topic: 'frequency', count: 2, scope: 'patient', period: 1, unit: 'calendar_year', counted: ['D0140'] },
      { codes: ['D0120'] },
    )
    const history = [service('D0140', '2026-02-01'), service('D0120', '2026-05-01')]
    expect(said([rule], [service('D0120', '2026-12-30')], { history })).toEqual([
      expect.stringContaining('refused until Jan 1, 2027'),
    ])
    expect(said([rule], [service('D0120', '2027-01-04')], { history })).toEqual([])
  })
  it('once in a lifetime is free never again', () => {
    const rule = ruleOf({ topic: 'frequency', count: 1, scope: 'tooth', period: null, unit: 'lifetime', counted: [] })
    expect(said([rule], [service('D3353', '2026-11-23')], { history: [service('D3353', '1999-01-01')] })).toEqual([
      expect.stringContaining('over the limit'),
    ])
  })
  const dates = fc
    .integer({ min: 0, max: 2000 })
    .map((at) => new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10))
  it('the day it names is the first on which the same line is free', () => {
    fc.assert(
      fc.property(
        fc.array(dates, { minLength: 1, maxLength: 5 }),
        dates,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 60 }),
        (earlier, on, count, period) => {
          const rule = ruleOf(perTooth(count, period))
          const history = earlier.map((day) => service('D2740', day))
          const until = (day: IsoDate) =>
            said([rule], [service('D2740', day)], { history })[0]?.match(/refused until (.*?)\. Limit/)?.[1]
          const first = until(on)
          if (first === undefined) return
          const free = new Date(`${first} UTC`).toISOString().slice(0, 10)
          const dayBefore = new Date(Date.parse(free) - 86_400_000).toISOString().slice(0, 10)
          // Later services of the same tooth may fill the limit anew: then another day is named.
          if (!earlier.some((day) => day > on)) expect(until(free)).toBeUndefined()
          expect(until(dayBefore < on ? on : dayBefore)).toBeDefined()
        },
      ),
    )
  })
})

describe('the other limits', () => {
  const one = (term: RuleTerm, change: Partial<PayerRule> = {}) => [ruleOf(term, change)]
  it('a waiting period runs from the coverage to the line’s date, the day itself is free', () => {
    const rules = one({ topic: 'waiting', months: 12 })
    expect(said(rules, [service('D2740', '2026-12-31')])).toEqual([
      expect.stringContaining('refused until Jan 1, 2027'),
    ])
    expect(said(rules, [service('D2740', '2027-01-01')])).toEqual([])
    expect(said(rules, [service('D2740', '2027-01-01')], { coveredFrom: null })).toEqual([
      expect.stringContaining('not on file'),
    ])
  })
  it('age is that on the date of service', () => {
    const rules = one({ topic: 'age', from: null, through: 13 })
    expect(said(rules, [service('D1206', '2026-05-09')])).toEqual([])
    expect(said(rules, [service('D1206', '2026-05-10')])).toEqual([expect.stringContaining('the patient is 14')])
    expect(said(one({ topic: 'age', from: 15, through: null }), [service('D1206', '2026-05-10')])).toHaveLength(1)
  })
  it('a tooth that is not on the list', () => {
    const rules = one({ topic: 'teeth', teeth: ['2', '14'] })
    expect(said(rules, [service('D1351', '2026-05-10'), service('D1351', '2026-05-10', { tooth: '14' })])).toEqual([
      expect.stringContaining('#3: not paid on this tooth. Teeth 2, 14 only'),
    ])
  })
  it.each<[Service[], number]>([
    [[service('D7140', '2025-12-31')], 1],
    [[service('D7140', '2026-02-01')], 0],
    [[service('D7140', '2026-02-01', { tooth: '4' })], 1],
    [[], 1],
  ])('a missing-tooth clause looks for the removal of that tooth (%#)', (history, found) => {
    const rules = one({ topic: 'missing_tooth', isPaid: false })
    expect(said(rules, [service('D6245', '2026-11-23')], { history })).toHaveLength(found)
  })
  it('a downgrade is a remark, and on its teeth only', () => {
    const rules = one({ topic: 'downgrade', as: 'D2140', teeth: ['3'] })
    const found = payerFindings([service('D2391', '2026-11-23')], {
      rules,
      birthDate: null,
      coveredFrom: null,
      history: [],
    })
    expect(found).toMatchObject([{ severity: 'info', id: 'payer_sample.downgrade', confidence: 'confirmed' }])
    expect(said(rules, [service('D2330', '2026-11-23', { tooth: '8' })])).toEqual([])
  })
  it('what is not paid together counts on one day only', () => {
    const rules = one({ topic: 'bundling', with: ['D4341-D4342'] }, { codes: ['D4910'] })
    const pair = (day: IsoDate) => said(rules, [service('D4910', '2026-11-23'), service('D4341', day)])
    expect(pair('2026-11-23')).toEqual(['D4910 and D4341 on one day: not paid together.'])
    expect(pair('2026-11-24')).toEqual([])
  })
  it('every finding cites its rule: whose, source, date, the day it was read', () => {
    const rules = one({ topic: 'waiting', months: 12 }, { docDate: '2025-03', confidence: 'unverified' })
    const [found] = payerFindings([service('D2740', '2026-02-01')], {
      rules,
      birthDate: null,
      coveredFrom: '2026-01-01',
      history: [],
    })
    expect(found).toMatchObject({
      source: 'Sample rule: sample.example of 2025-03, seen Nov 29, 2026. Check with the payer',
      confidence: 'unverified',
    })
  })
})

describe('Try it', () => {
  const trial = { code: 'D2740', tooth: '3', area: null, birthDate: null, coveredFrom: null }
  const tried = (rules: PayerRule[], lastOn: IsoDate | null, on: IsoDate) =>
    tryRules(rules, { ...trial, lastOn, on }).map(({ tone, words }) => `${tone} ${words}`)
  it('says the sentence, and what is wanted beside it', () => {
    const need = ruleOf({ topic: 'need', need: 'required' })
    const film = {
      topic: 'document',
      title: 'Periapical',
      kind: null,
      stages: ['claim' as const],
      maxAgeMonths: 12,
    } as const
    const rules = [crowns, need, ruleOf({ ...film, stages: [...film.stages] }, { codes: ['D2740'] })]
    expect(tried(rules, '2022-03-15', '2026-11-23')).toEqual([
      'warn For D2740 on #3, last done Mar 15, 2022: refused until Mar 15, 2027. Limit 1 per tooth in 60 months. On file: D2740 Mar 15, 2022.',
      'warn Authorization required',
      'info Wanted: Periapical, not older than 12 months, for the claim.',
    ])
  })
  it('says that a limit is kept, and nothing of codes that no rule speaks of', () => {
    expect(tried([crowns], '2022-03-15', addMonths('2022-03-15', 60))).toEqual([
      'ok For D2740 on #3, last done Mar 15, 2022: within the limit, 1 per tooth in 60 months.',
    ])
    expect(tryRules([crowns], { ...trial, code: 'D7140', lastOn: null, on: '2026-11-23' })).toEqual([])
  })
})
