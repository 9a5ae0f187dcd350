// U2: whoever gets at the file itself and changes the trail is found out, whatever they do to it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type Sqlite from 'better-sqlite3'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let sqlite: Sqlite.Database
beforeEach(async () => {
  test = await openTestHost()
  for (let index = 0; index < 10; index += 1) await test.call('draft.save', { scope: `s${index}`, value: index })
  ;({ sqlite } = test.host.vault!)
  sqlite.exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete')
})
afterEach(() => test.close())
const last = () => sqlite.prepare('SELECT max(seq) FROM audit').pluck().get() as number
const columns = () =>
  (sqlite.pragma('table_info(audit)') as { name: string }[]).map(({ name }) => name).filter((name) => name !== 'seq')

// Bug each: a verifier that looks at the hashes alone, at the numbers alone, or only as far as the file goes.
describe('U2: a trail that was', () => {
  it('whole is whole', async () => {
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: true, rows: last(), firstBad: null })
  })
  it.each([
    'at',
    'user_id',
    'session_id',
    'action',
    'entity',
    'entity_id',
    'patient_id',
    'before_json',
    'after_json',
    'reason',
    'prev_hash',
    'hash',
  ])('edited in %s', async (column) => {
    sqlite.prepare(`UPDATE audit SET ${column} = 'x' WHERE seq = 5`).run()
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: 5 })
  })
  it('cut in the middle', async () => {
    sqlite.exec('DELETE FROM audit WHERE seq = 5')
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: 5 })
  })
  it('cut in the middle and numbered anew', async () => {
    sqlite.exec(
      'DELETE FROM audit WHERE seq = 5; UPDATE audit SET seq = -(seq - 1) WHERE seq > 5; UPDATE audit SET seq = -seq WHERE seq < 0',
    )
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: 5 })
  })
  it('reordered', async () => {
    sqlite.exec(
      'UPDATE audit SET seq = -5 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 6; UPDATE audit SET seq = 6 WHERE seq = -5',
    )
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: 5 })
  })
  it('given a row more, a copy of another', async () => {
    sqlite.exec('UPDATE audit SET seq = -(seq + 1) WHERE seq > 5; UPDATE audit SET seq = -seq WHERE seq < 0')
    sqlite.exec(`INSERT INTO audit (seq, ${columns().join()}) SELECT 6, ${columns().join()} FROM audit WHERE seq = 5`)
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: 6 })
  })
  it('given a row at its end', async () => {
    const seq = last()
    sqlite.exec(
      `INSERT INTO audit (seq, ${columns().join()}) SELECT ${seq + 1}, ${columns().join()} FROM audit WHERE seq = ${seq}`,
    )
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: seq + 1 })
  })
  it('emptied at its end', async () => {
    const seq = last()
    sqlite.exec(`DELETE FROM audit WHERE seq > ${seq - 2}`)
    expect(await test.call('audit.verify', {})).toMatchObject({
      ok: false,
      firstBad: seq - 1,
      altered: false,
      missing: 2,
    })
  })
  it('edited in the middle and emptied at its end: both are said', async () => {
    const seq = last()
    sqlite.exec(`UPDATE audit SET reason = 'another' WHERE seq = 5; DELETE FROM audit WHERE seq > ${seq - 3}`)
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: 5, altered: true, missing: 3 })
  })
  it('emptied whole', async () => {
    sqlite.exec('DELETE FROM audit')
    expect(await test.call('audit.verify', {})).toMatchObject({ ok: false, firstBad: 1 })
  })
})
