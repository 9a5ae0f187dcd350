// An office's own guide on a real file: saved, in force at once, compared, taken back, carried over, brought in.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { GuideEdits } from '#core/guide/edits.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const editing = () => test.call('guide.editing', { id: 'pain' })
async function save(change: (edits: GuideEdits) => void, note = ''): Promise<void> {
  const { edits, seq } = await editing()
  const changed = structuredClone(edits)
  change(changed)
  await test.call('guide.save', { id: 'pain', seq, edits: changed, note })
}
const title = async () => (await test.call('guide.get', { id: 'pain' })).guide.title

// Bug: the guide that was read at the start stayed in force until the next one.
it('a saved guide is in force at once, also for cases, and says who changed what', async () => {
  await save((edits) => {
    edits.title = 'Toothache, our way'
    edits.rules.push({
      id: 'own_1',
      when: [{ fact: 'service', is: 'relief' }],
      code: 'D0140',
      because: 'So we chart it',
    })
  }, 'As Dr. Doe wants it')
  expect(await title()).toBe('Toothache, our way')
  const choice = await test.call('guide.choose', { guideId: 'pain', facts: { service: 'relief' } })
  expect(choice.lines[0]).toMatchObject({ code: 'D0140', source: 'Your office, Nov 23, 2026' })
  const { guides } = await test.call('guide.list', {})
  expect(guides.filter((guide) => guide.isOurs).map((guide) => guide.title)).toEqual(['Toothache, our way'])
  const { versions, differences } = await editing()
  expect(versions).toMatchObject([{ seq: 1, note: 'As Dr. Doe wants it', by: 'Ana', off: false }])
  expect(differences).toContain('Rule added: Your office’s rule for D0140')
  const { rows } = await test.call('audit.list', {})
  expect(JSON.stringify(rows.find(({ action }) => action === 'guide.save'))).toContain(
    'Rule added: Your office’s rule for D0140',
  )
})

it('a guide with a fault is not saved, and what others saved meanwhile is not overwritten', async () => {
  const { edits } = await editing()
  const send = (seq: number, part: Partial<GuideEdits>) =>
    test.call('guide.save', { id: 'pain', seq, edits: { ...edits, ...part }, note: '' })
  await expect(send(0, { title: ' ' })).rejects.toMatchObject({ code: 'REFUSED' })
  await expect(send(0, {})).rejects.toMatchObject({ code: 'REFUSED' })
  await send(0, { title: 'First' })
  await expect(send(0, { title: 'Second' })).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await title()).toBe('First')
})

it('going back: to an earlier version, to the shipped guide, and forward again', async () => {
  const shipped = await title()
  await save((edits) => (edits.title = 'One'))
  await save((edits) => (edits.title = 'Two'))
  const back = async (to: number | null) =>
    test.call('guide.goBack', { id: 'pain', seq: (await editing()).seq, to, note: '' })
  await back(1)
  expect(await title()).toBe('One')
  await back(null)
  expect([await title(), (await editing()).isOurs]).toEqual([shipped, false])
  await back(2)
  expect(await title()).toBe('Two')
  expect((await editing()).versions.map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1])
})

// Bug: an update of the app would overwrite the office's guide, or never reach it.
it('what is new in the shipped guide is shown and taken over, without what the office changed itself', async () => {
  await save((edits) => (edits.items[0]!.title = 'Our own words'))
  const { guide } = await editing()
  // As if the office had copied an older shipped version.
  const older = structuredClone(guide)
  older.checklist[1]!.title = 'Worse words'
  older.checklist[0]!.title = 'Older words'
  const { sqlite } = test.host.vault!
  sqlite
    .prepare("INSERT INTO guide_body VALUES ('older', 'pain', ?, '2026-01-01T00:00:00Z')")
    .run(JSON.stringify(older))
  sqlite.exec("UPDATE office_guide SET based_on = 'older'")
  const before = await editing()
  expect(before.news.some((one) => one.startsWith('Checklist item changed: “Worse words” is now “'))).toBe(true)
  expect(before.kept).toEqual(['Our own words'])
  await expect(test.call('guide.takeNews', { id: 'pain', seq: 0 })).rejects.toMatchObject({ code: 'CONFLICT' })
  await test.call('guide.takeNews', { id: 'pain', seq: before.seq })
  const { news, guide: now } = await editing()
  expect(news).toEqual([])
  expect(now.checklist[0]!.title).toBe('Our own words')
})

it('a file: what it would change is shown; a broken one, and codes of another guide, are refused', async () => {
  const { guide } = await test.call('guide.get', { id: 'pain' })
  const file = JSON.stringify({ ...guide, title: 'From the other office' })
  expect(await test.call('guide.previewImport', { text: file })).toMatchObject({
    id: 'pain',
    isNew: false,
    problems: [],
    differences: [`Title: “${guide.title}” is now “From the other office”.`],
  })
  await test.call('guide.import', { text: file, seq: 0, note: '' })
  expect(await title()).toBe('From the other office')
  const problems = async (text: string) => (await test.call('guide.previewImport', { text })).problems.join('\n')
  expect(await problems('{')).toContain('cannot be read as JSON')
  expect(await problems('{"id":"x"}')).toContain('does not fit the guide format')
  expect(await problems(JSON.stringify({ ...guide, id: 'ours' }))).toContain(
    'is in the guide “From the other office” already',
  )
  await expect(test.call('guide.import', { text: '{}', seq: 0, note: '' })).rejects.toMatchObject({ code: 'REFUSED' })
})

it('a new guide begins from the template with its code; one that another guide holds is refused', async () => {
  const { id } = await test.call('guide.add', { title: 'Calming a patient', code: 'D9997', label: 'Case management' })
  expect(id).toBe('calming_a_patient')
  expect((await test.call('guide.get', { id })).guide.codes.map(({ code }) => code)).toEqual(['D9997'])
  const again = { title: 'Another', code: 'D3353', label: 'Final visit' }
  await expect(test.call('guide.add', again)).rejects.toThrow('is in the guide “Endodontics” already')
})
