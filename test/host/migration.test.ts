// An office's file of an older version: backed up first, brought up to date, nothing lost.
import Sqlite from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#db/migrate.ts'
import { type Migration, migrations } from '#db/migrations/index.ts'
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
