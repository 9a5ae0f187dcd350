// Kinds of remittance files beyond those handed in, each by what the standard says of it: paid, write-off, patient, open.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eraFile, type EraClaimSpec, type EraLineSpec, type EraPaymentSpec } from '#host/demo/era-file.ts'
import { type D3353, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { dollars, eraDesk } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())
const { addFilm, firstNumber, money, sendToSecond } = eraDesk(() => ({ test, story }))

const PAID: EraLineSpec = { charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }
const FILM: EraLineSpec = { code: 'D0220', charge: 30, paid: 24, cas: ['PR:2:6'] }
const SECOND = { name: 'SECOND PLAN', id: '88888', taxId: '888888888' }
const file = (
  number: string,
  lines: EraLineSpec[],
  more: Partial<EraClaimSpec> = {},
  pay: Partial<EraPaymentSpec> = {},
) => eraFile({ trace: 'K1', claims: [{ number, lines, ...more }], ...pay })
const second = (number: string, paid: number, cas: string[]) =>
  file(number, [{ charge: 850, paid, cas }], { status: '2', memberId: 'S-200' }, { trace: 'K2', payer: SECOND })

async function post(...texts: string[]) {
  for (const text of texts) {
    const { payments } = await test.call('era.import', { text })
    for (const paymentId of payments) expect((await test.call('era.post', { paymentId })).left).toEqual([])
  }
  const { paidCents, writeOffCents, patientCents, openCents } = await money()
  return [paidCents, writeOffCents, patientCents, openCents]
}

const half = { charge: 500, paid: 300, cas: ['CO:45:100', 'PR:2:100'] }
const rest = { charge: 350, paid: 180, cas: ['CO:45:150', 'PR:2:20'] }
it.each<[string, (number: string) => string]>([
  ['one service split over two lines', (n) => file(n, [half, rest])],
  [
    'one service split over two other codes',
    (n) =>
      file(
        n,
        [half, rest].map((one, at) => ({ ...one, code: `D335${at + 1}`, submitted: 'D3353' })),
      ),
  ],
  [
    'interest, refunds and adjustments of the check',
    (n) =>
      file(
        n,
        [PAID],
        {},
        {
          plb: [
            [`L6:${n}`, -5.25],
            ['CS:X1', 10],
            ['72:REFUND', -50],
          ],
        },
      ),
  ],
  ['a take-back that names the claim', (n) => file(n, [PAID], {}, { plb: [[`WO:${n}`, 100]] })],
  ['a gap among the reasons of a CAS', (n) => file(n, [PAID]).replace('CAS*PR*2*120', 'CAS*PR*1*50*****2*70')],
  ['amounts with signs and zeros', (n) => file(n, [PAID]).replaceAll('*480*', '*0480.*').replace('*250~', '*+250.0~')],
  ['the qualifier of medical codes', (n) => file(n, [PAID]).replace('AD:D3353', 'HC:D3353')],
  ['the older version', (n) => file(n, [PAID]).replace('*^*00501', '*U*00401').replace('005010X221A1', '004010X091A1')],
  ['a claim forwarded to another plan', (n) => file(n, [PAID], { status: '19' })],
  [
    'a denial and the payment after it in one file',
    (n) =>
      eraFile(
        { trace: 'A1', claims: [{ number: n, lines: [{ ...PAID, paid: 0, cas: ['CO:16:850'], remarks: ['N706'] }] }] },
        { trace: 'A2', on: '2026-11-22', claims: [{ number: n, payerNumber: 'ICN2', lines: [PAID] }] },
      ),
  ],
])('%s: as an ordinary payment', async (_, text) => {
  await sendClaim(test, story)
  expect(await post(text(await firstNumber()))).toEqual(dollars(480, 250, 120, 0))
})
it('a payment for each service of one claim: together they are its decision', async () => {
  await addFilm()
  await sendClaim(test, story)
  const number = await firstNumber()
  const claims = [PAID, FILM].map((line, at) => ({ number, payerNumber: `I${at}`, lines: [line] }))
  expect(await post(eraFile({ trace: 'K1', claims }))).toEqual(dollars(504, 250, 126, 0))
})
it.each([
  ['the first plan’s payment and write-off under OA-23', 100, ['OA:23:730', 'PR:1:20'], dollars(580, 250, 20, 0)],
  ['its payment alone, and the contract again', 100, ['OA:23:480', 'CO:45:250', 'PR:2:20'], dollars(580, 250, 20, 0)],
  ['non-duplication', 0, ['OA:23:480', 'CO:45:250', 'PR:2:120'], dollars(480, 250, 120, 0)],
  ['OA-23 beyond what the first plan paid and wrote off', 0, ['OA:23:850'], dollars(480, 250, 0, 120)],
])('a second plan in the file of the first: %s', async (_, paid, cas, right) => {
  await sendClaim(test, story)
  const first = file(await firstNumber(), [PAID])
  expect(await post(`${first}${second(await sendToSecond(), paid, cas)}`)).toEqual(right)
})
