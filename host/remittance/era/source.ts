// A remittance file in pieces: from text or from a path, so that its size does not matter.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { AppError } from '#core/errors.ts'

/** Small enough that a piece dies young: larger ones wait for the slow collection. */
const PIECE = 64 * 1024

export interface EraSource {
  bytes: number
  /** The content from its beginning; may be read more than once. A piece holds only until the next is asked for. */
  pieces(): Iterable<Buffer>
}

/** @throws FILE_REJECTED when the path cannot be read */
export function openSource({ text, path }: { text?: string | undefined; path?: string | undefined }): EraSource {
  if (path === undefined) {
    const content = Buffer.from(text ?? '')
    return { bytes: content.length, pieces: () => slices(content) }
  }
  try {
    return { bytes: statSync(path).size, pieces: () => readPieces(path) }
  } catch {
    throw new AppError('FILE_REJECTED', 'The file cannot be read. Check that it is still there.', {
      reason: 'unreadable',
    })
  }
}
function* slices(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE)
}
function* readPieces(path: string): Generator<Buffer> {
  const handle = openSync(path, 'r')
  try {
    const piece = Buffer.alloc(PIECE)
    for (;;) {
      const length = readSync(handle, piece, 0, PIECE, null)
      if (length === 0) return
      yield piece.subarray(0, length)
    }
  } finally {
    closeSync(handle)
  }
}

/** The content as text, in UTF-16 where its byte order mark says so; a character that two pieces share is put together. */
export function* textOf(pieces: Iterable<Buffer>): Generator<string> {
  let decoder: StringDecoder | null = null
  let isSwapped = false
  for (const piece of pieces) {
    if (decoder === null) {
      const mark = piece.toString('latin1', 0, 2)
      isSwapped = mark === '\u00FE\u00FF'
      decoder = new StringDecoder(isSwapped || mark === '\u00FF\u00FE' ? 'utf16le' : 'utf8')
    }
    yield decoder.write(isSwapped ? Buffer.from(piece.subarray(0, piece.length & ~1)).swap16() : piece)
  }
  if (decoder) yield decoder.end()
}
