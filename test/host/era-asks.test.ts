// Remittance files that a person looks at first, or that decide nothing: told apart on a real host (fixtures/edi/835).
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraFile } from '#host/demo/era-file.ts'
import { type D3353, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { eraDesk, fixture } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())

const { addFilm, money, firstNumber } = eraDesk(() => ({ test, story }))

describe('a claim that adds up while its lines do not', () => {
  /** Two lines whose payments are changed in cents. */
  async function postLines(payments: readonly [string, string], atClaim = '') {
    await addFilm()
    await sendClaim(test, story)
    const number = await firstNumber()
    const claim = {
      number,
      lines: [
        { charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] },
        { code: 'D0220', charge: 30, paid: 20, cas: ['CO:45:10'] },
      ],
    }
    const text = eraFile({ trace: 'U1', claims: [claim] })
      .replace('*850*480**1', `*850*${payments[0]}**1`)
      .replace('*30*20**1', `*30*${payments[1]}**1`)
      .replace('NM1*QC', `${atClaim}NM1*QC`)
    const { payments: ids } = await test.call('era.import', { text })
    return test.call('era.post', { paymentId: ids[0]! })
  }
  // Bug: what one line lacked another had too much: posted without a word, $10.00 of the patient’s share was lost.
  it.each([
    ['nothing stands at the claim', ''],
    ['what stands at the claim moves nothing', 'CAS*CO*45*50**94*-50~'],
  ])('is looked at first where %s', async (_where, atClaim) => {
    const { left } = await postLines(['490', '10'], atClaim)
    expect(left).toMatchObject([{ reason: expect.stringContaining('line D3353 does not add up') }])
    expect(await money()).toMatchObject({ paidCents: 0, openCents: 88000 })
  })
})

// Bug: money that the payer draws was posted as money that it sends.
it.each(['era.post', 'era.postAll'] as const)(
  'a payment marked as a debit is posted by a person alone, not by %s',
  async (route) => {
    await sendClaim(test, story)
    const lines = [{ charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }]
    const text = eraFile({ trace: 'D1', claims: [{ number: await firstNumber(), lines }] }).replace(
      '*480*C*',
      '*480*D*',
    )
    const { payments, warnings } = await test.call('era.import', { text })
    expect(warnings).toMatchObject([{ code: 'debit_payment' }])
    const paymentId = payments[0]!
    const { left } = await (route === 'era.post'
      ? test.call(route, { paymentId })
      : test.call(route, { paymentIds: payments }))
    expect(left).toMatchObject([{ reason: expect.stringContaining('marks this payment as a debit') }])
    expect(await money()).toMatchObject({ paidCents: 0, openCents: 85000 })
    await test.call('era.post', { paymentId, acknowledgeDifference: true })
    expect(await money()).toMatchObject({ paidCents: 48000, openCents: 0 })
  },
)

describe('a decision that does not fit what is charged or was decided', () => {
  const PAID = { charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }
  const FILM = { code: 'D0220', charge: 30, paid: 24, cas: ['PR:2:6'] }
  async function send(...files: Parameters<typeof eraFile>[]) {
    const said = []
    for (const payments of files) {
      const { payments: ids } = await test.call('era.import', { text: eraFile(...payments) })
      said.push((await test.call('era.post', { paymentId: ids[0]! })).left.map((one) => one.reason))
    }
    return said.flat()
  }
  // Bug: two lines that the payer put into one were posted on the first: $30.00 of the second stayed open, and the patient’s
  // share was cut by as much.
  it('lines that the payer put into one are looked at first, also in a correction', async () => {
    await addFilm()
    await sendClaim(test, story)
    const number = await firstNumber()
    const together = { charge: 880, paid: 500, cas: ['CO:45:260', 'PR:2:120'] }
    const back = [
      { ...PAID, charge: -850, paid: -480, cas: ['CO:45:-250', 'PR:2:-120'] },
      { ...FILM, charge: -30, paid: -24, cas: ['PR:2:-6'] },
    ]
    const corrected = { number, payerNumber: 'ICN2', lines: [together] }
    const said = await send(
      [{ trace: 'U1', claims: [{ number, lines: [PAID, FILM] }] }],
      [{ trace: 'U2', on: '2026-11-23', claims: [{ number, status: '22', lines: back }, corrected] }],
    )
    expect(said).toEqual([expect.stringContaining('D0220 is not on it: the payer may have put them together')])
    expect(await money()).toMatchObject({ paidCents: 0, patientCents: 0, openCents: 88000 })
  })
  // Bug: an incentive that the payer added came off the patient’s share without a word.
  it('a reason that adds to the payment is looked at first', async () => {
    await sendClaim(test, story)
    const line = { ...PAID, paid: 490, cas: ['CO:45:250', 'CO:144:-10', 'PR:2:120'] }
    const said = await send([{ trace: 'U1', claims: [{ number: await firstNumber(), lines: [line] }] }])
    expect(said).toEqual([expect.stringContaining('$10.00 more than is charged. CO-144 adds $10.00.')])
    expect(await money()).toMatchObject({ paidCents: 0, openCents: 85000 })
  })
  // Bug: a reversal of another amount than was paid took the decision’s shares and left $80.00 as paid.
  it('a reversal that takes back what nobody posted is looked at first', async () => {
    await sendClaim(test, story)
    const number = await firstNumber()
    const line = { charge: -850, paid: -400, cas: ['CO:45:-250', 'PR:2:-200'] }
    const claims = [{ number, status: '22', lines: [line] }]
    const said = await send(
      [{ trace: 'U1', claims: [{ number, lines: [PAID] }] }],
      [{ trace: 'U2', on: '2026-11-23', claims, plb: [['FB', -400]], amount: 0 }],
    )
    expect(said).toEqual([expect.stringContaining('It reverses $400.00, and no EOB')])
    expect(await money()).toMatchObject({ paidCents: 48000, writeOffCents: 25000, patientCents: 12000, openCents: 0 })
  })
})

describe('another payer first', () => {
  // Bug: each was a denial with an appeal clock; under PR the whole charge was the patient’s.
  it.each(['OA*22', 'PR*22', 'OA*109', 'CO*290', 'OA*B11'])(
    'CAS %s is no denial: open, no appeal, bill the other payer',
    async (cas) => {
      await sendClaim(test, story)
      const text = fixture('D1-2', await firstNumber()).replace('OA*18', cas)
      const { payments } = await test.call('era.import', { text })
      await test.call('era.post', { paymentId: payments[0]!, acknowledgeDifference: true })
      expect(await money()).toMatchObject({ writeOffCents: 0, patientCents: 0, openCents: 85000 })
      expect((await test.call('case.get', { id: story.caseId })).status).toBe('Bill the other payer first')
      const { remittances, levels } = await test.call('remittance.forCase', { caseId: story.caseId })
      expect(remittances).toMatchObject([{ outcome: 'other_payer', lines: [{ cause: 'coordination' }] }])
      expect(levels).toMatchObject([{ level: 'corrected_claim', deadline: null }])
      const { tasks } = await test.call('task.forCase', { caseId: story.caseId })
      expect(tasks.map(({ note }) => note).join()).not.toContain('Appeal')
      const { rows } = await test.call('today.list', {})
      expect(JSON.stringify(rows)).not.toContain('appeal until')
    },
  )
})

describe('whose claim it is', () => {
  // Bug: our number alone was proof: a payment for JOE OTHERMAN was posted on Robin Exampleton’s claim.
  it.each([
    ['patient', 'EXAMPLETON*ROBIN', 'OTHERMAN*JOE'],
    ['patient', '*ROBIN', '*ALEX'],
    ['member ID', 'M-100', 'ZZ-999'],
    ['date of service', 'CAS*CO', 'DTM*472*20250101~\nCAS*CO'],
  ])('our number with another %s (%s → %s) asks', async (what, ours, theirs) => {
    await sendClaim(test, story)
    const text = fixture('C1', await firstNumber()).replace(ours, theirs)
    const { payments } = await test.call('era.import', { text })
    const { rows } = await test.call('era.claims', { paymentId: payments[0]! })
    expect(rows).toMatchObject([{ state: 'choose', reason: expect.stringContaining(`not the ${what} in the file`) }])
    await test.call('era.post', { paymentId: payments[0]! })
    expect((await money()).paidCents).toBe(0)
  })
})
