// An office's file of an older version: backed up first, brought up to date, nothing lost.
import Sqlite from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#db/migrate.ts'
import { type Migration, migrations } from '#db/migrations/index.ts'
import { PayerRuleId } from '#core/ids.ts'
import { RuleBody } from '#core/payer-rule/schema.ts'
import { attach, createD3353 } from '#test/helpers/d3353.ts'
import { openEmptyHost, setUpTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

const released = migrations as Migration[]
const newest = released.at(-1)!.id
let close: (() => Promise<void>) | null = null
afterEach(async () => {
  released.splice(released.findIndex((one) => one.id === newest) + 1, Infinity)
  await close?.()
  close = null
})
/** The next version of the app brings a migration more. */
const release = (...statements: string[]) => released.push({ id: newest + 10, statements })

it('a file of the version before opens after a backup, with its cases and films', async () => {
  const older = await setUpTestHost()
  const { caseId } = await createD3353(older)
  await attach(older, caseId)
  await older.host.close()
  release("ALTER TABLE case_file ADD COLUMN color TEXT NOT NULL DEFAULT 'red'")

  const host = openEmptyHost(older.dataDir)
  close = () => host.close()
  await host.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  const { backups } = await host.call('backup.list', {})
  expect(backups.map((backup) => backup.reason)).toContain('before-migration')
  const view = await host.call('case.get', { id: caseId })
  expect(view.lines.map((line) => line.code)).toEqual(['D3353'])
  await host.call('case.touch', { caseId, kind: 'note', text: 'opened after the update' })
  expect((await host.call('authorization.list', { list: 'all' })).rows).toHaveLength(1)
  expect(host.host.vault!.sqlite.prepare('SELECT color FROM case_file').pluck().get()).toBe('red')
})

it('a migration that fails leaves the file as it was, with the steps before it', () => {
  release('CREATE TABLE one (id TEXT)')
  released.push({ id: newest + 20, statements: ['CREATE TABLE two (id TEXT)', 'ALTER TABLE nowhere ADD COLUMN x'] })
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite, { upTo: newest })
  let backups = 0
  expect(() => migrate(sqlite, { beforeFirst: () => (backups += 1) })).toThrow(/nowhere/)
  expect(backups).toBe(1)
  expect(schemaVersion(sqlite)).toBe(newest + 10)
  expect(sqlite.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'two'").pluck().get()).toBe(0)
})

it('a file of a newer version is left alone, and says what to install', () => {
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite)
  sqlite.pragma(`user_version = ${newest + 1}`)
  expect(() => migrate(sqlite)).toThrow(/Update Claimwright/)
})

it('every migration leaves a file that holds together', () => {
  const sqlite = new Sqlite(':memory:')
  for (const { id } of released) {
    migrate(sqlite, { upTo: id })
    expect(schemaVersion(sqlite)).toBe(id)
    expect(sqlite.pragma('foreign_key_check')).toEqual([])
  }
})

// Bug: what an office had typed of its payers was gone after the update.
it('days and films that stood with a payer are its rules afterwards', () => {
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite, { upTo: 1 })
  const documents = [
    { title: 'Photo', codes: ['D2950'], kind: 'photo', stages: ['claim'], maxAgeMonths: 12, note: 'N' },
  ]
  const stamp = ['ana', '2026-11-20T10:00:00Z']
  const add = sqlite.prepare(
    `INSERT INTO payer (id, name, payer_code, kind, street, city, state, zip, phone, portal, rules_key, usual_answer_days, appeal_days,
       timely_filing_days, reporting_mode, documents_json, source, updated_by, updated_at)
       VALUES (?, ?, '', 'commercial', '', '', '', '', '', '', '', ?, ?, ?, 'phased', ?, ?, ?, ?)`,
  )
  add.run('p1', 'Sample', 10, 180, 365, JSON.stringify(documents), 'manual', ...stamp)
  add.run('p2', 'Empty', null, null, null, '[]', '', ...stamp)
  migrate(sqlite)
  const rows = sqlite.prepare('SELECT * FROM payer_rule').all() as { id: string; payer_id: string; body_json: string }[]
  const bodies = rows.map((row) => RuleBody.parse(JSON.parse(row.body_json)))
  expect(rows.map((row) => row.payer_id)).toEqual(['p1', 'p1', 'p1', 'p1'])
  expect(rows.every(({ id }) => PayerRuleId.safeParse(id).success)).toBe(true)
  expect(bodies.map(({ term }) => term)).toEqual([
    { topic: 'answer', count: 10, unit: 'bd', from: '', kind: null, expedited: null },
    { topic: 'appeal', count: 180, unit: 'cd', from: '', level: 1 },
    { topic: 'filing', count: 365, unit: 'cd', from: '' },
    { topic: 'document', title: 'Photo', kind: 'photo', stages: ['claim'], maxAgeMonths: 12 },
  ])
  expect(bodies[3]).toMatchObject({ codes: ['D2950'], words: 'N', source: 'manual', seenOn: '2026-11-20' })
})
