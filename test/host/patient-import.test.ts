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
      ['Bluefinch', null],
      ['Northlight', '2026-11-22'],
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

  // Bug: of 5,000 changed people the button said 500, as many as are shown.
  it('says how many change, though it shows the first', async () => {
    const people = (phone: string) =>
      SMALL(
        ...Array.from({ length: 501 }, (_, at) => `${at + 1},Doe${'x'.repeat(at % 40)},Sam${at},1/2/1980,${phone},,,`),
      )
    await bring(people('555-555-0100'))
    const { changing, changed } = await preview(people('555-555-0101'))
    expect([changing, changed.length]).toEqual([501, 500])
  })
})

const PLANS = (...lines: string[]) => ({
  text: ['PatNum,LName,FName,Birthdate,Ordinal,Carrier,GroupNum,SubscriberID,Relationship', ...lines].join('\n'),
})
const plansOf = async (text: string) =>
  (await patientCalled(text)).coverages.map((one) => [one.order, one.payerName, one.memberId, one.validTo])

describe('who is who', () => {
  // Bug: with their numbers changed about, the twins changed their names, and with them their cases.
  it('twins whose numbers changed about are held; nobody is renamed, nobody is missing', async () => {
    await bring(SMALL('7,Doe,Tim,5/5/2015,,,,', '8,Doe,Tom,5/5/2015,,,,'))
    const look = await preview(SMALL('8,Doe,Tim,5/5/2015,,,,', '7,Doe,Tom,5/5/2015,,,,'))
    expect(look).toMatchObject({ ready: 0, changed: [], absent: 0 })
    expect(look.problems.map((one) => one.message)).toEqual([
      expect.stringMatching(/^This number is Doe, Tom’s here, and this name is another/),
      expect.stringMatching(/^This number is Doe, Tim’s here/),
    ])
  })

  // Bug: two people came on file under one number, and the next list held the first.
  it('one number of two people holds the second', async () => {
    const list = SMALL(SAM, '7,Roe,Kim,3/4/1991,,,,')
    const look = await preview(list)
    expect([look.ready, look.problems]).toEqual([
      1,
      [{ row: 3, column: 'Patient number', message: 'Row 2 has this number too, for Doe, Sam. Correct one of them.' }],
    ])
  })

  // Bug: both came back as new patients with every list, and counted as absent.
  it('who was voided or merged here does not come back', async () => {
    const list = SMALL(SAM, '8,Poe,Lee,3/4/1990,,,,', '9,Poe,Leigh,3/5/1990,,,,')
    await bring(list)
    const seen = async (text: string) => {
      const { id, version } = (await patientCalled(text)).patient
      return { id, version }
    }
    await test.call('patient.void', { ...(await seen('Doe')), reason: 'Entered by mistake' })
    await test.call('patient.merge', { from: await seen('Leigh'), into: await seen('Lee') })
    const look = await preview(list)
    expect(look).toMatchObject({ ready: 0, changed: [], problems: [], questions: [], absent: 0 })
    expect(look.leftOut.map((one) => one.reason)).toEqual([
      'Voided here. Restore the patient to take them in',
      'Merged into Poe, Lee here',
    ])
  })

  // Bug: the answer held for the first list; the next one renamed the patient.
  it('a name that was asked about stays as it was answered', async () => {
    const list = { text: 'Patient,DOB\nMary Ann Smith,1/2/1980' }
    const [question] = (await preview(list)).questions
    const answers = { [question!.id]: question!.options[1]!.answer }
    await bring({ ...list, answers })
    expect(await preview(list)).toMatchObject({ ready: 0, changing: 0, kept: [] })
  })
})

describe('the plans of the next list', () => {
  const DELTA = '7,Doe,Sam,1/2/1980,1,Delta Dental of CA,G1,D1,0'
  // Bug: the plan in place of one that ended was the secondary.
  it.each([
    ['member ID', '7,Doe,Sam,1/2/1980,1,Delta Dental of CA,G1,D2,0'],
    ['group', '7,Doe,Sam,1/2/1980,1,Delta Dental of CA,G2,D1,0'],
  ])('another %s: a plan that takes the place of the one that ended, and back', async (_, line) => {
    await bring(PLANS(DELTA))
    await bring(PLANS(line))
    const member = line.split(',')[7]
    const [now, ended] = await plansOf('Doe')
    expect(now).toEqual(['primary', 'Delta Dental of CA', member, null])
    expect(ended).toEqual(['primary', 'Delta Dental of CA', 'D1', '2026-11-22'])
    expect(await preview(PLANS(line))).toMatchObject({ changing: 0, kept: [] })
    // Bug: a plan that was missing from one list stayed ended for good.
    await bring(PLANS(DELTA))
    expect((await plansOf('Doe'))[0]).toEqual(['primary', 'Delta Dental of CA', 'D1', null])
  })

  // Bug: with its payer's other name everybody's plan ended, and began anew as the secondary.
  it('a payer under another name is the same plan, and both names are shown', async () => {
    await bring(PLANS(DELTA))
    const renamed = PLANS(DELTA.replace('of CA', 'of California'))
    const look = await preview(renamed)
    expect(look).toMatchObject({ changing: 0, newPayers: [], newCoverages: 0 })
    expect(look.kept[0]!.changes).toEqual([
      { label: 'Payer', from: 'Delta Dental of CA', to: 'Delta Dental of California' },
    ])
    await bring(renamed)
    expect(await preview(renamed)).toMatchObject({ changing: 0, kept: [] })
    await bring(PLANS('7,Doe,Sam,1/2/1980,,,,,'))
    expect(await plansOf('Doe')).toEqual([['primary', 'Delta Dental of CA', 'D1', '2026-11-22']])
  })

  // Bug: a short list took every phone and ended every plan.
  it('what a list has no column for stays', async () => {
    await bring(SMALL(SAM))
    await bring(PLANS('8,Poe,Lee,3/4/1990,1,Delta,G1,D1,0', '8,Poe,Lee,3/4/1990,2,Aetna,G2,A1,0'))
    const short = { text: 'Name,DOB,Ins\n"Doe, Sam",1/2/1980,Northlight\n"Poe, Lee",3/4/1990,Delta' }
    expect(await preview(short)).toMatchObject({ ready: 0, changing: 0, kept: [], duplicates: 2 })
    await bring(short)
    expect(await preview(SMALL(SAM))).toMatchObject({ ready: 0, changing: 0, kept: [] })
    expect(await preview({ text: 'Name,DOB\n"Doe, Sam",1/2/1980' })).toMatchObject({ changing: 0 })
  })

  it('a case whose plan ended in the list keeps it and warns', async () => {
    await bring(PLANS(DELTA))
    const { patient, coverages } = await patientCalled('Doe')
    const about = { patientId: patient.id, tooth: '3', area: null, coverageId: coverages[0]!.id }
    const { id } = await test.call('case.create', { ...about, guideId: 'crowns' })
    const { version } = await test.call('case.get', { id })
    const crown = { code: 'D2740', role: 'main' as const, tooth: '3', area: null, feeCents: 125_000 }
    const lines = [{ ...crown, visitId: null, serviceDate: null }]
    await test.call('case.setLines', { id, version, lines, overrideReason: 'Dentist chose' })
    await test.call('authorization.create', { caseId: id, kind: 'required', coverageId: null })
    await bring(PLANS(DELTA.replace('D1', 'D2')))
    const { clocks } = await test.call('authorization.clocks', {})
    expect(clocks.find((one) => one.kind === 'not_covered')?.reason).toBe('The coverage ended Nov 22, 2026')
    const { coverageId, coverages: held } = await test.call('case.get', { id })
    expect(held.find((one) => one.id === coverageId)).toMatchObject({ memberId: 'D1', validTo: '2026-11-22' })
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

  // Bug: one coverage that was edited since held back the whole undo with a conflict of versions.
  it('whose plan was edited since stays, the others go back', async () => {
    await bring(SMALL(SAM, '8,Poe,Lee,3/4/1990,,Northlight,NL2,0'))
    const { importId } = await bring(SMALL('7,Doe,Sam,1/2/1980,555-555-0100,,,', '8,Poe,Lee,3/4/1990,,,,'))
    const [own] = (await patientCalled('Doe')).coverages
    const { id, version, payerId: _payer, payerName: _name, planName: _plan, groupNumber: _group, ...coverage } = own!
    await test.call('coverage.update', { id, version, coverage: { ...coverage, validTo: '2026-10-31' } })
    expect(await test.call('patient.undoImport', { importId: importId! })).toEqual({
      removed: 0,
      restored: 1,
      stayed: 1,
    })
    expect((await patientCalled('Doe')).coverages[0]!.validTo).toBe('2026-10-31')
    expect((await patientCalled('Poe')).coverages[0]!.validTo).toBeNull()
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
