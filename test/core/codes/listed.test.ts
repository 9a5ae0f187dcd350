// The office's licensed list over the guides' own knowledge of codes.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeChanges, joinLists, type ListedCode, whyAffected, withListed } from '#core/codes/listed.ts'
import { withListedReasons } from '#core/codes/listed-reasons.ts'
import { readCodeRows } from '#core/codes/read-list.ts'
import { isValidOn } from '#core/guide/facts.ts'
import { Guide } from '#core/guide/schema.ts'

const fillings = Guide.parse(JSON.parse(readFileSync('assets/guides/fillings.json', 'utf8')))
const entry = (code: string, changes: Partial<ListedCode> = {}): ListedCode => ({
  code,
  descriptor: `Invented words for ${code}`,
  from: null,
  to: null,
  ...changes,
})
const codeIn = (guide: Guide, code: string) => guide.codes.find((one) => one.code === code)!

describe('guides with the office’s list', () => {
  it('take its descriptors and its days; codes that it does not name stay as they are', () => {
    const list = joinLists([{ of: '2027', codes: [entry('D2391', { to: '2026-12-31' })] }])
    const guide = withListed(fillings, list)
    expect(codeIn(guide, 'D2391').descriptor).toBe('Invented words for D2391')
    expect([isValidOn(codeIn(guide, 'D2391'), '2026-12-31'), isValidOn(codeIn(guide, 'D2391'), '2027-01-01')]).toEqual([
      true,
      false,
    ])
    expect(codeIn(guide, 'D2392')).toBe(codeIn(fillings, 'D2392'))
    expect(withListed(fillings, list)).toBe(guide)
    expect(withListed(fillings, joinLists([]))).toBe(fillings)
  })
  it('have a code that was held for ended hold again where the edition’s list has it', () => {
    const ended = { ...fillings, codes: fillings.codes.map((one) => ({ ...one, validTo: '2025-12-31' })) }
    const guide = withListed(ended, joinLists([{ of: '2026', codes: [entry('D2391')] }]))
    expect(isValidOn(codeIn(guide, 'D2391'), '2026-05-01')).toBe(true)
  })
  it('go by the newest edition, in whatever order the lists came', () => {
    const lists = [
      { of: '2027', codes: [entry('D2391', { descriptor: 'new' })] },
      { of: '2026', codes: [entry('D2391', { descriptor: 'old' })] },
    ]
    expect(joinLists(lists).codes.get('D2391')).toMatchObject({ descriptor: 'new', year: '2027' })
  })
})

it('an empty descriptor is filled, another one is a change; days are told apart', () => {
  const known = { validFrom: null, validTo: null, descriptor: '' }
  expect(codeChanges(known, entry('D2391'))).toEqual([])
  expect(codeChanges({ ...known, descriptor: 'old' }, entry('D2391', { to: '2026-12-31' }))).toEqual([
    { label: 'Descriptor', from: 'old', to: 'Invented words for D2391' },
    { label: 'Last day', from: '', to: '2026-12-31' },
  ])
})

it.each([
  ['2027-01-12', { to: '2026-12-31' }, 'ended'],
  ['2026-12-31', { to: '2026-12-31' }, null],
  ['2026-12-31', { from: '2027-01-01' }, 'not_yet'],
  [null, { to: '2026-12-31' }, null],
] as const)('a line on %s and %o: %s', (on, days, why) => {
  expect(whyAffected({ code: 'D2391', on }, entry('D2391', days), [], '2027')).toBe(why)
})

it('rows: odd codes are left out, days that contradict each other are named, a code twice is asked about', () => {
  const body = [
    ['D2391', 'One', '1/1/2027', ''],
    ['2392', 'Two', '', '12/31/26'],
    ['Diagnostic', '', '', ''],
    ['D2391', 'One', '1/1/2027', ''],
    ['D2393', 'Three', '1/1/2027', '1/1/2026'],
    ['D2392', 'Other', '', ''],
  ].map((cells, at) => ({ cells, number: at + 2 }))
  const mapping = { code: 0, descriptor: 1, from: 2, to: 3 }
  const read = readCodeRows(
    body,
    { headings: ['Code', 'Descriptor', 'From', 'To'], mapping },
    { of: '2027', today: '2026-12-01' },
  )
  expect(read.codes.map(({ code, from, to }) => [code, from, to])).toEqual([
    ['D2391', '2027-01-01', null],
    ['D2392', null, '2026-12-31'],
  ])
  expect(read.leftOut.map(({ row }) => row)).toEqual([4, 5])
  expect(read.problems.map(({ row, column }) => [row, column])).toEqual([
    [6, 'Last day'],
    [7, 'Code'],
  ])
})

it('a newer list of reason codes adds what is not shipped, and ends what it says has ended by today', () => {
  const row = {
    code: '45',
    plain: 'Above the fee',
    actions: ['WO' as const],
    cause: null,
    alert: false,
    retired: false,
    successors: [],
    source: 'x12.org',
  }
  const shipped = new Map([['45', row]])
  const lists = [
    { of: 'carc', codes: [entry('45', { to: '2027-06-30' }), entry('312'), entry('P99', { to: '2026-01-01' })] },
  ]
  const table = withListedReasons(shipped, lists, { of: 'carc', today: '2026-12-01' })
  expect(table.get('45')).toEqual(row)
  expect(table.get('312')).toMatchObject({ plain: 'Invented words for 312', actions: ['VER'], retired: false })
  expect(table.get('P99')).toMatchObject({ retired: true })
  expect(withListedReasons(shipped, lists, { of: 'carc', today: '2027-07-01' }).get('45')).toMatchObject({
    retired: true,
  })
  expect(withListedReasons(shipped, lists, { of: 'rarc', today: '2026-12-01' })).toBe(shipped)
})
it('reason and remark codes are read as lists write them', () => {
  const read = (of: string, ...codes: string[]) =>
    readCodeRows(
      codes.map((code, at) => ({ cells: [code, 'Words'], number: at + 2 })),
      { headings: ['Code', 'Description'], mapping: { code: 0, descriptor: 1 } },
      { of, today: '2026-12-01' },
    ).codes.map(({ code }) => code)
  expect(read('carc', '45', '045', 'p21', 'D2391', 'B7')).toEqual(['45', 'P21', 'B7'])
  expect(read('rarc', 'N130', 'ma04', '45')).toEqual(['N130', 'MA04'])
})
