// What an electronic claim says of its people and prostheses: each of these left as something else once.
import { describe, expect, it } from 'vitest'
import type { Line } from '#core/case/schema.ts'
import { checkElectronic, type ElectronicSource, toElectronic } from '#core/claim/electronic.ts'
import { fillForm, type ClaimSource } from '#core/claim/fill.ts'
import { isProsthesis } from '#core/claim/prosthesis.ts'
import type { ClaimForm } from '#core/claim/schema.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { writeClaimFile } from '#core/x12/claim-file-write.ts'

const address = { street: '1 Sample St', city: 'Springfield', state: 'IL', zip: '627011234' }
const person = { lastName: 'Exampleton', firstName: 'Robin', birthDate: '1980-04-12', gender: 'F' }
const [PRACTICE, DENTIST] = ['1234567893', '1245319599']

const filled = fillForm({
  office: { name: 'Sample Dental', address, phone: '555-555-0100', npi: PRACTICE, taxId: '12-3456789' },
  patient: { ...person, address, externalId: '' },
  coverage: { memberId: 'M-0', groupNumber: 'G', relation: 'self', subscriber: { ...person, address, employer: '' } },
  payer: { name: 'Our Plan', payerCode: '77777', address },
  others: [],
  provider: { firstName: 'Pat', lastName: 'Doe', npi: DENTIST, license: '', taxonomy: '' },
  lines: ['D2740', 'D0220'].map((code, at) => ({
    id: `l${at}`,
    code,
    serviceDate: '2026-11-20',
    tooth: '8',
    area: null,
    surfaces: '',
    quantity: 1,
    feeCents: 10000,
  })) as unknown as Line[],
  authorization: null,
  facts: {},
  labelOf: () => '',
  hasAttachments: false,
  narrative: '',
} as unknown as ClaimSource)

const sourceWith = (change: Partial<ClaimForm>): ElectronicSource => ({
  number: 'CW000000000001',
  frequency: 'original',
  payerClaimNumber: '',
  payerKind: 'commercial',
  form: { ...filled.form, ...change },
  lines: filled.lines,
  enclosures: [],
  order: 'primary',
  others: [],
})
const textOf = (change: Partial<ClaimForm>) =>
  writeClaimFile({
    submitter: { name: 'SAMPLE', id: '123456789', contact: 'BILLING DESK', phone: '5555550100' },
    receiver: { name: 'PLAN', id: '77777' },
    isTest: true,
    on: '2026-11-23',
    time: '1500',
    control: 1,
    claims: [toElectronic(sourceWith(change))],
  })
const segments = (change: Partial<ClaimForm>, start: string) =>
  textOf(change)
    .split('~\n')
    .filter((segment) => segment.startsWith(start))
const blocked = (change: Partial<ClaimForm>) =>
  checkElectronic(sourceWith(change))
    .filter((finding) => finding.severity === 'block')
    .map((finding) => finding.field)

describe('prostheses', () => {
  it('a first crown says I; the film beside it says nothing', () => {
    expect(segments({ replacement: false }, 'SV3')).toEqual(['SV3*AD:D2740*100***I*1', 'SV3*AD:D0220*100****1'])
  })
  it('a replacement says R and its date at the crown alone', () => {
    const change = { replacement: true, priorPlacementOn: '2015-01-02' }
    expect(segments(change, 'SV3')).toEqual(['SV3*AD:D2740*100***R*1', 'SV3*AD:D0220*100****1'])
    expect(segments(change, 'DTP*441')).toEqual(['DTP*441*D8*20150102'])
  })
  it.each(['D2510', 'D2750', 'D5110', 'D5213', 'D6065', 'D6110', 'D6240', 'D6740'])('%s is one', (code) => {
    expect(isProsthesis(code)).toBe(true)
  })
  it.each(['D2391', 'D2920', 'D2931', 'D2950', 'D3353', 'D5410', 'D5730', 'D6010', 'D6057', 'D6930'])(
    '%s is none',
    (code) => {
      expect(isProsthesis(code)).toBe(false)
    },
  )
})

describe('who bills', () => {
  const own = { billing: { ...filled.form.billing, npi: DENTIST } }
  it('a practice bills under its name, the dentist is named as the one who treated', () => {
    expect(segments({}, 'NM1*85')).toEqual([`NM1*85*2*SAMPLE DENTAL*****XX*${PRACTICE}`])
    expect(segments({}, 'NM1*82')).toEqual([`NM1*82*1*DOE*PAT****XX*${DENTIST}`])
  })
  it('a dentist who bills under the own NPI is a person', () => {
    expect(segments(own, 'NM1*85')).toEqual([`NM1*85*1*DOE*PAT****XX*${DENTIST}`])
    expect(segments(own, 'NM1*82')).toEqual([])
    expect(readClaimFile(textOf(own)).problems).toEqual([])
  })
  it('a tax ID typed as a social security number is sent as one', () => {
    const withId = (taxId: string) => ({ billing: { ...filled.form.billing, taxId } })
    expect(segments(withId('123-45-6789'), 'REF*SY')).toEqual(['REF*SY*123456789'])
    expect(segments(withId('123-45-6789'), 'REF*EI')).toEqual([])
    expect(segments(withId('12-3456789'), 'REF*EI')).toEqual(['REF*EI*123456789'])
  })
})

describe('names', () => {
  const named = (lastName: string, firstName = 'Robin') => ({
    patient: { ...filled.form.patient, lastName, firstName },
  })
  it.each(['李', 'Иванов', '*~:'])('“%s” has no letter that could be sent: it went out empty', (name) => {
    expect(blocked(named(name))).toContain('patient.lastName')
    expect(blocked(named('Exampleton', name))).toContain('patient.firstName')
  })
  it('accents, and a person without a first name, are no reason', () => {
    expect(blocked(named('Müller-Łoś'))).not.toContain('patient.lastName')
    expect(blocked(named('Exampleton', ''))).not.toContain('patient.firstName')
  })
})
