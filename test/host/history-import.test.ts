// The practice system's history on a real host: who it is about, the next list, undone; and what it says to a case here.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PatientId } from '#core/ids.ts'
import { createD3353 } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const file = (name: string) => ({ content: readFileSync(`test/fixtures/practice/${name}`) })
const HEADINGS = 'PatientID,LName,FName,ProcID,ProcDate,ProcCode,ToothNum,Surf,ToothRange,ProcStatus,ProcFee'
const list = (...lines: string[]) => ({ text: [HEADINGS, ...lines].join('\n') })
const bring = (input: ReturnType<typeof list>) =>
  test.call('patient.importHistory', { ...input, leaveOutProblems: true })
async function numbered(id: PatientId, externalId: string) {
  const { patient } = await test.call('patient.get', { id })
  const { id: _, version, ...typed } = patient
  await test.call('patient.update', { id, version, patient: { ...typed, externalId } })
}
const historyOf = async (id: PatientId) => (await test.call('patient.history', { id })).procedures

it('Open Dental’s procedures: by patient number, with totals, conditions, double lines and strangers left out', async () => {
  await test.call('patient.import', { ...file('od-patients.csv'), leaveOutProblems: true })
  const look = await test.call('patient.previewHistory', file('od-procedures.txt'))
  expect(look).toMatchObject({ rows: 30, missing: [], asked: [], problems: [], changing: 0 })
  const reasons = look.leftOut.map(({ reason }) => reason)
  expect(reasons).toEqual(
    expect.arrayContaining([
      'No patient here with number 1088',
      'The same as row 28',
      '“COND1” is not a CDT code',
      'An inactive treatment plan',
      'Deleted or referred out in the practice system',
    ]),
  )
  expect(look.ready + reasons.length).toBe(30)
  await bring(file('od-procedures.txt') as never)
  const { patients } = await test.call('patient.list', { text: 'Quillmere Odette' })
  expect(await historyOf(patients[0]!.id)).toMatchObject([
    { code: 'D4910', serviceDate: '2026-04-06', state: 'done' },
    { code: 'D4341', area: '10', feeCents: 26_200 },
    { code: 'D4341', area: '30' },
    { code: 'D2750', tooth: '30', state: 'elsewhere', serviceDate: '2015-06-01' },
  ])
  expect(await bring(file('od-procedures.txt') as never)).toMatchObject({ importId: null, imported: 0, changed: 0 })
})

it('the next list: planned becomes done, what is gone says so, and undone all is as it was', async () => {
  const { patientId } = await createD3353(test)
  await numbered(patientId, '7')
  await bring(
    list('7,Exampleton,Robin,1,2026-10-01,D2330,9,M,,TP,190.00', '7,Exampleton,Robin,2,2026-10-01,D0120,,,,C,65'),
  )
  const before = await historyOf(patientId)
  const next = list(
    '7,Exampleton,Robin,1,2026-11-20,D2330,9,M,,C,190.00',
    '7,Exampleton,Robin,9,2026-09-01,D1110,,,,C,90',
  )
  const look = await test.call('patient.previewHistory', next)
  expect(look).toMatchObject({ ready: 1, changing: 1, absent: 1 })
  expect(look.changed[0]!.changes.map(({ label, to }) => `${label} ${to}`)).toEqual([
    'Status Done',
    'Date Nov 20, 2026',
  ])
  const { importId } = await bring(next)
  expect((await historyOf(patientId)).map(({ code, state, isListed }) => `${code} ${state} ${isListed}`)).toEqual([
    'D2330 done true',
    'D0120 done false',
    'D1110 done true',
  ])
  await test.call('patient.undoHistory', { importId: importId! })
  expect(await historyOf(patientId)).toEqual(before)
})

it('a number that is somebody else’s here is held', async () => {
  const { patientId } = await createD3353(test)
  await numbered(patientId, '7')
  const look = await test.call('patient.previewHistory', list('7,Otherwise,Sam,1,2026-10-01,D2330,9,M,,C,190.00'))
  expect(look).toMatchObject({
    ready: 0,
    problems: [{ message: expect.stringMatching(/is Exampleton, Robin’s here/) }],
  })
})

describe('what it says to a case here', () => {
  const messages = async (caseId: Awaited<ReturnType<typeof createD3353>>['caseId']) =>
    (await test.call('case.get', { id: caseId })).choice.findings.map(({ message }) => message)

  // Bug: a D3353 that the practice system knows of was no second one, as no case here held it.
  it('a second D3353 on the tooth, by the practice system’s history, with its day; undone, it is none', async () => {
    const { patientId, caseId } = await createD3353(test)
    await numbered(patientId, '7')
    const named = /D3353 Mar 2, 2025 \(practice system’s history\)/
    expect((await messages(caseId)).join()).not.toMatch(/history/)
    const { importId } = await bring(list('7,Exampleton,Robin,1,2025-03-02,D3353,8,,,EO,0.00'))
    expect((await messages(caseId)).filter((one) => named.test(one))).toHaveLength(1)
    await test.call('patient.undoHistory', { importId: importId! })
    expect((await messages(caseId)).join()).not.toMatch(/history/)
  })
  it('another tooth, a plan, and what this case itself reports are no earlier treatment', async () => {
    const { patientId, caseId } = await createD3353(test, 3)
    await numbered(patientId, '7')
    const day = (await test.call('case.get', { id: caseId })).lines.find(({ code }) => code === 'D3353')!.serviceDate
    await bring(
      list(
        '7,Exampleton,Robin,1,2025-03-02,D3353,9,,,C,0.00',
        '7,Exampleton,Robin,2,2025-03-02,D3353,8,,,TP,0.00',
        `7,Exampleton,Robin,3,${day},D3353,8,,,C,0.00`,
      ),
    )
    expect((await messages(caseId)).join()).not.toMatch(/history/)
  })
})
