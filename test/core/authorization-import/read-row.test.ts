// Rows of an office's log: what is read, what is complained about, which columns are recognized.
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  askedColumns,
  guessMapping,
  IMPORT_FIELDS,
  LOG_HEADINGS,
  missingFields,
  SYSTEMS,
} from '#core/authorization-import/fields.ts'
import { marksOf, readRow } from '#core/authorization-import/read-row.ts'
import { headingKey, headingsKey } from '#core/import/headings.ts'
import { takesByNumber } from '#core/import/places.ts'

const TODAY = '2026-11-23'
const HEADINGS = [
  'Pt name',
  'DOB',
  'Insurance',
  'Tooth #',
  'CDT',
  'Fee',
  'Status',
  'Date sent',
  'Approved on',
  'Expires',
]
const MAPPING = guessMapping(HEADINGS)
const read = (part: Record<string, string>) => {
  const row = { 'Pt name': 'Sample, Alex', DOB: '4/12/15', CDT: 'd3353', 'Tooth #': '#8', ...part }
  return readRow(
    HEADINGS.map((heading) => (row as Record<string, string>)[heading] ?? ''),
    MAPPING,
    TODAY,
    takesByNumber,
  )
}
const complaints = (part: Record<string, string>) => read(part).problems.map((one) => one.field)

describe('columns', () => {
  it('are recognized by what offices call them, each used once', () => {
    expect(Object.keys(MAPPING).sort()).toEqual(
      ['patient', 'birthDate', 'payer', 'tooth', 'code', 'fee', 'state', 'sentOn', 'decidedOn', 'validTo'].sort(),
    )
    expect(new Set(Object.values(MAPPING)).size).toBe(HEADINGS.length)
  })
  it('no two fields claim the same heading: it would change its meaning with the order of fields', () => {
    const claims = new Map<string, string>()
    for (const { system, names } of SYSTEMS)
      for (const [field, words] of Object.entries(names))
        for (const word of words.split(/, (?![^(]*\))/)) {
          const key = headingKey(word)
          expect(key, `${system}: ${word}`).not.toBe('')
          expect([field, undefined], `${system}: ${word}`).toContain(claims.get(key))
          claims.set(key, field)
          expect(LOG_HEADINGS.several.has(key), `${word} means several things`).toBe(false)
        }
  })
  it('every system says where its headings come from', () => {
    for (const { source, confidence } of SYSTEMS)
      expect([source.length > 10, Boolean(confidence)]).toEqual([true, true])
  })
  it.each([
    [
      'Open Dental',
      'Date Sent|LName|FName|Birthdate|CarrierName|ProcCode|ToothNum|Total Fee|DateReceived|PreAuthString',
    ],
    [
      'Dentrix',
      'Patient Name|Birthday|Ins Carrier|ADA Code|Tooth #|Quad|Amount Billed|Date Sent|Date Received|Auth Number',
    ],
    ['a portal', 'Member Name|Member ID|Patient DOB|Procedure Code|Tooth No|Request Date|Auth Status|Decision Date'],
    [
      'a sheet',
      'Pt|DOB|Ins|CDT|Tooth #|Sent On|Current Status|Date Approved|Auth #|Good Until|Ins Pays|Pt Called|Appt|By|Notes',
    ],
    ['our template', IMPORT_FIELDS.map(({ label }) => label).join('|')],
  ])('of %s are all known, and nothing is asked', (_, names) => {
    const headings = names.split('|')
    const mapping = guessMapping(headings)
    expect(new Set(Object.values(mapping))).toEqual(new Set(headings.keys()))
    expect(askedColumns(headings, mapping, [], [])).toEqual([])
  })
  // Bug: the end of an approval under an unknown heading was assumed, and an ended one held good for weeks more.
  it.each([
    'Expiration Date',
    'Exp Date',
    'EXP',
    'Expires',
    'Auth Exp.',
    'Valid thru',
    'Good until',
    'Approval ends',
    'Auth good through',
    'PA End Dt',
    'Exp. of auth',
    'Eff thru',
    'Term date',
    'Lapses',
    'Valid dates',
  ])('“%s” is the end of an approval, or asked about', (heading) => {
    const headings = ['Patient', 'Code', heading]
    const mapping = guessMapping(headings)
    const asked = askedColumns(headings, mapping, [], [])
    expect(
      mapping.validTo === 2 || asked.some(({ column, fields }) => column === 2 && fields.includes('validTo')),
    ).toBe(true)
  })
  it('of several meanings, or twice the same, are asked about until a person says or sets them aside', () => {
    const headings = ['Patient', 'Code', 'Date', 'Sent', 'Date sent', 'Expires', 'Coverage exp']
    const mapping = guessMapping(headings)
    expect(Object.keys(mapping).sort()).toEqual(['code', 'patient'])
    const asked = askedColumns(headings, mapping, [], [])
    expect(asked.map(({ column }) => column)).toEqual([2, 3, 4, 5, 6])
    const said = { ...mapping, sentOn: 4, validTo: 5 }
    expect(askedColumns(headings, said, [], []).map(({ column, fields }) => [column, fields])).toEqual([
      [2, ['decidedOn']],
    ])
    expect(askedColumns(headings, said, [2], [])).toEqual([])
  })
  it('of two payers are asked about: which of them was asked for approval nobody can tell', () => {
    const headings = ['Patient', 'Code', 'Primary insurance', 'Secondary insurance']
    expect(askedColumns(headings, guessMapping(headings), [], []).map(({ column }) => column)).toEqual([2, 3])
    expect(guessMapping(headings.slice(0, 3))).toMatchObject({ payer: 2 })
  })
  it('of dates under a heading that nobody knows are asked about while no end is known', () => {
    const headings = ['Patient', 'Code', 'Wxyz', 'Other']
    const rows = [
      ['Doe, Sam', 'D2740', '4/19/2027', 'a'],
      ['Doe, Al', 'D2740', '', 'b'],
    ]
    expect(askedColumns(headings, guessMapping(headings), [], rows)).toEqual([{ column: 2, fields: ['validTo'] }])
    expect(askedColumns(headings, { ...guessMapping(headings), validTo: 3 }, [], rows)).toEqual([])
  })
  it('say what is missing, and are remembered whatever their capitals', () => {
    expect(missingFields({ lastName: 0 })).toEqual(['Patient', 'Code'])
    expect(headingsKey(['Pt Name', 'CDT '])).toBe(headingsKey(['pt name', 'cdt']))
  })
})

describe('a row', () => {
  it('is read as offices write it', () => {
    const { row, problems } = read({
      Fee: '$1,250',
      Status: 'Pending',
      'Date sent': '11/2/2026 9:30 AM',
      Insurance: 'Plan',
    })
    expect(problems).toEqual([])
    expect(row).toMatchObject({
      lastName: 'Sample',
      firstName: 'Alex',
      birthDate: '2015-04-12',
      code: 'D3353',
      tooth: '8',
      feeCents: 125_000,
      state: 'submitted',
      sentOn: '2026-11-02',
    })
    expect(read({ 'Pt name': 'Alex B. Sample' }).row).toMatchObject({ lastName: 'Sample', firstName: 'Alex B.' })
    expect(read({ CDT: '4341', 'Tooth #': 'UR' }).row).toMatchObject({ code: 'D4341', tooth: null, area: '10' })
    expect(read({ CDT: 'D2740 #14', 'Tooth #': '' }).row).toMatchObject({ code: 'D2740', tooth: '14' })
    expect(read({ CDT: '2740' }).readAs).toBe('2740 as D2740')
    expect(read({ CDT: 'D 2740 crown' }).readAs).toBeNull()
  })
  it('is complained about where it cannot be read, never guessed', () => {
    expect(complaints({ 'Date sent': '31/31/2026', Status: 'sent' })).toEqual(['sentOn'])
    expect(complaints({ Status: 'whatever' })).toEqual(['state'])
    expect(complaints({ 'Tooth #': '47' })).toEqual(['tooth'])
    expect(complaints({ CDT: 'apex' })).toEqual(['code'])
    expect(complaints({ 'Pt name': 'Cher' })).toEqual(['patient'])
    expect(complaints({ Status: 'sent' })).toEqual(['sentOn'])
    expect(complaints({ Status: 'approved', 'Date sent': '11/2/2026' })).toEqual(['decidedOn'])
    expect(complaints({ 'Date sent': '12/24/2026' })).toEqual(['sentOn'])
    expect(complaints({ Fee: 'a lot' })).toEqual(['fee'])
    expect(complaints({ Status: 'denied', 'Date sent': '11/9/2026', 'Approved on': '11/2/2026' })).toEqual([
      'decidedOn',
    ])
  })
  it('says which kind it is, or is asked: an estimate taken for an authorization would promise something', () => {
    const [headings, cells] = [
      ['Patient', 'DOB', 'Code', 'Kind'],
      ['Sample, Alex', '4/12/46', 'D2740'],
    ]
    const kindOf = (kind: string) => readRow([...cells, kind], guessMapping(headings), TODAY, takesByNumber)
    for (const word of ['Estimate', 'predetermination', 'Pre-determination of benefits', 'Pre-Treatment', 'pretreat'])
      expect(kindOf(word).row.kind, word).toBe('estimate')
    for (const word of ['required', 'Prior auth', 'Pre-authorization', 'precert'])
      expect(kindOf(word), word).toMatchObject({ row: { kind: 'required' }, problems: [] })
    for (const word of ['', 'N/A']) expect(kindOf(word), word).toMatchObject({ row: { kind: null }, problems: [] })
    expect(kindOf('Not required').problems.map((one) => one.field)).toEqual(['kind'])
    expect(kindOf('Crown').problems.map((one) => one.field)).toEqual(['kind'])
    expect(kindOf('').row.birthDate, 'nobody is born in 2046').toBe('1946-04-12')
  })
  it('reads an arch, and a tooth with the zero that a spreadsheet put before it', () => {
    expect(read({ CDT: 'D9944', 'Tooth #': 'UA' }).row).toMatchObject({ tooth: null, area: '01' })
    expect(read({ CDT: 'D5120', 'Tooth #': 'lower arch' }).row).toMatchObject({ tooth: null, area: '02' })
    expect(read({ 'Tooth #': '03' }).row).toMatchObject({ tooth: '3', area: null })
    expect(complaints({ 'Tooth #': '01' }), 'tooth 1 or the upper arch').toEqual(['tooth'])
    expect(complaints({ 'Tooth #': 'constructor' })).toEqual(['tooth'])
  })
  it('never throws, and each complaint names a field and says something', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 12 }), (cells) => {
        for (const one of readRow(cells, MAPPING, TODAY, takesByNumber).problems)
          expect(one.message.length).toBeGreaterThan(10)
      }),
    )
  })
  it('keeps a window that began before the decision, and refuses one that ends before it begins', () => {
    const headings = ['Patient', 'DOB', 'Code', 'Status', 'Sent', 'Decided', 'Valid from', 'Valid to']
    const window = (from: string, to: string) =>
      readRow(
        ['Doe, Sam', '1/2/1990', 'D2740', 'approved', '11/1/2026', '11/10/2026', from, to],
        guessMapping(headings),
        TODAY,
        takesByNumber,
      )
    expect(window('10/1/2026', '10/31/2026')).toMatchObject({
      problems: [],
      row: { validFrom: '2026-10-01', validTo: '2026-10-31', decidedOn: '2026-11-10' },
    })
    expect(window('', '10/1/2026 - 10/31/2026').row).toMatchObject({ validFrom: '2026-10-01', validTo: '2026-10-31' })
    expect(window('10/31/2026', '10/1/2026').problems.map((one) => one.field)).toEqual(['validTo'])
    expect(window('', '10/31/2026').problems.map((one) => one.field)).toEqual(['validTo'])
  })
  it('has the state that is said; words that mean an answer here and the treatment there are asked about', () => {
    const sent = { 'Date sent': '11/2/2026' }
    const stateOf = (Status: string) => read({ ...sent, 'Approved on': '11/9/2026', Status }).row.state
    expect(['Approved', 'No', 'NOT APPROVED', 'Partially approved'].map(stateOf)).toEqual([
      'approved',
      'denied',
      'denied',
      'approved_modified',
    ])
    for (const Status of ['Completed', 'Closed', 'Received', '???!'])
      expect(complaints({ ...sent, Status }), Status).toEqual(['state'])
    for (const Status of ['', 'N/A', '-'])
      expect(read({ ...sent, Status }), Status).toMatchObject({ problems: [], row: { state: 'submitted' } })
    expect(read({ ...sent, Status: 'PENDING...' }).row.state).toBe('submitted')
  })
  it('asks where an answer is dated and the status does not say which', () => {
    expect(complaints({ 'Date sent': '11/2/2026', 'Approved on': '11/9/2026' })).toEqual(['state'])
    expect(complaints({ 'Date sent': '11/2/2026', Expires: '4/9/2027' })).toEqual(['state'])
    expect(complaints({ 'Date sent': '11/2/2026', 'Approved on': '11/9/2026', Status: 'sent' })).toEqual(['state'])
    expect(complaints({ 'Date sent': '11/2/2026', 'Approved on': '01/01/0001', Status: 'pending' })).toEqual([])
  })
  it('is known by the day it was sent and by a real number', () => {
    expect(marksOf({ sentOn: '2026-11-02', reference: 'PA 1-2' })).toEqual(['sent 2026-11-02', 'no pa12'])
    expect(marksOf({ sentOn: null, reference: 'pending' })).toEqual([])
  })
})
