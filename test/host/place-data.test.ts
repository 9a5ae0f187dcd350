// Coordinates in pictures: gone after import, and nothing else with them.
import { describe, expect, it } from 'vitest'
import { recognizeMedia } from '#host/document/media.ts'
import { withoutPlace } from '#host/document/place-data.ts'
import { pngFilm } from '#test/helpers/d3353.ts'

const TAKEN = '2026:11:20 09:15:00'
const LATITUDE = [39, 47, 5812]

/** EXIF with the day of the exposure and coordinates, as a phone writes them. */
function exif(isLittle: boolean): Buffer {
  const tiff = Buffer.alloc(140)
  const short = (value: number, at: number) =>
    isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at)
  const long = (value: number, at: number) => (isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at))
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    short(tag, at)
    short(type, at + 2)
    long(count, at + 4)
    long(value, at + 8)
  }
  tiff.write(isLittle ? 'II' : 'MM', 0)
  short(42, 2)
  long(8, 4)
  short(2, 8)
  entry(10, 0x0132, 2, 20, 40)
  entry(22, 0x8825, 4, 1, 64)
  tiff.write(`${TAKEN}\0`, 40)
  short(2, 64)
  entry(66, 1, 2, 2, 0)
  tiff.write('N\0', 74)
  entry(78, 2, 5, 3, 100)
  LATITUDE.forEach((value, at) => {
    long(value, 100 + at * 8)
    long(at === 2 ? 100 : 1, 104 + at * 8)
  })
  return tiff
}
const segment = (body: Buffer) => {
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
const JPEG_REST = Buffer.from('ffc0000b080010001001011100ffda0008010100003f0000ffd9', 'hex')
const jpeg = (...bodies: Buffer[]) => Buffer.concat([Buffer.from('ffd8', 'hex'), ...bodies.map(segment), JPEG_REST])
const chunk = (kind: string, body: Buffer) => {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(body.length)
  return Buffer.concat([size, Buffer.from(kind), body, Buffer.alloc(4)])
}
const XMP = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="39,47.968N"/>')

/** Whether a latitude still stands there, in either order of bytes or as text. */
function hasPlace(content: Buffer): boolean {
  return (
    [true, false].some((isLittle) => {
      const degrees = exif(isLittle).subarray(100, 124)
      return content.includes(degrees)
    }) || content.includes('39,47.968N')
  )
}

describe('coordinates', () => {
  it.each([
    ['Intel order', jpeg(Buffer.concat([Buffer.from('Exif\0\0'), exif(true)]))],
    ['Motorola order', jpeg(Buffer.concat([Buffer.from('Exif\0\0'), exif(false)]))],
    ['XMP beside EXIF', jpeg(Buffer.concat([Buffer.from('Exif\0\0'), exif(true)]), XMP)],
  ])('leave a JPEG in %s, the day of the exposure stays', (_, content) => {
    expect(hasPlace(content)).toBe(true)
    const kept = withoutPlace(content, 'image/jpeg')
    expect(hasPlace(kept)).toBe(false)
    expect(kept.includes(TAKEN)).toBe(true)
    expect(recognizeMedia(kept)).toBe('image/jpeg')
  })
  it('leave a PNG with the chunk that holds them', () => {
    const film = pngFilm()
    const content = Buffer.concat([film.subarray(0, 33), chunk('eXIf', exif(false)), film.subarray(33)])
    expect(hasPlace(content)).toBe(true)
    expect(withoutPlace(content, 'image/png').equals(film)).toBe(true)
  })
  it('leave a WebP', () => {
    const body = exif(true)
    const head = Buffer.from('RIFF\0\0\0\0WEBPEXIF\0\0\0\0', 'latin1')
    head.writeUInt32LE(body.length + 12, 4)
    head.writeUInt32LE(body.length, 16)
    expect(hasPlace(withoutPlace(Buffer.concat([head, body]), 'image/webp'))).toBe(false)
  })
  it('a picture without any is kept bit for bit', () => {
    const plain = jpeg(Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0', 'latin1'))
    expect(withoutPlace(plain, 'image/jpeg').equals(plain)).toBe(true)
    expect(withoutPlace(pngFilm(), 'image/png').equals(pngFilm())).toBe(true)
  })
  it('an entry that points out of the file breaks nothing', () => {
    const broken = exif(true)
    broken.writeUInt32LE(0xfffffff0, 86)
    broken.writeUInt32LE(0xfffffff0, 30)
    const content = jpeg(Buffer.concat([Buffer.from('Exif\0\0'), broken]))
    expect(withoutPlace(content, 'image/jpeg')).toHaveLength(content.length)
  })
})
