// Today and tasks on a real host: buckets, order, counts, touches. Rows of desk.md section D by number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClockKind } from '#core/case/clocks.ts'
import { type Bucket, BUCKETS, bucketOf, deadlineOf } from '#core/case/urgency.ts'
import type { CaseId } from '#core/ids.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const TODAY = '2026-11-23'
let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const today = (input = {}) => test.call('today.list', input)
async function newCase(): Promise<CaseId> {
  const { id } = await test.call('patient.add', {
    patient: { lastName: 'Doe', firstName: 'Sam', birthDate: '2015-04-12' },
  })
  return (await test.call('case.create', { patientId: id, guideId: 'endodontics', tooth: '8', area: null })).id
}

describe('buckets', () => {
  it('the store and the rule of the core agree on every clock of a seeded practice', async () => {
    await seedPractice(test.host.vault!, { cases: 400, seed: 11, today: TODAY })
    const clocks = test.host.vault!.sqlite.prepare('SELECT * FROM clock').all() as {
      case_id: string
      key: string
      kind: ClockKind
      due_on: string
      params_json: string
      waiting: number
    }[]
    const cases = new Map<string, { key: string; bucket: Bucket; at: string }[]>()
    const kinds = new Set<string>()
    for (const row of clocks) {
      const clock = {
        kind: row.kind,
        dueOn: row.due_on,
        params: JSON.parse(row.params_json) as Record<string, string>,
        waiting: row.waiting === 1,
      }
      const bucket = bucketOf(clock, TODAY)
      const at = `${BUCKETS.indexOf(bucket!)} ${deadlineOf(clock) ?? '9999-12-31'} ${clock.dueOn} ${row.key}`
      if (bucket) cases.set(row.case_id, [...(cases.get(row.case_id) ?? []), { key: row.key, bucket, at }])
      kinds.add(clock.kind)
    }
    expect(kinds.size).toBeGreaterThan(10)
    // Each case once, by the most urgent of its clocks, with how many others ring beside it.
    const wanted = [...cases].map(([caseId, ringing]) => {
      const [first, ...others] = ringing.sort((a, b) => (a.at < b.at ? -1 : 1))
      const more = others.filter(({ bucket }) => bucket !== 'waiting').length
      return { key: `${caseId}/${first!.key}`, bucket: first!.bucket, more }
    })
    const { counts, rows } = await today({ limit: 500 })
    const byKey = (one: { key: string }, other: { key: string }) => (one.key < other.key ? -1 : 1)
    const shown = rows.map(({ key, bucket, more }) => ({ key, bucket, more }))
    expect(shown.sort(byKey)).toEqual(wanted.sort(byKey))
    expect(wanted.filter(({ more }) => more > 0).length).toBeGreaterThan(3)
    for (const bucket of BUCKETS) {
      expect(counts[bucket]).toBe(wanted.filter((one) => one.bucket === bucket).length)
      expect(counts[bucket]).toBeGreaterThan(0)
    }
  })

  it('a long backlog does not hide what waits behind it, and rows stand by urgency', async () => {
    await seedPractice(test.host.vault!, { cases: 600, seed: 12, today: TODAY })
    const { rows, counts, atStakeCents } = await today({ limit: 20 })
    expect(counts.today).toBeGreaterThan(20)
    expect(rows.length).toBe(20)
    expect([...new Set(rows.map((row) => row.bucket))]).toEqual(BUCKETS)
    const overdue = rows.filter((row) => row.bucket === 'overdue').map((row) => row.deadline!)
    expect(overdue).toEqual([...overdue].sort())
    const urgent = [
      ...(await today({ bucket: 'overdue', limit: 500 })).rows,
      ...(await today({ bucket: 'today', limit: 500 })).rows,
    ]
    expect(atStakeCents).toBe(urgent.reduce((sum, row) => sum + row.amountCents, 0))
  })

  it('row 28: a request without an answer by the expected day moves from waiting to the list, with reason and action', async () => {
    await seedPractice(test.host.vault!, { cases: 300, seed: 5, today: TODAY })
    const { rows } = await today({ limit: 200 })
    const late = rows.filter((row) => row.action === 'Call the payer' && row.reason.startsWith('No answer'))
    expect(late.length).toBeGreaterThan(0)
    for (const row of late) {
      expect(row.step).toBe('authorization')
      expect(row.reason).toMatch(/^No answer( to the estimate)? for \d+ business days?; usual: /)
    }
    const before = (await today()).counts
    test.setNow('2027-03-01T15:00:00')
    const after = (await today()).counts
    expect(after.waiting).toBeLessThan(before.waiting)
    expect(after.overdue).toBeGreaterThan(before.overdue)
  })

  it('“mine” shows only what is assigned to me', async () => {
    const id = await newCase()
    expect((await today({ assignee: 'me' })).rows.map((row) => row.caseId)).toEqual([id])
    await test.call('case.assign', { caseId: id, userId: null })
    expect((await today({ assignee: 'me' })).rows).toEqual([])
    expect((await today()).rows.map((row) => row.assigneeName)).toEqual([null])
  })
})

describe('tasks and touches', () => {
  it('row 37: a dated task rings on its day; done, it stays on the case with its trail', async () => {
    const id = await newCase()
    const task = { caseId: id, title: 'Send the films', dueOn: '2026-12-04', kind: 'send_information' as const }
    const added = await test.call('task.add', { task })
    expect((await today()).rows.some((row) => row.taskId === added.id)).toBe(false)
    test.setNow('2026-12-04T15:00:00')
    expect((await today()).rows.find((row) => row.taskId === added.id)).toMatchObject({ bucket: 'today' })
    await test.call('task.complete', { id: added.id, done: true, note: 'By portal' })
    expect((await test.call('task.forCase', { caseId: id })).tasks[0]!.doneAt).not.toBeNull()
    const { timeline } = await test.call('case.get', { id })
    expect(timeline[0]).toMatchObject({ kind: 'task', text: 'Done: Send the films (By portal)', user: 'Ana' })
  })

  it('two people editing one task: the second is told', async () => {
    const task = { caseId: await newCase(), title: 'Call', dueOn: TODAY }
    const { id } = await test.call('task.add', { task })
    await test.call('task.update', { id, version: 1, task: { ...task, dueOn: '2026-11-30' } })
    await expect(test.call('task.update', { id, version: 1, task })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { changedBy: 'Ana' },
    })
  })

  it('a call is on the timeline with its reference, and the case rests until the next date', async () => {
    const id = await newCase()
    await test.call('case.touch', {
      caseId: id,
      kind: 'call',
      text: 'Payer still reviewing',
      reference: 'R-77',
      nextOn: '2026-12-01',
    })
    expect((await today()).rows).toEqual([])
    const { timeline } = await test.call('case.get', { id })
    expect(timeline[0]!.text).toBe('Call: Payer still reviewing (ref. R-77)')
    test.setNow('2026-12-01T15:00:00')
    expect((await today()).rows.map((row) => row.caseId)).toEqual([id])
  })

  it('a closed case rings no more; reopened, it rings again', async () => {
    const id = await newCase()
    const version = async () => (await test.call('case.get', { id })).version
    await test.call('case.close', { id, version: await version(), reason: 'Duplicate' })
    expect((await today()).rows).toEqual([])
    expect((await today()).steps.code).toBe(0)
    await test.call('case.reopen', { id, version: await version(), reason: 'Not a duplicate' })
    expect((await today()).rows.map((row) => row.caseId)).toEqual([id])
    expect((await today()).steps.code).toBe(1)
  })

  it('the list never names the patient in what goes to the timeline', async () => {
    const id = await newCase()
    await test.call('case.snooze', { caseId: id, until: '2026-12-01', reason: 'Waiting for the film' })
    const { timeline } = await test.call('case.get', { id })
    for (const entry of timeline) expect(entry.text).not.toMatch(/Doe|Sam/)
  })
})
