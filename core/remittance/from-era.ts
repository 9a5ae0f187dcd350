// A claim of a remittance file as an EOB of ours: the same lines, every adjustment kept, nothing added to make it balance.
import type { ClaimLine } from '../claim/schema.ts'
import type { IsoDate } from '../dates.ts'
import type { ClaimId } from '../ids.ts'
import { type Cents, sumCents } from '../money.ts'
import { sumOf } from '../x12/era-claim.ts'
import type { EraAdjustment, EraClaim, EraLine } from '../x12/era-schema.ts'
import { Adjustment, AdjustmentGroup, Rarc, RemittanceInput, type RemittanceLineInput } from './schema.ts'

/** A line of a claim or request of ours. */
type OurLine = Pick<ClaimLine, 'code' | 'tooth' | 'feeCents' | 'quantity'> &
  Partial<Pick<ClaimLine, 'area' | 'surfaces' | 'serviceDate'>>
/** A line of the payer's answer. */
type Theirs = Omit<EraLine, 'tooth' | 'differenceCents'>

export interface OurClaim {
  id: ClaimId
  number: string
  lines: readonly (OurLine & Pick<ClaimLine, 'id'>)[]
}
export interface PaymentFacts {
  trace: string
  method: string
  date: IsoDate | null
  producedOn: IsoDate | null
}
/** `doubt`: why a person looks before it is posted. */
export type FromEra = { input: RemittanceInput; doubt: string | null } | { reason: string }

/** Parts of one claim that a payer wrote as several (MOA MA15, or one for each service), as the one decision they are. */
export function joinParts(parts: readonly EraClaim[]): EraClaim {
  const [first] = parts
  if (!first) throw new RangeError('A decision has at least one part.')
  if (parts.length === 1) return first
  const sum = (pick: (part: EraClaim) => number | null) => sumOf(parts, pick)
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
export const REVERSAL = '22'

const METHODS: Readonly<Record<string, RemittanceInput['method']>> = {
  ACH: 'eft',
  FWT: 'eft',
  BOP: 'eft',
  CHK: 'check',
  NON: 'none',
}

const chargeOf = ({ feeCents, quantity }: OurLine): Cents => feeCents * quantity
/** A reversal names its charge below zero. */
const chargedIn = ({ chargeCents }: Theirs): Cents => Math.abs(chargeCents ?? 0)
/** Lines of ours that differ in nothing a payer decides by are one as good as the other. */
const placeOf = ({ tooth, area, surfaces, serviceDate }: OurLine) =>
  JSON.stringify([tooth, area, surfaces, serviceDate])
const decisionOf = ({ paidCents, allowedCents, units, adjustments, remarks }: Theirs) =>
  JSON.stringify([
    paidCents,
    allowedCents,
    units,
    adjustments.map((one) => JSON.stringify(one)).sort(),
    [...remarks].sort(),
  ])

/**
 * Our line behind each line of the file, null where none fits. Without ids, lines of one code and charge go in their order.
 * @returns `doubt`: why a person looks first, where that order would be a guess
 */
export function pairLines<Line extends OurLine>(
  { number, lines }: { number: string; lines: readonly Line[] },
  theirs: readonly Theirs[],
): { ours: (Line | null)[]; doubt: string | null } {
  const places = theirs.map(({ lineId }) => {
    const control = readLineControl(lineId)
    return control?.number === number.toUpperCase() ? control.place : null
  })
  const ours = places.map((place) => (place === null ? null : (lines[place - 1] ?? null)))
  const codes = theirs.map(({ submittedCode, code }) =>
    submittedCode !== null && lines.some((one) => one.code === submittedCode) ? submittedCode : code,
  )
  const unclear = new Set<string>()
  for (const [at, line] of theirs.entries()) {
    if (places[at] !== null) continue
    const code = codes[at]!
    const same = lines.filter((one) => one.code === code)
    const open = fitting(
      same.filter((one) => !ours.includes(one)),
      line,
    )
    ours[at] = open[0] ?? wholeOf(same, line)
    if (new Set(open.map(placeOf)).size < 2) continue
    const rest = theirs.filter(
      (one, index) =>
        index >= at &&
        places[index] === null &&
        codes[index] === code &&
        chargedIn(one) === chargedIn(line) &&
        one.serviceDate === line.serviceDate,
    )
    if (rest.length !== open.length || new Set(rest.map(decisionOf)).size > 1) unclear.add(code)
  }
  const doubt = `It is not clear which line each ${[...unclear].join(', ')} is: the file names neither line nor tooth, and does not decide all of them alike.`
  return { ours, doubt: unclear.size > 0 ? doubt : null }

  /** A payer may split one service over several lines, as far as its charge goes. */
  function wholeOf(same: readonly Line[], line: Theirs): Line | null {
    const billed = (one: Line) => sumCents(theirs.filter((_, at) => ours[at] === one).map(chargedIn))
    const wholes = same.filter((one) => chargedIn(line) > 0 && billed(one) + chargedIn(line) <= chargeOf(one))
    return wholes.length === 1 ? wholes[0]! : null
  }
}

/** Lines of one code that this may be: those of its charge, and of its day where the file tells it; else the only one. */
function fitting<Line extends OurLine>(same: readonly Line[], line: Theirs): readonly Line[] {
  const exact = same.filter((one) => chargeOf(one) === chargedIn(line))
  if (exact.length === 0) return same.length === 1 ? same : []
  const dated = exact.filter((one) => one.serviceDate === line.serviceDate)
  return dated.length > 0 ? dated : exact
}

/**
 * The EOB to post, or why a person has to enter it. What it pays is CLP04, whatever the lines say.
 * @param today the day it is received; a payment dated later counts from its production date
 */
export function fromEra(era: EraClaim, claim: OurClaim, payment: PaymentFacts, today: IsoDate): FromEra {
  const isReadable = era.differenceCents !== null
  if (!isReadable) return { reason: 'An amount in the file cannot be read: enter this EOB by hand.' }
  if (era.status === REVERSAL && ((era.chargeCents ?? 0) > 0 || (era.paidCents ?? 0) > 0))
    return { reason: 'It reverses a payment, but its amounts would add one: enter this EOB by hand.' }
  const lines = era.lines.length > 0 ? era.lines : onlyLine(era, claim)
  if (!lines) return { reason: 'The file names no lines: enter this EOB by hand.' }
  const odd = lines.find((line) => !/^D\d{4}$/.test(line.code))
  if (odd) return { reason: `${odd.code || 'A line'} is not a dental code: enter this EOB by hand.` }
  // On a single line the claim’s own adjustments and payment can only be that line’s.
  const isSingle = lines.length === 1
  const paidCents = era.paidCents ?? 0
  const all = [...era.adjustments, ...lines.flatMap((line) => line.adjustments)]
  const wrong = all.find((one) => !Adjustment.safeParse(one).success)
  if (wrong) return { reason: `${wrong.group}-${wrong.carc} is not a known adjustment: enter this EOB by hand.` }
  const { ours, doubt } = pairLines(claim, lines)
  const read = lines.map((line, at) => {
    const decided = toLine(line, ours[at]!, isSingle ? era.adjustments : [], at === 0 ? era.remarks : [])
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
    // A file tells interest and its balance by the payment (PLB L6).
    interestCents: 0,
    withheldCents: 0,
    checkTotalCents: null,
    note: '',
  }
  if (!RemittanceInput.safeParse(input).success)
    return { reason: 'It has more lines, adjustments or money than an EOB here holds: enter it by hand.' }
  return { input, doubt: doubt && `${doubt} They are matched in the order listed.` }
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
