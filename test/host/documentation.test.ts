// The Documentation step on a real host: checklist, notes, waivers, narrative. Rows of desk.md section D by number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  attach,
  createD3353,
  type D3353,
  DENIED_LINE,
  eobOf,
  openUntreated,
  sendClaim,
  setVisits,
  VISIT_DATES,
} from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openUntreated()
})
afterEach(() => test.close())
const get = (stage: 'authorization' | 'claim' | 'appeal' = 'authorization') =>
  test.call('documentation.get', { caseId: story.caseId, stage })
const itemOf = async (id: string, stage: 'authorization' | 'claim' = 'authorization') =>
  (await get(stage)).items.find((view) => view.item.id === id)
const addNote = (notedOn: string, text: string, itemKeys: string[] = []) =>
  test.call('note.add', { caseId: story.caseId, note: { notedOn, author: 'Dr. Doe', text, itemKeys } })

describe('checklist by stage', () => {
  it('rows 11, 12, 14, 16, 17, 19: what a request for D3353 needs', async () => {
    const ids = (await get()).items.map((view) => view.item.id)
    expect(ids).toEqual(
      expect.arrayContaining(['history', 'diagnosis', 'findings', 'pre_op_film', 'necessity', 'plan', 'consent']),
    )
    expect(ids).not.toContain('post_op_film')
  })
  it('rows 13, 15, 20: the claim also needs notes and materials of each visit done and the final film', async () => {
    await setVisits(test, story.caseId, 3)
    const items = (await get('claim')).items.map((view) => view.item.id)
    expect(items.filter((id) => id === 'visit_note')).toHaveLength(3)
    expect(items.filter((id) => id === 'materials')).toHaveLength(3)
    expect(items).toContain('post_op_film')
  })
  it('row 14: a film taken after treatment began is named, not accepted', async () => {
    await setVisits(test, story.caseId, 1)
    await attach(test, story.caseId, { takenOn: '2026-10-06' })
    expect(await itemOf('pre_op_film')).toMatchObject({
      state: 'problem',
      problems: ['Taken Oct 6, 2026, after treatment began on Oct 5, 2026'],
    })
  })
  it('row 15: the interim visit without a note is named with its date', async () => {
    await setVisits(test, story.caseId, 2)
    await addNote(VISIT_DATES[0], 'Calcium hydroxide placed')
    const { readiness } = await get('claim')
    const claim = readiness.find((one) => one.stage === 'claim')!
    expect(claim.missing).toContain('progress note of Nov 2, 2026')
    expect(claim.missing).not.toContain('progress note of Oct 5, 2026')
  })
  it('row 11: a dated note answers the items it names, and taking it off reopens them', async () => {
    const { id } = await addNote('2026-09-30', 'Necrosis, immature root', ['diagnosis'])
    expect((await itemOf('diagnosis'))?.state).toBe('done')
    await test.call('note.remove', { id, reason: 'wrong tooth' })
    expect((await itemOf('diagnosis'))?.state).toBe('missing')
  })
  it('row 18: tests charted and a film attached settle their items, neither stands for the other', async () => {
    const states = async () => [(await itemOf('findings'))?.state, (await itemOf('pre_op_film'))?.state]
    await addNote('2026-09-30', 'No response to cold; #9 responds', ['findings'])
    expect(await states()).toEqual(['done', 'missing'])
    await attach(test, story.caseId)
    expect(await states()).toEqual(['done', 'done'])
  })
  it('row 23: an eligibility answer settles eligibility and history', async () => {
    expect((await itemOf('eligibility'))?.state).toBe('missing')
    const check = { kind: 'eligibility' as const, coverageId: story.coverageId, code: null, answer: 'yes' as const }
    await test.call('case.recordBenefit', { id: story.caseId, check: { ...check, checkedOn: '2026-11-20' } })
    expect((await itemOf('eligibility'))?.state).toBe('done')
  })
})

it('the step opens at the stage the case is heading for', async () => {
  const stage = async () => (await test.call('documentation.get', { caseId: story.caseId })).stage
  expect(await stage()).toBe('authorization')
  await setVisits(test, story.caseId, 3)
  expect(await stage()).toBe('claim')
  await sendClaim(test, story)
  await test.call('remittance.post', { remittance: await eobOf(test, story, DENIED_LINE) })
  expect(await stage()).toBe('appeal')
})

describe('row 21: gaps and waivers', () => {
  it('the sentence counts and names what is missing', async () => {
    const before = (await get()).readiness[0]!
    expect(before.sentence).toMatch(/^\d+ of \d+ missing for the request: .*pre-op periapical/)
    await attach(test, story.caseId)
    const after = (await get()).readiness[0]!
    expect(after.done).toBe(before.done + 1)
    expect(after.sentence).not.toContain('pre-op periapical')
  })
  it('a waiver needs a reason and keeps who gave it', async () => {
    const waive = (reason: string) =>
      test.call('documentation.waiveItem', { caseId: story.caseId, key: 'consent', reason })
    await expect(waive(' ')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await waive('Signed on paper')
    expect(await itemOf('consent')).toMatchObject({ state: 'waived', answer: { user: 'Ana', note: 'Signed on paper' } })
    await test.call('documentation.reopenItem', { caseId: story.caseId, key: 'consent' })
    expect((await itemOf('consent'))?.state).toBe('missing')
  })
  it('an item that the list does not have cannot be marked', async () => {
    const mark = test.call('documentation.markItem', { caseId: story.caseId, key: 'no_such_item', note: 'x' })
    await expect(mark).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('chart notes and narrative', () => {
  it('a note cannot be dated in the future or belong to the visit of another case', async () => {
    await expect(addNote('2027-01-01', 'x')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const other = await createD3353(test, 0, { name: 'Other Plan' })
    const note = { notedOn: '2026-11-01', author: 'Dr. Doe', text: 'x', visitId: other.visits[0]! }
    await expect(test.call('note.add', { caseId: story.caseId, note })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
  it('row 22: the cause chosen fills the drafted narrative; the film brings its date', async () => {
    await attach(test, story.caseId)
    const { narrative } = await get()
    expect(narrative.text).toContain('injury on Sep 28, 2026')
    expect(narrative.text).toContain('film of Sep 30, 2026 shows an open root tip')
    expect(narrative).toMatchObject({ edited: false, version: 0 })
  })
  it('row 12: an edited narrative is kept and settles the item; a second editor is told', async () => {
    expect((await itemOf('necessity'))?.state).toBe('missing')
    const save = (version: number, text: string) => test.call('narrative.save', { caseId: story.caseId, version, text })
    expect(await save(0, 'First')).toEqual({ version: 1 })
    expect(await save(1, 'Second')).toEqual({ version: 2 })
    await expect(save(1, 'Stale')).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(save(0, 'Blind')).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await get()).narrative).toMatchObject({ text: 'Second', edited: true, editedBy: 'Ana' })
    expect((await itemOf('necessity'))?.state).toBe('done')
  })
})
