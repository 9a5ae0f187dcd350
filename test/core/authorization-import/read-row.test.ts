// Rows of an office's log: what is read, what is complained about, which columns are recognized.
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { guessMapping, headingsKey, IMPORT_FIELDS, missingFields } from '#core/authorization-import/fields.ts'
import { readRow, sameRequestKeys } from '#core/authorization-import/read-row.ts'

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
  it('no two fields claim the same word: a heading would change its meaning with the order of fields', () => {
    const all = IMPORT_FIELDS.flatMap((field) => [...field.words] as string[])
    expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([])
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
    expect(read({ 'Tooth #': 'UR' }).row).toMatchObject({ tooth: null, area: '10' })
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
    const kindOf = (kind: string) => readRow([...cells, kind], guessMapping(headings), TODAY)
    for (const word of ['Estimate', 'predetermination', 'Pre-determination of benefits', 'Pre-Treatment', 'pretreat'])
      expect(kindOf(word).row.kind, word).toBe('estimate')
    for (const word of ['required', 'Prior auth', 'Pre-authorization', 'precert', ''])
      expect(kindOf(word), word).toMatchObject({ row: { kind: 'required' }, problems: [] })
    expect(kindOf('Crown').problems.map((one) => one.field)).toEqual(['kind'])
    expect(kindOf('').row.birthDate, 'nobody is born in 2046').toBe('1946-04-12')
  })
  it('reads an arch, and a tooth with the zero that a spreadsheet put before it', () => {
    expect(read({ 'Tooth #': 'UA' }).row).toMatchObject({ tooth: null, area: '01' })
    expect(read({ 'Tooth #': 'lower arch' }).row).toMatchObject({ tooth: null, area: '02' })
    expect(read({ 'Tooth #': '03' }).row).toMatchObject({ tooth: '3', area: null })
    expect(complaints({ 'Tooth #': '01' }), 'tooth 1 or the upper arch').toEqual(['tooth'])
    expect(complaints({ 'Tooth #': 'constructor' })).toEqual(['tooth'])
  })
  it('never throws, and each complaint names a field and says something', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 12 }), (cells) => {
        for (const one of readRow(cells, MAPPING, TODAY).problems) expect(one.message.length).toBeGreaterThan(10)
      }),
    )
  })
  it('is the same request when number or day of sending agree, and another when neither does', () => {
    const keys = (part: Record<string, string>) => sameRequestKeys(read(part).row)
    const first = keys({ 'Date sent': '11/2/2026' })
    expect(first.some((key) => keys({ 'Date sent': '11/02/26', Status: 'pending' }).includes(key))).toBe(true)
    expect(first.some((key) => keys({ 'Date sent': '11/3/2026' }).includes(key))).toBe(false)
    expect(first.some((key) => keys({ 'Date sent': '11/2/2026', 'Tooth #': '9' }).includes(key))).toBe(false)
  })
})
