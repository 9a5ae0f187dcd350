// The kinds of logs that offices bring, as files: what is read, asked, said, and what next week's file changes.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InputOf } from '#core/contract/index.ts'
import { authorizationLife, standing } from '#core/authorization/lifecycle.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

type List = InputOf<'authorization.previewImport'>
const file = (name: string): List => ({ content: new Uint8Array(readFileSync(`test/fixtures/logs/${name}`)) })
const preview = (list: List) => test.call('authorization.previewImport', list)
const bring = (list: List, leaveOutProblems = false) => test.call('authorization.import', { ...list, leaveOutProblems })

/** What is on file, a line for each request. */
async function requests(): Promise<string[]> {
  const { rows } = await test.call('authorization.list', { list: 'all', limit: 100 })
  const lines = await Promise.all(
    rows.map(async (row) => {
      const [one] = (await test.call('authorization.forCase', { caseId: row.caseId })).authorizations
      const places = one!.lines.map((line) => `${line.code} ${line.tooth ?? row.area ?? '-'}`).join(' + ')
      const until = one!.validTo ? ` until ${one!.validTo}` : ''
      return `${row.patientName} · ${one!.payerName ?? '-'} · ${places} · ${one!.state} ${one!.decidedOn ?? one!.sentOn}${until}${one!.reference && ` ${one!.reference}`}`
    }),
  )
  return lines.sort()
}

describe('a log by hand', () => {
  it('M2: a title, day numbers, a code without its D, areas in two notations; lists and totals are said', async () => {
    const list = file('hand-log.xlsx')
    const seen = await preview(list)
    expect(seen).toMatchObject({ headingRow: 2, ready: 2, readAs: ['2740 as D2740'] })
    expect(seen.leftOut).toEqual([{ row: 9, reason: 'Totals: “TOTAL”' }])
    expect(seen.problems.map(({ row, message }) => `${row} ${message}`)).toEqual([
      '3 Teeth 3, 14 are in one row. Write one row per tooth, each with its fee.',
      '6 Areas UR, LR are in one row. Write one row per area, each with its fee.',
      expect.stringContaining('7 “6-11” does not fit: D8080 goes by the whole mouth'),
      expect.stringContaining('7 “($50.00)” is below zero'),
    ])
    const [asked] = seen.questions
    expect(asked).toMatchObject({ row: 5, kind: 'name' })
    await bring({ ...list, answers: { [asked!.id]: asked!.options[0]!.answer } }, true)
    expect(await requests()).toEqual([
      'Novak, Petra · Harbor Mutual · D2740 19 · approved 2026-10-20 until 2027-04-18 PA-2006',
      'Okafor III, Daniel · Blue Ridge Dental · D2740 3 · approved 2026-09-28 until 2027-03-01 PA-2002',
      'Van Dyke, Mary Ann · Harbor Mutual · D4341 10 · submitted 2026-10-01',
    ])
  })
  it('M3: semicolons, Windows letters, commas in names and amounts', async () => {
    await bring(file('semicolon-1252.csv'))
    expect(await requests()).toEqual([
      'Gérard, Zoë · Señal Dental · D5110 01 · submitted 2026-10-06',
      'Muñoz, José · Señal Dental · D2740 14 · submitted 2026-10-05',
    ])
  })
  it('M4: Excel’s Unicode text, with and without its mark, and both byte orders', async () => {
    const content = new Uint8Array(readFileSync('test/fixtures/logs/unicode-text.txt'))
    const bare = content.slice(2)
    for (const bytes of [content, bare, Buffer.from(content).swap16(), Buffer.from(bare).swap16()])
      expect(await preview({ content: new Uint8Array(bytes) })).toMatchObject({ ready: 1, problems: [] })
    await bring({ content })
    expect(await requests()).toEqual(['Muñoz, José · Señal Dental · D2740 14 · submitted 2026-10-05'])
  })
  it('a web page or an old workbook under the name of a spreadsheet is refused with what to do', async () => {
    const page = new TextEncoder().encode('<html><table><tr><td>Patient</td></tr></table></html>')
    const old = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0])
    for (const content of [page, old])
      await expect(preview({ content })).rejects.toMatchObject({ code: 'FILE_REJECTED', message: /Save the list/ })
  })
  it('M5: Open Dental’s query, whose empty date is 01/01/0001', async () => {
    await bring(file('opendental-query.txt'))
    expect(await requests()).toEqual([
      'Haddad, Samir · Harbor Mutual · D2750 13 · submitted 2026-10-05',
      'Haddad, Samir · Harbor Mutual · D4341 - · submitted 2026-10-06',
    ])
  })
  it('M7: headings below merged groups, and the row can be said', async () => {
    const list = file('two-heading-rows.xlsx')
    expect(await preview(list)).toMatchObject({ headingRow: 2, ready: 2, problems: [], missing: [] })
    const other = await preview({ ...list, headingRow: 1 })
    expect(other).toMatchObject({ headingRow: 1, rows: 3 })
    expect(other.top.map((one) => one.row)).toEqual([1, 2, 3, 4])
    await bring(list)
    expect(await requests()).toHaveLength(2)
    const bare = { text: '"Doe, Sam",1/2/1990,D2740,11/2/2026\n"Doe, Al",1/2/1991,D2740,11/2/2026', headingRow: 0 }
    expect(await preview(bare)).toMatchObject({ headingRow: 0, headings: ['', '', '', ''], rows: 2 })
    const mapping = { patient: 0, birthDate: 1, code: 2, sentOn: 3 }
    expect(await bring({ ...bare, mapping }), 'the first row is no heading').toMatchObject({ imported: 2 })
  })
  it('M8: quadrants and arches are no teeth', async () => {
    await bring(file('areas.csv'))
    expect(await requests()).toEqual([
      'Abbott, Lee · Harbor Mutual · D4341 10 · submitted 2026-10-05',
      'Abbott, Lee · Harbor Mutual · D4341 20 · submitted 2026-10-05',
      'Abbott, Lee · Harbor Mutual · D4341 30 · submitted 2026-10-05',
      'Corwin, May · Harbor Mutual · D5110 01 · submitted 2026-10-05',
      'Corwin, May · Harbor Mutual · D5120 02 · submitted 2026-10-05',
      'Dietz, Sol · Harbor Mutual · D5110 01 · submitted 2026-10-05',
    ])
  })
  it('M13: the end of an approval is read, whatever it is called, or asked for; never assumed over it', async () => {
    await bring(file('expiration-heading.csv'))
    expect(await requests()).toEqual([
      'Quill, Ada · Harbor Mutual · D2740 3 · approved 2026-07-10 until 2026-10-08 PA-1',
    ])
    const text = readFileSync('test/fixtures/logs/expiration-heading.csv', 'utf8')
      .replace('Expiration Date', 'Auth lapses')
      .replace('PA-1', 'PA-2')
      .replace('7/1/2026', '7/2/2026')
    const { asked } = await preview({ text })
    expect(asked).toEqual([{ column: 10, fields: ['validTo'] }])
    await expect(bring({ text })).rejects.toMatchObject({ code: 'REFUSED', message: /Auth lapses/ })
    const { mapping } = await preview({ text })
    await bring({ text, mapping: { ...mapping, validTo: 10 } })
    expect(await requests()).toContain(
      'Quill, Ada · Harbor Mutual · D2740 3 · approved 2026-07-10 until 2026-10-08 PA-2',
    )
  })
  // Bug: “Date Answered” and “Pre-D Rcvd” were no columns, and “Valid For” was passed over for an assumed end.
  it('M13: answers, numbers of months and fees under the names of other sheets', async () => {
    const head = 'Patient,Carrier,Code,Tooth,Est Fee,Pre-D Sent,Status,Date Answered,Valid For'
    const text = `${head}\n"Quill, Ada",Harbor Mutual,D2740,3,$900.00,7/1/2026,Need more info,7/9/2026,6 months\n`
    const { mapping, asked, problems } = await preview({ text })
    expect(mapping).toMatchObject({ fee: 4, sentOn: 5, decidedOn: 7 })
    expect(asked).toEqual([{ column: 8, fields: ['validTo'] }])
    expect(problems.map(({ column }) => column)).not.toContain('Status')
  })
  it('a column set aside is not asked about again, next week either', async () => {
    const text = (code: string) =>
      `Patient,DOB,Code,Sent,Coverage exp\n"Sample, Alex",1/2/1990,${code},11/2/2026,12/31/2026`
    expect((await preview({ text: text('D2740') })).asked).toHaveLength(1)
    await bring({ text: text('D2740'), ignored: [4] })
    expect(await preview({ text: text('D2750') })).toMatchObject({ asked: [], ignored: [4], ready: 1 })
  })
})

describe('people', () => {
  it('M12: suffixes stay with last names, and an unsure name is asked', async () => {
    const list = file('names.csv')
    const { questions } = await preview(list)
    expect(questions.map(({ row, options }) => [row, options[0]])).toEqual([
      [4, expect.objectContaining({ lastName: 'Van Dyke', firstName: 'Mary Ann' })],
    ])
    await expect(bring(list)).rejects.toMatchObject({ code: 'REFUSED' })
    await bring({ ...list, answers: { [questions[0]!.id]: questions[0]!.options[0]!.answer } })
    expect((await requests()).map((one) => one.split(' · ')[0])).toEqual([
      'Okafor III, Daniel',
      'Okafor Jr., Daniel',
      'Okafor Sr., Daniel',
      'Van Dyke, Mary Ann',
    ])
    expect(await preview(list), 'the same list asks nothing again').toMatchObject({ questions: [], duplicates: 4 })
  })
  it('who may be somebody on file is shown beside them; one answer makes no second patient, and is remembered', async () => {
    const row = (name: string, born: string, code = 'D2740') =>
      `Patient,DOB,Code,Tooth,Sent\n"${name}",${born},${code},3,11/2/2026`
    await bring({ text: row('Okafor, Daniel', '3/4/1975') })
    const text = row('Okafor, Dan', '3/4/1975', 'D2950')
    const { questions, newPatients } = await preview({ text })
    expect(newPatients).toBe(0)
    expect(questions[0]!.options).toMatchObject([
      { lastName: 'Okafor', firstName: 'Daniel', isOnFile: true },
      { lastName: 'Okafor', firstName: 'Dan', isOnFile: false },
    ])
    await bring({ text, answers: { [questions[0]!.id]: questions[0]!.options[0]!.answer } })
    expect((await requests()).map((one) => one.split(' · ')[0])).toEqual(['Okafor, Daniel', 'Okafor, Daniel'])
    expect(await preview({ text: row('Okafor, Dan', '3/4/1975', 'D3330') })).toMatchObject({
      questions: [],
      newPatients: 0,
    })
    const other = row('Okafor, Daniel', '4/3/1975', 'D2750')
    const asked = await preview({ text: other })
    expect(asked.questions[0]!.options.map((one) => one.birthDate)).toEqual(['1975-03-04', '1975-04-03'])
    await bring({ text: other, answers: { [asked.questions[0]!.id]: 'another' } })
    expect((await test.call('patient.list', { text: 'Okafor' })).patients).toHaveLength(2)
  })
})

describe('next week', () => {
  it('M6: two payers are two requests, and the answers are shown, applied and then known', async () => {
    await bring(file('week-1.csv'))
    expect(await requests()).toEqual([
      'Ferris, Nora · Blue Ridge Dental · D2740 3 · submitted 2026-10-05',
      'Ferris, Nora · Harbor Mutual · D2740 3 · submitted 2026-10-05',
      'Ito, Ken · Harbor Mutual · D2740 30 · submitted 2026-10-06',
    ])
    const { rows } = await test.call('authorization.list', { list: 'all' })
    const nora = await test.call('case.get', { id: rows.find((row) => row.patientName.startsWith('Ferris'))!.caseId })
    const { coverages } = await test.call('patient.get', { id: nora.patient.id })
    expect(coverages.map((one) => [one.payerName, one.order])).toEqual([
      ['Harbor Mutual', 'primary'],
      ['Blue Ridge Dental', 'secondary'],
    ])
    const seen = await preview(file('week-2.csv'))
    expect(seen).toMatchObject({ ready: 0, duplicates: 0, problems: [], newPatients: 0, newPayers: [] })
    expect(seen.changed.map((one) => [one.row, one.payer, one.changes])).toEqual([
      [
        2,
        'Harbor Mutual',
        [
          { label: 'Status', from: 'Sent', to: 'Approved, Oct 19, 2026' },
          { label: 'Number', from: '', to: 'HM-771' },
          { label: 'Valid to', from: '', to: 'Apr 19, 2027' },
        ],
      ],
      [3, 'Blue Ridge Dental', [{ label: 'Status', from: 'Sent', to: 'Denied, Oct 20, 2026' }]],
      [4, 'Harbor Mutual', expect.any(Array)],
    ])
    expect(await bring(file('week-2.csv'))).toMatchObject({ imported: 0, changed: 3 })
    expect(await requests()).toEqual([
      'Ferris, Nora · Blue Ridge Dental · D2740 3 · denied 2026-10-20',
      'Ferris, Nora · Harbor Mutual · D2740 3 · approved 2026-10-19 until 2027-04-19 HM-771',
      'Ito, Ken · Harbor Mutual · D2740 30 · approved 2026-10-21 until 2027-04-21 HM-772',
    ])
    for (const row of rows) {
      const [one] = (await test.call('authorization.forCase', { caseId: row.caseId })).authorizations
      let at = 'drafting'
      for (const step of standing(one!.history))
        at = (authorizationLife.table as Record<string, Record<string, string>>)[at]![step.event]!
      expect(at).toBe(one!.state)
      expect(one!.canUndo).toBe(true)
    }
    expect(await preview(file('week-2.csv'))).toMatchObject({ ready: 0, changed: [], duplicates: 3 })
    const behind = await preview(file('week-1.csv'))
    expect(behind).toMatchObject({ ready: 0, changed: [] })
    expect(behind.leftOut.map((one) => one.reason)).toEqual(
      expect.arrayContaining(['Kept as on file. Status Sent: on file it is Approved']),
    )
    expect((await test.call('audit.verify', {})).ok).toBe(true)
  })
  it('a new end, number and amount: an extension with its history, a number and an amount in place', async () => {
    const row = (rest: string) =>
      `Patient,DOB,Insurance,Code,Tooth,Fee,Sent,Status,Decided,Auth #,Expires,Plan pays\n"Ito, Ken",8/8/1988,Harbor Mutual,D2740,30,1250,10/6/2026,Approved,10/21/2026,${rest}`
    await bring({ text: row('HM-1,4/21/2027,$500.00') })
    const { changed } = await preview({ text: row('HM-2,5/21/2027,$600.00') })
    expect(changed[0]!.changes).toEqual([
      { label: 'Number', from: 'HM-1', to: 'HM-2' },
      { label: 'Valid to', from: 'Apr 21, 2027', to: 'May 21, 2027' },
      { label: 'Plan pays', from: '$500.00', to: '$600.00' },
    ])
    await bring({ text: row('HM-2,5/21/2027,$600.00') })
    expect(await requests()).toEqual([
      'Ito, Ken · Harbor Mutual · D2740 30 · approved 2026-10-21 until 2027-05-21 HM-2',
    ])
    const [row1] = (await test.call('authorization.list', { list: 'all' })).rows
    const caseId = row1!.caseId
    const { authorizations } = await test.call('authorization.forCase', { caseId })
    expect(authorizations[0]!.lines[0]!.approvedCents).toBe(60_000)
    expect(authorizations[0]!.history.map((step) => step.event)).toEqual(['submit', 'approve', 'extend'])
  })
  it('is taken back with what it changed: steps, number, end, amount; not once somebody went on', async () => {
    const [week1, week2] = ['titled-week-1.xlsx', 'titled-week-2.xlsx'].map(file) as [List, List]
    const { mapping } = await preview(week1)
    await bring({ ...week1, mapping: { ...mapping, decidedOn: 8 } })
    const before = await requests()
    const { questions } = await preview(week2)
    const answers = Object.fromEntries(questions.map((one) => [one.id, one.options[0]!.answer]))
    const { importId, imported, changed } = await bring({ ...week2, answers })
    expect([imported, changed]).toEqual([1, 3])
    const after = await requests()
    expect(await test.call('authorization.undoImport', { importId: importId! })).toEqual({ removed: 1 })
    expect(await requests()).toEqual(before)
    expect(await preview(week1)).toMatchObject({ ready: 0, changed: [], duplicates: 5 })
    const again = await bring({ ...week2, answers })
    expect(await requests()).toEqual(after)
    expect((await test.call('audit.verify', {})).ok).toBe(true)
    const { rows } = await test.call('authorization.list', { list: 'all' })
    const ken = rows.find((row) => row.patientName === 'Ito, Ken')!
    const [one] = (await test.call('authorization.forCase', { caseId: ken.caseId })).authorizations
    expect(standing(one!.history).map((step) => step.event)).toEqual(['submit', 'approve', 'extend'])
    await test.call('authorization.update', { id: one!.id, version: one!.version, details: { contact: 'Jen' } })
    await expect(test.call('authorization.undoImport', { importId: again.importId! })).rejects.toMatchObject({
      code: 'REFUSED',
    })
  })
  it('a draft that was sent meanwhile is the same request, and an answer that contradicts one on file is a problem', async () => {
    const row = (rest: string) => `Patient,DOB,Code,Tooth,Status,Sent,Decided\n"Ito, Ken",8/8/1988,D2740,30,${rest}`
    await bring({ text: row('draft,,') })
    expect((await preview({ text: row('sent,11/2/2026,') })).changed).toHaveLength(1)
    await bring({ text: row('denied,11/2/2026,11/9/2026') })
    expect(await requests()).toEqual(['Ito, Ken · - · D2740 30 · denied 2026-11-09'])
    const { problems, changed } = await preview({ text: row('approved,11/2/2026,11/16/2026') })
    expect(changed).toEqual([])
    expect(problems).toMatchObject([
      { row: 2, message: expect.stringMatching(/On file it is Denied since Nov 9, 2026/) },
    ])
  })
  it('numbers that are none do not make two requests one', async () => {
    const text = `Patient,DOB,Insurance,Code,Tooth,Sent,Status,Auth #
"Ito, Ken",8/8/1988,Harbor Mutual,D2740,30,10/6/2026,Sent,pending
"Ito, Ken",8/8/1988,Harbor Mutual,D2740,30,11/6/2026,Sent,pending
"Ito, Ken",8/8/1988,Harbor Mutual,D2740,30,11/6/2026,Sent,none
"Ito, Ken",8/8/1988,Harbor Mutual,D2740,30,11/6/2026,Withdrawn,none
"Lind, Al",8/8/1988,Harbor Mutual,D2740,30,11/6/2026,Sent,A1
"Lind, Al",8/8/1988,Harbor Mutual,D2740,30,11/9/2026,Sent,A1`
    const seen = await preview({ text })
    expect(seen).toMatchObject({ ready: 3, duplicates: 1 })
    expect(seen.leftOut).toEqual([{ row: 4, reason: 'The same as row 3' }])
    expect(seen.problems).toMatchObject([
      { row: 5, message: expect.stringContaining('row 3') },
      { row: 7, message: expect.stringContaining('row 6') },
    ])
  })
  it('one number over several teeth is one request; another answer under it is its own', async () => {
    expect(await preview(file('one-number.xlsx'))).toMatchObject({ ready: 3, requests: 2 })
    expect(await bring(file('one-number.xlsx'))).toMatchObject({ imported: 2 })
    expect(await requests()).toEqual([
      'Castellanos, Iris · Harbor Mutual · D2740 19 · denied 2026-09-28 PA-9',
      'Castellanos, Iris · Harbor Mutual · D2740 3 + D2740 14 · approved 2026-09-28 until 2027-03-28 PA-9',
    ])
    expect(await preview(file('one-number.xlsx'))).toMatchObject({ ready: 0, changed: [], duplicates: 3 })
    const { importId } = await bring({ text: 'Patient,DOB,Code,Sent\n"Sample, Alex",1/2/1990,D2740,11/2/2026' })
    expect(await test.call('authorization.undoImport', { importId: importId! })).toEqual({ removed: 1 })
  })
  it('nothing is dropped unsaid: every row is new, changed, a question, a problem or left out with its reason', async () => {
    for (const name of ['hand-log.xlsx', 'titled-week-1.xlsx', 'titled-week-2.xlsx', 'names.csv', 'one-number.xlsx']) {
      const list = file(name)
      const { mapping } = await preview(list)
      const seen = await preview({ ...list, mapping: { ...mapping, decidedOn: mapping.decidedOn ?? 8 } })
      const said = [...seen.problems, ...seen.questions, ...seen.leftOut, ...seen.changed].map((one) => one.row)
      expect(seen.ready + new Set(said).size, name).toBe(seen.rows)
    }
  })
})
