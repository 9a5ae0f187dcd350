// Printable documents: loads what a page needs and renders it; file names and titles name no patient.
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import type { documentRoutes } from '#core/contract/document.ts'
import { type Document, fileNameOf } from '#core/document/document.ts'
import { renderHtml } from '#core/document/html.ts'
import type { DocumentKind } from '#core/document/kinds.ts'
import { caseTrail, guideSheet } from '#core/document/sheets.ts'
import { AppError } from '#core/errors.ts'
import { guidePage } from '#core/guide/reference.ts'
import type { AppealId, AuthorizationId, CaseId, ClaimId } from '#core/ids.ts'
import { openAppeal } from '#host/appeal/open.ts'
import { openRequest } from '#host/authorization/open.ts'
import { openCase } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { openClaim } from '#host/claim/open.ts'
import { getOffice } from '#host/office/rows.ts'
import { listEvents } from '#host/case/task-rows.ts'
import { viewCase } from '#host/case/view.ts'
import type { HandlersOf, QueryContext } from '#host/kernel/context.ts'
import { figuresDocument } from '#host/authorization/figures-sheet.ts'
import { denialsDocument } from '#host/remittance/denial-sheet.ts'
import { huddleDocument } from '#host/today/huddle.ts'
import {
  appealDocument,
  authorizationDocument,
  checkOutgoing,
  claimDocument,
  estimateDocument,
  narrativeDocument,
} from './letters.ts'
import { listAccess } from './access-rows.ts'
import { auditTrailDocument } from './printed-trail.ts'
import { worklistDocument } from './printed-list.ts'

async function trailDocument(context: QueryContext, caseId: CaseId): Promise<Document> {
  const { db } = context
  const file = await openCase(context, caseId)
  const { attachments, notes, authorizations, claims, remittances } = file
  const parts = [attachments, notes, authorizations, claims, remittances].flatMap((part) => part.map(({ id }) => id))
  return caseTrail(await getOffice(db), context.today, await viewCase(context, caseId), {
    evidence: attachments.map((one) => `${attachmentTitle(one)}, added by ${one.addedBy}, SHA-256 ${one.sha256}`),
    entries: (await listEvents(db, caseId)).reverse(),
    access: await listAccess(db, [caseId, ...parts]),
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

/** Those that an id names. */
const DOCUMENTS: Record<
  Exclude<DocumentKind, 'worklist' | 'audit-trail'>,
  (context: QueryContext, id: string) => Promise<Document>
> = {
  'authorization-request': async (context, id) => {
    const { file, authorization } = await openRequest(context, id as AuthorizationId)
    return authorizationDocument(context, file, documentationIn(context, file), authorization)
  },
  'patient-estimate': async (context, id) => {
    const { file, authorization } = await openRequest(context, id as AuthorizationId)
    return estimateDocument(context, file, authorization)
  },
  'claim-summary': async (context, id) => {
    const { file, claim } = await openClaim(context, id as ClaimId)
    return claimDocument(context, documentationIn(context, file), claim)
  },
  'appeal-letter': async (context, id) => {
    const { file, appeal } = await openAppeal(context, id as AppealId)
    return appealDocument(context, file, documentationIn(context, file), appeal)
  },
  narrative: async (context, id) => {
    const file = await openCase(context, id as CaseId)
    return narrativeDocument(context, file, documentationIn(context, file))
  },
  'case-trail': (context, id) => trailDocument(context, id as CaseId),
  'guide-page': guideDocument,
  huddle: huddleDocument,
  denials: denialsDocument,
  'authorization-figures': figuresDocument,
}

export const documentHandlers = {
  'document.check': async (context, { kind, id }) => {
    const { open = [] } = await DOCUMENTS[kind](context, id)
    return { open: open.map((place) => place.words) }
  },
  'document.render': async (context, { kind, id, list, trail, reason }) => {
    const document =
      kind === 'worklist'
        ? await worklistDocument(context, list ?? { of: 'today', bucket: 'all' })
        : kind === 'audit-trail'
          ? await auditTrailDocument(context, trail)
          : await DOCUMENTS[kind](context, id)
    checkOutgoing(document.open, reason)
    return { title: document.title, html: renderHtml(document), fileName: fileNameOf(kind, context.today) }
  },
  'document.noteFile': async ({ audit }, { name }) => audit({ entity: 'document', entityId: '', after: { name } }),
} satisfies HandlersOf<keyof typeof documentRoutes>
