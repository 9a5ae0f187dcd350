// Extraction, implant, graft and sedation cases on a real host: the tooth of the case and earlier cases reach the guide, lines come out.
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
async function open(guideId: string, tooth: string | null, facts: Answers): Promise<CaseId> {
  const { id } = await test.call('case.create', { patientId, guideId, tooth, area: null })
  for (const [fact, value] of Object.entries(facts)) await test.call('case.answer', { id, fact, value })
  return id
}
const view = (id: CaseId) => test.call('case.get', { id })
const simple = { structure: 'tooth', eruption: 'erupted', bone_removed: false, sectioned: false }
const cut = { incised: true, fluctuant: true, drained_via: 'mucosa', spaces: 'one' }

it('removal and drainage become two lines on the tooth of the case, without asking for the tooth', async () => {
  const id = await open('extractions', '3', { job: 'both', ...simple })
  expect((await view(id)).questions.map((one) => one.fact)).toContain('incised')
  for (const [fact, value] of Object.entries(cut)) await test.call('case.answer', { id, fact, value })
  const seen = await view(id)
  expect(seen.proposedLines.map((line) => [line.code, line.role, line.tooth])).toEqual([
    ['D7140', 'main', '3'],
    ['D7510', 'additional', '3'],
  ])
})

it('a second removal of a tooth, of any code, is refused without a reason; the next tooth is not', async () => {
  const first = await open('extractions', '3', { job: 'remove', ...simple })
  await test.call('case.decide', { id: first, codes: ['D7140'], providerId: null })
  const surgical = { job: 'remove', ...simple, sectioned: true }
  const decide = async (tooth: string) =>
    test.call('case.decide', { id: await open('extractions', tooth, surgical), codes: ['D7210'], providerId: null })
  await expect(decide('3')).rejects.toMatchObject({
    code: 'REFUSED',
    details: { reasons: [expect.stringContaining('a tooth is removed once')] },
  })
  await expect(decide('4')).resolves.toBeDefined()
})

it('a crown with its abutment is two lines on the site; a denture on implants needs no site', async () => {
  const facts = { stage: 'crown', abutment_separate: true, crown_material: 'ceramic', abutment_today: 'prefab' }
  const crown = await view(await open('implants', '19', facts))
  expect(crown.proposedLines.map((line) => [line.code, line.tooth])).toEqual([
    ['D6058', '19'],
    ['D6056', '19'],
  ])
  const denture = { stage: 'overdenture', prosthesis: 'removable', edentulous: true, arch: 'lower' }
  const seen = await view(await open('implants', null, denture))
  expect(seen.proposedLines.map((line) => [line.code, line.tooth])).toEqual([['D6111', null]])
})

it('a graft with its membrane is two lines on the site; a sinus lift needs no site', async () => {
  const socket = { job: 'graft', site_now: 'socket_today', material_placed: 'bone', membrane: 'resorbable' }
  const id = await open('grafts', '19', socket)
  expect((await view(id)).proposedLines.map((line) => [line.code, line.tooth])).toEqual([
    ['D7953', '19'],
    ['D7956', '19'],
  ])
  expect((await view(await open('grafts', null, { job: 'graft', site_now: 'sinus' }))).questions[0]?.fact).toBe(
    'approach',
  )
})

it('each unit of a bridge is a line with its own tooth: the missing one first, the others are entered', async () => {
  const units = { job: 'new', pontics: 1, retainers: 2, retainer_kind: 'crown', bridge_material: 'ceramic' }
  const id = await open('bridges', '4', units)
  const proposed = async () => (await view(id)).proposedLines.map((line) => [line.code, line.tooth, line.quantity])
  expect(await proposed()).toEqual([
    ['D6245', '4', 1],
    ['D6740', null, 1],
    ['D6740', null, 1],
  ])
  await test.call('case.decide', { id, codes: ['D6245', 'D6740'], providerId: null })
  const { version, lines } = await view(id)
  const [pontic, ...crowns] = lines.map(({ seq: _, ...line }) => line)
  const teeth = ['3', '5']
  await expect(test.call('case.setLines', { id, version, lines: [pontic!, ...crowns] })).rejects.toThrow(
    'D6740 needs a tooth number',
  )
  const entered = crowns.map((line, at) => ({ ...line, tooth: teeth[at]! }))
  await test.call('case.setLines', { id, version, lines: [pontic!, ...entered] })
  const seen = await view(id)
  expect(seen.lines.map((line) => line.tooth)).toEqual(['4', '3', '5'])
  // What was entered is kept when the recommendation is taken again.
  expect(seen.proposedLines.map((line) => [line.tooth, line.id])).toEqual(
    seen.lines.map((line) => [line.tooth, line.id]),
  )
})

it('sedation takes no place; its later quarter hours are one line with a quantity', async () => {
  const id = await open('sedation', null, { route: 'iv', depth: 'moderate' })
  expect((await view(id)).questions[0]).toMatchObject({ fact: 'later_units', kind: 'number' })
  await test.call('case.answer', { id, fact: 'later_units', value: 3 })
  expect(
    (await view(id)).proposedLines.map(({ code, tooth, area, quantity }) => [code, tooth, area, quantity]),
  ).toEqual([
    ['D9239', null, null, 1],
    ['D9243', null, null, 3],
  ])
})

it('the arch of the case is not asked again, and decides the code: no upper denture on a lower arch', async () => {
  const facts = { stage: 'overdenture', prosthesis: 'removable', edentulous: true }
  for (const [area, code] of [
    ['01', 'D6110'],
    ['02', 'D6111'],
  ] as const) {
    const { id } = await test.call('case.create', { patientId, guideId: 'implants', tooth: null, area })
    for (const [fact, value] of Object.entries(facts)) await test.call('case.answer', { id, fact, value })
    const seen = await view(id)
    expect(seen.proposedLines.map((line) => [line.code, line.area])).toEqual([[code, area]])
    expect(seen.questions.map((one) => one.fact)).not.toContain('arch')
  }
})
