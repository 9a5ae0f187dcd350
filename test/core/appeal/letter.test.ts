// The drafted appeal: only what is recorded is said, the rest stands in brackets for the desk.
import { describe, expect, it } from 'vitest'
import { draftLetter, type LetterSource } from '#core/appeal/letter-draft.ts'
import type { Attachment, ChartNote } from '#core/case/schema.ts'
import { gapsIn } from '#core/guide/narrative.ts'

const source = (change: Partial<LetterSource> = {}): LetterSource =>
  ({
    level: 'first',
    claim: {
      number: 'C1',
      lines: [{ code: 'D3353', tooth: '8', serviceDate: '2026-11-20' }],
      form: { authorizationNumber: '', predeterminationNumber: '', diagnoses: ['K04.1'] },
    },
    remittance: null,
    cause: null,
    facts: {},
    notes: [],
    attachments: [],
    earlier: [],
    isFinished: true,
    authorization: null,
    firstSent: { number: 'CW1', on: '2026-11-21', accepted: null },
    otherPlan: null,
    wasCovered: true,
    fitsDiagnosis: true,
    ...change,
  }) as LetterSource
const note = (id: string, notedOn: string, itemKeys: string[] = []) => ({ id, notedOn, itemKeys }) as ChartNote

const ACCEPTED = {
  number: 'CW1',
  on: '2026-04-12',
  accepted: { on: '2026-04-13', proof: 'acknowledgement of claim file 7' },
}

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
  // Bug: “The service was authorized under PA-7; the approval is enclosed” of a request that was denied, with no letter on file.
  it('row 40: a denied request was not authorized, an estimate authorizes nothing, and nothing is enclosed that is not there', () => {
    const letter = (authorization: object, attachments: Attachment[] = []) => {
      const asked = {
        kind: 'required',
        reference: 'PA-7',
        sentOn: '2026-09-29',
        decidedOn: '2026-10-01',
        granted: true,
        covers: true,
      }
      const one = { ...asked, ...authorization } as LetterSource['authorization']
      return draftLetter(source({ cause: 'authorization', authorization: one, attachments })).body
    }
    expect(letter({ granted: false })).not.toMatch(/was authorized|retroactive/)
    expect(letter({ granted: false })).toContain('Authorization was asked for on Sep 29, 2026: [')
    expect(letter({ covers: false })).not.toContain('was authorized')
    expect(letter({ kind: 'estimate' })).not.toContain('authorized')
    expect(letter({})).toContain('The service was authorized under PA-7 (decision of Oct 1, 2026).')
    expect(letter({})).not.toContain('enclosed')
    const file = { id: 'f', kind: 'authorization_letter', takenOn: '2026-10-01' } as Attachment
    expect(letter({}, [file])).toContain('The decision is enclosed.')
  })
  // Bug: “was completed on” the day of preparation, weeks before the crown was seated; “finished treatment” while it runs.
  it('nothing is completed before the record says so', () => {
    const seated = draftLetter(source({ facts: { seat_date: '2026-11-22' } })).body
    expect(seated).toBe('The date of service of D3353 on tooth #8 is Nov 20, 2026.')
    const running = draftLetter(source({ facts: { pulp: 'necrotic', outcome: 'good' }, isFinished: false })).body
    expect(running).not.toMatch(/completed|finished|Outcome/)
  })
  it('what the record has is said, what it does not bear out is asked', () => {
    const body = (change: Partial<LetterSource>) => draftLetter(source(change)).body
    expect(body({ cause: 'coordination' })).not.toContain('has decided')
    const otherPlan = { eobDate: '2026-11-01', paidCents: 12000 }
    expect(body({ cause: 'coordination', otherPlan })).toContain('decided on Nov 1, 2026 and paid $120.00.')
    expect(body({ cause: 'eligibility', wasCovered: false })).not.toContain('was covered')
    expect(body({ cause: 'mismatch', fitsDiagnosis: false })).not.toContain('matches the record')
    expect(body({ cause: 'timely', firstSent: ACCEPTED })).toContain(
      'Claim CW1 was first sent on Apr 12, 2026. It was with you by Apr 13, 2026: acknowledgement of claim file 7.',
    )
    expect(draftLetter(source({ level: 'information' })).request).not.toContain('are enclosed')
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
