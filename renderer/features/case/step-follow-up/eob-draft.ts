// An EOB while it is typed: fields may still be empty. Becomes a RemittanceInput for preview and post.
import type { Claim } from '#core/claim/schema.ts'
import type { InputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import { type Cents, sumCents } from '#core/money.ts'
import type { AdjustmentGroup, Remittance } from '#core/remittance/schema.ts'

export interface AdjustmentDraft {
  group: AdjustmentGroup
  carc: string | null
  cents: Cents | null
}
/** Why money is not paid, and who bears it. */
export interface Reason {
  group: AdjustmentGroup
  carc: string
}
export interface LineDraft {
  claimLineId: string
  code: string
  /** As the claim reported it. */
  reported: string
  tooth: string | null
  billedCents: Cents
  allowedCents: Cents | null
  deductibleCents: Cents | null
  coinsuranceCents: Cents | null
  paidCents: Cents | null
  /** What the rest is for that the amounts do not explain. */
  reason: Reason | null
  adjustments: AdjustmentDraft[]
  /** True once somebody typed an adjustment: then nothing is computed any more. */
  byHand: boolean
  remarks: string[]
}
export interface EobDraft {
  eobDate: IsoDate | null
  receivedOn: IsoDate | null
  payerClaimNumber: string
  paymentNumber: string
  method: Remittance['method']
  interestCents: Cents | null
  withheldCents: Cents | null
  checkTotalCents: Cents | null
  appealDays: string
  informationDueOn: IsoDate | null
  note: string
  lines: LineDraft[]
}
export type EobInput = InputOf<'remittance.post'>['remittance']

/** An empty EOB for a claim: its lines and fees stand already. */
export function emptyEob(claim: Claim, today: IsoDate): EobDraft {
  return {
    eobDate: null,
    receivedOn: today,
    payerClaimNumber: claim.payerClaimNumber,
    paymentNumber: '',
    method: 'check',
    interestCents: null,
    withheldCents: null,
    checkTotalCents: null,
    appealDays: '',
    informationDueOn: null,
    note: '',
    lines: claim.lines.map((line) => ({
      claimLineId: line.id,
      code: line.code,
      reported: line.code,
      tooth: line.tooth,
      billedCents: line.feeCents * line.quantity,
      allowedCents: null,
      deductibleCents: null,
      coinsuranceCents: null,
      paidCents: null,
      reason: null,
      adjustments: [],
      byHand: false,
      remarks: [],
    })),
  }
}

/**
 * What a line says by itself. The four amounts of an allowed line: CO 45 down to the allowed amount, PR 1 deductible,
 * PR 2 coinsurance; a line with nothing allowed has none of these. What they leave is for the reason that was picked.
 */
function fromAmounts(line: LineDraft): AdjustmentDraft[] {
  const all: AdjustmentDraft[] = [
    { group: 'CO', carc: '45', cents: line.billedCents - (line.allowedCents ?? 0) },
    { group: 'PR', carc: '1', cents: line.deductibleCents },
    { group: 'PR', carc: '2', cents: line.coinsuranceCents },
  ]
  const known = line.allowedCents ? all.filter((one) => one.cents !== null && one.cents > 0) : []
  const rest = restOf({ ...line, adjustments: known })
  return line.reason && rest > 0 ? [...known, { ...line.reason, cents: rest }] : known
}

/** What is billed, neither paid nor explained. */
const restOf = ({ billedCents, paidCents, adjustments }: LineDraft): Cents =>
  billedCents - (paidCents ?? 0) - sumCents(adjustments.map((one) => one.cents ?? 0))

/** Whether all of it is paid or explained, or nothing of it is on this EOB; an empty Paid is then 0. */
export const isBalanced = (line: LineDraft): boolean =>
  (line.adjustments.length > 0 || line.billedCents === 0) && restOf(line) === 0

/** Changes a line; as long as nobody typed an adjustment they follow the amounts. */
export function changeLine(line: LineDraft, part: Partial<LineDraft>): LineDraft {
  const next = { ...line, ...part }
  return next.byHand ? next : { ...next, adjustments: fromAmounts(next) }
}

const CARC = /^[A-Z]?\d{1,3}$/
const RARC = /^(M|MA|N)\d{1,3}$/
const CODE = /^D\d{4}$/

/** Whether a text looks like a standard reason code, known or not. */
export const isReasonCode = (text: string): boolean => CARC.test(text)

/** What is still missing or unreadable, by field path. */
export function missingIn(draft: EobDraft): Record<string, string> {
  const missing: Record<string, string> = {}
  if (!draft.eobDate) missing['eobDate'] = 'The date printed on the EOB: deadlines count from it'
  if (!draft.receivedOn) missing['receivedOn'] = 'The day it came in'
  if (draft.appealDays && !/^\d{1,3}$/.test(draft.appealDays)) missing['appealDaysOnLetter'] = 'A number of days'
  draft.lines.forEach((line, at) => {
    if (!CODE.test(line.code)) missing[`lines.${at}.code`] = 'A code looks like D3353'
    if (line.paidCents === null && !isBalanced(line))
      missing[`lines.${at}.paidCents`] = 'Type what was paid, or the reason why nothing was'
    line.adjustments.forEach((one, index) => {
      const path = `lines.${at}.adjustments.${index}`
      if (one.carc === null || !CARC.test(one.carc)) missing[`${path}.carc`] = 'A reason code looks like 45 or B15'
      if (one.cents === null) missing[`${path}.cents`] = 'The amount'
    })
    for (const remark of line.remarks)
      if (!RARC.test(remark)) missing[`lines.${at}.remarks`] = `${remark}: a remark code looks like N706`
  })
  return missing
}

/** The draft as the host takes it; what is not complete yet is left out, so that a preview is always possible. */
export function inputOf(draft: EobDraft, claimId: Claim['id'], today: IsoDate): EobInput {
  const days = /^\d{1,3}$/.test(draft.appealDays) ? Number(draft.appealDays) : 0
  return {
    claimId,
    eobDate: draft.eobDate ?? today,
    receivedOn: draft.receivedOn ?? today,
    payerClaimNumber: draft.payerClaimNumber,
    paymentNumber: draft.paymentNumber,
    method: draft.method,
    interestCents: draft.method === 'none' ? 0 : (draft.interestCents ?? 0),
    withheldCents: draft.method === 'none' ? 0 : (draft.withheldCents ?? 0),
    checkTotalCents: draft.method === 'none' ? null : draft.checkTotalCents,
    appealDaysOnLetter: days > 0 ? days : null,
    informationDueOn: draft.informationDueOn,
    note: draft.note,
    lines: draft.lines.map((line) => ({
      claimLineId: line.claimLineId,
      code: CODE.test(line.code) ? line.code : line.reported,
      submittedCode: CODE.test(line.code) && line.code !== line.reported ? line.reported : null,
      tooth: line.tooth,
      billedCents: line.billedCents,
      allowedCents: line.allowedCents,
      deductibleCents: line.deductibleCents ?? 0,
      coinsuranceCents: line.coinsuranceCents ?? 0,
      paidCents: line.paidCents ?? 0,
      adjustments: line.adjustments.flatMap(({ group, carc, cents }) =>
        carc !== null && CARC.test(carc) && cents !== null ? [{ group, carc, cents }] : [],
      ),
      remarks: line.remarks.filter((remark) => RARC.test(remark)),
    })),
  }
}
