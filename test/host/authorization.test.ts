// The Authorization step on a real host: need, request, life cycle, terms. Rows of desk.md section D by number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createD3353,
  type D3353,
  moveAuthorization,
  openUntreated,
  requestAuthorization,
  settleChecklist,
  setVisits,
} from '#test/helpers/d3353.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { TestHost } from '#test/helpers/test-host.ts'
import { days } from '#test/helpers/payer-rules.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openUntreated()
})
afterEach(() => test.close())
const forCase = () => test.call('authorization.forCase', { caseId: story.caseId })
const latest = async () => (await forCase()).authorizations[0]!
const view = () => test.call('case.get', { id: story.caseId })
const move = (event: Parameters<typeof moveAuthorization>[2], on: string, more = {}) =>
  moveAuthorization(test, story, event, on, more)

describe('row 24: is one needed?', () => {
  const record = (caseId: D3353['caseId'], checkedOn: string) =>
    test.call('case.recordBenefit', {
      id: caseId,
      check: {
        kind: 'authorization_need',
        coverageId: story.coverageId,
        code: 'D3353',
        answer: 'yes',
        authorizationKind: 'required',
        source: 'Payer call',
        representative: 'Lee',
        reference: 'C-1',
        checkedOn,
      },
    })
  it('is unknown until somebody asks, then answers with who, reference and date', async () => {
    expect((await forCase()).need).toEqual({
      answer: 'unknown',
      check: null,
      rule: null,
      fromOtherCase: false,
      stale: false,
    })
    await record(story.caseId, '2026-11-20')
    expect((await forCase()).need).toMatchObject({
      answer: 'yes',
      stale: false,
      check: { representative: 'Lee', reference: 'C-1', checkedOn: '2026-11-20', user: 'Ana' },
    })
  })
  it('an answer older than the office allows is stale', async () => {
    await record(story.caseId, '2026-01-05')
    expect((await forCase()).need.stale).toBe(true)
  })
  it('the answer of an earlier case of the same plan and code is offered as such', async () => {
    await record(story.caseId, '2026-11-20')
    const sibling = await test.call('case.create', {
      patientId: story.patientId,
      guideId: 'endodontics',
      tooth: '9',
      area: null,
      coverageId: story.coverageId,
    })
    const answers = { goal: 'barrier', apex: 'open', pulp: 'necrotic', phase: 'final' }
    for (const [fact, value] of Object.entries(answers)) await test.call('case.answer', { id: sibling.id, fact, value })
    const { need } = await test.call('authorization.forCase', { caseId: sibling.id })
    expect(need).toMatchObject({ answer: 'yes', fromOtherCase: true })
  })
})

describe('the request', () => {
  it('starts from the lines of the case and is drafted once', async () => {
    await requestAuthorization(test, story, 'drafting')
    expect((await latest()).lines).toMatchObject([{ code: 'D3353', tooth: '8', feeCents: 85000 }])
    await expect(requestAuthorization(test, story, 'drafting')).rejects.toMatchObject({ code: 'REFUSED' })
  })
  it('row 21: sending with gaps is refused by name, and goes with a reason that is kept', async () => {
    await requestAuthorization(test, story, 'drafting')
    await expect(move('submit', '2026-11-20')).rejects.toMatchObject({
      code: 'REFUSED',
      details: { reasons: [expect.stringContaining('pre-op periapical'), expect.any(String)] },
    })
    await move('submit', '2026-11-20', { gapReason: 'Film follows' })
    expect((await latest()).history.at(-1)).toMatchObject({
      event: 'submit',
      user: 'Ana',
      note: 'Sent with gaps: Film follows',
    })
  })
  it('row 25: a complete packet goes without a reason', async () => {
    await settleChecklist(test, story.caseId, 'authorization')
    await requestAuthorization(test, story, 'drafting')
    await move('submit', '2026-11-20')
    expect((await latest()).state).toBe('submitted')
  })
  it('row 28: the answer is expected by the payer’s figure, else by a labelled default', async () => {
    await requestAuthorization(test, story, 'drafting')
    await move('submit', '2026-11-02', { gapReason: 'x' })
    expect(await latest()).toMatchObject({
      sentOn: '2026-11-02',
      expectedOn: '2026-11-20',
      expectedBasis: 'Assumed: 14 business days. Check with the payer',
    })
    const quick = await createD3353(test, 0, {
      name: 'Quick Plan',
      terms: [days('answer', 3, 'bd')],
      source: 'their portal',
    })
    await requestAuthorization(test, quick, 'submitted')
    const { authorizations } = await test.call('authorization.forCase', { caseId: quick.caseId })
    expect(authorizations[0]).toMatchObject({
      expectedOn: '2026-10-02',
      expectedBasis: 'Quick Plan: usually 3 business days (their portal)',
    })
  })
})

describe('life cycle', () => {
  it('an event that the table does not have is refused with a reason, nothing changes', async () => {
    await requestAuthorization(test, story, 'drafting')
    await expect(move('approve', '2026-11-20')).rejects.toMatchObject({ code: 'REFUSED' })
    expect(await latest()).toMatchObject({ state: 'drafting', history: [] })
  })
  it('row 27: sent, number and validity are kept; an unnamed end is assumed and says so', async () => {
    await requestAuthorization(test, story, 'approved')
    expect(await latest()).toMatchObject({
      state: 'approved',
      reference: 'PA-77',
      decidedOn: '2026-10-01',
      validFrom: '2026-10-01',
      validTo: '2027-03-30',
      validBasis: 'Assumed: 180 days. Check with the payer',
      events: ['use', 'expire', 'extend', 'replace', 'confirm', 'withdraw'],
    })
  })
  it('dates in the wrong order are refused in words', async () => {
    await requestAuthorization(test, story, 'submitted')
    await expect(move('approve', '2026-09-01')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'The payer cannot answer before the request was sent on Sep 29, 2026.',
    })
    await expect(move('approve', '2026-12-24')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const backwards = { details: { validFrom: '2026-10-05', validTo: '2026-10-04' } }
    await expect(move('approve', '2026-10-02', backwards)).rejects.toMatchObject({
      message: 'Validity cannot end before it begins on Oct 5, 2026.',
    })
    expect((await latest()).state).toBe('submitted')
  })
  it('denied, prepared again: the old dates do not stay on the new request', async () => {
    await requestAuthorization(test, story, 'submitted')
    await move('deny', '2026-10-05')
    await move('resubmit', '2026-10-06')
    expect(await latest()).toMatchObject({ state: 'drafting', sentOn: null, decidedOn: null, expectedOn: null })
    expect((await latest()).history.map((step) => step.event)).toEqual(['submit', 'deny', 'resubmit'])
  })
  it('a second editor is told, not overwritten', async () => {
    const id = await requestAuthorization(test, story, 'drafting')
    const { version } = await latest()
    await test.call('authorization.update', { id, version, details: { contact: 'Lee' } })
    const again = test.call('authorization.update', { id, version, details: { contact: 'Max' } })
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' })
  })
  it('an approval with another amount shows the difference', async () => {
    await requestAuthorization(test, story, 'submitted')
    const lines = (await latest()).lines.map((line) => ({ ...line, approvedCents: 60000 }))
    await move('approve_modified', '2026-10-02', { lines })
    expect((await latest()).findings.map((finding) => finding.message)).toContain(
      'Differs from the request: D3353 #8: $600.00 of $850.00',
    )
  })
})

describe('what speaks against it', () => {
  it('rows 26, 35: treated while the required authorization is open', async () => {
    await requestAuthorization(test, story, 'submitted')
    await setVisits(test, story.caseId, 3, 'Emergency')
    expect((await latest()).findings.map((finding) => finding.id)).toContain('treated_without_approval')
  })
  it('row 26: a visit is not done while the required authorization is open, unless a reason is kept', async () => {
    await requestAuthorization(test, story, 'submitted')
    await expect(setVisits(test, story.caseId, 1)).rejects.toMatchObject({
      code: 'REFUSED',
      details: { overridable: true, reasons: [expect.stringContaining('not approved: sent')] },
    })
    expect((await view()).treatment).toBe('planned')
    await setVisits(test, story.caseId, 1, 'Acute pain')
    const { timeline, treatment } = await view()
    expect(treatment).toBe('in_progress')
    expect(timeline.find((entry) => entry.text.includes('Acute pain'))).toMatchObject({ on: '2026-11-23', user: 'Ana' })
    const { rows } = await test.call('audit.list', { entityId: story.caseId })
    expect(rows.find((row) => row.reason.includes('Acute pain'))).toMatchObject({ user: 'Ana' })
  })
  it('row 26: neither the state of the case nor a dated line goes around it', async () => {
    await requestAuthorization(test, story, 'submitted')
    const { version, lines } = await view()
    const id = story.caseId
    const begin = test.call('case.update', { id, version, changes: { treatment: 'in_progress' } })
    await expect(begin).rejects.toMatchObject({ details: { overridable: true } })
    const dated = lines.map(({ seq: _seq, ...line }) => ({ ...line, serviceDate: '2026-11-20' }))
    const date = test.call('case.setLines', { id, version, lines: dated })
    await expect(date).rejects.toMatchObject({ details: { overridable: true } })
  })
  it('row 26: an approved one, an estimate, or one that nobody needs holds nothing back', async () => {
    await requestAuthorization(test, story, 'submitted', 'estimate')
    await setVisits(test, story.caseId, 1)
    const other = await createD3353(test, 0, { name: 'Another Plan' })
    await requestAuthorization(test, other, 'approved')
    await setVisits(test, other.caseId, 3)
    expect((await test.call('case.get', { id: other.caseId })).treatment).toBe('done')
  })
  it('row 26: needed by the payer’s answer but never asked for is open too', async () => {
    const check = { kind: 'authorization_need', coverageId: null, code: 'D3353', answer: 'yes' } as const
    await test.call('case.recordBenefit', { id: story.caseId, check: { ...check, checkedOn: '2026-11-20' } })
    await expect(setVisits(test, story.caseId, 1)).rejects.toMatchObject({ details: { overridable: true } })
  })
  it('row 27: a planned visit after the approval ends', async () => {
    await requestAuthorization(test, story, 'submitted')
    await move('approve', '2026-10-02', { details: { validTo: '2026-11-10' } })
    expect((await latest()).findings.map((finding) => finding.id)).toContain('visit_after_expiry')
  })
})

describe('lists', () => {
  it('open ones, expiring ones and approved ones whose patient was not called are pages of their own', async () => {
    const listed = async (list: 'open' | 'expiring' | 'not_called' | 'not_booked' | 'all') =>
      (await test.call('authorization.list', { list })).rows.length
    const id = await requestAuthorization(test, story, 'approved')
    expect(await listed('open')).toBe(0)
    expect(await listed('not_called')).toBe(1)
    expect(await listed('expiring')).toBe(0)
    const { version } = await latest()
    const details = { patientCalledOn: '2026-11-20', validTo: '2026-12-01' }
    await test.call('authorization.update', { id, version, details })
    expect(await listed('not_called')).toBe(0)
    expect(await listed('expiring')).toBe(1)
    expect(await latest()).toMatchObject({ validBasis: 'From the decision' })
  })
  it('pages do not repeat or lose rows', async () => {
    await requestAuthorization(test, story, 'drafting')
    await requestAuthorization(test, await createD3353(test, 0, { name: 'B' }), 'submitted')
    await requestAuthorization(test, await createD3353(test, 0, { name: 'C' }), 'submitted')
    const seen: string[] = []
    for (let after: string | null = null, more = true; more; more = after !== null) {
      const page: OutputOf<'authorization.list'> = await test.call('authorization.list', {
        after,
        limit: 1,
      })
      seen.push(...page.rows.map((row) => row.id))
      after = page.next
      expect(page.counts).toMatchObject({ open: 3, unanswered: 2 })
    }
    expect(new Set(seen).size).toBe(3)
    expect(seen).toHaveLength(3)
  })
})
