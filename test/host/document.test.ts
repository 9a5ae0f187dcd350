// Printable documents on a real host: content, escaping, names of files. Rows of desk.md section D by number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DocumentKind } from '#core/contract/document.ts'
import {
  attach,
  type D3353,
  DENIED_LINE,
  eobOf,
  openUntreated,
  requestAuthorization,
  sendClaim,
  setVisits,
} from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

const EVIL = '<img src=x onerror=alert(1)> & "quoted"'
let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openUntreated()
})
afterEach(() => test.close())
const render = (kind: DocumentKind, id: string, reason = '') => test.call('document.render', { kind, id, reason })
async function denied(): Promise<string> {
  await setVisits(test, story.caseId, 3)
  const claimId = await sendClaim(test, story)
  await test.call('remittance.post', { remittance: await eobOf(test, story, DENIED_LINE) })
  return (await test.call('appeal.create', { claimId, remittanceId: null, level: 'first' })).id
}

describe('document.render', () => {
  it('row 25: the request names codes, fees, necessity and numbered enclosures, and no photo nobody asked for', async () => {
    await attach(test, story.caseId)
    await attach(test, story.caseId, { kind: 'photo', caption: 'smile' })
    await test.call('narrative.save', { caseId: story.caseId, version: 0, text: `Open apex. ${EVIL}` })
    const { html, fileName, title } = await render(
      'authorization-request',
      await requestAuthorization(test, story, 'drafting'),
    )
    for (const text of [
      'Sample Dental Plan',
      'M-100',
      'D3353',
      '$850.00',
      '<li>Pre-op periapical, tooth #8, Sep 30, 2026</li>',
    ])
      expect(html).toContain(text)
    expect(html).not.toContain('smile')
    expect(html).toContain('Open apex. &lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot;')
    expect(fileName).toBe('claimwright-authorization-request-2026-11-23.pdf')
    expect(title).toBe('Authorization request')
  })
  it('row 40: the appeal letter quotes dated notes word for word', async () => {
    const text = `Cold test: no response. ${EVIL}`
    const note = { notedOn: '2026-09-30', author: 'Dr. Doe', text, itemKeys: ['findings'] }
    await test.call('note.add', { caseId: story.caseId, note })
    const { html } = await render('appeal-letter', await denied(), 'New film follows')
    expect(html).toContain('“Cold test: no response. &lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot;”')
    expect(html).toContain('Sep 30, 2026, Dr. Doe')
    expect(html).toContain('CO-50 $850.00')
  })
  it('the claim summary shows the form’s values by item', async () => {
    await setVisits(test, story.caseId, 3)
    const { html } = await render('claim-summary', await sendClaim(test, story))
    for (const text of ['15 Member ID', 'M-100', 'K04.1', '32 Total', '$850.00', 'Papers follow'])
      expect(html).toContain(text)
  })
  it('row 45: the trail has every dated step with who did it, also what was taken back', async () => {
    await denied()
    const { remittances } = await test.call('remittance.forCase', { caseId: story.caseId })
    await test.call('remittance.reverse', { id: remittances[0]!.id, reason: 'Wrong entry' })
    const { html } = await render('case-trail', story.caseId)
    for (const text of ['sent electronically', 'posted: denied', 'undone: Wrong entry', 'claim.transition', 'Ana'])
      expect(html).toContain(text)
  })
  it('a guide page prints one family or the whole guide; an unknown one is not found', async () => {
    expect((await render('guide-page', 'endodontics/apexification')).html).toContain('D3353')
    expect((await render('guide-page', 'endodontics')).html).toContain('D3330')
    await expect(render('guide-page', 'endodontics/nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(render('guide-page', '../secret')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  it('the Today list prints what is due', async () => {
    await denied()
    expect((await render('worklist', '')).html).toContain('Exampleton, Robin')
  })
  it('a narrative that was never saved is not printed', async () => {
    await expect(render('narrative', story.caseId)).rejects.toMatchObject({ code: 'REFUSED' })
  })
  it('no title or file name carries the patient; printing is audited', async () => {
    const appealId = await denied()
    await test.call('narrative.save', { caseId: story.caseId, version: 0, text: 'Robin Exampleton needs this' })
    for (const [kind, id] of [
      ['appeal-letter', appealId],
      ['narrative', story.caseId],
      ['case-trail', story.caseId],
    ] as const) {
      const { title, fileName, html } = await render(kind, id, 'New film follows')
      expect(`${title}${fileName}`).not.toMatch(/Robin|Exampleton/)
      expect(html).toContain(`<title>${title}</title>`)
    }
    const { rows } = await test.call('audit.list', { entityId: null, before: null, limit: 10 })
    expect(rows.filter((row) => row.action === 'document.render')).toHaveLength(3)
  })
})
