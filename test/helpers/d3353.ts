// The D3353 example through the routes: an invented child, a plan, a case on tooth 8, small real films.
import { crc32, deflateSync } from 'node:zlib'
import type { AttachmentInput } from '#core/case/schema.ts'
import type { AuthorizationEvent } from '#core/authorization/schema.ts'
import type { InputOf } from '#core/contract/index.ts'
import type { AuthorizationId, CaseId, ClaimId, CoverageId, PatientId, VisitId } from '#core/ids.ts'
import type { RemittanceLineInput } from '#core/remittance/schema.ts'
import { addPayerWith, type PayerDraft } from './payer-rules.ts'
import { type EmptyHost, startingWith, type TestHost } from './test-host.ts'

/** A small grey PNG; `shade` makes two of them differ. */
export function pngFilm(shade = 90): Buffer {
  const side = 16
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.concat(
    Array.from({ length: side }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(side, shade)])),
  )
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const framed = Buffer.alloc(8 + body.length)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), 4 + body.length)
    return framed
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export interface D3353 {
  patientId: PatientId
  coverageId: CoverageId
  caseId: CaseId
  /** initial, interim, final */
  visits: VisitId[]
}
export const VISIT_DATES = ['2026-10-05', '2026-11-02', '2026-11-20'] as const
const ANSWERS = {
  goal: 'barrier',
  apex: 'open',
  pulp: 'necrotic',
  trauma: true,
  trauma_date: '2026-09-28',
  cause: 'trauma',
  restorable: true,
  diagnosis: 'Necrosis in an immature tooth',
  tests: 'No response to cold; #9 responds',
  material: 'MTA',
} as const

/** Adds the patient with a plan and a case whose code is D3353, visits dated up to `treated` of the three. */
export async function createD3353(host: EmptyHost, treated = 0, payer: PayerDraft = {}): Promise<D3353> {
  const start = { name: 'Sample Dental Plan', payerCode: '99999', reportingMode: 'final_only' } as const
  const payerId = await addPayerWith(host, { ...start, ...payer })
  const { id: planId } = await host.call('plan.add', { plan: { payerId, name: 'Sample PPO', groupNumber: 'G-1' } })
  const address = { street: '5 Example Rd', city: 'Springfield', state: 'IL', zip: '62701' }
  const { id: patientId } = await host.call('patient.add', {
    patient: { lastName: 'Exampleton', firstName: 'Robin', birthDate: '2016-04-12', gender: 'F', address },
    addAnyway: true,
  })
  const subscriber = {
    lastName: 'Exampleton',
    firstName: 'Kim',
    birthDate: '1988-02-01',
    gender: 'F' as const,
    employer: 'Sample Works',
    address,
  }
  const { id: coverageId } = await host.call('coverage.add', {
    coverage: { patientId, planId, memberId: 'M-100', relation: 'child', subscriber },
  })
  const { providers } = await host.call('provider.list', {})
  const providerId = providers[0]!.id
  const { id: caseId } = await host.call('case.create', {
    patientId,
    guideId: 'endodontics',
    tooth: '8',
    area: null,
    coverageId,
    providerId,
  })
  for (const [fact, value] of Object.entries(ANSWERS)) await host.call('case.answer', { id: caseId, fact, value })
  await host.call('case.decide', { id: caseId, codes: ['D3353'], providerId })
  await setVisits(host, caseId, treated)
  const view = await host.call('case.get', { id: caseId })
  await host.call('case.setLines', {
    id: caseId,
    version: view.version,
    lines: [
      {
        visitId: view.visits[2]!.id,
        code: 'D3353',
        role: 'main',
        tooth: '8',
        area: null,
        feeCents: 85000,
        serviceDate: treated === 3 ? VISIT_DATES[2] : null,
      },
    ],
  })
  return { patientId, coverageId, caseId, visits: view.visits.map((visit) => visit.id) }
}

/** A host that begins with this case, and what `createD3353` says of it; no visit has been done. */
export const openUntreated = startingWith((test) => createD3353(test))
/** The same after all three visits. */
export const openTreated = startingWith((test) => createD3353(test, 3))

/** Dates the first `treated` of the three visits and marks the line and case treated after the last. */
export async function setVisits(host: EmptyHost, caseId: CaseId, treated: number, overrideReason = ''): Promise<void> {
  const view = await host.call('case.get', { id: caseId })
  const known = view.visits.length === 3 ? view.visits : []
  const phases = ['initial', 'interim', 'final'] as const
  const visits = phases.map((phase, index) => ({
    ...(known[index] ? { id: known[index].id } : {}),
    phase,
    plannedOn: VISIT_DATES[index]!,
    doneOn: index < treated ? VISIT_DATES[index]! : null,
  }))
  await host.call('case.setVisits', { id: caseId, version: view.version, visits, overrideReason })
  if (treated < 3 || known.length === 0) return
  const after = await host.call('case.get', { id: caseId })
  const lines = after.lines.map(({ id, visitId, code, role, tooth, area, feeCents }) => ({
    id,
    visitId,
    code,
    role,
    tooth,
    area,
    feeCents,
    serviceDate: VISIT_DATES[2],
  }))
  await host.call('case.setLines', { id: caseId, version: after.version, lines })
  const last = await host.call('case.get', { id: caseId })
  await host.call('case.update', { id: caseId, version: last.version, changes: { treatment: 'done' } })
}

/** A film of $30.00 beside the treatment, of the same day: claims of two lines. */
export async function addFilm(host: EmptyHost, caseId: CaseId, tooth = '8'): Promise<void> {
  const view = await host.call('case.get', { id: caseId })
  const lines = view.lines.map(({ id, visitId, code, role, tooth, area, feeCents, serviceDate }) => ({
    id,
    visitId,
    code,
    role,
    tooth,
    area,
    feeCents,
    serviceDate,
  }))
  const film = { visitId: null, code: 'D0220', role: 'additional' as const, tooth, area: null, feeCents: 3000 }
  const serviceDate = lines[0]!.serviceDate
  await host.call('case.setLines', { id: caseId, version: view.version, lines: [...lines, { ...film, serviceDate }] })
}

/** Attaches a film or file; a pre-op film of tooth 8 taken before treatment unless told otherwise. */
export async function attach(
  host: EmptyHost,
  caseId: CaseId,
  change: Partial<AttachmentInput> = {},
  content = pngFilm(),
) {
  const attachment = { kind: 'pre_op_periapical' as const, takenOn: '2026-09-30', tooth: '8', ...change }
  return host.call('attachment.add', { caseId, attachment, fileName: 'film.png', content: new Uint8Array(content) })
}

/** Answers every open item of a stage with a short note, so that the stage is ready. */
export async function settleChecklist(host: TestHost, caseId: CaseId, stage: 'authorization' | 'claim' | 'appeal') {
  const { items } = await host.call('documentation.get', { caseId, stage })
  for (const view of items)
    if (view.state !== 'done')
      await host.call('documentation.markItem', { caseId, key: view.item.key, note: 'In the paper chart' })
}

/** Creates the request and brings it to the given state on plain dates of November 2026. */
export async function requestAuthorization(
  host: TestHost,
  story: D3353,
  until: 'drafting' | 'submitted' | 'approved',
  kind: 'required' | 'estimate' = 'required',
): Promise<AuthorizationId> {
  const { id } = await host.call('authorization.create', { caseId: story.caseId, kind, coverageId: null })
  if (until === 'drafting') return id
  await moveAuthorization(host, story, 'submit', '2026-09-29', { gapReason: 'Papers follow by mail' })
  if (until === 'submitted') return id
  await moveAuthorization(host, story, 'approve', '2026-10-01', { details: { reference: 'PA-77' } })
  return id
}

/** One event on the newest authorization of the case. */
export async function moveAuthorization(
  host: TestHost,
  story: D3353,
  event: AuthorizationEvent,
  on: string,
  more: Partial<InputOf<'authorization.transition'>> = {},
): Promise<void> {
  const { authorizations } = await host.call('authorization.forCase', { caseId: story.caseId })
  const { id, version } = authorizations[0]!
  await host.call('authorization.transition', { id, version, event, on, ...more })
}

/** The newest claim of the case, created when there is none, and sent with whatever gaps it has. */
export async function sendClaim(host: TestHost, story: D3353, on = '2026-11-21'): Promise<ClaimId> {
  const { id } = await host.call('claim.create', { caseId: story.caseId, coverageId: null })
  const { claims } = await host.call('claim.forCase', { caseId: story.caseId })
  const { version } = claims[0]!
  await host.call('claim.transition', {
    id,
    version,
    event: 'send',
    on,
    channel: 'electronic',
    reason: 'Papers follow',
  })
  return id
}

/** An EOB on the claim's single D3353 line of $850.00. */
export async function eobOf(
  host: TestHost,
  story: D3353,
  line: Partial<RemittanceLineInput>,
  more: Partial<InputOf<'remittance.post'>['remittance']> = {},
): Promise<InputOf<'remittance.post'>['remittance']> {
  const { claims } = await host.call('claim.forCase', { caseId: story.caseId })
  const claim = claims[0]!
  return {
    claimId: claim.id,
    eobDate: '2026-11-22',
    receivedOn: '2026-11-23',
    lines: [
      {
        claimLineId: claim.lines[0]!.id,
        code: 'D3353',
        submittedCode: null,
        tooth: '8',
        billedCents: 85000,
        allowedCents: null,
        deductibleCents: 0,
        coinsuranceCents: 0,
        paidCents: 0,
        adjustments: [],
        remarks: [],
        ...line,
      },
    ],
    ...more,
  }
}
/** Paid at 80 % of a contract fee of $600.00. */
export const PAID_LINE: Partial<RemittanceLineInput> = {
  allowedCents: 60000,
  coinsuranceCents: 12000,
  paidCents: 48000,
  adjustments: [
    { group: 'CO', carc: '45', cents: 25000 },
    { group: 'PR', carc: '2', cents: 12000 },
  ],
}
/** Denied because the record does not support the service. */
export const DENIED_LINE: Partial<RemittanceLineInput> = {
  adjustments: [{ group: 'CO', carc: '50', cents: 85000 }],
  remarks: ['N10'],
}
