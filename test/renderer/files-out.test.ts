// A cell of a list that leaves: nothing in it may run when somebody opens the file in a spreadsheet.
import { describe, expect, it } from 'vitest'
import { csvFile, type CsvValue } from '#renderer/lib/files-out.ts'

const cellOf = (value: CsvValue) => {
  const lines = new TextDecoder().decode(csvFile(['h'], [[value]])).split('\r\n')
  return lines.slice(1, -1).join('\r\n')
}

describe('csvFile', () => {
  it.each(['=1+1', '+1', '-1+cmd', '@SUM(A1)', ' =1+1', '\n=1+1', '\r\n @x', '\u00a0=1', '\ufeff=1', '＝1+1', '\t1'])(
    '%j is text for a spreadsheet',
    (text) => {
      expect(cellOf(text).replace(/^"/, '')).toMatch(/^'/)
    },
  )
  it.each([
    ['Exampleton, Robin', '"Exampleton, Robin"'],
    ['D3353 – #8', 'D3353 – #8'],
    ['say "ah"', '"say ""ah"""'],
    [-12.5, '-12.5'],
    [null, ''],
  ])('%j stays what it is', (value, cell) => {
    expect(cellOf(value)).toBe(cell)
  })
})
