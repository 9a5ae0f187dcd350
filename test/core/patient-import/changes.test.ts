// List before, here, list now: what is applied, what stays, what is shown.
import { describe, expect, it } from 'vitest'
import { type Coverage, Coverage as CoverageSchema, PatientInput } from '#core/patient.ts'
import { changesOfPerson } from '#core/patient-import/changes.ts'
import type { Listed, SaidPlan } from '#core/patient-import/families.ts'

const TODAY = '2026-11-23'
const NAMED = { lastName: 'Doe', firstName: 'Sam', birthDate: '1980-01-02' }
const patient = (own: Partial<PatientInput>) => PatientInput.parse({ ...NAMED, ...own })
const listed = (own: Partial<PatientInput>, plans: SaidPlan[] = []): Listed => ({ ...patient(own), plans })
const run = (before: Listed | null, here: PatientInput, now: Listed, coverages: Coverage[] = []) =>
  changesOfPerson(here, coverages, { before, now, today: TODAY, memberUnknown: 'To check' })

describe('a field, three ways', () => {
  const FIELDS = [
    ['phone', '555-555-0101', '555-555-0102', '555-555-0103'],
    ['lastName', 'Doe', 'Poe', 'Roe'],
    ['birthDate', '1980-01-02', '1980-01-03', '1980-01-04'],
    ['guarantor', 'Doe, Al', 'Doe, Bo', 'Doe, Cy'],
    ['externalId', '7', '8', '9'],
  ] as const
  it.each(FIELDS)('%s', (key, a, b, c) => {
    const outcome = (before: string | null, here: string, now: string) => {
      const was = before === null ? null : listed({ [key]: before })
      const { patient: next, changes, kept } = run(was, patient({ [key]: here }), listed({ [key]: now }))
      return [next[key], changes.length, kept.length]
    }
    expect(outcome(a, a, a)).toEqual([a, 0, 0])
    expect(outcome(a, a, b)).toEqual([b, 1, 0])
    expect(outcome(a, b, a)).toEqual([b, 0, 0])
    expect(outcome(a, b, b)).toEqual([b, 0, 0])
    expect(outcome(a, b, c)).toEqual([b, 0, 1])
    expect(outcome(null, a, b)).toEqual([a, 0, 1])
  })

  it('a part of the address, and what the list emptied', () => {
    const place = (street: string) => ({ address: { street, city: '', state: '', zip: '' } })
    expect(run(listed(place('1 Elm')), patient(place('1 Elm')), listed(place('2 Oak'))).patient.address.street).toBe(
      '2 Oak',
    )
    expect(run(listed(place('1 Elm')), patient(place('3 Ash')), listed(place('2 Oak'))).patient.address.street).toBe(
      '3 Ash',
    )
    expect(run(listed(place('1 Elm')), patient(place('1 Elm')), listed(place(''))).patient.address.street).toBe('')
    expect(run(listed(place('1 Elm')), patient(place('3 Ash')), listed(place('')))).toMatchObject({
      changes: [],
      kept: [],
    })
  })
})

describe('a plan, three ways', () => {
  const said = (own: Partial<SaidPlan> = {}): SaidPlan => ({
    order: 'primary',
    payer: 'Delta',
    payerCode: '',
    groupNumber: 'G1',
    memberId: 'D1',
    relation: 'self',
    subscriber: null,
    employer: '',
    validFrom: null,
    validTo: null,
    ...own,
  })
  const id = (at: number) => `01a2327c-dcdd-732d-bd36-44ef11d47f0${at}`
  const held = (own: Partial<Coverage> = {}): Coverage =>
    CoverageSchema.parse({
      id: id(1),
      version: 1,
      patientId: id(2),
      planId: id(3),
      payerId: id(4),
      payerName: 'Delta',
      planName: 'Group',
      groupNumber: 'G1',
      memberId: 'D1',
      subscriber: { ...NAMED, gender: 'U', employer: '', address: patient({}).address },
      ...own,
    })
  const work = (before: SaidPlan[], here: Coverage[], now: SaidPlan[]) =>
    run(listed({}, before), patient({}), listed({}, now), here).plans.map((one) =>
      one.do === 'add' ? [one.plan.memberId, one.order] : [one.coverage.memberId, one.set],
    )

  it.each<[string, SaidPlan[], Coverage[], SaidPlan[], unknown]>([
    ['the same', [said()], [held()], [said()], []],
    ['it ended', [said()], [held()], [], [['D1', { validTo: '2026-11-22' }]]],
    ['it ended, edited here', [said()], [held({ validTo: '2026-12-31' })], [], []],
    ['its end moved', [said()], [held()], [said({ validTo: '2026-11-01' })], [['D1', { validTo: '2026-11-01' }]]],
    ['its end moved, edited here', [said()], [held({ validTo: '2026-10-01' })], [said({ validTo: '2026-11-01' })], []],
    ['it came back', [], [held({ validTo: '2026-11-22' })], [said()], [['D1', { validTo: null }]]],
    ['member ID edited here', [said()], [held({ memberId: 'D9' })], [said()], []],
    ['member ID as here now', [said()], [held({ memberId: 'D9' })], [said({ memberId: 'D9' })], []],
    [
      'member ID to check',
      [said({ memberId: '' })],
      [held({ memberId: 'To check' })],
      [said()],
      [['To check', { memberId: 'D1' }]],
    ],
    ['taken away here', [said()], [], [said()], []],
    ['group corrected here', [said()], [held({ groupNumber: 'G2' })], [said({ groupNumber: 'G2' })], []],
    ['group not said before', [said({ groupNumber: '' })], [held({ groupNumber: '' })], [said()], []],
    [
      'order moved onto a plan typed here',
      [said({ order: 'secondary' })],
      [held({ order: 'secondary' }), held({ id: held().planId as never, payerName: 'Typed', memberId: 'T1' })],
      [said()],
      [],
    ],
  ])('%s', (_, before, here, now, expected) => {
    expect(work(before, here, now)).toEqual(expected)
  })

  it('two plans change places', () => {
    const aetna = { payer: 'Aetna', memberId: 'A1' }
    const here = [held(), held({ id: held().planId as never, payerName: 'Aetna', memberId: 'A1', order: 'secondary' })]
    const before = [said(), said({ ...aetna, order: 'secondary' })]
    const now = [said({ ...aetna }), said({ order: 'secondary' })]
    expect(work(before, here, now)).toEqual([
      ['A1', { order: 'primary' }],
      ['D1', { order: 'secondary' }],
    ])
  })

  // Bug: a plan that went from the mother to the father in the practice system stayed the mother’s here for good.
  it('relation, subscriber and employer follow the list, unless they were edited here: then both are shown', () => {
    const parent = (firstName: string) => ({ ...NAMED, firstName, gender: 'U' as const, address: patient({}).address })
    const child = (firstName: string, employer: string) =>
      said({ relation: 'child', subscriber: parent(firstName), employer })
    const on = (firstName: string, employer: string) =>
      held({ relation: 'child', subscriber: { ...parent(firstName), employer } })
    const run3 = (here: Coverage, now: SaidPlan) =>
      run(listed({}, [child('Kim', 'Mill')]), patient({}), listed({}, [now]), [here])
    const followed = run3(on('Kim', 'Mill'), child('Lou', 'Dock'))
    expect(followed.plans).toMatchObject([{ set: { subscriber: { firstName: 'Lou', employer: 'Dock' } } }])
    expect(followed.changes.map(({ label, to }) => `${label} ${to}`)).toEqual([
      'Delta: subscriber Doe, Lou, born Jan 2, 1980',
      'Delta: employer Dock',
    ])
    const own = run3(on('Kim', 'Mill'), said({ relation: 'self', subscriber: null, employer: 'Mill' }))
    expect(own.plans).toMatchObject([{ set: { relation: 'self', subscriber: { firstName: 'Sam' } } }])
    const edited = run3(on('Ann', 'Shop'), child('Lou', 'Dock'))
    expect(edited.plans).toEqual([])
    expect(edited.kept.map(({ label }) => label)).toEqual(['Delta: subscriber', 'Delta: employer'])
    expect(run3(on('Ann', 'Shop'), child('Kim', 'Mill'))).toMatchObject({ plans: [], changes: [], kept: [] })
  })
})
