// UUIDv7: identifiers in the order of their making, so that new rows land at the end of their index.
import { randomFillSync } from 'node:crypto'

let latest = 0
let count = 0
const BYTES = 16
/** Random bytes for the next identifiers: asking the system for each costs more than all the rest. */
const pool = Buffer.alloc(256 * BYTES)
let used = pool.length

function nextBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += BYTES
  return pool.subarray(used - BYTES, used)
}

/** A new UUIDv7 in text form, greater than every one this process made before (RFC 9562, 6.2, method 1). */
export function uuidv7(): string {
  const bytes = nextBytes()
  const now = Date.now()
  if (now > latest) {
    latest = now
    // Room to count up within the millisecond.
    count = bytes.readUInt16BE(6) & 0x7ff
  } else {
    count += 1
    if (count > 0xfff) {
      latest += 1
      count = 0
    }
  }
  bytes.writeUIntBE(latest, 0, 6)
  bytes.writeUInt16BE(0x7000 | count, 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
