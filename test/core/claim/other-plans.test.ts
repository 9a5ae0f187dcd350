// The other plans on an electronic claim: each with its own figures, and of each charge = paid + what it took off.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkElectronic, type ElectronicSource, toElectronic } from '#core/claim/electronic.ts'
import { fillForm, type ClaimSource } from '#core/claim/fill.ts'
import { checkEarlierPlans, type OtherPlan, type PlanDecision } from '#core/claim/other-plans.ts'
import type { Line } from '#core/case/schema.ts'
import { PLAN_ORDERS } from '#core/patient.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { writeClaimFile } from '#core/x12/claim-file-write.ts'

const address = { street: '1 Sample St', city: 'Springfield', state: 'IL', zip: '62701' }
const person = { lastName: 'Exampleton', firstName: 'Robin', birthDate: '1980-04-12', gender: 'F' }
const [ROBIN, SAM] = ['1234567893', '1245319599']
const FEES = [85000, 3000]

const filled = fillForm({
  office: { name: 'Sample Dental', address, phone: '555-555-0100', npi: ROBIN, taxId: '12-3456789' },
  patient: { ...person, address, externalId: '' },
  coverage: { memberId: 'M-0', groupNumber: 'G', relation: 'self', subscriber: { ...person, address, employer: '' } },
  payer: { name: 'Our Plan', payerCode: '77777', address },
  others: [],
  provider: { firstName: 'Pat', lastName: 'Doe', npi: SAM, license: '', taxonomy: '' },
  lines: FEES.map((feeCents, at) => ({
    id: `l${at}`,
    code: at === 0 ? 'D3353' : 'D0220',
    serviceDate: '2026-11-20',
    tooth: '8',
    area: null,
    surfaces: '',
    quantity: 1,
    feeCents,
  })) as unknown as Line[],
  authorization: null,
  facts: {},
  labelOf: () => '',
  hasAttachments: false,
  narrative: '',
} as unknown as ClaimSource)

function planOf(order: OtherPlan['order'], payerCode: string, decision: PlanDecision | null): OtherPlan {
  const coverage = {
    coverageId: null,
    kind: 'dental' as const,
    holder: 'Exampleton, Kim',
    birthDate: null,
    gender: 'U' as const,
    memberId: `M-${payerCode}`,
    groupNumber: '',
    relation: 'child' as const,
    insurer: `Plan ${order}`,
    payerCode,
  }
  return { coverage, order, payerKind: 'commercial', decision, waiting: [], otherCharges: new Map() }
}
function sourceOf(order: ElectronicSource['order'], others: readonly OtherPlan[]): ElectronicSource {
  return {
    number: 'CW000000000001',
    frequency: 'original',
    payerClaimNumber: '',
    payerKind: 'commercial',
    form: filled.form,
    lines: filled.lines,
    enclosures: [],
    order,
    others,
  }
}
const decided = (
  payerClaimNumber: string,
  paid: number[],
  adjustments: PlanDecision['lines'][number]['adjustments'],
) => ({
  payerClaimNumber,
  paidCents: paid.reduce((total, one) => total + one, 0),
  adjustments: [],
  on: '2026-11-22',
  lines: paid.map((paidCents, line) => ({
    line,
    paidCents,
    code: filled.lines[line]!.code,
    units: 1,
    on: '2026-11-22',
    adjustments: [...adjustments, { group: 'CO', carc: '45', cents: FEES[line]! - paidCents - sum(adjustments) }],
  })),
})
const sum = (of: readonly { cents: number }[]) => of.reduce((total, one) => total + one.cents, 0)
const written = (source: ElectronicSource) =>
  writeClaimFile({
    submitter: { name: 'SAMPLE', id: '123456789', contact: 'BILLING DESK', phone: '5555550100' },
    receiver: { name: 'CLEAR', id: 'CLEAR' },
    isTest: true,
    on: '2026-11-23',
    time: '1500',
    control: 1,
    claims: [toElectronic(source)],
  })
const read = (source: ElectronicSource) => readClaimFile(written(source))

const adjustments = fc.array(
  fc.record({
    group: fc.constantFrom('CO', 'PR', 'OA', 'PI'),
    carc: fc.constantFrom('1', '2', '23', '45', 'B15'),
    cents: fc.integer({ min: -9000, max: 90000 }),
  }),
  { maxLength: 8 },
)
/** A decision whose lines add up to their fees, with shares of its own at the claim. */
const decision: fc.Arbitrary<PlanDecision> = fc
  .record({ number: fc.constantFrom('', 'ICN1'), lines: fc.tuple(adjustments, adjustments), atClaim: adjustments })
  .map(({ number, lines, atClaim }) => ({
    payerClaimNumber: number,
    paidCents: FEES.reduce((total, fee) => total + fee, 0) - sum(lines.flat()) - sum(atClaim),
    adjustments: atClaim,
    on: '2026-11-22',
    lines: lines.map((taken, line) => ({
      line,
      code: 'D3353',
      units: 1,
      on: '2026-11-22',
      paidCents: FEES[line]! - sum(taken),
      adjustments: taken,
    })),
  }))

describe('earlier plans', () => {
  it('of each, charge = paid + what it took off, at every line and for the claim, however many there are', () => {
    const others = fc.tuple(
      fc.array(fc.option(decision), { maxLength: 3 }),
      fc.array(fc.constantFrom('11111', '22222', '33333'), { minLength: 3, maxLength: 3 }),
    )
    fc.assert(
      fc.property(others, ([decisions, codes]) => {
        const plans = decisions.map((one, at) => planOf(PLAN_ORDERS[at]!, codes[at]!, one))
        const { file, problems } = read(sourceOf(PLAN_ORDERS[plans.length]!, plans))
        expect(problems).toEqual([])
        const [claim] = file!.claims
        expect(claim!.others.map((one) => one.sequence)).toEqual(['P', 'S', 'T'].slice(0, plans.length))
        const deciding = plans.filter((plan) => plan.decision !== null)
        for (const line of claim!.lines) {
          expect(line.decisions.map((one) => one.payerId)).toEqual(deciding.map((plan) => plan.coverage.payerCode))
          for (const one of line.decisions) expect(one.paidCents + sum(one.adjustments)).toBe(line.chargeCents)
        }
        for (const [at, { paid }] of claim!.others.entries()) {
          const nth = deciding.indexOf(plans[at]!)
          expect(paid === null).toBe(nth < 0)
          if (!paid) continue
          const lines = claim!.lines.flatMap((line) => line.decisions[nth]!.adjustments)
          expect(paid.cents + sum(paid.adjustments) + sum(lines)).toBe(claim!.totalCents)
          const patient = [...paid.adjustments, ...lines].filter((one) => one.group === 'PR')
          expect(paid.patientCents).toBe(sum(patient))
        }
      }),
      { numRuns: 100 },
    )
  })
  // E1: lines add up to 620, the claim takes 50 more for the deductible: the plan paid 570.
  it('what a plan took off at the claim lowers what it paid, and is told at the claim', () => {
    const atClaim = { paidCents: 57000, adjustments: [{ group: 'PR', carc: '1', cents: 5000 }] }
    const first = { ...decided('ICN1', [59400, 2600], []), ...atClaim }
    const { others } = toElectronic(sourceOf('secondary', [planOf('primary', '99999', first)]))
    expect(others[0]!.paid).toEqual({
      cents: 57000,
      patientCents: 5000,
      adjustments: [{ group: 'PR', carc: '1', cents: 5000 }],
      on: null,
    })
  })
  // Bug (B2): without lines of its own the plan's day of decision stood nowhere, and clearinghouses refuse that.
  it('a plan that decided the claim and no line says when in 2330B, and only there', () => {
    const whole = { ...decided('ICN1', [48000, 1000], []), lines: [] }
    const atClaim = { ...whole, adjustments: [{ group: 'CO', carc: '45', cents: 39000 }] }
    const others = [planOf('primary', '99999', atClaim), planOf('secondary', '88888', decided('', [85000, 3000], []))]
    const text = written(sourceOf('tertiary', others))
    expect(readClaimFile(text).problems).toEqual([])
    expect(readClaimFile(text).file!.claims[0]!.others.map((one) => one.paid!.on)).toEqual(['2026-11-22', null])
    expect(text).toContain('NM1*PR*2*PLAN PRIMARY*****PI*99999~\nDTP*573*D8*20261122~\nREF*F8*ICN1~')
    expect(text.match(/DTP\*573/g)).toHaveLength(3)
    const said = (changed: string) =>
      readClaimFile(changed)
        .problems.map((one) => one.message)
        .join(' ')
    expect(said(text.replace('DTP*573*D8*20261122~\n', ''))).toMatch(/day on which the other payer decided is missing/)
    expect(said(text.replace(/(PI\*88888~\n)/, '$1DTP*573*D8*20261122~\n'))).toMatch(/is given twice/)
    expect(said(text.replace('AMT*D*490~\n', ''))).toMatch(/paid for the claim \(AMT D\) is missing/)
    expect(said(text.replace('DTP*573*D8*20261122', 'DTP*573*D8*20261345'))).toMatch(/holds no date/)
  })
  it('two plans of one payer keep their figures apart by their order', () => {
    const [one, two] = [decided('ICN1', [48000, 1000], []), decided('ICN2', [10000, 500], [])]
    const source = sourceOf('tertiary', [planOf('primary', '99999', one), planOf('secondary', '99999', two)])
    const { file, problems } = read(source)
    expect(problems).toEqual([])
    expect(file!.claims[0]!.others.map((other) => other.paid!.cents)).toEqual([49000, 10500])
    expect(file!.claims[0]!.lines[0]!.decisions.map((other) => other.paidCents)).toEqual([48000, 10000])
  })
  it('plans that share a place get one of their own, and the claim says so', () => {
    const plans = [
      planOf('primary', '11111', null),
      planOf('primary', '22222', null),
      planOf('secondary', '33333', null),
    ]
    const source = sourceOf('secondary', plans)
    expect(toElectronic(source).others.map((one) => one.sequence)).toEqual(['P', 'T', 'A'])
    expect(checkElectronic(source).map((one) => one.message)).toContainEqual(expect.stringContaining('the same place'))
  })
})
it('says what of an earlier plan is open: nothing posted, some lines, or figures that do not add up', () => {
  const said = (waiting: number[]) => {
    const plan = { ...planOf('primary', '99999', null), waiting }
    return checkEarlierPlans(sourceOf('secondary', [plan]), filled.lines).map((one) => one.message)
  }
  expect(said([0, 1])).toEqual([expect.stringContaining('is not posted')])
  expect(said([1])).toEqual([expect.stringContaining('has not decided line 2 (D0220 #8, $30.00)')])
  expect(said([])).toEqual([expect.stringContaining('does not add up to the charge of this claim')])
})
describe('the validator of claim files', () => {
  const text = written(sourceOf('secondary', [planOf('primary', '99999', decided('ICN1', [48000, 1000], []))]))
  // Bug (B1): the figures of one of two lines passed as those of the claim.
  it('notices a payer whose decision is of some lines only', () => {
    const second = /SVD\*99999\*10\*AD:D0220[^]*?DTP\*573\*D8\*20261122~\n/
    expect(text).toMatch(second)
    const { problems } = readClaimFile(text.replace(second, '').replace('AMT*D*490', 'AMT*D*480'))
    expect(problems.map((one) => one.message).join(' ')).toMatch(/does not add up to the charge/)
  })
  // Bug: a sum of the claim that no line explains, and two payers in one place, went out unnoticed.
  it.each([
    ['AMT*D*490', 'AMT*D*480', /does not add up to the charge/],
    ['SBR*P*19', 'SBR*S*19', /same place/],
    ['SVD*99999*480', 'SVD*11111*480', /names a payer that the claim does not list/],
  ])('%s → %s', (from, to, message) => {
    expect(text).toContain(from)
    const { problems } = readClaimFile(text.replace(from, to))
    expect(problems.map((one) => one.message).join(' ')).toMatch(message)
  })
})
