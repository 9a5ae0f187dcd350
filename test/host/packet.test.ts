// The packet on a real host: only what the request needs leaves, and what was sent stays as it was.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthorizationId } from '#core/ids.ts'
import { attach, type D3353, openUntreated, pngFilm } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
let authorizationId: AuthorizationId
beforeEach(async () => {
  ;[test, story] = await openUntreated()
  const { caseId, coverageId } = story
  authorizationId = (await test.call('authorization.create', { caseId, kind: 'required', coverageId })).id
  await attach(test, caseId)
})
afterEach(() => test.close())

const sheets = (form: 'pdf' | 'folder', channel: 'paper' | 'electronic' = 'paper', remark = '') =>
  test.call('packet.sheets', { of: { authorizationId }, channel, form, remark })
const keep = (content: Buffer, media = 'image/jpeg', channel: 'paper' | 'electronic' = 'electronic') =>
  test.call('packet.keep', {
    of: { authorizationId },
    channel,
    form: 'folder',
    remark: 'NEA#1 films',
    files: [{ name: '01-request.jpg', media, content: new Uint8Array(content) }],
  })

describe('sheets', () => {
  it('one PDF holds the letter and each film with number, date, tooth and side', async () => {
    await attach(test, story.caseId, { orientation: 'left', takenOn: '2026-10-01' }, pngFilm(30))
    const { sheets: pages } = await sheets('pdf')
    expect(pages).toHaveLength(1)
    const [{ html }] = pages as [(typeof pages)[number]]
    expect(html).toContain('Request for prior authorization')
    expect(html.match(/data:image\/png;base64/g)).toHaveLength(2)
    for (const words of ['Enclosure 2', 'Taken Oct 1, 2026', 'Tooth #8', 'Left side']) expect(html).toContain(words)
  })
  it('a file that the request does not need stays in the office', async () => {
    await attach(test, story.caseId, { kind: 'eob', takenOn: '2026-01-02' }, pngFilm(10))
    expect((await test.call('packet.preview', { of: { authorizationId } })).enclosures).toHaveLength(1)
  })
  it('no file name carries the patient', async () => {
    const { stem, sheets: pages } = await sheets('folder')
    expect([stem, ...pages.map((page) => page.fileName)].join(' ')).not.toMatch(/robin|exampleton/i)
  })
  it('where PDF is refused the letter leaves as pictures', async () => {
    expect((await sheets('folder', 'electronic')).sheets.map((page) => page.media)).toEqual([
      'image/jpeg',
      'image/jpeg',
    ])
    expect((await sheets('folder', 'paper')).sheets[0]!.media).toBe('application/pdf')
  })
  it('the drawn pages of a PDF leave as numbered pictures where PDF is refused, and the PDF itself elsewhere', async () => {
    const drawn = await PDFDocument.create()
    drawn.addPage()
    drawn.addPage()
    const pdf = Buffer.from(await drawn.save())
    const { id } = await attach(test, story.caseId, { kind: 'pre_op_periapical', takenOn: '2026-10-02' }, pdf)
    const page = (text: string) => ({ attachmentId: id, content: new Uint8Array(Buffer.from(text)) })
    const of = { authorizationId }
    const pages = [page('page one'), page('page two')]
    const refused = await test.call('packet.sheets', { of, channel: 'electronic', form: 'folder', remark: '', pages })
    expect(refused.appended).toEqual([])
    const names = refused.sheets.map((sheet) => sheet.fileName)
    expect(names.slice(2)).toEqual([
      '03-pre-op-periapical-2026-10-02-tooth-8-page-01.jpg',
      '03-pre-op-periapical-2026-10-02-tooth-8-page-02.jpg',
    ])
    expect(refused.sheets[3]!.html).toContain('Enclosure 2, page 2 of 2')
    expect(refused.sheets[3]!.html).toContain(Buffer.from('page two').toString('base64'))
    const taken = await test.call('packet.sheets', { of, channel: 'paper', form: 'folder', remark: '', pages })
    expect(taken.appended.map((file) => file.fileName)).toEqual(['03-pre-op-periapical-2026-10-02-tooth-8.pdf'])
  })
  it('an overlong remark is refused before anything is laid out', async () => {
    await expect(sheets('pdf', 'paper', 'x'.repeat(81))).rejects.toMatchObject({ code: 'REFUSED' })
  })
})

describe('what was sent', () => {
  it('comes back byte for byte after the film on the case has changed', async () => {
    const content = Buffer.from('a laid out page')
    const { id } = await keep(content)
    const [attachment] = (await test.call('packet.preview', { of: { authorizationId } })).enclosures
    await test.call('attachment.remove', { id: attachment!.id, reason: 'wrong film' })
    const { files } = await test.call('packet.files', { id })
    expect(Buffer.from(files[0]!.content as Uint8Array).equals(content)).toBe(true)
    const { sent } = await test.call('packet.preview', { of: { authorizationId } })
    expect(sent).toMatchObject([{ id, user: 'Ana', channel: 'electronic', remark: 'NEA#1 films' }])
  })
  it('a packet that the channel refuses is not kept', async () => {
    await expect(keep(Buffer.from('%PDF'), 'application/pdf')).rejects.toMatchObject({ code: 'REFUSED' })
    expect((await test.call('packet.preview', { of: { authorizationId } })).sent).toEqual([])
  })
  it('stands in the trail and in the timeline without a name', async () => {
    await keep(Buffer.from('page'))
    const { rows } = await test.call('audit.list', {})
    expect(rows.some((row) => row.action === 'packet.keep')).toBe(true)
    const { timeline } = await test.call('case.get', { id: story.caseId })
    expect(timeline.map((event) => event.text).join(' ')).toMatch(
      /Packet exported: Practice software or clearinghouse; files: 1/,
    )
  })
  it('is part of the backup', async () => {
    await keep(Buffer.from('page'))
    await test.call('backup.create', {})
    const copied = readdirSync(join(test.dataDir, 'backups'), { recursive: true }) as string[]
    expect(copied.filter((name) => name.endsWith('.bin'))).toHaveLength(2)
  })
})
