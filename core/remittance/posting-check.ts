// An EOB beside what was decided before it: what a person looks at before it counts.
import type { CaseContents, StoredClaim } from '../case/contents.ts'
import { type CaseDecisions, decisionsOf, serviceOf, standingOfPlan } from '../case/decisions.ts'
import { caseMoney } from '../case/case-money.ts'
import { formatDate, type IsoDate, latestOf } from '../dates.ts'
import type { ClaimId } from '../ids.ts'
import { type Cents, formatMoney, sumCents } from '../money.ts'
import type { EraClaim } from '../x12/era-schema.ts'
import { type FromEra, REVERSAL } from './from-era.ts'
import { asPosted } from './in-case.ts'
import { decideRemittance, isDecision, unevenLines } from './outcome.ts'
import type { Adjustment, Remittance, RemittanceInput, RemittanceLine } from './schema.ts'
import { movesMoney, takenBackBy } from './standing.ts'
import type { ReasonTables } from './tables.ts'

/** Why a person looks first, in words; null when the EOB goes with what stands. `decided`: what it decides by itself. */
export function doubtAbout(
  contents: CaseContents,
  tables: ReasonTables,
  claim: StoredClaim,
  input: RemittanceInput,
  decided: ReturnType<typeof decideRemittance>,
): string | null {
  // “We have this claim already”, “it is under review”: kept, and nothing is decided anew.
  if (!decided.lines.some(isDecision)) return null
  const reasons = [...input.adjustments, ...input.lines.flatMap((line) => line.adjustments)]
  if (reasons.some(({ carc, cents }) => carc === INTEREST && cents !== 0))
    return 'Reason 225 is interest: it belongs to the check and to no service. Enter it as interest.'
  const foreign = decided.lines.filter(
    (line) => line.claimLineId === null && (line.billedCents !== 0 || line.paidCents !== 0),
  )
  if (foreign.length > 0) return strangeIn(claim, foreign)
  const before = decisionsOf(contents, tables)
  const { after } = asPosted(before, input, decided)
  const { services, atClaims, unclear } = standingOfPlan(before, claim.coverageId)
  const [torn] = standingOfPlan(after, claim.coverageId).unclear.slice(unclear.length)
  if (torn)
    return `It decides a part of what an earlier EOB decided as a whole: ${formatMoney(sumCents(torn.adjustments.map((one) => one.cents)))} there cannot be divided among the lines. Ask the payer what of it still holds.`
  const posted = before.remittances.filter((one) => one.claimId === claim.id)
  const billedCents = sumCents(input.lines.map((line) => line.billedCents))
  if (billedCents < 0) {
    const billed = sumCents(posted.flatMap((one) => one.lines.map((line) => line.billedCents)))
    const paid = sumCents(posted.map((one) => one.paidCents))
    if (billed + billedCents < 0 || paid + decided.paidCents < 0)
      return `It reverses more than the EOBs of claim ${claim.number} say.`
    const own = after.decisions.filter((one) => one.claimId === claim.id)
    const reversal = own.find((one) => !posted.some(({ id }) => id === one.id))!
    return takenBackBy(own).has(reversal) || takesBackServices(reversal, services)
      ? null
      : `It reverses ${formatMoney(-decided.paidCents)}, and no EOB of claim ${claim.number} says that it was paid.`
  }
  const twin = posted.find((one) => isSame(one, input, decided.paidCents))
  if (twin) return `An EOB like this one is posted already: ${formatDate(twin.eobDate)}, number ${twin.paymentNumber}.`
  const own = claim.lines.map(serviceOf)
  const parts = own.flatMap((service) => services.get(service) ?? [])
  const shares = atClaims.filter((share) => share.services.some((service) => own.includes(service)))
  const { outcome, paidCents, patientCents } = decided
  const isDenial = outcome === 'denied' && paidCents === 0 && patientCents === 0
  if (isDenial && billedCents >= claim.totalCents && movesMoney(parts, shares))
    return `Claim ${claim.number} was decided on ${formatDate(parts.at(-1)!.on)}, and a denial alone does not undo that. If the payer does, undo that EOB first.`
  const beyond = beyondCharge(claim, decided.lines)
  if (beyond) return beyond
  const over = paidCents + decided.writeOffCents + patientCents - billedCents
  // What does not add up is refused with its difference.
  if (over > 0 && decided.differenceCents === 0)
    return `It pays, writes off and leaves to the patient ${formatMoney(over)} more than is charged.${reasonsBelow(reasons)}`
  const cents = excessOf(after) - excessOf(before)
  return cents > 0 ? `It pays or writes off ${formatMoney(cents)} more than is charged.` : null
}

/** Whether a reversal takes back what stands of each of its services, as charged and as paid. */
function takesBackServices(
  { lines, paidAtClaimCents }: CaseDecisions['decisions'][number],
  services: ReturnType<typeof standingOfPlan>['services'],
): boolean {
  return (
    paidAtClaimCents === 0 &&
    lines.every(({ service }) => {
      const both = [...lines.filter((line) => line.service === service), ...(services.get(service) ?? [])]
      return sumCents(both.map((one) => one.billedCents)) === 0 && sumCents(both.map((one) => one.paidCents)) === 0
    })
  )
}

/** A service that is decided for more than the claim charges: the payer put several into one. */
function beyondCharge({ number, lines }: StoredClaim, decided: readonly RemittanceLine[]): string | null {
  for (const line of lines) {
    const own = decided.filter((one) => one.claimLineId === line.id)
    const billedCents = sumCents(own.map((one) => one.billedCents))
    const chargeCents = line.feeCents * line.quantity
    if (billedCents <= chargeCents) continue
    const missing = lines.filter(({ id }) => !decided.some((one) => one.claimLineId === id)).map(({ code }) => code)
    const put = missing.length > 0 ? ` ${missing.join(', ')} is not on it: the payer may have put them together.` : ''
    return `It decides ${formatMoney(billedCents)} for ${line.code}, and claim ${number} charges ${formatMoney(chargeCents)}.${put}`
  }
  return null
}

/** Reasons that raise what is paid, as an incentive does. */
function reasonsBelow(reasons: readonly Adjustment[]): string {
  const raising = reasons.filter((one) => one.cents < 0)
  return raising.map(({ group, carc, cents }) => ` ${group}-${carc} adds ${formatMoney(-cents)}.`).join('')
}

/** Interest or a penalty that the payer pays (X12 CARC list): meant for reports between plans, and never part of a service. */
const INTEREST = '225'

/** Services that are none of the claim's, or more or other charges of one that is. */
function strangeIn({ number, lines }: StoredClaim, foreign: readonly RemittanceLine[]): string {
  const isOurs = ({ code, submittedCode }: RemittanceLine) =>
    lines.some((one) => [code, submittedCode].includes(one.code))
  const codesOf = (some: readonly RemittanceLine[]) => [...new Set(some.map((line) => line.code))].join(', ')
  const others = foreign.filter((line) => !isOurs(line))
  return others.length > 0
    ? `${codesOf(others)} is not on claim ${number}.`
    : `${codesOf(foreign)} is on claim ${number}, but no line of it is left that this could be: its charge or its count differs.`
}

/** The same payment with the same sums, as when a file is typed in once more. */
function isSame(posted: Remittance, input: RemittanceInput, paidCents: Cents): boolean {
  const billed = (lines: readonly { billedCents: Cents }[]) => sumCents(lines.map((line) => line.billedCents))
  return (
    posted.paymentNumber !== '' &&
    posted.paymentNumber === input.paymentNumber &&
    posted.eobDate === input.eobDate &&
    posted.paidCents === paidCents &&
    billed(posted.lines) === billed(input.lines) &&
    posted.payerClaimNumber === input.payerClaimNumber &&
    // Notices that pay nothing share their number (“0”, NONPAYMENT): they are told apart by their reasons.
    (paidCents !== 0 || reasonsOf(posted) === reasonsOf(input))
  )
}

const reasonsOf = ({ adjustments, lines }: Pick<RemittanceInput, 'adjustments' | 'lines'>) =>
  [...adjustments, ...lines.flatMap((line) => line.adjustments)]
    .map(({ group, carc, cents }) => `${group}-${carc} ${cents}`)
    .sort()
    .join()

const excessOf = (decided: CaseDecisions) => caseMoney({ feeCents: 0, expectedPlanCents: null, ...decided }).excessCents

/** What the decisions that stand say of a claim: charged and paid together, and the day of the last one. */
function decidedOn(
  contents: CaseContents,
  tables: ReasonTables,
  claimId: ClaimId,
): { billedCents: Cents; paidCents: Cents; on: IsoDate | null } {
  const posted = decisionsOf(contents, tables).remittances.filter((one) => one.claimId === claimId)
  const lines = posted.flatMap((one) => one.lines)
  return {
    // A line that is under review is still to be decided.
    billedCents: sumCents(lines.filter(isDecision).map((line) => line.billedCents)),
    paidCents: sumCents(posted.map((one) => one.paidCents)),
    on: latestOf(posted.map((one) => one.eobDate)) ?? null,
  }
}

/** A decision of a remittance file on a claim of ours, and what its payment says besides. */
export interface EraDecision {
  era: EraClaim
  claim: StoredClaim
  made: FromEra
  /** What the payment does not explain; null where it cannot be read. */
  paymentDifferenceCents: Cents | null
  isDebit: boolean
  /** What is charged in claims of the same payment that are posted on this claim. */
  postedCents: Cents
}

/** What a person has to look at before a decision of a file counts; null when nothing speaks against it. */
export function doubtAboutEra(
  contents: CaseContents,
  tables: ReasonTables,
  { era, claim, made, ...payment }: EraDecision,
): string | null {
  const { differenceCents, patientCents, chargeCents } = era
  if (differenceCents !== 0 && differenceCents !== null)
    return `It does not add up: ${formatMoney(differenceCents)} unexplained.`
  if (payment.paymentDifferenceCents !== 0) return 'Its payment does not add up: compare it with the deposit.'
  if (payment.isDebit)
    return 'The payer marks this payment as a debit: it says that money is drawn from an account, not sent. Ask which way the money goes.'
  const decided = 'input' in made ? decideRemittance(tables, made.input, () => '') : null
  if (decided && !decided.lines.some(isDecision)) return null
  const [uneven] = 'input' in made && decided ? unevenLines(made.input, decided.lines) : []
  if (uneven)
    return `Its line ${uneven.code} does not add up, though the claim does: ${formatMoney(uneven.differenceCents)} unexplained.`
  const before = decidedOn(contents, tables, claim.id)
  // What is taken back was seen when it was posted.
  const further = () =>
    'input' in made && decided ? (made.doubt ?? doubtAbout(contents, tables, claim, made.input, decided)) : null
  if (era.status === REVERSAL)
    return before.on === null ? `The decision on ${claim.number} that it reverses is not recorded here.` : further()
  const charge = chargeCents ?? 0
  const { number, totalCents } = claim
  if (payment.postedCents > 0 && payment.postedCents + charge > totalCents)
    return `This payment decides claim ${number} twice.`
  if (charge > totalCents)
    return `It decides ${formatMoney(charge)}, but claim ${number} charges ${formatMoney(totalCents)}.`
  if (before.paidCents > 0 && before.billedCents + charge > totalCents)
    return `Claim ${number} was paid before: ${formatMoney(before.paidCents)}, last on ${formatDate(before.on!)}.`
  const adjustments = [...era.adjustments, ...era.lines.flatMap((line) => line.adjustments)]
  const patient = sumCents(adjustments.filter((one) => one.group === 'PR').map((one) => one.cents ?? 0))
  if (patientCents !== null && patientCents !== 0 && patientCents !== patient)
    return `The payer names ${formatMoney(patientCents)} as the patient’s, its PR amounts are ${formatMoney(patient)}.`
  return further()
}
