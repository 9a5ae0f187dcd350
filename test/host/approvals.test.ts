// Approvals as payers give them: by place and unit, with windows of their own, extended and replaced, each payer for itself.
import { describe, expect, it } from 'vitest'
import {
  ask,
  caseId,
  claim,
  cover,
  coverageId,
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
} from '#test/helpers/crown-desk.ts'
import { days } from '#test/helpers/payer-rules.ts'

useCrownDesk()

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
    await crown([TOOTH_3], {
      rulesKey: 'northeast-delta',
      terms: [days('appeal', 90, 'cd'), days('filing', 365, 'cd')],
    })
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
