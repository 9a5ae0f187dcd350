// A dental claim file (837D 005010X224A2) as data: what the writer writes and the reader gives back.
import type { IsoDate } from '../dates.ts'
import type { Cents } from '../money.ts'

export interface X12Address {
  street: string
  city: string
  state: string
  /** Digits only. */
  zip: string
}
interface X12Person {
  lastName: string
  firstName: string
}
export interface X12Adjustment {
  group: string
  carc: string
  cents: Cents
}
/** SBR01, who pays first, second, third, fourth and so on. Source: X12 element 1138. */
export const SEQUENCES = ['P', 'S', 'T', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const
export type Sequence = (typeof SEQUENCES)[number]
/** Another payer of the same claim (loop 2320); `paid` once it has decided. */
export interface OtherPayer {
  sequence: Sequence
  /** SBR02: relation of the patient to this plan's subscriber, as `relationCode` writes it. */
  relation: string
  groupNumber: string
  filing: string
  subscriber: X12Person & { memberId: string }
  payer: { name: string; id: string }
  assignBenefits: boolean
  release: boolean
  payerClaimNumber: string
  /**
   * Sums over the claim; `adjustments` are those at the claim alone, beside those of its lines. `on`: the day it decided,
   * null where its lines carry theirs (2330B DTP 573 is used only without that of 2430).
   */
  paid: { cents: Cents; patientCents: Cents; adjustments: X12Adjustment[]; on: IsoDate | null } | null
}
/** What another payer decided on a line (loop 2430). */
export interface LineDecision {
  payerId: string
  paidCents: Cents
  code: string
  units: number
  adjustments: X12Adjustment[]
  on: IsoDate
}
export interface X12Line {
  code: string
  /** Fee × quantity. */
  chargeCents: Cents
  /** Two-digit oral cavity areas; empty when reported by tooth. */
  areas: string[]
  /** SV305 of a prosthesis: initial or replacement; a replacement needs the date of the prior placement. */
  placement: 'I' | 'R' | null
  priorPlacementOn: IsoDate | null
  quantity: number
  /** Places in the list of diagnoses, from 1. */
  pointers: number[]
  tooth: string | null
  surfaces: string[]
  /** Null when the claim's date holds for the line, or nothing is done yet. */
  serviceDate: IsoDate | null
  /** REF*6R: comes back on the remittance. */
  id: string
  decisions: LineDecision[]
}
export interface X12Claim {
  /** A practice by `name`, or a `person` who bills under the own NPI; the tax ID in digits, of a person when `isSsn`. */
  billing: {
    name: string
    person: X12Person | null
    npi: string
    taxId: string
    isSsn: boolean
    taxonomy: string
    address: X12Address
  }
  payer: { name: string; id: string; address: X12Address | null }
  sequence: Sequence
  filing: string
  groupNumber: string
  /** Address, birth date and gender only when the subscriber is the patient. */
  subscriber: X12Person & { memberId: string; address: X12Address | null; birthDate: IsoDate | null; gender: string }
  /** Null when the subscriber is the patient. */
  patient: (X12Person & { relation: string; address: X12Address; birthDate: IsoDate; gender: string }) | null
  /** CLM01. */
  number: string
  totalCents: Cents
  place: string
  /** 1 original, 7 replacement, 8 void. */
  frequency: '1' | '7' | '8'
  assignBenefits: boolean
  release: boolean
  accident: { cause: 'AA' | 'EM' | 'OA'; on: IsoDate | null; state: string } | null
  isEpsdt: boolean
  isPredetermination: boolean
  appliancePlacedOn: IsoDate | null
  /** Claim date, when all lines share it. */
  serviceDate: IsoDate | null
  orthodonticMonths: number | null
  missingTeeth: string[]
  attachments: { type: string; transmission: string; number: string }[]
  predeterminationNumber: string
  payerClaimNumber: string
  authorizationNumber: string
  /** At most five of at most 80 characters. */
  notes: string[]
  /** ICD-10-CM without the dot. */
  diagnoses: string[]
  /** Null when the billing provider treats. */
  rendering: (X12Person & { npi: string; taxonomy: string }) | null
  facility: { name: string; address: X12Address } | null
  others: OtherPayer[]
  lines: X12Line[]
}
export interface ClaimFile {
  submitter: { name: string; id: string; contact: string; phone: string }
  receiver: { name: string; id: string }
  isTest: boolean
  on: IsoDate
  /** `HHMM`, 24 hours. */
  time: string
  /** ISA13, GS06 and the base of BHT03: up to nine digits, never used twice. */
  control: number
  claims: X12Claim[]
}

/** GS08 and ST03 of the implementation that we write. */
export const IMPLEMENTATION = '005010X224A2'
/** PAT01 and SBR02 of our relations. */
export const RELATION_CODES = { self: '18', spouse: '01', child: '19', other: 'G8' } as const
