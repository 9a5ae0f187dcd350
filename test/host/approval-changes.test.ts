// What happens around an approval: its coverage ends, another payer takes it over, a denial is appealed, the case goes on.
import { describe, expect, it } from 'vitest'
import {
  ask,
  caseId,
  claim,
  cover,
  crown,
  kinds,
  move,
  one,
  plan,
  rings,
  said,
  test,
  TOOTH_3,
  useCrownDesk,
  type More,
} from '#test/helpers/crown-desk.ts'
import { days } from '#test/helpers/payer-rules.ts'

useCrownDesk()

describe('coverage has dates (desk case A7)', () => {
  const ended = async () => {
    await crown([TOOTH_3], {}, { validFrom: '2025-01-01', validTo: '2026-09-30' })
    await ask('2026-09-01')
    await move('approve', '2026-09-10', { details: { reference: 'PA-1', validTo: '2027-03-09' } })
  }
  // Bug: nothing was said at the approval, at the booking or at the claim.
  it('an approval that outlives its coverage is warned of, from the day after', async () => {
    await ended()
    const clock = (await rings()).find((each) => each.kind === 'not_covered')
    expect(clock).toMatchObject({
      dueOn: '2026-10-01',
      reason: 'The coverage ended Sep 30, 2026, before the approval (Mar 9, 2027)',
    })
    expect((await one()).findings.map((each) => each.message)).toContain(
      'The coverage ended Sep 30, 2026. Check which plan covers the patient.',
    )
  })
  it('so is a visit that is booked outside of it, and a service that is claimed', async () => {
    await ended()
    const { id, version } = await one()
    await test.call('authorization.update', { id, version, details: { bookedFor: '2026-12-01' } })
    expect((await rings()).find((each) => each.kind === 'not_covered')?.reason).toBe(
      'Visit of Dec 1, 2026: the coverage ended Sep 30, 2026',
    )
    await plan([{ ...TOOTH_3, serviceDate: '2026-10-20' }])
    expect(said(await claim(), /coverage/)).toEqual([
      'D2740 on Oct 20, 2026: the coverage ended Sep 30, 2026. Bill the plan of that day.',
    ])
  })
  it('so is a request under a coverage that has ended or not begun', async () => {
    await crown([TOOTH_3], {}, { validFrom: '2026-12-01' })
    await test.call('authorization.create', { caseId, kind: 'required', coverageId: null })
    expect((await one()).findings.map((each) => each.message)).toContain(
      'The coverage begins Dec 1, 2026. Check which plan covers the patient.',
    )
  })
  it('the plan that took its place is billed alone, and takes the approval over once it said so', async () => {
    await ended()
    const fresh = await cover('Blue Ridge Dental', {}, { validFrom: '2026-10-01' })
    const view = await test.call('case.get', { id: caseId })
    await test.call('case.update', { id: caseId, version: view.version, changes: { coverageId: fresh } })
    expect(await kinds()).toContain('stale_approval')
    expect((await one()).findings.map((each) => each.id)).toContain('stale')
    await expect(move('confirm', '2026-11-02', { details: { reference: 'BR-9' } })).rejects.toMatchObject({
      message: 'Type who confirmed it.',
    })
    await move('confirm', '2026-11-02', {
      details: { reference: 'BR-9', contact: 'Lee, ref 12', validTo: '2026-12-31' },
    })
    expect(await one()).toMatchObject({
      state: 'approved',
      coverageId: fresh,
      payerName: 'Blue Ridge Dental',
      reference: 'BR-9',
      validTo: '2026-12-31',
      validBasis: 'Confirmed Nov 2, 2026: Lee, ref 12',
    })
    expect((await one()).history.at(-1)?.note).toBe(
      'Taken over by Blue Ridge Dental. Valid to Dec 31, 2026. No. BR-9, before PA-1. Lee, ref 12',
    )
    expect(await kinds()).not.toContain('stale_approval')
    await plan([{ ...TOOTH_3, serviceDate: '2026-11-10' }])
    const drafted = await claim(fresh)
    expect(drafted.form).toMatchObject({ authorizationNumber: 'BR-9', otherCoverage: null })
    expect(said(drafted, /authorizationNumber|coverage/)).toEqual([])
  })
})

describe('a denied authorization is appealed (desk case A14)', () => {
  const denied = async (details: More['details'] = {}, note = 'Not necessary by the film') => {
    await crown([TOOTH_3], { terms: [days('appeal', 60, 'cd')] })
    await ask('2026-10-20')
    await move('deny', '2026-11-01', { details, note })
  }
  it('until when, by the letter, then by the payer’s figure', async () => {
    await denied()
    expect((await one()).appeal).toMatchObject({ on: '2026-12-31', basis: 'payer' })
    expect((await rings()).find((each) => each.kind === 'denied_authorization')?.reason).toBe(
      'Authorization denied; appeal until Dec 31, 2026',
    )
    await test.call('authorization.undo', {
      id: (await one()).id,
      version: (await one()).version,
      reason: 'typed wrong',
    })
    await move('deny', '2026-11-01', { details: { appealDays: 30 } })
    expect((await one()).appeal).toMatchObject({ on: '2026-12-01', source: 'Printed on the decision: 30 days' })
  })
  // Bug: the thirty days were counted from the denial, not from the appeal.
  it('the answer is due thirty days after the appeal', async () => {
    await denied()
    await move('appeal', '2026-11-20')
    const due = (await test.call('authorization.clocks', { today: '2026-12-20' })).clocks
    expect(due.find((each) => each.kind === 'appeal_unanswered')).toMatchObject({ dueOn: '2026-12-20' })
    expect((await test.call('authorization.clocks', { today: '2026-12-19' })).clocks).toEqual([])
  })
  it('with a letter that quotes the denial and names the level; a second denial leads to the second level', async () => {
    await denied()
    const letter = async () => {
      const { html } = await test.call('document.render', { kind: 'authorization-request', id: (await one()).id })
      return html
    }
    expect(await letter()).toMatch(/First appeal of the denial of prior authorization[\s\S]*Not necessary by the film/)
    await move('appeal', '2026-11-05')
    expect(await letter()).toContain('First appeal of the denial')
    await move('deny', '2026-11-20', { note: 'Upheld' })
    expect(await letter()).toMatch(/Second appeal of the denial[\s\S]*Upheld/)
    expect((await one()).appeal).toMatchObject({ on: '2026-12-20', confidence: 'unverified' })
  })
  it('too late, or without the reason of the denial, it takes a reason', async () => {
    await denied({ appealDays: 10 }, '')
    await expect(move('appeal', '2026-11-20')).rejects.toMatchObject({
      code: 'REFUSED',
      details: {
        reasons: [
          'The time to appeal ended Nov 11, 2026 (Printed on the decision: 10 days).',
          'Still to fill in: [reason of the denial].',
          'To send it anyway, give a reason.',
        ],
      },
    })
    await move('appeal', '2026-11-20', { gapReason: 'The payer takes it' })
    expect((await one()).state).toBe('appealed')
  })
})

describe('a draft follows its case until it is sent', () => {
  // Bug: a claim went out with the fee of the day it was drafted, and nobody was told.
  it('a fee, a place or a dentist that changed since stops “Mark as sent” and is named', async () => {
    await crown([{ ...TOOTH_3, serviceDate: '2026-10-20' }])
    const { id, version } = await claim()
    await plan([{ ...TOOTH_3, serviceDate: '2026-10-21', feeCents: 130_000 }])
    const send = test.call('claim.transition', { id, version, event: 'send', on: '2026-11-01', channel: 'mail' })
    await expect(send).rejects.toMatchObject({
      code: 'REFUSED',
      details: {
        reasons: expect.arrayContaining([
          'D2740 #3: the fee is $1,300.00 in the case, $1,250.00 on the claim. Fill the claim again, or say why it differs.',
          'D2740 #3: done Oct 21, 2026 by the case. Fill the claim again, or say why it differs.',
        ]),
      },
    })
    await test.call('claim.refill', { id, version })
    const { claims } = await test.call('claim.forCase', { caseId })
    expect(said(claims[0]!, /Fill the claim again/)).toEqual([])
    await plan([{ code: 'D2740', tooth: '4', serviceDate: '2026-10-21', feeCents: 0 }])
    expect(said((await test.call('claim.forCase', { caseId })).claims[0]!, /Fill the claim again/)).toEqual([
      'D2740 #3 on the claim is D2740 #4 in the case. Fill the claim again, or say why it differs.',
      'D2740 #3: the fee is $0.00 in the case, $1,300.00 on the claim. Fill the claim again, or say why it differs.',
    ])
  })
  it('an ordinary approval shows no difference', async () => {
    await crown([TOOTH_3])
    await ask('2026-10-01')
    const lines = (await one()).lines.map((line) => ({
      ...line,
      approvedCode: 'D2740',
      approvedTooth: '3',
      approvedQuantity: 1,
      approvedCents: 60_000,
      patientCents: 40_000,
    }))
    await move('approve', '2026-10-10', { lines, details: { reference: 'PA-1' } })
    expect((await one()).findings.filter((each) => /Differs/.test(each.message))).toEqual([])
  })
})
