// A1, U1: every route is sent what no page sends. Refused in words, never a failure of ours; one row of the trail for each command.
import fc from 'fast-check'
import * as z from 'zod'
import { contract, type RouteName } from '#core/contract/index.ts'
import {
  attach,
  createD3353,
  DENIED_LINE,
  eobOf,
  openUntreated,
  PAID_LINE,
  requestAuthorization,
  sendClaim,
  settleChecklist,
  setVisits,
} from '#test/helpers/d3353.ts'
import { openTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'
import type { Outcome } from './outcome.ts'

const names = Object.keys(contract) as RouteName[]
/** Routes that change people, places or the session: sent only what their schema refuses. */
const isAboutSession = (name: RouteName) => contract[name].kind === 'system'

const endless: Record<string, unknown> = {}
endless['self'] = endless
const polluted = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}') as unknown
const odd = fc.oneof(
  fc.anything({
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withTypedArray: true,
    maxDepth: 2,
  }),
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    ' ',
    '\0',
    '\u202E',
    '%',
    "'; DROP TABLE audit; --",
    '../../etc/passwd',
    '{{x}}',
    '9'.repeat(400),
    -1,
    0,
    1e99,
    NaN,
    Infinity,
    -0,
    2 ** 53,
    true,
    [],
    {},
    [[[]]],
    polluted,
    endless,
    new Uint8Array(9),
    () => 1,
    Symbol('x'),
    '2026-02-30',
    '2026-11-23',
    '018f0000-0000-7000-8000-000000000000',
    '00000000-0000-0000-0000-000000000000',
    'D3353',
    '8',
    '%00',
  ),
)
/** Values for a route: anything at all, or its own keys with odd values, some of the ids that exist among them. */
function inputsOf(name: RouteName, ids: readonly string[]): fc.Arbitrary<unknown> {
  const { input } = contract[name]
  const keys = input instanceof z.ZodObject ? Object.keys(input.shape) : []
  const value = fc.oneof(odd, fc.constantFrom(...ids))
  return fc.oneof(
    odd,
    fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] }),
    fc.dictionary(fc.string(), odd),
  )
}

function isRefusedBySchema(name: RouteName, input: unknown): boolean {
  try {
    return !contract[name].input.safeParse(input ?? {}).success
  } catch {
    return true
  }
}

const trailOf = ({ host }: TestHost) =>
  host.vault!.sqlite.prepare('SELECT coalesce(max(seq), 0) FROM audit').pluck().get() as number
/** All that an office holds, as one number that changes with it. */
function contentOf({ host }: TestHost): string {
  const { sqlite } = host.vault!
  const tables = sqlite
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[]
  return tables
    .map((name) => `${name} ${sqlite.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number}`)
    .join()
}

/** A1. @param times messages for each route */
export async function fuzzRoutes(times: number): Promise<Outcome> {
  const [test, story] = await openUntreated()
  const film = await attach(test, story.caseId)
  const ids = [story.caseId, story.patientId, story.coverageId, film.id, ...story.visits]
  const wrong = new Set<string>()
  let [sent, refused, answered] = [0, 0, 0]
  const send = async (name: string, input: unknown) => {
    sent += 1
    const reply = await test.host
      .call(name as never, input as never)
      .catch((error: unknown) => ({ ok: false as const, error: { code: 'threw', message: String(error) } }))
    if (reply.ok) answered += 1
    else refused += 1
    if (!reply.ok && ['INTERNAL', 'threw', 'DATA_DAMAGED', 'STORAGE'].includes(reply.error.code))
      wrong.add(`${name}: ${reply.error.code}`)
    return reply
  }
  for (const name of names) {
    const inputs = fc.sample(inputsOf(name, ids), { numRuns: times, seed: 7 })
    const bad = inputs.filter((input) => isRefusedBySchema(name, input))
    const good = isAboutSession(name) ? [] : inputs.filter((input) => !isRefusedBySchema(name, input))
    const before = contentOf(test)
    for (const input of bad) {
      const reply = await send(name, input)
      if (reply.ok) wrong.add(`${name}: took what its schema refuses`)
    }
    if (contentOf(test) !== before) wrong.add(`${name}: a refused message changed something`)
    for (const input of good) {
      const seq = trailOf(test)
      const reply = await send(name, input)
      const rows = trailOf(test) - seq
      const { kind, audited } = contract[name]
      const expected = reply.ok && (kind === 'command' || audited !== false) ? 1 : 0
      if (rows !== expected)
        wrong.add(`${name}: ${rows} rows in the trail for ${reply.ok ? 'one answer' : 'a refusal'}`)
    }
  }
  const large = 'x'.repeat(10_000_000)
  for (const name of ['draft.save', 'patient.list', 'authorization.import', 'era.import'])
    if (name in contract) await send(name, { scope: large, text: large, value: large })
  for (const name of ['db.exec', '__proto__', 'constructor', 'toString', '', 'case.get\0', 'x'.repeat(1e6)]) {
    const reply = await send(name, {})
    if (reply.ok || !('code' in reply.error) || reply.error.code !== 'UNKNOWN_ROUTE')
      wrong.add(`${name.slice(0, 20)}: answered`)
  }
  if (({} as { isAdmin?: boolean }).isAdmin) wrong.add('the prototype of all objects was changed')
  if (!(await test.call('audit.verify', {})).ok) wrong.add('the trail')
  await test.close()
  const did = `${sent.toLocaleString('en-US')} messages to ${names.length} routes, ${refused.toLocaleString('en-US')} refused, ${answered.toLocaleString('en-US')} answered`
  return { did, wrong: [...wrong] }
}

/** U1: a case from its first call to the money: each command leaves one row, each refusal none, and none without its row. */
export async function trailOfCommands(): Promise<Outcome> {
  const wrong: string[] = []
  const test = await openTestHost()
  // The row of the sign-in waits for the first thing that is written.
  await test.call('draft.save', { scope: 'first', value: 1 })
  const seen = new Map<string, number>()
  const { call } = test
  const counting: TestHost = {
    ...test,
    async call(name, input) {
      const seq = trailOf(test)
      const { kind, audited } = contract[name]
      const answer = await call(name, input)
      const expected = kind === 'command' || (kind === 'query' && audited !== false) ? 1 : 0
      const rows = trailOf(test) - seq
      if (kind !== 'system' && rows !== expected) wrong.push(`${name}: ${rows} rows`)
      if (kind === 'command') seen.set(name, (seen.get(name) ?? 0) + 1)
      return answer
    },
  }
  const story = await createD3353(counting)
  await attach(counting, story.caseId)
  await requestAuthorization(counting, story, 'approved')
  await setVisits(counting, story.caseId, 3)
  await settleChecklist(counting, story.caseId, 'claim')
  await sendClaim(counting, story)
  const { id } = await counting.call('remittance.post', { remittance: await eobOf(counting, story, PAID_LINE) })
  await counting.call('remittance.reverse', { id, reason: 'Of another patient' })
  await counting.call('remittance.post', { remittance: await eobOf(counting, story, DENIED_LINE) })
  await counting.call('draft.save', { scope: 'x', value: 1 })
  await counting.call('user.add', { name: 'Ben', role: 'front_desk', password: `${TEST_PASSWORD} again` })

  // No row, no change: where the trail takes nothing, the command leaves nothing.
  const { sqlite } = test.host.vault!
  sqlite.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no row'); END")
  const before = contentOf(test)
  const reply = await test.host.call('draft.save', { scope: 'other', value: 1 })
  const payer = await test.host.call('payer.add', { payer: { name: 'Another Plan', payerCode: '77777' } })
  if (reply.ok || payer.ok) wrong.push('answered without a row')
  if (contentOf(test) !== before) wrong.push('a change without a row')
  sqlite.exec('DROP TRIGGER full')
  await test.close()
  const commands = names.filter((name) => contract[name].kind === 'command').length
  const calls = [...seen.values()].reduce((sum, one) => sum + one, 0)
  return { did: `${calls} calls of ${seen.size} of ${commands} commands`, wrong }
}
