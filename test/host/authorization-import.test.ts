// Import of a log on a real host: preview writes nothing, all or nothing, duplicates, taking back, cancelling.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorizationLife, standing } from '#core/authorization/lifecycle.ts'
import { MADE_OF_CASES, WORKED_ON } from '#host/authorization/import-rows.ts'
import { COVERED } from '#host/import/rows.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const LOG = readFileSync('test/fixtures/authorization-log-200.csv', 'utf8')
let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const TABLES = [
  'patient',
  'payer',
  'plan',
  'coverage',
  'case_file',
  'authorization',
  'authorization_line',
  'transition',
  'clock',
  'authorization_work',
  'case_event',
  'search_term',
  'code_decision',
  'procedure_line',
]
const sizes = () =>
  Object.fromEntries(
    TABLES.map((table) => [
      table,
      (test.host.vault!.sqlite.prepare(`SELECT count(*) n FROM "${table}"`).get() as { n: number }).n,
    ]),
  )
const tallies = () => test.host.vault!.sqlite.prepare('SELECT * FROM tally WHERE n > 0 ORDER BY what, key').all()

describe('import', () => {
  it('the preview of 200 rows names newcomers and writes nothing', async () => {
    const before = sizes()
    const preview = await test.call('authorization.previewImport', { text: LOG })
    expect(preview).toMatchObject({ rows: 200, ready: 200, duplicates: 0, problems: [], newPatients: 200, missing: [] })
    expect(preview.newPayers).toHaveLength(4)
    expect(sizes()).toEqual(before)
  })
  it('every row becomes a request that rings and lists like any other, with a history the table allows', async () => {
    const { imported } = await test.call('authorization.import', { text: LOG })
    expect(imported).toBe(200)
    const counts = (await test.call('authorization.list', { list: 'all', limit: 1 })).counts
    expect(counts.open).toBeGreaterThan(100)
    expect(counts.unanswered).toBeGreaterThan(20)
    expect(counts.not_called).toBeGreaterThan(10)
    const { rows } = await test.call('authorization.list', { list: 'all', limit: 500 })
    expect(rows).toHaveLength(200)
    for (const row of rows.slice(0, 40)) {
      const [one] = (await test.call('authorization.forCase', { caseId: row.caseId })).authorizations
      let at: string = 'drafting'
      for (const step of standing(one!.history)) {
        expect(step.from).toBe(at)
        at = (authorizationLife.table as Record<string, Record<string, string>>)[at]![step.event]!
        expect(step.to).toBe(at)
      }
      expect(at).toBe(one!.state)
    }
    const hit = await test.call('search.find', { text: rows[0]!.patientName.replace(',', ''), limit: 5 })
    expect(hit.hits.length).toBeGreaterThan(0)
  })
  it('the same list again brings nothing new', async () => {
    await test.call('authorization.import', { text: LOG })
    const before = sizes()
    const again = await test.call('authorization.import', { text: LOG })
    expect(again).toMatchObject({ importId: null, imported: 0, duplicates: 200 })
    expect(sizes()).toEqual(before)
  })
  it('a code that no guide knows is tracked all the same, to the claim', async () => {
    const text = 'Patient,Birth date,Code,Status,Sent,Fee\n"Sample, Dee",1/2/1950,D5936,submitted,11/02/2026,1200.00'
    expect((await test.call('authorization.previewImport', { text })).codesWithoutGuide).toEqual(['D5936'])
    expect((await test.call('authorization.import', { text })).imported).toBe(1)
    const { rows } = await test.call('authorization.list', { list: 'open' })
    const [{ caseId }] = rows as [(typeof rows)[number]]
    const view = await test.call('case.get', { id: caseId })
    expect([view.guideId, view.decision?.codes]).toEqual(['other', ['D5936']])
    const { items } = await test.call('documentation.get', { caseId })
    expect(items.map((item) => item.item.id)).toContain('diagnosis_note')
    await test.call('case.answer', { id: caseId, fact: 'diagnosis', value: 'Cleft palate' })
    const treated = view.lines.map(({ seq: _, ...line }) => ({ ...line, serviceDate: '2026-11-20' }))
    const { version } = await test.call('case.get', { id: caseId })
    const overrideReason = 'The work could not wait'
    await test.call('case.setLines', { id: caseId, version, lines: treated, overrideReason })
    await test.call('claim.create', { caseId, coverageId: null })
    const { claims } = await test.call('claim.forCase', { caseId })
    expect(claims[0]!.lines.map((line) => line.code)).toEqual(['D5936'])
  })
  it('rows with problems hold the import until they are to be left out', async () => {
    const bad = `${LOG.trimEnd()}\r\n"Wrong, Row",01/02/1990,Plan,#99,D3330,$1.00,sent,11/02/2026`
    await expect(test.call('authorization.import', { text: bad })).rejects.toMatchObject({ code: 'REFUSED' })
    const { problems } = await test.call('authorization.previewImport', { text: bad })
    expect(problems).toEqual([{ row: 202, column: 'Tooth or area', message: expect.stringContaining('99') }])
    expect(await test.call('authorization.import', { text: bad, leaveOutProblems: true })).toMatchObject({
      imported: 200,
    })
  })
  it('rows are numbered as the spreadsheet counts: a title above the headings and blank rows do not shift them', async () => {
    const text = 'Our log 2026,,\n,,\nPatient,DOB,Code\n"Sample, Alex",1/2/1990,D3330\n\n"Sample, Bea",soon,D3330\n'
    expect(await test.call('authorization.previewImport', { text })).toMatchObject({
      headings: ['Patient', 'DOB', 'Code'],
      missing: [],
      rows: 2,
      ready: 1,
      problems: [{ row: 6, column: 'Birth date' }],
    })
  })
  it('an arch of a denture is an area like any other', async () => {
    const text = 'Patient,DOB,Code,Tooth\n"Sample, Dee",1/2/1950,D5110,UA'
    expect(await test.call('authorization.import', { text })).toMatchObject({ imported: 1 })
    const { rows } = await test.call('authorization.list', { list: 'all' })
    expect(rows[0]).toMatchObject({ tooth: null, area: '01', code: 'D5110' })
  })
  it('taken back, nothing of it is left and every count is as before', async () => {
    const [before, counted] = [sizes(), tallies()]
    const { importId } = await test.call('authorization.import', { text: LOG })
    expect(await test.call('authorization.undoImport', { importId: importId! })).toEqual({ removed: 200 })
    expect(sizes()).toEqual(before)
    expect(tallies()).toEqual(counted)
    await expect(test.call('authorization.undoImport', { importId: importId! })).rejects.toMatchObject({
      code: 'REFUSED',
    })
    expect(await test.call('authorization.import', { text: LOG })).toMatchObject({ imported: 200 })
    expect((await test.call('audit.verify', {})).ok).toBe(true)
  })
  // Bug: NOT_FOUND for ever, as the imported coverage was deleted under the request of another case.
  it('taken back, a coverage that a request of another case is asked under stays with its plan, payer and patient', async () => {
    const text = 'Patient,Birth date,Payer,Code,Tooth\n"Sample, Alex",1/2/1990,New Dental Plan,D3330,3'
    const { importId } = await test.call('authorization.import', { text })
    const { rows } = await test.call('authorization.list', { list: 'all' })
    const imported = await test.call('case.get', { id: rows[0]!.caseId })
    const patientId = imported.patient.id
    const { id: caseId } = await test.call('case.create', {
      patientId,
      guideId: 'endodontics',
      tooth: '8',
      area: null,
      coverageId: null,
      providerId: null,
    })
    const coverageId = imported.coverageId!
    const line = { visitId: null, code: 'D3310', role: 'main' as const, tooth: '8', area: null, serviceDate: null }
    const { version } = await test.call('case.get', { id: caseId })
    await test.call('case.setLines', { id: caseId, version, lines: [{ ...line, feeCents: 85000 }] })
    await test.call('authorization.create', { caseId, kind: 'required', coverageId })
    expect(await test.call('authorization.undoImport', { importId: importId! })).toEqual({ removed: 1 })
    const kept = await test.call('authorization.forCase', { caseId })
    expect(kept.authorizations.map((one) => one.coverageId)).toEqual([coverageId])
    const { coverages } = await test.call('patient.get', { id: patientId })
    expect(coverages.map((one) => one.id)).toEqual([coverageId])
  })
  // Bug: NOT_FOUND for ever as well.
  it('taken back, a payer whose own codes the office recorded stays', async () => {
    const text = 'Patient,Birth date,Payer,Code,Tooth\n"Sample, Alex",1/2/1990,New Dental Plan,D3330,3'
    const { importId } = await test.call('authorization.import', { text })
    const { payers } = await test.call('payer.list', {})
    const payerId = payers.find((one) => one.name === 'New Dental Plan')!.id
    await test.call('reason.map', { payerId, code: 'X1', group: 'CO', carc: '45', words: 'Above our fee' })
    await test.call('authorization.undoImport', { importId: importId! })
    expect((await test.call('payer.list', {})).payers.map((one) => one.id)).toContain(payerId)
  })
  it('is not taken back once somebody has worked on one of its cases', async () => {
    const { importId } = await test.call('authorization.import', { text: LOG })
    const { rows } = await test.call('authorization.list', { limit: 1 })
    await test.call('case.touch', { caseId: rows[0]!.caseId, kind: 'call', text: 'asked the payer' })
    const before = sizes()
    await expect(test.call('authorization.undoImport', { importId: importId! })).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('1 case'),
    })
    expect(sizes()).toEqual(before)
  })
  it('is not taken back once a patient paid at the desk for one of its cases (it asked to “choose again” what nobody chose)', async () => {
    const { importId } = await test.call('authorization.import', { text: LOG })
    const { rows } = await test.call('authorization.list', { limit: 1 })
    const payment = { caseId: rows[0]!.caseId, on: '2026-11-20', cents: 5000, means: 'cash' as const, note: '' }
    await test.call('patientPayment.add', { payment })
    await expect(test.call('authorization.undoImport', { importId: importId! })).rejects.toMatchObject({
      code: 'REFUSED',
    })
  })
  it.each([
    ['case_file', [...WORKED_ON, ...MADE_OF_CASES]],
    ['coverage', COVERED],
  ])('taking back knows every table that refers to %s (a new one made it fail)', (table, known) => {
    const { sqlite } = test.host.vault!
    const referring = sqlite
      .prepare(
        `SELECT t.name FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND f."table" = ?`,
      )
      .pluck()
      .all(table) as string[]
    expect(known).toEqual(expect.arrayContaining(referring))
  })
  it('stopped on the way, nothing is kept', async () => {
    const before = sizes()
    test.host.on((event) => {
      if (event.type === 'progress') void test.host.call('session.cancelWork', {})
    })
    const many = [
      LOG.split('\r\n')[0]!,
      ...Array.from({ length: 2000 }, (_, at) => `"Row, Number${at}",01/02/1990,Plan,#9,D3330,$1.00,sent,11/02/2026`),
    ]
    await expect(test.call('authorization.import', { text: many.join('\r\n') })).rejects.toMatchObject({
      code: 'REFUSED',
    })
    expect(sizes()).toEqual(before)
  })
  it('columns mapped once are mapped again; a workbook that is none is said to be none', async () => {
    const text = 'Who,What,Born\r\n"Sample, Alex",D3330,1/2/1990'
    expect((await test.call('authorization.previewImport', { text })).missing).toEqual(['Patient', 'Code'])
    await test.call('authorization.import', { text, mapping: { patient: 0, code: 1, birthDate: 2 } })
    const next = 'who,what,born\r\n"Sample, Bea",D3330,1/2/1991'
    expect(await test.call('authorization.previewImport', { text: next })).toMatchObject({ missing: [], ready: 1 })
    const broken = Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])
    await expect(test.call('authorization.previewImport', { content: broken })).rejects.toMatchObject({
      code: 'FILE_REJECTED',
    })
  })
})
