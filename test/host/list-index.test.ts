// Every worklist is read from its own index, in order: a condition that no longer matches the index word for word would sort the whole table.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { AUTHORIZATION_LISTS } from '#core/authorization/worklist.ts'
import { CONDITIONS, URGENCY } from '#host/authorization/worklist-rows.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeAll(async () => {
  test = await openTestHost()
})
afterAll(() => test.close())

it.each(AUTHORIZATION_LISTS)('%s is neither sorted nor walked', (list) => {
  const day = URGENCY[list] ?? 'w.urgent_on'
  const sql = `SELECT * FROM authorization_work AS w WHERE ${CONDITIONS[list]} AND +w.payer_id = ? ORDER BY ${day}, w.id LIMIT 50`
  const plan = test.host.vault!.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('x') as { detail: string }[]
  expect(plan.map((step) => step.detail)).toEqual([expect.stringContaining(`INDEX work_${list}`)])
})

it.each(['payer_id', 'provider_id', 'assignee_id'])('the lists of one %s are counted along its own index', (column) => {
  for (const list of AUTHORIZATION_LISTS) {
    const sql = `SELECT w.id FROM authorization_work AS w WHERE ${CONDITIONS[list]} AND w.${column} = ? LIMIT 1000`
    const plan = test.host.vault!.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('x') as { detail: string }[]
    const index = `work_by_${column.replace('_id', '')}`
    expect(plan.map((step) => step.detail)).toEqual([expect.stringContaining(`COVERING INDEX ${index}`)])
  }
})

it.each(AUTHORIZATION_LISTS)(
  '%s is counted from its index alone: once, the row of each of a thousand was looked up',
  (list) => {
    const day = { unanswered: ' AND answer_due_on <= ?', expiring: ' AND valid_to <= ?' }[list as string] ?? ''
    const sql = `SELECT w.id FROM authorization_work AS w WHERE ${CONDITIONS[list]}${day} LIMIT 1000`
    const statement = test.host.vault!.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    const plan = statement.all(...(day === '' ? [] : ['2026-11-30'])) as { detail: string }[]
    expect(plan.map((step) => step.detail)).toEqual([expect.stringContaining('COVERING INDEX work_')])
  },
)

it('the days of a month are counted from indexes alone, but for the few patients named: once, every case was looked up', async () => {
  const { sqlite } = test.host.vault!
  const prototype = Object.getPrototypeOf(sqlite.prepare('SELECT 1')) as { all(...values: unknown[]): unknown }
  const reads = vi.spyOn(prototype, 'all')
  await test.call('calendar.month', { days: ['2026-11-30'] })
  const counts = reads.mock.contexts
    .map((one) => (one as { source: string }).source)
    .filter((sql) => /json_each/.test(sql))
  reads.mockRestore()
  expect(counts.length).toBeGreaterThan(0)
  for (const sql of counts) {
    const values = Array.from({ length: sql.split('?').length - 1 }, () => '[]')
    const plan = sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]
    const lookups = plan.filter(({ detail }) => detail.startsWith('SEARCH')).map(({ detail }) => detail)
    expect(lookups.filter((detail) => !/COVERING INDEX|^SEARCH [np] USING/.test(detail))).toEqual([])
  }
})

it.each([
  [{}, 'case_by_update'],
  [{ step: 'claim' }, 'case_by_progress'],
])('open cases are read along their own index: once, every case of the office was walked', async (input, index) => {
  const { sqlite } = test.host.vault!
  const prototype = Object.getPrototypeOf(sqlite.prepare('SELECT 1')) as { all(...values: unknown[]): unknown }
  const reads = vi.spyOn(prototype, 'all')
  await test.call('case.list', input as { step?: 'claim' })
  const pages = reads.mock.contexts
    .map((one) => (one as { source: string }).source)
    .filter((sql) => sql.includes('from "case_file" as "c"'))
  reads.mockRestore()
  expect(pages).toHaveLength(1)
  const values = Array.from({ length: pages[0]!.split('?').length - 1 }, () => 'x')
  const plan = sqlite.prepare(`EXPLAIN QUERY PLAN ${pages[0]}`).all(...values) as { detail: string }[]
  expect(plan.map((step) => step.detail).join('\n')).toContain(`INDEX ${index}`)
})

it.each(['overdue', 'today', 'week', 'waiting'] as const)(
  'Today, %s, is read along an index and never walked: however long the backlog',
  async (bucket) => {
    const { sqlite } = test.host.vault!
    const prototype = Object.getPrototypeOf(sqlite.prepare('SELECT 1')) as { all(...values: unknown[]): unknown }
    const reads = vi.spyOn(prototype, 'all')
    await test.call('today.list', { bucket })
    const pages = reads.mock.contexts
      .map((one) => (one as { source: string }).source)
      .filter((sql) => sql.includes('from "clock" as "k"') && sql.includes('order by'))
    reads.mockRestore()
    expect(pages).toHaveLength(1)
    const values = Array.from({ length: pages[0]!.split('?').length - 1 }, () => '2026-11-30')
    const plan = sqlite.prepare(`EXPLAIN QUERY PLAN ${pages[0]}`).all(...values) as { detail: string }[]
    const steps = plan.map((step) => step.detail).join('\n')
    expect(steps).toMatch(/k USING INDEX clock_by_(urgency|due)/)
    expect(steps).not.toContain('SCAN k')
    // This week is what rings with time left and what rings soon: two ranges, of which only the rows found are sorted.
    expect(steps.includes('TEMP B-TREE')).toBe(bucket === 'week')
    expect(steps, 'the other clocks of a case are found by its key').toMatch(/SEARCH o USING PRIMARY KEY \(case_id=\?/)
  },
)
