// The packet of an authorization or an appeal: its sheets for the shell to lay out, and what was sent, kept as sent.
import { randomUUID } from 'node:crypto'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import { type Attachment, ATTACHMENT_LABELS } from '#core/case/schema.ts'
import { itemName } from '#core/case/readiness.ts'
import type { PacketOf, packetRoutes } from '#core/contract/document.ts'
import { formatDate } from '#core/dates.ts'
import type { Document } from '#core/document/document.ts'
import { renderHtml } from '#core/document/html.ts'
import { letterheadOf } from '#core/document/letters.ts'
import { openPlaces } from '#core/document/outgoing.ts'
import type { AppealId, AuthorizationId } from '#core/ids.ts'
import { CHANNEL_LIMITS, packetFileName, packetProblems, remarkOf } from '#core/packet/channel.ts'
import { openAppeal } from '#host/appeal/open.ts'
import { openRequest } from '#host/authorization/open.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { getAttachment } from '#host/case/attachment-rows.ts'
import { finishWork } from '#host/case/finish.ts'
import type { HandlersOf, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { getOffice } from '#host/office/rows.ts'
import { appealDocument, authorizationDocument, checkOutgoing, enclosuresFor } from './letters.ts'
import { addPacket, getPacket, listPackets, packetFiles } from './packet-rows.ts'

const PDF = 'application/pdf'

interface Packet {
  file: CaseFile
  letter: Document
  /** In the order of their numbers. */
  enclosures: Attachment[]
  missing: string[]
}

/** A packet as the case stands; a blank in the remark holds it back like one in the letter. */
async function packetOf(context: QueryContext, of: PacketOf, remark: string): Promise<Packet> {
  const { file, documentation, stage, letter, wanted } =
    'appealId' in of ? await appealPacket(context, of.appealId) : await requestPacket(context, of.authorizationId)
  return {
    file,
    letter: { ...letter, open: [...(letter.open ?? []), ...openPlaces({ texts: [remark] })] },
    enclosures: wanted.flatMap((id) => file.attachments.find((one) => one.id === id) ?? []),
    missing: documentation
      .itemsOf(stage)
      .filter((item) => item.state === 'missing' || item.state === 'problem')
      .map((item) => itemName(item, file.visits)),
  }
}

async function appealPacket(context: QueryContext, id: AppealId) {
  const { file, appeal } = await openAppeal(context, id)
  const documentation = documentationIn(context, file)
  const letter = await appealDocument(context, file, documentation, appeal)
  return { file, documentation, stage: 'appeal', letter, wanted: appeal.letter.enclosureIds } as const
}

/** Only what the request needs is sent: minimum necessary, 45 CFR 164.502(b). */
async function requestPacket(context: QueryContext, id: AuthorizationId) {
  const { file, authorization } = await openRequest(context, id)
  const documentation = documentationIn(context, file)
  const letter = await authorizationDocument(context, file, documentation, authorization)
  const wanted = enclosuresFor(file, documentation, authorization).map((one) => one.id)
  return { file, documentation, stage: 'authorization', letter, wanted } as const
}

const SIDES = { none: '', left: 'Left side', right: 'Right side' }

interface Picture {
  mediaType: string
  content: Uint8Array
  /** Which page of a PDF with several. */
  page: number | null
  title: string
}

/** What of an enclosure is shown as pictures: a film, or the drawn pages of a PDF; none of a PDF that stays one. */
function picturesOf(file: Attachment, number: number, content: Uint8Array, pages: readonly Uint8Array[]): Picture[] {
  const title = `Enclosure ${number}`
  if (file.mediaType !== PDF) return [{ mediaType: file.mediaType, content, page: null, title }]
  return pages.map((page, at) => ({
    mediaType: 'image/jpeg',
    content: page,
    page: pages.length === 1 ? null : at + 1,
    title: pages.length === 1 ? title : `${title}, page ${at + 1} of ${pages.length}`,
  }))
}

/** One picture on a page, with what a payer must see beside it. */
function figureOf(file: Attachment, { title, mediaType, content }: Picture, patientLine: string) {
  return {
    kind: 'figure' as const,
    title,
    stamp: [
      ATTACHMENT_LABELS[file.kind],
      file.takenOn ? `Taken ${formatDate(file.takenOn)}` : 'Undated',
      file.tooth ? `Tooth #${file.tooth}` : '',
      SIDES[file.orientation],
      file.caption,
      patientLine,
    ].filter(Boolean),
    source: `data:${mediaType};base64,${Buffer.from(content).toString('base64')}`,
  }
}

const asBytes = (content: Uint8Array | string) =>
  typeof content === 'string' ? Buffer.from(content, 'base64') : Buffer.from(content)

export const packetHandlers = {
  'packet.preview': async (context, { of }) => {
    const { file, letter, enclosures, missing } = await packetOf(context, of, '')
    const { open = [] } = letter
    const attachmentNumber = file.claims.at(-1)?.form.attachmentNumber ?? ''
    return {
      enclosures: enclosures.map((file, at) => ({
        id: file.id,
        number: at + 1,
        title: attachmentTitle(file),
        mediaType: file.mediaType,
        bytes: file.bytes,
      })),
      missing,
      open: open.map((place) => place.words),
      remark: remarkOf(attachmentNumber, ''),
      sent: await listPackets(context.db, of),
    }
  },

  'packet.sheets': async (context, { of, channel, form, remark, reason, pages }) => {
    const { file: caseFile, letter, enclosures } = await packetOf(context, of, remark)
    const { maxRemark, takesPdf } = CHANNEL_LIMITS[channel]
    if (remark.length > maxRemark)
      refuse([`The remark has ${remark.length} characters, ${maxRemark} are accepted. Shorten it.`])
    checkOutgoing(letter.open, reason)
    const { patient } = caseFile
    const patientLine = `${patient.firstName} ${patient.lastName}, b. ${formatDate(patient.birthDate)}`
    const drawn = form === 'folder' && !takesPdf ? pages : []
    const parts = await Promise.all(
      enclosures.map(async (file, at) => {
        const row = await getAttachment(context.db, file.id)
        const content = new Uint8Array(context.blobs.get(row.blob_id, row.blob_key))
        const own = drawn.filter((page) => page.attachmentId === file.id).map((page) => asBytes(page.content))
        const nameOf = (media: string, page: number | null = null) => packetFileName(at + 2, { ...file, page }, media)
        return { nameOf, content, pictures: picturesOf(file, at + 1, content, own), file }
      }),
    )
    const appended = parts.flatMap(({ nameOf, content, pictures }) =>
      pictures.length === 0 ? [{ fileName: nameOf(PDF), content }] : [],
    )
    const figures = parts.flatMap(({ pictures, file, nameOf }) =>
      pictures.map((one) => ({ ...one, nameOf, figure: figureOf(file, one, patientLine) })),
    )
    const stem = `claimwright-packet-${context.today}`
    if (form === 'pdf') {
      const whole: Document = { ...letter, blocks: [...letter.blocks, ...figures.map(({ figure }) => figure)] }
      return { stem, remark, appended, sheets: [{ fileName: `${stem}.pdf`, media: PDF, html: renderHtml(whole) }] }
    }
    const letterMedia = takesPdf ? PDF : 'image/jpeg'
    const office = letterheadOf(await getOffice(context.db))
    const films = figures.map(({ nameOf, page, mediaType, figure }) => {
      const media = takesPdf && mediaType === 'image/png' ? 'image/png' : 'image/jpeg'
      const sheet: Document = {
        title: 'Enclosure',
        letterhead: office,
        date: '',
        recipient: [],
        subject: [],
        blocks: [figure],
        footer: '',
      }
      return { fileName: nameOf(media, page), media, html: renderHtml(sheet, true) } as const
    })
    const request = {
      fileName: packetFileName(
        1,
        { kind: 'appealId' in of ? 'appeal' : 'request', takenOn: null, tooth: null },
        letterMedia,
      ),
      media: letterMedia,
      html: renderHtml(letter, !takesPdf),
    } as const
    return { stem, remark, appended, sheets: [request, ...films] }
  },

  'packet.keep': async (context, { of, channel, form, remark, reason, files }) => {
    const { tx, blobs } = context
    const { file: caseFile, letter } = await packetOf(context, of, remark)
    checkOutgoing(letter.open, reason)
    const contents = files.map((file) => ({
      ...file,
      bytes: asBytes(file.content),
    }))
    const problems = packetProblems(
      channel,
      contents.map((file) => ({ name: file.name, media: file.media, bytes: file.bytes.length })),
      remark,
    )
    if (problems.length > 0) refuse(problems)
    const kept = contents.map((file) => ({
      name: file.name,
      media: file.media,
      bytes: file.bytes.length,
      blob: blobs.put(randomUUID(), file.bytes),
    }))
    const id = context.newId<string>()
    await addPacket(tx, { id, channel, form, remark, of, caseId: caseFile.id }, kept, context)
    const names = kept.map(({ name, bytes, blob }) => ({ name, bytes, sha256: blob.sha256 }))
    await finishWork(context, caseFile, {
      event: {
        kind: 'packet',
        text: [`Packet exported: ${CHANNEL_LIMITS[channel].label}; files: ${kept.length}`, reason]
          .filter(Boolean)
          .join('. '),
      },
      audit: { entity: 'packet', entityId: id, after: { ...of, channel, form, remark, files: names }, reason },
    })
    return { id }
  },

  'packet.files': async (context, { id }) => {
    const packet = await getPacket(context.db, id)
    const files = await packetFiles(context.db, id)
    return {
      stem: `claimwright-packet-${packet.sent_at.slice(0, 10)}`,
      files: files.map((file) => ({
        name: file.name,
        media: file.media,
        content: new Uint8Array(context.blobs.get(file.blob_id, file.blob_key)),
      })),
    }
  },
} satisfies HandlersOf<keyof typeof packetRoutes>
