// Claims as the case stands: filled from what is on file, checked before they go out.
import { isApproved } from '#core/authorization/lifecycle.ts'
import type { Authorization } from '#core/authorization/schema.ts'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import { fillForm } from '#core/claim/fill.ts'
import type { ClaimFinding, ClaimForm, ClaimLineInput } from '#core/claim/schema.ts'
import { validateClaim } from '#core/claim/validate.ts'
import { indexOf } from '#core/guide/facts.ts'
import type { CoverageId } from '#core/ids.ts'
import type { Coverage } from '#core/patient.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { listAuthorizations } from '#host/authorization/rows.ts'
import { type CaseRecord, getCase } from '#host/case/rows.ts'
import { listClaims, type StoredClaim } from './rows.ts'
import { findProvider, getOffice } from '#host/office/rows.ts'
import { getPatient, listCoverages } from '#host/patient/rows.ts'
import { needOf } from '#host/authorization/need.ts'
import { factsOf } from '#host/case/facts.ts'
import { type Documentation, loadDocumentation } from '#host/case/documentation.ts'
import { openDecisions, plansOf } from './other-plans.ts'
import { answersFor } from '#host/case/payer-answers.ts'
import type { DeriveContext } from '#host/case/refresh.ts'
import { payerOf } from '#host/remittance/remittances.ts'

type Db = Reader | Writer
/** The authorization a claim under this coverage leans on: an approved one, else the latest still alive. */
export async function authorizationFor(
  db: Db,
  record: CaseRecord,
  coverageId: CoverageId | null,
): Promise<Authorization | null> {
  const all = (await listAuthorizations(db, { caseId: record.id })).filter((one) => one.coverageId === coverageId)
  const approved = all.filter((one) => isApproved(one.state) || one.state === 'used')
  const alive = all.filter((one) => !['withdrawn', 'not_required'].includes(one.state))
  return (
    approved.find((one) => one.kind === 'required') ??
    approved[0] ??
    alive.find((one) => one.kind === 'required') ??
    null
  )
}

/** Lines of the case that no live claim under this coverage carries yet; all of them for a replacement. */
async function linesToBill(
  db: Db,
  record: CaseRecord,
  { lines }: Documentation,
  coverageId: CoverageId | null,
  exceptClaims: readonly string[],
) {
  const live = (await listClaims(db, { caseId: record.id })).filter(
    (claim) => claim.state !== 'void' && claim.coverageId === coverageId && !exceptClaims.includes(claim.id),
  )
  const billed = new Set(live.flatMap((claim) => claim.lines.flatMap((line) => line.lineId ?? [])))
  return lines.filter((line) => !billed.has(line.id))
}

export interface Filled {
  form: ClaimForm
  lines: ClaimLineInput[]
  authorization: Authorization | null
}
/** Form and lines from the case, patient, coverages, office and authorization. */
export async function fillClaim(
  db: Db,
  record: CaseRecord,
  coverageId: CoverageId | null,
  context: DeriveContext,
  exceptClaims: readonly string[],
): Promise<Filled> {
  const documentation = await loadDocumentation(db, record, context)
  const bill = await linesToBill(db, record, documentation, coverageId, exceptClaims)
  const authorization = await authorizationFor(db, record, coverageId)
  const filled = fillForm({
    office: await getOffice(db),
    patient: await getPatient(db, record.patient_id),
    coverage: coverageId === null ? null : ((await listCoverages(db, { id: coverageId }))[0] ?? null),
    payer: await payerOf(db, coverageId),
    others: await othersOf(db, record, coverageId, bill),
    provider: record.provider_id === null ? null : ((await findProvider(db, record.provider_id)) ?? null),
    lines: bill,
    authorization,
    facts: await factsOf(db, record, documentation.guide, context.today),
    labelOf: (code) => indexOf(documentation.guide).codes.get(code)?.label ?? '',
    hasAttachments: enclosuresOf(documentation).length > 0,
    narrative: documentation.narrative?.text ?? '',
  })
  return { ...filled, authorization }
}

/** The other plans of the patient that hold on a day of service, who pays first at the top. */
async function othersOf(db: Db, record: CaseRecord, coverageId: CoverageId | null, lines: Documentation['lines']) {
  const days = lines.flatMap((line) => line.serviceDate ?? [])
  const holds = ({ validFrom, validTo }: Coverage) =>
    days.length === 0 || days.some((day) => (validFrom ?? day) <= day && day <= (validTo ?? day))
  const others = []
  for (const coverage of await listCoverages(db, { patientId: record.patient_id }))
    if (coverage.id !== coverageId && holds(coverage)) others.push({ coverage, payer: await payerOf(db, coverage.id) })
  return others
}

/** Files that the claim stage asks for, as the enclosure list names them (desk.md D row 33). */
export function enclosuresOf(documentation: Documentation): string[] {
  return documentation.filesFor('claim').map(attachmentTitle)
}

/** Lines of the same case that stand on other claims or none; a line is never counted against itself. */
function earlierLines({ lines }: Documentation, claim: StoredClaim, record: CaseRecord) {
  // A line that was entered anew has another id: then its service tells.
  const isGone = (id: string | null) => !lines.some((line) => line.id === id)
  const same = (line: Documentation['lines'][number]) =>
    claim.lines.some(
      (one) =>
        one.lineId === line.id ||
        (isGone(one.lineId) &&
          one.code === line.code &&
          one.tooth === line.tooth &&
          one.area === line.area &&
          one.serviceDate === line.serviceDate),
    )
  return lines.filter((line) => !same(line)).map((line) => ({ ...line, providerId: record.provider_id }))
}

/** What speaks against sending a claim that is not sent yet; a sent one is kept as it was. */
export async function findingsOf(db: Db, claim: StoredClaim, context: DeriveContext): Promise<ClaimFinding[]> {
  if (claim.state !== 'draft' && claim.state !== 'rejected') return []
  const record = await getCase(db, claim.caseId)
  const documentation = await loadDocumentation(db, record, context)
  const payer = await payerOf(db, claim.coverageId)
  const need = await needOf(db, record, documentation.codes, context.today)
  const open = openDecisions(claim, await plansOf(db, claim, context.assets.reasons))
  const found = validateClaim(claim.form, claim.lines, {
    guide: documentation.guide,
    today: context.today,
    need: need.answer,
    authorization: await authorizationFor(db, record, claim.coverageId),
    trauma: documentation.facts['trauma'] === true,
    hasAttachments: enclosuresOf(documentation).length > 0,
    timelyFilingDays: payer?.timelyFilingDays ?? null,
    completedOn:
      record.treatment === 'done'
        ? (documentation.visits
            .flatMap((visit) => visit.doneOn ?? [])
            .sort()
            .at(-1) ?? null)
        : null,
    icd: context.assets.diagnoses,
    history: [...documentation.history, ...earlierLines(documentation, claim, record)],
    providerId: record.provider_id,
    answers: await answersFor(
      db,
      record,
      claim.coverageId,
      claim.lines.map((line) => line.code),
    ),
  })
  const isBlock = ({ severity }: ClaimFinding) => severity === 'block'
  return [...found.filter(isBlock), ...open, ...found.filter((one) => !isBlock(one))]
}
