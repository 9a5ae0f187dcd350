// How much a request carries, before it is passed on.

/** One attachment of 50 MB as base64 text, with room for the host to refuse a larger one by name. */
const PAYLOAD_LIMIT = 96 * 1024 * 1024
const MOST_VALUES = 1_000_000

/** True when the value holds at most `bytes` of text and binary, and not endlessly many parts. Cycles are allowed. */
export function fits(value: unknown, bytes: number = PAYLOAD_LIMIT): boolean {
  const seen = new Set<object>()
  const rest: unknown[] = [value]
  let room = bytes
  for (let values = 0; rest.length > 0; values += 1) {
    const next = rest.pop()
    if (typeof next === 'string') room -= next.length
    else if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) room -= next.byteLength
    else if (typeof next === 'object' && next !== null && !seen.has(next)) {
      seen.add(next)
      for (const [key, part] of Object.entries(next)) {
        room -= key.length
        rest.push(part)
      }
    }
    if (room < 0 || values + rest.length > MOST_VALUES) return false
  }
  return true
}
