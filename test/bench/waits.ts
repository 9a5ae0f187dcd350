// How long a list waits at most while an import, a remittance file or a backup of a large office is under way.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { LoneHost } from '#host/alone.ts'
import { STATES } from '#host/demo/states.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { remittanceOf } from './era.ts'
import { ask, ms, percentile, table, timed } from './figures.ts'
import { importLog } from './import.ts'
import { makeOffice, openHost } from './seeded.ts'

const CASES = 10_000
const BUDGET_MS = 200
/** A person turning from list to list as fast as they can. */
const EVERY_MS = 20

/** Milliseconds that lists took while `work` ran. */
async function listsDuring(host: LoneHost, work: Promise<unknown>): Promise<number[]> {
  const sample: number[] = []
  const over = new AbortController()
  const end = () => over.abort()
  void work.then(end, end)
  while (!over.signal.aborted) {
    sample.push(...(await timed(1, () => ask(host, 'authorization.list', {}))))
    await pause(EVERY_MS)
  }
  await work
  return sample
}

export async function benchWaits(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-bench-'))
  const host = openHost(folder)
  await makeOffice(host)
  const sent = STATES.find((state) => state.name === 'claim sent')!
  await seedPractice(host.vault!, { cases: CASES, seed: 1, states: Array.from({ length: CASES }, () => sent) })
  const text = remittanceOf(host.vault!.sqlite)
  const post = async () => {
    const { payments } = await ask<{ payments: string[] }>(host, 'era.import', { text })
    for (const paymentId of payments) await ask(host, 'era.post', { paymentId })
  }
  const works: Record<string, () => Promise<unknown>> = {
    [`Import of ${CASES.toLocaleString('en-US')} rows`]: () =>
      ask(host, 'authorization.import', { text: importLog(CASES) }),
    [`Remittance file of ${CASES.toLocaleString('en-US')} claims, taken and posted`]: post,
    Backup: () => ask(host, 'backup.create', {}),
  }
  await timed(10, () => ask(host, 'authorization.list', {}))
  const rows: string[][] = []
  const missed: string[] = []
  for (const [name, work] of Object.entries(works)) {
    const start = performance.now()
    const sample = await listsDuring(host, work())
    const longest = Math.max(...sample)
    if (longest > BUDGET_MS) missed.push(name)
    rows.push([name, ms(performance.now() - start), String(sample.length), ms(percentile(sample, 0.5)), ms(longest)])
  }
  await host.close()
  rmSync(folder, { recursive: true, force: true })
  const verdict = missed.length === 0 ? 'kept' : `missed: ${missed.join(', ')}`
  return `${table(['while this runs, ms', 'all of it', 'lists asked for', 'p50', 'longest wait'], rows)}\n\nBudget, longest wait at most ${BUDGET_MS} ms: ${verdict}.`
}
