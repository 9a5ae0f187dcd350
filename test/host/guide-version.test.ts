// A case keeps the version of the guide it was worked with: what another one changes is said, and asked once.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Guide } from '#core/guide/schema.ts'
import { versionOf } from '#host/guide/shelf.ts'
import { type D3353, openUntreated } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openUntreated()
})
afterEach(() => test.close())

const view = () => test.call('case.get', { id: story.caseId })
const sql = () => test.host.vault!.sqlite
const versionOfCase = () => sql().prepare('SELECT guide_version FROM case_file').pluck().get()

/** As if the case had been worked with another guide before an update of the app. */
async function workedWith(change: (guide: Guide) => void): Promise<string> {
  const guide = structuredClone((await test.call('guide.get', { id: 'endodontics' })).guide)
  change(guide)
  const older = { ...guide, revision: '2026-01-15' }
  const row = [versionOf(older), 'endodontics', JSON.stringify(older), '2026-01-15T15:00:00Z']
  sql().prepare('INSERT INTO guide_body VALUES (?, ?, ?, ?)').run(row)
  sql().prepare('UPDATE case_file SET guide_version = ?').run(row[0])
  return row[0]!
}
const choose = async (goOn: boolean) => {
  const { version, guideChange } = await view()
  await test.call('case.useGuide', { id: story.caseId, version, to: guideChange!.to, goOn })
}

// Bug: a case did not know which guide it was answered with.
it('an answer keeps the guide’s version with the case, its words once in the database', async () => {
  const bodies = () => sql().prepare('SELECT count(*) FROM guide_body').pluck().get()
  expect(versionOfCase()).toMatch(/^[0-9a-f]{16}$/)
  expect(bodies()).toBe(1)
  await test.call('case.answer', { id: story.caseId, fact: 'trauma', value: true })
  expect(bodies()).toBe(1)
  expect((await view()).guideChange).toBeNull()
})

// Bug: after an update the checklist and the answer of a case under way were simply others.
it('says what another version changes, reads the case by the old one, and goes on with the new one when told', async () => {
  await workedWith((guide) => {
    guide.checklist[0]!.title = 'The film as we called it'
    guide.checklist.splice(1, 1)
  })
  const { guideChange, choice } = await view()
  expect(guideChange!.changes.some((one) => one.startsWith('Checklist, The film as we called it: now “'))).toBe(true)
  expect(guideChange!.changes.some((change) => change.startsWith('New on the checklist: '))).toBe(true)
  expect(guideChange!.changes.some((change) => change.startsWith('Answer'))).toBe(false)
  const titles = async () =>
    (await test.call('documentation.get', { caseId: story.caseId, stage: 'claim' })).items.map(({ item }) => item.title)
  expect(await titles()).toContain('The film as we called it')
  await choose(true)
  expect(await titles()).not.toContain('The film as we called it')
  expect((await view()).guideChange).toBeNull()
  expect((await view()).choice.lines).toEqual(choice.lines)
})

it('another answer is said with its reason', async () => {
  await workedWith((guide) => {
    for (const rule of guide.rules)
      for (const outcome of rule.outcomes)
        for (const item of outcome.recommend) {
          if (item.plan) item.code = 'D3352'
          delete item.plan
        }
  })
  const { guideChange } = await view()
  expect(guideChange!.changes[0]).toMatch(/^Answer: D3352 becomes no code yet\./)
})

it('who keeps the old version is not asked again, and answers go on with it', async () => {
  const older = await workedWith((guide) => (guide.checklist[0]!.title = 'The film as we called it'))
  await choose(false)
  expect((await view()).guideChange).toBeNull()
  await test.call('case.answer', { id: story.caseId, fact: 'trauma', value: true })
  expect(versionOfCase()).toBe(older)
  expect((await view()).timeline.map((entry) => entry.text)).toContain('Stays with the guide of 2026-01-15')
})

// Bug: every update of the app would ask in every open case.
it('a version that changes nothing for the case takes the old one’s place without a question', async () => {
  const older = await workedWith((guide) => (guide.summary = 'Other words'))
  expect((await view()).guideChange).toBeNull()
  await test.call('case.answer', { id: story.caseId, fact: 'trauma', value: true })
  expect(versionOfCase()).not.toBe(older)
})

it('a choice made on what was read before the guide changed once more is refused', async () => {
  await workedWith((guide) => (guide.checklist[0]!.title = 'The film as we called it'))
  const { version } = await view()
  const stale = { id: story.caseId, version, to: 'another', goOn: true }
  await expect(test.call('case.useGuide', stale)).rejects.toMatchObject({ code: 'REFUSED' })
})
