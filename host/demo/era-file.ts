// Invented remittance files (835) for the demo practice and for tests; counts and sums are right unless somebody wants them wrong.
export interface EraLineSpec {
  code?: string
  submitted?: string
  charge: number
  paid: number
  /** `CO:45:75`, one each, in dollars. */
  cas?: string[]
  remarks?: string[]
  id?: string
  on?: string
  allowed?: number
}
export interface EraClaimSpec {
  number: string
  status?: string
  payerNumber?: string
  lastName?: string
  firstName?: string
  memberId?: string
  /** Adjustments at the claim. */
  cas?: string[]
  predetermination?: string
  lines: EraLineSpec[]
  charge?: number
  paid?: number
  patient?: number
}
export interface EraPaymentSpec {
  trace: string
  on?: string
  method?: string
  payer?: { name: string; id: string; taxId: string }
  claims: EraClaimSpec[]
  /** Reason with its reference, such as `WO:CW12`, and the amount. */
  plb?: [reason: string, amount: number][]
  amount?: number
}
const PAYER = { name: 'SAMPLE DENTAL PLAN', id: '99999', taxId: '999999999' }

const day = (on: string) => on.replaceAll('-', '')
const sum = (amounts: number[]) => Math.round(amounts.reduce((total, one) => total + one, 0) * 100) / 100
const amountOf = (cas: string) => Number(cas.split(':')[2])

function casOf(all: readonly string[] = []): string[] {
  return all.map((one) => `CAS*${one.replaceAll(':', '*')}`)
}
function claimSegments(claim: EraClaimSpec): string[] {
  const { lines, status = '1' } = claim
  const patient = sum(
    [...(claim.cas ?? []), ...lines.flatMap((line) => line.cas ?? [])]
      .filter((one) => one.startsWith('PR'))
      .map(amountOf),
  )
  const charge = claim.charge ?? sum(lines.map((line) => line.charge))
  const paid = claim.paid ?? sum(lines.map((line) => line.paid))
  return [
    `CLP*${claim.number}*${status}*${charge}*${paid}*${status === '22' ? '' : (claim.patient ?? patient)}*12*${claim.payerNumber ?? 'ICN1'}*11*1`,
    ...casOf(claim.cas),
    `NM1*QC*1*${claim.lastName ?? 'EXAMPLETON'}*${claim.firstName ?? 'ROBIN'}****MI*${claim.memberId ?? 'M-100'}`,
    ...(claim.predetermination ? [`REF*G3*${claim.predetermination}`] : []),
    ...lines.flatMap((line) => [
      `SVC*AD:${line.code ?? 'D3353'}*${line.charge}*${line.paid}**1${line.submitted ? `*AD:${line.submitted}` : ''}`,
      ...(line.on ? [`DTM*472*${day(line.on)}`] : []),
      ...casOf(line.cas),
      ...(line.id ? [`REF*6R*${line.id}`] : []),
      ...(line.allowed === undefined ? [] : [`AMT*B6*${line.allowed}`]),
      ...(line.remarks ?? []).map((remark) => `LQ*HE*${remark}`),
    ]),
  ]
}

/** The text of an 835 with these payments. */
export function eraFile(...payments: EraPaymentSpec[]): string {
  const sets = payments.flatMap((payment, index) => {
    const { trace, on = '2026-11-20', method = 'ACH', payer = PAYER, claims, plb = [], amount } = payment
    const total =
      amount ??
      sum([
        ...claims.map((claim) => claim.paid ?? sum(claim.lines.map((line) => line.paid))),
        ...plb.map(([, one]) => -one),
      ])
    const control = String(index + 1).padStart(4, '0')
    const set = [
      `ST*835*${control}`,
      `BPR*${total === 0 ? 'H' : 'I'}*${total}*C*${total === 0 ? 'NON' : method}************${day(on)}`,
      `TRN*1*${trace}*1${payer.taxId}`,
      `DTM*405*${day(on)}`,
      `N1*PR*${payer.name.toUpperCase()}*XV*${payer.id}`,
      'N3*PO BOX 1',
      'N4*SPRINGFIELD*IL*62701',
      'N1*PE*SAMPLE DENTAL PRACTICE*XX*1234567893',
      'LX*1',
      ...claims.flatMap(claimSegments),
      ...plb.map(([reason, one]) => `PLB*1234567893*20261231*${reason}*${one}`),
    ]
    return [...set, `SE*${set.length + 1}*${control}`]
  })
  const head = [
    'ISA*00*          *00*          *ZZ*PAYERID        *ZZ*SUBMITTERID    *261120*1015*^*00501*000000301*0*P*:',
    'GS*HP*PAYERID*SUBMITTERID*20261120*1015*301*X*005010X221A1',
  ]
  return [...head, ...sets, `GE*${payments.length}*301`, 'IEA*1*000000301'].map((segment) => `${segment}~\n`).join('')
}
