// Draws small grey pictures that look enough like dental films to try the viewer: invented, of nobody.
import { deflateSync } from 'node:zlib'

const WIDTH = 180
const HEIGHT = 240

export type FilmKind = 'pre_op_periapical' | 'interim_periapical' | 'post_op_periapical'

/** A PNG of one tooth: open root tip before, medicament during, a filled canal after treatment. */
export function drawFilm(kind: FilmKind): Buffer {
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT)
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) rows[y * (WIDTH + 1) + x + 1] = shade(kind, x, y)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function shade(kind: FilmKind, x: number, y: number): number {
  const middle = Math.abs(x - WIDTH / 2)
  const grain = ((x * 7919 + y * 104_729) % 17) - 8
  const bone = 70 + 10 * Math.sin(x / 9) * Math.cos(y / 11)
  const half = y < 90 ? 42 - Math.abs(y - 60) / 6 : 34 - (y - 90) / 7
  const inside = y > 20 && y < 200 && middle < half
  if (!inside) return clamp(bone + grain)
  // The canal of an immature root widens towards its tip.
  const canal = y > 50 ? 5 + Math.max(0, y - 120) / 12 : 0
  if (middle >= canal) return clamp((y < 60 ? 215 : 165) + grain)
  if (kind === 'post_op_periapical') return clamp(240 + grain)
  return clamp((kind === 'interim_periapical' && y > 120 ? 150 : 45) + grain)
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** PNG's checksum; zlib.crc32 does not exist in Node 18. */
function crc32(data: Buffer): number {
  let crc = 0xffffffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
