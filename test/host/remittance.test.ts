// EOBs on a real host: outcome from money and reasons, follow-up, taking back. Rows of desk.md section D by number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InputOf } from '#core/contract/index.ts'
import {
  createD3353,
  type D3353,
  DENIED_LINE,
  eobOf,
  openTreated,
  PAID_LINE,
  sendClaim,
  setVisits,
} from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

type Eob = InputOf<'remittance.post'>['remittance']
let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
  await sendClaim(test, story)
})
afterEach(() => test.close())
const post = (remittance: Eob, acknowledgeDifference = false) =>
  test.call('remittance.post', { remittance, acknowledgeDifference })
const forCase = () => test.call('remittance.forCase', { caseId: story.caseId })
const tasks = async () => (await test.call('task.forCase', { caseId: story.caseId })).tasks
const claimState = async () => (await test.call('claim.forCase', { caseId: story.caseId })).claims[0]!.state

describe('posting', () => {
  it('row 36: a paid line is paid, the claim is decided, the shares add up', async () => {
    await post(await eobOf(test, story, PAID_LINE))
    expect((await forCase()).remittances).toMatchObject([
      {
        outcome: 'paid',
        paidCents: 48000,
        patientCents: 12000,
        writeOffCents: 25000,
        differenceCents: 0,
        lines: [{ outcome: 'paid', cause: null }],
      },
    ])
    expect(await claimState()).toBe('adjudicated')
    expect(await tasks()).toEqual([])
  })
  it('rows 36, 38: a denial is coded from its reasons and leaves a dated, assigned task', async () => {
    await post(await eobOf(test, story, DENIED_LINE))
    const { remittances, levels } = await forCase()
    expect(remittances[0]).toMatchObject({ outcome: 'denied', paidCents: 0, writeOffCents: 0 })
    expect(levels[0]).toMatchObject({ deadline: { countedFrom: '2026-11-22' } })
    expect(await tasks()).toMatchObject([{ dueOn: '2026-11-30', assigneeName: 'Ana', kind: 'appeal' }])
  })
  it('row 37: an information request makes a task on the day the EOB names', async () => {
    const line = { adjustments: [{ group: 'CO' as const, carc: '252', cents: 85000 }], remarks: ['N40'] }
    await post(await eobOf(test, story, line, { informationDueOn: '2026-12-15' }))
    expect((await forCase()).remittances[0]).toMatchObject({ outcome: 'info_requested' })
    expect(await tasks()).toMatchObject([{ kind: 'send_information', dueOn: '2026-12-15' }])
  })
  it('row 39: less than expected is shown and chased', async () => {
    await test.call('case.setEstimate', {
      id: story.caseId,
      estimate: { coverageId: story.coverageId, network: 'in', contractCents: 60000, expectedPlanCents: 52000 },
    })
    await post(await eobOf(test, story, PAID_LINE))
    expect((await forCase()).remittances[0]).toMatchObject({ expectedPlanCents: 52000, shortfallCents: 4000 })
    expect(await tasks()).toMatchObject([
      { title: 'Paid $40.00 less than expected: ask the payer why', kind: 'call_payer' },
    ])
  })
  // Bug: the case went on showing the estimate from before, the EOB beside it what was kept for the claim.
  it('the case expects what was kept for its claim, as its EOB does', async () => {
    await test.call('case.setEstimate', {
      id: story.caseId,
      estimate: { coverageId: story.coverageId, network: 'in', contractCents: 60000, expectedPlanCents: 52000 },
    })
    const [claim] = (await test.call('claim.forCase', { caseId: story.caseId })).claims
    const line = { contractCents: 60000, allowedCents: null, alternateCents: null, percent: 80 }
    await test.call('claim.setExpected', {
      id: claim!.id,
      terms: {
        network: 'in',
        deductibleLeftCents: 0,
        maximumLeftCents: 150000,
        lines: [{ ...line, deductibleApplies: true, excluded: false }],
      },
      source: 'Fee schedule',
    })
    await post(await eobOf(test, story, PAID_LINE))
    expect((await forCase()).remittances[0]).toMatchObject({ expectedPlanCents: 48000, shortfallCents: null })
    expect((await test.call('case.get', { id: story.caseId })).money).toMatchObject({ expectedPlanCents: 48000 })
  })
  it('a difference is never balanced by invention: refused with the amount, kept when confirmed', async () => {
    const eob = await eobOf(test, story, { ...PAID_LINE, paidCents: 47000 })
    await expect(post(eob)).rejects.toMatchObject({
      code: 'REFUSED',
      details: { reasons: [expect.stringContaining('leaves $10.00')] },
    })
    expect(await claimState()).toBe('sent')
    await post(eob, true)
    expect((await forCase()).remittances[0]).toMatchObject({ differenceCents: 1000 })
  })
  // Desk case E6: interest had no place on a paper EOB, and nobody compared the check.
  it('E6: interest is no payment for the service, and the check comes to both', async () => {
    const check = { paymentNumber: 'CK-9', interestCents: 312, checkTotalCents: 48312 }
    const eob = await eobOf(test, story, PAID_LINE, check)
    expect(await test.call('remittance.preview', eob)).toMatchObject({ doubt: null, paidCents: 48000 })
    await post(eob)
    const { money } = await test.call('case.get', { id: story.caseId })
    expect(money).toMatchObject({ paidCents: 48000, writeOffCents: 25000, patientCents: 12000, openCents: 0 })
    const { rows } = await test.call('era.ledger', {})
    expect(rows).toMatchObject([
      { words: 'Interest paid by the payer', cents: -312, trace: 'CK-9', caseId: story.caseId },
    ])
  })
  it('E6: a check that its EOBs do not explain is confirmed first, also where one EOB of several is missing', async () => {
    const check = { paymentNumber: 'CK-9', checkTotalCents: 48312 }
    await expect(post(await eobOf(test, story, PAID_LINE, check))).rejects.toMatchObject({
      details: { reasons: [expect.stringContaining('$3.12 is for claims not entered yet, or missing')] },
    })
    const first = await eobOf(test, story, PAID_LINE, { ...check, checkTotalCents: 96000 })
    await post(first, true)
    const other = await createD3353(test, 3)
    await sendClaim(test, other)
    const elsewhere = await eobOf(test, other, PAID_LINE, { ...check, checkTotalCents: 96000 })
    // Another payer's check of the same number is another check.
    expect((await test.call('remittance.preview', elsewhere)).doubt).toContain('$480.00 is for claims')
  })
  // Bug: what the payer kept back for another claim had no place: the desk had to confirm the check as wrong.
  it('E5: what was kept back of the check stands in the ledger and is no part of what was paid', async () => {
    const check = { paymentNumber: 'CK-9', withheldCents: 12000, checkTotalCents: 36000 }
    await post(await eobOf(test, story, PAID_LINE, check))
    expect((await test.call('case.get', { id: story.caseId })).money).toMatchObject({ paidCents: 48000, openCents: 0 })
    const { rows } = await test.call('era.ledger', {})
    expect(rows).toMatchObject([{ words: 'Adjustment', cents: 12000, trace: 'CK-9', caseId: story.caseId }])
  })
  // Bug: an EOB that was added later without the total was compared with nothing.
  it('E6: the total of a check, typed once, is compared again when another of its EOBs is added', async () => {
    const half = {
      billedCents: 42500,
      paidCents: 24000,
      adjustments: [{ group: 'CO' as const, carc: '45', cents: 18500 }],
    }
    const first = await eobOf(test, story, half, {
      paymentNumber: 'CK-9',
      checkTotalCents: 48000,
      payerClaimNumber: 'A',
    })
    await post(first, true)
    const second = await eobOf(test, story, half, { paymentNumber: 'CK-9', payerClaimNumber: 'B' })
    const doubtOf = async (more: object) => (await test.call('remittance.preview', { ...second, ...more })).doubt
    expect(await doubtOf({})).toBeNull()
    expect(await doubtOf({ withheldCents: 1000 })).toContain('$10.00 is for claims not entered yet')
    expect(await doubtOf({ checkTotalCents: 47000 })).toContain('$480.00 on another of its EOBs')
  })
  it('E6: 225 on a paper EOB is asked about, never counted', async () => {
    const adjustments = [...PAID_LINE.adjustments!, { group: 'CO' as const, carc: '225', cents: -312 }]
    const { doubt } = await test.call('remittance.preview', await eobOf(test, story, { ...PAID_LINE, adjustments }))
    expect(doubt).toContain('225 is interest')
  })
  it('the preview says the same as what is posted', async () => {
    const eob = await eobOf(test, story, DENIED_LINE)
    const preview = await test.call('remittance.preview', eob)
    await post(eob)
    const [posted] = (await forCase()).remittances
    expect(preview).toMatchObject({ outcome: posted!.outcome, paidCents: 0, differenceCents: 0 })
    expect(preview.lines[0]!.advice).toEqual(posted!.lines[0]!.advice)
  })
  it('an EOB dated before the claim was sent is kept and warned of', async () => {
    await post(await eobOf(test, story, PAID_LINE, { eobDate: '2026-11-20' }))
    const { timeline } = await test.call('case.get', { id: story.caseId })
    expect(timeline.map((entry) => entry.text).join()).toContain(
      'its date is before the claim was sent on Nov 21, 2026',
    )
  })
  it.each<[string, Partial<Eob>]>([
    ['received before its date', { eobDate: '2026-11-23', receivedOn: '2026-11-22' }],
    ['dated in the future', { eobDate: '2026-12-01', receivedOn: '2026-12-01' }],
    ['information due before it', { informationDueOn: '2026-11-01' }],
  ])('%s: refused', async (_, change) => {
    await expect(post(await eobOf(test, story, PAID_LINE, change))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
  it('a draft claim has no EOB, nor a line of another claim', async () => {
    const other = await createD3353(test, 0, { name: 'Other' })
    await setVisits(test, other.caseId, 3)
    await test.call('claim.create', { caseId: other.caseId, coverageId: null })
    await expect(post(await eobOf(test, other, PAID_LINE))).rejects.toMatchObject({ code: 'REFUSED' })
    const foreign = (await eobOf(test, other, {})).lines[0]!.claimLineId
    const mixed = await eobOf(test, story, { ...PAID_LINE, claimLineId: foreign! })
    await expect(post(mixed)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('taking back', () => {
  it('keeps both in the trail, reopens the claim, ends its follow-up, and cannot be done twice', async () => {
    const { id } = await post(await eobOf(test, story, DENIED_LINE))
    await test.call('remittance.reverse', { id, reason: 'Wrong patient' })
    expect((await forCase()).remittances).toEqual([])
    expect(await claimState()).toBe('sent')
    expect((await tasks()).filter((task) => task.doneAt === null)).toEqual([])
    await post(await eobOf(test, story, PAID_LINE))
    const view = await test.call('case.get', { id: story.caseId })
    expect(view.money.paidCents).toBe(48000)
    expect(view.timeline.map((entry) => entry.text).join()).toMatch(/undone: Wrong patient.*denied/s)
    await expect(test.call('remittance.reverse', { id, reason: 'again' })).rejects.toMatchObject({ code: 'REFUSED' })
  })
})

describe('reasons in plain words', () => {
  it('are found by number and by word, and explained with their group', async () => {
    const byCode = await test.call('reason.list', { kind: 'carc', text: '45' })
    expect(byCode.reasons[0]!.code).toBe('45')
    const { meanings } = await test.call('reason.explain', {
      adjustments: [{ group: 'PR', carc: '45', cents: 100 }],
      remarks: ['N706'],
    })
    expect(meanings.map((meaning) => [meaning.code, meaning.actions[0]])).toEqual([
      ['45', 'BILL'],
      ['N706', 'INFO'],
    ])
  })
})
