// The desk with a crown on tooth 3 under a plan of Harbor Mutual: requests, decisions, claims, clocks by a word each.
import { afterEach, beforeEach } from 'vitest'
import type { AuthorizationEvent } from '#core/authorization/schema.ts'
import type { InputOf } from '#core/contract/index.ts'
import type { AuthorizationId, CaseId, CoverageId, PatientId } from '#core/ids.ts'
import type { CoverageInput } from '#core/patient.ts'
import { addPayerWith, type PayerDraft } from './payer-rules.ts'
import { openTestHost, type TestHost } from './test-host.ts'

export let test: TestHost
let patientId: PatientId
export let coverageId: CoverageId
export let caseId: CaseId
const address = { street: '5 Example Rd', city: 'Springfield', state: 'IL', zip: '62701' }
const person = { lastName: 'Tester', firstName: 'Alex', birthDate: '1980-04-12', gender: 'F' as const, address }
export const TOOTH_3 = { code: 'D2740', tooth: '3' }

/** A host with one patient for each test of the file. */
export function useCrownDesk(): void {
  beforeEach(async () => {
    test = await openTestHost()
    patientId = (await test.call('patient.add', { patient: person })).id
  })
  afterEach(() => test.close())
}

export async function cover(name: string, payer: PayerDraft = {}, coverage: Partial<CoverageInput> = {}) {
  const payerId = await addPayerWith(test, { name, payerCode: '99999', ...payer })
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
export async function crown(lines: Wanted[], payer: PayerDraft = {}, coverage: Partial<CoverageInput> = {}) {
  coverageId = await cover('Harbor Mutual', payer, coverage)
  const { providers } = await test.call('provider.list', {})
  const providerId = providers[0]!.id
  const about = { patientId, guideId: 'crowns', tooth: '3', area: null, coverageId, providerId }
  caseId = (await test.call('case.create', about)).id
  await test.call('case.decide', { id: caseId, codes: ['D2740'], providerId, overrideReason: 'Dentist chose' })
  await plan(lines)
}
export async function plan(lines: Wanted[], overrideReason = 'Emergency') {
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
export const requests = async () => (await test.call('authorization.forCase', { caseId })).authorizations
export const one = async (id?: AuthorizationId) =>
  (await requests()).find((each) => id === undefined || each.id === id)!
export type More = Partial<Omit<InputOf<'authorization.transition'>, 'id' | 'version' | 'event' | 'on'>>
export async function move(event: AuthorizationEvent, on: string, more: More = {}, id?: AuthorizationId) {
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
export async function ask(sentOn: string, coverage: CoverageId | null = null) {
  const { id } = await test.call('authorization.create', { caseId, kind: 'required', coverageId: coverage })
  await move('submit', sentOn, {}, id)
  return id
}
export async function claim(coverage: CoverageId | null = null) {
  const { id } = await test.call('claim.create', { caseId, coverageId: coverage })
  return (await test.call('claim.forCase', { caseId })).claims.find((each) => each.id === id)!
}
type Claim = Awaited<ReturnType<typeof claim>>
export const said = (drafted: Pick<Claim, 'findings'>, about: RegExp) =>
  drafted.findings.filter((each) => about.test(each.field + each.message)).map((each) => each.message)
export const rings = async () => (await test.call('authorization.clocks', {})).clocks
export const kinds = async () => (await rings()).map((each) => each.kind)
