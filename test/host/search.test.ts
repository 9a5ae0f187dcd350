// Search over a seeded practice: every way a desk looks for somebody, and no query that walks a large table.
import { eraFile } from '#host/demo/era-file.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseId, PatientId } from '#core/ids.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let sample: {
  id: CaseId
  patient: PatientId
  last: string
  first: string
  birth: string
  tooth: string
  external: string
}
beforeAll(async () => {
  test = await openTestHost()
  await seedPractice(test.host.vault!, { cases: 300, seed: 3, today: '2026-11-23' })
  sample =
    row(`SELECT c.id, p.id AS patient, last_name AS last, first_name AS first, birth_date AS birth, tooth, external_id AS external
    FROM case_file c JOIN patient p ON p.id = c.patient_id JOIN claim k ON k.case_id = c.id
    JOIN authorization a ON a.case_id = c.id AND a.reference != '' WHERE tooth IN ('8', '1', '3') LIMIT 1`)
})
afterAll(() => test.close())

function row<Row>(sql: string): Row {
  return test.host.vault!.sqlite.prepare(sql).get() as Row
}
const find = async (text: string) => (await test.call('search.find', { text, limit: 50 })).hits

describe('search', () => {
  it('by name, birth date in four spellings, external id', async () => {
    const [year, month, day] = sample.birth.split('-') as [string, string, string]
    const spellings = [
      `${sample.last} ${sample.first}`,
      `${sample.first} ${sample.last}`,
      sample.birth,
      `${Number(month)}/${Number(day)}/${year}`,
      `${month}${day}${year}`,
      `${month}/${day}/${year.slice(2)}`,
      sample.external,
    ]
    for (const text of spellings) {
      const people = (await find(text)).map((hit) => hit.patientId)
      expect(people, text).toContain(sample.patient)
    }
  })

  it('by tooth and name, by claim number, by authorization number', async () => {
    const { number } = row<{ number: string }>(`SELECT number FROM claim WHERE case_id = '${sample.id}'`)
    const { reference } = row<{ reference: string }>(
      `SELECT reference FROM authorization WHERE case_id = '${sample.id}'`,
    )
    for (const text of [`${sample.last} ${sample.first} #${sample.tooth}`, number, reference]) {
      const cases = (await find(text)).map((hit) => hit.caseId)
      expect(cases, text).toContain(sample.id)
    }
  })

  it('#1 does not find tooth 12', async () => {
    const hits = await find('#1')
    const teeth = hits.flatMap((hit) =>
      hit.caseId ? [row<{ tooth: string }>(`SELECT tooth FROM case_file WHERE id = '${hit.caseId}'`).tooth] : [],
    )
    expect(teeth.filter((tooth) => tooth !== '1')).toEqual([])
  })

  it('every word counts: a second word that fits nothing finds nothing', async () => {
    expect(await find(`${sample.last} qqqq`)).toEqual([])
    expect(await find('   ')).toEqual([])
  })

  it('quotes, percent signs and SQL are only characters', async () => {
    for (const text of ["'; DROP TABLE patient; --", '%', '_', '"']) await find(text)
    expect(row<{ n: number }>('SELECT count(*) AS n FROM patient').n).toBeGreaterThan(100)
  })

  it('the count beside a list is what the table holds, after moves as well', async () => {
    const count = (state: string) =>
      row<{ n: number }>(`SELECT count(*) AS n FROM case_file WHERE state = '${state}'`).n
    const total = async (state: 'open' | 'closed' | 'all') => (await test.call('case.list', { state, limit: 1 })).total
    expect(await total('open')).toBe(count('open'))
    const { version } = await test.call('case.get', { id: sample.id })
    const { state } = row<{ state: string }>(`SELECT state FROM case_file WHERE id = '${sample.id}'`)
    await test.call(state === 'open' ? 'case.close' : 'case.reopen', { id: sample.id, version, reason: 'Test' })
    expect(await total('open')).toBe(count('open'))
    expect(await total('closed')).toBe(count('closed'))
    expect(await total('all')).toBe(count('open') + count('closed'))
    expect((await test.call('patient.list', { limit: 1 })).total).toBe(
      row<{ n: number }>('SELECT count(*) AS n FROM patient').n,
    )
  })

  it('pages of cases neither lose nor repeat a row', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: { cases: { id: string }[]; next: string | null } = await test.call('case.list', {
        state: 'all',
        after,
        limit: 40,
      })
      seen.push(...page.cases.map((one) => one.id))
      after = page.next
    } while (after)
    expect(seen.length).toBe(300)
    expect(new Set(seen).size).toBe(300)
  })
})

describe('no query walks a large table', () => {
  const REMITTANCE = eraFile({
    trace: 'T1',
    claims: [{ number: 'UNKNOWN', lastName: 'DOE', firstName: 'SAM', lines: [{ charge: 10, paid: 10 }] }],
  })
  const LARGE =
    /SCAN (?:\w+ )?(?:AS )?\b(c|p|v|k|l|a|r|t|d|b|lead|other|case_file|patient|coverage|clock|search_term|procedure_line|case_event|claim|authorization|remittance|attachment|chart_note)\b/
  // All open cases are a walk too, where the query names a patient.
  const OPEN = /case_file USING (COVERING )?INDEX case_by_(update|progress)/
  // Reading a page in the order of an index is a scan with a limit.
  const paged = (detail: string, sql: string) => /USING (COVERING )?INDEX/.test(detail) && /\blimit\b/i.test(sql)

  async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
    const { sqlite } = test.host.vault!
    const prepare = sqlite.prepare.bind(sqlite)
    const statements = new Set<string>()
    // Statements are prepared once and run often: what counts is what runs.
    const runs = Object.getPrototypeOf(prepare('SELECT 1')) as Record<'all' | 'run', (...args: unknown[]) => unknown>
    const { all, run } = runs
    for (const [name, original] of Object.entries({ all, run }))
      runs[name as 'all' | 'run'] = function (this: { source: string }, ...args) {
        statements.add(this.source)
        return original.apply(this, args)
      }
    await work()
    Object.assign(runs, { all, run })
    const queries = [...statements].filter((sql) => /^\s*(select|update|delete)/i.test(sql))
    expect(queries.length).toBeGreaterThan(0)
    return queries.flatMap((sql) => {
      const bound = Array.from({ length: sql.split('?').length - 1 }, () => 'x')
      const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(bound) as { detail: string }[]
      return plan.flatMap(({ detail }) =>
        (LARGE.test(detail) || OPEN.test(detail)) && !paged(detail, sql) ? [`${detail}: ${sql}`] : [],
      )
    })
  }

  it.each([
    ['today.list', {}],
    ['today.list', { assignee: 'me' }],
    ['case.list', {}],
    ['case.list', { step: 'claim' }],
    ['case.list', { state: 'all' }],
    ['case.list', { text: 'doe #8' }],
    ['patient.list', {}],
    ['patient.list', { text: 'doe s' }],
    ['search.find', { text: 'doe d3353' }],
    ['patient.similar', { lastName: 'Doe', firstName: 'Sam', birthDate: '2015-04-12' }],
    ['era.preview', { text: REMITTANCE }],
  ] as const)('%s %j', async (route, input) => {
    expect(await plansOf(() => test.host.call(route, input))).toEqual([])
  })

  it('the check itself sees a walk', async () => {
    const walk = async () => test.host.vault!.sqlite.prepare('SELECT id FROM patient WHERE phone = ?').all('x')
    expect(await plansOf(walk)).toHaveLength(1)
  })

  it('case.get, case.answer, case.setVisits, case.setLines', async () => {
    const { id } = sample
    const edit = async () => {
      const { version } = await test.call('case.get', { id })
      await test.call('case.answer', { id, fact: 'restorable', value: true })
      await test.call('case.setLines', { id, version, lines: [] })
      await test.call('case.setVisits', { id, version: version + 1, visits: [] })
    }
    expect(await plansOf(edit)).toEqual([])
  })
})
