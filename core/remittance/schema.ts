// The EOB (paper) or ERA: what a payer decided, line by line, with every adjustment and remark kept.
import * as z from 'zod'
import { Cents, Fee } from '../money.ts'
import { Instant, IsoDate } from '../dates.ts'
import { ClaimId, RemittanceId } from '../ids.ts'
import { keysOf } from '../keys-of.ts'
import { CdtCode } from '../case/schema.ts'

/** CO contract, PR patient, PI payer's cut, OA other. Source: resdac.org ANSI table (domain.md 6). */
export const AdjustmentGroup = z.enum(['CO', 'PR', 'PI', 'OA'])
export type AdjustmentGroup = z.infer<typeof AdjustmentGroup>
export const Adjustment = z.strictObject({
  group: AdjustmentGroup,
  carc: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]?\d{1,3}$/, 'A reason code looks like 45 or B15'),
  cents: Cents,
})
export type Adjustment = z.infer<typeof Adjustment>
export const Rarc = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^(M|MA|N)\d{1,3}$/, 'A remark code looks like N706')

export const RemittanceLineInput = z.strictObject({
  claimLineId: z.uuid().nullable(),
  code: CdtCode,
  /** Differs from `code` when the payer changed it. */
  submittedCode: CdtCode.nullable(),
  tooth: z.string().max(3).nullable(),
  billedCents: Cents,
  allowedCents: Cents.nullable(),
  deductibleCents: Cents,
  coinsuranceCents: Cents,
  paidCents: Cents,
  adjustments: z.array(Adjustment).max(30),
  remarks: z.array(Rarc).max(20),
})
export type RemittanceLineInput = z.infer<typeof RemittanceLineInput>

export const RemittanceInput = z.strictObject({
  claimId: ClaimId,
  /** The date printed on the EOB: appeal deadlines count from it. */
  eobDate: IsoDate,
  receivedOn: IsoDate,
  payerClaimNumber: z.string().trim().max(40).default(''),
  paymentNumber: z.string().trim().max(40).default(''),
  method: z.enum(['check', 'eft', 'card', 'none']).default('check'),
  /** Days to appeal as printed on the letter, when it says so. */
  appealDaysOnLetter: z.number().int().min(1).max(730).nullable().default(null),
  informationDueOn: IsoDate.nullable().default(null),
  lines: z.array(RemittanceLineInput).min(1).max(50),
  /** What the payer wrote at the claim and at no line. */
  adjustments: z.array(Adjustment).max(30).default([]),
  /** What was paid for the claim less the sum of its lines: adjustments at the claim lower the payment and no line. */
  paidAtClaimCents: Cents.default(0),
  /** Interest in the check: the payer owes it to the office, and it is no part of what was paid for the services. */
  interestCents: Fee.default(0),
  /** What the payer kept back from the whole check, as for another claim that it overpaid; below 0: added to it. */
  withheldCents: Cents.default(0),
  /** What the whole check comes to, for all its EOBs; null: not said. */
  checkTotalCents: Fee.nullable().default(null),
  note: z.string().trim().max(500).default(''),
})
export type RemittanceInput = z.infer<typeof RemittanceInput>

export const LINE_OUTCOMES = [
  'paid',
  'partly_paid',
  'patient_only',
  'denied',
  'other_payer',
  'info_requested',
  'pended',
  'repeated',
  'reversed',
  'predetermined',
] as const
export const LineOutcome = z.enum(LINE_OUTCOMES)
export type LineOutcome = (typeof LINE_OUTCOMES)[number]

/** FIX correct and resubmit, INFO send papers, APP appeal, BILL patient, WO write off, VER verify, COB other payer, POST post only, WAIT wait. */
export const NextAction = z.enum(['FIX', 'INFO', 'APP', 'BILL', 'WO', 'VER', 'COB', 'POST', 'WAIT'])
export type NextAction = z.infer<typeof NextAction>
/** Why a payer denies, as the office says it. */
export const CAUSE_WORDS = {
  documentation: 'Documents missing',
  frequency: 'Frequency or limit',
  mismatch: 'Code or diagnosis does not fit',
  authorization: 'Authorization',
  bundling: 'Bundled into another service',
  not_covered: 'Not covered',
  timely: 'Filed too late',
  coordination: 'Other plan first',
  eligibility: 'Not eligible',
  other: 'Other',
}
export const DenialCause = z.enum(keysOf(CAUSE_WORDS))
export type DenialCause = z.infer<typeof DenialCause>

/** A reason or remark in plain words. */
export const ReasonMeaning = z.strictObject({
  code: z.string(),
  plain: z.string(),
  actions: z.array(NextAction),
  cause: DenialCause.nullable(),
  /** Alerts never make a denial by themselves. */
  alert: z.boolean(),
  retired: z.boolean(),
  known: z.boolean(),
  source: z.string(),
})
export type ReasonMeaning = z.infer<typeof ReasonMeaning>

export const RemittanceLine = RemittanceLineInput.extend({
  id: z.uuid(),
  outcome: LineOutcome,
  /** billed − Σ adjustments − paid; 0 when the line balances. */
  differenceCents: Cents,
  writeOffCents: Cents,
  patientCents: Cents,
  cause: DenialCause.nullable(),
  meanings: z.array(ReasonMeaning.extend({ group: AdjustmentGroup.nullable(), cents: Cents.nullable() })),
  /** What to do next, most useful first, in words. */
  advice: z.array(z.strictObject({ action: NextAction, text: z.string(), why: z.string() })),
})
export type RemittanceLine = z.infer<typeof RemittanceLine>
export const Remittance = RemittanceInput.extend({
  id: RemittanceId,
  payerClaimNumber: z.string(),
  paymentNumber: z.string(),
  method: z.enum(['check', 'eft', 'card', 'none']),
  appealDaysOnLetter: z.number().int().nullable(),
  informationDueOn: IsoDate.nullable(),
  note: z.string(),
  adjustments: z.array(Adjustment),
  paidAtClaimCents: Cents,
  interestCents: Cents,
  withheldCents: Cents,
  checkTotalCents: Cents.nullable(),
  lines: z.array(RemittanceLine),
  paidCents: Cents,
  patientCents: Cents,
  writeOffCents: Cents,
  differenceCents: Cents,
  expectedPlanCents: Cents.nullable(),
  /** Expected − what stands as paid on the claim, when this EOB completed it and beyond the tolerance of domain.md 10, else null. */
  shortfallCents: Cents.nullable(),
  outcome: LineOutcome,
  enteredBy: z.string(),
  enteredAt: Instant,
})
export type Remittance = z.infer<typeof Remittance>
