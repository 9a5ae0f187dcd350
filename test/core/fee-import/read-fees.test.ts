// Fees of a list: what is no fee is none, and no code outside of CDT becomes one.
import { expect, it } from 'vitest'
import { FEE_HEADINGS } from '#core/fee-import/fields.ts'
import { feeChanges, feesWith, readFeeRows } from '#core/fee-import/read-fees.ts'

const read = (...rows: string[][]) =>
  readFeeRows(
    rows.map((cells, at) => ({ cells, number: at + 1 })),
    { headings: ['', ''], mapping: { code: 0, fee: 1 } },
  )

// Bugs: an empty fee became $0.00; an office's D2740.1 took the place of D2740.
it('an empty fee is left out, 0.00 is a fee, thousands are read, codes of the office are left out', () => {
  const { fees, leftOut, problems } = read(
    ['D0150', ''],
    ['D0230', '0.00'],
    ['2740', '1,285.00'],
    ['D2740.1', '1,310.00'],
    ['N4104', '12.00'],
    ['~GRP~', ''],
    ['D9110', 'call'],
  )
  expect(fees.map(({ code, cents }) => [code, cents])).toEqual([
    ['D0230', 0],
    ['D2740', 128_500],
  ])
  expect(leftOut.map(({ row }) => row)).toEqual([1, 4, 5, 6])
  expect(problems).toEqual([{ row: 7, column: 'Fee', message: '“call” is not an amount in dollars.' }])
})
it('two fees of one code are asked about, the same one twice is not', () => {
  const { fees, leftOut, problems } = read(['D2740', '1'], ['D2740', '1.00'], ['D2740', '2'])
  expect([fees.length, leftOut.length, problems.length]).toEqual([1, 1, 1])
})
it('columns without headings are told by codes and amounts, not by the description’s numbers', () => {
  const rows = [
    ['PerEx', 'D0120', '2 a year', '65.00'],
    ['CompEx', 'D0150', '1 a year', ''],
    ['Crown', 'D2740', '', '1,285.00'],
  ]
  expect(FEE_HEADINGS.columnsOf!(rows)).toEqual({ code: 1, fee: 3 })
  expect(FEE_HEADINGS.columnsOf!([['Name', 'Phone']])).toBeNull()
})
it('what the list leaves out stays on file', () => {
  const onFile = [
    { code: 'D0120', cents: 1 },
    { code: 'D0140', cents: 2 },
  ]
  const listed = [
    { row: 1, code: 'D0120', cents: 5 },
    { row: 2, code: 'D0110', cents: 7 },
  ]
  expect(feeChanges(listed, onFile)).toMatchObject({
    fresh: [{ code: 'D0110' }],
    changed: [{ from: 1 }],
    same: 0,
    absent: 1,
  })
  expect(feesWith(onFile, listed).map(({ code, cents }) => `${code} ${cents}`)).toEqual([
    'D0110 7',
    'D0120 5',
    'D0140 2',
  ])
})
