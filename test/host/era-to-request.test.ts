// What of a remittance file goes to an authorization request, and how it comes back.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type EraClaimSpec, eraFile } from '#host/demo/era-file.ts'
import {
  type D3353,
  moveAuthorization,
  openUntreated,
  requestAuthorization,
  sendClaim,
  setVisits,
} from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openUntreated()
})
afterEach(() => test.close())

async function importClaim(claim: EraClaimSpec) {
  const { payments } = await test.call('era.import', { text: eraFile({ trace: 'T-1', claims: [claim] }) })
  const paymentId = payments[0]!
  const read = async () => (await test.call('era.claims', { paymentId })).rows[0]!
  return { paymentId, read, id: (await read()).id }
}
const request = async () => (await test.call('authorization.forCase', { caseId: story.caseId })).authorizations[0]!

const PAYMENT = { number: 'LOST-1', payerNumber: '', firstName: 'ROB' }
const LINE = { charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }

// Bug: the request was approved with nothing paid, and the payment left the open list.
it('a payment is neither offered, nor matched, nor posted to a request', async () => {
  const authorizationId = await requestAuthorization(test, story, 'submitted', 'estimate')
  await setVisits(test, story.caseId, 3, 'Emergency')
  await sendClaim(test, story)
  const era = await importClaim({ ...PAYMENT, lines: [LINE] })
  for (const text of ['', 'Exampleton']) {
    const { candidates } = await test.call('era.candidates', { id: era.id, text })
    expect(candidates.map((one) => one.kind)).toEqual(['claim'])
  }
  await expect(test.call('era.match', { id: era.id, claimId: null, authorizationId })).rejects.toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('choose the claim'),
  })
  // As an earlier version kept it.
  const { sqlite } = test.host.vault!
  sqlite.prepare("UPDATE era_claim SET state = 'matched', authorization_id = ?").run(authorizationId)
  const { posted, left } = await test.call('era.post', { paymentId: era.paymentId })
  expect({ posted, left }).toMatchObject({ posted: 0, left: [{ reason: expect.stringContaining('choose the claim') }] })
  expect(await request()).toMatchObject({ state: 'submitted' })
  expect(await era.read()).toMatchObject({ state: 'matched' })
})

// Bug: the answer stayed “posted” for ever: it could neither be matched to the right request nor posted again.
it('undoing the step of a posted predetermination releases its answer', async () => {
  const authorizationId = await requestAuthorization(test, story, 'submitted', 'estimate')
  const estimate = { charge: 850, paid: 0, cas: ['CO:45:250', 'PR:2:120', 'OA:101:480'] }
  const era = await importClaim({ number: 'PD-1', status: '25', predetermination: 'PDET-1', lines: [estimate] })
  const post = async () => (await test.call('era.post', { paymentId: era.paymentId })).posted
  const open = async () => (await test.call('era.list', {})).counts.open
  expect({ posted: await post(), open: await open() }).toEqual({ posted: 1, open: 0 })
  const { version } = await request()
  await test.call('authorization.undo', { id: authorizationId, version, reason: 'Another request' })
  expect(await era.read()).toMatchObject({ state: 'matched', reason: 'The posting was undone.' })
  expect(await open()).toBe(1)
  await test.call('era.match', { id: era.id, claimId: null, authorizationId: null })
  await test.call('era.match', { id: era.id, claimId: null, authorizationId })
  expect(await post()).toBe(1)
  expect(await request()).toMatchObject({ state: 'approved' })
})
// The step that is undone, not the request, says which answer comes back.
it('undoing a later step leaves the posted answer posted', async () => {
  const authorizationId = await requestAuthorization(test, story, 'submitted', 'estimate')
  const estimate = { charge: 850, paid: 0, cas: ['CO:45:250', 'PR:2:120', 'OA:101:480'] }
  const era = await importClaim({ number: 'PD-1', status: '25', predetermination: 'PDET-1', lines: [estimate] })
  await test.call('era.post', { paymentId: era.paymentId })
  await moveAuthorization(test, story, 'withdraw', '2026-11-23')
  await test.call('authorization.undo', { id: authorizationId, version: (await request()).version, reason: 'Not so' })
  expect(await era.read()).toMatchObject({ state: 'posted' })
})
