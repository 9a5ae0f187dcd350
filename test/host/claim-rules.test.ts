// Limits and bundling at claim time on a real host: counted from the record, overridden with a reason, answers offered again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BenefitCheckInput } from '#core/case/schema.ts'
import type { CaseId } from '#core/ids.ts'
import { createD3353, type D3353, openTreated, settleChecklist } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())

const claimOf = async (caseId: CaseId) => (await test.call('claim.forCase', { caseId })).claims[0]!
const rulesOf = async (caseId: CaseId) =>
  (await claimOf(caseId)).findings.filter((finding) => /^(conflict|frequency|answer)_/.test(finding.id))

/** Another case of the same patient with one line done. */
async function addCase(code: string, tooth: string, serviceDate: string): Promise<CaseId> {
  const { patientId, coverageId } = story
  const providerId = (await test.call('provider.list', {})).providers[0]!.id
  const input = { patientId, guideId: 'endodontics', tooth, area: null, coverageId, providerId }
  const { id } = await test.call('case.create', input)
  await setLine(id, { code, tooth, serviceDate })
  return id
}
async function setLine(id: CaseId, more: { code: string; tooth: string; serviceDate: string }) {
  const { version, lines } = await test.call('case.get', { id })
  const kept = lines.map(({ seq: _seq, ...line }) => line)
  const line = { visitId: null, role: 'main' as const, area: null, feeCents: 10000, ...more }
  await test.call('case.setLines', { id, version, lines: [...kept, line] })
}
async function send(caseId: CaseId, reason: string) {
  const { id, version } = await claimOf(caseId)
  const step = { id, version, event: 'send' as const, on: '2026-11-21', channel: 'mail' as const }
  await test.call('claim.transition', { ...step, reason })
}
const bundling = (more: Partial<BenefitCheckInput> = {}): BenefitCheckInput => ({
  kind: 'bundling',
  coverageId: story.coverageId,
  code: 'D3353',
  answer: 'yes',
  authorizationKind: null,
  source: 'Phone',
  representative: 'Lee',
  reference: 'C-7',
  checkedOn: '2026-11-10',
  note: 'Films are paid apart',
  ...more,
})

// Bug: a line that was entered anew got another id, and the claim was warned against the very service it bills.
it('a claim is not warned against its own service, also after the line was entered anew', async () => {
  await test.call('claim.create', { caseId: story.caseId, coverageId: null })
  const { version, lines } = await test.call('case.get', { id: story.caseId })
  const anew = lines.map(({ seq: _seq, id: _id, ...line }) => line)
  await test.call('case.setLines', { id: story.caseId, version, lines: anew })
  expect(await rulesOf(story.caseId)).toEqual([])
})

describe('row 29: limits at claim time', () => {
  it('an earlier service of another case is counted, also when the code step never saw it', async () => {
    await test.call('claim.create', { caseId: story.caseId, coverageId: null })
    expect(await rulesOf(story.caseId)).toEqual([])
    await addCase('D3353', '8', '2020-02-03')
    expect(await rulesOf(story.caseId)).toMatchObject([
      {
        severity: 'warn',
        message: 'D3353 on tooth 8: limit 1 in a lifetime. Counted: D3353 Feb 3, 2020. Once per tooth',
        source: 'dentalcode.com/code/d3353',
        confidence: 'reported',
      },
    ])
  })
  it('another tooth does not count, and a claim is not counted against itself or its correction', async () => {
    await addCase('D3353', '9', '2020-02-03')
    await test.call('claim.create', { caseId: story.caseId, coverageId: null })
    await send(story.caseId, 'Papers follow')
    const { id } = await claimOf(story.caseId)
    await test.call('claim.create', { caseId: story.caseId, coverageId: null, replacesId: id })
    expect((await claimOf(story.caseId)).frequency).toBe('replacement')
    expect(await rulesOf(story.caseId)).toEqual([])
  })
  it('sending in spite of a limit takes a reason, kept with user, date and what it overrode', async () => {
    await addCase('D3353', '8', '2020-02-03')
    await settleChecklist(test, story.caseId, 'claim')
    await test.call('claim.create', { caseId: story.caseId, coverageId: null })
    await expect(send(story.caseId, '')).rejects.toMatchObject({
      details: { reasons: expect.arrayContaining([expect.stringContaining('limit 1 in a lifetime')]) },
    })
    await send(story.caseId, 'New open root tip after resorption')
    const sent = await claimOf(story.caseId)
    expect(sent.history[0]).toMatchObject({ event: 'send', on: '2026-11-21', user: 'Ana' })
    expect(sent.history[0]!.note).toMatch(/New open root tip.*Despite: .*limit 1 in a lifetime/)
    const { rows } = await test.call('audit.list', { entityId: sent.id })
    expect(rows.find((row) => row.after?.includes('inSpiteOf'))).toMatchObject({
      user: 'Ana',
      reason: 'New open root tip after resorption',
    })
  })
})

describe('row 30: bundling answers', () => {
  it('an answer of another case is offered to the next one of the same payer and code, not of another payer', async () => {
    await test.call('case.recordBenefit', { id: story.caseId, check: bundling() })
    const next = await createD3353(test, 0, { name: 'Another Plan' })
    expect((await test.call('case.get', { id: next.caseId })).earlierChecks).toEqual([])
    const same = await addCase('D3353', '9', '2026-11-20')
    expect((await test.call('case.get', { id: same })).earlierChecks).toMatchObject([
      { kind: 'bundling', answer: 'yes', checkedOn: '2026-11-10', reference: 'C-7', note: 'Films are paid apart' },
    ])
    expect((await test.call('case.get', { id: same })).benefitChecks).toEqual([])
  })
  it('an unknown answer is not offered, and a later one replaces it', async () => {
    await test.call('case.recordBenefit', { id: story.caseId, check: bundling({ answer: 'unknown' }) })
    const same = await addCase('D3353', '9', '2026-11-20')
    expect((await test.call('case.get', { id: same })).earlierChecks).toEqual([])
    test.setNow('2026-11-24T15:00:00')
    await test.call('case.recordBenefit', { id: story.caseId, check: bundling({ answer: 'no', code: 'D3353' }) })
    expect((await test.call('case.get', { id: same })).earlierChecks).toMatchObject([{ answer: 'no' }])
  })
  it('on the claim it lowers the guide’s warning, and names payer, date and source of the rule', async () => {
    await test.call('case.recordBenefit', { id: story.caseId, check: bundling() })
    const same = await addCase('D3353', '9', '2026-11-20')
    await setLine(same, { code: 'D0230', tooth: '9', serviceDate: '2026-11-20' })
    await test.call('claim.create', { caseId: same, coverageId: story.coverageId })
    const [finding] = await rulesOf(same)
    expect(finding).toMatchObject({ severity: 'info', confidence: 'reported' })
    expect(finding!.message).toContain('The payer said on Nov 10, 2026: the lines are paid separately')
  })
})
