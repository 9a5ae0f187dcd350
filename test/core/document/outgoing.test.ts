// What holds a letter, packet, claim or file back: blanks, however they are written, and services at $0.00.
import * as fc from 'fast-check'
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
  // Bug: only [x] and ___ were seen; a text written or pasted with other signs left with its blanks.
  it.each([
    ['{prognosis}', 'prognosis'],
    ['{{prognosis}}', 'prognosis'],
    ['［prognosis］', 'prognosis'],
    ['｛prognosis｝', 'prognosis'],
    ['<prognosis>', 'prognosis'],
    ['<date of visit 2?>', 'date of visit 2?'],
    ['[prognosis', 'prognosis'],
    ['[prognosis. See the film', 'prognosis'],
    ['prognosis]', 'blank'],
    ['{ }', 'blank'],
    ['< >', 'blank'],
    ['( )', 'blank'],
    ['__', 'blank'],
    ['__/__/2026', 'blank'],
    ['＿＿', 'blank'],
    ['#??', 'blank'],
    ['Prognosis: ...', 'blank'],
    ['Prognosis: …', 'blank'],
    ['prognosis ...', 'blank'],
    ['prognosis ……', 'blank'],
    ['prognosis...... Recall in May.', 'blank'],
    ['prognosis ......\nRecall in May.', 'blank'],
    ['TBD', 'TBD'],
    ['tbd.', 'tbd'],
    ['#XXX', 'XXX'],
  ])('“%s” is a blank', (text, name) => {
    const found = [{ line: null, words: `Still to fill in: [${name}].` }]
    expect(openPlaces({ texts: [text] })).toEqual(found)
    expect(openPlaces({ texts: [`Tooth #8 was seen. Outlook ${text}`] })).toEqual(found)
  })
  it.each([
    'Pockets <4 mm, later >2 mm; bone loss <half, mobility>1.',
    'Apex < 1 mm open (see film of Sep 30, 2026), 3-4 mm wide.',
    'Pain on biting ... gone after a week.',
    'Pain on biting … gone after a week, he said…',
    'Pain …… gone. Cold ...... 3 s. Then it rested …',
    'Does it hold? It does!',
    'Film__2.png, snake_case, #8, 50%, K04.1, D3353.',
    'Roman numerals XX and MIX, Dr. Tbilisi, exxxon.',
    'Mail to Ana <ana@example.org>.',
    'Visits: initial: done Oct 5, 2026; final: Nov 20, 2026.',
  ])('“%s” has none', (text) => {
    expect(openPlaces({ texts: [text] })).toEqual([])
  })
  it('whatever is put in brackets is a blank, and a text of words, numbers and measures has none', () => {
    const name = fc.stringMatching(/^[a-z]{1,9}( [a-z0-9]{1,9}){0,3}$/)
    // Without the letters of TBD, TBA and XXX.
    const around = fc.stringMatching(/^[A-SUVWYZa-suvwyz0-9 ,;:#%$'"/+&=!*-]{0,40}$/)
    const signs = fc.constantFrom('[]', '{}', '<>', '［］', '｛｝', '＜＞')
    fc.assert(
      fc.property(name, around, around, signs, (what, before, after, [open, close]) => {
        expect(openPlaces({ texts: [`${before}${after}`] })).toEqual([])
        const [place] = openPlaces({ texts: [`${before} ${open}${what}${close} and ${after}`] })
        expect(place?.words).toContain(`[${what}]`)
      }),
    )
  })
  it('measures with < and > are no blanks', () => {
    const measure = fc.tuple(fc.constantFrom('<', '>', '< ', '> ', '<=', '>='), fc.integer({ min: 0, max: 99 }))
    fc.assert(
      fc.property(fc.array(measure), (all) => {
        const text = all.map(([sign, mm]) => `pocket ${sign}${mm} mm`).join(', ')
        expect(openPlaces({ texts: [text] })).toEqual([])
      }),
    )
  })
})
