// A remittance file (835) as read: payments, claims, lines, with every amount in integer cents or null when unreadable.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { X12Warning } from './warnings.ts'

const Amount = z.number().int().nullable()
const Day = IsoDate.nullable()

/** CAS: what lowers (positive) or raises (negative) a payment. Group as sent: CO, PR, OA, PI, in 4010 also CR. */
export const EraAdjustment = z.strictObject({ group: z.string(), carc: z.string(), cents: Amount })
export type EraAdjustment = z.infer<typeof EraAdjustment>

export const EraLine = z.strictObject({
  /** The adjudicated code, SVC01; `submittedCode` (SVC06) only where the payer changed it. */
  code: z.string(),
  submittedCode: z.string().nullable(),
  /** The 835 names no tooth: known once the line is matched to ours. */
  tooth: z.string().nullable(),
  chargeCents: Amount,
  paidCents: Amount,
  /** AMT*B6 as the payer says it; compared, not trusted. */
  allowedCents: Amount,
  units: z.number().nullable(),
  serviceDate: Day,
  /** REF*6R: our own line id. */
  lineId: z.string(),
  adjustments: z.array(EraAdjustment),
  remarks: z.array(z.string()),
  /** charge − Σ adjustments − paid; null when an amount is unreadable. */
  differenceCents: Amount,
})
export type EraLine = z.infer<typeof EraLine>

const Name = z.strictObject({ lastName: z.string(), firstName: z.string(), memberId: z.string() })
export type EraName = z.infer<typeof Name>

export const EraClaim = z.strictObject({
  /** CLP01, our claim number as the payer gives it back. */
  claimId: z.string(),
  /** CLP07, needed on a replacement or void. */
  payerClaimId: z.string(),
  /** CLP02 as sent. */
  status: z.string(),
  chargeCents: Amount,
  paidCents: Amount,
  /** CLP05; 0 when not sent. */
  patientCents: Amount,
  patientStated: z.boolean(),
  filing: z.string(),
  frequency: z.string(),
  patient: Name,
  subscriber: Name.nullable(),
  corrected: z.boolean(),
  /** NM1*TT: the payer this claim was sent on to. */
  forwardedTo: z.string(),
  renderingNpi: z.string(),
  authorizationNumber: z.string(),
  predeterminationNumber: z.string(),
  serviceFrom: Day,
  serviceTo: Day,
  receivedOn: Day,
  adjustments: z.array(EraAdjustment),
  remarks: z.array(z.string()),
  lines: z.array(EraLine),
  /** charge − all adjustments − paid; null when an amount is unreadable. */
  differenceCents: Amount,
  balanced: z.boolean(),
  /** Where its CLP stands in the file, from 1. */
  segment: z.number().int(),
})
export type EraClaim = z.infer<typeof EraClaim>

/** PLB: positive lowers the check, negative raises it. */
export const ProviderAdjustment = z.strictObject({
  reason: z.string(),
  reference: z.string(),
  cents: Amount,
  providerNpi: z.string(),
  periodEnd: Day,
})
export type ProviderAdjustment = z.infer<typeof ProviderAdjustment>

export const EraHeader = z.strictObject({
  payer: z.string(),
  /** Every id the payer gives itself: XV, 2U, TIN behind TRN03, EO, HI, NF. */
  payerIds: z.array(z.string()),
  payerTaxId: z.string(),
  payerPhone: z.string(),
  payee: z.string(),
  payeeNpi: z.string(),
  payeeTaxId: z.string(),
  trace: z.string(),
  /** BPR04: ACH, CHK, FWT, BOP, NON. */
  method: z.string(),
  /** BPR01: I, C, D, H, P, U, X. */
  handling: z.string(),
  /** BPR03 is D: the money is drawn, not sent. Absent in what was read before it was looked at. */
  isDebit: z.boolean().default(false),
  amountCents: Amount,
  date: Day,
  producedOn: Day,
  /** Last four characters of the receiving account. */
  accountEnd: z.string(),
  version: z.string(),
  isTest: z.boolean(),
  segment: z.number().int(),
})
export type EraHeader = z.infer<typeof EraHeader>

const EraTotals = z.strictObject({
  providerAdjustments: z.array(ProviderAdjustment),
  /** Σ paid − Σ provider adjustments − amount; null when an amount is unreadable. */
  differenceCents: Amount,
  balanced: z.boolean(),
  claimCount: z.number().int(),
})

export const EraPayment = EraHeader.extend(EraTotals.shape).extend({ claims: z.array(EraClaim) })
export type EraPayment = z.infer<typeof EraPayment>

/** A whole file in memory: for previews. Large files are read event by event. */
export const Era = z.strictObject({ payments: z.array(EraPayment), warnings: z.array(X12Warning) })
export type Era = z.infer<typeof Era>

/** What the reader meets, in order: a payment, its claims, its end. */
export type EraEvent =
  | { type: 'payment'; header: EraHeader }
  | { type: 'claim'; claim: EraClaim }
  | { type: 'end'; totals: z.infer<typeof EraTotals> }
