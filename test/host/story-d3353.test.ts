// Row 48: the example case runs end to end offline, from a new patient to a paid claim, and from a denial to its letter.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CaseId } from '#core/ids.ts'
import {
  attach,
  createD3353,
  type D3353,
  DENIED_LINE,
  eobOf,
  moveAuthorization,
  PAID_LINE,
  setVisits,
  VISIT_DATES,
} from '#test/helpers/d3353.ts'
import { openTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const at = (date: string) => test.setNow(`${date}T15:00:00`)
const note = (caseId: CaseId, notedOn: string, text: string, itemKeys: string[]) =>
  test.call('note.add', { caseId, note: { notedOn, author: 'Dr. Doe', text, itemKeys } })
const claimOf = async (caseId: CaseId) => (await test.call('claim.forCase', { caseId })).claims[0]!

/** Seed: pre-op film, diagnosis, findings and plan; authorization asked for and approved before treatment. */
async function authorize(story: D3353): Promise<void> {
  const { caseId } = story
  at('2026-09-30')
  const check = { coverageId: story.coverageId, code: 'D3353', answer: 'yes' as const, checkedOn: '2026-09-30' }
  await test.call('case.recordBenefit', { id: caseId, check: { ...check, kind: 'eligibility', code: null } })
  await test.call('case.recordBenefit', {
    id: caseId,
    check: {
      ...check,
      kind: 'authorization_need',
      authorizationKind: 'required',
      representative: 'Lee',
      reference: 'C-9',
    },
  })
  await attach(test, caseId)
  await attach(test, caseId, { kind: 'consent', takenOn: '2026-09-30', tooth: null })
  await note(
    caseId,
    '2026-09-30',
    'Fell on Sep 28. Healthy otherwise. No response to cold; open apex; MTA barrier planned.',
    ['history', 'diagnosis', 'findings', 'plan'],
  )
  const { narrative, items } = await test.call('documentation.get', { caseId, stage: 'authorization' })
  // What the record does not say stands in brackets: the desk fills it in.
  const text = narrative.draft.replace('[why no root canal]', 'the root tip is open').replace('[prognosis]', 'good')
  await test.call('narrative.save', { caseId, version: narrative.version, text })
  expect(items.filter((view) => view.state !== 'done').map((view) => view.item.id)).toEqual(['necessity'])
  await test.call('authorization.create', { caseId, kind: 'required', coverageId: null })
  await moveAuthorization(test, story, 'submit', '2026-09-30', { details: { channel: 'portal', reference: 'PA-77' } })
  expect((await test.call('case.get', { id: caseId })).status).toMatch(/payer/i)
  at('2026-10-03')
  await moveAuthorization(test, story, 'approve', '2026-10-02')
}

/** Three visits with their notes and films. */
async function treat({ caseId, visits }: D3353): Promise<void> {
  at('2026-11-20')
  await setVisits(test, caseId, 3)
  for (const [index, date] of VISIT_DATES.entries())
    await note(caseId, date, `Visit ${index + 1}: rubber dam, irrigation, working length 18 mm`, [
      `materials:${visits[index]}`,
      ...(index === 2 ? ['post_op_note'] : []),
    ])
  await attach(test, caseId, { kind: 'interim_periapical', takenOn: VISIT_DATES[1], visitId: visits[1]! })
  await attach(test, caseId, { kind: 'post_op_periapical', takenOn: VISIT_DATES[2] })
}

async function claim({ caseId }: D3353): Promise<void> {
  at('2026-11-21')
  await test.call('claim.create', { caseId, coverageId: null })
  const { id, version, findings } = await claimOf(caseId)
  expect(findings.filter((finding) => finding.severity !== 'info')).toEqual([])
  await test.call('claim.transition', { id, version, event: 'send', on: '2026-11-21', channel: 'electronic' })
}

it('row 48: new patient to paid claim, nothing waived; locked and opened again in the middle', async () => {
  const story = await createD3353(test)
  await authorize(story)
  await test.call('session.lock', { reason: 'user' })
  await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  await treat(story)
  await claim(story)
  expect((await claimOf(story.caseId)).form.authorizationNumber).toBe('PA-77')
  at('2026-11-23')
  await test.call('remittance.post', { remittance: await eobOf(test, story, PAID_LINE) })
  const view = await test.call('case.get', { id: story.caseId })
  expect(view.money).toMatchObject({ feeCents: 85000, paidCents: 48000, writeOffCents: 25000, patientCents: 12000 })
  const states = async () => {
    const { status, steps } = await test.call('case.get', { id: story.caseId })
    return [...steps.map((step) => [step.step, step.state]), status]
  }
  const done = ['code', 'documentation', 'authorization', 'claim'].map((step) => [step, 'done'])
  // Bug: a case said that it could be closed while the patient owed a share.
  expect(await states()).toEqual([...done, ['follow_up', 'active'], 'Bill the patient'])
  const payment = { caseId: story.caseId, on: '2026-11-23', cents: 12000, means: 'card' as const }
  await test.call('patientPayment.add', { payment })
  expect(await states()).toEqual([...done, ['follow_up', 'done'], 'Paid: close the case'])
  expect((await test.call('audit.verify', {})).ok).toBe(true)
})

it('rows 36–43: denied, task, appeal letter with quoted notes, won', async () => {
  const story = await createD3353(test)
  await authorize(story)
  await treat(story)
  await claim(story)
  at('2026-11-23')
  await test.call('remittance.post', { remittance: await eobOf(test, story, DENIED_LINE, { appealDaysOnLetter: 60 }) })
  const { remittances, levels } = await test.call('remittance.forCase', { caseId: story.caseId })
  expect(remittances[0]!.outcome).toBe('denied')
  const { id } = await test.call('appeal.create', {
    claimId: remittances[0]!.claimId,
    remittanceId: remittances[0]!.id,
    level: levels[0]!.level,
  })
  const { html } = await test.call('document.render', { kind: 'appeal-letter', id })
  expect(html).toContain('No response to cold; open apex; MTA barrier planned.')
  expect(html).toContain('<li>Post-op periapical, tooth #8, Nov 20, 2026</li>')
  expect(html).not.toMatch(/\[[a-z]/)
  const move = async (event: 'send' | 'win', on: string) => {
    const [appeal] = (await test.call('remittance.forCase', { caseId: story.caseId })).appeals
    const gapReason = event === 'send' ? 'The EOB goes along on paper' : ''
    await test.call('appeal.transition', { id, version: appeal!.version, event, on, gapReason })
  }
  await move('send', '2026-11-23')
  at('2026-12-20')
  await move('win', '2026-12-18')
  await test.call('remittance.post', {
    remittance: await eobOf(test, story, PAID_LINE, { eobDate: '2026-12-18', receivedOn: '2026-12-20' }),
  })
  expect((await test.call('case.get', { id: story.caseId })).money.paidCents).toBe(48000)
})
