// Fields of a schema in columns of the same names.
import { expect, test } from 'vitest'
import * as z from 'zod'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'

const Film = z.strictObject({ id: z.string(), takenOn: z.string().nullable(), sha256: z.string() })

test('a field lies in the column of its name in snake case, a digit is no new word', () => {
  const row = columnsOf(Film, { id: 'f', takenOn: null, sha256: 'ab' })
  expect(row).toEqual({ id: 'f', taken_on: null, sha256: 'ab' })
  expect(recordOf(Film, row)).toEqual({ id: 'f', takenOn: null, sha256: 'ab' })
})
test('what the schema does not name stays out of both, so that no statement names a column that is not there', () => {
  const more = { id: 'f', takenOn: '2026-11-23', sha256: 'ab', caption: 'Tooth' }
  expect(columnsOf(Film, more)).toEqual({ id: 'f', taken_on: '2026-11-23', sha256: 'ab' })
  const row = { id: 'f', taken_on: null, sha256: 'ab', case_id: 'c' }
  expect(recordOf(Film, row)).toEqual({ id: 'f', takenOn: null, sha256: 'ab' })
})
test('a field that is not given has no column, so that a change leaves it as it is; null empties it', () => {
  expect(columnsOf(Film.partial(), { takenOn: null })).toEqual({ taken_on: null })
  expect(Object.keys(columnsOf(Film.partial(), { id: undefined, sha256: 'ab' }))).toEqual(['sha256'])
})
