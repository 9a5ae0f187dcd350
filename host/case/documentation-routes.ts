// The Documentation step: checklist, films and files, chart notes, narrative.
import { randomUUID } from 'node:crypto'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import { ATTACHMENT_LABELS, type AttachmentInput, type ChartNoteInput, type Stage, STAGES } from '#core/case/schema.ts'
import { postedOf } from '#core/case/contents.ts'
import type { Documentation } from '#core/case/documentation.ts'
import { draftOf } from '#core/case/narrative-draft.ts'
import { readinessOf } from '#core/case/readiness.ts'
import type { documentationRoutes, DocumentationView } from '#core/contract/case-documentation.ts'
import { formatDate } from '#core/dates.ts'
import type { CaseId, NoteId, VisitId } from '#core/ids.ts'
import { addAttachment, type AttachmentRecord, getAttachment, setRemoved, updateAttachment } from './attachment-rows.ts'
import { type CaseFile, openCase } from './case-file.ts'
import { documentationIn } from './documentation.ts'
import { addNote, getNote, removeNote, saveNarrative, setItemAnswer, updateNote } from './note-rows.ts'
import { finishWork } from './finish.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { ATTACHMENT_LIMIT, recognizeMedia } from '#host/document/media.ts'
import { withoutPlace } from '#host/document/place-data.ts'

/** The stage the case is heading for: an appeal after a denial, the claim once treated, else the authorization. */
function stageOf(file: CaseFile): Stage {
  const { treatment, progress } = file.record
  if (postedOf(file).some(({ outcome }) => ['denied', 'info_requested', 'partly_paid'].includes(outcome)))
    return 'appeal'
  return treatment === 'done' || /claim|follow_up/.test(progress) ? 'claim' : 'authorization'
}

function checkVisit({ visits }: CaseFile, visitId: VisitId | null): void {
  if (visitId === null || visits.some((visit) => visit.id === visitId)) return
  invalid('visitId', 'This visit is not part of the case.')
}

function checkNote({ today }: CommandContext, file: CaseFile, note: ChartNoteInput): void {
  if (note.notedOn > today) invalid('note.notedOn', 'A chart note cannot be dated in the future.')
  checkVisit(file, note.visitId)
}

/** Ids and values for the audit, never the file itself. */
const auditOf = (row: AttachmentRecord | AttachmentInput) => ({
  kind: row.kind,
  takenOn: 'taken_on' in row ? row.taken_on : row.takenOn,
  tooth: row.tooth,
})

function doneTitles(context: CommandContext, file: CaseFile): Map<string, string> {
  const items = allItems(documentationIn(context, file)).filter((view) => view.state === 'done')
  return new Map(items.map((view) => [view.item.key, view.item.title]))
}
const allItems = (documentation: Documentation) => STAGES.flatMap((stage) => documentation.itemsOf(stage))

async function answerItem(
  context: CommandContext,
  { caseId, key }: { caseId: CaseId; key: string },
  answer: { state: 'done' | 'waived'; note: string } | null,
): Promise<void> {
  const file = await openCase(context, caseId)
  const view = allItems(documentationIn(context, file)).find((one) => one.item.key === key)
  if (!view && answer) invalid('key', 'The checklist has no such item.')
  await file.write(context, ['answers'], (tx) => setItemAnswer(tx, caseId, key, answer, context))
  const title = view?.item.title ?? key
  const verb = answer === null ? 'Reopened' : answer.state === 'waived' ? 'Waived' : 'Marked as there'
  await finishWork(context, file, {
    event: { kind: 'documentation', text: `${verb}: ${title}${answer ? ` (${answer.note})` : ''}` },
    audit: { entity: 'case', entityId: caseId, after: { key, answer }, reason: answer?.note ?? '' },
  })
}

export const documentationHandlers = {
  'documentation.get': async (context, { caseId, stage: asked }): Promise<DocumentationView> => {
    const file = await openCase(context, caseId)
    const { narrative, visits } = file
    const stage = asked ?? stageOf(file)
    const documentation = documentationIn(context, file)
    const draft = draftOf(file, documentation, stage)
    return {
      stage,
      items: documentation.itemsOf(stage),
      readiness: STAGES.map((one) => readinessOf(one, documentation.itemsOf(one), visits)),
      attachments: [...file.attachments],
      notes: [...file.notes],
      narrative: {
        text: narrative?.text ?? draft,
        edited: narrative !== null,
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
    const file = await openCase(context, caseId)
    checkVisit(file, attachment.visitId)
    // Base64 beyond the limit is refused before it is decoded; recognizeMedia would only see it afterwards.
    const tooLong = typeof content === 'string' && content.length * 0.75 > ATTACHMENT_LIMIT + 3
    const bytes = typeof content === 'string' ? Buffer.from(tooLong ? '' : content, 'base64') : Buffer.from(content)
    const mediaType = recognizeMedia(tooLong ? Buffer.alloc(ATTACHMENT_LIMIT + 1) : bytes)
    const before = doneTitles(context, file)
    const id = context.newId<AttachmentRecord['id']>()
    const kept = withoutPlace(bytes, mediaType)
    const blob = context.blobs.put(randomUUID(), kept)
    const row = { id, caseId, input: attachment, mediaType, bytes: kept.length, blob }
    await file.write(context, ['attachments'], (tx) => addAttachment(tx, row, context))
    const after = doneTitles(context, await openCase(context, caseId))
    await finishWork(context, file, {
      event: { kind: 'attachment', text: `Added: ${attachmentTitle({ ...attachment, caption: '' })}` },
      audit: { entity: 'attachment', entityId: id, after: { ...auditOf(attachment), sha256: blob.sha256 } },
    })
    return { id, completes: [...after].filter(([key]) => !before.has(key)).map(([, title]) => title) }
  },
  'attachment.update': async (context, { id, version, attachment }) => {
    const row = await getAttachment(context.tx, id)
    if (row.removed_at !== null) refuse(['This file was taken off the case. Restore it first.'])
    const file = await openCase(context, row.case_id)
    checkVisit(file, attachment.visitId)
    await file.write(context, ['attachments'], (tx) => updateAttachment(tx, id, version, attachment, context))
    await finishWork(context, file, {
      event: { kind: 'attachment', text: `Changed: ${attachmentTitle({ ...attachment, caption: '' })}` },
      audit: { entity: 'attachment', entityId: id, before: auditOf(row), after: auditOf(attachment) },
    })
  },
  'attachment.remove': async (context, { id, reason }) => {
    const row = await getAttachment(context.tx, id)
    const file = await openCase(context, row.case_id)
    await file.write(context, ['attachments'], (tx) => setRemoved(tx, id, context.now, context))
    await finishWork(context, file, {
      event: { kind: 'attachment', text: `Taken off: ${kindLabel(row)}${reason ? ` (${reason})` : ''}` },
      audit: { entity: 'attachment', entityId: id, before: auditOf(row), reason },
    })
  },
  'attachment.restore': async (context, { id }) => {
    const row = await getAttachment(context.tx, id)
    const file = await openCase(context, row.case_id)
    await file.write(context, ['attachments'], (tx) => setRemoved(tx, id, null, context))
    await finishWork(context, file, {
      event: { kind: 'attachment', text: `Put back: ${kindLabel(row)}` },
      audit: { entity: 'attachment', entityId: id, after: auditOf(row) },
    })
  },
  'attachment.content': async ({ db, blobs }, { id }) => {
    const row = await getAttachment(db, id)
    // A plain copy: what crosses the process boundary is not a Node Buffer.
    return { mediaType: row.media_type, content: new Uint8Array(blobs.get(row.blob_id, row.blob_key)) }
  },

  'note.add': async (context, { caseId, note }) => {
    const file = await openCase(context, caseId)
    checkNote(context, file, note)
    const id = context.newId<NoteId>()
    await file.write(context, ['notes'], (tx) => addNote(tx, id, caseId, note, context))
    await finishWork(context, file, {
      event: { kind: 'note', text: `Chart note of ${formatDate(note.notedOn)} added` },
      audit: { entity: 'note', entityId: id, after: note },
    })
    return { id }
  },
  'note.update': async (context, { id, version, note }) => {
    const before = await getNote(context.tx, id)
    const file = await openCase(context, before.caseId)
    checkNote(context, file, note)
    await file.write(context, ['notes'], (tx) => updateNote(tx, id, version, note, context))
    await finishWork(context, file, {
      event: { kind: 'note', text: `Chart note of ${formatDate(note.notedOn)} changed` },
      audit: { entity: 'note', entityId: id, before, after: note },
    })
  },
  'note.remove': async (context, { id, reason }) => {
    const before = await getNote(context.tx, id)
    const file = await openCase(context, before.caseId)
    await file.write(context, ['notes'], (tx) => removeNote(tx, id, context))
    await finishWork(context, file, {
      event: { kind: 'note', text: `Chart note of ${formatDate(before.notedOn)} taken off (${reason})` },
      audit: { entity: 'note', entityId: id, before, reason },
    })
  },
  'narrative.save': async (context, { caseId, version, text }) => {
    const file = await openCase(context, caseId)
    const before = file.narrative
    const saved = await file.write(context, ['head'], (tx) => saveNarrative(tx, caseId, version, text, context))
    await finishWork(context, file, {
      ...(before ? {} : { event: { kind: 'narrative', text: 'Narrative written' } }),
      audit: { entity: 'narrative', entityId: caseId, before: before?.text, after: text },
    })
    return { version: saved }
  },
} satisfies HandlersOf<keyof typeof documentationRoutes>

function kindLabel(row: AttachmentRecord): string {
  return ATTACHMENT_LABELS[row.kind as AttachmentInput['kind']]
}
