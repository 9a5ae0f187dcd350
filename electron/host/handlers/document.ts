// Printable documents: loads what a page needs and renders it; file names and titles name no patient.
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import type { DocumentKind, documentationRoutes } from '#core/contract/documentation.ts'
import { type Document, fileNameOf } from '#core/document/document.ts'
import { renderHtml } from '#core/document/html.ts'
import {
  appealLetter,
  authorizationRequest,
  type LetterContext,
  narrativeSheet,
  patientEstimate,
} from '#core/document/letters.ts'
import { caseTrail, claimSummary, guideSheet, type TrailEntry } from '#core/document/sheets.ts'
import { AppError } from '#core/errors.ts'
import { indexOf } from '#core/guide/facts.ts'
import { guidePage } from '#core/guide/reference.ts'
import type { AppealId, AuthorizationId, CaseId, ClaimId, CoverageId } from '#core/ids.ts'
import { getAppeal } from '#db/repos/appeal.ts'
import { listAttachments } from '#db/repos/attachment.ts'
import { getAuthorization, listAuthorizations } from '#db/repos/authorization.ts'
import { getCase } from '#db/repos/case.ts'
import { getClaim, listClaims } from '#db/repos/claim.ts'
import { listNotes } from '#db/repos/note.ts'
import { findProvider, getOffice } from '#db/repos/office.ts'
import { getPatient, listCoverages } from '#db/repos/patient.ts'
import { getRemittance, listRemittances } from '#db/repos/remittance.ts'
import { listEvents } from '#db/repos/task.ts'
import { viewCase } from '../case-view.ts'
import type { HandlersOf, QueryContext } from '../context.ts'
import { loadDocumentation } from '../documentation.ts'
import { getGuide, loadGuides } from '../guides.ts'
import { denialsDocument } from '../denials-sheet.ts'
import { huddleDocument } from '../huddle.ts'
import { worklistDocument } from '../printed-list.ts'
import { payerOf } from '../remittances.ts'

async function letterContext(
  context: QueryContext,
  caseId: CaseId,
  coverageId: CoverageId | null,
): Promise<LetterContext> {
  const { db, today, assetsDir, dataDir } = context
  const record = await getCase(db, caseId)
  const guide = getGuide(loadGuides(assetsDir, dataDir), record.guide_id)
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
export async function authorizationDocument(context: QueryContext, id: AuthorizationId): Promise<Document> {
  const authorization = await getAuthorization(context.db, id)
  const record = await getCase(context.db, authorization.caseId)
  const documentation = await loadDocumentation(context.db, record, context)
  // Only what the request needs is sent: minimum necessary, 45 CFR 164.502(b).
  const evidence = new Set(documentation.itemsOf('authorization').flatMap((view) => view.attachmentIds))
  return authorizationRequest(await letterContext(context, record.id, authorization.coverageId), {
    authorization,
    narrative: documentation.narrative?.text ?? '',
    visits: documentation.visits,
    attachments: documentation.attachments.filter((file) => evidence.has(file.id)),
  })
}

async function estimateDocument(context: QueryContext, id: AuthorizationId): Promise<Document> {
  const authorization = await getAuthorization(context.db, id)
  return patientEstimate(await letterContext(context, authorization.caseId, authorization.coverageId), authorization)
}

async function claimDocument({ db, today }: QueryContext, id: ClaimId): Promise<Document> {
  const claim = await getClaim(db, id)
  const enclosures = claim.form.enclosures ? (await listAttachments(db, claim.caseId)).map(attachmentTitle) : []
  return claimSummary(await getOffice(db), today, claim, enclosures)
}

/** The appeal letter with its numbered enclosures. */
export async function appealDocument(context: QueryContext, id: AppealId): Promise<Document> {
  const { db } = context
  const appeal = await getAppeal(db, id)
  const claim = await getClaim(db, appeal.claimId)
  const notes = await listNotes(db, appeal.caseId)
  const attachments = await listAttachments(db, appeal.caseId)
  const inOrder = <Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]) =>
    ids.flatMap((one) => rows.find((row) => row.id === one) ?? [])
  return appealLetter(await letterContext(context, appeal.caseId, claim.coverageId), {
    appeal,
    claim,
    eobDate: appeal.remittanceId === null ? null : (await getRemittance(db, appeal.remittanceId)).eobDate,
    notes: inOrder(appeal.letter.noteIds, notes),
    enclosures: inOrder(appeal.letter.enclosureIds, attachments),
  })
}

async function narrativeDocument(context: QueryContext, caseId: CaseId): Promise<Document> {
  const record = await getCase(context.db, caseId)
  const { narrative } = await loadDocumentation(context.db, record, context)
  if (!narrative?.text.trim())
    throw new AppError('REFUSED', 'There is no saved narrative yet. Write and save it first.', {
      reasons: ['There is no saved narrative yet. Write and save it first.'],
    })
  return narrativeSheet(await letterContext(context, caseId, record.coverage_id), narrative.text, [])
}

async function trailDocument(context: QueryContext, caseId: CaseId): Promise<Document> {
  const { db } = context
  const view = await viewCase(db, caseId, context)
  const events = await listEvents(db, caseId)
  const attachments = await listAttachments(db, caseId)
  const ids: string[] = [
    caseId,
    ...attachments.map((file) => file.id),
    ...(await listNotes(db, caseId)).map((note) => note.id),
    ...(await listAuthorizations(db, { caseId })).map((one) => one.id),
    ...(await listClaims(db, { caseId })).map((one) => one.id),
    ...(await listRemittances(db, { caseId }, true)).map((one) => one.id),
  ]
  const access = await db
    .selectFrom('audit')
    .leftJoin('app_user', 'app_user.id', 'audit.user_id')
    .select(['audit.at', 'audit.action', 'audit.reason', 'app_user.name'])
    .where('entity_id', 'in', ids)
    .orderBy('seq')
    .execute()
  return caseTrail(await getOffice(db), context.today, view, {
    evidence: attachments.map((file) => `${attachmentTitle(file)}, added by ${file.addedBy}, SHA-256 ${file.sha256}`),
    entries: [...events].reverse(),
    access: access.map((row): TrailEntry => ({
      at: row.at,
      on: row.at.slice(0, 10),
      user: row.name ?? '',
      text: row.reason ? `${row.action} (${row.reason})` : row.action,
    })),
  })
}

/** `endodontics` for the whole guide, `endodontics/apexification` for one family. */
async function guideDocument(context: QueryContext, id: string): Promise<Document> {
  const [guideId, family] = id.split('/')
  const guide = getGuide(loadGuides(context.assetsDir, context.dataDir), guideId!)
  const wanted = family === undefined ? guide.families.map((one) => one.id) : [family]
  const pages = wanted.flatMap((one) => guidePage(guide, one) ?? [])
  if (pages.length === 0) throw new AppError('NOT_FOUND', 'This guide has no such page.', { entity: 'guide', id })
  return guideSheet(await getOffice(context.db), context.today, pages, guide.title)
}

const DOCUMENTS: Record<Exclude<DocumentKind, 'worklist'>, (context: QueryContext, id: string) => Promise<Document>> = {
  'authorization-request': (context, id) => authorizationDocument(context, id as AuthorizationId),
  'patient-estimate': (context, id) => estimateDocument(context, id as AuthorizationId),
  'claim-summary': (context, id) => claimDocument(context, id as ClaimId),
  'appeal-letter': (context, id) => appealDocument(context, id as AppealId),
  narrative: (context, id) => narrativeDocument(context, id as CaseId),
  'case-trail': (context, id) => trailDocument(context, id as CaseId),
  'guide-page': guideDocument,
  huddle: huddleDocument,
  denials: denialsDocument,
}

export const documentHandlers = {
  'document.render': async (context, { kind, id, list }) => {
    const document =
      kind === 'worklist'
        ? await worklistDocument(context, list ?? { of: 'today', bucket: 'all' })
        : await DOCUMENTS[kind](context, id)
    return { title: document.title, html: renderHtml(document), fileName: fileNameOf(kind, context.today) }
  },
} satisfies HandlersOf<'document.render' & keyof typeof documentationRoutes>
