// An EOB beside what was decided before it: what a person looks at before it counts.
import { caseMoney } from '#core/case/money.ts'
import { formatDate, type Instant } from '#core/dates.ts'
import type { RemittanceId } from '#core/ids.ts'
import { formatMoney, sumCents } from '#core/money.ts'
import { decideRemittance } from '#core/remittance/outcome.ts'
import type { RemittanceInput } from '#core/remittance/schema.ts'
import { isDecision } from '#core/remittance/standing.ts'
import type { ReasonTables } from '#core/remittance/tables.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { getCase } from '#db/repos/case.ts'
import type { StoredClaim } from '#db/repos/claim.ts'
import { isDecided } from '#db/repos/remittance.ts'
import { type CaseDecisions, loadDecisions, withDecision } from './case-decisions.ts'

/** Sorts behind every id there is: an EOB about to be posted is the newest. */
const NEWEST = 'ffffffff-ffff-7fff-bfff-ffffffffffff' as RemittanceId

/** Why a person looks first, in words; null when the EOB goes with what stands. */
export async function doubtAbout(
  db: Reader | Writer,
  tables: ReasonTables,
  claim: StoredClaim,
  input: RemittanceInput,
): Promise<string | null> {
  const decided = decideRemittance(tables, input, () => NEWEST)
  const { paidCents, writeOffCents, patientCents, outcome, lines } = decided
  const billedCents = sumCents(lines.map((line) => line.billedCents))
  // “We have this claim already”, “it is under review”: kept, and nothing is decided anew.
  if (!lines.some(isDecision)) return null
  if (!(await isDecided(db, claim.caseId))) return excess(paidCents + writeOffCents + patientCents - billedCents)
  const stamp = { id: NEWEST, expectedPlanCents: null, shortfallCents: null, enteredBy: '', enteredAt: '' as Instant }
  const before = await loadDecisions(db, tables, await getCase(db, claim.caseId))
  const settled = before.decisions
    .filter((one) => one.claimId === claim.id && (one.patientCents !== 0 || one.writeOffCents !== 0))
    .at(-1)
  const movesMoney = paidCents !== 0 || writeOffCents !== 0 || patientCents !== 0
  if (outcome === 'denied' && !movesMoney && settled)
    return `Claim ${claim.number} was decided on ${formatDate(settled.eobDate)}, and a denial alone does not undo that. If the payer does, take that EOB back first.`
  return excess(excessOf(withDecision(before, { ...input, ...decided, ...stamp })) - excessOf(before))
}

const excessOf = (decided: CaseDecisions) => caseMoney({ feeCents: 0, expectedPlanCents: null, ...decided }).excessCents

function excess(cents: number): string | null {
  return cents > 0 ? `It pays or takes off ${formatMoney(cents)} more than is charged.` : null
}
