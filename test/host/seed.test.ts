// The invented practice: repeatable, in every state, and exactly as the host itself would have derived it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseId } from '#core/ids.ts'
import { decideLine } from '#core/remittance/outcome.ts'
import { Adjustment } from '#core/remittance/schema.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { STATES } from '#host/demo/states.ts'
import { openAssets } from '#host/assets.ts'
import { refreshCases } from '#host/case/refresh.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { uuidv7 } from '#host/kernel/ids.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const TODAY = '2026-11-23'
const CASES = 400
const assets = openAssets('assets')
let test: TestHost
let counts: Record<string, number>

beforeAll(async () => {
  test = await openTestHost()
  counts = await seedPractice(test.host.vault!, { cases: CASES, seed: 7, today: TODAY, assets })
})
afterAll(() => test.close())

const all = (sql: string): Record<string, unknown>[] =>
  test.host.vault!.sqlite.prepare(sql).all() as Record<string, unknown>[]

describe('seeded practice', () => {
  it('writes every case and no dangling row', () => {
    expect(counts['case_file']).toBe(CASES)
    expect(all('PRAGMA foreign_key_check')).toEqual([])
  })

  it('is the same for the same seed', async () => {
    const again = await openTestHost()
    await seedPractice(again.host.vault!, { cases: CASES, seed: 7, today: TODAY, assets })
    const sql = 'SELECT id, tooth, area, main_code, status, progress, created_at, updated_at FROM case_file ORDER BY id'
    const rows = again.host.vault!.sqlite.prepare(sql).all()
    await again.close()
    expect(rows).toEqual(all(sql))
  })

  it('refuses the same seed twice instead of failing on a key', async () => {
    await expect(seedPractice(test.host.vault!, { cases: 1, seed: 7, today: TODAY })).rejects.toMatchObject({
      code: 'REFUSED',
    })
  })

  it('has authorizations, claims, EOBs and appeals in every state of the list', () => {
    const states = (table: string, column: string) =>
      new Set(all(`SELECT ${column} AS s FROM ${table}`).map((row) => row['s']))
    const wanted = (key: 'authorization' | 'claim' | 'eob' | 'appeal') =>
      new Set(STATES.filter((state) => state.weight >= 5).flatMap((state) => state[key] ?? []))
    for (const state of wanted('authorization')) expect(states('authorization', 'state')).toContain(state)
    for (const state of wanted('claim')) expect(states('claim', 'state')).toContain(state)
    for (const outcome of wanted('eob')) expect(states('remittance', 'outcome')).toContain(outcome)
  })

  it('balances every EOB line: billed = paid + adjustments', () => {
    const off = all(`SELECT l.id FROM remittance_line l LEFT JOIN adjustment a ON a.remittance_line_id = l.id
      GROUP BY l.id HAVING l.billed_cents != l.paid_cents + coalesce(sum(a.cents), 0)`)
    expect(off).toEqual([])
  })

  it('decides every line as the rules themselves read its money and reasons', () => {
    const tables = assets.reasons
    const lines = all(`SELECT l.*, group_concat(DISTINCT m.rarc) AS remarks FROM remittance_line l
      LEFT JOIN remark m ON m.remittance_line_id = l.id GROUP BY l.id`)
    const adjustments = all('SELECT * FROM adjustment ORDER BY seq')
    for (const row of lines) {
      const line = {
        claimLineId: null,
        code: String(row['code']),
        submittedCode: null,
        tooth: null,
        billedCents: Number(row['billed_cents']),
        allowedCents: null,
        deductibleCents: 0,
        coinsuranceCents: 0,
        paidCents: Number(row['paid_cents']),
        adjustments: adjustments
          .filter((one) => one['remittance_line_id'] === row['id'])
          .map((one) => Adjustment.parse({ group: one['group_code'], carc: one['carc'], cents: one['cents'] })),
        remarks: typeof row['remarks'] === 'string' ? row['remarks'].split(',') : [],
      }
      const { outcome, cause } = decideLine(tables, 'x', line)
      expect({ outcome, cause }, JSON.stringify(line)).toEqual({ outcome: row['outcome'], cause: row['cause'] })
    }
  })

  it('exchanged files with payers: answered and open, to post, to match, posted, withheld', async () => {
    const states = (sql: string) => new Set(all(sql).map((row) => row['s']))
    expect(states('SELECT state AS s FROM claim_file')).toEqual(new Set(['written', 'accepted', 'rejected']))
    expect(states('SELECT answer AS s FROM claim_file_item')).toEqual(new Set(['none', 'accepted', 'rejected']))
    expect(states('SELECT state AS s FROM era_claim')).toEqual(
      new Set(['posted', 'set_aside', 'matched', 'choose', 'unmatched']),
    )
    expect(all('SELECT 1 FROM era_payment WHERE difference_cents != 0')).toHaveLength(1)
    expect((await test.call('era.ledger', {})).rows.length).toBeGreaterThan(1)
    const { shortfalls } = await test.call('denial.figures', { from: '2026-08-01', to: TODAY })
    expect(shortfalls.map((one) => one.payer)).toEqual(expect.arrayContaining(['Harborlight Benefits']))
  })

  it('nothing is in the future except what is planned or due', () => {
    expect(all(`SELECT 1 FROM case_event WHERE on_date > '${TODAY}'`)).toEqual([])
    expect(all(`SELECT 1 FROM visit WHERE done_on > '${TODAY}'`)).toEqual([])
    expect(all(`SELECT 1 FROM claim WHERE sent_on > '${TODAY}'`)).toEqual([])
  })

  it('status, step, clocks and search words are what refreshCase derives: a seeded case does not change when it is touched', async () => {
    const { vault } = test.host
    const file = 'SELECT id, main_code, status, progress, fee_cents FROM case_file ORDER BY id'
    const clock = 'SELECT * FROM clock ORDER BY case_id, key'
    const work = 'SELECT * FROM authorization_work ORDER BY id'
    const term = 'SELECT * FROM search_term ORDER BY entity_id, term'
    const before = [all(file), all(clock), all(term), all(work)]
    await vault!.write(async (tx) => {
      const context = {
        db: tx,
        tx,
        kept: new Map(),
        today: TODAY,
        assets,
        newId: uuidv7,
        step: async () => undefined,
      } as unknown as CommandContext
      await refreshCases(
        context,
        before[0]!.map((row) => row['id'] as CaseId),
      )
    })
    expect(all(file)).toEqual(before[0])
    expect(all(clock)).toEqual(before[1])
    expect(all(term)).toEqual(before[2])
    expect(all(work)).toEqual(before[3])
  })

  it('the guide still recommends what was decided', async () => {
    const decided = all('SELECT DISTINCT case_id FROM code_decision').slice(0, 40)
    for (const row of decided) {
      const view = await test.call('case.get', { id: row['case_id'] as CaseId })
      expect(view.decision?.outdated, view.title).toBe(false)
      expect(view.choice.findings.filter((finding) => finding.severity === 'block')).toEqual([])
    }
  })

  it('films open and are pictures', async () => {
    const id = all('SELECT id FROM attachment LIMIT 1')[0]!['id'] as never
    const file = await test.call('attachment.content', { id })
    expect(file.mediaType).toBe('image/png')
    expect(Buffer.from(file.content).subarray(1, 4).toString('latin1')).toBe('PNG')
  })
})
