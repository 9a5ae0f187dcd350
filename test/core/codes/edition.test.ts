// Bug: a visit planned for January was judged by this year's codes without a word.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Edition, editionFinding } from '#core/codes/edition.ts'

const editions = Edition.array().parse(JSON.parse(readFileSync('assets/codes/editions.json', 'utf8')))
const note = (date: string) => editionFinding({ editions, codeList: { years: [] } }, date)

describe('editions of the code set', () => {
  it.each(['2019-05-01', '2025-12-31', '2026-01-01', '2026-12-31'])('says nothing of %s', (date) => {
    expect(note(date)).toBeNull()
  })
  it('says what is known to change where the edition is not held', () => {
    expect(note('2027-01-12')).toMatchObject({
      message: expect.stringMatching(/^Jan 12, 2027 falls in CDT 2027. [^]*D2390 fits any tooth/),
      source: expect.stringContaining('ADA News'),
      confidence: 'reported',
    })
  })
  it('has the guides alone be older where the office imported its list', () => {
    const found = editionFinding({ editions, codeList: { years: ['2027'] } }, '2027-01-12')
    expect(found).toMatchObject({ severity: 'info', message: expect.stringContaining('Your own list') })
  })
  it('says so of a year of which nothing is known', () => {
    expect(note('2028-02-01')).toMatchObject({ message: expect.stringContaining('CDT 2028'), confidence: 'unverified' })
  })
})
