// An EOB that is taken back takes with it what it brought about, and not while something stands on it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { claimAnswer } from '#host/demo/answer-file.ts'
import { type EraClaimSpec, eraFile } from '#host/demo/era-file.ts'
import { type D3353, eobOf, openTreated, PAID_LINE, sendClaim } from '#test/helpers/d3353.ts'
import { eraDesk } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
  await sendClaim(test, story)
})
afterEach(() => test.close())

const { money } = eraDesk(() => ({ test, story }))
const claims = async () => (await test.call('claim.forCase', { caseId: story.caseId })).claims
const original = async () => (await claims()).find((one) => one.frequency === 'original')!
const remittances = async () => (await test.call('remittance.forCase', { caseId: story.caseId })).remittances
const reversal = async () => (await remittances()).find((one) => one.outcome === 'reversed')!
const takeBack = (id: Awaited<ReturnType<typeof reversal>>['id']) =>
  test.call('remittance.reverse', { id, reason: 'Of another patient' })
const postPaid = async (payerClaimNumber = 'ICN1') =>
  (await test.call('remittance.post', { remittance: await eobOf(test, story, PAID_LINE, { payerClaimNumber }) })).id
async function postEra(...specs: EraClaimSpec[]) {
  const text = eraFile({ trace: 'R', on: '2026-11-23', claims: specs })
  const { payments } = await test.call('era.import', { text })
  expect((await test.call('era.post', { paymentId: payments[0]! })).left).toEqual([])
}
const reversed = async (): Promise<EraClaimSpec> => ({
  number: (await original()).number,
  status: '22',
  lines: [{ charge: -850, paid: -480, cas: ['CO:45:-250', 'PR:2:-120'] }],
})
async function draftOn(voids: boolean) {
  const replacesId = (await original()).id
  const { id } = await test.call('claim.create', { caseId: story.caseId, coverageId: null, replacesId, voids })
  return (await claims()).find((one) => one.id === id)!
}
async function sendOn(voids: boolean) {
  const { id, version, number } = await draftOn(voids)
  const sent = { on: '2026-11-23', channel: 'electronic' as const, reason: 'Papers follow' }
  await test.call('claim.transition', { id, version, event: 'send', ...sent })
  return number
}

describe('what stands on an EOB is taken back first', () => {
  // Bug: the case was paid -480.00 and open 1,700.00 of 850.00, without a question.
  it('an EOB whose reversal stands', async () => {
    const id = await postPaid()
    await postEra(await reversed())
    const before = await money()
    await expect(takeBack(id)).rejects.toMatchObject({
      code: 'REFUSED',
      details: { reasons: [expect.stringContaining('its reversal of Nov 23, 2026')] },
    })
    expect(await money()).toEqual(before)
    await takeBack((await reversal()).id)
    await takeBack(id)
    expect(await money()).toMatchObject({ paidCents: 0, openCents: 85000 })
  })
  // Bug: both the first decision and its correction were paid: open was -480.00.
  it('a reversal after which a corrected claim was decided; then the first, when the correction is paid', async () => {
    const id = await postPaid()
    const number = await sendOn(false)
    await postEra(await reversed(), {
      number,
      payerNumber: 'ICN2',
      lines: [{ charge: 850, paid: 500, cas: ['CO:45:250', 'PR:2:100'] }],
    })
    const before = await money()
    expect(before).toMatchObject({ paidCents: 50000, openCents: 0 })
    await expect(takeBack((await reversal()).id)).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining(`on claim ${number} was posted after this reversal`),
    })
    await expect(takeBack(id)).rejects.toMatchObject({ code: 'REFUSED' })
    expect(await money()).toEqual(before)
    await takeBack((await remittances()).find((one) => one.paidCents === 50000)!.id)
    await takeBack((await reversal()).id)
    expect(await money()).toMatchObject({ paidCents: 48000, openCents: 0 })
  })
})

describe('the payer’s number of an EOB that is taken back', () => {
  const numberSent = async () => {
    const { id } = await draftOn(false)
    const { text } = await test.call('claim.export', { ids: [id], reason: 'Films follow' })
    return readClaimFile(text).file!.claims[0]!.payerClaimNumber
  }
  // Bug: the number of another patient's claim went out as REF*F8 of the correction.
  it('does not go out with a correction, and leaves the claim and the drafts that correct it', async () => {
    const id = await postPaid('OTHERS-ICN')
    const { id: draft } = await draftOn(false)
    await takeBack(id)
    expect(await original()).toMatchObject({ state: 'sent', payerClaimNumber: '' })
    expect((await claims()).find((one) => one.id === draft)).toMatchObject({ payerClaimNumber: '' })
    const exported = test.call('claim.export', { ids: [draft], reason: 'Films follow' })
    await expect(exported).rejects.toMatchObject({ code: 'REFUSED' })
    expect(await draftOn(true)).toMatchObject({ payerClaimNumber: '' })
  })
  it('gives way to that of an EOB that stands', async () => {
    const id = await postPaid('OTHERS-ICN')
    const remittance = await eobOf(test, story, PAID_LINE, { payerClaimNumber: 'ICN1', paymentNumber: 'P-2' })
    await test.call('remittance.post', { remittance, acknowledgeDifference: true })
    await takeBack(id)
    expect(await original()).toMatchObject({ payerClaimNumber: 'ICN1' })
    expect(await numberSent()).toBe('ICN1')
  })
  it('stays while another EOB names it', async () => {
    const id = await postPaid('ICN1')
    const again = await eobOf(test, story, PAID_LINE, { payerClaimNumber: 'ICN1', paymentNumber: 'P-2' })
    const second = await test.call('remittance.post', { remittance: again, acknowledgeDifference: true })
    await takeBack(id)
    expect(await original()).toMatchObject({ payerClaimNumber: 'ICN1' })
    await takeBack(second.id)
    expect(await original()).toMatchObject({ payerClaimNumber: '' })
  })
  it('stays where the acknowledgement gave it', async () => {
    const { id, version, number } = await original()
    await test.call('claim.transition', { id, version, event: 'reject', on: '2026-11-23', note: 'Mend it' })
    await test.call('claim.export', { ids: [id], reason: 'Films follow' })
    await test.call('ack.read', {
      text: claimAnswer('2026-11-23', 1, [{ number, status: 'A2:20', payerNumber: 'ICN1' }]),
    })
    expect(await original()).toMatchObject({ id, payerClaimNumber: 'ICN1' })
    await takeBack(await postPaid('ICN1'))
    expect(await original()).toMatchObject({ payerClaimNumber: 'ICN1' })
  })
})

describe('a void claim that the payer’s reversal ended', () => {
  // Bug: it stayed closed with “The payer took the claim back”, and nobody waited for the payer any more.
  it('waits again once the reversal is taken back', async () => {
    await postPaid()
    await sendOn(true)
    const voidState = async () => (await claims()).find((one) => one.frequency === 'void')!.state
    await postEra(await reversed())
    expect(await voidState()).toBe('closed')
    await takeBack((await reversal()).id)
    expect(await voidState()).toBe('sent')
    const [payment] = (await test.call('era.list', {})).rows
    expect((await test.call('era.post', { paymentId: payment!.id })).posted).toBe(1)
    expect(await voidState()).toBe('closed')
  })
  it('that somebody closed by hand stays closed', async () => {
    await postPaid()
    await sendOn(true)
    const voided = async () => (await claims()).find((one) => one.frequency === 'void')!
    const step = async (event: 'reopen' | 'close') => {
      const { id, version } = await voided()
      await test.call('claim.transition', { id, version, event, on: '2026-11-23', note: 'Settled by phone' })
    }
    await postEra(await reversed())
    await step('reopen')
    await step('close')
    await takeBack((await reversal()).id)
    expect(await voided()).toMatchObject({ state: 'closed' })
  })
})
