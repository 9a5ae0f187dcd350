// People and their insurance: patients, payers, plans, coverages.
import * as z from 'zod'
import { BENEFIT_CLASSES, Benefit, CodeBenefit } from './coverage/benefit-class.ts'
import { Fee } from './money.ts'
import { IsoDate } from './dates.ts'
import { CoverageId, FeeScheduleId, PatientId, PayerId, PlanId } from './ids.ts'
import { Address, blankOr, Email, Phone } from './office.ts'
import { phoneDigits } from './phone.ts'

const Name = z.string().trim().max(60)
/** M, F or U as on the ADA form, items 14 and 22. */
export const Gender = z.enum(['M', 'F', 'U'])

export const PatientInput = z.strictObject({
  lastName: Name.min(1, 'Last name is required'),
  firstName: Name.min(1, 'First name is required'),
  birthDate: IsoDate,
  gender: Gender.default('U'),
  address: Address.default({ street: '', city: '', state: '', zip: '' }),
  phone: blankOr(Phone).default(''),
  mobile: blankOr(Phone).default(''),
  email: blankOr(Email).default(''),
  /** Who is responsible for the bill, when not the patient. */
  guarantor: z.string().trim().max(120).default(''),
  /** The number in the practice management system; ADA form item 23. */
  externalId: z.string().trim().max(40).default(''),
  note: z.string().trim().max(500).default(''),
})
export type PatientInput = z.infer<typeof PatientInput>
export const Patient = PatientInput.extend({ id: PatientId, version: z.number().int() })
export type Patient = z.infer<typeof Patient>

/** Voided: entered by mistake. Merged: all that was theirs stands with another patient now. */
export const Standing = z.enum(['active', 'voided', 'merged'])

type Named = Pick<PatientInput, 'lastName' | 'firstName'>
const letters = (text: string) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
/** A name by its letters alone: capitals, accents, spaces, hyphens and apostrophes make no other person. */
export const nameKey = ({ lastName, firstName }: Named) => `${letters(lastName)}, ${letters(firstName)}`

/** A payer by the letters and digits of its name: what people write differently makes no other one. */
export const payerKey = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** How somebody on file is like the one who is typed: most alike first. */
export const LIKENESS = ['same', 'birth_date', 'name', 'phone'] as const
export const Likeness = z.enum(LIKENESS)
export type Likeness = z.infer<typeof Likeness>
type Reached = Named & Pick<PatientInput, 'phone' | 'mobile'> & { birthDate: IsoDate | null }

/** Why two may be one person; null when nothing says so. A family shares its phone: there the first name has to begin alike. */
export function likenessOf(typed: Reached, known: Reached): Likeness | null {
  const isBorn = typed.birthDate !== null && typed.birthDate === known.birthDate
  const start = (name: string) => letters(name).slice(0, 3)
  const begins = (key: keyof Named) => start(typed[key]) !== '' && start(typed[key]) === start(known[key])
  const isNamed = nameKey(typed) === nameKey(known)
  if (isNamed && isBorn) return 'same'
  if (isBorn && (begins('lastName') || begins('firstName'))) return 'birth_date'
  if (isNamed) return 'name'
  const reach = ({ phone, mobile }: Reached) => [phone, mobile].flatMap((one) => phoneDigits(one) ?? [])
  const isReached = reach(typed).some((one) => reach(known).includes(one))
  return isReached && begins('firstName') ? 'phone' : null
}

const PayerKind = z.enum(['commercial', 'medicaid', 'medicare', 'other'])
export const PayerInput = z.strictObject({
  name: z.string().trim().min(1, 'Payer name is required').max(100),
  /** Electronic payer ID; ADA form item 3a. */
  payerCode: z.string().trim().max(20).default(''),
  kind: PayerKind.default('commercial'),
  address: Address.default({ street: '', city: '', state: '', zip: '' }),
  phone: blankOr(Phone).default(''),
  portal: z.string().trim().max(200).default(''),
  /** The shipped program whose rules hold, or empty. */
  rulesKey: z.string().trim().max(60).default(''),
  reportingMode: z.enum(['phased', 'final_only']).default('phased'),
  /** Where the payer’s data come from, in the office's words. */
  source: z.string().trim().max(300).default(''),
})
export type PayerInput = z.infer<typeof PayerInput>
export const Payer = PayerInput.extend({ id: PayerId, version: z.number().int() })
export type Payer = z.infer<typeof Payer>

export const PlanInput = z.strictObject({
  payerId: PayerId,
  name: z.string().trim().min(1, 'Plan name is required').max(100),
  groupNumber: z.string().trim().max(40).default(''),
  /** Capitation: the plan pays a monthly sum per member, the patient the copay (DHMO). */
  network: z.enum(['in', 'out', 'capitation', 'unknown']).default('unknown'),
  /** The contract's fees that it pays by in network; null = none on file. */
  feeScheduleId: FeeScheduleId.nullable().default(null),
  /** The month in which its benefit year begins; null = not known: counted by the calendar year. */
  benefitYearMonth: z.number().int().min(1).max(12).nullable().default(null),
  annualMaxCents: Fee.nullable().default(null),
  deductibleCents: Fee.nullable().default(null),
  /** For the whole family in a benefit year; null = none known. */
  familyDeductibleCents: Fee.nullable().default(null),
  familyMaxCents: Fee.nullable().default(null),
  /** The lifetime maximum for orthodontics, which uses nothing of the year's; null = not known. */
  orthodonticMaxCents: Fee.nullable().default(null),
  /** What the plan pays of endodontic services, 0–100; null = unknown. */
  endoPercent: z.number().int().min(0).max(100).nullable().default(null),
  /** The other classes, and deductible and waiting period of all. */
  benefits: z
    .array(Benefit)
    .max(BENEFIT_CLASSES.length)
    .refine((all) => new Set(all.map(({ of }) => of)).size === all.length, 'A class is listed twice')
    .default([]),
  codeBenefits: z
    .array(CodeBenefit)
    .max(50)
    .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, 'A code is listed twice')
    .default([]),
})
export type PlanInput = z.infer<typeof PlanInput>
export const Plan = PlanInput.extend({ id: PlanId, version: z.number().int(), payerName: z.string() })
export type Plan = z.infer<typeof Plan>

export const Relation = z.enum(['self', 'spouse', 'child', 'other'])
export type Relation = z.infer<typeof Relation>
/** Who pays first, second, third, fourth. */
export const PLAN_ORDERS = ['primary', 'secondary', 'tertiary', 'fourth'] as const
export type PaymentOrder = (typeof PLAN_ORDERS)[number]
export const CoverageInput = z.strictObject({
  patientId: PatientId,
  planId: PlanId,
  order: z.enum(PLAN_ORDERS).default('primary'),
  memberId: z.string().trim().min(1, 'Member ID is required').max(40),
  relation: Relation.default('self'),
  /** The subscriber; the patient's own data when relation is `self`. */
  subscriber: z.strictObject({
    lastName: Name,
    firstName: Name,
    birthDate: IsoDate.nullable(),
    gender: Gender,
    employer: z.string().trim().max(100),
    address: Address,
  }),
  validFrom: IsoDate.nullable().default(null),
  validTo: IsoDate.nullable().default(null),
})
export type CoverageInput = z.infer<typeof CoverageInput>
export const Coverage = CoverageInput.extend({
  id: CoverageId,
  version: z.number().int(),
  payerId: PayerId,
  payerName: z.string(),
  planName: z.string(),
  groupNumber: z.string(),
})
export type Coverage = z.infer<typeof Coverage>

/** Patients in the order of their names: lower-case `last, first` and the id, so that it is one person’s alone. */
export function sortNameOf({ id, lastName, firstName }: Pick<Patient, 'id' | 'lastName' | 'firstName'>): string {
  return `${lastName}, ${firstName} ${id}`.toLowerCase()
}
