// Fills the claim form from the case: what the office, patient, coverage, provider and authorization already say is never typed again.
import type { Authorization } from '../authorization/schema.ts'
import type { CaseFact, Line } from '../case/schema.ts'
import { isDate } from '../dates.ts'
import { isGrantedFor } from '../authorization/terms.ts'
import type { OfficeInput, ProviderInput } from '../office.ts'
import type { Coverage, Patient, Payer } from '../patient.ts'
import type { ClaimForm, ClaimLineInput, OtherCoverage } from './schema.ts'

export interface ClaimSource {
  office: OfficeInput
  patient: Patient
  coverage: Coverage | null
  payer: Payer | null
  /** The other plans of the patient, who pays first at the top: items 4 to 11a, and those that have no room there. */
  others: readonly { coverage: Coverage; payer: Payer | null }[]
  provider: ProviderInput | null
  lines: readonly Line[]
  authorization: Pick<Authorization, 'kind' | 'state' | 'reference' | 'validFrom' | 'validTo'> | null
  facts: Readonly<Record<string, CaseFact>>
  /** The office's own words for a code (item 30). */
  labelOf: (code: string) => string
  hasAttachments: boolean
  narrative: string
}

const EMPTY_ADDRESS = { street: '', city: '', state: '', zip: '' }

/** Diagnoses that the pulp's state suggests; the dentist's own code replaces them. Source: domain.md 5. */
function suggestDiagnoses(facts: Readonly<Record<string, CaseFact>>): string[] {
  const byPulp: Record<string, string> = { necrotic: 'K04.1', irreversible: 'K04.02', reversible: 'K04.01' }
  const pulp = facts['pulp']
  const first = typeof pulp === 'string' ? byPulp[pulp] : undefined
  return first ? [first] : []
}

const NOBODY = { firstName: '', lastName: '', npi: '', license: '', taxonomy: '' }

/** Some properties of an object. */
function pick<From extends object, Key extends keyof From>(from: From, keys: readonly Key[]): Pick<From, Key> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<From, Key>
}
const personOf = (one: ClaimForm['subscriber']) =>
  pick(one, ['lastName', 'firstName', 'birthDate', 'gender', 'address'])

/** The form and its lines as far as they are known; what is missing stays empty and is named by `validateClaim`. */
export function fillForm(source: ClaimSource): { form: ClaimForm; lines: ClaimLineInput[] } {
  const { office, patient, coverage, payer, provider, authorization, facts } = source
  const [otherCoverage = null, ...furtherCoverages] = source.others.map(otherOf)
  const person = personOf(patient)
  const self = coverage === null || coverage.relation === 'self'
  const approved = authorization !== null && isGrantedFor(authorization, source.lines)
  const diagnoses = suggestDiagnoses(facts)
  const trauma = facts['trauma'] === true
  const dayOf = (fact: string) => {
    const value = facts[fact]
    return typeof value === 'string' && isDate(value) ? value : null
  }
  const orthodontic = source.lines.some((line) => line.code.startsWith('D8'))
  const months = facts['months_total']
  const replacement = facts['replaces'] === true
  return {
    form: {
      transaction: 'actual',
      predeterminationNumber: approved && authorization.kind === 'estimate' ? authorization.reference : '',
      authorizationNumber: approved && authorization.kind === 'required' ? authorization.reference : '',
      payerName: payer?.name ?? coverage?.payerName ?? '',
      payerAddress: payer?.address ?? EMPTY_ADDRESS,
      payerCode: payer?.payerCode ?? '',
      otherCoverage,
      furtherCoverages,
      subscriber: self || !coverage ? person : personOf(coverage.subscriber),
      memberId: coverage?.memberId ?? '',
      groupNumber: coverage?.groupNumber ?? '',
      employer: coverage?.subscriber.employer ?? '',
      relation: coverage?.relation ?? 'self',
      patient: person,
      patientAccount: patient.externalId,
      otherFeesCents: 0,
      missingTeeth: [],
      diagnoses,
      remarks: '',
      patientSignature: true,
      patientSignatureOn: null,
      assignBenefits: true,
      placeOfService: '11',
      enclosures: source.hasAttachments,
      attachmentNumber: '',
      lastScalingOn: facts['history'] === 'srp' ? dayOf('history_date') : null,
      orthodontic,
      appliancePlacedOn: orthodontic ? dayOf('banding_date') : null,
      monthsOfTreatment: orthodontic && isMonths(months) ? months : null,
      replacement,
      priorPlacementOn: replacement ? dayOf('prior_seat') : null,
      accident: trauma ? { cause: 'other', on: dayOf('trauma_date'), state: '' } : null,
      billing: { ...pick(office, ['name', 'address', 'npi', 'taxId', 'phone']), license: '' },
      treating: { ...pick(provider ?? NOBODY, ['firstName', 'lastName', 'npi', 'license', 'taxonomy']), locum: false },
      treatmentAddress: office.address,
      treatmentPhone: office.phone,
    },
    lines: source.lines
      .filter((line) => line.serviceDate !== null)
      .map((line) => ({
        lineId: line.id,
        serviceDate: line.serviceDate,
        area: line.area,
        tooth: line.tooth,
        surfaces: line.surfaces,
        code: line.code,
        diagnosisPointers: diagnoses.length > 0 ? 'A' : '',
        quantity: line.quantity,
        description: source.labelOf(line.code).slice(0, 80),
        feeCents: line.feeCents,
      })),
  }
}

function otherOf({ coverage, payer }: ClaimSource['others'][number]): OtherCoverage {
  const { subscriber } = coverage
  return {
    coverageId: coverage.id,
    kind: 'dental',
    holder: `${subscriber.lastName}, ${subscriber.firstName}`,
    birthDate: subscriber.birthDate,
    gender: subscriber.gender,
    memberId: coverage.memberId,
    groupNumber: coverage.groupNumber,
    relation: coverage.relation,
    insurer: coverage.payerName,
    payerCode: payer?.payerCode ?? '',
  }
}

/** What item 42 has room for. */
const isMonths = (value: CaseFact | undefined): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 99
