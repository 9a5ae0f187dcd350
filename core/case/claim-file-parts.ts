// Claims and requests of a case as they go into a claim file: the form, the plan’s place, what the plan before it decided.
import type { Authorization } from '../authorization/schema.ts'
import type { ElectronicSource } from '../claim/electronic.ts'
import { fillForm } from '../claim/fill.ts'
import type { AuthorizationId } from '../ids.ts'
import type { OfficeInput } from '../office.ts'
import { type CaseContents, coverageOf, type StoredClaim } from './contents.ts'
import type { CaseDecisions } from './decisions.ts'
import type { Documentation } from './documentation.ts'
import { plansOf } from './plans.ts'
import type { Stage } from './schema.ts'

const kindsOf = (documentation: Documentation, stage: Stage) => documentation.filesFor(stage).map((file) => file.kind)

/** CLM01 of a predetermination: unique within the office and within 20 characters. */
export function requestNumber(id: AuthorizationId): string {
  return `PD${id.replaceAll('-', '').slice(-12).toUpperCase()}`
}

export function electronicClaim(
  contents: CaseContents,
  documentation: Documentation,
  claim: StoredClaim,
  decided: CaseDecisions,
): ElectronicSource {
  return {
    ...plansOf(contents, claim, decided),
    number: claim.number,
    lines: claim.lines,
    frequency: claim.frequency,
    payerClaimNumber: claim.payerClaimNumber,
    payerKind: coverageOf(contents, claim.coverageId)?.payer.kind ?? 'other',
    enclosures: kindsOf(documentation, 'claim'),
  }
}

/** A request in a file is a predetermination, whatever the payer calls it. */
export function electronicRequest(
  contents: CaseContents,
  documentation: Documentation,
  request: Authorization,
  office: OfficeInput,
): ElectronicSource {
  const { patient, provider, narrative } = contents
  const plan = coverageOf(contents, request.coverageId)
  const enclosures = kindsOf(documentation, 'authorization')
  const remarks = narrative?.text ?? ''
  const { form } = fillForm({
    office,
    patient,
    coverage: plan?.coverage ?? null,
    payer: plan?.payer ?? null,
    others: [],
    provider,
    lines: [],
    authorization: null,
    facts: documentation.facts,
    labelOf: () => '',
    hasAttachments: enclosures.length > 0,
    narrative: remarks,
  })
  const lines = request.lines.map((line) => ({
    lineId: line.lineId,
    serviceDate: null,
    area: line.tooth === null ? line.area : null,
    tooth: line.tooth,
    surfaces: '',
    code: line.code,
    diagnosisPointers: form.diagnoses.length > 0 ? 'A' : '',
    quantity: line.quantity,
    description: '',
    feeCents: line.feeCents,
  }))
  return {
    number: requestNumber(request.id),
    form: { ...form, transaction: 'predetermination', remarks },
    lines,
    frequency: 'original',
    payerClaimNumber: '',
    order: plan?.coverage.order ?? 'primary',
    payerKind: plan?.payer.kind ?? 'other',
    enclosures,
    others: [],
  }
}
