// A claim of a remittance file as an EOB of ours: the same lines, every adjustment kept, nothing added to make it balance.
import type { ClaimLine } from '../claim/schema.ts'
import type { IsoDate } from '../dates.ts'
import type { ClaimId } from '../ids.ts'
import { sumCents } from '../money.ts'
import { sumOf } from '../x12/era-claim.ts'
import type { EraAdjustment, EraClaim, EraLine } from '../x12/era-schema.ts'
import { Adjustment, AdjustmentGroup, Rarc, RemittanceInput, type RemittanceLineInput } from './schema.ts'

export interface OurClaim {
  id: ClaimId
  number: string
  lines: readonly Pick<ClaimLine, 'id' | 'code' | 'tooth' | 'feeCents' | 'quantity'>[]
}
export interface PaymentFacts {
  trace: string
  method: string
  date: IsoDate | null
  producedOn: IsoDate | null
}
export type FromEra = { input: RemittanceInput } | { reason: string }

/** Parts of one claim that a payer wrote as several (MOA MA15, or one for each service), as the one decision they are. */
export function joinParts(parts: readonly EraClaim[]): EraClaim {
  const [first] = parts
  if (!first) throw new RangeError('A decision has at least one part.')
  if (parts.length === 1) return first
  const sum = (pick: (part: EraClaim) => number | null) => sumOf(parts.map(pick))
  const differenceCents = sum((part) => part.differenceCents)
  return {
    ...first,
    chargeCents: sum((part) => part.chargeCents),
    paidCents: sum((part) => part.paidCents),
    patientCents: sum((part) => part.patientCents),
    adjustments: parts.flatMap((part) => part.adjustments),
    remarks: [...new Set(parts.flatMap((part) => part.remarks))],
    lines: parts.flatMap((part) => part.lines),
    differenceCents,
    balanced: differenceCents === 0,
  }
}

/** REF*6R of our line: the claim’s number and its place, from 1. At most 30 characters. */
export function lineControl(number: string, place: number): string {
  return `${number}-${place}`
}
/** Claim number and place behind a REF*6R, or null when it is not one of ours. */
export function readLineControl(text: string): { number: string; place: number } | null {
  const match = /^(.{3,26})-(\d{1,3})$/.exec(text.trim())
  return match ? { number: match[1]!.toUpperCase(), place: Number(match[2]) } : null
}

/** CLP02 of the reversal of an earlier decision: its amounts are negative (x12.md 2). */
const REVERSAL = '22'

const METHODS: Readonly<Record<string, RemittanceInput['method']>> = {
  ACH: 'eft',
  FWT: 'eft',
  BOP: 'eft',
  CHK: 'check',
  NON: 'none',
}

/** Which of our lines a line of the file is: by its id, else by code and charge, else by the code alone. */
export function findLine(claim: OurClaim, line: EraLine, taken: ReadonlySet<string>): OurClaim['lines'][number] | null {
  const control = readLineControl(line.lineId)
  if (control && control.number === claim.number.toUpperCase()) return claim.lines[control.place - 1] ?? null
  const codes = [line.submittedCode, line.code]
  const same = claim.lines.filter((one) => codes.includes(one.code) && !taken.has(one.id))
  const charge = Math.abs(line.chargeCents ?? 0)
  const exact = same.filter((one) => one.feeCents * one.quantity === charge)
  return exact[0] ?? (same.length === 1 ? same[0]! : null)
}

/**
 * The EOB to post, or why a person has to enter it. What it pays is CLP04, whatever the lines say.
 * @param today the day it is received; a payment dated later counts from its production date
 */
export function fromEra(era: EraClaim, claim: OurClaim, payment: PaymentFacts, today: IsoDate): FromEra {
  const isReadable = era.differenceCents !== null
  if (!isReadable) return { reason: 'An amount in the file cannot be read: enter this EOB by hand.' }
  if (era.status === REVERSAL && ((era.chargeCents ?? 0) > 0 || (era.paidCents ?? 0) > 0))
    return { reason: 'It takes a payment back, but its amounts would add one: enter this EOB by hand.' }
  const lines = era.lines.length > 0 ? era.lines : onlyLine(era, claim)
  if (!lines) return { reason: 'The file names no lines: enter this EOB by hand.' }
  const odd = lines.find((line) => !/^D\d{4}$/.test(line.code))
  if (odd) return { reason: `${odd.code || 'A line'} is not a dental code: enter this EOB by hand.` }
  // On a single line the claim’s own adjustments and payment can only be that line’s.
  const isSingle = lines.length === 1
  const paidCents = era.paidCents ?? 0
  const all = [...era.adjustments, ...lines.flatMap((line) => line.adjustments)]
  const wrong = all.find((one) => !Adjustment.safeParse(one).success)
  if (wrong) return { reason: `${wrong.group}-${wrong.carc} is no known adjustment: enter this EOB by hand.` }
  const taken = new Set<string>()
  const read = lines.map((line, at) => {
    const ours = findLine(claim, line, taken)
    if (ours) taken.add(ours.id)
    const decided = toLine(line, ours, isSingle ? era.adjustments : [], at === 0 ? era.remarks : [])
    return isSingle ? { ...decided, paidCents } : decided
  })
  const day = [payment.date, payment.producedOn].find((on) => on !== null && on <= today) ?? today
  const input: RemittanceInput = {
    claimId: claim.id,
    eobDate: day,
    receivedOn: today,
    payerClaimNumber: era.payerClaimId.slice(0, 40),
    paymentNumber: payment.trace.slice(0, 40),
    method: METHODS[payment.method] ?? 'none',
    appealDaysOnLetter: null,
    informationDueOn: null,
    lines: read,
    adjustments: isSingle ? [] : era.adjustments.map(toAdjustment),
    paidAtClaimCents: paidCents - sumCents(read.map((line) => line.paidCents)),
    note: '',
  }
  if (!RemittanceInput.safeParse(input).success)
    return { reason: 'It has more lines, adjustments or money than an EOB here holds: enter it by hand.' }
  return { input }
}

/** Without lines in the file the decision is about the whole claim: exact where the claim has one line. */
function onlyLine(era: EraClaim, claim: OurClaim): EraLine[] | null {
  const [line] = claim.lines
  if (!line || claim.lines.length > 1) return null
  return [
    {
      code: line.code,
      submittedCode: null,
      tooth: null,
      chargeCents: era.chargeCents,
      paidCents: era.paidCents,
      allowedCents: null,
      units: 1,
      serviceDate: era.serviceFrom,
      lineId: '',
      adjustments: [],
      remarks: [],
      differenceCents: 0,
    },
  ]
}

function toAdjustment({ group, carc, cents }: EraAdjustment): Adjustment {
  return { group: AdjustmentGroup.parse(group), carc, cents: cents ?? 0 }
}
function toLine(
  line: EraLine,
  ours: OurClaim['lines'][number] | null,
  more: readonly EraAdjustment[],
  remarks: readonly string[],
): RemittanceLineInput {
  const adjustments = [...line.adjustments, ...more].map(toAdjustment)
  const sum = (carc: string) =>
    adjustments.filter((one) => one.group === 'PR' && one.carc === carc).reduce((total, one) => total + one.cents, 0)
  const isCdt = (code: string | null) => code !== null && /^D\d{4}$/.test(code)
  const changed = line.submittedCode ?? (ours && ours.code !== line.code ? ours.code : null)
  return {
    claimLineId: ours?.id ?? null,
    code: line.code,
    submittedCode: isCdt(changed) ? changed : null,
    tooth: ours?.tooth ?? null,
    billedCents: line.chargeCents ?? 0,
    allowedCents: line.allowedCents,
    deductibleCents: sum('1'),
    coinsuranceCents: sum('2'),
    paidCents: line.paidCents ?? 0,
    adjustments,
    remarks: [...new Set([...line.remarks, ...remarks])].filter((remark) => Rarc.safeParse(remark).success),
  }
}
