// Printable documents: loads what a page needs and renders it; file names and titles name no patient.
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import type { DocumentKind, documentationRoutes } from '#core/contract/documentation.ts'
import { type Document, fileNameOf } from '#core/document/document.ts'
import { renderHtml } from '#core/document/html.ts'
import { caseTrail, guideSheet, type TrailEntry } from '#core/document/sheets.ts'
import { AppError } from '#core/errors.ts'
import { guidePage } from '#core/guide/reference.ts'
import type { AppealId, AuthorizationId, CaseId, ClaimId } from '#core/ids.ts'
import { listAttachments } from '#host/case/attachment-rows.ts'
import { listAuthorizations } from '#host/authorization/rows.ts'
import { listClaims } from '#host/claim/rows.ts'
import { listNotes } from '#host/case/note-rows.ts'
import { getOffice } from '#host/office/rows.ts'
import { listRemittances } from '#host/remittance/rows.ts'
import { listEvents } from '#host/case/task-rows.ts'
import { viewCase } from '#host/case/view.ts'
import type { HandlersOf, QueryContext } from '#host/kernel/context.ts'
import { denialsDocument } from '#host/remittance/denials-sheet.ts'
import { huddleDocument } from '#host/today/huddle.ts'
import {
  appealDocument,
  authorizationDocument,
  checkOutgoing,
  claimDocument,
  estimateDocument,
  narrativeDocument,
} from './letters.ts'
import { worklistDocument } from './printed-list.ts'

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
  const guide = context.assets.guides.get(guideId!)
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
  'document.check': async (context, { kind, id }) => {
    const { open = [] } = await DOCUMENTS[kind](context, id)
    return { open: open.map((place) => place.words) }
  },
  'document.render': async (context, { kind, id, list, reason }) => {
    const document =
      kind === 'worklist'
        ? await worklistDocument(context, list ?? { of: 'today', bucket: 'all' })
        : await DOCUMENTS[kind](context, id)
    checkOutgoing(document.open, reason)
    return { title: document.title, html: renderHtml(document), fileName: fileNameOf(kind, context.today) }
  },
} satisfies HandlersOf<('document.render' | 'document.check') & keyof typeof documentationRoutes>
