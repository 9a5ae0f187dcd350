// Rules of payers on a real file: they reach the code, the list of papers, the request and the claim, and say where they are used.
import { beforeAll, afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { PayerId } from '#core/ids.ts'
import { createCrown, type Crown } from '#test/helpers/crown.ts'
import { addRule, bodyOf, perTooth } from '#test/helpers/payer-rules.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let payerId: PayerId
let crown: Crown
let count = 0
const CROWNS = ['D2710-D2794']
beforeAll(async () => {
  test = await openTestHost()
})
afterAll(() => test.close())

/** An earlier crown of March 2022 on tooth 3, and the case of a new one, with a payer of its own. */
beforeEach(async () => {
  const name = `Payer ${(count += 1)}`
  crown = await createCrown(test, [{ code: 'D2740', serviceDate: '2026-11-10' }], { name })
  payerId = (await test.call('payer.list', { text: name })).payers.find((one) => one.name === name)!.id
  const { patientId, coverageId } = crown
  const { id } = await test.call('case.create', { patientId, coverageId, guideId: 'crowns', tooth: '3', area: null })
  const { version } = await test.call('case.get', { id })
  const line = { code: 'D2750', role: 'main', tooth: '3', area: null, visitId: null, feeCents: 90000 } as const
  await test.call('case.setLines', {
    id,
    version,
    overrideReason: 'Before',
    lines: [{ ...line, serviceDate: '2022-03-15' }],
  })
})
const limit = (change = {}) => addRule(test, payerId, perTooth(1, 60), { codes: CROWNS, ...change })
const list = () => test.call('payerRule.list', { payerId })
const findings = async () => {
  const { choice } = await test.call('case.get', { id: crown.caseId })
  return choice.findings.filter(({ id }) => /payer_|frequency_/.test(id)).map(({ message }) => message)
}
const REFUSED =
  'D2740 on tooth 3: refused until Mar 15, 2027. Limit 1 per tooth in 60 months. On file: D2750 Mar 15, 2022.'

describe('a rule of the office', () => {
  it('row 29: a payer’s rule is a finding of the code, the claim and the request, in place of the guide’s habit', async () => {
    expect(await findings()).toEqual([expect.stringContaining('Mostly once per tooth')])
    const { id } = await limit()
    expect(await findings()).toEqual([REFUSED])
    await test.call('claim.create', { caseId: crown.caseId, coverageId: null })
    const [claim] = (await test.call('claim.forCase', { caseId: crown.caseId })).claims
    expect(claim!.findings.filter((one) => one.message.includes('Mar 15, 2027'))).toMatchObject([
      { severity: 'warn', source: 'The office’s own rule: Provider manual, seen Nov 20, 2026' },
    ])
    await test.call('authorization.create', { caseId: crown.caseId, kind: 'estimate', coverageId: null })
    const { authorizations } = await test.call('authorization.forCase', { caseId: crown.caseId })
    expect(authorizations[0]!.findings.map(({ message }) => message)).toContain(REFUSED)
    expect(await test.call('payerRule.uses', { payerId, ruleId: id })).toEqual({
      uses: [{ caseId: crown.caseId, patientName: 'Tester, Alex', code: 'D2740', what: REFUSED }],
      more: 0,
    })
  })
  // Bug: the first words of a payer’s “no limit is reached” stood beside a refusal.
  it('gives way to what the payer answered for this tooth', async () => {
    await limit()
    const { caseId, coverageId } = crown
    const check = { kind: 'frequency', coverageId, code: 'D2740', answer: 'yes', checkedOn: '2026-11-20' } as const
    await test.call('case.recordBenefit', { id: caseId, check })
    await test.call('claim.create', { caseId, coverageId: null })
    const [claim] = (await test.call('claim.forCase', { caseId })).claims
    expect(claim!.findings.find((one) => one.message.includes('Mar 15, 2027'))).toMatchObject({ severity: 'info' })
  })
  it('of the patient’s plan comes before the payer’s', async () => {
    await limit()
    const { plans } = await test.call('plan.list', { payerId })
    await addRule(test, payerId, perTooth(1, 48), { codes: CROWNS, planId: plans[0]!.id })
    expect(await findings()).toEqual([])
  })
  it('answers whether an authorization is needed, and what somebody was told weighs more', async () => {
    const need = async () => (await test.call('authorization.forCase', { caseId: crown.caseId })).need
    expect(await need()).toMatchObject({ answer: 'unknown', rule: null })
    await addRule(test, payerId, { topic: 'need', need: 'required' }, { codes: CROWNS })
    expect(await need()).toMatchObject({ answer: 'yes', check: null, rule: { text: 'Required' } })
    const { coverageId, caseId } = crown
    const check = {
      kind: 'authorization_need',
      coverageId,
      code: 'D2740',
      answer: 'no',
      checkedOn: '2026-11-20',
    } as const
    await test.call('case.recordBenefit', { id: caseId, check })
    expect(await need()).toMatchObject({ answer: 'no', rule: null })
  })
  it('is changed in the version that was seen, and taken away', async () => {
    const { id } = await limit()
    const rule = {
      payerId,
      planId: null,
      replaces: null,
      isOff: false,
      body: bodyOf(perTooth(1, 48), { codes: CROWNS }),
    }
    await test.call('payerRule.update', { id, version: 1, rule })
    expect(await findings()).toEqual([])
    await expect(test.call('payerRule.update', { id, version: 1, rule })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(test.call('payerRule.remove', { id, version: 1 })).rejects.toMatchObject({ code: 'CONFLICT' })
    await test.call('payerRule.remove', { id, version: 2 })
    expect((await list()).own).toEqual([])
  })
  it('needs a source and a term that says something', async () => {
    await expect(limit({ source: '' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const nothing = { topic: 'age', from: null, through: null } as const
    await expect(addRule(test, payerId, nothing)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('shipped rules', () => {
  const link = async (rulesKey: string) => {
    const known = (await test.call('payer.list', { text: '' })).payers.find(({ id }) => id === payerId)!
    const { id, version, ...payer } = known
    await test.call('payer.update', { id, version, payer: { ...payer, rulesKey } })
  }
  const shipped = async () => (await list()).rules.find(({ id }) => id === 'uhc.frequency')
  it('hold once the payer is linked, and the office’s own stands in place of one', async () => {
    await link('uhc')
    expect(await findings()).toEqual([expect.stringContaining('refused until Mar 15, 2027')])
    const { id: _, origin: _o, name: _n, planId: _p, depth: _d, ...body } = (await shipped())!
    const own = { ...body, term: perTooth(1, 48), source: 'Contract of 2026' }
    const rule = { payerId, planId: null, replaces: 'uhc.frequency', isOff: false, body: own }
    await test.call('payerRule.add', { rule })
    expect(await findings()).toEqual([])
    expect(await shipped()).toBeUndefined()
    const [kept] = (await list()).own
    expect(kept).toMatchObject({ changes: [], basis: { term: { period: 60 } } })
  })
  // Bug: an update of the app silently changed by what an office had decided to go.
  it('that are shipped anew overwrite nothing: the difference is shown until somebody has looked', async () => {
    await link('uhc')
    const { id } = await addRule(test, payerId, perTooth(1, 48), { codes: CROWNS, replaces: 'uhc.frequency' })
    // As an older version of the app shipped it.
    test.host
      .vault!.sqlite.prepare(
        "UPDATE payer_rule SET basis_json = json_set(basis_json, '$.term.period', 84) WHERE id = ?",
      )
      .run(id)
    const [old] = (await list()).own
    expect(old!.changes).toEqual([
      {
        what: 'Rule',
        was: expect.stringContaining('in 84 months'),
        now: expect.stringContaining('in 60 months'),
      },
    ])
    expect(await findings()).toEqual([])
    const { payerId: of, planId, body, replaces, isOff } = old!
    await test.call('payerRule.update', { id, version: 1, rule: { payerId: of, planId, body, replaces, isOff } })
    expect((await list()).own[0]!.changes).toEqual([])
  })
  it('one that does not hold is put out of force, and brought back', async () => {
    await link('uhc')
    const { id: key, origin: _o, name: _n, planId: _p, depth: _d, ...body } = (await shipped())!
    const { id } = await test.call('payerRule.add', {
      rule: { payerId, planId: null, body, replaces: key, isOff: true },
    })
    expect(await shipped()).toBeUndefined()
    expect(await findings()).toEqual([expect.stringContaining('Mostly once per tooth')])
    await test.call('payerRule.remove', { id, version: 1 })
    expect(await shipped()).toBeDefined()
  })
})

it('“Try it” answers in a sentence, with the rule behind it', async () => {
  await limit()
  const trial = { payerId, planId: null, tooth: '3', area: null, birthDate: null, coveredFrom: null, on: '2026-11-23' }
  const { verdicts } = await test.call('payerRule.try', { ...trial, code: 'D2740', lastOn: '2022-03-15' })
  expect(verdicts).toMatchObject([
    {
      tone: 'warn',
      words: expect.stringMatching(/^For D2740 on #3, last done Mar 15, 2022: refused until Mar 15, 2027/),
      rule: { origin: 'office', source: 'Provider manual' },
    },
  ])
})
