// What the Code step was told stands on the claim without being typed again: items 39a to 44 of the form.
import { expect, it } from 'vitest'
import { type ClaimSource, fillForm } from '#core/claim/fill.ts'
import type { Line } from '#core/case/schema.ts'

const address = { street: '', city: '', state: '', zip: '' }
const line = { id: 'l1', code: 'D2740', serviceDate: '2026-11-20', tooth: '3', area: null, surfaces: '', quantity: 1 }

function formOf(facts: ClaimSource['facts'], code = 'D2740') {
  const source = {
    office: { name: 'Sample', address, phone: '', npi: '', taxId: '' },
    patient: { lastName: 'Roe', firstName: 'Sam', birthDate: '1980-01-01', gender: 'U', address, externalId: '' },
    coverage: null,
    payer: null,
    others: [],
    provider: null,
    lines: [{ ...line, code, feeCents: 100 } as unknown as Line],
    authorization: null,
    facts,
    labelOf: () => '',
    hasAttachments: false,
    narrative: '',
  }
  return fillForm(source as unknown as ClaimSource).form
}

it('a crown that replaces another carries the day of the earlier one; a first crown carries none', () => {
  expect(formOf({ replaces: true, prior_seat: '2015-04-02' })).toMatchObject({
    replacement: true,
    priorPlacementOn: '2015-04-02',
  })
  expect(formOf({ replaces: false, prior_seat: '2015-04-02' })).toMatchObject({
    replacement: false,
    priorPlacementOn: null,
  })
})
it('orthodontics carries the day of the appliance and the months; months that no form holds are left to be typed', () => {
  const facts = { banding_date: '2026-01-12', months_total: 24 }
  expect(formOf(facts, 'D8080')).toMatchObject({
    orthodontic: true,
    appliancePlacedOn: '2026-01-12',
    monthsOfTreatment: 24,
  })
  expect(formOf({ ...facts, months_total: 120 }, 'D8080').monthsOfTreatment).toBeNull()
  expect(formOf(facts, 'D2740')).toMatchObject({ orthodontic: false, appliancePlacedOn: null })
})
it('the last scaling is the day on record, not the day of a surgery', () => {
  expect(formOf({ history: 'srp', history_date: '2026-06-01' }, 'D4910').lastScalingOn).toBe('2026-06-01')
  expect(formOf({ history: 'surgery', history_date: '2026-06-01' }, 'D4910').lastScalingOn).toBeNull()
})
