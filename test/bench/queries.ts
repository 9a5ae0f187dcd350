// The main queries and the saving of a step, in the host, on encrypted practices of growing size.
import { AUTHORIZATION_LISTS } from '#core/authorization/worklist.ts'
import { addDays } from '#core/dates.ts'
import { localDate } from '#host/kernel/clock.ts'
import type { LoneHost } from '#host/alone.ts'
import { ask, ms, percentile, table, timed } from './figures.ts'
import { closeAsIs, openHost, PASSWORD, seededFolder, USER } from './seeded.ts'

const RUNS = 200
const WARM_UP = 15
const BUDGET_MS = 16

/** Around the day on which the practice was made. */
const MONTH = Array.from({ length: 35 }, (_, at) => addDays(localDate(new Date().toISOString()), at - 14))
const LISTS: readonly string[] = AUTHORIZATION_LISTS

type Work = (host: LoneHost, at: number) => Promise<unknown>

/** What a desk does all day; ids are spread over the whole practice. */
async function works(host: LoneHost): Promise<Record<string, Work>> {
  const sqlite = host.vault!.sqlite
  const ids = (sql: string) => (sqlite.prepare(sql).all() as { id: string }[]).map((row) => row.id)
  const total = (sqlite.prepare('SELECT count(*) AS n FROM case_file').get() as { n: number }).n
  const spread = Math.max(1, Math.floor(total / RUNS))
  const cases = ids('SELECT id FROM case_file').filter((_, at) => at % spread === 0)
  const open = ids("SELECT id FROM case_file WHERE state = 'open' AND guide_id = 'endodontics' LIMIT 400")
  const pick = (list: readonly string[], at: number) => list[at % list.length]!
  const payers = ids('SELECT id FROM payer')
  const words = ['exa', 'sam', 'doe', 'tes', 'moc', 'pat', 'dum', 'fic', 'ano', 'tri']
  return {
    Today: (one) => ask(one, 'today.list', {}),
    'Cases, first page': (one) => ask(one, 'case.list', {}),
    'Cases, by text': (one, at) => ask(one, 'case.list', { text: pick(words, at) }),
    Authorizations: (one) => ask(one, 'authorization.list', {}),
    'Authorizations, each list': (one, at) => ask(one, 'authorization.list', { list: pick(LISTS, at) }),
    'Authorizations, one payer': (one, at) => ask(one, 'authorization.list', { payerId: pick(payers, at) }),
    'Today, overdue': (one) => ask(one, 'today.list', { bucket: 'overdue' }),
    'Calendar, month': (one) => ask(one, 'calendar.month', { days: MONTH }),
    'Calendar, day': (one, at) => ask(one, 'calendar.list', { from: pick(MONTH, at), to: pick(MONTH, at) }),
    Claims: (one) => ask(one, 'claim.list', {}),
    Patients: (one) => ask(one, 'patient.list', {}),
    'Search as you type': (one, at) => ask(one, 'search.find', { text: pick(words, at) }),
    'Opening a case': (one, at) => ask(one, 'case.get', { id: pick(cases, at) }),
    'Saving a step': (one, at) =>
      ask(one, 'case.answer', { id: pick(open, at), fact: 'restorable', value: at % 2 === 0 }),
  }
}

/** One row per kind of work: p50 and p99 in ms at each size. */
export async function benchQueries(sizes: readonly number[]): Promise<string> {
  const cells = new Map<string, string[]>()
  const missed: string[] = []
  for (const size of sizes) {
    console.error(`queries: ${size} cases`)
    const host = openHost(await seededFolder(size))
    await ask(host, 'session.signIn', { name: USER, password: PASSWORD })
    for (const [name, work] of Object.entries(await works(host))) {
      await timed(WARM_UP, (at) => work(host, at))
      const sample = await timed(RUNS, (at) => work(host, at))
      const p99 = percentile(sample, 0.99)
      cells.set(name, [...(cells.get(name) ?? [name]), ms(percentile(sample, 0.5)), ms(p99)])
      if (size === 100_000 && p99 > BUDGET_MS) missed.push(`${name} ${ms(p99)} ms`)
    }
    await closeAsIs(host)
  }
  const head = ['in the host, ms', ...sizes.flatMap((size) => [`p50 at ${size.toLocaleString('en-US')}`, 'p99'])]
  const verdict = missed.length === 0 ? 'kept' : `missed: ${missed.join(', ')}`
  const budget = sizes.includes(100_000) ? `\n\nBudget, p99 at 100,000 cases at most ${BUDGET_MS} ms: ${verdict}.` : ''
  return `${table(head, [...cells.values()])}\n\n${RUNS} runs each after ${WARM_UP} to warm up.${budget}`
}
