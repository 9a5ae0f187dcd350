// The claim form of an invented case, every value filled as an office would have sent it.
import type { ClaimForm } from '#core/claim/schema.ts'
import type { OfficeInput, ProviderInput } from '#core/office.ts'
import type { SeedPatient } from './population.ts'

export interface SeedOffice extends OfficeInput {
  dentist: ProviderInput
}

/** The form of a claim for services that were done. */
export function fillSeedForm(
  office: SeedOffice,
  patient: SeedPatient,
  claim: { authorizationNumber: string; diagnosis: string; remarks: string; signedOn: string },
): ClaimForm {
  const { name, address: place, npi, taxId, phone } = office
  const coverage = patient.coverage!
  const { first: firstName, last: lastName, born: birthDate, gender } = patient
  const address = { street: patient.street, ...patient.city }
  const child = coverage.relation === 'child'
  return {
    transaction: 'actual',
    predeterminationNumber: '',
    authorizationNumber: claim.authorizationNumber,
    payerName: coverage.plan.payer.name,
    payerAddress: { street: '', city: '', state: '', zip: '' },
    payerCode: coverage.plan.payer.code,
    otherCoverage: null,
    furtherCoverages: [],
    subscriber: { lastName, firstName: coverage.holder, birthDate: child ? null : birthDate, gender: 'U', address },
    memberId: coverage.memberId,
    groupNumber: coverage.plan.group,
    employer: '',
    relation: coverage.relation,
    patient: { lastName, firstName, birthDate, gender, address },
    patientAccount: '',
    otherFeesCents: 0,
    missingTeeth: [],
    diagnoses: [claim.diagnosis],
    remarks: claim.remarks,
    patientSignature: true,
    patientSignatureOn: claim.signedOn,
    assignBenefits: true,
    placeOfService: '11',
    enclosures: true,
    attachmentNumber: '',
    lastScalingOn: null,
    orthodontic: false,
    appliancePlacedOn: null,
    monthsOfTreatment: null,
    replacement: false,
    priorPlacementOn: null,
    accident: null,
    billing: { name, address: place, npi, license: '', taxId, phone },
    treating: { ...office.dentist, locum: false },
    treatmentAddress: place,
    treatmentPhone: phone,
  }
}
