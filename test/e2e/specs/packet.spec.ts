// The packet of an authorization leaves as one PDF and as a folder, is looked at as pictures, and is kept as sent.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { DocumentationView } from '../../../core/contract/case-documentation.ts'
import { launchApp } from '../pages/app.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { keepPicture, picturePdf, shoot } from '../pages/pictures.ts'

test('a packet as one PDF, as JPEG files for the clearinghouse, and once more as it was sent', async () => {
  const app = await launchApp()
  const { page } = app
  const keys = new Keyboard(page)
  await keys.press('Explore with a demo practice')
  await expect(page.getByRole('button', { name: 'Leave demo' })).toBeVisible()
  const caseId = await page.evaluate(async () => {
    const reply = await window.claimwright!.call('authorization.list', {})
    const rows = reply.ok
      ? (reply.data as { rows: { caseId: string; code: string | null; sentOn: string | null }[] }).rows
      : []
    return rows.find((row) => row.code === 'D3353' && row.sentOn)?.caseId
  })
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#/cases/${caseId}/authorization`)
  await keys.sees('Packet')
  await keys.key('Alt+x')
  await keys.sees(/Request letter and \d+ enclosure/)
  await keys.choose('Sent by', 'Mail or fax')
  await keys.choose('Saved as', 'One PDF')
  await shoot(page, 'packet')
  await keys.press('Save packet')
  await keys.sees('Packet saved')
  const [pdf] = readdirSync(app.saveDir)
  expect(pdf).toMatch(/^claimwright-packet-\d{4}-\d\d-\d\d\.pdf$/)
  picturePdf(join(app.saveDir, pdf!), 'paper-packet')

  // A PDF among the enclosures: the clearinghouse takes none, so its pages leave as pictures.
  // It carries the day of a film that is enclosed already: one taken after treatment began would be left out.
  await page.evaluate(
    async ([id, content]) => {
      const documentation = await window.claimwright!.call('documentation.get', { caseId: id! })
      if (!documentation.ok) throw new Error(documentation.error.message)
      const { attachments } = documentation.data as DocumentationView
      const film = attachments.find((one) => one.kind === 'pre_op_periapical')!
      await window.claimwright!.call('attachment.add', {
        caseId: id!,
        attachment: { kind: film.kind, takenOn: film.takenOn, tooth: film.tooth },
        fileName: 'films.pdf',
        content,
      })
    },
    [caseId, readFileSync(join(app.saveDir, pdf!)).toString('base64')] as const,
  )
  await keys.choose('Sent by', 'Practice software')
  await keys.sees('PDF files are sent as JPEG pictures')
  await keys.press('Save packet')
  const folders = () => readdirSync(app.saveDir).filter((one) => one !== pdf && !one.endsWith('.part'))
  await expect.poll(folders).toHaveLength(1)
  const folder = folders()[0]!
  const names = readdirSync(join(app.saveDir, folder)).sort()
  expect(names[0]).toMatch(/^01-request(-page-1)?\.jpg$/)
  for (const name of names) {
    const content = readFileSync(join(app.saveDir, folder, name))
    expect(content.subarray(0, 3).toString('hex'), name).toBe('ffd8ff')
    expect(content.length, `${name} is a blank page`).toBeGreaterThan(20_000)
  }
  expect(names.filter((name) => /-page-0\d\.jpg$/.test(name)).length).toBeGreaterThan(1)
  const pdfPage = names.filter((name) => name.endsWith('page-01.jpg')).at(-1)!
  keepPicture(join(app.saveDir, folder, pdfPage), 'paper-packet-pdf-page.jpg')
  keepPicture(join(app.saveDir, folder, names[0]!), 'paper-packet-request.jpg')
  keepPicture(join(app.saveDir, folder, names.at(-1)!), 'paper-packet-film.jpg')

  await keys.sees('Kept as sent')
  await keys.press(/^Save again/)
  await keys.sees('Packet saved again')
  await expect.poll(() => readdirSync(app.saveDir).length).toBe(3)
  const again = readdirSync(app.saveDir).find((one) => one !== pdf && one !== folder)!
  for (const name of names)
    expect(statSync(join(app.saveDir, again, name)).size).toBe(statSync(join(app.saveDir, folder, name)).size)
  expect(app.complaints).toEqual([])
  await app.close()
})
