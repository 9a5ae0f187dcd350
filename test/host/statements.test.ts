// How much a request asks of the database: a case is read once, whatever is done with it, and a list is not read row by row.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { attach, createD3353, DENIED_LINE, eobOf, requestAuthorization, sendClaim } from '#test/helpers/d3353.ts'
import { countStatements, type Statements } from '#test/helpers/statements.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

/** A host that notes what every call costs. */
function counting(costs: Map<string, Statements>): TestHost {
  const call: TestHost['call'] = async (route, input) => {
    let answer: unknown
    const cost = await countStatements(test, async () => {
      answer = await test.call(route, input)
    })
    if (cost.reads > (costs.get(route)?.reads ?? -1)) costs.set(route, cost)
    return answer as never
  }
  return { ...test, call }
}

it('a case with all its parts is opened by 25 reads at most, and no command on it takes more than 35 (an export took 161)', async () => {
  const costs = new Map<string, Statements>()
  const desk = counting(costs)
  const story = await createD3353(desk, 3)
  const { caseId } = story
  await attach(desk, caseId)
  await desk.call('note.add', {
    caseId,
    note: { notedOn: '2026-11-20', author: 'Dr. Doe', text: 'No response to cold.', itemKeys: ['diagnosis'] },
  })
  const authorizationId = await requestAuthorization(desk, story, 'approved')
  const claimId = await sendClaim(desk, story)
  await desk.call('claim.checkExport', { ids: [claimId] })
  await desk.call('claim.export', { ids: [claimId], format: '837D', reason: 'Papers follow' })
  const eob = await eobOf(desk, story, DENIED_LINE)
  await desk.call('remittance.preview', eob)
  const { id: remittanceId } = await desk.call('remittance.post', { remittance: eob })
  await desk.call('appeal.create', { claimId, remittanceId, level: 'first' })
  await desk.call('task.add', {
    task: { caseId, title: 'Call', dueOn: '2026-11-30', assigneeId: null, kind: 'call_payer', note: '' },
  })
  for (const route of ['case.get', 'documentation.get', 'claim.forCase', 'authorization.forCase', 'remittance.forCase'])
    await desk.call(route as 'case.get', (route === 'case.get' ? { id: caseId } : { caseId }) as never)
  await desk.call('document.render', { kind: 'authorization-request', id: authorizationId } as never)

  const tooMuch = [...costs].filter(([route, { reads }]) => reads > (route === 'case.get' ? 25 : 35))
  expect(Object.fromEntries(tooMuch)).toEqual({})
})

it('an imported log costs 6 reads for each row at most', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, n) =>
      `Smith${n},Ana,2001-02-${String((n % 27) + 1).padStart(2, '0')},D2740,3,Plan ${n % 4},2026-11-0${(n % 9) + 1}`,
  )
  const text = ['Last name,First name,Birth date,Code,Tooth,Payer,Sent', ...rows].join('\n')
  const preview = await test.call('authorization.previewImport', { text })
  expect(preview.ready).toBe(40)
  const { reads } = await countStatements(test, () =>
    test.call('authorization.import', { text, mapping: preview.mapping }),
  )
  expect(reads / 40).toBeLessThanOrEqual(6)
})

it('a command that changes nothing of what lists show leaves clocks, worklists and search words as they are', async () => {
  const { caseId } = await createD3353(test, 3)
  const { sqlite } = test.host.vault!
  const touched: string[] = []
  const tables = ['clock', 'authorization_work', 'search_term']
  sqlite.function('noted', (table: unknown) => touched.push(String(table)))
  for (const table of tables)
    for (const event of ['INSERT', 'DELETE'])
      sqlite.exec(
        `CREATE TEMP TRIGGER ${event}_${table} AFTER ${event} ON ${table} BEGIN SELECT noted('${table}'); END`,
      )
  await test.call('note.add', {
    caseId,
    note: { notedOn: '2026-11-20', author: 'Dr. Doe', text: 'No response to heat.', itemKeys: [] },
  })
  expect(touched).toEqual([])
})

it('an imported log costs 5 writes for each row at most', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, n) => `Doe${n},Al,2001-03-0${(n % 9) + 1},D2740,3,Plan ${n % 4},2026-11-02`,
  )
  const text = ['Last name,First name,Birth date,Code,Tooth,Payer,Sent', ...rows].join('\n')
  const { mapping } = await test.call('authorization.previewImport', { text })
  const { writes } = await countStatements(test, () => test.call('authorization.import', { text, mapping }))
  expect(writes / 40).toBeLessThanOrEqual(5)
})
