// What work costs beside the bare insert of the rows it left.
import { copyFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { median, ms } from './figures.ts'

const TIMES = 3

/** A copy of the database as it is now. */
export function copyOf(sqlite: Sqlite.Database, folder: string): string {
  sqlite.pragma('wal_checkpoint(TRUNCATE)')
  const copy = join(folder, 'copy.db')
  copyFileSync(join(folder, 'claimwright.db'), copy)
  return copy
}

/** Milliseconds to insert with bare better-sqlite3, in one transaction, what differs between the database and its copy. */
function bareInsert(sqlite: Sqlite.Database, copy: string): { took: number; rows: number } {
  sqlite.prepare('ATTACH DATABASE ? AS bare').run(copy)
  sqlite.pragma('bare.synchronous=FULL')
  sqlite.pragma('foreign_keys=OFF')
  const tables = sqlite.prepare("SELECT name FROM main.sqlite_master WHERE type = 'table'").pluck().all() as string[]
  const work = tables.flatMap((name) => {
    const rows = sqlite
      .prepare(`SELECT * FROM main."${name}" EXCEPT SELECT * FROM bare."${name}"`)
      .raw()
      .all() as unknown[][]
    if (rows.length === 0) return []
    const insert = sqlite.prepare(`INSERT OR REPLACE INTO bare."${name}" VALUES (${rows[0]!.map(() => '?').join(',')})`)
    return [{ insert, rows }]
  })
  const start = performance.now()
  sqlite.exec('BEGIN')
  for (const { insert, rows } of work) for (const row of rows) insert.run(row)
  sqlite.exec('COMMIT')
  const took = performance.now() - start
  sqlite.exec('DETACH DATABASE bare')
  return { took, rows: work.reduce((sum, one) => sum + one.rows.length, 0) }
}

/** Lines of a table: what the rows that the database has beyond its `copy` cost by bare inserts, beside what the work `took`. */
export function bareInserts(sqlite: Sqlite.Database, copy: string, took: number, budget: number): string[][] {
  const runs = Array.from({ length: TIMES }, (_, at) => {
    const again = `${copy}.${at}`
    copyFileSync(copy, again)
    return bareInsert(sqlite, again)
  })
  const all = runs.map((run) => run.took).sort((a, b) => a - b)
  const ratio = took / median(all)
  const rows = runs[0]!.rows.toLocaleString('en-US')
  return [
    [`the same ${rows} rows by bare inserts in one transaction, ms, ${TIMES} times`, all.map(ms).join(' · ')],
    ['ratio to their median', `${ratio.toFixed(1)} (budget ${budget}: ${ratio <= budget ? 'kept' : 'missed'})`],
    ['load of the machine meanwhile', `${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`],
  ]
}
