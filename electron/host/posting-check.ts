// An EOB beside what was decided before it: what a person looks at before it counts.
import { caseMoney } from '#core/case/money.ts'
import { formatDate, type Instant } from '#core/dates.ts'
import type { RemittanceId } from '#core/ids.ts'
import { formatMoney } from '#core/money.ts'
import { type decideRemittance, isDecision } from '#core/remittance/outcome.ts'
import type { RemittanceInput } from '#core/remittance/schema.ts'
import { movesMoney } from '#core/remittance/standing.ts'
import type { ReasonTables } from '#core/remittance/tables.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { getCase } from '#db/repos/case.ts'
import type { StoredClaim } from '#db/repos/claim.ts'
import { type CaseDecisions, loadDecisions, serviceOf, standingOfPlan, withDecision } from './case-decisions.ts'

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
  const before = await loadDecisions(db, tables, await getCase(db, claim.caseId))
  const { services, atClaims } = standingOfPlan(before, claim.coverageId)
  const own = claim.lines.map(serviceOf)
  const parts = own.flatMap((service) => services.get(service) ?? [])
  const shares = atClaims.filter((share) => share.services.some((service) => own.includes(service)))
  const amounts = [decided.paidCents, decided.writeOffCents, decided.patientCents]
  if (decided.outcome === 'denied' && amounts.every((cents) => cents === 0) && movesMoney(parts, shares))
    return `Claim ${claim.number} was decided on ${formatDate(parts.at(-1)!.on)}, and a denial alone does not undo that. If the payer does, take that EOB back first.`
  const stamp = { id: NEWEST, expectedPlanCents: null, shortfallCents: null, enteredBy: '', enteredAt: '' as Instant }
  const after = withDecision(before, { ...input, ...decided, ...stamp })
  const cents = excessOf(after) - excessOf(before)
  return cents > 0 ? `It pays or takes off ${formatMoney(cents)} more than is charged.` : null
}

const excessOf = (decided: CaseDecisions) => caseMoney({ feeCents: 0, expectedPlanCents: null, ...decided }).excessCents
