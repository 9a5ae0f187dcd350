// Letters that leave the office, built from the case as it stands; each says what in it still stands open.
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import { rejectedIn } from '#core/case/evidence.ts'
import type { Attachment } from '#core/case/schema.ts'
import type { Document } from '#core/document/document.ts'
import {
  appealLetter,
  authorizationRequest,
  type LetterContext,
  narrativeSheet,
  patientEstimate,
} from '#core/document/letters.ts'
import type { OpenPlace } from '#core/document/outgoing.ts'
import { claimSummary } from '#core/document/sheets.ts'
import { isApproved } from '#core/authorization/lifecycle.ts'
import { indexOf } from '#core/guide/facts.ts'
import type { AppealId, AuthorizationId, CaseId, ClaimId, CoverageId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { getAppeal } from '#host/appeal/rows.ts'
import { getAuthorization } from '#host/authorization/rows.ts'
import { getCase } from '#host/case/rows.ts'
import { getClaim } from '#host/claim/rows.ts'
import { listNotes } from '#host/case/note-rows.ts'
import { findProvider, getOffice } from '#host/office/rows.ts'
import { getPatient, listCoverages } from '#host/patient/rows.ts'
import { getRemittance } from '#host/remittance/rows.ts'
import { refuse } from '#host/case/finish.ts'
import { enclosuresOf } from '#host/claim/claims.ts'
import { loadDocumentation } from '#host/case/documentation.ts'
import type { DeriveContext } from '#host/case/refresh.ts'
import { payerOf } from '#host/remittance/remittances.ts'

/** Why a file must not be enclosed as what it is called. */
export const notHolding = (file: Attachment): string =>
  `${attachmentTitle(file)}: the checklist does not take it. Correct its kind, date or tooth, or leave it out.`

type Context = DeriveContext & { db: Reader | Writer }

/** Stops what has a blank or a service at $0.00 from leaving, until somebody says why. @throws REFUSED */
export function checkOutgoing(open: readonly OpenPlace[] = [], reason: string): void {
  if (open.length > 0 && reason === '')
    refuse([...open.map((place) => place.words), 'To let it go anyway, give a reason.'])
}

async function letterContext(context: Context, caseId: CaseId, coverageId: CoverageId | null): Promise<LetterContext> {
  const { db, today, assets } = context
  const record = await getCase(db, caseId)
  const guide = assets.guides.get(record.guide_id)
  const coverages = coverageId === null ? [] : await listCoverages(db, { id: coverageId })
  return {
    office: await getOffice(db),
    provider: record.provider_id === null ? null : ((await findProvider(db, record.provider_id)) ?? null),
    patient: await getPatient(db, record.patient_id),
    coverage: coverages[0] ?? null,
    payer: await payerOf(db, coverageId),
    today,
    labelOf: (code) => indexOf(guide).codes.get(code)?.label ?? '',
  }
}

/** The request letter with its enclosures. */
export async function authorizationDocument(context: Context, id: AuthorizationId): Promise<Document> {
  const authorization = await getAuthorization(context.db, id)
  const record = await getCase(context.db, authorization.caseId)
  const documentation = await loadDocumentation(context.db, record, context)
  return authorizationRequest(await letterContext(context, record.id, authorization.coverageId), {
    authorization,
    narrative: documentation.narrative?.text ?? '',
    visits: documentation.visits,
    attachments: documentation.filesFor('authorization'),
    progress: documentation.textBasis(),
  })
}

/** What the patient is told of the decision; there is none before the plan has decided. */
export async function estimateDocument(context: Context, id: AuthorizationId): Promise<Document> {
  const authorization = await getAuthorization(context.db, id)
  if (!isApproved(authorization.state) && authorization.state !== 'used')
    refuse(['The plan has approved nothing yet. Record its decision first.'])
  return patientEstimate(await letterContext(context, authorization.caseId, authorization.coverageId), authorization)
}

/** The claim by item number, with what it encloses. */
export async function claimDocument(context: Context, id: ClaimId): Promise<Document> {
  const claim = await getClaim(context.db, id)
  const documentation = await loadDocumentation(context.db, await getCase(context.db, claim.caseId), context)
  const enclosures = claim.form.enclosures ? enclosuresOf(documentation) : []
  return claimSummary(await getOffice(context.db), context.today, claim, enclosures)
}

/** The appeal letter with its numbered enclosures. */
export async function appealDocument(context: Context, id: AppealId): Promise<Document> {
  const { db } = context
  const appeal = await getAppeal(db, id)
  const claim = await getClaim(db, appeal.claimId)
  const notes = await listNotes(db, appeal.caseId)
  const { attachments, itemsOf } = await loadDocumentation(db, await getCase(db, appeal.caseId), context)
  const rejected = rejectedIn(itemsOf('appeal'))
  const inOrder = <Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]) =>
    ids.flatMap((one) => rows.find((row) => row.id === one) ?? [])
  const enclosures = inOrder(appeal.letter.enclosureIds, attachments)
  const astray = enclosures.filter((file) => rejected.has(file.id))
  const letter = appealLetter(await letterContext(context, appeal.caseId, claim.coverageId), {
    appeal,
    claim,
    eobDate: appeal.remittanceId === null ? null : (await getRemittance(db, appeal.remittanceId)).eobDate,
    notes: inOrder(appeal.letter.noteIds, notes),
    enclosures,
  })
  const places = astray.map((file) => ({ line: null, words: notHolding(file) }))
  return { ...letter, open: [...(letter.open ?? []), ...places] }
}

/** The saved narrative on its own sheet. */
export async function narrativeDocument(context: Context, caseId: CaseId): Promise<Document> {
  const record = await getCase(context.db, caseId)
  const { narrative } = await loadDocumentation(context.db, record, context)
  if (!narrative?.text.trim()) refuse(['There is no saved narrative yet. Write and save it first.'])
  return narrativeSheet(await letterContext(context, caseId, record.coverage_id), narrative.text, [])
}
