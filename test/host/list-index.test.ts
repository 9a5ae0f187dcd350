// Every worklist is read from its own index, in order: a condition that no longer matches the index word for word would sort the whole table.
import { afterAll, beforeAll, expect, it } from 'vitest'
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
