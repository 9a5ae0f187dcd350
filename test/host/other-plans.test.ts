// A patient with several plans on a real host: each later plan is told what every plan before it decided.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimId, CoverageId } from '#core/ids.ts'
import type { CoverageInput } from '#core/patient.ts'
import type { RemittanceInput } from '#core/remittance/schema.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { addFilm, type D3353, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())

type Adjustments = RemittanceInput['adjustments']
const PRIMARY: Adjustments = [
  { group: 'CO', carc: '45', cents: 25000 },
  { group: 'PR', carc: '2', cents: 12000 },
]
const SECONDARY: Adjustments = [
  { group: 'OA', carc: '23', cents: 73000 },
  { group: 'PR', carc: '2', cents: 2000 },
]
const reason = 'Films follow by mail'
const claims = async () => (await test.call('claim.forCase', { caseId: story.caseId })).claims

async function addPlan(
  name: string,
  payerCode: string,
  order: CoverageInput['order'],
  change: Partial<CoverageInput> & { kind?: 'commercial' | 'medicaid' } = {},
): Promise<CoverageId> {
  const { kind = 'commercial', ...more } = change
  const { id: payerId } = await test.call('payer.add', { payer: { name, payerCode, kind } })
  const { id: planId } = await test.call('plan.add', { plan: { payerId, name: `${name} PPO`, groupNumber: 'G' } })
  const subscriber = {
    lastName: 'Exampleton',
    firstName: 'Jo',
    birthDate: '1985-01-01',
    gender: 'U' as const,
    employer: '',
    address: { street: '5 Example Rd', city: 'Springfield', state: 'IL', zip: '62701' },
  }
  const { patientId } = story
  const coverage = { patientId, planId, order, memberId: `M${payerCode}`, relation: 'child' as const, subscriber }
  return (await test.call('coverage.add', { coverage: { ...coverage, ...more } })).id
}
const draft = async (coverageId: CoverageId) =>
  (await test.call('claim.create', { caseId: story.caseId, coverageId })).id
/** What the plan of this claim decided on its one line. */
async function post(id: ClaimId, paidCents: number, adjustments: Adjustments, payerClaimNumber = '') {
  const { lines } = (await claims()).find((one) => one.id === id)!
  const line = {
    claimLineId: lines[0]!.id,
    code: 'D3353',
    submittedCode: null,
    tooth: '8',
    billedCents: 85000,
    allowedCents: null,
    deductibleCents: 0,
    coinsuranceCents: 0,
    paidCents,
    adjustments,
    remarks: [],
  }
  const remittance = { claimId: id, eobDate: '2026-11-22', receivedOn: '2026-11-23', payerClaimNumber, lines: [line] }
  await test.call('remittance.post', { remittance })
}
/** A claim to this plan, sent and decided. */
async function decide(coverageId: CoverageId, ...decision: [number, Adjustments, string]) {
  const id = await draft(coverageId)
  await test.call('claim.export', { ids: [id], reason })
  await post(id, ...decision)
}
const exported = async (id: string) => {
  const { text } = await test.call('claim.export', { ids: [id], reason })
  const { file, problems } = readClaimFile(text)
  expect(problems).toEqual([])
  return { text, claim: file!.claims[0]! }
}
const segments = (text: string) => text.split(/~\s*/).filter(Boolean)

describe('a later plan', () => {
  // Bug (837d/54): the secondary's figures stood under the primary's name and id, and the secondary was absent.
  it('case 54: the third plan’s claim names each earlier payer with its own figures', async () => {
    const secondary = await addPlan('Second Plan', '88888', 'secondary')
    const tertiary = await addPlan('Third Plan', '77777', 'tertiary')
    await decide(story.coverageId, 48000, PRIMARY, 'PRIM')
    await decide(secondary, 10000, SECONDARY, 'SEC')
    const { text, claim } = await exported(await draft(tertiary))
    expect(claim.sequence).toBe('T')
    const wrong = segments(readFileSync('test/fixtures/edi/837d/54-tertiary.837', 'utf8'))
    const mine = segments(text)
    const from = (all: string[], id: string) => all.findIndex((one) => one.startsWith(id))
    // Up to the other payers, and from the line to its decisions, the case file was right.
    const same = (all: string[], begin: string, end: string) =>
      all.slice(from(all, begin), from(all, end)).filter((one) => !/^(CLM|REF\*6R)/.test(one))
    expect(same(mine, 'HL*1', 'SBR*P')).toEqual(same(wrong, 'HL*1', 'SBR*P'))
    expect(same(mine, 'LX*1', 'SVD')).toEqual(same(wrong, 'LX*1', 'SVD'))
    expect(mine.slice(from(mine, 'SBR*P'), from(mine, 'LX*1'))).toEqual([
      'SBR*P*19*G-1******CI',
      'AMT*D*480',
      'AMT*EAF*120',
      'OI***Y***Y',
      'NM1*IL*1*EXAMPLETON*KIM****MI*M-100',
      'NM1*PR*2*SAMPLE DENTAL PLAN*****PI*99999',
      'REF*F8*PRIM',
      'SBR*S*19*G******CI',
      'AMT*D*100',
      'AMT*EAF*20',
      'OI***Y***Y',
      'NM1*IL*1*EXAMPLETON*JO****MI*M88888',
      'NM1*PR*2*SECOND PLAN*****PI*88888',
      'REF*F8*SEC',
    ])
    expect(mine.slice(from(mine, 'SVD'), from(mine, 'SE*'))).toEqual([
      'SVD*99999*480*AD:D3353**1',
      'CAS*CO*45*250',
      'CAS*PR*2*120',
      'DTP*573*D8*20261122',
      'SVD*88888*100*AD:D3353**1',
      'CAS*OA*23*730',
      'CAS*PR*2*20',
      'DTP*573*D8*20261122',
    ])
  })
  it('a fourth plan is told of three, the second still of the first alone', async () => {
    const secondary = await addPlan('Second Plan', '88888', 'secondary')
    const tertiary = await addPlan('Third Plan', '77777', 'tertiary')
    const fourth = await addPlan('Fourth Plan', '66666', 'fourth', { kind: 'medicaid' })
    await decide(story.coverageId, 48000, PRIMARY, 'PRIM')
    const sent = await draft(secondary)
    const second = (await exported(sent)).claim
    expect(second.others.map((one) => [one.sequence, one.filing, one.paid?.cents ?? null])).toEqual([
      ['P', 'CI', 48000],
      ['T', 'CI', null],
      ['A', 'MC', null],
    ])
    expect(second.lines[0]!.decisions.map((one) => one.payerId)).toEqual(['99999'])
    await post(sent, 10000, SECONDARY)
    await decide(tertiary, 0, [{ group: 'OA', carc: '23', cents: 83000 }, SECONDARY[1]!], 'TER')
    const { claim } = await exported(await draft(fourth))
    expect(claim.sequence).toBe('A')
    expect(claim.others.map((one) => [one.sequence, one.payer.id, one.paid?.cents])).toEqual([
      ['P', '99999', 48000],
      ['S', '88888', 10000],
      ['T', '77777', 0],
    ])
  })
  it('says whose decision is missing, and which plan has no payer ID', async () => {
    await addPlan('Second Plan', '', 'secondary')
    const tertiary = await addPlan('Third Plan', '77777', 'tertiary')
    await decide(story.coverageId, 48000, PRIMARY, 'PRIM')
    const id = await draft(tertiary)
    const { findings } = (await test.call('claim.checkExport', { ids: [id] })).claims[0]!
    const words = findings.filter((one) => one.field.startsWith('otherCoverage')).map((one) => one.message)
    expect(words).toEqual([
      expect.stringContaining('decision of Second Plan is not posted'),
      expect.stringContaining('payer ID of Second Plan is missing'),
    ])
  })
  // A decision without an id of its payer would be told as that of nobody.
  it('stops a decision whose payer has no id', async () => {
    const secondary = await addPlan('Second Plan', '', 'secondary')
    const tertiary = await addPlan('Third Plan', '77777', 'tertiary')
    await decide(story.coverageId, 48000, PRIMARY, 'PRIM')
    const id = await draft(secondary)
    const { version } = (await claims()).find((one) => one.id === id)!
    const step = { id, version, event: 'send' as const, on: '2026-11-23', channel: 'mail' as const, reason }
    await test.call('claim.transition', step)
    await post(id, 10000, SECONDARY)
    await expect(exported(await draft(tertiary))).rejects.toMatchObject({
      details: { reasons: [expect.stringContaining('payer ID of Second Plan')] },
    })
  })
  it('a plan that had ended before the day of service is not named', async () => {
    await addPlan('Old Plan', '55555', 'secondary', { validTo: '2026-06-30' })
    const { claim } = await exported(await draft(story.coverageId))
    expect(claim.others).toEqual([])
  })
  // A corrected claim to the first plan decides anew: the figures of both together would count the charge twice.
  it('what a corrected claim decided takes the place of the first decision', async () => {
    const secondary = await addPlan('Second Plan', '88888', 'secondary')
    await decide(story.coverageId, 0, [{ group: 'CO', carc: '16', cents: 85000 }], 'ICN1')
    const [first] = await claims()
    const replacesId = first!.id
    const { id } = await test.call('claim.create', { caseId: story.caseId, coverageId: story.coverageId, replacesId })
    await test.call('claim.export', { ids: [id], reason })
    await post(id, 48000, PRIMARY, 'ICN2')
    const { claim } = await exported(await draft(secondary))
    expect(claim.others).toMatchObject([{ payerClaimNumber: 'ICN2', paid: { cents: 48000, patientCents: 12000 } }])
    expect(claim.lines[0]!.decisions).toMatchObject([{ paidCents: 48000 }])
  })
})

describe('a line that a plan before has not decided', () => {
  type Line = RemittanceInput['lines'][number]
  const ON_FILM: Line['adjustments'] = [{ group: 'CO', carc: '45', cents: 1000 }]
  const PENDED: Line['adjustments'] = [{ group: 'OA', carc: '133', cents: 3000 }]
  const WAITS = 'Sample Dental Plan has not decided line 2 (D0220 #8, $30.00)'
  /** A claim of two lines to the first plan, and its decision on as many of them as there are shares. */
  async function decideLines(...shares: [paidCents: number, Line['adjustments']][]) {
    await addFilm(test, story.caseId)
    const claimId = await sendClaim(test, story)
    const { lines } = (await claims()).find((one) => one.id === claimId)!
    const decided = shares.map(([paidCents, adjustments], at) => ({
      claimLineId: lines[at]!.id,
      code: lines[at]!.code,
      submittedCode: null,
      tooth: '8',
      billedCents: lines[at]!.feeCents,
      allowedCents: null,
      deductibleCents: 0,
      coinsuranceCents: 0,
      paidCents,
      adjustments,
      remarks: [],
    }))
    const remittance = { claimId, eobDate: '2026-11-22', receivedOn: '2026-11-23', lines: decided }
    return test.call('remittance.post', { remittance })
  }
  const draftToSecond = async () => draft(await addPlan('Second Plan', '88888', 'secondary'))
  const held = { code: 'REFUSED', details: { reasons: expect.arrayContaining([expect.stringContaining(WAITS)]) } }

  // Bug (B1): the claim went out with figures of line 1 alone: what the first plan paid and took off was not the charge.
  it.each([
    ['not on the EOB', [[48000, PRIMARY]]],
    [
      'pended',
      [
        [48000, PRIMARY],
        [0, PENDED],
      ],
    ],
  ] as [string, [number, Line['adjustments']][]][])(
    'holds the claim to the next plan, by file and by mail, until a reason is given: %s',
    async (_what, shares) => {
      await decideLines(...shares)
      const id = await draftToSecond()
      expect((await test.call('claim.validate', { id })).findings).toContainEqual(
        expect.objectContaining({ severity: 'warn', message: expect.stringContaining(WAITS) }),
      )
      await expect(test.call('claim.export', { ids: [id] })).rejects.toMatchObject(held)
      const { version } = (await claims()).find((one) => one.id === id)!
      const mail = { id, version, event: 'send' as const, on: '2026-11-23', channel: 'mail' as const }
      await expect(test.call('claim.transition', mail)).rejects.toMatchObject(held)
      // Sent in spite of it, the plan is named without figures: a part of them would not add up.
      const { claim } = await exported(id)
      expect(claim.others).toMatchObject([{ payer: { id: '99999' }, paid: null }])
      expect(claim.lines.flatMap((line) => line.decisions)).toEqual([])
    },
  )
  it('is no longer waited for once all lines are decided', async () => {
    await decideLines([48000, PRIMARY], [2000, ON_FILM])
    const id = await draftToSecond()
    const { findings } = await test.call('claim.validate', { id })
    expect(findings.filter((one) => one.field.startsWith('otherCoverage'))).toEqual([])
    const { claim } = await exported(id)
    expect(claim.others[0]!.paid!.cents).toBe(50000)
    expect(claim.lines.map((line) => line.decisions[0]!.paidCents)).toEqual([48000, 2000])
  })
  it('holds back the file of a claim that was sent, too, when the decision before it is taken back', async () => {
    const eob = await decideLines([48000, PRIMARY], [2000, ON_FILM])
    const id = await draftToSecond()
    await exported(id)
    await test.call('remittance.reverse', { id: eob.id, reason: 'Entered on the wrong claim' })
    await expect(test.call('claim.export', { ids: [id] })).rejects.toMatchObject({
      details: {
        reasons: expect.arrayContaining([expect.stringContaining('decision of Sample Dental Plan is not posted')]),
      },
    })
  })
})

describe('the claim as a form', () => {
  it('names all other plans: the first on the form, all in the summary', async () => {
    await addPlan('Second Plan', '88888', 'secondary')
    const tertiary = await addPlan('Third Plan', '77777', 'tertiary')
    const id = await draft(tertiary)
    const { form } = (await claims()).find((one) => one.id === id)!
    expect(form.otherCoverage).toMatchObject({ insurer: 'Sample Dental Plan', coverageId: story.coverageId })
    expect(form.furtherCoverages).toMatchObject([{ insurer: 'Second Plan', memberId: 'M88888', payerCode: '88888' }])
    const { html } = await test.call('document.render', { kind: 'claim-summary', id })
    expect(html).toContain('Sample Dental Plan, 99999, Exampleton, Kim, M-100, G-1')
    expect(html).toContain('Second Plan, 88888, Exampleton, Jo, M88888, G')
  })
})
