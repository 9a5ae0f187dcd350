// Which payment of a remittance file is one that was here before: notices that pay nothing are told apart by what they decide.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eraFile, type EraClaimSpec } from '#host/demo/era-file.ts'
import { createD3353, sendClaim, setVisits } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const S01 = readFileSync('test/fixtures/edi/835/S01.835', 'utf8')
/** The second notice of S01 alone, as another clearinghouse would send it on. */
const SECOND = S01.replace(/ST\*835\*0001[^]*SE\*14\*0001~\n/, '')
  .replaceAll('*0002', '*0009')
  .replaceAll('000000301', '000000777')
  .replace('*PAYERID  ', '*CLEAR    ')
  .replace('GE*2*301', 'GE*1*301')
const load = (text: string) => test.call('era.import', { text })
const said = (imported: Awaited<ReturnType<typeof load>>) => [imported.payments.length, imported.duplicates.length]

async function sentClaim(): Promise<string> {
  const story = await createD3353(test)
  await setVisits(test, story.caseId, 3)
  await sendClaim(test, story)
  return (await test.call('claim.forCase', { caseId: story.caseId })).claims[0]!.number
}

// Bug: payer, day, trace NONPAYMENT and $0.00 were the same, so the second notice was dropped as a duplicate.
it('case S01: two zero-pay notices of one payer and day are two, each with its claim', async () => {
  const [first, second] = [await sentClaim(), await sentClaim()]
  const imported = await load(S01.replace('CW000000000001', first).replace('CW000000000002', second))
  expect(imported).toMatchObject({ duplicates: [], claims: 2, matched: 2 })
  for (const paymentId of imported.payments)
    expect(await test.call('era.post', { paymentId, acknowledgeDifference: true })).toMatchObject({ posted: 1 })
})
it('the very same file is known again, in the preview too', async () => {
  expect(said(await load(S01))).toEqual([2, 0])
  expect(said(await load(S01))).toEqual([0, 2])
  const { payments } = await test.call('era.preview', { text: S01 })
  expect(payments.map((one) => one.importedOn)).toEqual(['2026-11-23', '2026-11-23'])
})
it('the same notice is known again in another file, with other envelope numbers and line breaks', async () => {
  await load(S01)
  expect((await test.call('era.preview', { text: SECOND })).payments).toMatchObject([{ importedOn: '2026-11-23' }])
  expect(said(await load(SECOND.replaceAll('\n', '')))).toEqual([0, 1])
})
it('of a file with a known and a new notice the new one is kept', async () => {
  expect(said(await load(SECOND))).toEqual([1, 0])
  expect(said(await load(S01))).toEqual([1, 1])
})
it('what a notice decides tells it apart: another reason for the same claim, or money withheld', async () => {
  const claim = (cas: string): EraClaimSpec => ({ number: 'CW1', lines: [{ charge: 850, paid: 0, cas: [cas] }] })
  const notice = (cas: string, plb: [string, number][] = []) =>
    eraFile({ trace: 'NONPAYMENT', method: 'NON', amount: 0, claims: [claim(cas)], plb })
  expect(said(await load(notice('PR:1:850')))).toEqual([1, 0])
  expect(said(await load(notice('PR:119:850')))).toEqual([1, 0])
  expect(said(await load(notice('PR:119:850', [['FB:T9', -480]])))).toEqual([1, 0])
  expect(said(await load(`\n${notice('PR:119:850')}`))).toEqual([0, 1])
})
it('the claims of a notice in another order are the same notice', async () => {
  const claims: EraClaimSpec[] = ['CW1', 'CW2'].map((number) => ({
    number,
    lines: [{ charge: 850, paid: 0, cas: ['PR:1:850'] }],
  }))
  const notice = (all: EraClaimSpec[]) => eraFile({ trace: '', method: 'NON', amount: 0, claims: all })
  expect(said(await load(notice(claims)))).toEqual([1, 0])
  expect(said(await load(notice(claims.reverse())))).toEqual([0, 1])
})
// Bug: payer, trace 0, day and amount were the same, so the second payment was dropped as a duplicate and never posted.
it.each(['0', '000000', '999999999', 'NONE', ''])(
  'two payments with trace “%s”, one day and one amount, but other claims, are two, in one file or in two',
  async (trace) => {
    const numbers = [await sentClaim(), await sentClaim(), await sentClaim()]
    const paid = (number: string) => ({
      trace,
      claims: [{ number, lines: [{ charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }] }],
    })
    const [first, second, third] = numbers.map(paid)
    const both = await load(eraFile(first!, second!))
    expect(said(both)).toEqual([2, 0])
    expect((await test.call('era.preview', { text: eraFile(third!) })).payments).toMatchObject([{ importedOn: null }])
    const alone = await load(eraFile(third!))
    expect(said(alone)).toEqual([1, 0])
    for (const paymentId of [...both.payments, ...alone.payments])
      expect(await test.call('era.post', { paymentId })).toMatchObject({ posted: 1, paidCents: 48000, left: [] })
    // Each is known again: the very same file, and another one that brings them in another order.
    expect(said(await load(eraFile(first!, second!)))).toEqual([0, 2])
    const others = eraFile(third!, second!, first!)
    expect((await test.call('era.preview', { text: others })).payments.map((one) => one.importedOn)).toEqual([
      '2026-11-23',
      '2026-11-23',
      '2026-11-23',
    ])
    expect(said(await load(others))).toEqual([0, 3])
  },
)
it('a payment that comes again with one claim less is the same payment', async () => {
  const claims: EraClaimSpec[] = ['CW1', 'CW2'].map((number) => ({ number, lines: [{ charge: 850, paid: 240 }] }))
  expect(said(await load(eraFile({ trace: 'T1', claims })))).toEqual([1, 0])
  expect(said(await load(eraFile({ trace: 'T1', claims: claims.slice(1), amount: 480 })))).toEqual([0, 1])
})
// A payment that moves money is one by its trace, whatever a clearinghouse did to its claims.
it('a payment with money is known by payer, trace, day and amount alone', async () => {
  const paid = (cas: string[]) =>
    eraFile({ trace: 'T1', claims: [{ number: 'CW1', lines: [{ charge: 850, paid: 480, cas }] }] })
  expect(said(await load(paid(['CO:45:250', 'PR:2:120'])))).toEqual([1, 0])
  expect(said(await load(paid(['CO:45:370'])))).toEqual([0, 1])
})
// Imported before notices were told apart, the first stands under an older identity and the second was dropped.
it('a file imported by an older version is known by itself, and gives back the notice that was dropped', async () => {
  const { payments } = await load(S01)
  const { sqlite } = test.host.vault!
  sqlite.prepare("UPDATE era_payment SET identity = 'older' WHERE id = ?").run(payments[0])
  sqlite.prepare('DELETE FROM era_claim WHERE era_payment_id = ?').run(payments[1])
  sqlite.prepare('DELETE FROM era_payment WHERE id = ?').run(payments[1])
  expect(said(await load(S01))).toEqual([1, 1])
})
