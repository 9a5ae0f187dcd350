// The Claim step on a real host: filled, checked, sent, kept as sent. Rows of desk.md section D by number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  attach,
  type D3353,
  moveAuthorization,
  openUntreated,
  requestAuthorization,
  sendClaim,
  settleChecklist,
  setVisits,
} from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openUntreated()
})
afterEach(() => test.close())
const create = () => test.call('claim.create', { caseId: story.caseId, coverageId: null })
const latest = async () => (await test.call('claim.forCase', { caseId: story.caseId })).claims[0]!
async function move(event: 'send' | 'reject' | 'void' | 'reopen' | 'close' | 'adjudicate', on: string, reason = '') {
  const { id, version } = await latest()
  await test.call('claim.transition', {
    id,
    version,
    event,
    on,
    channel: event === 'send' ? 'electronic' : null,
    reason,
  })
}

describe('filling', () => {
  it('nothing the office has is typed again', async () => {
    await setVisits(test, story.caseId, 3)
    await create()
    expect(await latest()).toMatchObject({
      state: 'draft',
      totalCents: 85000,
      lines: [{ code: 'D3353', tooth: '8', serviceDate: '2026-11-20', feeCents: 85000, diagnosisPointers: 'A' }],
      form: {
        payerName: 'Sample Dental Plan',
        memberId: 'M-100',
        relation: 'child',
        patient: { lastName: 'Exampleton', birthDate: '2016-04-12' },
        subscriber: { firstName: 'Kim' },
        diagnoses: ['K04.1'],
        accident: { cause: 'other', on: '2026-09-28' },
        billing: { npi: '1234567893' },
        treating: { lastName: 'Doe', npi: '1245319599' },
      },
    })
  })
  it('row 34: the number of the approved authorization flows to the claim', async () => {
    await requestAuthorization(test, story, 'approved')
    await setVisits(test, story.caseId, 3)
    await create()
    expect((await latest()).form.authorizationNumber).toBe('PA-77')
    expect((await latest()).findings.filter((finding) => finding.field === 'authorizationNumber')).toEqual([])
  })
  it('row 33: films the claim stage asks for are listed as enclosures', async () => {
    await setVisits(test, story.caseId, 3)
    await attach(test, story.caseId)
    await attach(test, story.caseId, { kind: 'photo', takenOn: null })
    await create()
    expect((await latest()).enclosures).toEqual(['Pre-op periapical, tooth #8, Sep 30, 2026'])
  })
  it('a service is billed once: the second draft is refused, so is one with nothing left to bill', async () => {
    await setVisits(test, story.caseId, 3)
    await create()
    await expect(create()).rejects.toMatchObject({ code: 'REFUSED' })
    await move('send', '2026-11-21', 'Papers follow')
    await expect(create()).rejects.toMatchObject({ code: 'REFUSED' })
  })
  it('filling again replaces what was typed and follows the case', async () => {
    await create()
    expect((await latest()).lines).toEqual([])
    await setVisits(test, story.caseId, 3)
    const { id, version } = await latest()
    await test.call('claim.refill', { id, version })
    expect((await latest()).lines).toHaveLength(1)
  })
})

describe('checking', () => {
  it('row 32: a line without its tooth blocks, in words, and sending is refused', async () => {
    await setVisits(test, story.caseId, 3)
    await create()
    const { id, version, form, lines } = await latest()
    await test.call('claim.update', { id, version, form, lines: lines.map((line) => ({ ...line, tooth: null })) })
    const { findings } = await test.call('claim.validate', { id })
    expect(findings[0]).toMatchObject({
      severity: 'block',
      field: 'lines.0.tooth',
      message: 'D3353 needs a tooth number.',
    })
    await expect(move('send', '2026-11-21', 'anyway')).rejects.toMatchObject({
      code: 'REFUSED',
      details: { reasons: ['D3353 needs a tooth number.'] },
    })
  })
  it('row 32: a line without its code is not kept', async () => {
    await setVisits(test, story.caseId, 3)
    await create()
    const { id, version, form, lines } = await latest()
    const update = (code: string) =>
      test.call('claim.update', { id, version, form, lines: lines.map((line) => ({ ...line, code })) })
    await expect(update('')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { issues: [{ path: 'lines.0.code' }] },
    })
    expect((await latest()).lines).toEqual(lines)
  })
  it('row 35: a needed authorization that is missing is warned of and takes a reason', async () => {
    await test.call('case.recordBenefit', {
      id: story.caseId,
      check: { kind: 'authorization_need', coverageId: null, code: 'D3353', answer: 'yes', checkedOn: '2026-11-20' },
    })
    await setVisits(test, story.caseId, 3, 'Emergency')
    await settleChecklist(test, story.caseId, 'claim')
    await create()
    const refusal = move('send', '2026-11-21')
    await expect(refusal).rejects.toMatchObject({
      details: { reasons: expect.arrayContaining(['The payer wants an authorization and none is on file.']) },
    })
    await move('send', '2026-11-21', 'Emergency')
    expect(await latest()).toMatchObject({ state: 'sent', sendReason: 'Emergency' })
  })
  it('row 21: checklist gaps need a reason', async () => {
    await setVisits(test, story.caseId, 3)
    await create()
    await expect(move('send', '2026-11-21')).rejects.toMatchObject({
      details: {
        reasons: expect.arrayContaining([expect.stringMatching(/^\d+ of \d+ missing for the claim: /)]),
      },
    })
  })
  it('dates in the wrong order are refused in words', async () => {
    await setVisits(test, story.caseId, 3)
    await create()
    await expect(move('send', '2026-11-19', 'x')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'A claim cannot be sent before its last service on Nov 20, 2026.',
    })
    await expect(move('send', '2027-01-01', 'x')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await move('send', '2026-11-21', 'x')
    await expect(move('reject', '2026-11-20')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('sent', () => {
  beforeEach(() => setVisits(test, story.caseId, 3))
  it('a sent claim is kept as sent', async () => {
    await sendClaim(test, story)
    const { id, version, form, lines } = await latest()
    await expect(test.call('claim.update', { id, version, form, lines })).rejects.toMatchObject({ code: 'REFUSED' })
    await expect(test.call('claim.refill', { id, version })).rejects.toMatchObject({ code: 'REFUSED' })
  })
  it('the decision comes by posting the EOB, not by a click', async () => {
    await sendClaim(test, story)
    expect((await latest()).events).not.toContain('adjudicate')
    await expect(move('adjudicate', '2026-11-22')).rejects.toMatchObject({ code: 'REFUSED' })
  })
  it('a rejected claim is corrected in place and sent again', async () => {
    await sendClaim(test, story)
    await move('reject', '2026-11-22')
    const { id, version, form, lines } = await latest()
    await test.call('claim.update', { id, version, form: { ...form, remarks: 'Corrected' }, lines })
    await move('send', '2026-11-23', 'Papers follow')
    expect((await latest()).history.map((step) => step.event)).toEqual(['send', 'reject', 'send'])
  })
  it('a corrected claim replaces the sent one with all its lines', async () => {
    const first = await sendClaim(test, story)
    await test.call('claim.create', { caseId: story.caseId, coverageId: null, replacesId: first })
    expect(await latest()).toMatchObject({ frequency: 'replacement', replacesId: first, lines: [{ code: 'D3353' }] })
  })
  it('the approval is used up by the claim of the finished treatment', async () => {
    await requestAuthorization(test, story, 'approved')
    await sendClaim(test, story)
    const { authorizations } = await test.call('authorization.forCase', { caseId: story.caseId })
    expect(authorizations[0]).toMatchObject({
      state: 'used',
      history: expect.arrayContaining([expect.objectContaining({ event: 'use' })]),
    })
  })
  it('a withdrawn authorization lends its number to no claim', async () => {
    await requestAuthorization(test, story, 'approved')
    await moveAuthorization(test, story, 'withdraw', '2026-10-02')
    await create()
    expect((await latest()).form.authorizationNumber).toBe('')
  })
  it('the list shows it under waiting with its number and total', async () => {
    await sendClaim(test, story)
    const { rows, counts } = await test.call('claim.list', { view: 'waiting' })
    expect(rows).toMatchObject([{ number: (await latest()).number, totalCents: 85000, sentOn: '2026-11-21' }])
    expect(counts).toMatchObject({ draft: 0, rejected: 0, unacknowledged: 0, waiting: 1, timely: 0 })
  })
})
