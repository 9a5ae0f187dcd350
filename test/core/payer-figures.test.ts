// Which of a payer's figures counts, and that each is counted in its own unit.
import { describe, expect, it } from 'vitest'
import { deadlineOf } from '#core/appeal/deadline.ts'
import { assumedValidity, expectedAnswer } from '#core/authorization/terms.ts'
import { figureRows, figuresOf, filingUntil } from '#core/payer-figures.ts'
import { days } from '#test/helpers/payer-rules.ts'
import { figured, ownRule, ruleOf } from './payer-figures.ts'

const answers = (payer: Parameters<typeof figured>[0], kind: 'required' | 'estimate' = 'required') =>
  figuresOf(figured(payer), 'answer', kind).map(({ origin, count, counts }) => [origin, count, counts])

describe('learned, office’s own, shipped and assumed figures stand beside each other', () => {
  const shipped = ruleOf(days('answer', 3, 'bd', 'required'))
  const typed = ownRule(days('answer', 5, 'bd'))
  // Bug: a payer linked to a shipped rule was waited for by the default of 14 business days.
  it.each<[string, Parameters<typeof figured>[0], 'required' | 'estimate', unknown[]]>([
    ['nothing known', {}, 'required', [['assumed', 14, true]]],
    [
      'shipped',
      { rules: [shipped] },
      'required',
      [
        ['shipped', 3, true],
        ['assumed', 14, false],
      ],
    ],
    ['shipped for the other kind', { rules: [shipped] }, 'estimate', [['assumed', 14, true]]],
    [
      'the office knows better',
      { rules: [typed, shipped] },
      'required',
      [
        ['office', 5, true],
        ['shipped', 3, false],
        ['assumed', 14, false],
      ],
    ],
    [
      'nine answers show, but do not count',
      { rules: [typed, shipped], ownAnswerDays: 8, ownAnswers: 9 },
      'required',
      [
        ['office', 5, true],
        ['shipped', 3, false],
        ['assumed', 14, false],
        ['learned', 8, false],
      ],
    ],
    [
      'ten answers count',
      { rules: [typed, shipped], ownAnswerDays: 8, ownAnswers: 10 },
      'required',
      [
        ['learned', 8, true],
        ['office', 5, false],
        ['shipped', 3, false],
        ['assumed', 14, false],
      ],
    ],
  ])('%s', (_what, payer, kind, expected) => {
    expect(answers(payer, kind)).toEqual(expected)
  })
  it('a claim has no assumed limit: nothing known, nothing counted', () => {
    expect(figuresOf(figured({}), 'filing')).toEqual([])
    expect(filingUntil(figured({}), ['2026-11-02'])).toBeNull()
  })
  it('the two kinds share a row unless they differ', () => {
    const rows = (payer: Parameters<typeof figured>[0]) =>
      figureRows(figured(payer)).map(({ topic, kind }) => [topic, kind].filter(Boolean).join(' '))
    expect(rows({})).toEqual(['answer', 'valid', 'appeal', 'filing'])
    expect(rows({ rules: [shipped] })).toEqual(['answer estimate', 'answer required', 'valid', 'appeal', 'filing'])
  })
})

describe('each figure is counted as the payer counts', () => {
  const payer = figured({
    rules: [
      ruleOf(days('answer', 7, 'cd', 'required')),
      ruleOf(days('answer', 14, 'bd', 'estimate')),
      ruleOf(days('valid', 6, 'mo')),
      ruleOf(days('appeal', 6, 'mo'), { confidence: 'unverified' }),
      ruleOf(days('filing', 12, 'mo')),
    ],
  })
  it('an answer in calendar or in business days, by what was asked', () => {
    expect(expectedAnswer('2026-11-20', payer, 'required', [])).toEqual({
      on: '2026-11-27',
      basis: '7 days. Sample rule: from receipt (sample.example, seen Nov 29, 2026)',
    })
    expect(expectedAnswer('2026-11-20', payer, 'estimate', ['2026-11-26']).on).toBe('2026-12-11')
  })
  // Bug: “6 months” was shipped as 181 days, a day or more short of it half of the year.
  it('six months are counted by month', () => {
    expect(assumedValidity('2026-08-31', payer, 'required').on).toBe('2027-02-28')
    expect(deadlineOf({ eobDate: '2026-03-01', daysOnLetter: null, payer })).toMatchObject({
      on: '2026-09-01',
      days: 184,
      basis: 'payer',
      confidence: 'unverified',
      source: expect.stringMatching(/^6 months\. Sample rule.*Check with the payer$/),
    })
  })
  it('filing counts from the first service', () => {
    expect(filingUntil(payer, ['2026-11-02', null, '2026-10-05'])?.on).toBe('2027-10-05')
  })
})
