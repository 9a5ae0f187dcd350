// Several payments posted at once: what adds up and nothing else, all of them or none.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eraFile, type EraClaimSpec } from '#host/demo/era-file.ts'
import { createD3353, sendClaim } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

interface Sent {
  caseId: string
  number: string
}
async function sentClaim(): Promise<Sent> {
  const story = await createD3353(test, 3)
  await sendClaim(test, story)
  const { claims } = await test.call('claim.forCase', { caseId: story.caseId })
  return { caseId: story.caseId, number: claims[0]!.number }
}
const paid = ({ number }: Sent, change: Partial<EraClaimSpec> = {}): EraClaimSpec => ({
  number,
  payerNumber: number,
  lines: [{ code: 'D3353', charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }],
  ...change,
})
const paidOn = async ({ caseId }: Sent) => (await test.call('case.get', { id: caseId })).money.paidCents

it('takes the payments that add up and leaves the one that is off', async () => {
  const [first, second, third] = [await sentClaim(), await sentClaim(), await sentClaim()]
  await test.call('era.import', {
    text: eraFile(
      { trace: 'EFT-1', claims: [paid(first)] },
      { trace: 'EFT-OFF', claims: [paid(second)], amount: 470 },
      { trace: 'EFT-3', claims: [paid(third)] },
    ),
  })
  const ready = await test.call('era.ready', {})
  expect(ready).toMatchObject({ claims: 2, amountCents: 96000 })
  expect(await test.call('era.postAll', { paymentIds: ready.paymentIds })).toEqual({
    posted: 2,
    paidCents: 96000,
    left: [],
  })
  expect([await paidOn(first), await paidOn(second), await paidOn(third)]).toEqual([48000, 0, 48000])
  expect(await test.call('era.ready', {})).toEqual({ paymentIds: [], claims: 0, amountCents: 0 })
})

it('a claim that does not add up stays with its reason, as it does when its payment is posted alone', async () => {
  const [good, odd] = [await sentClaim(), await sentClaim()]
  const lines = [{ code: 'D3353', charge: 850, paid: 480, cas: ['CO:45:250'] }]
  const { payments } = await test.call('era.import', {
    text: eraFile({ trace: 'EFT-1', claims: [paid(good)] }, { trace: 'EFT-2', claims: [paid(odd, { lines })] }),
  })
  const { posted, left } = await test.call('era.postAll', { paymentIds: payments })
  expect({ posted, left: left.map((one) => one.number) }).toEqual({ posted: 1, left: [odd.number] })
  expect(left[0]!.reason).toContain('Check it')
  expect(await paidOn(odd)).toBe(0)
})

it('a claim that two of the payments decide is posted for the first; the second asks', async () => {
  const sent = await sentClaim()
  const { payments } = await test.call('era.import', {
    text: eraFile({ trace: 'EFT-1', claims: [paid(sent)] }, { trace: 'EFT-2', claims: [paid(sent)] }),
  })
  const { posted, left } = await test.call('era.postAll', { paymentIds: payments })
  expect({ posted, left: left.length }).toEqual({ posted: 1, left: 1 })
  expect(await paidOn(sent)).toBe(48000)
})

it('posts nothing when one of the payments cannot be found', async () => {
  const sent = await sentClaim()
  const { payments } = await test.call('era.import', { text: eraFile({ trace: 'EFT-1', claims: [paid(sent)] }) })
  const missing = '00000000-0000-4000-8000-000000000000'
  await expect(test.call('era.postAll', { paymentIds: [...payments, missing] })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await paidOn(sent)).toBe(0)
})
