// An EOB beside what was decided before it: what a person looks at before it counts.
import { caseMoney } from '#core/case/money.ts'
import { formatDate, type Instant } from '#core/dates.ts'
import type { RemittanceId } from '#core/ids.ts'
import { type Cents, formatMoney, sumCents } from '#core/money.ts'
import { type decideRemittance, isDecision } from '#core/remittance/outcome.ts'
import type { Remittance, RemittanceInput, RemittanceLine } from '#core/remittance/schema.ts'
import { movesMoney } from '#core/remittance/standing.ts'
import type { ReasonTables } from '#core/remittance/tables.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { getCase } from '#host/case/rows.ts'
import type { StoredClaim } from '#host/claim/rows.ts'
import { type CaseDecisions, loadDecisions, serviceOf, standingOfPlan, withDecision } from './decisions.ts'

/** Sorts behind every id there is: an EOB about to be posted is the newest. */
const NEWEST = 'ffffffff-ffff-7fff-bfff-ffffffffffff' as RemittanceId

/** Why a person looks first, in words; null when the EOB goes with what stands. `decided`: what it decides by itself. */
export async function doubtAbout(
  db: Reader | Writer,
  tables: ReasonTables,
  claim: StoredClaim,
  input: RemittanceInput,
  decided: ReturnType<typeof decideRemittance>,
): Promise<string | null> {
  // “We have this claim already”, “it is under review”: kept, and nothing is decided anew.
  if (!decided.lines.some(isDecision)) return null
  const foreign = decided.lines.filter(
    (line) => line.claimLineId === null && (line.billedCents !== 0 || line.paidCents !== 0),
  )
  if (foreign.length > 0) return strangeIn(claim, foreign)
  const before = await loadDecisions(db, tables, await getCase(db, claim.caseId))
  const stamp = { id: NEWEST, expectedPlanCents: null, shortfallCents: null, enteredBy: '', enteredAt: '' as Instant }
  const after = withDecision(before, { ...input, ...decided, ...stamp })
  const { services, atClaims, unclear } = standingOfPlan(before, claim.coverageId)
  const [torn] = standingOfPlan(after, claim.coverageId).unclear.slice(unclear.length)
  if (torn)
    return `It decides a part of what an earlier EOB decided as a whole: ${formatMoney(sumCents(torn.adjustments.map((one) => one.cents)))} there cannot be divided among the lines. Ask the payer what of it still holds.`
  const posted = before.remittances.filter((one) => one.claimId === claim.id)
  const billedCents = sumCents(input.lines.map((line) => line.billedCents))
  if (billedCents < 0) {
    const billed = sumCents(posted.flatMap((one) => one.lines.map((line) => line.billedCents)))
    const paid = sumCents(posted.map((one) => one.paidCents))
    return billed + billedCents < 0 || paid + decided.paidCents < 0
      ? `It takes back more than the EOBs of claim ${claim.number} say.`
      : null
  }
  const twin = posted.find((one) => isSame(one, input, decided.paidCents))
  if (twin) return `An EOB like this one is posted already: ${formatDate(twin.eobDate)}, number ${twin.paymentNumber}.`
  const own = claim.lines.map(serviceOf)
  const parts = own.flatMap((service) => services.get(service) ?? [])
  const shares = atClaims.filter((share) => share.services.some((service) => own.includes(service)))
  const { outcome, paidCents, patientCents } = decided
  const isDenial = outcome === 'denied' && paidCents === 0 && patientCents === 0
  if (isDenial && billedCents >= claim.totalCents && movesMoney(parts, shares))
    return `Claim ${claim.number} was decided on ${formatDate(parts.at(-1)!.on)}, and a denial alone does not undo that. If the payer does, take that EOB back first.`
  const cents = excessOf(after) - excessOf(before)
  return cents > 0 ? `It pays or takes off ${formatMoney(cents)} more than is charged.` : null
}

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
    posted.payerClaimNumber === input.payerClaimNumber
  )
}

const excessOf = (decided: CaseDecisions) => caseMoney({ feeCents: 0, expectedPlanCents: null, ...decided }).excessCents
