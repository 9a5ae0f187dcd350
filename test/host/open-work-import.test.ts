// Open claims and pre-authorizations of a practice system on a real host: by patient number, sent as they were, undone whole.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
  const patient = { lastName: 'Doe', firstName: 'Sam', birthDate: '1980-01-02', externalId: '7' }
  await test.call('patient.add', { patient })
})
afterEach(() => test.close())

const HEADINGS =
  'ClaimID\tPatientID\tLName\tFName\tBirthdate\tCarrierName\tSubscriberID\tClaimType\tClaimStatus\tDateSent\tDateReceived\tPreAuth Number\tProcCode\tToothNum\tQuad\tProcDate\tFeeBilled\tLineState'
const who = '7\tDoe\tSam\t1/2/1980\tHarbor Mutual\tHM1'
const CLAIM = (sent: string, served: string, fee = '900.00', type = 'P') =>
  [
    `31\t${who}\t${type}\tS\t${sent}\t1/1/0001\t\tD2740\t3\t\t${served}\t${fee}\t0`,
    `31\t${who}\t${type}\tS\t${sent}\t1/1/0001\t\tD2950\t3\t\t${served}\t200.00\t0`,
  ].join('\n')
const REQUEST = `32\t${who}\tPreAuth\tS\t11/2/2026\t1/1/0001\tPA-5\tD3330\t30\t\t1/1/0001\t1420.00\t2`
const list = (...rows: string[]) => ({ text: [HEADINGS, ...rows].join('\n') })
const SENT = CLAIM('11/9/2026', '11/5/2026')

it('a claim is one case with the claim as it was sent, a pre-authorization a request; the second time nothing new', async () => {
  const text = list(SENT, REQUEST)
  const look = await test.call('authorization.previewImport', text)
  expect(look).toMatchObject({ missing: [], asked: [], problems: [], ready: 3, requests: 1, claims: 1, newPatients: 0 })
  await test.call('authorization.import', text)
  const { patients } = await test.call('patient.list', {})
  const { cases } = await test.call('patient.get', { id: patients[0]!.id })
  expect(cases).toHaveLength(2)
  const claims = (await Promise.all(cases.map(({ id }) => test.call('claim.forCase', { caseId: id })))).flatMap(
    (one) => one.claims,
  )
  expect(claims).toMatchObject([{ state: 'sent', sentOn: '2026-11-09', totalCents: 110_000 }])
  expect(claims[0]!.lines.map(({ code, serviceDate, feeCents }) => [code, serviceDate, feeCents])).toEqual([
    ['D2740', '2026-11-05', 90_000],
    ['D2950', '2026-11-05', 20_000],
  ])
  const { rows } = await test.call('authorization.list', { list: 'all' })
  expect(rows).toMatchObject([{ reference: 'PA-5' }])
  expect(await test.call('authorization.import', text)).toMatchObject({ importId: null, imported: 0, duplicates: 3 })
})

// What a claim cannot be without is asked for: no day and no money is guessed.
it.each([
  ['the day of service', CLAIM('11/9/2026', '1/1/0001'), /day of service of this claim is missing/],
  ['the day it was sent', CLAIM('1/1/0001', '11/5/2026'), /day it was sent is missing/],
  ['what was billed', CLAIM('11/9/2026', '11/5/2026', ''), /billed for this service is missing/],
])('a claim without %s is listed and left out', async (_, rows, words) => {
  const look = await test.call('authorization.previewImport', list(rows))
  expect(look).toMatchObject({ claims: 0 })
  expect(look.problems[0]!.message).toMatch(words)
})

it('what is received, not sent yet or of another person is left out', async () => {
  const rows = [
    SENT.replace(/0$/gm, '1').split('\n')[0]!,
    SENT.split('\n')[1]!.replace('\tS\t', '\tU\t'),
    SENT.split('\n')[0]!.replace('Doe\tSam\t1/2/1980', 'Other\tKim\t2/2/1990'),
    SENT.split('\n')[0]!.replace('7\tDoe\tSam\t1/2/1980', '99\t\t\t'),
  ]
  const look = await test.call('authorization.previewImport', list(...rows))
  expect(look).toMatchObject({ claims: 0, requests: 0 })
  expect(look.leftOut.map(({ reason }) => reason)).toEqual([
    'Received already in the practice system',
    'A claim that is not sent yet in the practice system',
  ])
  expect(look.problems.map(({ row, message }) => `${row} ${message}`)).toEqual([
    expect.stringMatching(/^4 This number is Doe, Sam’s here/),
    expect.stringMatching(/^5 No patient here with number 99/),
  ])
})

it('taken back as a whole, unless somebody took a step with the claim', async () => {
  const one = await test.call('authorization.import', list(SENT, REQUEST))
  expect(await test.call('authorization.undoImport', { importId: one.importId! })).toEqual({ removed: 2 })
  const two = await test.call('authorization.import', list(SENT))
  const { patients } = await test.call('patient.list', {})
  const { cases } = await test.call('patient.get', { id: patients[0]!.id })
  const { claims } = await test.call('claim.forCase', { caseId: cases[0]!.id })
  const { id, version } = claims[0]!
  await test.call('claim.transition', { id, version, event: 'reject', on: '2026-11-20', channel: null })
  await expect(test.call('authorization.undoImport', { importId: two.importId! })).rejects.toThrow(/worked on since/)
})
