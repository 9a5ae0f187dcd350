// The claim: every value of the ADA 2024 form that the wizard must hold (domain.md 5, procedures-b.md part 2 C).
import * as z from 'zod'
import { Fee } from '../money.ts'
import { Instant, IsoDate } from '../dates.ts'
import { AuthorizationId, CaseId, ClaimId, CoverageId, LineId } from '../ids.ts'
import { Address } from '../office.ts'
import { Gender, Relation } from '../patient.ts'
import { CdtCode } from '../case/schema.ts'
import { Confidence } from '../guide/schema.ts'
import { OralArea, Tooth } from '../teeth.ts'
import { Channel } from '../authorization/schema.ts'

export const CLAIM_STATES = ['draft', 'sent', 'rejected', 'adjudicated', 'closed', 'void'] as const
export const ClaimState = z.enum(CLAIM_STATES)
export type ClaimState = (typeof CLAIM_STATES)[number]
export const CLAIM_EVENTS = ['send', 'reject', 'adjudicate', 'reopen', 'close', 'void'] as const
export const ClaimEvent = z.enum(CLAIM_EVENTS)
export type ClaimEvent = (typeof CLAIM_EVENTS)[number]

const Text = (max: number) => z.string().trim().max(max)
const Person = z.strictObject({
  lastName: Text(60),
  firstName: Text(60),
  birthDate: IsoDate.nullable(),
  gender: Gender,
  address: Address,
})
/** Icd-10-CM without judging it: validation reports what is wrong in words. */
const IcdCode = z.string().trim().toUpperCase().max(8)

export const ClaimLineInput = z.strictObject({
  lineId: LineId.nullable(),
  /** Item 24; null on a predetermination or until treated. */
  serviceDate: IsoDate.nullable(),
  area: OralArea.nullable(), // 25
  tooth: Tooth.nullable(), // 27
  surfaces: Text(5), // 28
  code: CdtCode, // 29
  diagnosisPointers: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-D]{0,4}$/), // 29a
  quantity: z.number().int().min(1).max(99), // 29b
  description: Text(80), // 30, our own words or the office's licensed text
  feeCents: Fee, // 31
})
export type ClaimLineInput = z.infer<typeof ClaimLineInput>
export const ClaimLine = ClaimLineInput.extend({ id: z.uuid() })
export type ClaimLine = z.infer<typeof ClaimLine>

export const OtherCoverage = z.strictObject({
  /** The patient's coverage that it was filled from; null when typed. */
  coverageId: CoverageId.nullable().default(null),
  kind: z.enum(['dental', 'medical']),
  holder: Text(120),
  birthDate: IsoDate.nullable(),
  gender: Gender,
  memberId: Text(40),
  groupNumber: Text(40),
  relation: Relation,
  insurer: Text(100),
  payerCode: Text(20),
})
export type OtherCoverage = z.infer<typeof OtherCoverage>
/** Item numbers stand behind each value. */
export const ClaimForm = z.strictObject({
  transaction: z.enum(['actual', 'predetermination', 'epsdt']), // 1
  predeterminationNumber: Text(60), // 2
  authorizationNumber: Text(60), // REF G1; printed in item 2 when no predetermination number
  payerName: Text(100),
  payerAddress: Address,
  payerCode: Text(20), // 3, 3a
  otherCoverage: OtherCoverage.nullable(), // 4-11a
  /** The form has room for one: all others, for the electronic claim and the summary. */
  furtherCoverages: z.array(OtherCoverage).max(9).default([]),
  subscriber: Person,
  memberId: Text(40),
  groupNumber: Text(40),
  employer: Text(100), // 12-17
  relation: Relation, // 18
  patient: Person,
  patientAccount: Text(40), // 20-23
  otherFeesCents: Fee, // 31a
  missingTeeth: z.array(z.string().regex(/^([1-9]|[12]\d|3[0-2])$/)).max(32), // 33
  diagnoses: z.array(IcdCode).max(4), // 34 (AB) and 34a
  remarks: Text(2000), // 35
  patientSignature: z.boolean(),
  patientSignatureOn: IsoDate.nullable(), // 36
  assignBenefits: z.boolean(), // 37
  placeOfService: z.enum(['02', '11', '12', '21', '22', '23', '24', '31', '32']), // 38
  enclosures: z.boolean(),
  attachmentNumber: Text(80), // 39, NEA# first in remarks
  lastScalingOn: IsoDate.nullable(), // 39a
  orthodontic: z.boolean(),
  appliancePlacedOn: IsoDate.nullable(),
  monthsOfTreatment: z.number().int().min(1).max(99).nullable(), // 40-42
  replacement: z.boolean(),
  priorPlacementOn: IsoDate.nullable(), // 43-44
  accident: z
    .strictObject({ cause: z.enum(['work', 'auto', 'other']), on: IsoDate.nullable(), state: Text(2) })
    .nullable(), // 45-47
  billing: z.strictObject({
    name: Text(100),
    address: Address,
    npi: Text(10),
    license: Text(40),
    taxId: Text(11),
    phone: Text(25),
  }), // 48-52
  treating: z.strictObject({
    firstName: Text(60),
    lastName: Text(60),
    npi: Text(10),
    license: Text(40),
    taxonomy: Text(10),
    locum: z.boolean(),
  }), // 53-56a
  treatmentAddress: Address,
  treatmentPhone: Text(25), // 56, 57
})
export type ClaimForm = z.infer<typeof ClaimForm>

/** One readable problem of a claim, with the field that mends it. */
export const ClaimFinding = z.strictObject({
  id: z.string(),
  severity: z.enum(['block', 'warn', 'info']),
  /** Path into the form, such as `lines.0.tooth` or `billing.npi`. */
  field: z.string(),
  message: z.string(),
  source: z.string(),
  /** Of the guide's rules; what the form itself asks for needs none. */
  confidence: Confidence.optional(),
})
export type ClaimFinding = z.infer<typeof ClaimFinding>

export const Claim = z.strictObject({
  id: ClaimId,
  caseId: CaseId,
  number: z.string(), // CLM01: at most 20 characters, unique per submission
  state: ClaimState,
  coverageId: CoverageId.nullable(),
  authorizationId: AuthorizationId.nullable(),
  form: ClaimForm,
  lines: z.array(ClaimLine),
  totalCents: Fee,
  sentOn: IsoDate.nullable(),
  channel: Channel.nullable(),
  sendReason: z.string(),
  frequency: z.enum(['original', 'replacement', 'void']),
  replacesId: ClaimId.nullable(),
  payerClaimNumber: z.string(),
  findings: z.array(ClaimFinding),
  history: z.array(z.strictObject({ event: z.string(), on: IsoDate, at: Instant, user: z.string(), note: z.string() })),
  version: z.number().int(),
})
export type Claim = z.infer<typeof Claim>
