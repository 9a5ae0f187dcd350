// The list of a practice system on a real host: who is new, who changed, who is asked about; again, changed, undone.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InputOf } from '#core/contract/index.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const file = (name: string) => readFileSync(`test/fixtures/practice/${name}`)
const OPEN_DENTAL = { content: file('od-patients.csv') }
const preview = (input: InputOf<'patient.previewImport'>) => test.call('patient.previewImport', input)
const bring = (input: InputOf<'patient.import'>) => test.call('patient.import', { leaveOutProblems: true, ...input })
async function patientCalled(text: string) {
  const { patients } = await test.call('patient.list', { text })
  return test.call('patient.get', { id: patients[0]!.id })
}
const SMALL = (...lines: string[]) => ({
  text: ['PatNum,LName,FName,Birthdate,HmPhone,Carrier,SubscriberID,Relationship', ...lines].join('\n'),
})
const SAM = '7,Doe,Sam,1/2/1980,555-555-0100,Northlight,NL1,0'

describe('the exports of the three systems', () => {
  // Bug: two plans are two lines under one number, and were two people.
  it('Open Dental: families, two plans, a subscriber of the list, a plan that ended; who is none of ours is left out', async () => {
    const before = await preview(OPEN_DENTAL)
    expect(before).toMatchObject({ rows: 24, missing: [], asked: [], ready: 17, openSubscribers: 0 })
    expect(before.leftOut.map((one) => one.reason)).toEqual([
      'Archived in the practice system',
      'Not a patient in the practice system',
      'Deleted in the practice system',
    ])
    // The same name twice, once without a birth date: a person decides.
    expect(before.questions).toMatchObject([{ row: 9, kind: 'person', options: [{ birthDate: '1990-06-06' }] }])
    expect(before.problems).toEqual([])
    const { imported } = await bring(OPEN_DENTAL)
    expect(imported).toBe(17)
    const wren = await patientCalled('Quillmere Wren')
    expect(wren.patient).toMatchObject({
      externalId: '1003',
      guarantor: 'Quillmere Jr, Tobin R',
      birthDate: '2016-02-29',
    })
    expect(
      wren.coverages.map(({ order, payerName, relation, subscriber }) => [
        order,
        payerName,
        relation,
        subscriber.birthDate,
      ]),
    ).toEqual([
      ['primary', 'Harbor Mutual', 'child', '1979-03-04'],
      ['secondary', 'Bluefinch Dental', 'child', '1981-11-30'],
    ])
    expect((await patientCalled('Wickham')).patient.guarantor).toBe('No. 1099')
  })

  it('Dentrix: titles on each page, people over several lines, two plans below each other', async () => {
    const list = { content: file('dentrix-patient-list.csv') }
    const before = await preview(list)
    expect(before.problems.map((one) => one.row)).toEqual([19])
    // Fallowmere stands there twice, with nothing that tells the two apart: the second row is the first.
    expect(before).toMatchObject({ headingRow: 5, ready: 9 })
    await bring(list)
    const cass = await patientCalled('ABE0001')
    expect(cass.patient).toMatchObject({
      mobile: '(555) 555-0122',
      note: 'Work (555) 555-0121 ext. 7',
      address: { street: '12 Foundry St Apt 4', city: 'Millbrook Sample', state: 'OR', zip: '97999-1212' },
    })
    expect(cass.coverages.map((one) => one.payerName)).toEqual(['Harbor Mutual', 'Bluefinch Dental'])
  })

  it('Eaglesoft: Windows letters, years of two digits, a plan through the family’s subscriber', async () => {
    const list = { content: file('eaglesoft-patients.csv') }
    await bring(list)
    const zoe = await patientCalled('Zoë')
    expect(zoe.patient).toMatchObject({ lastName: 'Peñarroja', birthDate: '2021-02-14', guarantor: 'Peñarroja, José' })
    expect(zoe.coverages[0]!.subscriber).toMatchObject({ firstName: 'José', birthDate: '1962-04-19' })
    expect((await patientCalled('Jürgen')).patient.birthDate).toBe('1931-03-04')
  })

  it.each(['od-patients.csv', 'dentrix-patient-list.csv', 'eaglesoft-patients.csv'])(
    '%s again: nobody new, nothing changed',
    async (name) => {
      await bring({ content: file(name) })
      expect(await preview({ content: file(name) })).toMatchObject({ ready: 0, changed: [], kept: [], absent: 0 })
      expect(await bring({ content: file(name) })).toMatchObject({ importId: null, imported: 0, changed: 0 })
    },
  )
})

describe('the next day’s list', () => {
  it('applies what changed, leaves what was edited here and shows both, ends a plan that is gone', async () => {
    await bring(SMALL(SAM, '8,Poe,Lee,3/4/1990,,Northlight,NL2,0'))
    const { patient } = await patientCalled('Doe')
    const { id, version, ...typed } = patient
    await test.call('patient.update', { id, version, patient: { ...typed, phone: '555-555-0111' } })
    const next = SMALL('7,Doe,Sam,1/2/1980,555-555-0122,Bluefinch,BF9,0', '8,Poe-Roe,Lee,3/4/1990,,Northlight,NL2,0')
    const look = await preview(next)
    expect(look.kept).toMatchObject([{ lastName: 'Doe', changes: [{ label: 'Home phone', from: '555-555-0111' }] }])
    expect(look.changed.map((one) => one.changes.map((change) => [change.label, change.to]))).toEqual([
      [
        ['Plan', 'Bluefinch BF9'],
        ['Northlight: coverage to', 'Nov 22, 2026'],
      ],
      [['Last name', 'Poe-Roe']],
    ])
    await bring(next)
    const doe = await patientCalled('Doe')
    expect(doe.patient.phone).toBe('555-555-0111')
    expect(doe.coverages.map((one) => [one.payerName, one.validTo])).toEqual([
      ['Northlight', '2026-11-22'],
      ['Bluefinch', null],
    ])
    expect(await preview(next)).toMatchObject({ ready: 0, changed: [], kept: [] })
  })

  it('takes in who was typed before, by name and birth date, and fills what is blank', async () => {
    const patient = { lastName: 'Doe', firstName: 'Sam', birthDate: '1980-01-02', phone: '555-555-0100' }
    const { id } = await test.call('patient.add', { patient })
    const look = await preview(SMALL(SAM))
    expect(look).toMatchObject({ ready: 0, newCoverages: 1 })
    await bring(SMALL(SAM))
    const doe = await test.call('patient.get', { id })
    expect(doe.patient.externalId).toBe('7')
    expect(doe.coverages).toHaveLength(1)
  })

  it('a number that is another person’s here is a problem, not a change of name', async () => {
    await bring(SMALL(SAM))
    const look = await preview(SMALL('7,Roe,Kim,5/5/2001,,,,'))
    expect(look).toMatchObject({ ready: 0, changed: [] })
    expect(look.problems[0]!.message).toMatch(/This number is Doe, Sam’s here/)
  })

  it('who may be somebody on file is asked about, and the answer is remembered', async () => {
    await bring(SMALL('7,Doe,Robert,1/2/1980,,,,'))
    const list = SMALL('9,Doe,Bob,1/2/1980,,,,')
    const { questions } = await preview(list)
    expect(questions).toMatchObject([{ kind: 'person', options: [{ firstName: 'Robert', isOnFile: true }, {}] }])
    const [question] = questions
    const answers = { [question!.id]: question!.options[0]!.answer }
    expect(await preview({ ...list, answers })).toMatchObject({ ready: 0, questions: [] })
  })

  it('a person who is not in it any more stays', async () => {
    await bring(SMALL(SAM, '8,Poe,Lee,3/4/1990,,,,'))
    expect(await preview(SMALL(SAM))).toMatchObject({ ready: 0, changed: [], absent: 1 })
    await bring(SMALL(SAM))
    expect((await test.call('patient.list', { text: '' })).total).toBe(2)
  })
})

describe('undone as a whole', () => {
  it('nobody of it is left, and what it changed is as before', async () => {
    await bring(SMALL(SAM))
    const before = await patientCalled('Doe')
    const { importId } = await bring(
      SMALL('7,Doe,Sam,1/2/1980,555-555-0199,Northlight,NL1,0', '8,Poe,Lee,3/4/1990,,Eastway,E1,0'),
    )
    expect(await test.call('patient.undoImport', { importId: importId! })).toEqual({
      removed: 1,
      restored: 1,
      stayed: 0,
    })
    const after = await patientCalled('Doe')
    expect({ ...after.patient, version: 0 }).toEqual({ ...before.patient, version: 0 })
    expect((await test.call('payer.list', {})).payers.map((one) => one.name)).not.toContain('Eastway')
    // The next list brings it anew.
    expect(await preview(SMALL('7,Doe,Sam,1/2/1980,555-555-0199,Northlight,NL1,0'))).toMatchObject({
      ready: 0,
      changed: [{}],
    })
  })

  it('somebody with a case by now stays', async () => {
    const { importId } = await bring(SMALL(SAM, '8,Poe,Lee,3/4/1990,,,,'))
    const { patient } = await patientCalled('Doe')
    await test.call('case.create', { patientId: patient.id, guideId: 'endodontics', tooth: '8', area: null })
    expect(await test.call('patient.undoImport', { importId: importId! })).toEqual({
      removed: 1,
      restored: 0,
      stayed: 1,
    })
  })
})

it('rows with problems hold the import until they are left out, and nothing is kept meanwhile', async () => {
  const list = SMALL(SAM, '8,Poe,Lee,31/12/1990,,,,')
  await expect(test.call('patient.import', list)).rejects.toThrow(/1 row has problems/)
  expect((await test.call('patient.list', { text: '' })).total).toBe(0)
})
