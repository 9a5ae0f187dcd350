// Approvals as payers give them: by place and unit, with windows of their own, extended, replaced, taken over, appealed, under coverages that end.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthorizationEvent } from '#core/authorization/schema.ts'
import type { InputOf } from '#core/contract/index.ts'
import type { AuthorizationId, CaseId, CoverageId, PatientId } from '#core/ids.ts'
import type { CoverageInput, PayerInput } from '#core/patient.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let patientId: PatientId
let coverageId: CoverageId
let caseId: CaseId
const address = { street: '5 Example Rd', city: 'Springfield', state: 'IL', zip: '62701' }
const person = { lastName: 'Tester', firstName: 'Alex', birthDate: '1980-04-12', gender: 'F' as const, address }
const TOOTH_3 = { code: 'D2740', tooth: '3' }

beforeEach(async () => {
  test = await openTestHost()
  patientId = (await test.call('patient.add', { patient: person })).id
})
afterEach(() => test.close())

async function cover(name: string, payer: Partial<PayerInput> = {}, coverage: Partial<CoverageInput> = {}) {
  const { id: payerId } = await test.call('payer.add', { payer: { name, payerCode: '99999', ...payer } })
  const { id: planId } = await test.call('plan.add', { plan: { payerId, name: `${name} PPO` } })
  const subscriber = { ...person, employer: '' }
  const { id } = await test.call('coverage.add', {
    coverage: { patientId, planId, memberId: `M-${name.length}`, relation: 'self', subscriber, ...coverage },
  })
  return id
}
interface Wanted {
  code: string
  tooth?: string
  area?: '10' | '20' | '30' | '40'
  serviceDate?: string
  feeCents?: number
}
/** A case of a crown under a plan of Harbor Mutual. */
async function crown(lines: Wanted[], payer: Partial<PayerInput> = {}, coverage: Partial<CoverageInput> = {}) {
  coverageId = await cover('Harbor Mutual', payer, coverage)
  const { providers } = await test.call('provider.list', {})
  const providerId = providers[0]!.id
  const about = { patientId, guideId: 'crowns', tooth: '3', area: null, coverageId, providerId }
  caseId = (await test.call('case.create', about)).id
  await test.call('case.decide', { id: caseId, codes: ['D2740'], providerId, overrideReason: 'Dentist chose' })
  await plan(lines)
}
async function plan(lines: Wanted[], overrideReason = 'Emergency') {
  const view = await test.call('case.get', { id: caseId })
  await test.call('case.setLines', {
    id: caseId,
    version: view.version,
    overrideReason,
    lines: lines.map((line, at) => ({
      ...(view.lines[at] && { id: view.lines[at].id }),
      visitId: null,
      role: at === 0 ? ('main' as const) : ('additional' as const),
      tooth: null,
      area: null,
      feeCents: 125_000,
      serviceDate: null,
      ...line,
    })),
  })
}
const requests = async () => (await test.call('authorization.forCase', { caseId })).authorizations
const one = async (id?: AuthorizationId) => (await requests()).find((each) => id === undefined || each.id === id)!
type More = Partial<Omit<InputOf<'authorization.transition'>, 'id' | 'version' | 'event' | 'on'>>
async function move(event: AuthorizationEvent, on: string, more: More = {}, id?: AuthorizationId) {
  const request = await one(id)
  const gapReason = event === 'submit' ? 'papers follow' : ''
  await test.call('authorization.transition', {
    id: request.id,
    version: request.version,
    event,
    on,
    gapReason,
    ...more,
  })
}
async function ask(sentOn: string, coverage: CoverageId | null = null) {
  const { id } = await test.call('authorization.create', { caseId, kind: 'required', coverageId: coverage })
  await move('submit', sentOn, {}, id)
  return id
}
async function claim(coverage: CoverageId | null = null) {
  const { id } = await test.call('claim.create', { caseId, coverageId: coverage })
  return (await test.call('claim.forCase', { caseId })).claims.find((each) => each.id === id)!
}
type Claim = Awaited<ReturnType<typeof claim>>
const said = (drafted: Pick<Claim, 'findings'>, about: RegExp) =>
  drafted.findings.filter((each) => about.test(each.field + each.message)).map((each) => each.message)
const rings = async () => (await test.call('authorization.clocks', {})).clocks
const kinds = async () => (await rings()).map((each) => each.kind)

describe('by place and unit (desk case A1)', () => {
  const mixed = async () => {
    await crown([TOOTH_3, { code: 'D2740', tooth: '14' }])
    await ask('2026-09-01')
    const lines = (await one()).lines.map((line) => ({
      ...line,
      approvedQuantity: line.tooth === '3' ? 1 : 0,
      approvedCode: line.tooth === '3' ? 'D2740' : null,
    }))
    await move('approve_modified', '2026-09-10', { lines, details: { reference: 'PA-1', validTo: '2027-03-09' } })
  }
  // Bug: the tooth that was refused was claimed under the number of the one granted, and nothing was said.
  it('the refused tooth of a mixed decision is not covered, and is named', async () => {
    await mixed()
    await plan([TOOTH_3, { code: 'D2740', tooth: '14', serviceDate: '2026-10-20' }])
    expect(said(await claim(), /approved/)).toEqual(['D2740 #14 was not approved (0 approved).'])
    expect((await one()).findings.map((each) => each.message)).toContain(
      'Differs from the request: D2740 #14: not approved',
    )
  })
  it('units on a claim that was sent are used up; a corrected claim uses its own again', async () => {
    await mixed()
    await plan([{ ...TOOTH_3, serviceDate: '2026-10-20' }])
    const first = await claim()
    expect(said(first, /authorization|approved/i)).toEqual([])
    const { id, version } = first
    const sent = { event: 'send', on: '2026-11-01', channel: 'mail', reason: 'papers follow' } as const
    await test.call('claim.transition', { id, version, ...sent })
    await plan([
      { ...TOOTH_3, serviceDate: '2026-10-20' },
      { ...TOOTH_3, serviceDate: '2026-11-20' },
    ])
    expect(said(await claim(), /claimed before/)).toEqual([
      'D2740 #3: 1 billed, 1 in the authorization, 1 claimed before.',
    ])
    const corrected = await test.call('claim.create', { caseId, coverageId: null, replacesId: id })
    const { claims } = await test.call('claim.forCase', { caseId })
    expect(
      said(
        claims.find((each) => each.id === corrected.id)!,
        /claimed before/,
      ),
    ).toEqual([])
  })
  it('a quadrant is asked for, decided and claimed as a quadrant', async () => {
    await crown([
      { code: 'D4341', area: '10' },
      { code: 'D4341', area: '20' },
    ])
    await ask('2026-09-01')
    expect((await one()).lines.map((line) => line.area)).toEqual(['10', '20'])
    const lines = (await one()).lines.map((line) => ({ ...line, approvedQuantity: line.area === '10' ? 1 : 0 }))
    await move('approve_modified', '2026-09-10', { lines, details: { reference: 'PA-1', validTo: '2027-03-09' } })
    await plan([
      { code: 'D4341', area: '10', serviceDate: '2026-10-20' },
      { code: 'D4341', area: '20', serviceDate: '2026-10-20' },
    ])
    expect(said(await claim(), /approved/)).toEqual(['D4341 Upper left quadrant was not approved (0 approved).'])
    const { html } = await test.call('document.render', {
      kind: 'authorization-request',
      id: (await one()).id,
      reason: 'look',
    })
    expect(html).toContain('Upper left quadrant')
  })
})

describe('windows as payers give them', () => {
  // Bug: a retroactive approval was refused, or began on the day of the decision and missed the emergency (A4).
  it('one that lies before the decision is kept and covers its days; an end before its beginning is refused', async () => {
    await crown([{ ...TOOTH_3, serviceDate: '2026-10-01' }])
    await ask('2026-10-03')
    const details = { reference: 'RETRO-1', validFrom: '2026-10-01', validTo: '2026-10-31' }
    await expect(
      move('approve', '2026-11-10', { details: { ...details, validTo: '2026-09-30' } }),
    ).rejects.toMatchObject({
      message: 'Validity cannot end before it begins on Oct 1, 2026.',
    })
    await move('approve', '2026-11-10', { details })
    expect(await one()).toMatchObject({
      validFrom: '2026-10-01',
      validTo: '2026-10-31',
      validBasis: 'From the decision',
    })
    const { id, version } = await one()
    await test.call('authorization.update', { id, version, details: { validTo: '2026-10-15' } })
    const drafted = await claim()
    expect(drafted.form.authorizationNumber).toBe('RETRO-1')
    expect(said(drafted, /authorizationNumber/)).toEqual([])
  })

  const two = async () => {
    await crown([TOOTH_3])
    await ask('2026-04-01')
    await move('approve', '2026-04-10', { details: { reference: 'PA-OLD', validTo: '2026-10-07' } })
    const newer = await ask('2026-09-20')
    const details = { reference: 'PA-NEW', validFrom: '2026-10-08', validTo: '2027-04-05' }
    await move('approve', '2026-10-01', { details }, newer)
  }
  // Bug: the old approval rang “not called”, “expired” and “claim does not fit” beside the new one (A9).
  it('a newer approval of the same silences the old one, in the clocks and in the lists', async () => {
    await two()
    expect(await kinds()).toEqual(['not_called'])
    const { rows, counts } = await test.call('authorization.list', { list: 'not_called' })
    expect(rows.map((row) => row.reference)).toEqual(['PA-NEW'])
    expect(counts).toMatchObject({ expiring: 0 })
  })
  // Bug: the newest was taken, and a service in the window of the old one lay “before the authorization began” (A9).
  it.each([
    ['2026-09-15', 'PA-OLD'],
    ['2026-11-10', 'PA-NEW'],
  ])('a claim for %s carries %s', async (serviceDate, number) => {
    await two()
    await plan([{ ...TOOTH_3, serviceDate }])
    const drafted = await claim()
    expect(drafted.form.authorizationNumber).toBe(number)
    expect(said(drafted, /authorizationNumber/)).toEqual([])
    expect(await kinds()).not.toContain('claim_mismatch')
  })

  const expired = async () => {
    await crown([TOOTH_3])
    await ask('2026-04-01')
    await move('approve', '2026-04-10', { details: { reference: 'PA-1', validTo: '2026-10-07' } })
    await move('expire', '2026-10-08')
  }
  // Bug: there was no step for it: the end could be typed over, and the approval stayed expired and silent (A6).
  it('extended: approved again under the same number, with who said so in the history, and its clocks ring', async () => {
    await expired()
    const { id, version } = await one()
    const typedOver = test.call('authorization.update', { id, version, details: { validTo: '2027-01-05' } })
    await expect(typedOver).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('Payer extends it'),
    })
    const details = { validTo: '2027-01-05', contact: 'Dana, call 4711' }
    await expect(
      move('extend', '2026-10-20', { details: { ...details, validTo: '2026-10-07' } }),
    ).rejects.toMatchObject({
      message: 'An extension ends after Oct 7, 2026.',
    })
    await expect(move('extend', '2026-10-20', { details: { validTo: '2027-01-05' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await move('extend', '2026-10-20', { details })
    expect(await one()).toMatchObject({
      state: 'approved',
      reference: 'PA-1',
      validTo: '2027-01-05',
      validBasis: 'Extended Oct 20, 2026: Dana, call 4711',
    })
    expect((await one()).history.at(-1)).toMatchObject({
      event: 'extend',
      on: '2026-10-20',
      note: 'Valid to Jan 5, 2027. Dana, call 4711',
    })
    expect(await kinds()).toEqual(['not_called'])
    await plan([{ ...TOOTH_3, serviceDate: '2026-11-10' }])
    const drafted = await claim()
    expect(drafted.form.authorizationNumber).toBe('PA-1')
    expect(said(drafted, /authorizationNumber/)).toEqual([])
  })
  it('what was done before it was marked as expired is still covered by it', async () => {
    await expired()
    await plan([{ ...TOOTH_3, serviceDate: '2026-09-15' }])
    const drafted = await claim()
    expect(drafted.form.authorizationNumber).toBe('PA-1')
    expect(said(drafted, /authorizationNumber/)).toEqual([])
  })
  it('replaced: silent, keeps its own number, and the history names the new one', async () => {
    await crown([TOOTH_3])
    await ask('2026-10-01')
    await move('approve', '2026-10-10', { details: { reference: 'PA-1' } })
    await move('replace', '2026-11-01', { details: { reference: 'PA-2', contact: 'Letter of Oct 30' } })
    expect(await one()).toMatchObject({ state: 'replaced', reference: 'PA-1', events: [] })
    expect((await one()).history.at(-1)?.note).toBe('By No. PA-2. Letter of Oct 30')
    expect((await rings()).filter((each) => each.kind !== 'need_unknown')).toEqual([])
  })
})

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

describe('row 26: each payer for itself (desk case A10)', () => {
  // Bug: one approved request of any payer opened the treatment.
  it('the secondary’s approval does not open what the primary denied', async () => {
    await crown([TOOTH_3])
    const second = await cover('Blue Ridge Dental', { kind: 'medicaid' }, { order: 'secondary' })
    const first = await ask('2026-09-01', coverageId)
    const other = await ask('2026-09-01', second)
    await move('approve', '2026-09-10', { details: { reference: 'SEC-1', validTo: '2027-03-09' } }, other)
    await move('deny', '2026-09-12', {}, first)
    await expect(plan([{ ...TOOTH_3, serviceDate: '2026-10-20' }], '')).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('The required authorization of Harbor Mutual is not approved: denied.'),
      details: { overridable: true },
    })
    await plan([{ ...TOOTH_3, serviceDate: '2026-10-20' }], 'Patient pays herself')
  })
})

describe('shipped payer rules (desk case A11b)', () => {
  // Bug: answer and appeal days of a linked rule were read nowhere: 14 business days were assumed.
  it('say when the answer is due, how long an approval holds and until when a denial is appealed', async () => {
    await crown([TOOTH_3], { rulesKey: 'dentaquest-tx', kind: 'medicaid' })
    await ask('2026-06-01')
    expect(await one()).toMatchObject({
      expectedOn: '2026-06-04',
      expectedBasis: expect.stringMatching(/^3 business days\. DentaQuest, Texas Medicaid: from submission/),
    })
    await move('approve', '2026-06-08')
    expect(await one()).toMatchObject({
      validTo: '2026-12-05',
      validBasis: expect.stringContaining('180 days. DentaQuest'),
    })
  })
  it('a figure for required authorizations says nothing of an estimate', async () => {
    await crown([TOOTH_3], { rulesKey: 'dentaquest-tx' })
    const { id } = await test.call('authorization.create', { caseId, kind: 'estimate', coverageId: null })
    await move('submit', '2026-06-01', {}, id)
    expect((await one()).expectedBasis).toBe('Assumed: 14 business days. Check with the payer')
  })
  it('stand beside the office’s own and the learned figure, and one counts', async () => {
    await crown([TOOTH_3], { rulesKey: 'northeast-delta', appealDays: 90, timelyFilingDays: 365 })
    const { payers } = await test.call('payer.list', { text: 'Harbor' })
    const { id } = payers[0]!
    const { rows } = await test.call('payer.figures', { id })
    const appeal = rows.find((row) => row.topic === 'appeal')!
    expect(appeal.figures.map(({ origin, count, unit, counts }) => [origin, count, unit, counts])).toEqual([
      ['office', 90, 'cd', true],
      ['shipped', 6, 'mo', false],
      ['assumed', 180, 'cd', false],
    ])
    expect(rows.find((row) => row.topic === 'filing')?.figures).toMatchObject([{ origin: 'office', counts: true }])
  })
  it('a rule that is linked later moves the clocks of open cases', async () => {
    await crown([{ ...TOOTH_3, serviceDate: '2026-06-01' }], {})
    await claim()
    const timely = async () =>
      (await test.call('today.list', {})).rows.flatMap((row) => row.reason.match(/Timely filing .*/)?.[0] ?? [])
    expect(await timely()).toEqual([])
    const { payers } = await test.call('payer.list', { text: 'Harbor' })
    const { id, version, ...payer } = payers[0]!
    await test.call('payer.update', { id, version, payer: { ...payer, rulesKey: 'new-york-medicaid' } })
    expect(await timely()).toEqual(['Timely filing ends Aug 30, 2026'])
  })
})

describe('a denied authorization is appealed (desk case A14)', () => {
  const denied = async (details: More['details'] = {}, note = 'Not necessary by the film') => {
    await crown([TOOTH_3], { appealDays: 60 })
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
