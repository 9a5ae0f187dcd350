// Text files: their letters, and what parts their columns.
import { describe, expect, it } from 'vitest'
import { delimiterOf, encodingOf } from '#core/import/text-file.ts'
import { guessMapping, headingsAt, headingsOf, type Vocabulary } from '#core/import/headings.ts'
import { whyNoEntry } from '#core/import/other-rows.ts'

const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding))
const swapped = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())

describe('encoding', () => {
  // Bug: Excel's “Unicode Text” was refused.
  it('is told by its mark, else by where the zeros lie', () => {
    const text = 'Patient\tDOB\r\nMuñoz, José\t12/1/1962\r\n'
    expect(encodingOf(bytes(`\uFEFF${text}`, 'utf16le'))).toBe('utf-16le')
    expect(encodingOf(bytes(text, 'utf16le'))).toBe('utf-16le')
    expect(encodingOf(swapped(`\uFEFF${text}`))).toBe('utf-16be')
    expect(encodingOf(swapped(text))).toBe('utf-16be')
    expect(encodingOf(bytes(text, 'utf8'))).toBe('utf-8')
    expect(encodingOf(bytes(text, 'latin1'))).toBe('utf-8')
    expect(encodingOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0, 0x3e, 0]))).toBeNull()
    expect(encodingOf(new Uint8Array())).toBe('utf-8')
  })
})

describe('columns', () => {
  it.each([
    ['a,b,c\n1,2,3\n', ','],
    // Bug: commas in names and amounts made one column of a short list by semicolons.
    ['Patient;DOB;Fee\nMuñoz, José;12/1/1962;1,250.00\nGérard, Zoë;4/12/46;$1,800\n\n', ';'],
    ['Patient\tDOB\tFee\nDoe, Sam\t1/2/1990\t1,250.00\n', '\t'],
    ['a|b|c\n1,5|2|3\n', '|'],
    ['Our log, 2026\n\nPatient;Code;Note\nDoe, Sam;D2740;a, b, c\nDoe, Al;D2740;\n', ';'],
    ['Patient,Code,Note\n"Doe; Sam; A",D2740,"x;y;z"\n"Doe; Al; B",D2740,"x;y;z"\n', ','],
    ['Patient,Note\n"Doe, Sam","two\nlines; of; it"\n', ','],
    ['Post 6" long;b;c\nx;6" y;z\n', ';'],
    ['sep=;\na,b,c\n', ';'],
    ['one column\nof words\n', ','],
    ['', ','],
  ])('%j are parted by %j', (text, expected) => expect(delimiterOf(text)).toBe(expected))
})

const WORDS: Vocabulary<'who' | 'what' | 'when' | 'end'> = {
  fields: ['who', 'what', 'when', 'end'],
  names: new Map([
    ['patient', 'who'],
    ['lname', 'who'],
    ['code', 'what'],
    ['procedure', 'what'],
    ['sentdate', 'when'],
    ['decisiondate', 'end'],
  ]),
  several: new Map([['date', ['when', 'end']]]),
  hints: [],
}
const at = (rows: string[][]) => headingsAt(rows, WORDS, () => false)

describe('headings', () => {
  it('are the row that names most, below titles and groups; a row known from before wins', () => {
    // Bug: the merged groups above were taken for the headings.
    const rows = [
      ['LOG 2026', '', ''],
      ['Patient', '', 'Procedure'],
      ['L Name', 'Code', 'Sent date'],
      ['Doe', 'D2740', ''],
    ]
    expect(at(rows)).toBe(2)
    expect(headingsAt(rows, WORDS, (headings) => headings[0] === 'Doe')).toBe(3)
    expect(at([['nothing'], ['known']])).toBe(0)
    expect(at([])).toBe(0)
  })
  it('borrow from the group above where they say too little alone', () => {
    const rows = [
      ['Patient', '', 'Sent', '', 'Decision'],
      ['Name', 'Code', 'Date', 'By', 'Date'],
    ]
    expect(headingsOf(rows, 1, WORDS)).toEqual(['Name', 'Code', 'Sent Date', 'By', 'Decision Date'])
    expect(headingsOf([['Our log'], rows[1]!], 1, WORDS)).toEqual(rows[1])
  })
  it('mean a field only where one column can hold it', () => {
    expect(guessMapping(['Patient', 'L name', 'CODE'], WORDS)).toEqual({ what: 2 })
  })
})

describe('rows that are no entry', () => {
  const headings = ['Patient', 'Code', 'Fee']
  const why = (...cells: string[]) => whyNoEntry(cells, headings, [0, 1])
  it('are headings again, totals, and lines about the list', () => {
    expect(why('patient', 'CODE', 'fee')).toBe('Headings again')
    expect(why('', 'TOTAL', '4680')).toBe('Totals: “TOTAL”')
    expect(why('Grand total', '', '$4,680.00')).toBe('Totals: “Grand total”')
    expect(why('', '', '4680.00')).toBe('Nothing but “4680.00”')
    expect(whyNoEntry(['', '', '4680.00', '12.00'], [...headings, 'Pays'], [0, 1])).toBe('Totals')
    expect(why('--- October ---', '', '')).toBe('Nothing but “--- October ---”')
  })
  it('are not rows of which something is missing, nor people with such a name', () => {
    expect(why('Doe, Sam', '', '$50')).toBeNull()
    expect(why('', 'D2740', '$50')).toBeNull()
    expect(why('Total, Sam', 'D2740', '')).toBeNull()
    expect(why('Count, Ada', 'D2740', '$50')).toBeNull()
  })
})
