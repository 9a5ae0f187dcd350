// The trail by person, kind and day, as a manager looks for something; days are those of the office’s wall clock.
import { expect, it } from 'vitest'
import type { OutputOf } from '#core/contract/index.ts'
import type { PatientId } from '#core/ids.ts'
import { TRAIL_WORDS, trailSentence } from '#core/trail-words.ts'
import { attach, createD3353, DENIED_LINE, eobOf, sendClaim } from '#test/helpers/d3353.ts'
import { BEN, openTestHost } from '#test/helpers/test-host.ts'

it('finds what one person did, one kind, and one day with both its ends', async () => {
  const test = await openTestHost()
  await createD3353(test)
  const { id: ben } = await test.call('user.add', { ...BEN, role: 'front_desk' })
  test.setNow('2026-11-24T00:00:00')
  await test.call('provider.list', {})
  await test.call('setting.closeMonths', { through: '2026-10-31' })
  test.setNow('2026-11-24T23:59:59')
  await test.call('setting.closeMonths', { through: '2026-09-30', reason: 'A check was found' })
  test.setNow('2026-11-25T00:00:00')
  await test.call('setting.closeMonths', { through: '2026-10-31' })
  const list = async (input: Parameters<typeof test.call<'audit.list'>>[1]) =>
    (await test.call('audit.list', input)).rows
  expect(await list({ userId: ben })).toEqual([])
  const day = await list({ kind: 'office', from: '2026-11-24', to: '2026-11-24' })
  expect(day.map(({ action, reason }) => `${action} ${reason}`)).toEqual([
    'setting.closeMonths A check was found',
    'setting.closeMonths ',
  ])
  expect((await list({ kind: 'access' })).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['user.add', 'session.signIn']),
  )
  const all = await list({ limit: 200 })
  expect(all.length).toBeGreaterThan(15)
  const exported = (await test.call('audit.export', { kind: 'office' })).rows
  expect(exported.length).toBeGreaterThanOrEqual(3)
  expect((await list({ limit: 2 })).map(({ action }) => action)).toEqual(['audit.export', 'audit.list'])
  expect(all.filter(({ action }) => !Object.hasOwn(TRAIL_WORDS, action))).toEqual([])
  await test.close()
})

it('finds what belongs to one patient, whatever record the row names, and nothing of another; sentences name the tooth and no person of the file', async () => {
  const test = await openTestHost()
  const story = await createD3353(test, 3)
  const other = await createD3353(test, 0, { payerCode: '88888', name: 'Other Plan' })
  const film = await attach(test, story.caseId)
  await test.call('attachment.content', { id: film.id })
  const claimId = await sendClaim(test, story)
  await test.call('claim.export', { ids: [claimId], format: '837D', reason: 'Papers follow' })
  const { id: remittanceId } = await test.call('remittance.post', {
    remittance: await eobOf(test, story, DENIED_LINE),
  })
  const { id: appealId } = await test.call('appeal.create', { claimId, remittanceId, level: 'first' })
  await test.call('document.render', { kind: 'appeal-letter', id: appealId, way: 'print', reason: 'To be filled in' })
  await test.call('worklist.assign', { caseIds: [other.caseId, story.caseId], userId: null })
  await test.call('patient.get', { id: other.patientId })
  const said = async (patientId: PatientId) =>
    (await test.call('audit.list', { patientId, limit: 200 })).rows.map(trailSentence)
  const mine = await said(story.patientId)
  for (const sentence of [
    'Ana added a patient',
    'Ana added a coverage',
    'Ana answered a question about the case for #8',
    'Ana looked at a film or document for #8',
    'Ana exported claims as a file',
    'Ana posted an EOB for #8',
    'Ana started an appeal for #8',
    'Ana printed the appeal letter for #8',
    'Ana assigned cases for #8',
  ])
    expect(mine).toContain(sentence)
  expect(mine.join()).not.toMatch(/Exampleton|Robin|Kim/)
  const theirs = await said(other.patientId)
  expect(theirs).toEqual(expect.arrayContaining(['Ana opened a patient’s page', 'Ana assigned cases for #8']))
  expect(theirs.join()).not.toMatch(/film|EOB|appeal|exported/)
  await test.close()
})

it('pages reach the first row, and the printed trail names filter and verdict; who may not read the trail prints none', async () => {
  const test = await openTestHost()
  await createD3353(test)
  const { id } = await test.call('user.add', { ...BEN, role: 'front_desk' })
  const seen: number[] = []
  for (let after: string | null = null; ;) {
    const page: OutputOf<'audit.list'> = await test.call('audit.list', {
      limit: 7,
      after,
      to: '2026-11-23',
      kind: 'charts',
    })
    seen.push(...page.rows.map(({ seq }) => seq))
    if (page.next === null) break
    after = page.next
  }
  const whole = await test.call('audit.export', { kind: 'charts' })
  expect(seen).toEqual(whole.rows.map(({ seq }) => seq))
  expect(seen.length).toBeGreaterThan(14)
  const trail = { userId: id, kind: 'charts', from: '2026-11-23', to: '2026-11-23' } as const
  const print = (filter: object) =>
    test.call('document.render', { kind: 'audit-trail', trail: filter, way: 'print' } as never)
  const { html, fileName } = await print(trail)
  for (const words of ['Ben', 'Patients, cases, documents', 'Nov 23, 2026', 'Intact: ', 'Nothing matches.'])
    expect(html).toContain(words)
  expect(fileName).toBe('claimwright-audit-trail-2026-11-23.pdf')
  expect((await print({})).html).toContain('Ana printed the audit trail')
  await test.call('session.lock', { reason: 'user' })
  await test.call('session.signIn', BEN)
  await expect(print({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await test.close()
})
