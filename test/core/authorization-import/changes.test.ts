// Next week's log against what is on file: what changes, what stays, what a person must record.
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { changesOf, type OnFile, stepsBetween } from '#core/authorization-import/changes.ts'
import { Directory, type Person } from '#core/import/people.ts'
import type { ImportedRow } from '#core/authorization-import/read-row.ts'
import { authorizationLife } from '#core/authorization/lifecycle.ts'
import { AUTHORIZATION_STATES } from '#core/authorization/schema.ts'

const TODAY = '2026-11-23'
const SENT: OnFile = {
  kind: 'required',
  note: '',
  isEndAssumed: false,
  state: 'submitted',
  reference: '',
  sentOn: '2026-10-05',
  decidedOn: null,
  validFrom: null,
  validTo: null,
  expectedOn: '2026-10-26',
  infoDueOn: null,
  patientCalledOn: null,
  bookedFor: null,
  approvedCents: null,
  feeCents: 125_000,
}
const rowOf = (part: Partial<ImportedRow>): ImportedRow => ({
  externalId: '',
  isClaim: false,
  requestId: '',
  serviceDate: null,
  lastName: 'Doe',
  firstName: 'Sam',
  birthDate: '1990-01-02',
  payer: 'Harbor Mutual',
  memberId: '',
  code: 'D2740',
  tooth: '3',
  area: null,
  owner: '',
  ...SENT,
  expectedOn: null,
  ...part,
})
const APPROVED = { state: 'approved' as const, decidedOn: '2026-10-19' }
const news = (onFile: Partial<OnFile>, row: Partial<ImportedRow>) =>
  changesOf({ ...SENT, ...onFile }, rowOf({ ...row }), TODAY)

describe('changes', () => {
  it('the answer with its day, number, end and amount are shown and led to by steps', () => {
    const { changes, steps, details, problem } = news(
      {},
      { ...APPROVED, reference: 'HM-1', validTo: '2027-04-19', approvedCents: 60_000 },
    )
    expect(changes).toEqual([
      { field: 'state', from: 'Sent', to: 'Approved, Oct 19, 2026' },
      { field: 'reference', from: '', to: 'HM-1' },
      { field: 'validTo', from: '', to: 'Apr 19, 2027' },
      { field: 'approved', from: '', to: '$600.00' },
    ])
    expect(steps).toEqual([{ event: 'approve', on: '2026-10-19' }])
    expect(details).toEqual({ reference: 'HM-1', validTo: '2027-04-19' })
    expect(problem).toBeNull()
  })
  it('the same again is nothing, and what the list leaves empty stays', () => {
    expect(news(APPROVED, { ...APPROVED })).toMatchObject({ changes: [], kept: [], problem: null })
    const known = { ...APPROVED, reference: 'HM-1', validTo: '2027-04-19', approvedCents: 60_000 }
    expect(news(known, { ...APPROVED, reference: '', validTo: null, approvedCents: null }).changes).toEqual([])
    expect(news({ reference: 'HM-1' }, { reference: 'pending' }).changes).toEqual([])
  })
  it('a list that lags behind, another fee and another day of the answer change nothing and are said', () => {
    expect(news(APPROVED, {})).toMatchObject({
      changes: [],
      problem: null,
      kept: ['Status Sent: on file it is Approved'],
    })
    expect(news({}, { feeCents: 130_000 }).kept).toEqual(['Fee $1,300.00: on file it is $1,250.00'])
    expect(news(APPROVED, { ...APPROVED, decidedOn: '2026-10-20' }).kept).toHaveLength(1)
  })
  it('what contradicts an answer on file is a person’s to record', () => {
    const denied = { state: 'denied' as const, decidedOn: '2026-10-20' }
    expect(news(denied, { ...APPROVED, decidedOn: '2026-10-30' })).toMatchObject({ changes: [], steps: [] })
    expect(news(denied, { ...APPROVED, decidedOn: '2026-10-30' }).problem?.message).toMatch(
      /On file it is Denied since/,
    )
    expect(news({ state: 'used', decidedOn: '2026-10-19' }, APPROVED).problem).toBeNull()
    expect(news({}, { state: 'expired', decidedOn: '2026-10-19', validTo: '2027-04-19' }).problem?.field).toBe(
      'validTo',
    )
    expect(news({}, { ...APPROVED, decidedOn: '2026-10-01' }).problem?.field).toBe('decidedOn')
  })
  it('a draft that was sent and answered meanwhile takes both steps', () => {
    const { steps } = news({ state: 'drafting', sentOn: null }, APPROVED)
    expect(steps).toEqual([
      { event: 'submit', on: '2026-10-05' },
      { event: 'approve', on: '2026-10-19' },
    ])
  })
  it('a later end is an extension, also of one that has run out; an earlier one, or one that was assumed, a correction', () => {
    const onFile = { ...APPROVED, validTo: '2026-11-10' }
    const later = { ...APPROVED, validTo: '2027-05-10' }
    const extended = [{ event: 'extend', on: TODAY }]
    expect(news(onFile, later)).toMatchObject({ steps: extended, details: { validTo: '2027-05-10' } })
    expect(news({ ...onFile, state: 'expired' }, later)).toMatchObject({ steps: extended, problem: null })
    expect(news({ ...onFile, isEndAssumed: true }, later)).toMatchObject({
      steps: [],
      details: { validTo: '2027-05-10' },
    })
    expect(news({ ...onFile, validTo: '2027-06-10' }, later)).toMatchObject({
      steps: [],
      changes: [{ field: 'validTo' }],
    })
  })
  it('a new note is added to the one on file, another kind is said', () => {
    expect(news({ note: 'Called' }, { note: 'Sent x-rays' }).details.note).toBe('Called\nSent x-rays')
    expect(news({ note: 'Called' }, { note: 'Called. Sent x-rays' }).details.note).toBe('Called. Sent x-rays')
    expect(news({ note: 'Called. Sent x-rays' }, { note: 'Called' }).changes).toEqual([])
    expect(news({}, { kind: 'estimate' }).kept).toEqual(['Kind estimate: on file it is required'])
    expect(news({}, { kind: null }).kept).toEqual([])
  })
  it('steps are those that the table allows, and no appeal or new draft is invented on the way', () => {
    const state = fc.constantFrom(...AUTHORIZATION_STATES)
    fc.assert(
      fc.property(state, state, (from, to) => {
        const path = stepsBetween(from, to)
        if (path === null) return
        let at: string = from
        for (const event of path) at = (authorizationLife.table as Record<string, Record<string, string>>)[at]![event]!
        expect(at).toBe(to)
        expect(path).not.toContain('resubmit')
        expect(path.slice(0, -1)).not.toContain('appeal')
        expect(path.slice(0, -1)).not.toContain('withdraw')
      }),
    )
  })
})

describe('people', () => {
  const person = (lastName: string, firstName: string, birthDate: string): Person => ({
    id: `${lastName} ${birthDate}`,
    lastName,
    firstName,
    birthDate,
  })
  const OKAFOR = person('Okafor', 'Daniel', '1975-03-04')
  const name = (lastName: string, firstName: string) => [{ lastName, firstName }]
  const directory = () => new Directory([OKAFOR, person('Ferris', 'Nora', '1975-05-05')])
  const kindOf = (whose: ReturnType<Directory['whose']>) =>
    'person' in whose ? (whose.person.id ?? 'new') : 'question' in whose ? whose.question.kind : 'problem'

  it('are the one on file, whatever capitals, accents and middle initials', () => {
    const known = directory()
    expect(kindOf(known.whose(name('OKAFOR', 'daniel'), '1975-03-04', {}))).toBe(OKAFOR.id)
    expect(kindOf(known.whose(name('Okafor', 'Daniel B.'), '1975-03-04', {}))).toBe(OKAFOR.id)
  })
  // Bug: nicknames and slips made a second patient without a word.
  it('who may be somebody on file are asked about, side by side', () => {
    const known = directory()
    for (const [last, first, born] of [
      ['Okafor', 'Dan', '1975-03-04'],
      ['Okafor Jr.', 'Daniel', '1975-03-04'],
      ['Okafor', 'Daniel', '1975-04-03'],
      ['Okafor', 'Daniel', null],
    ] as const)
      expect(kindOf(known.whose(name(last, first), born, {})), `${last}, ${first} ${born}`).toBe('person')
    const whose = known.whose(name('Okafor', 'Dan'), '1975-03-04', {})
    expect('question' in whose && whose.question.options.map((one) => [one.firstName, one.isOnFile])).toEqual([
      ['Daniel', true],
      ['Dan', false],
    ])
  })
  it('an answer holds: the same person, or another', () => {
    const id = 'person okafor, dan|1975-03-04'
    expect(kindOf(directory().whose(name('Okafor', 'Dan'), '1975-03-04', { [id]: 'okafor, daniel|1975-03-04' }))).toBe(
      OKAFOR.id,
    )
    expect(kindOf(directory().whose(name('Okafor', 'Dan'), '1975-03-04', { [id]: 'another' }))).toBe('new')
    expect(kindOf(directory().whose(name('Okafor', 'Dan'), '1975-03-04', { [id]: 'nobody' }))).toBe('person')
  })
  it('two rows of one list may be one person as well; twins are not', () => {
    const known = new Directory([])
    expect(kindOf(known.whose(name('Brandt', 'William'), '1966-02-02', {}))).toBe('new')
    expect(kindOf(known.whose(name('Brandt', 'William'), '1966-02-02', {}))).toBe('new')
    expect(kindOf(known.whose(name('Brandt', 'Bill'), '1966-02-02', {}))).toBe('person')
    expect(kindOf(known.whose(name('Brandt', 'Grace'), '1966-02-02', {}))).toBe('new')
  })
  it('a name of several readings is the one on file, else asked', () => {
    const readings = [
      { lastName: 'Van Dyke', firstName: 'Mary Ann' },
      { lastName: 'Dyke', firstName: 'Mary Ann Van' },
    ]
    const dyke = person('Van Dyke', 'Mary Ann', '1980-06-01')
    expect(kindOf(directory().whose(readings, '1980-06-01', {}))).toBe('name')
    expect(kindOf(new Directory([dyke]).whose(readings, '1980-06-01', {}))).toBe(dyke.id)
    const id = 'name mary ann van dyke|1980-06-01'
    expect(kindOf(directory().whose(readings, '1980-06-01', { [id]: 'vandyke, maryann' }))).toBe('new')
  })
  it('without a birth date nobody is added', () => {
    expect(kindOf(directory().whose(name('Quill', 'Ada'), null, {}))).toBe('problem')
    const whose = directory().whose(name('Okafor', 'Daniel'), null, {})
    expect('question' in whose && whose.question.options).toHaveLength(1)
  })
})
