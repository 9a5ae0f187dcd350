// Loop 2100 and 2110 of the 835: one claim and its lines, in whatever order a payer writes their segments.
import type { IsoDate } from '../dates.ts'
import { readAmount, readDay, readQuantity } from './amounts.ts'
import type { EraAdjustment, EraClaim, EraLine, EraName } from './era-schema.ts'
import { code, el, type Segment } from './segments.ts'
import type { Warn } from './warnings.ts'

const GROUPS = ['CO', 'PR', 'OA', 'PI']
/** Segments that may follow a CLP without being of use here. */
const INFORMATION = ['DTM', 'PER', 'AMT', 'QTY', 'REF', 'N1', 'N2', 'N3', 'N4', 'NTE']
/** 1–4, 19–23, 25 in 5010; the others occur in 4010 files. */
const STATUSES = ['1', '2', '3', '4', '5', '10', '13', '15', '16', '17', '19', '20', '21', '22', '23', '25', '27']
const UNSET = /^0*$/

/** An amount that must be there; says so when it cannot be read. */
export function amountOf(segment: Segment, number: number, warn: Warn): number | null {
  const cents = readAmount(el(segment, number))
  if (cents === null)
    warn('unreadable_amount', segment.index, `${segment.id}${String(number).padStart(2, '0')} is not an amount.`)
  return cents
}
export function dayOf(segment: Segment, text: string, warn: Warn): IsoDate | null {
  const day = readDay(text)
  // `00000000` stands for “no date”.
  if (day === null && !UNSET.test(text))
    warn('unreadable_date', segment.index, `${segment.id} holds a date that does not exist.`)
  return day
}
/** Adds the amounts of parts; null as soon as one is unreadable. */
export function sumOf<Part>(parts: readonly Part[], pick: (part: Part) => number | null): number | null {
  let sum = 0
  for (const part of parts) {
    const cents = pick(part)
    if (cents === null) return null
    sum += cents
  }
  return sum
}

/** CAS: up to six triplets with gaps between them. */
function readAdjustments(segment: Segment, isOld: boolean, warn: Warn): EraAdjustment[] {
  const group = code(segment, 1)
  if (!GROUPS.includes(group) && !(isOld && group === 'CR'))
    warn('unknown_group', segment.index, 'CAS01 is no known group.')
  const adjustments: EraAdjustment[] = []
  for (let at = 2; at < segment.at.length; at += 3) {
    const carc = code(segment, at)
    const amount = el(segment, at + 1)
    if (carc === '' && amount === '') continue
    if (carc === '' || amount === '')
      warn('adjustment_incomplete', segment.index, 'An adjustment lacks its reason or its amount.')
    adjustments.push({ group, carc, cents: amount === '' ? null : amountOf(segment, at + 1, warn) })
  }
  return adjustments
}

/** The code in a composite such as `AD:D3353`; a lone component is the code. */
function codeOf(segment: Segment, number: number): string {
  const [first = '', second] = el(segment, number).split(segment.delimiters.component, 2)
  return (second ?? first).trim().toUpperCase()
}
function nameOf(segment: Segment): EraName {
  return { lastName: el(segment, 3), firstName: el(segment, 4), memberId: el(segment, 9) }
}

/** Begins a claim at its CLP. */
export function beginClaim(segment: Segment, warn: Warn): EraClaim {
  const status = el(segment, 2)
  if (!STATUSES.includes(status)) warn('unknown_status', segment.index, 'CLP02 is no known claim status.')
  const chargeCents = amountOf(segment, 3, warn)
  const paidCents = amountOf(segment, 4, warn)
  if (chargeCents !== null && paidCents !== null) {
    if (status === '22' && chargeCents > 0) warn('odd_reversal', segment.index, 'A reversal carries a positive charge.')
    else if (chargeCents > 0 && paidCents < 0)
      warn('odd_reversal', segment.index, 'A positive charge is paid with a negative amount.')
  }
  return {
    claimId: el(segment, 1),
    payerClaimId: el(segment, 7),
    status,
    chargeCents,
    paidCents,
    patientCents: el(segment, 5) === '' ? 0 : amountOf(segment, 5, warn),
    patientStated: el(segment, 5) !== '',
    filing: el(segment, 6),
    frequency: el(segment, 9),
    patient: { lastName: '', firstName: '', memberId: '' },
    subscriber: null,
    corrected: false,
    forwardedTo: '',
    renderingNpi: '',
    authorizationNumber: '',
    predeterminationNumber: '',
    serviceFrom: null,
    serviceTo: null,
    receivedOn: null,
    adjustments: [],
    remarks: [],
    lines: [],
    differenceCents: null,
    balanced: false,
    segment: segment.index,
  }
}

/** Adds one segment behind a CLP. `isOld`: a 4010 file, which knows one group more. */
export function addToClaim(claim: EraClaim, segment: Segment, isOld: boolean, warn: Warn): void {
  const line = claim.lines.at(-1)
  switch (segment.id) {
    case 'SVC':
      claim.lines.push(openLine(segment, warn))
      break
    case 'CAS':
      ;(line ?? claim).adjustments.push(...readAdjustments(segment, isOld, warn))
      break
    case 'NM1':
      PARTIES[code(segment, 1)]?.(claim, segment)
      break
    case 'MIA':
      addRemarks(claim.remarks, segment, [5, 20, 21, 22, 23])
      break
    case 'MOA':
      addRemarks(claim.remarks, segment, [3, 4, 5, 6, 7])
      break
    case 'LQ':
      if (code(segment, 1) === 'HE') addRemarks((line ?? claim).remarks, segment, [2])
      break
    case 'REF':
      addReference(claim, line, segment)
      break
    case 'DTM':
      addDate(claim, line, segment, warn)
      break
    case 'AMT':
      if (line && code(segment, 1) === 'B6') line.allowedCents = amountOf(segment, 2, warn)
      break
    default:
      if (!INFORMATION.includes(segment.id))
        warn('unknown_segment', segment.index, `${segment.id} has no place in a remittance and is left out.`)
  }
}

function openLine(segment: Segment, warn: Warn): EraLine {
  const adjudicated = codeOf(segment, 1)
  const submitted = codeOf(segment, 6)
  const units = el(segment, 5)
  const count = units === '' ? 1 : readQuantity(units)
  if (count === null) warn('unreadable_quantity', segment.index, 'SVC05 is not a count.')
  return {
    code: adjudicated,
    submittedCode: submitted !== '' && submitted !== adjudicated ? submitted : null,
    tooth: null,
    chargeCents: amountOf(segment, 2, warn),
    paidCents: amountOf(segment, 3, warn),
    allowedCents: null,
    units: count,
    serviceDate: null,
    lineId: '',
    adjustments: [],
    remarks: [],
    differenceCents: null,
  }
}

/** What a party (NM101) says of a claim. */
const PARTIES: Readonly<Record<string, (claim: EraClaim, segment: Segment) => void>> = {
  QC: (claim, segment) => (claim.patient = nameOf(segment)),
  IL: (claim, segment) => (claim.subscriber = nameOf(segment)),
  '74': (claim) => (claim.corrected = true),
  '82': (claim, segment) => (claim.renderingNpi = el(segment, 9)),
  TT: (claim, segment) => (claim.forwardedTo = el(segment, 3)),
}
function addRemarks(remarks: string[], segment: Segment, places: readonly number[]): void {
  for (const at of places) {
    const upper = el(segment, at).toUpperCase()
    if (upper !== '' && !remarks.includes(upper)) remarks.push(upper)
  }
}
function addReference(claim: EraClaim, line: EraLine | undefined, segment: Segment): void {
  const [qualifier, value] = [code(segment, 1), el(segment, 2)]
  if (qualifier === '6R' && line) line.lineId = value
  if (qualifier === 'G1') claim.authorizationNumber ||= value
  if (qualifier === 'G3') claim.predeterminationNumber ||= value
}
function addDate(claim: EraClaim, line: EraLine | undefined, segment: Segment, warn: Warn): void {
  const day = dayOf(segment, el(segment, 2), warn)
  if (day === null) return
  const qualifier = code(segment, 1)
  if (qualifier === '472' || qualifier === '150') {
    if (line) line.serviceDate = day
    else claim.serviceFrom ??= day
  }
  if (qualifier === '151' && line) line.serviceDate ??= day
  if (qualifier === '232') claim.serviceFrom = day
  if (qualifier === '233') claim.serviceTo = day
  if (qualifier === '050') claim.receivedOn = day
}

/** Computes what the amounts leave over, line by line and for the claim (x12.md “Balancing”). */
export function closeClaim(claim: EraClaim, warn: Warn): void {
  for (const line of claim.lines) {
    line.serviceDate ??= claim.serviceFrom ?? claim.serviceTo
    line.differenceCents = differenceOf(line, [line])
    if (line.differenceCents !== 0 && line.differenceCents !== null)
      warn('line_unbalanced', claim.segment, 'A line does not add up: charge less adjustments is not what was paid.')
  }
  const parts = [claim, ...claim.lines]
  const charges = sumOf(claim.lines, (line) => line.chargeCents)
  if (claim.lines.length > 0 && charges !== null && claim.chargeCents !== null && charges !== claim.chargeCents)
    warn('line_charges_differ', claim.segment, 'The charges of the lines do not add up to that of the claim.')
  const difference = differenceOf(claim, parts)
  const isReadable = claim.patientCents !== null && claim.lines.every((line) => line.differenceCents !== null)
  claim.differenceCents = isReadable ? difference : null
  claim.balanced = claim.differenceCents === 0
  if (difference !== 0 && difference !== null)
    warn('claim_unbalanced', claim.segment, 'A claim does not add up: charge less adjustments is not what was paid.')
  const patient = patientShareOf(claim)
  const isStated = claim.patientStated && claim.status !== '22' && claim.patientCents !== null
  if (isStated && patient !== null && patient !== claim.patientCents)
    warn('patient_share_differs', claim.segment, 'The patient’s share is not the sum of its PR amounts.')
}
/** What its PR amounts leave to the patient, whatever the sum in the file (CLP05) says; null when one is unreadable. */
export function patientShareOf(claim: EraClaim): number | null {
  return adjusted([claim, ...claim.lines], (one) => (one.group === 'PR' ? one.cents : 0))
}
type Part = Pick<EraLine, 'chargeCents' | 'paidCents' | 'adjustments'>
const adjusted = (parts: readonly Part[], pick: (one: EraAdjustment) => number | null) =>
  sumOf(parts, (part) => sumOf(part.adjustments, pick))
function differenceOf({ chargeCents, paidCents }: Part, parts: readonly Part[]): number | null {
  const taken = adjusted(parts, (one) => one.cents)
  return chargeCents === null || paidCents === null || taken === null ? null : chargeCents - taken - paidCents
}
