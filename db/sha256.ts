// SHA-256 of content, wherever it comes from.
import { createHash } from 'node:crypto'

/** In hex; text as UTF-8. Pieces are taken one after the other; none is kept. */
export function sha256Of(content: string | Uint8Array | Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256')
  const pieces = typeof content === 'string' || ArrayBuffer.isView(content) ? [content] : content
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
