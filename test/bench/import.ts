// An office's log of 10,000 rows: read, matched, written as cases with clocks, in one transaction; and taken back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoneHost } from '#host/alone.ts'
import { bareInserts, copyOf } from './bare.ts'
import { ask, ms, table } from './figures.ts'
import { makeOffice, openHost } from './seeded.ts'

const ROWS = 10_000
const BUDGET = 4

const TEETH = ['3', '8', '9', '14', '19', '30']

/** @returns CSV as an office keeps it */
export function importLog(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, at) =>
      `"Row${at % 97}, Number${at}",01/02/1990,Plan ${at % 12},#${TEETH[at % TEETH.length]},D3330,$950.00,sent,11/02/2026`,
  )
  return ['Patient,DOB,Insurance,Tooth,Code,Fee,Status,Sent', ...rows].join('\r\n')
}

async function timed<T>(host: LoneHost, route: string, input: unknown): Promise<[data: T, took: number]> {
  const start = performance.now()
  return [await ask<T>(host, route, input), performance.now() - start]
}

/** One row per part of the work on a log of `count` rows. */
export async function benchImport(count = ROWS): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-bench-'))
  const host = openHost(folder)
  await makeOffice(host)
  const text = importLog(count)
  const [, preview] = await timed(host, 'authorization.previewImport', { text })
  const { sqlite } = host.vault!
  const copy = copyOf(sqlite, folder)
  const [{ importId }, took] = await timed<{ importId: string }>(host, 'authorization.import', { text })
  const bare = bareInserts(sqlite, copy, took, BUDGET)
  const [, back] = await timed(host, 'authorization.undoImport', { importId })
  await host.close()
  rmSync(folder, { recursive: true, force: true })
  const row = (name: string, value: number) => [name, ms(value), ms(value / count)]
  return table(
    [`${count.toLocaleString('en-US')} rows, ms`, 'all', 'each'],
    [row('Preview', preview), row('Import', took), ...bare.map((cells) => [...cells, '']), row('Taking it back', back)],
  )
}
