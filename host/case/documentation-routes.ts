// The Documentation step: checklist, films and files, chart notes, narrative.
import { randomUUID } from 'node:crypto'
import { ATTACHMENT_LABELS, attachmentTitle, IMAGES } from '#core/case/attachment-kind.ts'
import { readinessOf } from '#core/case/readiness.ts'
import { type AttachmentInput, type ChartNoteInput, type Stage, STAGES } from '#core/case/schema.ts'
import type { DocumentationView, documentationRoutes } from '#core/contract/documentation.ts'
import { formatDate } from '#core/dates.ts'
import { draftNarrative, templatesFor } from '#core/guide/narrative.ts'
import type { Template } from '#core/guide/schema.ts'
import type { CaseId, VisitId } from '#core/ids.ts'
import { addAttachment, type AttachmentRecord, getAttachment, setRemoved, updateAttachment } from './attachment-rows.ts'
import { type CaseRecord, getCase, listVisits } from './rows.ts'
import { addNote, findNarrative, getNote, removeNote, saveNarrative, setItemAnswer, updateNote } from './note-rows.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { finishWork, invalid, refuse } from './finish.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { type Documentation, loadDocumentation, type TextBasis } from './documentation.ts'
import { ATTACHMENT_LIMIT, recognizeMedia } from '#host/document/media.ts'

type Db = Reader | Writer

/** The stage the case is heading for: an appeal after a denial, the claim once treated, else the authorization. */
async function stageOf(db: Db, record: CaseRecord): Promise<Stage> {
  const denied = await db
    .selectFrom('remittance')
    .select('id')
    .where('case_id', '=', record.id)
    .where('reversed_at', 'is', null)
    .where('outcome', 'in', ['denied', 'info_requested', 'partly_paid'])
    .executeTakeFirst()
  if (denied) return 'appeal'
  return record.treatment === 'done' || /claim|follow_up/.test(record.progress) ? 'claim' : 'authorization'
}

/** Before treatment a text can only say what is planned, after it only what was done, whatever the stage looked at. */
function useOf({ treatment }: TextBasis, stage: Stage): Template['use'] {
  if (treatment === 'planned') return 'authorization'
  return treatment === 'in_progress' && stage === 'authorization' ? 'authorization' : 'claim'
}

/** The text the guide proposes from what is on record and dated notes; empty when it has none for these codes. */
function draftOf(documentation: Documentation, stage: Stage): string {
  const { guide, codes, notes, visits, lines } = documentation
  const basis = documentation.textBasis()
  const template = codes.flatMap((code) => templatesFor(guide, code, useOf(basis, stage)))[0]
  if (!template) return ''
  const dated = notes.map((note) => ({ date: note.notedOn, text: note.text }))
  const images = documentation.filesFor(stage).filter((file) => IMAGES.includes(file.kind))
  const context = {
    visits: visits.length > 0 ? String(visits.length) : '',
    serviceDate:
      lines
        .flatMap((line) => line.serviceDate ?? [])
        .sort()
        .at(-1) ?? '',
    images: images.map(attachmentTitle).join('; '),
  }
  return draftNarrative(guide, template.id, basis.facts, dated, context, basis.written)
}

async function checkVisit(db: Db, caseId: CaseId, visitId: VisitId | null): Promise<void> {
  if (visitId === null) return
  const visits = await listVisits(db, caseId)
  if (!visits.some((visit) => visit.id === visitId)) invalid('visitId', 'This visit is not part of the case.')
}

async function checkNote({ tx, today }: CommandContext, caseId: CaseId, note: ChartNoteInput): Promise<void> {
  if (note.notedOn > today) invalid('note.notedOn', 'A chart note cannot be dated in the future.')
  await checkVisit(tx, caseId, note.visitId)
}

/** Ids and values for the audit, never the file itself. */
const auditOf = (row: AttachmentRecord | AttachmentInput) => ({
  kind: row.kind,
  takenOn: 'taken_on' in row ? row.taken_on : row.takenOn,
  tooth: row.tooth,
})

async function doneTitles(context: CommandContext, record: CaseRecord): Promise<Map<string, string>> {
  const documentation = await loadDocumentation(context.tx, record, context)
  const items = STAGES.flatMap((stage) => documentation.itemsOf(stage)).filter((view) => view.state === 'done')
  return new Map(items.map((view) => [view.item.key, view.item.title]))
}

async function answerItem(
  context: CommandContext,
  input: { caseId: CaseId; key: string },
  answer: { state: 'done' | 'waived'; note: string } | null,
): Promise<Record<string, never>> {
  const record = await getCase(context.tx, input.caseId)
  const documentation = await loadDocumentation(context.tx, record, context)
  const view = STAGES.flatMap((stage) => documentation.itemsOf(stage)).find((one) => one.item.key === input.key)
  if (!view && answer) invalid('key', 'The checklist has no such item.')
  await setItemAnswer(context.tx, input.caseId, input.key, answer, context)
  const title = view?.item.title ?? input.key
  const verb = answer === null ? 'Reopened' : answer.state === 'waived' ? 'Waived' : 'Marked as there'
  await finishWork(context, input.caseId, {
    event: { kind: 'documentation', text: `${verb}: ${title}${answer ? ` (${answer.note})` : ''}` },
    audit: { entity: 'case', entityId: input.caseId, after: { key: input.key, answer }, reason: answer?.note ?? '' },
  })
  return {}
}

export const documentationHandlers = {
  'documentation.get': async (context, { caseId, stage: asked }): Promise<DocumentationView> => {
    const { db } = context
    const record = await getCase(db, caseId)
    const stage = asked ?? (await stageOf(db, record))
    const documentation = await loadDocumentation(db, record, context)
    const { narrative, visits } = documentation
    const draft = draftOf(documentation, stage)
    return {
      stage,
      items: documentation.itemsOf(stage),
      readiness: STAGES.map((one) => readinessOf(one, documentation.itemsOf(one), visits)),
      attachments: [...documentation.attachments],
      notes: [...documentation.notes],
      narrative: {
        text: narrative?.text ?? draft,
        edited: narrative !== undefined,
        version: narrative?.version ?? 0,
        draft,
        editedBy: narrative?.editedBy ?? '',
      },
    }
  },
  'documentation.markItem': (context, input) => answerItem(context, input, { state: 'done', note: input.note }),
  'documentation.waiveItem': (context, input) => answerItem(context, input, { state: 'waived', note: input.reason }),
  'documentation.reopenItem': (context, input) => answerItem(context, input, null),

  'attachment.add': async (context, { caseId, attachment, content }) => {
    const { tx, blobs } = context
    const record = await getCase(tx, caseId)
    await checkVisit(tx, caseId, attachment.visitId)
    // Base64 beyond the limit is refused before it is decoded; recognizeMedia would only see it afterwards.
    const tooLong = typeof content === 'string' && content.length * 0.75 > ATTACHMENT_LIMIT + 3
    const bytes = typeof content === 'string' ? Buffer.from(tooLong ? '' : content, 'base64') : Buffer.from(content)
    const mediaType = recognizeMedia(tooLong ? Buffer.alloc(ATTACHMENT_LIMIT + 1) : bytes)
    const before = await doneTitles(context, record)
    const id = context.newId<AttachmentRecord['id']>()
    const blob = blobs.put(randomUUID(), bytes)
    await addAttachment(tx, { id, caseId, input: attachment, mediaType, bytes: bytes.length, blob }, context)
    const after = await doneTitles(context, record)
    await finishWork(context, caseId, {
      event: { kind: 'attachment', text: `Added: ${attachmentTitle({ ...attachment, caption: '' })}` },
      audit: { entity: 'attachment', entityId: id, after: { ...auditOf(attachment), sha256: blob.sha256 } },
    })
    return { id, completes: [...after].filter(([key]) => !before.has(key)).map(([, title]) => title) }
  },
  'attachment.update': async (context, { id, version, attachment }) => {
    const row = await getAttachment(context.tx, id)
    if (row.removed_at !== null) refuse(['This file was taken off the case. Restore it first.'])
    await checkVisit(context.tx, row.case_id, attachment.visitId)
    await updateAttachment(context.tx, id, version, attachment, context)
    await finishWork(context, row.case_id, {
      event: { kind: 'attachment', text: `Changed: ${attachmentTitle({ ...attachment, caption: '' })}` },
      audit: { entity: 'attachment', entityId: id, before: auditOf(row), after: auditOf(attachment) },
    })
    return {}
  },
  'attachment.remove': async (context, { id, reason }) => {
    const row = await getAttachment(context.tx, id)
    await setRemoved(context.tx, id, context.now, context)
    await finishWork(context, row.case_id, {
      event: { kind: 'attachment', text: `Taken off: ${kindLabel(row)}${reason ? ` (${reason})` : ''}` },
      audit: { entity: 'attachment', entityId: id, before: auditOf(row), reason },
    })
    return {}
  },
  'attachment.restore': async (context, { id }) => {
    const row = await getAttachment(context.tx, id)
    await setRemoved(context.tx, id, null, context)
    await finishWork(context, row.case_id, {
      event: { kind: 'attachment', text: `Put back: ${kindLabel(row)}` },
      audit: { entity: 'attachment', entityId: id, after: auditOf(row) },
    })
    return {}
  },
  'attachment.content': async ({ db, blobs }, { id }) => {
    const row = await getAttachment(db, id)
    // A plain copy: what crosses the process boundary is not a Node Buffer.
    return { mediaType: row.media_type, content: new Uint8Array(blobs.get(row.blob_id, row.blob_key)) }
  },

  'note.add': async (context, { caseId, note }) => {
    await checkNote(context, caseId, note)
    const id = context.newId<Parameters<typeof addNote>[1]>()
    await addNote(context.tx, id, caseId, note, context)
    await finishWork(context, caseId, {
      event: { kind: 'note', text: `Chart note of ${formatDate(note.notedOn)} added` },
      audit: { entity: 'note', entityId: id, after: note },
    })
    return { id }
  },
  'note.update': async (context, { id, version, note }) => {
    const before = await getNote(context.tx, id)
    await checkNote(context, before.caseId, note)
    await updateNote(context.tx, id, version, note, context)
    await finishWork(context, before.caseId, {
      event: { kind: 'note', text: `Chart note of ${formatDate(note.notedOn)} changed` },
      audit: { entity: 'note', entityId: id, before, after: note },
    })
    return {}
  },
  'note.remove': async (context, { id, reason }) => {
    const before = await getNote(context.tx, id)
    await removeNote(context.tx, id, context)
    await finishWork(context, before.caseId, {
      event: { kind: 'note', text: `Chart note of ${formatDate(before.notedOn)} taken off (${reason})` },
      audit: { entity: 'note', entityId: id, before, reason },
    })
    return {}
  },
  'narrative.save': async (context, { caseId, version, text }) => {
    const before = await findNarrative(context.tx, caseId)
    const saved = await saveNarrative(context.tx, caseId, version, text, context)
    await finishWork(context, caseId, {
      ...(before ? {} : { event: { kind: 'narrative', text: 'Narrative written' } }),
      audit: { entity: 'narrative', entityId: caseId, before: before?.text, after: text },
    })
    return { version: saved }
  },
} satisfies HandlersOf<Exclude<keyof typeof documentationRoutes, 'document.render' | 'document.check'>>

function kindLabel(row: AttachmentRecord): string {
  return ATTACHMENT_LABELS[row.kind as AttachmentInput['kind']]
}
