// The Documentation step: checklist, attachments, chart notes, narrative, readiness.
import * as z from 'zod'
import { Attachment, AttachmentInput, ChartNote, ChartNoteInput, ItemAnswer, Stage } from '../case/schema.ts'
import { ChecklistItem } from '../guide/schema.ts'
import { AttachmentId, CaseId, NoteId } from '../ids.ts'
import { Bytes } from './bytes.ts'
import { command, query, Version } from './route.ts'

/** One checklist item and what settles it, or what is still wrong with it. */
export const ItemView = z.strictObject({
  item: ChecklistItem,
  state: z.enum(['missing', 'done', 'waived', 'problem']),
  /** Named problems: `Taken after treatment began`, `Film has no date`. */
  problems: z.array(z.string()),
  /** Files that hold for the item: only these count, are enclosed and cited. */
  attachmentIds: z.array(AttachmentId),
  /** Files of its kind that do not, as the problems say. */
  rejectedIds: z.array(AttachmentId),
  noteIds: z.array(NoteId),
  answer: ItemAnswer.nullable(),
})
export type ItemView = z.infer<typeof ItemView>

export const StageReadiness = z.strictObject({
  stage: Stage,
  ready: z.boolean(),
  done: z.number().int(),
  total: z.number().int(),
  missing: z.array(z.string()),
  /** `1 of 6 missing for the request: pre-op periapical showing the open apex`. */
  sentence: z.string(),
})
export type StageReadiness = z.infer<typeof StageReadiness>

export const DocumentationView = z.strictObject({
  stage: Stage,
  items: z.array(ItemView),
  readiness: z.array(StageReadiness),
  attachments: z.array(Attachment),
  notes: z.array(ChartNote),
  narrative: z.strictObject({
    text: z.string(),
    edited: z.boolean(),
    version: Version,
    draft: z.string(),
    editedBy: z.string(),
  }),
})
export type DocumentationView = z.infer<typeof DocumentationView>

export const documentationRoutes = {
  'documentation.get': query({
    permission: 'read',
    topics: ['case', 'attachment', 'payer'],
    input: z.strictObject({ caseId: CaseId, stage: Stage.nullable().default(null) }),
    output: DocumentationView,
  }),
  'documentation.markItem': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({
      caseId: CaseId,
      key: z.string().max(80),
      note: z.string().trim().min(1, 'A short note is needed').max(500),
    }),
  }),
  'documentation.waiveItem': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({
      caseId: CaseId,
      key: z.string().max(80),
      reason: z.string().trim().min(3, 'A waiver needs a reason').max(500),
    }),
  }),
  'documentation.reopenItem': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ caseId: CaseId, key: z.string().max(80) }),
  }),
  'attachment.add': command({
    permission: 'work',
    topics: ['attachment', 'case'],
    /** `fileName` only helps guessing kind and date; it is not stored. */
    input: z.strictObject({
      caseId: CaseId,
      attachment: AttachmentInput,
      fileName: z.string().max(300),
      content: Bytes,
    }),
    output: z.strictObject({ id: AttachmentId, completes: z.array(z.string()) }),
  }),
  'attachment.update': command({
    permission: 'work',
    topics: ['attachment', 'case'],
    input: z.strictObject({ id: AttachmentId, version: Version, attachment: AttachmentInput }),
  }),
  /** Keeps the encrypted file for the trail; takes it off the case. Undo by `attachment.restore`. */
  'attachment.remove': command({
    permission: 'work',
    topics: ['attachment', 'case'],
    input: z.strictObject({ id: AttachmentId, reason: z.string().trim().max(300) }),
  }),
  'attachment.restore': command({
    permission: 'work',
    topics: ['attachment', 'case'],
    input: z.strictObject({ id: AttachmentId }),
  }),
  'attachment.content': query({
    permission: 'read',
    topics: ['attachment'],
    input: z.strictObject({ id: AttachmentId }),
    audited: 'view',
    output: z.strictObject({ mediaType: z.string(), content: Bytes }),
  }),
  'note.add': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ caseId: CaseId, note: ChartNoteInput }),
    output: z.strictObject({ id: NoteId }),
  }),
  'note.update': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ id: NoteId, version: Version, note: ChartNoteInput }),
  }),
  'note.remove': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ id: NoteId, reason: z.string().trim().min(1).max(300) }),
  }),
  'narrative.save': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ caseId: CaseId, version: Version, text: z.string().max(8000) }),
    output: z.strictObject({ version: Version }),
  }),
} as const
