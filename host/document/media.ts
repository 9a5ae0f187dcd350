// Recognizes an attachment by its content: PNG, JPEG, WebP or PDF with a sane header; everything else is refused.
import { AppError } from '#core/errors.ts'

export const ATTACHMENT_LIMIT = 50 * 1024 * 1024
export type AttachmentMedia = 'image/png' | 'image/jpeg' | 'image/webp' | 'application/pdf'

/** What a picture may unfold to: a page scanned at 600 dpi has 35 million points, a panoramic film 5. A header claiming more is a bomb. */
const MOST_POINTS = 100_000_000
const MAX_SIDE = 30_000

function rejected(reason: string, message: string): AppError {
  return new AppError('FILE_REJECTED', message, { reason })
}

/** What other well-known files are, so that the message can say what to do instead. */
const OTHERS: readonly [test: (head: Buffer, text: string) => boolean, reason: string, message: string][] = [
  [
    (head, text) => text.startsWith('MZ') || head.readUInt32BE(0) === 0x7f454c46 || text.startsWith('#!'),
    'program',
    'This is a program, not a picture or PDF. It was not saved. Tell whoever looks after this PC.',
  ],
  [
    (_, text) => /^[\s\uFEFF\u00ef\u00bb\u00bf]*<(\?xml|!doctype|html|svg|script|!--|head|body)/i.test(text),
    'markup',
    'This is a web page or SVG drawing. Print it to PDF or save it as PNG, then attach that.',
  ],
  [
    (_, text) => text.startsWith('PK') || text.startsWith('Rar!') || text.startsWith('7z'),
    'archive',
    'This is a ZIP or Office file. Unpack it, or print it to PDF, then attach that.',
  ],
  [
    (_, text) => /^(GIF8|BM|II\*\0|MM\0\*)/.test(text) || /^....ftyp(hei|mif|avif)/s.test(text),
    'format',
    'This picture format is not accepted by payers. Save it as JPEG or PNG, then attach that.',
  ],
  [
    (_, text) => text.slice(128, 132) === 'DICM',
    'format',
    'This is a DICOM file. Export it as JPEG or PNG from the imaging software.',
  ],
]

/**
 * The media type of the content.
 * @throws FILE_REJECTED with `details.reason` too-large, empty, program, markup, archive, format or damaged
 */
export function recognizeMedia(content: Buffer): AttachmentMedia {
  if (content.length > ATTACHMENT_LIMIT)
    throw rejected('too-large', 'This file is larger than 50 MB. Export it smaller, or split it.')
  if (content.length < 32) throw rejected('empty', 'This file is empty or cut short. Export it again.')
  const text = content.subarray(0, 512).toString('latin1')
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return checkPng(content)
  if (text.startsWith('\xff\xd8\xff')) return checkJpeg(content)
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return checkWebp(content)
  if (/^%PDF-[12]\.\d/.test(text)) return checkPdf(content)
  for (const [test, reason, message] of OTHERS) if (test(content, text)) throw rejected(reason, message)
  throw rejected('format', 'This is not a PNG, JPEG, WebP or PDF. Save it as one of these, then attach that.')
}

function damaged(): AppError {
  return rejected('damaged', 'This file is damaged or not what its name says. Export it again.')
}

function checkSides(width: number, height: number): void {
  if (width < 1 || height < 1 || width > 0x7fffffff || height > 0x7fffffff) throw damaged()
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MOST_POINTS)
    throw rejected(
      'too-large',
      `This picture has ${width} by ${height} points, more than can be shown. Export it with at most ${MOST_POINTS / 1e6} million points.`,
    )
}

/** Walks the chunks: IHDR first, IEND last and nothing after it, where a second file could hide. */
function checkPng(content: Buffer): AttachmentMedia {
  if (content.toString('latin1', 12, 16) !== 'IHDR') throw damaged()
  checkSides(content.readUInt32BE(16), content.readUInt32BE(20))
  let at = 8
  while (at + 12 <= content.length) {
    const type = content.toString('latin1', at + 4, at + 8)
    at += 12 + content.readUInt32BE(at)
    if (type === 'IEND' && at === content.length) return 'image/png'
  }
  throw damaged()
}

/** Finds the frame header before the scan and the end marker behind it. */
function checkJpeg(content: Buffer): AttachmentMedia {
  let at = 2
  while (at + 9 < content.length && content[at] === 0xff) {
    const marker = content[at + 1]!
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      checkSides(content.readUInt16BE(at + 7), content.readUInt16BE(at + 5))
      const end = content.lastIndexOf(Buffer.from([0xff, 0xd9]))
      if (end < at || looksLikeSecondFile(content.subarray(end + 2))) throw damaged()
      return 'image/jpeg'
    }
    at += 2 + content.readUInt16BE(at + 2)
  }
  throw damaged()
}

/** Cameras append previews after the picture; archives, pages and programs do not belong there. */
function looksLikeSecondFile(rest: Buffer): boolean {
  return /^(MZ|PK|%PDF|\s*<)/.test(rest.subarray(0, 64).toString('latin1'))
}

function checkWebp(content: Buffer): AttachmentMedia {
  const size = content.readUInt32LE(4) + 8
  if (size !== content.length && size + 1 !== content.length) throw damaged()
  const kind = content.toString('latin1', 12, 16)
  if (kind === 'VP8X') checkSides(content.readUIntLE(24, 3) + 1, content.readUIntLE(27, 3) + 1)
  else if (kind === 'VP8L') {
    const bits = content.readUInt32LE(21)
    checkSides((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
  } else if (kind === 'VP8 ') checkSides(content.readUInt16LE(26) & 0x3fff, content.readUInt16LE(28) & 0x3fff)
  else throw damaged()
  return 'image/webp'
}

/** A PDF begins at byte 0 here, though the format allows more: whatever stands before it is another file. */
function checkPdf(content: Buffer): AttachmentMedia {
  const tail = content.subarray(-2048).toString('latin1')
  if (!tail.includes('%%EOF') || !content.includes('startxref')) throw damaged()
  return 'application/pdf'
}
