// An invented adult with one plan and a case on the crown of tooth 3, for what depends on its dates and its payer.
import type { InputOf } from '#core/contract/index.ts'
import type { CaseId, CoverageId, PatientId } from '#core/ids.ts'
import { addPayerWith, type PayerDraft } from './payer-rules.ts'
import type { TestHost } from './test-host.ts'

type LineDraft = Pick<InputOf<'case.setLines'>['lines'][number], 'code'> & {
  serviceDate?: string | null
  feeCents?: number
}
export interface Crown {
  patientId: PatientId
  coverageId: CoverageId
  caseId: CaseId
}

/** The case with its lines, decided by a dentist; a line without a date is planned. */
export async function createCrown(host: TestHost, lines: readonly LineDraft[], payer: PayerDraft = {}): Promise<Crown> {
  const address = { street: '5 Example Rd', city: 'Springfield', state: 'IL', zip: '62701' }
  const person = { lastName: 'Tester', firstName: 'Alex', birthDate: '1980-04-12', gender: 'F' as const, address }
  const payerId = await addPayerWith(host, { name: 'Harbor Mutual', payerCode: '91001', ...payer })
  const { id: planId } = await host.call('plan.add', { plan: { payerId, name: 'Harbor PPO', groupNumber: 'G-1' } })
  const { id: patientId } = await host.call('patient.add', { patient: person, addAnyway: true })
  const { id: coverageId } = await host.call('coverage.add', {
    coverage: { patientId, planId, memberId: 'M-200', relation: 'self', subscriber: { ...person, employer: '' } },
  })
  const providerId = (await host.call('provider.list', {})).providers[0]!.id
  const place = { guideId: 'crowns', tooth: '3', area: null }
  const { id: caseId } = await host.call('case.create', { patientId, coverageId, providerId, ...place })
  const codes = [...new Set(lines.map((line) => line.code))]
  await host.call('case.decide', { id: caseId, codes, providerId, overrideReason: 'Dentist chose' })
  await setCrownLines(host, caseId, lines)
  return { patientId, coverageId, caseId }
}

/** The lines of the case anew, the first the main one. */
export async function setCrownLines(host: TestHost, id: CaseId, lines: readonly LineDraft[]): Promise<void> {
  const { version, lines: known } = await host.call('case.get', { id })
  await host.call('case.setLines', {
    id,
    version,
    overrideReason: 'As done',
    lines: lines.map(({ code, serviceDate = null, feeCents = 125000 }, at) => ({
      ...(known[at] ? { id: known[at].id } : {}),
      visitId: null,
      role: at === 0 ? ('main' as const) : ('additional' as const),
      tooth: '3',
      area: null,
      code,
      serviceDate,
      feeCents,
    })),
  })
}
