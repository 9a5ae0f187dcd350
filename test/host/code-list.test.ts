// The office's list of codes on a real host: what it reaches, what it changes, and back again.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createD3353, setVisits } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const INTO = { of: '2027', endMissing: false }
const csv = (...rows: string[]) => ({ text: ['Code,Nomenclature,Effective Date,Termination Date', ...rows].join('\n') })
const LIST = csv('D3353,Invented words,,12/31/2026', 'D0009,Another invented text,1/1/2027,')

it('names the planned work it reaches, holds for codes and claims from then on, and is undone as a whole', async () => {
  const story = await createD3353(test)
  await setVisits(test, story.caseId, 2)
  const { version, visits } = await test.call('case.get', { id: story.caseId })
  await test.call('case.setVisits', {
    id: story.caseId,
    version,
    visits: visits.map(({ id, phase, doneOn }, at) => ({
      id,
      phase,
      doneOn,
      plannedOn: at === visits.length - 1 ? '2027-01-12' : null,
    })),
  })
  const look = await test.call('codeList.previewImport', { ...LIST, into: INTO })
  expect(look).toMatchObject({ listed: 2, ready: 1, changing: 1, missing: [], absent: [] })
  expect(look.affected).toMatchObject([{ caseId: story.caseId, code: 'D3353', on: '2027-01-12', why: 'ended' }])
  const { importId } = await test.call('codeList.import', { ...LIST, into: INTO })
  const ofGuide = async () =>
    (await test.call('guide.get', { id: 'endodontics' })).guide.codes.find(({ code }) => code === 'D3353')!
  expect(await ofGuide()).toMatchObject({ descriptor: 'Invented words', validTo: '2026-12-31' })
  const { editions } = await test.call('codeList.editions', {})
  expect(editions.map(({ name, listed }) => [name, listed])).toContainEqual(['CDT 2027', 2])
  // Bug it would catch: a list that says nothing new made another copy of itself.
  expect(await test.call('codeList.import', { ...LIST, into: INTO })).toMatchObject({ importId: null, duplicates: 2 })
  await test.call('codeList.undoImport', { importId: importId! })
  expect(await ofGuide()).toMatchObject({ validTo: null })
  expect(await ofGuide()).not.toHaveProperty('descriptor')
})

it('a claim’s line carries the licensed descriptor', async () => {
  await test.call('codeList.import', { ...csv('D3353,Invented words,,'), into: { ...INTO, of: '2026' } })
  const story = await createD3353(test)
  await setVisits(test, story.caseId, 3)
  const { id } = await test.call('claim.create', {
    caseId: story.caseId,
    coverageId: null,
    replacesId: null,
    voids: false,
  })
  const { claims } = await test.call('claim.forCase', { caseId: story.caseId })
  const lines = claims.find((one) => one.id === id)!.lines
  expect(lines.find(({ code }) => code === 'D3353')!.description).toBe('Invented words')
})

it('a part of an edition ends no code; a whole one names what it no longer has', async () => {
  expect((await test.call('codeList.previewImport', { ...LIST, into: { ...INTO, endMissing: true } })).absent).toEqual(
    [],
  )
  const many = Array.from({ length: 500 }, (_, at) => `D${String(1000 + at)},Text ${at},,`)
  const look = await test.call('codeList.previewImport', { ...csv(...many), into: { ...INTO, endMissing: true } })
  expect(look.absent).toContain('D3353')
  expect(look.listed).toBe(500 + look.absent.length)
})

it('a newer list of reason codes: its new codes are known from then on', async () => {
  const list = {
    text: 'Code,Description,Start,Stop\n9Z,No,,\n399,An invented reason,1/1/2026,',
    into: { of: 'carc', endMissing: false },
  }
  expect(await test.call('codeList.previewImport', list)).toMatchObject({ ready: 1, changing: 0, listed: 1 })
  await test.call('codeList.import', list)
  const adjustments = [{ group: 'CO' as const, carc: '399', cents: 100 }]
  const { meanings } = await test.call('reason.explain', { adjustments, remarks: [] })
  expect(meanings).toMatchObject([{ plain: 'An invented reason', known: true }])
})
