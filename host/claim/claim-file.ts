// Claims and requests of ours as they go into a claim file: the form, the plan’s place, what the plan before it decided.
import { tooLateToEstimate } from '#core/authorization/request.ts'
import { fillForm } from '#core/claim/fill.ts'
import { checkElectronic, type ElectronicSource } from '#core/claim/electronic.ts'
import type { ClaimFinding } from '#core/claim/schema.ts'
import { type OpenPlace, openPlaces, textsIn } from '#core/document/outgoing.ts'
import type { AuthorizationId, CaseId, ClaimId, CoverageId } from '#core/ids.ts'
import type { Coverage } from '#core/patient.ts'
import { AppError } from '#core/errors.ts'
import { OralArea } from '#core/teeth.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { getAuthorization } from '#host/authorization/rows.ts'
import { getCase } from '#host/case/rows.ts'
import { getClaim, type StoredClaim } from './rows.ts'
import { findProvider, getOffice } from '#host/office/rows.ts'
import { getPatient, listCoverages } from '#host/patient/rows.ts'
import { findingsOf } from './claims.ts'
import { type Documentation, loadDocumentation } from '#host/case/documentation.ts'
import { openDecisions, plansOf } from './other-plans.ts'
import type { DeriveContext } from '#host/case/refresh.ts'
import { payerOf } from '#host/remittance/remittances.ts'

type Db = Reader | Writer

export interface Exportable {
  id: string
  caseId: CaseId
  claim: StoredClaim | null
  authorizationId: AuthorizationId | null
  source: ElectronicSource
  /** Blanks, services at $0.00 and what plans before have not decided: it goes out only with a reason. */
  open: ClaimFinding[]
  findings: ClaimFinding[]
}

/** CLM01 of a predetermination: unique within the office and within 20 characters. */
export function requestNumber(id: AuthorizationId): string {
  return `PD${id.replaceAll('-', '').slice(-12).toUpperCase()}`
}

/** A claim or a request by its id, with everything that speaks against sending it. @throws NOT_FOUND */
export async function loadExportable(db: Db, id: string, context: DeriveContext): Promise<Exportable> {
  const isClaim = await db
    .selectFrom('claim')
    .select('id')
    .where('id', '=', id as ClaimId)
    .executeTakeFirst()
  if (isClaim) return loadClaim(db, id as ClaimId, context)
  const isRequest = await db
    .selectFrom('authorization')
    .select('id')
    .where('id', '=', id as AuthorizationId)
    .executeTakeFirst()
  if (isRequest) return loadRequest(db, id as AuthorizationId, context)
  throw new AppError('NOT_FOUND', 'There is no claim or request with this id.', { entity: 'claim', id })
}

async function coverageFacts(db: Db, coverageId: CoverageId | null) {
  const coverage: Coverage | undefined =
    coverageId === null ? undefined : (await listCoverages(db, { id: coverageId }))[0]
  const payer = await payerOf(db, coverageId)
  return {
    coverage: coverage ?? null,
    payer,
    order: coverage?.order ?? 'primary',
    payerKind: payer?.kind ?? 'other',
  } as const
}
const kindsOf = (documentation: Documentation, stage: 'claim' | 'authorization') =>
  documentation.filesFor(stage).map((file) => file.kind)

/** A blank or a service at $0.00, also in what was sent before: a file goes out again only with a reason. */
function openIn({ form, lines }: ElectronicSource, late: readonly OpenPlace[] = []): ClaimFinding[] {
  return [...openPlaces({ texts: textsIn([form, lines]), lines }), ...late].map(({ line, words }, at) => ({
    id: `open:${at}`,
    severity: 'warn',
    field: line === null ? 'remarks' : `lines.${line}.feeCents`,
    message: words,
    source: 'Claimwright’s advice',
  }))
}

async function loadClaim(db: Db, id: ClaimId, context: DeriveContext): Promise<Exportable> {
  const claim = await getClaim(db, id)
  const documentation = await loadDocumentation(db, await getCase(db, claim.caseId), context)
  const { payerKind } = await coverageFacts(db, claim.coverageId)
  const plans = await plansOf(db, claim, context.assets.reasons)
  const source: ElectronicSource = {
    ...plans,
    number: claim.number,
    lines: claim.lines,
    frequency: claim.frequency,
    payerClaimNumber: claim.payerClaimNumber,
    payerKind,
    enclosures: kindsOf(documentation, 'claim'),
  }
  const open = [...openIn(source), ...openDecisions(claim, plans)]
  const findings = [...open, ...checkElectronic(source), ...(await findingsOf(db, claim, context))]
  return { id, caseId: claim.caseId, claim, authorizationId: null, source, open, findings: inOrder(findings) }
}

async function loadRequest(db: Db, id: AuthorizationId, context: DeriveContext): Promise<Exportable> {
  const request = await getAuthorization(db, id)
  const record = await getCase(db, request.caseId)
  const documentation = await loadDocumentation(db, record, context)
  const { coverage, payer, order, payerKind } = await coverageFacts(db, request.coverageId)
  const enclosures = kindsOf(documentation, 'authorization')
  const { form } = fillForm({
    office: await getOffice(db),
    patient: await getPatient(db, record.patient_id),
    coverage,
    payer,
    others: [],
    provider: record.provider_id === null ? null : ((await findProvider(db, record.provider_id)) ?? null),
    lines: [],
    authorization: null,
    facts: documentation.facts,
    labelOf: () => '',
    hasAttachments: enclosures.length > 0,
    narrative: documentation.narrative?.text ?? '',
  })
  const lines = request.lines.map((line) => ({
    lineId: line.lineId,
    serviceDate: null,
    area: line.tooth === null ? (OralArea.safeParse(record.area).data ?? null) : null,
    tooth: line.tooth,
    surfaces: '',
    code: line.code,
    diagnosisPointers: form.diagnoses.length > 0 ? 'A' : '',
    quantity: line.quantity,
    description: '',
    feeCents: line.feeCents,
  }))
  const source: ElectronicSource = {
    number: requestNumber(id),
    form: { ...form, transaction: 'predetermination', remarks: documentation.narrative?.text ?? '' },
    lines,
    frequency: 'original',
    payerClaimNumber: '',
    order,
    payerKind,
    enclosures,
    others: [],
  }
  // A request in a file is a predetermination, whatever the payer calls it.
  const open = openIn(source, tooLateToEstimate({ ...request, kind: 'estimate' }, documentation.textBasis()))
  return {
    id,
    caseId: request.caseId,
    claim: null,
    authorizationId: id,
    source,
    open,
    findings: inOrder([...checkElectronic(source), ...open]),
  }
}

function inOrder(findings: readonly ClaimFinding[]): ClaimFinding[] {
  const order = { block: 0, warn: 1, info: 2 }
  // Several checks may miss the same field; once is enough.
  const seen = new Set<string>()
  return [...findings]
    .sort((a, b) => order[a.severity] - order[b.severity])
    .filter(({ field, severity, message }) => {
      const key = severity === 'block' ? `${severity} ${field}` : `${severity} ${field} ${message}`
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
}
