// A list saved as text: in which letters it is written, and what parts its columns.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/**
 * The encoding by byte order mark, else by where the zero bytes of plain letters lie; null when it is no text.
 * UTF-8 is the answer for any other text: what is none of it is what Excel on Windows writes (1252).
 */
export function encodingOf(bytes: Uint8Array): Encoding | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [at, byte] of bytes.entries()) if (byte === 0) zeros[at % 2]! += 1
  const [even, odd] = zeros as [number, number]
  if (even + odd === 0) return 'utf-8'
  // English text has a zero in nearly every second byte, and none in the others.
  const most = bytes.length / 2
  if (odd > most * 0.6 && even < most * 0.05) return 'utf-16le'
  if (even > most * 0.6 && odd < most * 0.05) return 'utf-16be'
  return null
}

const DELIMITERS = ['\t', ';', '|', ','] as const

/** What parts the columns: the one by which most rows have the same, larger number of columns, over the whole file. */
export function delimiterOf(text: string): string {
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1]
  if (said) return said
  const rows = DELIMITERS.map(() => new Map<number, number>())
  let counts = DELIMITERS.map(() => 0)
  let quoted = false
  const isEdge = (at: number) => {
    const char = text[at]
    return char === undefined || char === '\n' || char === '\r' || DELIMITERS.includes(char as ',')
  }
  const endRow = () => {
    for (const [at, count] of counts.entries()) rows[at]!.set(count, (rows[at]!.get(count) ?? 0) + 1)
    counts = DELIMITERS.map(() => 0)
  }
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!
    if (char === '"') {
      if (quoted && text[at + 1] === '"') at += 1
      else if (quoted ? isEdge(at + 1) : isEdge(at - 1)) quoted = !quoted
    } else if (!quoted && char === '\n') endRow()
    else if (!quoted) {
      const which = DELIMITERS.indexOf(char as ',')
      if (which >= 0) counts[which]! += 1
    }
  }
  endRow()
  const steady = rows.map((byCount) => Math.max(0, ...[...byCount].map(([count, times]) => count * times)))
  const best = Math.max(...steady)
  return best === 0 ? ',' : DELIMITERS[steady.indexOf(best)]!
}
