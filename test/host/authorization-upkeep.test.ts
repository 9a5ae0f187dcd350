// What follows by itself: stale approvals, requests prepared again, the payer's own figure. Nobody has to touch the case.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthorizationEvent } from '#core/authorization/schema.ts'
import { addBusinessDays, addDays } from '#core/dates.ts'
import type { InputOf } from '#core/contract/index.ts'
import { type D3353, openUntreated, setVisits } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openUntreated()
})
afterEach(() => test.close())

const one = async () => (await test.call('authorization.forCase', { caseId: story.caseId })).authorizations[0]!
const start = (coverageId = story.coverageId) =>
  test.call('authorization.create', { caseId: story.caseId, kind: 'required', coverageId })
async function move(
  event: AuthorizationEvent,
  on: string,
  more: Partial<InputOf<'authorization.transition'>> = {},
): Promise<void> {
  const { id, version } = await one()
  await test.call('authorization.transition', { id, version, event, on, gapReason: 'films follow', ...more })
}
const approve = async () => {
  await start()
  await move('submit', '2026-11-02')
  await move('approve', '2026-11-20')
}
const stale = async () =>
  (await test.call('authorization.list', { list: 'stale' })).rows.map((row) => row.reason.replace(/^.*valid: /, ''))
const rings = async () => (await test.call('authorization.clocks', {})).clocks
const coverageOf = async (id = story.coverageId) => {
  const { coverages } = await test.call('patient.get', { id: story.patientId })
  const {
    version,
    payerName: _p,
    planName: _n,
    groupNumber: _g,
    payerId: _i,
    ...coverage
  } = coverages.find((each) => each.id === id)!
  return { version, coverage }
}
/** Another payer of the patient, asked second. */
async function secondCoverage() {
  const { id: payerId } = await test.call('payer.add', { payer: { name: 'Second Example Plan', payerCode: '88888' } })
  const plan = { payerId, name: 'Second', groupNumber: '', annualMaxCents: 100_000 }
  const { id: planId } = await test.call('plan.add', { plan })
  const { coverage } = await coverageOf()
  const { id } = await test.call('coverage.add', {
    coverage: { ...withoutId(coverage), planId, order: 'secondary', memberId: 'M-2' },
  })
  return { coverageId: id, planId, plan }
}
const withoutId = <Row extends { id: unknown }>({ id: _, ...rest }: Row) => rest

describe('an approval turns stale without anybody touching its case', () => {
  it('when the member ID changes, and is fresh once it is put right', async () => {
    await approve()
    const { version, coverage } = await coverageOf()
    const { id, ...facts } = coverage
    await test.call('coverage.update', { id, version, coverage: { ...facts, memberId: 'M-200' } })
    expect(await stale()).toEqual(['The member ID has changed'])
    await test.call('coverage.update', { id, version: version + 1, coverage: facts })
    expect(await stale()).toEqual([])
  })
  it('when the coverage is removed', async () => {
    await approve()
    const { version, coverage } = await coverageOf()
    await test.call('coverage.remove', { id: coverage.id, version, reason: 'left the job' })
    expect(await stale()).toEqual(['The coverage has changed'])
  })
  it('when the annual maximum of the plan changes', async () => {
    const { plans } = await test.call('plan.list', { payerId: null })
    const { id, version, payerName: _, ...plan } = plans[0]! as (typeof plans)[number] & { payerName?: string }
    await test.call('plan.update', { id, version, plan: { ...plan, annualMaxCents: 150_000 } })
    await approve()
    await test.call('plan.update', { id, version: version + 1, plan: { ...plan, annualMaxCents: 100_000 } })
    expect(await stale()).toEqual(['The plan’s annual maximum has changed'])
  })
  it('by the plan of the payer who was asked: the second one’s, not the first one’s', async () => {
    const second = await secondCoverage()
    await start(second.coverageId)
    await move('submit', '2026-11-02')
    await move('approve', '2026-11-20')
    const { version, coverage } = await coverageOf()
    const { id, ...facts } = coverage
    await test.call('coverage.update', { id, version, coverage: { ...facts, memberId: 'M-200' } })
    expect(await stale()).toEqual([])
    await test.call('plan.update', { id: second.planId, version: 1, plan: { ...second.plan, annualMaxCents: 50_000 } })
    expect(await stale()).toEqual(['The plan’s annual maximum has changed'])
  })
  it('a claim by another dentist than the approval names rings also after treatment', async () => {
    await approve()
    const { id: providerId } = await test.call('provider.add', {
      provider: { firstName: 'Sam', lastName: 'Sample', npi: '1245319599', license: 'L-2', taxonomy: '1223E0200X' },
    })
    await setVisits(test, story.caseId, 3)
    const { version } = await test.call('case.get', { id: story.caseId })
    await test.call('case.update', { id: story.caseId, version, changes: { providerId } })
    await test.call('claim.create', { caseId: story.caseId, coverageId: null })
    const mismatch = (await rings()).find((clock) => clock.kind === 'claim_mismatch')
    expect(mismatch?.reason).toContain('Another dentist treats')
  })
})

describe('a request prepared again', () => {
  it('keeps nothing of the approval before: the patient called then has to be called again', async () => {
    await start()
    await move('submit', '2026-05-04')
    const lines = (await one()).lines.map((line) => ({ ...line, approvedCode: 'D3353', approvedCents: 40_000 }))
    await move('approve', '2026-05-11', { lines, details: { validTo: '2026-11-01' } })
    const { id, version } = await one()
    const details = { patientCalledOn: '2026-05-12', bookedFor: '2026-06-01' }
    await test.call('authorization.update', { id, version, details })
    await move('expire', '2026-11-02')
    await move('resubmit', '2026-11-20')
    expect(await one()).toMatchObject({
      state: 'drafting',
      patientCalledOn: null,
      bookedFor: null,
      validTo: null,
      lines: [{ code: 'D3353', approvedCode: null, approvedCents: null }],
    })
    await move('submit', '2026-11-20')
    await move('approve', '2026-11-23')
    const { rows } = await test.call('authorization.list', { list: 'not_called' })
    expect(rows).toHaveLength(1)
  })
  it('rings two business days after it was begun anew, not by its first draft', async () => {
    test.setNow('2026-10-01T15:00:00')
    await start()
    await move('submit', '2026-10-01')
    test.setNow('2026-11-23T15:00:00')
    await move('deny', '2026-10-09')
    await move('resubmit', '2026-11-20')
    const unsent = (day: string) =>
      test.call('authorization.clocks', { today: day }).then(({ clocks }) => clocks.map((clock) => clock.kind))
    expect(await unsent('2026-11-23')).toEqual([])
    expect(await unsent('2026-11-24')).toEqual(['unsent_authorization'])
  })
  it('once the information is sent, the payer counts anew and says from when', async () => {
    await start()
    await move('submit', '2026-10-05')
    await move('request_info', '2026-11-02', { details: { infoDueOn: '2026-11-30' } })
    await move('answer_info', '2026-11-20')
    expect(await one()).toMatchObject({
      expectedOn: '2026-12-10',
      infoDueOn: null,
      expectedBasis: expect.stringContaining('from the day of the information'),
    })
    expect(await rings()).toEqual([])
  })
})

describe('days of the office', () => {
  const home = process.env['TZ']
  afterEach(() => {
    if (home === undefined) delete process.env['TZ']
    else process.env['TZ'] = home
  })
  // An evening whose UTC day is the next one, a morning whose UTC day is the one before, both nights of daylight saving.
  it.each([
    ['America/Los_Angeles', '2026-11-24T02:00:00.000Z', '2026-11-23'],
    ['Pacific/Kiritimati', '2026-11-23T15:00:00.000Z', '2026-11-24'],
    ['America/New_York', '2027-03-14T06:30:00.000Z', '2027-03-14'],
    ['America/New_York', '2027-11-07T04:30:00.000Z', '2027-11-07'],
  ])('a request begun in %s at %s counts from %s', async (zone, now, today) => {
    process.env['TZ'] = zone
    test.setNow(now)
    expect((await test.call('session.status', {})).today).toBe(today)
    await start()
    const unsent = async (day: string) =>
      (await test.call('authorization.clocks', { today: day })).clocks.map((clock) => clock.kind)
    const due = addBusinessDays(today, 2)
    expect(await unsent(addDays(due, -1))).toEqual([])
    expect(await unsent(due)).toEqual(['unsent_authorization'])
  })
})

describe('the payer’s own figure', () => {
  const own = async () =>
    (await test.call('authorization.figures', { from: '2026-01-01', to: '2026-12-31' })).turnaround.map((row) => [
      row.payerName,
      row.answers,
    ])
  const kept = () =>
    test.host.vault!.sqlite.prepare('SELECT name, own_answers FROM payer WHERE own_answers > 0 ORDER BY name').all()
  it('forgets an answer that is taken back', async () => {
    await approve()
    expect(kept()).toEqual([{ name: 'Sample Dental Plan', own_answers: 1 }])
    const { id, version } = await one()
    await test.call('authorization.undo', { id, version, reason: 'wrong patient' })
    expect(kept()).toEqual([])
  })
  it('is learned from an imported log, and gone when the import is taken back', async () => {
    const text = readFileSync('test/fixtures/authorization-log-200.csv', 'utf8')
    const { importId } = await test.call('authorization.import', { text })
    const learned = kept() as { name: string; own_answers: number }[]
    expect(learned.map((row) => [row.name, row.own_answers])).toEqual(await own())
    expect(learned.some((row) => row.own_answers >= 10)).toBe(true)
    await test.call('authorization.undoImport', { importId: importId! })
    expect(kept()).toEqual([])
  })
})

describe('an imported approval', () => {
  const imported = async () => {
    const { rows } = await test.call('authorization.list', { list: 'all' })
    return rows.find((row) => row.patientName === 'Sample, Alex')!.caseId
  }
  it('turns stale by what changes after it came in, not by what the log left open', async () => {
    const text = [
      'Patient,Birth date,Payer,Code,Tooth,Fee,Status,Sent,Decided',
      '"Sample, Alex",1/2/1990,Example Plan,D3330,19,$950.00,approved,10/01/2026,10/09/2026',
    ].join('\r\n')
    await test.call('authorization.import', { text })
    const caseId = await imported()
    const { providers } = await test.call('provider.list', {})
    const view = await test.call('case.get', { id: caseId })
    const { coverages } = await test.call('patient.get', { id: view.patient.id })
    const { id, version, payerName: _p, planName: _n, groupNumber: _g, payerId: _i, ...coverage } = coverages[0]!
    await test.call('coverage.update', { id, version, coverage: { ...coverage, memberId: 'M-7' } })
    await test.call('case.update', { id: caseId, version: view.version, changes: { providerId: providers[0]!.id } })
    expect(await stale()).toEqual([])
    const now = await test.call('case.get', { id: caseId })
    const lines = now.lines.map(({ id: lineId, visitId, code, role, tooth, area }) => ({
      id: lineId,
      visitId,
      code,
      role,
      tooth,
      area,
      feeCents: 99_000,
      serviceDate: null,
    }))
    await test.call('case.setLines', { id: caseId, version: now.version, lines })
    expect(await stale()).toEqual(['D3330: fee now $990.00, approved at $950.00'])
  })
  it('on which a narrative was written is not taken back, and says so', async () => {
    const text = 'Patient,Birth date,Code,Tooth\r\n"Sample, Alex",1/2/1990,D3330,19'
    const { importId } = await test.call('authorization.import', { text })
    const caseId = await imported()
    await test.call('narrative.save', { caseId, text: 'Our own words', version: 0 })
    await expect(test.call('authorization.undoImport', { importId: importId! })).rejects.toMatchObject({
      code: 'REFUSED',
    })
  })
})
