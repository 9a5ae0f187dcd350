// A corrected claim beside the sending that the payer accepted first: in the finding, on Today and in the letter (desk case P6).
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimId } from '#core/ids.ts'
import type { InputOf } from '#core/contract/index.ts'
import { createCrown, type Crown } from '#test/helpers/crown.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'
import { days } from '#test/helpers/payer-rules.ts'

let test: TestHost
let story: Crown
beforeEach(async () => {
  test = await openTestHost()
  story = await createCrown(test, [{ code: 'D2740', serviceDate: '2026-04-10' }], {
    terms: [days('filing', 180, 'cd')],
  })
  const { version } = await test.call('case.get', { id: story.caseId })
  await test.call('case.update', { id: story.caseId, version, changes: { treatment: 'done' } })
})
afterEach(() => test.close())

const newest = async () => (await test.call('claim.forCase', { caseId: story.caseId })).claims[0]!
async function send(on: string) {
  const { id, version } = await newest()
  const step = { id, version, event: 'send' as const, on, channel: 'mail' as const, reason: 'Papers follow' }
  await test.call('claim.transition', step)
}
async function deny(carc: string, eobDate: string, remarks: string[] = []) {
  const { id, lines } = await newest()
  const [line] = lines
  const amounts = {
    allowedCents: null,
    deductibleCents: 0,
    coinsuranceCents: 0,
    paidCents: 0,
    billedCents: line!.feeCents,
  }
  const remittance: InputOf<'remittance.post'>['remittance'] = {
    claimId: id,
    eobDate,
    receivedOn: eobDate,
    payerClaimNumber: 'ICN-1',
    lines: [
      {
        ...amounts,
        claimLineId: line!.id,
        code: line!.code,
        submittedCode: null,
        tooth: line!.tooth,
        adjustments: [{ group: 'CO', carc, cents: line!.feeCents }],
        remarks,
      },
    ],
  }
  return (await test.call('remittance.post', { remittance })).id
}
const draft = (replacesId: ClaimId | null = null) =>
  test.call('claim.create', { caseId: story.caseId, coverageId: null, replacesId })
const late = async () => (await newest()).findings.filter((one) => one.message.startsWith('Timely filing ended'))
const rings = async () => {
  const { rows } = await test.call('claim.list', { view: 'timely' })
  return rows.length
}

describe('P6: a corrected claim after the filing limit', () => {
  // Bug: it was warned of as late, as if nothing had ever been sent.
  it('is not late where the payer decided the first one in time, and the letter says so without a blank', async () => {
    await draft()
    await send('2026-04-12')
    await deny('16', '2026-05-10', ['N37'])
    const { id, number } = await newest()
    await draft(id)
    const [finding] = await late()
    expect(finding).toMatchObject({
      severity: 'info',
      message: expect.stringContaining(`Claim ${number} was first sent on Apr 12, 2026, in time: EOB of May 10, 2026`),
    })
    expect(await rings()).toBe(0)
    await send('2026-11-01')
    const remittanceId = await deny('29', '2026-11-20')
    await test.call('appeal.create', { claimId: (await newest()).id, remittanceId, level: 'first' })
    const [appeal] = (await test.call('remittance.forCase', { caseId: story.caseId })).appeals
    expect(appeal!.letter.body).toContain(
      `Claim ${number} was first sent on Apr 12, 2026. It was with you by May 10, 2026`,
    )
    expect(appeal!.letter.body).not.toContain('[')
    expect(appeal!.evidence[0]!.have).toContain('EOB of May 10, 2026')
  })
  it('is late where the first one was late, too', async () => {
    await draft()
    await send('2026-10-20')
    await deny('16', '2026-11-01', ['N37'])
    await draft((await newest()).id)
    expect(await late()).toMatchObject([{ severity: 'warn', message: expect.stringContaining('that was late, too') }])
  })
  it('a first claim is late as before', async () => {
    await draft()
    expect(await late()).toMatchObject([{ severity: 'warn' }])
    expect(await rings()).toBe(1)
  })
})
