// A payment whose first answer tells the office how long its payer takes: the other cases of the payment, opened with it, go by that.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eraFile } from '#host/demo/era-file.ts'
import { createD3353, type D3353, sendClaim, setVisits } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

async function ask({ caseId, coverageId }: D3353, on: string): Promise<void> {
  const { id } = await test.call('authorization.create', { caseId, kind: 'estimate', coverageId })
  const step = { event: 'submit' as const, on, gapReason: 'Papers follow' }
  await test.call('authorization.transition', { id, version: 1, ...step })
}
async function filling(first: D3353, tooth: string): Promise<D3353> {
  const { patientId, coverageId } = first
  const { id } = await test.call('case.create', {
    patientId,
    guideId: 'endodontics',
    tooth,
    area: null,
    coverageId,
    providerId: null,
  })
  const { version } = await test.call('case.get', { id })
  const line = { code: 'D2391', role: 'main' as const, tooth, area: null, surfaces: 'O', feeCents: 93000 }
  await test.call('case.setLines', { id, version, lines: [{ ...line, visitId: null, serviceDate: null }] })
  return { ...first, caseId: id }
}

it('a case opened beside the tenth answer of its payer waits as long as that payer takes (it kept the days of before)', async () => {
  const story = await createD3353(test)
  for (let n = 20; n < 29; n += 1) {
    const other = await filling(story, String(n))
    await ask(other, '2026-09-29')
    const { authorizations } = await test.call('authorization.forCase', { caseId: other.caseId })
    const { id, version } = authorizations[0]!
    await test.call('authorization.transition', { id, version, event: 'approve', on: '2026-10-09' })
  }
  await ask(await filling(story, '30'), '2026-09-29')
  await ask(story, '2026-11-02')
  await setVisits(test, story.caseId, 3, 'The patient was in pain')
  await sendClaim(test, story)
  const { claims } = await test.call('claim.forCase', { caseId: story.caseId })
  const text = eraFile({
    trace: 'EFT-TENTH',
    on: '2026-11-20',
    claims: [
      {
        number: 'PD-1',
        status: '25',
        payerNumber: '',
        lines: [{ code: 'D2391', charge: 930, paid: 0, cas: ['OA:101:500', 'PR:2:430'] }],
      },
      { number: claims[0]!.number, lines: [{ charge: 850, paid: 0, cas: ['CO:50:850'] }] },
    ],
  })
  const { payments } = await test.call('era.import', { text })
  const posted = await test.call('era.post', { paymentId: payments[0]!, acknowledgeDifference: true })
  expect(posted).toMatchObject({ posted: 2 })
  const rings = async () =>
    (await test.call('today.list', { limit: 500 })).rows.filter((row) => row.caseId === story.caseId)
  const after = await rings()
  const { version } = await test.call('case.get', { id: story.caseId })
  await test.call('case.update', { id: story.caseId, version, changes: { reportingMode: 'phased' } })
  expect(after).toEqual(await rings())
})
