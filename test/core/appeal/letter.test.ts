// The drafted appeal: only what is recorded is said, the rest stands in brackets for the desk.
import { describe, expect, it } from 'vitest'
import { draftLetter, type LetterSource } from '#core/appeal/letter.ts'
import type { Attachment, ChartNote } from '#core/case/schema.ts'
import { gapsIn } from '#core/guide/narrative.ts'

const source = (change: Partial<LetterSource> = {}): LetterSource =>
  ({
    level: 'first',
    claim: {
      number: 'C1',
      sentOn: '2026-11-21',
      lines: [{ code: 'D3353', tooth: '8', serviceDate: '2026-11-20' }],
      form: { authorizationNumber: '', predeterminationNumber: '', diagnoses: ['K04.1'] },
    },
    remittance: null,
    cause: null,
    facts: {},
    notes: [],
    attachments: [],
    earlier: [],
    ...change,
  }) as LetterSource
const note = (id: string, notedOn: string, itemKeys: string[] = []) => ({ id, notedOn, itemKeys }) as ChartNote

describe('draftLetter', () => {
  it('invents no history: without facts it says what was done and when, nothing else', () => {
    expect(draftLetter(source()).body).toBe('D3353 on tooth #8 was completed on Nov 20, 2026.')
  })
  it('a denial for a limit is answered with the tooth’s own history', () => {
    const earlier = [{ code: 'D3351', serviceDate: '2026-10-05' }]
    const { body } = draftLetter(source({ cause: 'frequency', earlier }))
    expect(body).toContain('Earlier treatment of this tooth: D3351 on Oct 5, 2026.')
    expect(gapsIn(body)).toEqual(['reason from the chart'])
  })
  it('an open root tip is only claimed with the film’s date', () => {
    expect(draftLetter(source({ facts: { apex: 'open' } })).body).not.toContain('root tip')
    const dated = { apex: 'open', pre_op_film_date: '2026-09-30' }
    expect(draftLetter(source({ facts: dated })).body).toContain(
      'The film of Sep 30, 2026, before treatment, shows an open root tip.',
    )
  })
  it.each([
    ['documentation', ['exact item the payer named']],
    ['frequency', ['dates and codes', 'reason from the chart']],
    ['authorization', ['why it could not be asked for before treatment']],
    ['bundling', ['date, tooth and purpose of each']],
    ['timely', ['acceptance report']],
    ['mismatch', []],
  ] as const)('row 40: a denial for %s asks the desk for %j', (cause, gaps) => {
    expect(gapsIn(draftLetter(source({ cause })).body)).toEqual(gaps)
  })
  it('quotes at most five notes, those with findings first, in order of date', () => {
    const notes = ['01', '02', '03', '04', '05', '06', '07'].map((day) =>
      note(`n${day}`, `2026-10-${day}`, day === '07' ? ['findings'] : []),
    )
    expect(draftLetter(source({ notes })).noteIds).toEqual(['n01', 'n02', 'n03', 'n04', 'n07'])
  })
  it('row 41: endodontic appeals ask for a film after treatment until there is one', () => {
    const facts = { pulp: 'necrotic' }
    expect(draftLetter(source({ facts })).body).toContain('[new post-treatment film')
    const film = { id: 'f', kind: 'post_op_periapical', takenOn: '2026-11-20' } as Attachment
    expect(draftLetter(source({ facts, attachments: [film] })).body).toContain('film of Nov 20, 2026')
  })
})
