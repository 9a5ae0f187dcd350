// Help → Diagnostics: it says how the office is, and nothing of a patient, of a file or of what somebody typed gets into it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { diagnosticsText } from '#core/diagnostics.ts'
import { vaultPaths } from '#host/session/paths.ts'
import { openLog } from '#main/log.ts'
import { createD3353, pngFilm, sendClaim, eobOf, PAID_LINE } from '#test/helpers/d3353.ts'
import { openTestHost, setUpTestHost } from '#test/helpers/test-host.ts'

const CANARY = 'Zzcanaryfeld'

// Bug: a name in a folder, a film or a log line would be mailed to whoever helps.
it('holds no name, member id, phone, date of birth, file name or folder of the office, wherever it stood', async () => {
  const place = mkdtempSync(join(tmpdir(), 'claimwright-diagnostics-'))
  const stick = join(place, `${CANARY} stick`)
  mkdirSync(stick)
  const test = await openTestHost()
  const story = await createD3353(test, 3, { name: `${CANARY} Dental Plan` })
  const address = { street: `9 ${CANARY} Rd`, city: CANARY, state: 'IL', zip: '62799' }
  await test.call('patient.add', {
    patient: {
      lastName: CANARY,
      firstName: 'Quillon',
      birthDate: '1971-03-09',
      gender: 'M',
      phone: '555-867-5309',
      address,
    },
  })
  await test.call('attachment.add', {
    caseId: story.caseId,
    attachment: { kind: 'other', takenOn: null, tooth: null },
    fileName: `${CANARY} 1971-03-09.png`,
    content: pngFilm().toString('base64'),
  })
  await sendClaim(test, story)
  await test.call('remittance.post', { remittance: await eobOf(test, story, PAID_LINE) })
  await test.call('draft.save', { scope: 'x', value: CANARY })
  await test.call('backup.setSecondPlace', { folder: stick })
  await test.call('backup.create', {})
  for (const name of ['main', 'host'] as const) {
    const log = openLog(join(test.dataDir, 'logs'), name)
    log('internal', { level: 'error', incident: '0a1b2c3d', route: 'case.get', kind: 'TypeError', line: 7 })
    log('internal', { kind: CANARY, route: `case.${CANARY} x`, incident: CANARY, level: CANARY, [CANARY]: CANARY })
    log('internal', { where: `at f (C:\\Users\\${CANARY}\\app\\host\\code.cjs:12:7) < at ${CANARY}` })
    log(`${CANARY} 555-867-5309`)
  }
  const report = await test.call('diagnostics.get', {})
  const text = diagnosticsText(report) + JSON.stringify(report)
  for (const secret of [
    CANARY,
    'Quillon',
    'Exampleton',
    'Robin',
    'Kim',
    'M-100',
    '867-5309',
    '1971',
    '2016-04-12',
    'G-1',
  ])
    expect(text.toLowerCase(), secret).not.toContain(secret.toLowerCase())
  for (const folder of [place, test.dataDir, 'Sample Dental', 'Ana']) expect(text, folder).not.toContain(folder)
  // Of each log: what is ours; what has facts of another kind, without them; no line of another form.
  const lines = [
    'internal',
    'internal level=error incident=0a1b2c3d route=case.get kind=TypeError line=7',
    'internal where=code.cjs:12:7',
  ]
  expect(report.log.map((line) => line.slice(25)).sort()).toEqual(lines.flatMap((line) => [line, line]))
  expect(report.checks.filter(({ state }) => state === 'bad')).toEqual([])
  expect(report.checks.find(({ name }) => name === 'Backup on another disk')).toMatchObject({ state: 'ok' })
  await test.close()
  rmSync(place, { recursive: true })
})

// Bug: a trial restore that had never run looked like one that had passed.
it('says of a check that has not run that it has not', async () => {
  const test = await setUpTestHost()
  const { checks } = await test.call('diagnostics.get', {})
  const trials = checks.filter(({ name }) => name.startsWith('Trial restore'))
  expect(trials).toMatchObject([
    { state: 'none', words: expect.stringContaining('Once a month') as string },
    { state: 'none', words: expect.stringContaining('No second place') as string },
  ])
  await test.close()
})

it('says what is wrong: a trail that was altered, a key file whose copy is gone, a clock that was set back, a second place that is gone', async () => {
  const test = await setUpTestHost()
  const place = mkdtempSync(join(tmpdir(), 'claimwright-diagnostics-'))
  await test.call('backup.setSecondPlace', { folder: place })
  await test.call('draft.save', { scope: 'x', value: 1 })
  const stateOf = async (wanted: string) =>
    (await test.call('diagnostics.get', {})).checks.find(({ name }) => name === wanted)!
  expect(await stateOf('Audit trail')).toMatchObject({
    state: 'ok',
    words: expect.stringMatching(/^Intact: /) as string,
  })
  expect((await stateOf('Backup on this disk')).state).toBe('warn')
  rmSync(`${vaultPaths(test.dataDir).keyring}.bak`)
  expect(await stateOf('Key file')).toMatchObject({ state: 'warn', words: expect.stringContaining('copy') as string })
  rmSync(place, { recursive: true })
  expect((await stateOf('Backup on another disk')).state).toBe('bad')
  test.setNow('2026-11-22T15:00:00')
  expect((await stateOf('Clock')).words).toContain('set back')
  const { sqlite } = test.host.vault!
  sqlite.exec('DROP TRIGGER audit_no_update')
  sqlite.exec("UPDATE audit SET action = 'case.get' WHERE seq = 2")
  expect(await stateOf('Audit trail')).toMatchObject({
    state: 'bad',
    words: expect.stringContaining('Altered at entry 2') as string,
  })
  test.host.vault!.changed = false
  await test.host.close()
})
