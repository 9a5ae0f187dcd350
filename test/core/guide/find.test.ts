// A guide is found by what people say: a code, its name, or words of the chart.
import { expect, it } from 'vitest'
import { findGuides } from '#core/guide/find.ts'
import { SHIPPED } from './guides.ts'

const first = (text: string) => findGuides(SHIPPED, text)[0]?.guide.id

// Bug: the receptionist had to know which of twenty guides holds a procedure.
it.each([
  ['D2740', 'crowns'],
  ['3353', 'endodontics'],
  ['kid fell, front tooth dead, root not finished', 'endodontics'],
  ['root canal on 30', 'endodontics'],
  ['new patient checkup', 'exams'],
  ['four bitewings', 'exams'],
  ['x-ray', 'exams'],
  ['deep cleaning', 'periodontal'],
  ['white filling', 'fillings'],
  ['cavity', 'fillings'],
  ['sealants on the molars', 'prevention'],
  ['fluoride', 'prevention'],
  ['cap', 'crowns'],
  ['baby tooth crown', 'crowns'],
  ['pull wisdom tooth', 'extractions'],
  ['bone graft in the socket', 'grafts'],
  ['gum graft', 'gums'],
  ['crown lengthening', 'gums'],
  ['tongue tie', 'surgery'],
  ['biopsy', 'surgery'],
  ['night guard', 'guards'],
  ['laughing gas', 'sedation'],
  ['braces', 'orthodontics'],
  ['partial denture', 'dentures'],
  ['reline', 'dentures'],
  ['three-unit bridge', 'bridges'],
  ['implant', 'implants'],
  ['space maintainer', 'space'],
  ['veneer', 'veneers'],
  ['toothache', 'pain'],
])('%s is %s', (text, id) => {
  expect(first(text)).toBe(id)
})

it('names the code that fits best', () => {
  expect(findGuides(SHIPPED, 'varnish')[0]!.code?.code).toBe('D1206')
  expect(findGuides(SHIPPED, 'D3353')[0]!.code?.code).toBe('D3353')
})

it('nothing typed: all, as they stand; nonsense: none', () => {
  expect(findGuides(SHIPPED, ' ').map(({ guide }) => guide.id)).toEqual(SHIPPED.map(({ id }) => id))
  expect(findGuides(SHIPPED, 'zzzz')).toEqual([])
})
