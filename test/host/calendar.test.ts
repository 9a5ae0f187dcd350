// Calendar and huddle sheet on a seeded practice: nothing outside the days asked for, nothing of closed cases, read by index.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#core/dates.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const TODAY = '2026-11-23'
let test: TestHost
beforeAll(async () => {
  test = await openTestHost()
  await seedPractice(test.host.vault!, { cases: 500, seed: 9, today: TODAY })
})
afterAll(() => test.close())

const list = (from: string, to: string) => test.call('calendar.list', { from, to, limit: 2000 })

describe('calendar', () => {
  it('holds every approval that ends in the days asked for, once, and none of a closed case', async () => {
    const to = addDays(TODAY, 60)
    const { items } = await list(TODAY, to)
    const wanted = test.host
      .vault!.sqlite.prepare(
        `SELECT w.id FROM authorization_work w JOIN case_file c ON c.id = w.case_id WHERE c.state = 'open' AND w.treatment != 'done'
           AND w.state IN ('approved', 'approved_modified') AND w.valid_to BETWEEN ? AND ? ORDER BY w.id`,
      )
      .all(TODAY, to) as { id: string }[]
    expect(wanted.length).toBeGreaterThan(0)
    const ends = items.filter((item) => item.kind === 'ends').map((item) => item.id.slice('ends:'.length))
    expect(ends.sort()).toEqual(wanted.map((row) => row.id))
    expect(new Set(items.map((item) => item.kind)).size).toBeGreaterThan(3)
  })
  it('days divide it: a month read day by day is the month, in order', async () => {
    const whole = await list(TODAY, addDays(TODAY, 29))
    const days = []
    for (let at = 0; at < 30; at += 1) days.push(...(await list(addDays(TODAY, at), addDays(TODAY, at))).items)
    expect(days.map((item) => item.id).sort()).toEqual(whole.items.map((item) => item.id).sort())
    expect(whole.items.map((item) => item.on)).toEqual(whole.items.map((item) => item.on).sort())
  })
  it('the month counts what its days hold, however much that is', async () => {
    const days = Array.from({ length: 35 }, (_, at) => addDays(TODAY, at - 7))
    const { items } = await list(days[0]!, days.at(-1)!)
    const { days: counts } = await test.call('calendar.month', { days })
    const held = new Map<string, number>()
    for (const { on, kind } of items) held.set(`${on} ${kind}`, (held.get(`${on} ${kind}`) ?? 0) + 1)
    expect(new Map(counts.map(({ on, kind, count }) => [`${on} ${kind}`, count]))).toEqual(held)
    expect(counts.length).toBeGreaterThan(10)
  })
  it('says when it had to leave something out', async () => {
    expect((await test.call('calendar.list', { from: '2026-01-01', to: '2027-12-31', limit: 3 })).isCut).toBe(true)
  })
})

describe('huddle sheet', () => {
  it('names a visit whose approval ends before it, and counts what Today counts', async () => {
    const late = test.host
      .vault!.sqlite.prepare(
        `SELECT a.booked_for AS "on" FROM authorization a JOIN case_file c ON c.id = a.case_id
           WHERE c.state = 'open' AND a.state = 'approved' AND a.booked_for > a.valid_to`,
      )
      .get() as { on: string }
    test.setNow(`${late.on}T15:00:00`)
    const { html, title } = await test.call('document.render', { kind: 'huddle' })
    const { counts } = await test.call('today.list', {})
    test.setNow(`${TODAY}T15:00:00`)
    expect(title).toBe('Huddle sheet')
    expect(html).toContain('ENDS BEFORE')
    expect(html).toContain(`${counts.overdue} late`)
  })
  it('counts all of a list whose first rows it shows: nobody is forgotten behind the fortieth', async () => {
    const log = await openTestHost()
    const rows = Array.from(
      { length: 57 },
      (_, at) => `"Sample, Row${at}",1/2/1990,D3330,19,approved,10/01/2026,10/09/2026`,
    )
    const text = ['Patient,Birth date,Code,Tooth,Status,Sent,Decided', ...rows].join('\r\n')
    await log.call('authorization.import', { text })
    const { parts } = await log.call('calendar.huddle', {})
    const part = parts.find((one) => one.title === 'Not called')!
    expect([part.count, part.rows.length]).toEqual([57, 40])
    const { html } = await log.call('document.render', { kind: 'huddle' })
    expect(html).toContain('Not called: first 40 of 57')
    await log.close()
  })
  it('speaks of an approval that ended unused, not only of those that will', async () => {
    const log = await openTestHost()
    const text = [
      'Patient,Birth date,Code,Tooth,Status,Sent,Decided,Valid to',
      '"Sample, Late",1/2/1990,D3330,19,approved,05/01/2026,05/09/2026,11/01/2026',
    ]
    await log.call('authorization.import', { text: text.join('\r\n') })
    const { parts } = await log.call('calendar.huddle', {})
    expect(parts.find((one) => one.title.startsWith('Approvals that ended'))!.rows).toEqual([
      expect.arrayContaining(['Nov 1, 2026', 'Sample, Late']),
    ])
    await log.close()
  })
  it('a part without rows says so', async () => {
    const empty = await openTestHost()
    const { html } = await empty.call('document.render', { kind: 'huddle' })
    expect(html).toContain('None.')
    await empty.close()
  })
})
