// What holds a letter, packet, claim or file back: blanks and services at $0.00.
import { describe, expect, it } from 'vitest'
import { openPlaces } from '#core/document/outgoing.ts'

const line = (feeCents: number) => ({ code: 'D3353', tooth: '8', feeCents })

describe('openPlaces', () => {
  // Bug: letters left with “Prognosis: [prognosis].” and a fee of $0.00.
  it('names every blank once and every service without a fee', () => {
    const found = openPlaces({
      texts: ['Prognosis: [prognosis].', '[prognosis], seen on ____'],
      lines: [line(0), line(1)],
    })
    expect(found).toEqual([
      { line: null, words: 'Still to fill in: [prognosis], [blank].' },
      { line: 0, words: 'D3353 #8: the fee is $0.00. Enter the full office fee.' },
    ])
  })
  it('a finished text with fees may go', () => {
    expect(openPlaces({ texts: ['Prognosis: good (see film).'], lines: [line(85000)] })).toEqual([])
  })
})
