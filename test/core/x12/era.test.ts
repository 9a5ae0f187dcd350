// Remittance files: the totals of every sample, the odd files that break other readers, and what no amount may survive.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readAmount, writeAmount } from '#core/x12/amounts.ts'
import { collectWarnings, readEra, readWholeEra } from '#core/x12/era-read.ts'
import type { EraPayment } from '#core/x12/era-schema.ts'

const FOLDER = 'test/fixtures/x12'
const text = (name: string) => readFileSync(`${FOLDER}/${name}`, 'utf8')
const dollars = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
const sum = (amounts: readonly (number | null)[]) => amounts.reduce<number>((total, one) => total + (one ?? NaN), 0)

interface Expected {
  bpr02: string
  bpr04: string
  bpr16: string
  trn02: string
  clp: number
  svc: number
  sumCLP03: string
  sumCLP04: string
  sumCLP05: string
  status: Record<string, number>
  carc: Record<string, number>
  casClaim: Record<string, string>
  casService: Record<string, string>
  plb: string
  plbPairs: number
  balTransaction: boolean
  unbalancedClaims: number
  unbalancedServices: number
}
interface ExpectedFile {
  transactions?: Expected[]
}
const expected: Record<string, ExpectedFile> = JSON.parse(text('EXPECTED.json'))

function byGroup(adjustments: readonly { group: string; cents: number | null }[]): Record<string, string> {
  const groups: Record<string, number> = {}
  for (const { group, cents } of adjustments) groups[group] = (groups[group] ?? 0) + (cents ?? NaN)
  return Object.fromEntries(Object.entries(groups).map(([group, cents]) => [group, dollars(cents)]))
}
function totalsOf(payment: EraPayment) {
  const { claims, providerAdjustments } = payment
  const lines = claims.flatMap((claim) => claim.lines)
  const carc: Record<string, number> = {}
  const status: Record<string, number> = {}
  for (const one of [...claims, ...lines].flatMap((owner) => owner.adjustments))
    carc[`${one.group}-${one.carc}`] = (carc[`${one.group}-${one.carc}`] ?? 0) + 1
  for (const claim of claims) status[claim.status] = (status[claim.status] ?? 0) + 1
  return {
    bpr04: payment.method,
    bpr16: payment.date?.replaceAll('-', ''),
    trn02: payment.trace,
    clp: claims.length,
    svc: lines.length,
    sumCLP03: dollars(sum(claims.map((claim) => claim.chargeCents))),
    sumCLP04: dollars(sum(claims.map((claim) => claim.paidCents))),
    sumCLP05: dollars(sum(claims.map((claim) => claim.patientCents))),
    status,
    carc,
    casClaim: byGroup(claims.flatMap((claim) => claim.adjustments)),
    casService: byGroup(lines.flatMap((line) => line.adjustments)),
    plb: dollars(sum(providerAdjustments.map((one) => one.cents))),
    plbPairs: providerAdjustments.length,
    balTransaction: payment.balanced,
    unbalancedClaims: claims.filter((claim) => !claim.balanced).length,
    unbalancedServices: lines.filter((line) => line.differenceCents !== 0).length,
  }
}

describe('the samples', () => {
  const remittances = readdirSync(FOLDER).filter((name) => name.includes('835'))
  it.each(remittances)('%s gives the totals that two other programs computed', (name) => {
    const { payments } = readWholeEra(text(name))
    const wanted = expected[name]!.transactions!
    expect(payments).toHaveLength(wanted.length)
    for (const [index, payment] of payments.entries()) {
      const want = wanted[index]!
      expect(payment.amountCents).toBe(readAmount(want.bpr02))
      const found = totalsOf(payment)
      for (const [key, value] of Object.entries(found)) expect([key, value]).toEqual([key, want[key as keyof Expected]])
    }
  })
  it('reads the same whatever the size of the pieces it arrives in', () => {
    for (const name of remittances) {
      const whole = readWholeEra(text(name))
      for (const size of [1, 7, 64]) {
        const { warnings, warn } = collectWarnings()
        const pieces = text(name).match(new RegExp(`[^]{1,${size}}`, 'g'))!
        const claims = [...readEra(pieces, warn)].flatMap((event) => (event.type === 'claim' ? [event.claim] : []))
        expect(claims).toEqual(whole.payments.flatMap((payment) => payment.claims))
        expect(warnings).toEqual(whole.warnings)
      }
    }
  })
  it('says what is odd: a wrong SE01 and a claim that does not add up', () => {
    const codes = readWholeEra(text('835-med-cosyte-imbalance.edi')).warnings.map((one) => one.code)
    expect(codes).toEqual(expect.arrayContaining(['count_mismatch', 'claim_unbalanced', 'line_unbalanced']))
  })
})

const SETS = text('own-835-reversal-and-correction.edi')
const claimsOf = (file: string) => readWholeEra(file).payments.flatMap((payment) => payment.claims)
const codesOf = (file: string) => readWholeEra(file).warnings.map((one) => one.code)

describe('files as senders write them', () => {
  it('reads a byte order mark, blank lines and indented segments', () => {
    const odd = `\uFEFF\r\n  ${SETS.replaceAll('~', '~\r\n   ')}`
    expect(claimsOf(odd)).toEqual(claimsOf(SETS))
    expect(codesOf(odd)).toEqual([])
  })
  it('reads any delimiters, also control characters and a newline', () => {
    for (const [element, component, terminator] of [
      ['\u001D', '"', '\u001C'],
      ['~', '>', '_'],
      ['|', '^', '\n'],
      ['*', '\\', '\r'],
    ] as const) {
      const swapped = SETS.replaceAll(/[\r\n]/g, '')
        .replaceAll('^', 'U')
        .replaceAll('~', '\u0001')
        .replaceAll('*', element)
        .replaceAll(':', component)
        .replaceAll('\u0001', terminator)
      expect(claimsOf(swapped)).toEqual(claimsOf(SETS))
    }
  })
  it('takes each interchange with its own delimiters', () => {
    const other = SETS.replaceAll('~', '!').replaceAll('*', '|')
    expect(claimsOf(`${SETS}\n${other}${SETS}`)).toHaveLength(9)
  })
  it('is not led astray by patients called ISAAC or a terminator that is a newline', () => {
    const named = SETS.replaceAll('SAMPLE*ALEX', 'ISAAC*LISA').replaceAll('~\n', '\n').replaceAll('~', '\n')
    expect(claimsOf(named).map((claim) => claim.patient.lastName)).toEqual(['ISAAC', 'ISAAC', 'EXAMPLE'])
  })
  it('splits an ISA that is not padded', () => {
    const unpadded = SETS.replace(/\*([^*]*?) +(?=\*)/g, '*$1')
    expect(claimsOf(unpadded)).toEqual(claimsOf(SETS))
    expect(codesOf(unpadded)).toContain('isa_not_padded')
  })
  it('finds the delimiters of an ISA that is wrapped or has a space before its terminator', () => {
    const wrapped = SETS.replaceAll(/[\r\n]/g, '')
      .replaceAll('*', '|')
      .replaceAll('~', '!')
    for (const odd of [wrapped.replaceAll(/(.{80})/g, '$1\r\n'), wrapped.replace(':!', ': !')])
      expect(claimsOf(odd)).toEqual(claimsOf(SETS))
  })
  it('an interchange behind one without its last terminator is not swallowed', () => {
    const other = SETS.replaceAll('~', '!').replaceAll('*', '|')
    const joined = `${SETS.trimEnd().slice(0, -1)}\n${other}`
    expect(claimsOf(joined)).toEqual(
      [...claimsOf(SETS), ...claimsOf(SETS)].map((one) =>
        expect.objectContaining({ claimId: one.claimId, paidCents: one.paidCents }),
      ),
    )
    expect(codesOf(joined)).toEqual(['unterminated'])
  })
  it('a segment in lower case is read, not hung on the claim before it', () => {
    expect(claimsOf(SETS.replace('CLP*CLM-000103', 'clp*CLM-000103'))).toEqual(claimsOf(SETS))
    const low = claimsOf(SETS.toLowerCase())
    expect(low.map((claim) => claim.paidCents)).toEqual([-30000, 22500, 16000])
    expect(low.map((claim) => [claim.patient.lastName, claim.lines[0]!.code, claim.balanced])).toEqual([
      ['sample', 'D3353', true],
      ['sample', 'D3353', true],
      ['example', 'D0330', true],
    ])
  })
  it('a segment that lost its end is left out whole: half of it could be another amount', () => {
    const long = SETS.replace('CAS*PR*2*40~', `CAS*PR*2*40${'0'.repeat(120_000)}~`)
    const { payments, warnings } = readWholeEra(long)
    expect(payments[0]!.claims[2]).toMatchObject({ balanced: false, lines: [{ adjustments: [] }] })
    expect(warnings.map((one) => one.code)).toEqual(expect.arrayContaining(['segment_too_long', 'claim_unbalanced']))
    expect(payments[0]!.claims).toHaveLength(3)
  })
  it('says when a payment states its amount twice', () => {
    expect(codesOf(SETS.replace('TRN*', 'BPR*I*90*C*ACH~TRN*'))).toEqual(
      expect.arrayContaining(['misplaced_segment', 'payment_unbalanced']),
    )
  })
  it('accepts a bare ST to SE', () => {
    const bare = SETS.slice(SETS.indexOf('ST*835'), SETS.indexOf('GE*'))
    expect(claimsOf(bare).map((claim) => claim.paidCents)).toEqual([-30000, 22500, 16000])
    expect(codesOf(bare)).toEqual(['no_envelope'])
  })
  it('says when a file is cut off, and keeps what came before', () => {
    const cut = SETS.slice(0, SETS.indexOf('CLP*CLM-000103'))
    expect(claimsOf(cut)).toHaveLength(2)
    expect(codesOf(cut)).toEqual(expect.arrayContaining(['missing_trailer', 'payment_unbalanced']))
  })
  it('refuses what is no X12 at all', () => {
    for (const nothing of ['', 'hello', '<html>ISA</html>', '%PDF-1.7'])
      expect(() => readWholeEra(nothing)).toThrow(/not an X12 file/)
  })
  it('tells a 999 from a remittance', () => {
    const { payments, warnings } = readWholeEra(text('999-imsweb-accepted.txt'))
    expect(payments).toEqual([])
    expect(warnings.map((one) => one.code)).toContain('other_transaction')
  })
})

const change = (from: string, to: string) => {
  expect(SETS).toContain(from)
  return SETS.replace(from, to)
}
describe('amounts', () => {
  it.each(['1,250.00', '1.234', 'abc', '$450', '4 50', '1e3', '--1', '', '.', '-', '200-', '999999999999999'])(
    'never guesses %j',
    (odd) => {
      expect(readAmount(odd)).toBeNull()
      const claim = claimsOf(change('CLP*CLM-000103*1*200', `CLP*CLM-000103*1*${odd}`))[2]!
      expect(claim).toMatchObject({ chargeCents: null, balanced: false })
    },
  )
  it.each([
    ['450', 45000],
    ['.5', 50],
    ['10.', 1000],
    ['-2.5', -250],
    ['+7.10', 710],
    ['0.000', 0],
    ['-0', 0],
    ['99999999999.99', 9999999999999],
  ])('reads %s', (written, cents) => expect(readAmount(written)).toBe(cents))
  it('writes what it reads', () => {
    for (const cents of [0, 5, 50, 1234, -250, 45000]) expect(readAmount(writeAmount(cents))).toBe(cents)
  })
  it('an unreadable provider adjustment leaves the payment unbalanced, never zero', () => {
    const { payments } = readWholeEra(change('SE*35*0001', 'PLB*1234567893*20261231*WO:X*n/a~SE*36*0001'))
    expect(payments[0]).toMatchObject({ balanced: false, differenceCents: null })
  })
})

describe('adjustments', () => {
  it('skips gaps between triplets and keeps the tail', () => {
    const claim = claimsOf(change('CAS*PR*2*40~', 'CAS*PR*1*15*****2*25~'))[2]!
    expect(claim.lines[0]!.adjustments).toEqual([
      { group: 'PR', carc: '1', cents: 1500 },
      { group: 'PR', carc: '2', cents: 2500 },
    ])
    expect(claim.balanced).toBe(true)
  })
  it('keeps claim-level adjustments beside those of the lines', () => {
    const moved = change(
      'MEM000002~\nSVC*AD:D0330*200*160**1~\nDTM*472*20260829~\nCAS*PR*2*40~',
      'MEM000002~\nCAS*PR*2*40~\nSVC*AD:D0330*200*160**1~\nDTM*472*20260829~',
    )
    const { payments, warnings } = readWholeEra(moved)
    const claim = payments[0]!.claims[2]!
    expect(claim).toMatchObject({ balanced: true, adjustments: [{ group: 'PR', carc: '2', cents: 4000 }] })
    // The line alone does not add up: said as a note, while the claim holds.
    expect(warnings.map((one) => one.code)).toEqual(['count_mismatch', 'line_unbalanced'].slice(1))
  })
  it('keeps every provider adjustment with its own reference', () => {
    const { payments } = readWholeEra(text('own-835-plb-forward-balance.edi'))
    expect(payments[1]!.providerAdjustments).toMatchObject([
      { reason: 'FB', reference: 'NP20260916001', cents: 14000 },
      { reason: 'L6', reference: '', cents: -250 },
    ])
  })
})

describe('lines', () => {
  it('names the submitted code only where the payer changed it, and keeps many remarks', () => {
    const changed = change(
      'SVC*AD:D0330*200*160**1~',
      'SVC*AD:D0330*200*160**1*AD:D0210~LQ*HE*N640~LQ*HE*N130~LQ*RX*1~',
    )
    expect(claimsOf(changed)[2]!.lines[0]).toMatchObject({
      code: 'D0330',
      submittedCode: 'D0210',
      remarks: ['N640', 'N130'],
    })
    expect(claimsOf(SETS)[2]!.lines[0]!.submittedCode).toBeNull()
  })
  it('reads a predetermination: no money, the expected payment under OA-101', () => {
    const [claim] = claimsOf(text('own-835-predetermination.edi'))
    expect(claim).toMatchObject({ status: '25', paidCents: 0, predeterminationNumber: 'PDET2026000777' })
    expect(claim!.lines[0]!.adjustments).toContainEqual({ group: 'OA', carc: '101', cents: 25000 })
    expect(claim!.lines[0]).toMatchObject({ lineId: 'L000000451', allowedCents: 37500, serviceDate: null })
  })
})
