// A remittance file of 10,000 claims against the bare insert of the same rows; reading speed and memory; preview of the largest sample.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type Sqlite from 'better-sqlite3'
import { collectWarnings, readEra } from '#core/x12/era-read.ts'
import { STATES } from '#host/demo/states.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { openSource, textOf } from '#host/remittance/era/source.ts'
import { eraFile, type EraClaimSpec } from '#host/demo/era-file.ts'
import { ask, median, ms, table, timed } from './figures.ts'
import { makeOffice, openHost } from './seeded.ts'

const CLAIMS = 10_000
const IN_PAYMENT = 500
const BUDGET = 4
const LARGE_MB = 100
const SAMPLES = 'test/fixtures/x12'

interface SentLine {
  number: string
  payer: string
  lastName: string
  firstName: string
  memberId: string
  code: string
  cents: number
  on: string
}

/** A remittance for every sent claim, in payments of its payer: contract cut, coinsurance, the rest paid. */
export function remittanceOf(sqlite: Sqlite.Database): string {
  const rows = sqlite
    .prepare(
      `SELECT k.number, payer.name AS payer, p.last_name AS lastName, p.first_name AS firstName, v.member_id AS memberId,
         l.code, l.fee_cents AS cents, l.service_date AS "on"
       FROM claim k JOIN case_file c ON c.id = k.case_id JOIN patient p ON p.id = c.patient_id
         JOIN coverage v ON v.id = k.coverage_id JOIN plan ON plan.id = v.plan_id JOIN payer ON payer.id = plan.payer_id
         JOIN claim_line l ON l.claim_id = k.id
       WHERE k.state = 'sent' ORDER BY payer.name, k.number, l.seq`,
    )
    .all() as SentLine[]
  const payers = new Map<string, Map<string, EraClaimSpec>>()
  for (const { number, payer, cents, code, on, ...person } of rows) {
    const claims = payers.get(payer) ?? new Map<string, EraClaimSpec>()
    payers.set(payer, claims)
    const claim = claims.get(number) ?? { number, ...person, payerNumber: `ICN${number}`, lines: [] }
    claims.set(number, claim)
    const [charge, cut, share] = [cents / 100, Math.round(cents * 0.2) / 100, Math.round(cents * 0.16) / 100]
    const paid = Math.round((charge - cut - share) * 100) / 100
    claim.lines.push({ code, charge, paid, cas: [`CO:45:${cut}`, `PR:2:${share}`], on })
  }
  const payments = [...payers].flatMap(([name, claims]) => {
    const all = [...claims.values()]
    return Array.from({ length: Math.ceil(all.length / IN_PAYMENT) }, (_, at) => ({
      trace: `EFT ${name} ${at}`,
      payer: { name, id: 'NONE', taxId: '999999999' },
      claims: all.slice(at * IN_PAYMENT, (at + 1) * IN_PAYMENT),
    }))
  })
  return eraFile(...payments)
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

function largestSample(): string {
  const files = readdirSync(SAMPLES).filter((name) => name.startsWith('835'))
  const [largest] = files.sort((a, b) => statSync(join(SAMPLES, b)).size - statSync(join(SAMPLES, a)).size)
  return readFileSync(join(SAMPLES, largest!), 'utf8')
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const liveMegabytes = () => {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1e6
}

/** Reads a file piece by piece, keeping nothing; `look` is called at every 50,000th claim. */
function readLarge(path: string, look = () => {}): { seconds: number; claims: number } {
  const start = performance.now()
  let claims = 0
  for (const event of readEra(textOf(openSource({ path }).pieces()), collectWarnings().warn)) {
    if (event.type === 'claim' && ++claims % 50_000 === 0) look()
  }
  return { seconds: (performance.now() - start) / 1000, claims }
}

/** Import and posting, reading, preview. */
export async function benchEra(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-bench-'))
  const host = openHost(folder)
  await makeOffice(host)
  const sent = STATES.find((state) => state.name === 'claim sent')!
  await seedPractice(host.vault!, { cases: CLAIMS, seed: 1, states: Array.from({ length: CLAIMS }, () => sent) })
  const { sqlite } = host.vault!
  const text = remittanceOf(sqlite)
  sqlite.pragma('wal_checkpoint(TRUNCATE)')
  const copy = join(folder, 'copy.db')
  copyFileSync(join(folder, 'claimwright.db'), copy)

  const start = performance.now()
  const { payments } = await ask<{ payments: string[] }>(host, 'era.import', { text })
  const imported = performance.now() - start
  let posted = 0
  for (const paymentId of payments) posted += (await ask<{ posted: number }>(host, 'era.post', { paymentId })).posted
  const took = performance.now() - start
  if (posted !== CLAIMS) throw new Error(`${posted} of ${CLAIMS} claims posted`)
  const bare = bareInsert(sqlite, copy)
  const ratio = took / bare.took

  const sample = largestSample()
  const preview = await timed(50, () => ask(host, 'era.preview', { text: sample }))
  await host.close()

  const large = join(folder, 'large.835')
  const times = Math.ceil((LARGE_MB * 1e6) / text.length)
  writeFileSync(large, '')
  for (let at = 0; at < times; at += 1) writeFileSync(large, text, { flag: 'a' })
  const read = readLarge(large)
  const before = liveMegabytes()
  let most = before
  readLarge(large, () => {
    most = Math.max(most, liveMegabytes())
  })
  const speed = statSync(large).size / 1e6 / read.seconds
  rmSync(folder, { recursive: true, force: true })
  const verdict = `${ratio.toFixed(1)} (budget ${BUDGET}: ${ratio <= BUDGET ? 'kept' : 'missed'})`
  return table(
    [
      `${CLAIMS.toLocaleString('en-US')} claims in ${payments.length} payments, ${(text.length / 1e6).toFixed(1)} MB`,
      '',
    ],
    [
      ['reading, matching, keeping, ms', ms(imported)],
      ['posting, ms', ms(took - imported)],
      [`the same ${bare.rows.toLocaleString('en-US')} rows by bare inserts, ms`, ms(bare.took)],
      ['ratio', verdict],
      [`reading alone, a file of ${LARGE_MB} MB with ${read.claims.toLocaleString('en-US')} claims, MB/s`, ms(speed)],
      ['live memory meanwhile, at most, beyond that at its start, MB', ms(Math.max(0, most - before))],
      [`preview of the largest sample (${(sample.length / 1000).toFixed(1)} KB), ms`, ms(median(preview))],
    ],
  )
}
