// Exams, fillings, prevention and dentures on a real host: which lines take the tooth, surfaces of a filling, the jaw, imported codes.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CaseId, PatientId } from '#core/ids.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let patientId: PatientId
beforeEach(async () => {
  test = await openTestHost()
  const patient = { lastName: 'Doe', firstName: 'Sam', birthDate: '1980-04-12' }
  patientId = (await test.call('patient.add', { patient })).id
})
afterEach(() => test.close())

type Answers = Record<string, string | number | boolean>
async function open(guideId: string, place: { tooth?: string; area?: '01' | '02' }, facts: Answers): Promise<CaseId> {
  const { id } = await test.call('case.create', {
    patientId,
    guideId,
    tooth: place.tooth ?? null,
    area: place.area ?? null,
  })
  for (const [fact, value] of Object.entries(facts)) await test.call('case.answer', { id, fact, value })
  return id
}
const view = (id: CaseId) => test.call('case.get', { id })

// Bug: the exam of a toothache carried the tooth of its film.
it('an exam takes no tooth, the film of a root beside it does, with its quantity', async () => {
  const seen = await view(await open('exams', { tooth: '19' }, { visit: 'problem', root_films: 3, bitewings: 'one' }))
  expect(seen.proposedLines.map(({ code, tooth, quantity }) => [code, tooth, quantity])).toEqual([
    ['D0140', null, 1],
    ['D0270', null, 1],
    ['D0220', '19', 1],
    ['D0230', '19', 2],
  ])
})

it('films of several teeth need none: the lines of a case without a tooth are taken', async () => {
  const id = await open('exams', {}, { visit: 'films', overview: 'none', bitewings: 'none', root_films: 4 })
  await test.call('case.decide', { id, codes: ['D0220', 'D0230'], providerId: null })
  expect((await view(id)).lines.map((line) => [line.code, line.tooth])).toEqual([
    ['D0220', null],
    ['D0230', null],
  ])
})

it('the letters of a filling go onto its line and the claim, which counts them', async () => {
  const said = async (surfaces: string) => {
    const facts = { act: 'filling', material: 'resin', surface_count: 'two', ...(surfaces && { surfaces }) }
    const id = await open('fillings', { tooth: '3' }, facts)
    await test.call('case.decide', { id, codes: ['D2392'], providerId: null })
    const { version, lines } = await view(id)
    const done = lines.map(({ seq: _, ...line }) => ({ ...line, serviceDate: '2026-11-20' }))
    await test.call('case.setLines', { id, version, lines: done, overrideReason: 'Another surface' })
    await test.call('claim.create', { caseId: id, coverageId: null })
    const { claims } = await test.call('claim.forCase', { caseId: id })
    const words = claims[0]!.findings.map((one) => one.message)
    return [lines[0]!.surfaces, words.filter((one) => /needs its surfaces|stands for/.test(one))]
  }
  expect(await said('m o')).toEqual(['MO', []])
  expect(await said('')).toEqual(['', ['D2392 needs its surfaces, such as MO.']])
  expect(await said('MOD')).toEqual(['MOD', ['D2392 stands for 2 surfaces: MOD names 3.']])
})

it('the jaw of a denture case is not asked again; parts counted by tooth need none', async () => {
  const facts = { job: 'repair', kind: 'partial', part: 'clasp', part_count: 2 }
  const id = await open('dentures', { area: '02' }, facts)
  const seen = await view(id)
  expect(seen.questions.map((one) => one.fact)).not.toContain('arch')
  expect(seen.proposedLines.map(({ code, area, quantity }) => [code, area, quantity])).toEqual([['D5630', '02', 2]])
  await expect(test.call('case.decide', { id, codes: ['D5630'], providerId: null })).resolves.toBeDefined()
})

// Bug: “Was it before 2024?” was a question; the date of service says it.
it('the date of a visit brings its edition: a rebuilt corner of 2023 was the largest code', async () => {
  const facts = { act: 'filling', material: 'resin', surface_count: 'two', surfaces: 'MI' }
  const id = await open('fillings', { tooth: '8' }, facts)
  expect((await view(id)).proposedLines.map((line) => line.code)).toEqual(['D2331'])
  const { version } = await view(id)
  const visits = [{ phase: 'single' as const, plannedOn: null, doneOn: '2023-12-29' }]
  await test.call('case.setVisits', { id, version, visits })
  expect((await view(id)).questions[0]).toMatchObject({ fact: 'corner', blocking: true })
  await test.call('case.answer', { id, fact: 'corner', value: true })
  expect((await view(id)).proposedLines.map((line) => line.code)).toEqual(['D2335'])
})
