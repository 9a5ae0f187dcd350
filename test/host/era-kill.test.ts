// A power cut while a remittance file is imported: all of it is there afterwards or nothing, and the second try makes no doubles.
import { rmSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { InputOf, OutputOf, RouteName } from '#core/contract/index.ts'
import { type ChildHost, openChildHost } from '#test/helpers/child-host.ts'
import { eraFile } from '#host/demo/era-file.ts'
import { openTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'
import { times } from '#test/helpers/times.ts'

const KILLS = times(5, 20)
const CLAIMS = 400

let dataDir: string
let child: ChildHost
beforeAll(async () => {
  const office = await openTestHost()
  dataDir = office.dataDir
  await office.host.close()
})
afterAll(async () => {
  await child.kill()
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(): Promise<void> {
  child = openChildHost(dataDir)
  await ask('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
}
async function ask<Name extends RouteName>(route: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  const reply = await child.call(route, input)
  if (!reply.ok) throw new Error(`${route}: ${reply.error.message}`)
  return reply.data as OutputOf<Name>
}
const fileOf = (round: number) =>
  eraFile({
    trace: `TRACE${round}`,
    claims: Array.from({ length: CLAIMS }, (_, at) => ({
      number: `R${round}C${at}`,
      lines: [{ charge: 100, paid: 80, cas: ['CO:45:20'] }],
    })),
    plb: [['L6', -1]],
  })

/** Traces of the payments that are there; the latest is looked through to its last claim. */
async function payments(): Promise<string[]> {
  const { rows } = await ask('era.list', { view: 'all', limit: 200 })
  const [{ id, claims, open }] = rows as [(typeof rows)[number]]
  const { providerAdjustments } = await ask('era.get', { id })
  const seen = new Set<string>()
  for (let next: string | null = null; ;) {
    const page: OutputOf<'era.claims'> = await ask('era.claims', { paymentId: id, after: next, limit: 200 })
    for (const row of page.rows) seen.add(row.claim.claimId)
    next = page.next
    if (next === null) break
  }
  expect({ claims, open, seen: seen.size, withheld: providerAdjustments.length }).toEqual({
    claims: CLAIMS,
    open: CLAIMS,
    seen: CLAIMS,
    withheld: 1,
  })
  return rows.map((row) => row.trace).sort()
}

it(`killed at ${KILLS} points of an import`, { timeout: 300_000 }, async () => {
  await start()
  const began = performance.now()
  await ask('era.import', { text: fileOf(0) })
  const whole = performance.now() - began
  const points = fc.sample(fc.double({ min: 0, max: 1.1, noNaN: true }), { numRuns: KILLS, seed: 835 })
  let lost = 0
  for (const [index, point] of points.entries()) {
    const round = index + 1
    const before = Array.from({ length: round }, (_, at) => `TRACE${at}`).sort()
    void child.call('era.import', { text: fileOf(round) })
    await after(point * whole)
    await child.kill()
    await start()
    const there = await payments()
    if (there.length === before.length) lost += 1
    expect([before, [...before, `TRACE${round}`].sort()]).toContainEqual(there)
    const again = await ask('era.import', { text: fileOf(round) })
    expect(again.payments.length + again.duplicates.length, 'recognized, or imported now').toBe(1)
    expect(await payments()).toEqual([...before, `TRACE${round}`].sort())
  }
  expect(lost, 'some cuts fell into the import').toBeGreaterThan(0)
})
