// How large a workbook really is once unpacked: counted, not believed, before a reader makes room for what it says of itself.
import { createInflateRaw } from 'node:zlib'
import { AppError } from '#core/errors.ts'

/** A log of a hundred thousand rows is far below. */
const MOST_BYTES = 100_000_000
const END = 0x06054b50
const ENTRY = 0x02014b50
const END_LENGTH = 22
const STORED = 0
const DEFLATED = 8

interface Entry {
  method: number
  packed: Buffer
  /** What the file says that it unpacks to. */
  declared: number
}

/** @throws FILE_REJECTED for a workbook that unpacks to more than a list can be, or to something else than it says */
export async function refuseInflated(content: Uint8Array): Promise<void> {
  const entries = entriesOf(Buffer.from(content.buffer, content.byteOffset, content.byteLength))
  if (entries.reduce((sum, { declared }) => sum + declared, 0) > MOST_BYTES) throw tooLarge()
  let left = MOST_BYTES
  for (const entry of entries) {
    const size = await sizeOf(entry, left)
    if (size !== entry.declared) throw damaged()
    left -= size
  }
}

/** The entries that the directory at the end of the file names. */
function entriesOf(file: Buffer): Entry[] {
  try {
    const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || file.readUInt32LE(end) !== END || end + END_LENGTH > file.length) throw damaged()
    const entries: Entry[] = []
    let at = file.readUInt32LE(end + 16)
    for (let count = file.readUInt16LE(end + 10); count > 0; count -= 1) {
      if (file.readUInt32LE(at) !== ENTRY) throw damaged()
      const local = file.readUInt32LE(at + 42)
      const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
      const length = file.readUInt32LE(at + 20)
      if (start + length > file.length) throw damaged()
      const packed = file.subarray(start, start + length)
      entries.push({ method: file.readUInt16LE(at + 10), packed, declared: file.readUInt32LE(at + 24) })
      at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
    }
    return entries
  } catch (error) {
    // A place beyond the end of the file.
    if (error instanceof RangeError) throw damaged()
    throw error
  }
}

/** Unpacked piece by piece, and no further than `most`. @throws FILE_REJECTED beyond that */
async function sizeOf({ method, packed }: Entry, most: number): Promise<number> {
  if (method === STORED) return packed.length
  if (method !== DEFLATED) throw damaged()
  const inflating = createInflateRaw()
  inflating.end(packed)
  let size = 0
  try {
    for await (const piece of inflating) {
      size += (piece as Buffer).length
      if (size > most) throw tooLarge()
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged()
  }
  return size
}

function tooLarge(): AppError {
  const message = 'This workbook is too large once unpacked. Save the list alone, as CSV or in a new workbook.'
  return new AppError('FILE_REJECTED', message, { reason: 'size' })
}

function damaged(): AppError {
  const message = 'This workbook is damaged. Open it in Excel, save it again, and choose that file.'
  return new AppError('FILE_REJECTED', message, { reason: 'type' })
}
