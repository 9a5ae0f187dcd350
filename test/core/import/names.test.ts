// Names as offices write them: what is sure, what is asked, who may be the same person.
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { fold, isLikely, isSameButMiddle, readName } from '#core/import/names.ts'

const read = (whole: string) =>
  readName({ whole, last: '', first: '' }).map(({ lastName, firstName }) => `${lastName} / ${firstName}`)

describe('a name', () => {
  it.each([
    ['Doe, Sam', 'Doe / Sam'],
    ['DOE,SAM', 'DOE / SAM'],
    ['Doe, Sam A.', 'Doe / Sam A.'],
    ['Sam Doe', 'Doe / Sam'],
    ['Sam A. Doe', 'Doe / Sam A.'],
    // Bug: last names “III” and “Jr.”, a first name “Daniel Sr.”.
    ['Daniel Okafor III', 'Okafor III / Daniel'],
    ['Daniel Okafor Jr.', 'Okafor Jr. / Daniel'],
    ['Daniel Okafor, Jr.', 'Okafor Jr. / Daniel'],
    ['Okafor, Daniel Sr.', 'Okafor Sr. / Daniel'],
    ['Okafor Jr., Daniel', 'Okafor Jr. / Daniel'],
    ['Okafor, Daniel B, Jr.', 'Okafor Jr. / Daniel B'],
    ['Okafor, Daniel V', 'Okafor / Daniel V'],
    ['Van Dyke, Mary Ann', 'Van Dyke / Mary Ann'],
    ['Maria de la Cruz', 'de la Cruz / Maria'],
    ['Ludwig von der Heide', 'von der Heide / Ludwig'],
    ['Oscar De Souza', 'De Souza / Oscar'],
    ['Robin St. James', 'St. James / Robin'],
    ["Sean O'Brien", "O'Brien / Sean"],
    ['Zoë Müller-Lüdenscheidt', 'Müller-Lüdenscheidt / Zoë'],
    ['Okafor, Daniel "Dan"', 'Okafor / Daniel'],
    ['Okafor, Daniel (Dan)', 'Okafor / Daniel'],
    ["Daniel 'Dan' Okafor", 'Okafor / Daniel'],
    ['Mrs. Ada Quill', 'Quill / Ada'],
    ['*Quill, Ada', 'Quill / Ada'],
  ])('%s is %s', (text, expected) => expect(read(text)).toEqual([expected]))

  // Bug: “Dyke”. What is in two names' middle nobody can tell: it is asked, the likeliest first.
  it.each([
    ['Mary Ann Van Dyke', 'Van Dyke / Mary Ann'],
    ['Anh Van Nguyen', 'Van Nguyen / Anh'],
    ['Mary Ann Smith', 'Smith / Mary Ann'],
    ['Juan Garcia Lopez', 'Lopez / Juan Garcia'],
    ['Juan Garcia Lopez Jr.', 'Lopez Jr. / Juan Garcia'],
  ])('%s is asked about, %s first', (text, first) => {
    expect(read(text)[0]).toBe(first)
    expect(read(text).length).toBeGreaterThan(1)
  })

  it.each([
    'Cher',
    '',
    ',',
    'Doe,',
    ', Sam',
    'Daniel Okafor MD',
    'Okafor, MD',
    'Daniel Okafor V',
    'Doe, Sam, Alex',
    '12 34',
    'Doe, Sam - 12345',
    '#123 Sam Doe',
  ])('“%s” cannot be read', (text) => expect(read(text)).toEqual([]))

  it('in two columns keeps its suffix with the last name', () => {
    expect(readName({ whole: '', last: 'Okafor', first: 'Daniel Jr' })).toEqual([
      { lastName: 'Okafor Jr', firstName: 'Daniel' },
    ])
    expect(readName({ whole: '', last: 'Okafor', first: '' })).toEqual([])
  })

  it('loses no letter but of nicknames and titles, and no part is empty or a suffix alone', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{1,8}$/)
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 2, maxLength: 5 }),
        fc.constantFrom('', ' Jr.', ' III'),
        (words, suffix) => {
          fc.pre(!/^(Mr|Mrs|Ms|Miss|Dr|Mx|Md|Do|Rn|Vi|Dds|Dmd|Phd|Esq|Cpa|Jr|Sr|Ii|Iii|Iv)$/.test(words.join(' ')))
          fc.pre(
            words.every((one) => !/^(Mr|Mrs|Ms|Miss|Dr|Mx|Md|Do|Rn|Vi|Dds|Dmd|Phd|Esq|Cpa|Jr|Sr|Ii|Iii|Iv)$/.test(one)),
          )
          const readings = readName({ whole: words.join(' ') + suffix, last: '', first: '' })
          expect(readings.length).toBeGreaterThan(0)
          for (const { lastName, firstName } of readings) {
            expect(`${firstName} ${lastName}`).toBe(words.join(' ') + suffix)
            expect(lastName.trim()).not.toBe(suffix.trim())
          }
        },
      ),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const one of read(text)) expect(one).toMatch(/\p{L}.* \/ .*\p{L}/u)
      }),
    )
  })
})

describe('people born on one day', () => {
  const name = (text: string) => {
    const [lastName, firstName] = text.split(', ') as [string, string]
    return fold({ lastName, firstName })
  }
  it.each([
    ['Okafor, Daniel', 'Okafor, Dan'],
    ['Okafor, Daniel', 'Okafor Jr., Daniel'],
    ['Okafor, William', 'Okafor, Bill'],
    ['Okafor, Katherine', 'Okafor, Katharine'],
    ['Okafor, Brian', 'Okafor, Brain'],
    ['Nguyen, Linh', 'Nguyen-Smith, Linh'],
    ['Lindqvist, Marta', 'Lindquist, Marta'],
    ['Okafor, Daniel', 'Daniel, Okafor'],
  ])('%s may be %s', (one, other) => expect(isLikely(name(one), name(other))).toBe(true))
  it.each([
    ['Okafor, Daniel', 'Okafor, Grace'],
    ['Okafor, Daniel', 'Lindqvist, Daniel'],
    ['Row, Number1', 'Row, Number10'],
  ])('%s is not %s: twins and strangers are not asked about', (one, other) =>
    expect(isLikely(name(one), name(other))).toBe(false),
  )
  it('a middle initial makes no other person, two of them do', () => {
    expect(isSameButMiddle(name('Doe, Sam'), name('Doe, Sam A.'))).toBe(true)
    expect(isSameButMiddle(name('Doe, Sam B.'), name('Doe, Sam A.'))).toBe(false)
    expect(isSameButMiddle(name('Doe, Sam'), name('Doe Jr, Sam A.'))).toBe(false)
  })
})
