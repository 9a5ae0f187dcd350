// What a payer decided, derived from money and reasons, never from one flag (x12.md 2; domain.md 6, 10).
import type { IsoDate } from '../dates.ts'
import { type Cents, formatMoney, sumCents } from '../money.ts'
import type {
  DenialCause,
  LineOutcome,
  NextAction,
  RemittanceInput,
  RemittanceLine,
  RemittanceLineInput,
  Adjustment,
  AdjustmentGroup,
} from './schema.ts'
import { explain, type ReasonTables } from './tables.ts'

const INFORMATION: readonly string[] = ['163', '164', '226', '227', '250', '251', '252', 'B12']
/**
 * What a contract takes off at once, under CO alone: 24 capitation, 45 over the contract fee, 131 negotiated discount, 253 sequestration.
 * Closed: a code joins with a source only (X12 CARC list of 2026-08-17; architecture.md “Money is conserved”).
 */
const CONTRACT: readonly string[] = ['24', '45', '131', '253']
/** Deductible, coinsurance, copay, the earlier plans' share, paid to the patient, an estimate, a pend: no cut by the payer. */
const ORDINARY: readonly string[] = ['1', '2', '3', '23', '100', '101', '133']
/** The payer has this claim already: nothing is decided anew. */
const REPEATED: readonly string[] = ['18', 'B13']
/** Another payer comes first, or has the claim now: open, and no denial that could be appealed. */
const OTHER_PAYER: readonly string[] = ['22', '109', '270', '290', '291', 'B11']
/** The plan sent its payment to the patient, under whatever group. */
const PAID_TO_PATIENT = '100'

type LineMeaning = RemittanceLine['meanings'][number]

/** billed − Σ adjustments − paid; 0 when the line balances. */
export function differenceOf(line: Pick<RemittanceLineInput, 'billedCents' | 'paidCents' | 'adjustments'>): Cents {
  return line.billedCents - sumCents(line.adjustments.map((one) => one.cents)) - line.paidCents
}

/** Σ of one group. */
export function groupSum(line: Pick<RemittanceLineInput, 'adjustments'>, group: AdjustmentGroup): Cents {
  return sumCents(line.adjustments.filter((one) => one.group === group).map((one) => one.cents))
}

/** Reasons and remarks of a line in plain words, with their group and amount. */
function meaningsOf(tables: ReasonTables, line: Pick<RemittanceLineInput, 'adjustments' | 'remarks'>): LineMeaning[] {
  return [
    ...line.adjustments.map((one) => ({
      ...explain(tables, 'carc', one.carc, one.group),
      group: one.group,
      cents: one.cents,
    })),
    ...line.remarks.map((remark) => ({ ...explain(tables, 'rarc', remark), group: null, cents: null })),
  ]
}

const isContract = ({ group, carc }: Adjustment) => group === 'CO' && CONTRACT.includes(carc)
/** An ordinary share: the contract's, the patient's, another plan's. Over the contract fee under PR is balance billing. */
const isOrdinary = (one: Adjustment) =>
  ORDINARY.includes(one.carc) || isContract(one) || (one.group === 'PR' && one.carc === '45')

/** What a line took off that only a person can settle. */
export const openReasons = ({ adjustments }: Pick<RemittanceLineInput, 'adjustments'>): Adjustment[] =>
  adjustments.filter((one) => one.cents !== 0 && one.group !== 'PR' && !isOrdinary(one))

/** The outcome of a line. */
function outcomeOf(line: RemittanceLineInput, meanings: readonly LineMeaning[]): LineOutcome {
  if (line.billedCents < 0 || line.paidCents < 0) return 'reversed'
  // A reason of $0.00 beside others says nothing of its own.
  const speaking = line.adjustments.filter((one) => one.cents !== 0)
  const carcs = (speaking.length > 0 ? speaking : line.adjustments).map((one) => one.carc)
  if (carcs.includes('101')) return 'predetermined'
  const adverse = line.adjustments.filter((one) => one.cents > 0 && !isOrdinary(one))
  if (line.paidCents > 0) {
    const cut = adverse.length > 0 || (line.submittedCode !== null && line.submittedCode !== line.code)
    return cut ? 'partly_paid' : 'paid'
  }
  if (carcs.includes('133')) return 'pended'
  if (carcs.some((carc) => REPEATED.includes(carc))) return 'repeated'
  const asksPapers =
    carcs.some((carc) => INFORMATION.includes(carc)) ||
    (carcs.includes('16') &&
      meanings.some((meaning) => meaning.group === null && meaning.actions.includes('INFO') && !meaning.alert))
  if (asksPapers) return 'info_requested'
  if (carcs.some((carc) => OTHER_PAYER.includes(carc))) return 'other_payer'
  if (adverse.length > 0) return 'denied'
  if (patientOf(line.adjustments) > 0) return 'patient_only'
  // Nothing charged, or the contract and the plans before took all of it.
  return line.billedCents === 0 || line.adjustments.length > 0 ? 'paid' : 'denied'
}

/** The cause of an adverse line; a remark says more than the reason it belongs to. Alerts never make a denial. */
function causeOf(meanings: readonly LineMeaning[], outcome: LineOutcome): DenialCause | null {
  if (!isAdverse(outcome)) return null
  const speaking = meanings.filter((meaning) => !meaning.alert && meaning.cause !== null)
  const remark = speaking.find((meaning) => meaning.group === null)
  const generic = speaking.find((meaning) => meaning.code === '16' || meaning.code === '96')
  const reason = speaking.find((meaning) => meaning.group !== null && meaning !== generic)
  return (reason ?? (generic ? (remark ?? generic) : remark))?.cause ?? (outcome === 'partly_paid' ? null : 'other')
}

const ACTION_WORDS: Record<NextAction, string> = {
  FIX: 'Correct the claim and send it again',
  INFO: 'Send what the payer asks for',
  APP: 'Appeal',
  BILL: 'Bill the patient',
  WO: 'Write off',
  VER: 'Verify with the payer',
  COB: 'Send to the other plan',
  POST: 'Post, nothing else to do',
  WAIT: 'Wait for the decision',
}
const ACTION_ORDER: readonly NextAction[] = ['WAIT', 'FIX', 'INFO', 'COB', 'VER', 'APP', 'BILL', 'WO', 'POST']

const REMEDIES: readonly NextAction[] = ['FIX', 'INFO', 'APP', 'COB']
/** RARC MA130: the claim was never judged, so a new claim is due and an appeal is not possible. */
export const UNPROCESSABLE = 'MA130'

/** Until when each remedy is open; null: no day is known or one is under way, so it stays open. */
export interface Windows {
  today: IsoDate
  fixUntil: IsoDate | null
  informationUntil: IsoDate | null
  appealUntil: IsoDate | null
}

/** What all plans together leave of a service. */
export interface LeftOfService {
  patientCents: Cents
  openCents: Cents
  /** Of the patient's part: paid at the desk already. */
  atDeskCents?: Cents
  /** A plan's decision stands on it. */
  isDecided?: boolean
  /** A person has settled some of it by hand. */
  isSettled?: boolean
}
/** An EOB within its case: until when it can be changed, and what is left of the service of each of its lines. */
export interface Beside {
  windows: Windows
  left: (lineIndex: number) => LeftOfService
}

function isOpenStill(action: NextAction, windows: Windows | undefined): boolean {
  if (!windows) return true
  const { today, ...until } = windows
  const ends = { FIX: until.fixUntil, INFO: until.informationUntil, APP: until.appealUntil }
  const end = action in ends ? ends[action as keyof typeof ends] : null
  return end === null || today <= end
}

const ADVERSE: readonly LineOutcome[] = ['denied', 'other_payer', 'info_requested', 'partly_paid']
function isAdverse(outcome: LineOutcome): boolean {
  return ADVERSE.includes(outcome)
}

/** True while a correction, papers, an appeal or another plan can still change an adverse decision. */
function hasRemedy(meanings: readonly LineMeaning[], outcome: LineOutcome, windows?: Windows): boolean {
  return (
    isAdverse(outcome) &&
    meanings.some(
      (meaning) =>
        !meaning.alert && meaning.actions.some((action) => REMEDIES.includes(action) && isOpenStill(action, windows)),
    )
  )
}

/** What comes off the books at once: what a contract takes off. Every other reduction waits for a person. */
function writeOffOf(adjustments: readonly Adjustment[]): Cents {
  return sumCents(adjustments.filter(isContract).map((one) => one.cents))
}

/** What adjustments leave to the patient: group PR (RARC MA13), and what the plan paid to the patient. */
function patientOf(adjustments: readonly Adjustment[]): Cents {
  return sumCents(
    adjustments.filter((one) => one.group === 'PR' || one.carc === PAID_TO_PATIENT).map((one) => one.cents),
  )
}

/** Answers that decide nothing: an estimate, a pend, “we have this claim already”. What they say moves no cent. */
const UNDECIDED: readonly LineOutcome[] = ['predetermined', 'pended', 'repeated']
/** Answers after which papers or another payer are waited for: nothing is the patient’s yet. */
const WAITING: readonly LineOutcome[] = ['info_requested', 'other_payer']
/** True for a line that decides something. */
export const isDecision = ({ outcome }: { outcome: LineOutcome }): boolean => !UNDECIDED.includes(outcome)

/**
 * What to do next, the most useful first. A CO denial is not offered for write-off while a remedy is open.
 * @param windows the days after which a remedy is over; without them all stay open
 * @param left what of the service is left in the case; without it the line speaks alone
 */
function adviceOf(
  line: RemittanceLineInput,
  meanings: readonly LineMeaning[],
  outcome: LineOutcome,
  windows?: Windows,
  left?: LeftOfService,
): { action: NextAction; text: string; why: string }[] {
  const adverse = isAdverse(outcome)
  const wanted = new Map<NextAction, string>()
  for (const meaning of meanings) {
    if (meaning.alert) continue
    const label = meaning.group ? `${meaning.group}-${meaning.code}` : meaning.code
    for (const action of meaning.actions)
      if (!wanted.has(action) && isOpenStill(action, windows)) wanted.set(action, `${label}: ${meaning.plain}`)
  }
  if (meanings.some((meaning) => meaning.code === UNPROCESSABLE)) wanted.delete('APP')
  const isSettled = left?.isSettled === true && left.openCents <= 0
  if (isSettled) wanted.clear()
  const open = !isSettled && hasRemedy(meanings, outcome, windows)
  const named = patientOf(line.adjustments)
  const patient = isSettled ? left.patientCents : Math.min(named, left?.patientCents ?? named)
  const atDesk = Math.min(patient, left?.atDeskCents ?? 0)
  const due = patient - atDesk
  if (due <= 0 || open) wanted.delete('BILL')
  if (due > 0 && !open)
    wanted.set(
      'BILL',
      atDesk > 0
        ? `The patient’s: ${formatMoney(patient)}, ${formatMoney(atDesk)} paid at the desk, leaves ${formatMoney(due)}`
        : `The patient’s: ${formatMoney(due)}`,
    )
  else if (atDesk > 0 && !open) wanted.set('POST', `The patient paid ${formatMoney(atDesk)} at the desk`)
  const contract = writeOffOf(line.adjustments)
  if (open) wanted.delete('WO')
  const lost = Math.min(denied(line), left?.openCents ?? Infinity)
  // A remedy there was, and its day has passed: what is left of the payer's share is the office's.
  if (!open && hasRemedy(meanings, outcome) && lost > 0)
    wanted.set('WO', `The time to correct, send documents or appeal is over: ${formatMoney(lost)}`)
  else if (contract > 0 && !isSettled) wanted.set('WO', `By contract: ${formatMoney(contract)}`)
  if (adverse && wanted.size === 0)
    if (isSettled) wanted.set('POST', 'Nothing is left: settled by the office')
    else if (left && left.patientCents <= 0 && left.openCents <= 0)
      wanted.set('POST', 'Nothing is left after all plans')
    else wanted.set('VER', 'The codes do not say what to do next')
  return ACTION_ORDER.filter((action) => wanted.has(action) && !(action === 'POST' && wanted.size > 1)).map(
    (action) => ({ action, text: ACTION_WORDS[action], why: wanted.get(action)! }),
  )
}

/** Denied to the office: neither the contract's ordinary share nor the patient's. */
function denied(line: RemittanceLineInput): Cents {
  const mine = line.adjustments.filter((one) => one.group !== 'PR' && one.group !== 'OA')
  return sumCents(mine.filter((one) => !isOrdinary(one)).map((one) => one.cents))
}

/** One line decided: outcome, balance, shares, words. `atClaim`: what the payer wrote at the claim and at no line. */
export function decideLine(
  tables: ReasonTables,
  id: string,
  line: RemittanceLineInput,
  { windows, left, atClaim = [] }: { windows?: Windows; left?: LeftOfService; atClaim?: readonly Adjustment[] } = {},
): RemittanceLine {
  // A line without a reason of its own was decided by what stands at the claim.
  const isSilent = line.paidCents === 0 && line.adjustments.length === 0
  const reasons = isSilent ? { ...line, adjustments: [...atClaim] } : line
  const meanings = meaningsOf(tables, line)
  const outcome = outcomeOf(reasons, meaningsOf(tables, reasons))
  const isDecided = isDecision({ outcome })
  return {
    ...line,
    id,
    outcome,
    differenceCents: differenceOf(line),
    writeOffCents: isDecided ? writeOffOf(line.adjustments) : 0,
    // Not while papers or another payer may change it.
    patientCents: isDecided && !WAITING.includes(outcome) ? patientOf(line.adjustments) : 0,
    cause: causeOf(meaningsOf(tables, reasons), outcome),
    meanings,
    advice: adviceOf(line, meanings, outcome, windows, left),
  }
}

const SEVERITY: readonly LineOutcome[] = [
  'denied',
  'other_payer',
  'info_requested',
  'pended',
  'reversed',
  'partly_paid',
  'patient_only',
  'paid',
  'repeated',
  'predetermined',
]

/** A whole EOB: its lines, sums and the outcome that needs somebody first. */
export function decideRemittance(
  tables: ReasonTables,
  input: RemittanceInput,
  lineId: (index: number) => string,
  beside?: Beside,
) {
  const atClaim = input.adjustments
  const lines = input.lines.map((line, index) => {
    const within = beside && { windows: beside.windows, left: beside.left(index) }
    return decideLine(tables, lineId(index), line, { ...within, atClaim })
  })
  const worst = SEVERITY.find((candidate) => lines.some((line) => line.outcome === candidate)) ?? 'paid'
  const sum = (pick: (line: RemittanceLine) => Cents) => sumCents(lines.map(pick))
  const { adjustments, paidAtClaimCents } = input
  const paidCents = sum((line) => line.paidCents) + paidAtClaimCents
  // A line that is the patient’s alone, as with a deductible, says nothing of the others.
  const outcome: LineOutcome = worst === 'patient_only' && paidCents > 0 ? 'paid' : worst
  const share = shareAtClaim(adjustments)
  return {
    lines,
    outcome,
    paidCents,
    patientCents: sum((line) => line.patientCents) + share.patientCents,
    writeOffCents: sum((line) => line.writeOffCents) + share.writeOffCents,
    differenceCents:
      sum((line) => line.differenceCents) - sumCents(adjustments.map((one) => one.cents)) - paidAtClaimCents,
  }
}

/** Lines that do not add up, though the payer wrote nothing at the claim that they lack together. */
export function unevenLines<Line extends { differenceCents: Cents }>(
  { adjustments }: Pick<RemittanceInput, 'adjustments'>,
  lines: readonly Line[],
): Line[] {
  const uneven = lines.filter((line) => line.differenceCents !== 0)
  const atClaim = sumCents(adjustments.map((one) => one.cents))
  const isTheirs =
    sumCents(uneven.map((line) => line.differenceCents)) === atClaim &&
    uneven.every((line) => Math.sign(line.differenceCents) === Math.sign(atClaim))
  return isTheirs ? [] : uneven
}

/** What adjustments at the claim leave to the patient and take off by contract. */
export function shareAtClaim(adjustments: readonly Adjustment[]): { patientCents: Cents; writeOffCents: Cents } {
  return { patientCents: patientOf(adjustments), writeOffCents: writeOffOf(adjustments) }
}

/** Expected − paid when it exceeds $1.00 and 2 % of what was expected (domain.md 10), else null. */
export function shortfallOf(expectedPlanCents: Cents | null, paidCents: Cents): Cents | null {
  if (expectedPlanCents === null) return null
  const missing = expectedPlanCents - paidCents
  return missing > Math.max(100, Math.round(expectedPlanCents * 0.02)) ? missing : null
}
