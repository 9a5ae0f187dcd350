// The claim form of an invented case, every value filled as an office would have sent it.
import type { ClaimForm } from '#core/claim/schema.ts'
import type { SeedPatient } from './population.ts'

export interface SeedOffice {
  name: string
  address: { street: string; city: string; state: string; zip: string }
  phone: string
  npi: string
  taxId: string
  dentist: { firstName: string; lastName: string; npi: string; license: string; taxonomy: string }
}

/** The form of a claim for services that were done. */
export function fillSeedForm(
  office: SeedOffice,
  patient: SeedPatient,
  claim: { authorizationNumber: string; diagnosis: string; remarks: string; signedOn: string; enclosures: boolean },
): ClaimForm {
  const coverage = patient.coverage!
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
    subscriber: {
      lastName: patient.last,
      firstName: coverage.holder,
      birthDate: child ? null : patient.born,
      gender: 'U',
      address,
    },
    memberId: coverage.memberId,
    groupNumber: coverage.plan.group,
    employer: '',
    relation: coverage.relation,
    patient: {
      lastName: patient.last,
      firstName: patient.first,
      birthDate: patient.born,
      gender: patient.gender,
      address,
    },
    patientAccount: '',
    otherFeesCents: 0,
    missingTeeth: [],
    diagnoses: [claim.diagnosis],
    remarks: claim.remarks,
    patientSignature: true,
    patientSignatureOn: claim.signedOn,
    assignBenefits: true,
    placeOfService: '11',
    enclosures: claim.enclosures,
    attachmentNumber: '',
    lastScalingOn: null,
    orthodontic: false,
    appliancePlacedOn: null,
    monthsOfTreatment: null,
    replacement: false,
    priorPlacementOn: null,
    accident: null,
    billing: {
      name: office.name,
      address: office.address,
      npi: office.npi,
      license: '',
      taxId: office.taxId,
      phone: office.phone,
    },
    treating: { ...office.dentist, locum: false },
    treatmentAddress: office.address,
    treatmentPhone: office.phone,
  }
}
