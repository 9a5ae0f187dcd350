// Lists of fees on a real host: into a new schedule, again, changed from a day on, undone.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const OPEN_DENTAL = { content: readFileSync('test/fixtures/practice/od-fees.txt') }
const OFFICE = { scheduleId: null, kind: 'office', name: 'Office fees', from: '2026-01-01' } as const
const schedules = async () => (await test.call('feeSchedule.list', {})).schedules

it('Open Dental’s fees: no headings, no code without a fee, the second time nothing new', async () => {
  const look = await test.call('feeSchedule.previewImport', { ...OPEN_DENTAL, into: OFFICE })
  // Bug: the first code was taken for the headings.
  expect(look).toMatchObject({
    headingRow: 0,
    mapping: { code: 0, fee: 1 },
    rows: 25,
    ready: 19,
    problems: [],
    missing: [],
  })
  expect(look.leftOut.map(({ reason }) => reason)).toContain('D0150 has no fee')
  await test.call('feeSchedule.import', { ...OPEN_DENTAL, into: OFFICE })
  const [own] = await schedules()
  const fees = new Map(own!.editions[0]!.fees.map(({ code, cents }) => [code, cents]))
  expect([fees.get('D2740'), fees.get('D0230'), fees.has('D0150')]).toEqual([128_500, 0, false])
  const again = { ...OPEN_DENTAL, into: { ...OFFICE, scheduleId: own!.id, from: '2026-11-23' } }
  expect(await test.call('feeSchedule.import', again)).toMatchObject({ importId: null, imported: 0, changed: 0 })
})

it('next year’s list: only what changed, from its day on; undone, the schedule is as it was', async () => {
  const csv = (crown: string) => ({
    text: `Fee Schedule: UCR\n\nProcedure Code,Description,Fee\nD2740,Crown,"${crown}"\nD0120,Exam,65\n,,\nEnd of report`,
  })
  await test.call('feeSchedule.import', { ...csv('1,285.00'), into: OFFICE })
  const [own] = await schedules()
  const into = { ...OFFICE, scheduleId: own!.id, from: '2027-01-01' }
  const look = await test.call('feeSchedule.previewImport', { ...csv('1,300.00'), into })
  expect(look).toMatchObject({ ready: 0, changing: 1, duplicates: 1, headingRow: 3 })
  expect(look.changed).toMatchObject([{ code: 'D2740', changes: [{ from: '$1,285.00', to: '$1,300.00' }] }])
  const { importId } = await test.call('feeSchedule.import', { ...csv('1,300.00'), into })
  const crowns = async () =>
    (await schedules())[0]!.editions.map(({ from, fees }) => [from, fees.find(({ code }) => code === 'D2740')!.cents])
  expect(await crowns()).toEqual([
    ['2026-01-01', 128_500],
    ['2027-01-01', 130_000],
  ])
  expect(await test.call('feeSchedule.undoImport', { importId: importId! })).toMatchObject({ restored: 1, stayed: 0 })
  expect(await crowns()).toEqual([['2026-01-01', 128_500]])
})

it('a new schedule goes when its import is undone, unless a plan uses it; edited since, it stays', async () => {
  const one = await test.call('feeSchedule.import', { ...OPEN_DENTAL, into: OFFICE })
  expect(await test.call('feeSchedule.undoImport', { importId: one.importId! })).toMatchObject({ removed: 1 })
  expect(await schedules()).toEqual([])
  const two = await test.call('feeSchedule.import', { ...OPEN_DENTAL, into: OFFICE })
  const [{ id, version, ...schedule }] = (await schedules()) as [Awaited<ReturnType<typeof schedules>>[number]]
  await test.call('feeSchedule.update', { id, version, schedule: { ...schedule, name: 'Ours' } })
  expect(await test.call('feeSchedule.undoImport', { importId: two.importId! })).toMatchObject({
    removed: 0,
    stayed: 1,
  })
  await expect(test.call('feeSchedule.undoImport', { importId: two.importId! })).rejects.toThrow(/already undone/)
})
