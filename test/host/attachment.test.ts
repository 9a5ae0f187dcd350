// Films and files: recognized by content, kept encrypted, refused with a way out.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { ATTACHMENT_LIMIT, recognizeMedia } from '#host/document/media.ts'
import { attach, type D3353, openUntreated, pngFilm } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

const ascii = (text: string) => Buffer.from(text.padEnd(64, ' '), 'latin1')
const PDF = ascii(
  '%PDF-1.7\n1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>> >> endobj\nstartxref\n0\n%%EOF\n',
)
const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100ffda0008010100003f00', 'hex'),
  Buffer.from('00ffd9', 'hex'),
])
function webp(): Buffer {
  const content = Buffer.alloc(40)
  content.write('RIFF', 0)
  content.writeUInt32LE(32, 4)
  content.write('WEBPVP8X', 8)
  content.writeUIntLE(15, 24, 3)
  content.writeUIntLE(15, 27, 3)
  return content
}
function sized(width: number, height: number): Buffer {
  const content = Buffer.from(pngFilm())
  content.writeUInt32BE(width, 16)
  content.writeUInt32BE(height, 20)
  return content
}
function reasonOf(content: Buffer): unknown {
  try {
    recognizeMedia(content)
    return 'accepted'
  } catch (error) {
    return error instanceof AppError && error.code === 'FILE_REJECTED' ? error.details['reason'] : error
  }
}

describe('recognizeMedia', () => {
  it.each([
    ['image/png', pngFilm()],
    ['image/jpeg', JPEG],
    ['image/webp', webp()],
    ['application/pdf', PDF],
  ])('knows %s by content', (type, content) => {
    expect(recognizeMedia(content)).toBe(type)
  })
  it.each<[string, string, Buffer]>([
    ['a renamed EXE', 'program', ascii('MZ\x90\x00')],
    ['a renamed Linux program', 'program', Buffer.concat([Buffer.from('7f454c46', 'hex'), ascii('')])],
    ['HTML', 'markup', ascii('\n <!DOCTYPE html><script>alert(1)</script>')],
    ['SVG', 'markup', ascii('<?xml version="1.0"?><svg onload="alert(1)"/>')],
    ['a ZIP', 'archive', ascii('PK\x03\x04')],
    ['a TIFF', 'format', ascii('II*\x00')],
    ['text', 'format', ascii('hello')],
    ['nothing', 'empty', Buffer.alloc(0)],
    ['a PNG with a second file behind it', 'damaged', Buffer.concat([pngFilm(), ascii('<script>')])],
    ['a PNG cut short', 'damaged', pngFilm().subarray(0, 50)],
    ['a PNG that claims four billion pixels a row', 'damaged', sized(4_000_000_000, 1)],
    ['a PNG that unfolds to 900 million pixels', 'too-large', sized(30_000, 30_000)],
    ['a PNG with a side too long', 'too-large', sized(30_001, 1)],
    ['a JPEG with a page behind it', 'damaged', Buffer.concat([JPEG, ascii('<html>')])],
    ['a PDF without an end', 'damaged', ascii('%PDF-1.4 and no more')],
    ['a 60 MB file', 'too-large', Buffer.alloc(ATTACHMENT_LIMIT + 1)],
  ])('A6: refuses %s', (_, reason, content) => {
    expect(reasonOf(content)).toBe(reason)
  })
})

describe('attachments of a case', () => {
  let test: TestHost
  let story: D3353
  beforeEach(async () => {
    ;[test, story] = await openUntreated()
  })
  afterEach(() => test.close())
  const get = () => test.call('documentation.get', { caseId: story.caseId, stage: 'authorization' })

  it('row 14: a good pre-op film completes its item; removing takes it back, restoring undoes that', async () => {
    const { id, completes } = await attach(test, story.caseId)
    expect(completes).toEqual(['Pre-op periapical showing the open apex'])
    await test.call('attachment.remove', { id, reason: 'wrong patient' })
    expect((await get()).attachments).toEqual([])
    await test.call('attachment.restore', { id })
    expect((await get()).attachments.map((file) => file.id)).toEqual([id])
  })
  it('content comes back bit for bit and stands nowhere in plain text on disk', async () => {
    const sentinel = 'ZZPHI-sentinel-film'
    const content = Buffer.concat([PDF.subarray(0, 9), Buffer.from(sentinel), PDF.subarray(9)])
    const { id } = await attach(test, story.caseId, { kind: 'consent' }, content)
    const reply = await test.call('attachment.content', { id })
    expect(reply.mediaType).toBe('application/pdf')
    expect(Buffer.from(reply.content as Uint8Array).equals(content)).toBe(true)
    const files = readdirSync(test.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.some((entry) => entry.name.endsWith('.bin'))).toBe(true)
    for (const entry of files) expect(readFileSync(join(entry.parentPath, entry.name)).includes(sentinel)).toBe(false)
  })
  it('a picture is kept without where it was taken', async () => {
    const xmp = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="39,47.968N"/>')
    const mark = Buffer.from([0xff, 0xe1, 0, xmp.length + 2])
    const { id } = await attach(
      test,
      story.caseId,
      {},
      Buffer.concat([JPEG.subarray(0, 2), mark, xmp, JPEG.subarray(2)]),
    )
    const { content } = await test.call('attachment.content', { id })
    expect(Buffer.from(content as Uint8Array).includes('39,47')).toBe(false)
  })
  it('A4: the file name is kept nowhere', async () => {
    const attachment = { kind: 'other' as const, takenOn: null, tooth: null }
    for (const fileName of ['../../evil.png', 'C:\\CON', '\\\\srv\\x', 'a.pdf:ads', 'x'.repeat(300)])
      await test.call('attachment.add', {
        caseId: story.caseId,
        attachment,
        fileName,
        content: new Uint8Array(pngFilm()),
      })
    const names = readdirSync(test.dataDir, { recursive: true }).map(String)
    expect(names.filter((name) => /evil|CON$|srv|ads|xxx/.test(name))).toEqual([])
  })
  it('a refused file leaves nothing behind and says what to do', async () => {
    const refused = attach(test, story.caseId, {}, ascii('MZ\x90'))
    await expect(refused).rejects.toMatchObject({ code: 'FILE_REJECTED', details: { reason: 'program' } })
    expect((await get()).attachments).toEqual([])
  })
  it('base64 text is taken as well, and too much of it is refused before it is decoded', async () => {
    const attachment = { kind: 'photo' as const, takenOn: null, tooth: null }
    const add = (content: string) =>
      test.call('attachment.add', { caseId: story.caseId, attachment, fileName: 'a.png', content })
    await add(pngFilm().toString('base64'))
    await expect(add('A'.repeat(72_000_000))).rejects.toMatchObject({ details: { reason: 'too-large' } })
  })
  it('two people change one film: the second is told by whom', async () => {
    const { id } = await attach(test, story.caseId)
    const attachment = { kind: 'photo' as const, takenOn: null, tooth: null }
    await test.call('attachment.update', { id, version: 1, attachment })
    await expect(test.call('attachment.update', { id, version: 1, attachment })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { changedBy: 'Ana' },
    })
  })
})
