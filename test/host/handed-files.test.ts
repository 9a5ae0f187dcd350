// Remittances and acknowledgements as offices got them, on a real host: those whose right value is what always was right.
// What once went wrong has its own tests (era-money, era-identity, claim-answers); docs/coverage.md lists all files.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createD3353, type D3353, openTreated, sendClaim, setVisits } from '#test/helpers/d3353.ts'
import { dollars, eraDesk, fixture } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())
const { addFilm, firstNumber, money, postAll } = eraDesk(() => ({ test, story }))
const NOTHING = dollars(0, 0, 0, 850)
const PAID = dollars(480, 250, 120, 0)

describe('a remittance', () => {
  it.each([
    ['B12', 'lines with their ids swapped in order', true, [dollars(500, 260, 120, 0)]],
    ['D5 D5-2', 'a reversal that writes OA where the decision wrote CO and PR', false, [PAID, NOTHING]],
    ['S02b', 'a line of $0.00 beside a paid one', false, [PAID]],
    ['S04 S04-2', 'papers asked for, then paid', false, [NOTHING, PAID]],
    ['S05 S05-2', 'reversal and correction in one payment', false, [PAID, dollars(540, 250, 60, 0)]],
    ['S07', 'an ordinary payment', false, [PAID]],
    ['S21', 'no patient responsibility at the claim', false, [PAID]],
    ['S23', 'codes in small letters, amounts with cents', false, [PAID]],
    ['S25', 'filed too late: a denial, nothing written off', false, [NOTHING]],
    ['S26', 'one service without its line', false, [PAID]],
    ['U1-170', 'a denial under CO-170', false, [NOTHING]],
    ['U1-177', 'a denial under CO-177', false, [NOTHING]],
  ])('%s: %s', async (names, _what, hasFilm, right) => {
    if (hasFilm) await addFilm()
    expect(await postAll(names)).toEqual(right.map((is) => ({ left: [], is })))
  })
  it.each([
    ['B9', 'a line is missing', /\$30\.00 unexplained/],
    ['B10', 'a line too many', /no line of it is left/],
    ['B11', 'two services and no line', /by hand/],
  ])('%s: %s: held, with the reason', async (name, _what, reason) => {
    await addFilm()
    await sendClaim(test, story)
    const { payments } = await test.call('era.import', { text: fixture(name, await firstNumber()) })
    const { posted, left } = await test.call('era.post', { paymentId: payments[0]! })
    expect(posted).toBe(0)
    expect(left).toMatchObject([{ reason: expect.stringMatching(reason) }])
    expect(await money()).toMatchObject({ paidCents: 0, openCents: 88000 })
  })
  it('S22: an amount that is empty is entered by hand, never taken for zero', async () => {
    await sendClaim(test, story)
    const { payments } = await test.call('era.import', { text: fixture('S22', await firstNumber()) })
    expect((await test.call('era.claims', { paymentId: payments[0]! })).rows).toMatchObject([{ state: 'by_hand' }])
    expect(await test.call('era.post', { paymentId: payments[0]! })).toMatchObject({ posted: 0 })
    expect(await money()).toMatchObject({ patientCents: null, openCents: 85000 })
  })
})

describe('the answer to a predetermination', () => {
  it.each([
    ['P1', 'the estimate as OA-101', 'approved', ['D3353', 48000, 12000]],
    ['P2', 'nothing will be paid', 'denied', [null, 0, 85000]],
    ['P3', 'the estimate where a payment stands', 'approved', ['D3353', 48000, 12000]],
    ['P4', 'marked as a payment of the first plan', 'approved', ['D3353', 48000, 12000]],
    ['P5', 'without our number', 'approved', ['D3353', 48000, 12000]],
    ['P6', 'another code', 'approved_modified', ['D3351', 20000, 15000]],
  ] as const)('%s: %s', async (name, _what, state, [approvedCode, approvedCents, patientCents]) => {
    const { id } = await test.call('authorization.create', {
      caseId: story.caseId,
      kind: 'estimate',
      coverageId: story.coverageId,
    })
    const { text } = await test.call('claim.export', { ids: [id], reason: 'Films follow' })
    const number = /CLM\*(PD\w+)/.exec(text)![1]!
    const back = fixture(name, number).replaceAll('PD000000000001', number)
    const { payments } = await test.call('era.import', { text: back })
    expect(await test.call('era.post', { paymentId: payments[0]! })).toMatchObject({ posted: 1, paidCents: 0 })
    const [request] = (await test.call('authorization.forCase', { caseId: story.caseId })).authorizations
    expect(request).toMatchObject({ state, lines: [{ approvedCode, approvedCents, patientCents }] })
    expect(await money()).toMatchObject({ paidCents: 0, writeOffCents: 0, openCents: 85000 })
  })
})

describe('an acknowledgement', () => {
  let stories: D3353[]
  const claimOf = async ({ caseId }: D3353) => (await test.call('claim.forCase', { caseId })).claims[0]!
  const states = () => Promise.all(stories.map(async (one) => (await claimOf(one)).state))
  const answer = async (name: string) => {
    const numbers = await Promise.all(stories.map(async (one) => (await claimOf(one)).number))
    const text = readFileSync(`test/fixtures/edi/ack/${name}.edi`, 'utf8')
    return test.call('ack.read', {
      text: text
        .replaceAll('CW000000000001', numbers[0]!)
        .replaceAll('CW000000000002', numbers[1]!)
        .replaceAll('cwdf4abb4337f7', numbers[0]!.toLowerCase()),
    })
  }
  beforeEach(async () => {
    test.setNow('2026-11-24T15:00:00.000Z')
    const second = await createD3353(test)
    await setVisits(test, second.caseId, 3)
    stories = [story, second]
    const ids = []
    for (const { caseId, coverageId } of stories) ids.push((await test.call('claim.create', { caseId, coverageId })).id)
    await test.call('claim.export', { ids, reason: 'Films follow by mail' })
  })
  it.each([
    ['A01', 'a TA1 before a 999 that refuses the file', ['rejected', 'rejected']],
    ['A02', 'a 999 that takes it', ['sent', 'sent']],
    ['A02-2', 'a 277CA that takes one claim and refuses the other', ['sent', 'rejected']],
    ['A05', 'a 999 that takes it with an error', ['sent', 'sent']],
    ['A06', 'a 999 that refuses it for one claim', ['rejected', 'rejected']],
    ['A09', 'our number in small letters', ['rejected', 'sent']],
    ['A10', 'a 277CA that refuses the receiver’s level', ['rejected', 'rejected']],
  ])('%s: %s', async (name, _what, right) => {
    const { unknown } = await answer(name)
    expect(unknown).toEqual([])
    expect(await states()).toEqual(right)
  })
  it('A10: says in words why', async () => {
    await answer('A10')
    const { answers } = await claimOf(story)
    expect(answers).toMatchObject([
      { reasons: [{ words: expect.stringContaining('not approved to send claims electronically') }] },
    ])
  })
})
