// A list of dentists on a real host: degrees, NPIs that fail their check, the next list, undone.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const list = (...rows: string[]) => ({ text: ['Provider,NPI,License #,Taxonomy,Tax ID', ...rows].join('\n') })
const dentists = async () =>
  (await test.call('provider.list', {})).providers.map(({ lastName, npi, license, taxonomy }) =>
    [lastName, npi, license, taxonomy].join(' '),
  )

it('names without degrees, numbers with their check digit; again nothing new; license changed; undone', async () => {
  const before = await dentists()
  const rows = list(
    '"Marlowe, Ida, DDS",1234567893,D-100,,',
    'Dr. Theo Quist DMD,,D-200,1223E0200X,',
    'Bad Number,1234567890,,,',
  )
  const look = await test.call('provider.previewImport', rows)
  expect(look.problems).toMatchObject([{ row: 4, column: 'NPI' }])
  expect(look.fresh.map(({ name }) => name)).toEqual(['Marlowe, Ida', 'Quist, Theo'])
  const { importId } = await test.call('provider.import', { ...rows, leaveOutProblems: true })
  expect(await dentists()).toEqual(
    expect.arrayContaining(['Marlowe 1234567893 D-100 122300000X', 'Quist  D-200 1223E0200X']),
  )
  expect(await test.call('provider.previewImport', rows)).toMatchObject({ ready: 0, changed: [], duplicates: 2 })
  // Another name under the same NPI is the same dentist.
  const next = await test.call('provider.import', list('"Marlowe-Day, Ida",1234567893,D-101,,'))
  expect(next).toMatchObject({ imported: 0, changed: 1 })
  expect(await test.call('provider.undoImport', { importId: importId! })).toMatchObject({ removed: 1, stayed: 1 })
  expect(await test.call('provider.undoImport', { importId: next.importId! })).toMatchObject({ restored: 1 })
  expect(await dentists()).toEqual([...before, 'Marlowe 1234567893 D-100 122300000X'].sort())
})
