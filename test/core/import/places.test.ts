// Codes and places as offices write them, each held against what the code goes by.
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { readCode, readPlace, type Takes, takesByNumber } from '#core/import/places.ts'
import { findTooth } from '#core/teeth.ts'

const CODES = { tooth: 'D2740', quadrant: 'D4341', arch: 'D9944', mouth: 'D8080', none: 'D9230' }
const place = (
  cells: { tooth?: string; area?: string; beside?: string },
  takes: Takes,
  code = CODES[takes ?? 'none'],
) => {
  const read = readPlace({ tooth: '', area: '', beside: '', ...cells }, code, takes)
  return 'problem' in read ? 'problem' : (read.place.tooth ?? read.place.area)
}
const problem = (cells: { tooth?: string; area?: string }, takes: Takes, code = CODES[takes ?? 'none']) => {
  const read = readPlace({ tooth: '', area: '', beside: '', ...cells }, code, takes)
  return 'problem' in read ? read.problem : ''
}

describe('a code', () => {
  it.each([
    ['D2740', 'D2740', ''],
    ['d2740', 'D2740', ''],
    ['2740', 'D2740', ''],
    ['D 2740', 'D2740', ''],
    ['D2740 - crown, porcelain', 'D2740', ''],
    ['Crown (D2740)', 'D2740', ''],
    ['D2740 #3', 'D2740', '3'],
    ['D2740 tooth 14', 'D2740', '14'],
    ['#3 D2740', 'D2740', '3'],
    ['D2740-3', 'D2740', '3'],
    ['D2740 (14)', 'D2740', '14'],
    ['2740 #3', 'D2740', '3'],
    ['D4341 UR', 'D4341', 'UR'],
    ['D2740 / D2740', 'D2740', ''],
  ])('%s is %s with place “%s”', (text, code, rest) => expect(readCode(text)).toEqual({ code, rest }))
  it.each([
    '',
    'crown',
    '274',
    '220',
    '27400',
    'D2740A',
    'D2740, D2950',
    '2740.5',
    'D2740 x2',
    '2 x D4341',
    'D0220 (qty 3)',
  ])('“%s” is none, or more than one', (text) => expect(readCode(text)).toHaveProperty('problem'))
})

describe('a place', () => {
  // Bug: a quadrant 10 was tooth 10, “lower” was the primary tooth L.
  it.each<[string, string, Takes, string]>([
    ['area', '10', 'quadrant', '10'],
    ['area', '20', 'quadrant', '20'],
    ['area', 'LL', 'quadrant', '30'],
    ['area', 'UR/10', 'quadrant', '10'],
    ['tooth', 'UR/10', 'quadrant', '10'],
    ['tooth', 'ur', 'quadrant', '10'],
    ['tooth', 'Upper Right', 'quadrant', '10'],
    ['tooth', 'LRQ', 'quadrant', '40'],
    ['tooth', 'Quad 3', 'quadrant', '30'],
    ['area', 'lower left quadrant', 'quadrant', '30'],
    ['area', 'L', 'arch', '02'],
    ['tooth', 'L', 'arch', '02'],
    ['area', 'U', 'arch', '01'],
    ['area', 'Maxillary', 'arch', '01'],
    ['tooth', 'UPPER', 'arch', '01'],
    ['tooth', 'mandibular arch', 'arch', '02'],
    ['area', '01', 'arch', '01'],
    ['tooth', '#3', 'tooth', '3'],
    ['tooth', '03', 'tooth', '3'],
    ['tooth', '20', 'tooth', '20'],
    ['tooth', 'L', 'tooth', 'L'],
    ['tooth', 'Tooth #14', 'tooth', '14'],
    ['area', '#20', 'tooth', '20'],
    ['area', '3', 'tooth', '3'],
    ['tooth', '10', undefined, '10'],
    ['area', '10', undefined, '10'],
    ['tooth', 'UA', undefined, '01'],
    ['tooth', 'UL', undefined, '20'],
  ])('%s “%s” of a code by %s is %s', (column, text, takes, expected) =>
    expect(place({ [column]: text }, takes)).toBe(expected),
  )

  it.each<[string, string, Takes]>([
    ['tooth', '10', 'quadrant'],
    ['tooth', '3', 'quadrant'],
    ['area', '1', 'quadrant'],
    ['area', '20', 'tooth'],
    ['area', 'L', 'tooth'],
    ['tooth', 'UR', 'tooth'],
    ['tooth', 'U', 'tooth'],
    ['tooth', '01', 'tooth'],
    ['tooth', 'UR', 'arch'],
    ['tooth', '10', 'arch'],
    ['tooth', 'L', undefined],
    ['tooth', '3', 'mouth'],
    ['tooth', '47', 'tooth'],
    ['tooth', 'constructor', 'tooth'],
    ['tooth', '3-MOD', 'tooth'],
    ['tooth', 'UR3', 'tooth'],
  ])('%s “%s” of a code by %s is asked about', (column, text, takes) =>
    expect(place({ [column]: text }, takes)).toBe('problem'),
  )

  it('an arch that contradicts its denture is asked about', () => {
    expect(place({ area: 'L' }, 'arch', 'D5110')).toBe('problem')
    expect(place({ area: 'L' }, 'arch', 'D5120')).toBe('02')
  })

  it('lists and ranges want a row for each, and name what was read', () => {
    expect(problem({ tooth: '3, 14' }, 'tooth')).toMatch(/Teeth 3, 14 .* one row per tooth/)
    expect(problem({ tooth: '#6-#8' }, 'tooth')).toMatch(/Teeth 6, 7, 8 .* one row per tooth/)
    expect(problem({ tooth: '6 thru 8' }, 'tooth')).toMatch(/Teeth 6, 7, 8/)
    expect(problem({ tooth: 'A & B' }, 'tooth')).toMatch(/Teeth A, B/)
    expect(problem({ tooth: 'UR, LR' }, 'quadrant')).toMatch(/Areas UR, LR .* one row per area/)
    expect(problem({ area: 'upper and lower' }, 'arch')).toMatch(/Areas UA, LA/)
    expect(problem({ tooth: '6-11' }, 'mouth')).toMatch(/whole mouth/)
  })

  it('said twice is one place; teeth beside their quadrant or arch are kept in words', () => {
    expect(place({ tooth: '3', area: 'UR' }, 'tooth')).toBe('3')
    expect(place({ tooth: '3', area: '10' }, 'tooth')).toBe('3')
    expect(place({ tooth: '3', area: '20' }, 'tooth')).toBe('problem')
    expect(place({ tooth: 'UR 3' }, 'tooth'), 'tooth 6 in the notation of quadrants').toBe('problem')
    expect(place({ tooth: '3', beside: '3' }, 'tooth')).toBe('3')
    expect(place({ tooth: '3', beside: '4' }, 'tooth')).toBe('problem')
    expect(place({ tooth: '3', area: 'LL' }, 'tooth')).toBe('problem')
    const cells = { tooth: '2, 3, 4', area: 'UR', beside: '' }
    expect(readPlace(cells, 'D4342', 'quadrant')).toEqual({
      place: { tooth: null, area: '10' },
      teeth: ['2', '3', '4'],
    })
    expect(readPlace({ ...cells, area: 'LL' }, 'D4342', 'quadrant')).toHaveProperty('problem')
    expect(readPlace({ tooth: '18-20', area: '', beside: '' }, 'D5214', 'arch')).toEqual({
      place: { tooth: null, area: '02' },
      teeth: ['18', '19', '20'],
    })
  })

  it('none is none, and the whole mouth is none for a code that goes by it', () => {
    expect(place({}, 'tooth')).toBeNull()
    expect(place({ area: 'Full mouth' }, 'mouth')).toBeNull()
  })

  it('never gives a tooth to a code that takes an area, nor an area to one that takes a tooth', () => {
    const text = fc.oneof(
      fc.constantFrom(
        '10',
        '20',
        '30',
        '40',
        '01',
        '02',
        'U',
        'L',
        'UR',
        'LL',
        'upper',
        'lower',
        '3',
        'K',
        '#14',
        '1-4',
      ),
      fc.string({ maxLength: 12 }),
    )
    const takes = fc.constantFrom<Takes>('tooth', 'quadrant', 'arch', 'mouth', 'none')
    fc.assert(
      fc.property(text, text, takes, (tooth, area, goesBy) => {
        const read = readPlace({ tooth, area, beside: '' }, CODES[goesBy!], goesBy)
        if ('problem' in read) {
          expect(read.problem.length).toBeGreaterThan(20)
          return
        }
        const { place: found } = read
        if (goesBy !== 'tooth') expect(found.tooth).toBeNull()
        else expect(found.area).toBeNull()
        if (goesBy === 'quadrant') expect([null, '10', '20', '30', '40']).toContain(found.area)
        if (goesBy === 'arch') expect([null, '01', '02']).toContain(found.area)
      }),
    )
  })

  it('every tooth is read as written in a column of teeth', () => {
    const teeth = [...Array.from({ length: 82 }, (_, at) => String(at + 1)), ...'ABCDEFGHIJKLMNOPQRST'.split('')]
    for (const tooth of teeth) {
      const expected = findTooth(tooth)?.tooth ?? 'problem'
      for (const text of [tooth, `#${tooth}`, `Tooth ${tooth}`])
        expect(place({ tooth: text }, 'tooth'), text).toBe(expected)
    }
  })

  it('codes without a guide go by their number', () => {
    expect(['D2391', 'D4260', 'D5110', 'D8080', 'D0120'].map(takesByNumber)).toEqual([
      'tooth',
      'quadrant',
      'arch',
      'mouth',
      undefined,
    ])
  })
})
