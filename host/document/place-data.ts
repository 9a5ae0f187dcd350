// Where a picture was taken does not belong into a record: a phone writes the coordinates of the office, or of somebody's home, into it.
import type { AttachmentMedia } from './media.ts'

const GPS_POINTER = 0x8825
/** Bytes of one value, by the type of an entry. Source: TIFF 6.0, section 2. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 }

/** The picture without coordinates; everything else in it, the day of the exposure too, stays as it was. */
export function withoutPlace(content: Buffer, media: AttachmentMedia): Buffer {
  const own = Buffer.from(content)
  if (media === 'image/jpeg') blankJpeg(own)
  else if (media === 'image/webp') blankWebp(own)
  else if (media === 'image/png') return cleanPng(own)
  return own
}

function blankJpeg(content: Buffer): void {
  let at = 2
  while (at + 4 <= content.length && content[at] === 0xff && content[at + 1] !== 0xda) {
    const end = at + 2 + content.readUInt16BE(at + 2)
    if (content[at + 1] === 0xe1) blank(content.subarray(at + 4, end))
    at = end
  }
}

function blankWebp(content: Buffer): void {
  let at = 12
  while (at + 8 <= content.length) {
    const kind = content.toString('latin1', at, at + 4)
    const size = content.readUInt32LE(at + 4)
    if (kind === 'EXIF' || kind === 'XMP ') blank(content.subarray(at + 8, at + 8 + size))
    at += 8 + size + (size % 2)
  }
}

/** A chunk carries a checksum: one that tells the place is left out whole. */
function cleanPng(content: Buffer): Buffer {
  const kept = [content.subarray(0, 8)]
  let at = 8
  while (at + 12 <= content.length) {
    const end = at + 12 + content.readUInt32BE(at)
    const body = content.subarray(at + 8, end - 4)
    const isMeta = ['eXIf', 'iTXt', 'tEXt', 'zTXt'].includes(content.toString('latin1', at + 4, at + 8))
    if (!isMeta || !blank(body)) kept.push(content.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}

/** Overwrites the coordinates in a block of EXIF or XMP. @returns whether there were any */
function blank(block: Buffer): boolean {
  const tiff = block.subarray(block.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0)
  const order = tiff.toString('latin1', 0, 2)
  if (order === 'II' || order === 'MM') return blankTiff(tiff, order === 'II')
  if (!/GPS(Lat|Long|Alt|Dest)/.test(block.toString('latin1'))) return false
  block.fill(' ')
  return true
}

function blankTiff(tiff: Buffer, isLittle: boolean): boolean {
  const fits = (at: number, bytes: number) => at >= 0 && at + bytes <= tiff.length
  const short = (at: number) => (!fits(at, 2) ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const long = (at: number) => (!fits(at, 4) ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const entriesAt = (directory: number) =>
    Array.from({ length: short(directory) }, (_, index) => directory + 2 + index * 12).filter((at) => fits(at, 12))
  const pointer = entriesAt(long(4)).find((at) => short(at) === GPS_POINTER)
  if (pointer === undefined) return false
  const directory = long(pointer + 8)
  for (const at of entriesAt(directory)) {
    const bytes = (TYPE_BYTES[short(at + 2)] ?? 1) * long(at + 4)
    // Up to four bytes stand in the entry itself, more at the offset that it names.
    if (bytes > 4 && fits(long(at + 8), bytes)) tiff.fill(0, long(at + 8), long(at + 8) + bytes)
    tiff.fill(0, at, at + 12)
  }
  if (fits(directory, 2)) tiff.fill(0, directory, directory + 2)
  return true
}
