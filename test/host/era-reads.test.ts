// What posting a whole payment reads: the cases of its claims are opened in sets, not one by one for every claim.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eraFile } from '#host/demo/era-file.ts'
import { createD3353, sendClaim } from '#test/helpers/d3353.ts'
import { countStatements } from '#test/helpers/statements.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const CLAIMS = 8
const MOST_READS = 12
let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

/** A sent claim in a case of its own. */
async function sentClaim(): Promise<string> {
  const story = await createD3353(test, 3)
  await sendClaim(test, story)
  const { claims } = await test.call('claim.forCase', { caseId: story.caseId })
  return claims[0]!.number
}

it('a payment reads at most 12 times for each claim: once, every case was read anew for each step of its posting', async () => {
  const numbers = []
  for (let n = 0; n < CLAIMS; n += 1) numbers.push(await sentClaim())
  const lines = [{ code: 'D3353', charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }]
  const text = eraFile({ trace: 'EFT-SETS', claims: numbers.map((number) => ({ number, payerNumber: number, lines })) })
  const { payments } = await test.call('era.import', { text })
  const { reads } = await countStatements(test, async () => {
    const posted = await test.call('era.post', { paymentId: payments[0]! })
    expect(posted).toMatchObject({ posted: CLAIMS, left: [] })
  })
  expect(reads).toBeGreaterThan(0)
  expect(reads / CLAIMS).toBeLessThanOrEqual(MOST_READS)
})

it('a payment writes at most 6 times for each claim: once, every row and every unchanged clock was written by itself, 12 times', async () => {
  const numbers = []
  for (let n = 0; n < CLAIMS; n += 1) numbers.push(await sentClaim())
  const lines = [{ code: 'D3353', charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }]
  const text = eraFile({ trace: 'EFT-ROWS', claims: numbers.map((number) => ({ number, payerNumber: number, lines })) })
  const { payments } = await test.call('era.import', { text })
  const { writes } = await countStatements(test, () => test.call('era.post', { paymentId: payments[0]! }))
  expect(writes / CLAIMS).toBeLessThanOrEqual(6)
})
