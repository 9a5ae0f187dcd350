// What is printed, and the packets that go out.
import * as z from 'zod'
import { Instant } from '../dates.ts'
import { AppealId, AttachmentId, AuthorizationId } from '../ids.ts'
import { PacketChannel } from '../packet/channel.ts'
import { Bytes } from './bytes.ts'
import { command, query } from './route.ts'
import { PrintedList } from './today.ts'

/** Why it goes out with a blank or at $0.00; kept in the trail. */
const Reason = z.string().trim().max(500).default('')

/** Everything that can be printed. */
export const DocumentKind = z.enum([
  'authorization-request',
  'patient-estimate',
  'claim-summary',
  'appeal-letter',
  'narrative',
  'case-trail',
  'guide-page',
  'worklist',
  'huddle',
  'denials',
  'authorization-figures',
])
export type DocumentKind = z.infer<typeof DocumentKind>

/** What to print: a kind and the id of what it is about; a worklist says how it is narrowed instead. */
export const DocumentRequest = z.strictObject({
  kind: DocumentKind,
  id: z.string().max(80).default(''),
  list: PrintedList.optional(),
  reason: Reason,
})

export const documentRoutes = {
  /** What keeps a letter in the office until a reason is given: blanks, services at $0.00. Empty: it may go. */
  'document.check': query({
    permission: 'read',
    topics: ['case', 'authorization', 'claim', 'appeal'],
    input: z.strictObject({ kind: DocumentKind.exclude(['worklist']), id: z.string().max(80) }),
    output: z.strictObject({ open: z.array(z.string()) }),
  }),
  /** A printable page as self-contained HTML without scripts. `id` is a case, authorization, claim, appeal or guide id by kind. */
  'document.render': query({
    permission: 'read',
    topics: [],
    audited: true,
    input: DocumentRequest,
    /** The file name carries no patient name. */
    output: z.strictObject({ title: z.string(), html: z.string(), fileName: z.string() }),
  }),
} as const

export const PacketId = z.uuid()

/** What the packet is for. */
export const PacketOf = z.union([
  z.strictObject({ authorizationId: AuthorizationId }),
  z.strictObject({ appealId: AppealId }),
])
export type PacketOf = z.infer<typeof PacketOf>

/** Pages of PDF enclosures as JPEG, in order, for a channel that takes no PDF; the dialog draws them. */
export const PacketPages = z
  .array(z.strictObject({ attachmentId: AttachmentId, content: Bytes }))
  .max(60)
  .default([])

/** What goes out on which way. */
export const PacketOrder = z.strictObject({
  of: PacketOf,
  channel: PacketChannel,
  form: z.enum(['pdf', 'folder']),
  remark: z.string().trim().max(500),
  reason: Reason,
})

/** One sheet to lay out: the letter, or one film with its number, date, tooth and side beside it. */
const Sheet = z.strictObject({
  fileName: z.string(),
  media: z.enum(['image/jpeg', 'image/png', 'application/pdf']),
  html: z.string(),
})

export const packetRoutes = {
  /** What the packet holds and what is missing, before anything is laid out. */
  'packet.preview': query({
    permission: 'read',
    topics: ['authorization', 'appeal', 'case'],
    input: z.strictObject({ of: PacketOf }),
    output: z.strictObject({
      enclosures: z.array(
        z.strictObject({
          id: AttachmentId,
          number: z.number().int(),
          title: z.string(),
          mediaType: z.string(),
          bytes: z.number().int(),
        }),
      ),
      /** Checklist items without evidence, in words. */
      missing: z.array(z.string()),
      /** What stands open in the letter: it goes out only with a reason. */
      open: z.array(z.string()),
      remark: z.string(),
      sent: z.array(
        z.strictObject({
          id: PacketId,
          at: Instant,
          user: z.string(),
          channel: PacketChannel,
          form: z.enum(['pdf', 'folder']),
          remark: z.string(),
          files: z.array(z.strictObject({ name: z.string(), bytes: z.number().int() })),
        }),
      ),
    }),
  }),
  /** The sheets to lay out and the PDF files to append, in order; asked for by the desktop shell. */
  'packet.sheets': query({
    permission: 'work',
    topics: [],
    audited: true,
    input: PacketOrder.extend({ pages: PacketPages }),
    output: z.strictObject({
      stem: z.string(),
      remark: z.string(),
      sheets: z.array(Sheet),
      appended: z.array(z.strictObject({ fileName: z.string(), content: Bytes })),
    }),
  }),
  /** Keeps what is about to be sent, as sent. */
  'packet.keep': command({
    permission: 'work',
    topics: ['authorization', 'appeal', 'case'],
    input: PacketOrder.extend({
      files: z
        .array(z.strictObject({ name: z.string().regex(/^[\w.-]{1,100}$/), media: z.string().max(40), content: Bytes }))
        .min(1)
        .max(60),
    }),
    output: z.strictObject({ id: PacketId }),
  }),
  /** The kept files of a packet, to be saved or printed once more. */
  'packet.files': query({
    permission: 'work',
    topics: [],
    audited: true,
    input: z.strictObject({ id: PacketId }),
    output: z.strictObject({
      stem: z.string(),
      files: z.array(z.strictObject({ name: z.string(), media: z.string(), content: Bytes })),
    }),
  }),
} as const
