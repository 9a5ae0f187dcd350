// Answers that speak of more than one claim: what refuses a batch or a provider takes its claims back, what is not ours does nothing.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimId } from '#core/ids.ts'
import { createD3353, type D3353, setVisits } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const caseFile = (name: string) => readFileSync(`test/fixtures/edi/ack/${name}.edi`, 'utf8')
const A11 = caseFile('A11')
const A12 = caseFile('A12')
const OTHER_NPI = '1245319599'

let test: TestHost
let stories: D3353[]
let ids: ClaimId[]
beforeEach(async () => {
  test = await openTestHost()
  test.setNow('2026-11-24T15:00:00.000Z')
  stories = [await createD3353(test), await createD3353(test)]
  ids = []
  for (const { caseId, coverageId } of stories) {
    await setVisits(test, caseId, 3)
    ids.push((await test.call('claim.create', { caseId, coverageId })).id)
  }
})
afterEach(() => test.close())

const claimOf = async ({ caseId }: D3353) => (await test.call('claim.forCase', { caseId })).claims[0]!
const states = async () => Promise.all(stories.map(async (story) => (await claimOf(story)).state))
const send = () => test.call('claim.export', { ids, reason: 'Films follow by mail' })
const answer = (text: string) => test.call('ack.read', { text })
/** The second claim is billed by a dentist of the office in their own name. */
async function billByAnother(): Promise<void> {
  const { id, version, form, lines } = await claimOf(stories[1]!)
  await test.call('claim.update', {
    id,
    version,
    lines,
    form: { ...form, billing: { ...form.billing, npi: OTHER_NPI } },
  })
}

describe('a 277CA that refuses at the provider’s level', () => {
  // Bug: the provider's level does not name the batch again, so “A whole batch” was unknown and the claims stayed sent.
  it('case A11: rejects the claims of the batch, with the reason', async () => {
    await send()
    const { applied, unknown } = await answer(A11)
    expect(unknown).toEqual([])
    expect(applied.map((one) => one.isAccepted)).toEqual([false, false])
    expect(await states()).toEqual(['rejected', 'rejected'])
    expect((await claimOf(stories[0]!)).answers).toMatchObject([
      {
        answer: 'rejected',
        reasons: [
          { words: expect.stringContaining('billing provider: not approved to send claims electronically'), field: '' },
        ],
      },
    ])
  })
  it('rejects only the claims that this provider bills, where several do', async () => {
    await billByAnother()
    await send()
    expect((await answer(A11)).applied).toMatchObject([{ isAccepted: false }])
    expect(await states()).toEqual(['rejected', 'sent'])
    await answer(A11.replace('XX*1234567893', `XX*${OTHER_NPI}`))
    expect(await states()).toEqual(['rejected', 'rejected'])
  })
  it('refuses nothing where several bill and it names none of them', async () => {
    await billByAnother()
    await send()
    for (const who of ['XX*1999999984', ''])
      expect((await answer(A11.replace('XX*1234567893', who))).unknown).toEqual(['A whole batch'])
    expect(await states()).toEqual(['sent', 'sent'])
  })
  it('is of the only provider of the batch, whatever number the payer has for it', async () => {
    await send()
    await answer(A11.replace('XX*1234567893', 'FI*999999999'))
    expect(await states()).toEqual(['rejected', 'rejected'])
  })
  it('of another batch is not ours', async () => {
    await send()
    expect((await answer(A11.replace('B000000001', 'B000000009'))).unknown).toEqual(['A whole batch'])
    expect(await states()).toEqual(['sent', 'sent'])
  })
  it('that also repeats a reference of its own still means the batch above', async () => {
    await send()
    await answer(A11.replace('TRN*1*0', 'TRN*2*0'))
    expect(await states()).toEqual(['rejected', 'rejected'])
  })
})
it('a 277CA that refuses at the receiver’s level rejects every claim of the batch, whoever bills it', async () => {
  await billByAnother()
  await send()
  const refused = A11.replace('STC*A1:19:PR*20261124*WQ*1700', 'STC*A3:24:41*20261124*U*1700').replace(
    /HL\*3[^]*(?=SE)/,
    '',
  )
  expect((await answer(refused)).applied).toHaveLength(2)
  expect(await states()).toEqual(['rejected', 'rejected'])
})
describe('a 999', () => {
  // Bug: another program of the office had the same group number, and its refusal took our claims back.
  it('case A12: of another kind of claim is not ours', async () => {
    await send()
    expect(await answer(A12)).toMatchObject({ applied: [], unknown: ['File 1'] })
    expect(await states()).toEqual(['sent', 'sent'])
    expect((await test.call('claim.files', {})).files).toMatchObject([{ state: 'written' }])
  })
  it.each([
    ['that names dental claims', '*005010X224A2'],
    ['that names no kind, as a 997 does', ''],
  ])('%s is', async (_, version) => {
    await send()
    expect((await answer(A12.replaceAll('*005010X222A1', version))).applied).toHaveLength(2)
    expect(await states()).toEqual(['rejected', 'rejected'])
  })
})
