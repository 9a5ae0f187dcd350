// A remittance file of 10,000 claims against the bare insert of the same rows; preview of the largest sample.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { STATES } from '#host/demo/states.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { eraFile, type EraClaimSpec } from '#host/demo/era-file.ts'
import { bareInserts, copyOf } from './bare.ts'
import { ask, median, ms, table, timed } from './figures.ts'
import { makeOffice, openHost } from './seeded.ts'

const CLAIMS = 10_000
const IN_PAYMENT = 500
const BUDGET = 4
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
       WHERE k.state = 'sent' ORDER BY payer.name, k.id, l.seq`,
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

function largestSample(): string {
  const files = readdirSync(SAMPLES).filter((name) => name.startsWith('835'))
  const [largest] = files.sort((a, b) => statSync(join(SAMPLES, b)).size - statSync(join(SAMPLES, a)).size)
  return readFileSync(join(SAMPLES, largest!), 'utf8')
}

/** Import and posting of a file of `count` claims, preview. */
export async function benchEra(count = CLAIMS): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-bench-'))
  const host = openHost(folder)
  await makeOffice(host)
  const sent = STATES.find((state) => state.name === 'claim sent')!
  await seedPractice(host.vault!, { cases: count, seed: 1, states: Array.from({ length: count }, () => sent) })
  const { sqlite } = host.vault!
  const text = remittanceOf(sqlite)
  const copy = copyOf(sqlite, folder)

  // Each is preceded by a backup where something changed: made before, so that the work alone is measured.
  const measured = async <T>(route: string, input: object): Promise<[answer: T, took: number]> => {
    await ask(host, 'backup.create', {})
    const start = performance.now()
    return [await ask<T>(host, route, input), performance.now() - start]
  }
  const [{ payments }, imported] = await measured<{ payments: string[] }>('era.import', { text })
  const [{ posted }, posting] = await measured<{ posted: number }>('era.postAll', { paymentIds: payments })
  if (posted !== count) throw new Error(`${posted} of ${count} claims posted`)
  const bare = bareInserts(sqlite, copy, imported + posting, BUDGET)

  const sample = largestSample()
  const preview = await timed(50, () => ask(host, 'era.preview', { text: sample }))
  await host.close()

  rmSync(folder, { recursive: true, force: true })
  return table(
    [
      `${count.toLocaleString('en-US')} claims in ${payments.length} payments, ${(text.length / 1e6).toFixed(1)} MB`,
      '',
    ],
    [
      ['reading, matching, keeping, ms', ms(imported)],
      ['posting, ms', ms(posting)],
      ...bare,
      [`preview of the largest sample (${(sample.length / 1000).toFixed(1)} KB), ms`, ms(median(preview))],
    ],
  )
}
