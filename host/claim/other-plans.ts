// The other plans of a claim of ours, each with what it decided on the same services where it pays before this one.
import {
  checkEarlierPlans,
  decisionOn,
  otherCoverages,
  type OtherPlan,
  paysBefore,
  type PlansOfClaim,
} from '#core/claim/other-plans.ts'
import type { ClaimFinding, OtherCoverage } from '#core/claim/schema.ts'
import type { CoverageId } from '#core/ids.ts'
import type { Coverage } from '#core/patient.ts'
import type { ReasonTables } from '#core/remittance/tables.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { getCase } from '#host/case/rows.ts'
import type { StoredClaim } from './rows.ts'
import { listCoverages } from '#host/patient/rows.ts'
import { type CaseDecisions, loadDecisions, standingOfPlan } from '#host/remittance/decisions.ts'
import { payerOf } from '#host/remittance/remittances.ts'

type Db = Reader | Writer

/** Our plan and those that the form names beside it, who pays first at the top. */
export async function plansOf(db: Db, claim: StoredClaim, tables: ReasonTables): Promise<PlansOfClaim> {
  const { form, coverageId } = claim
  const own = coverageId === null ? undefined : (await listCoverages(db, { id: coverageId }))[0]
  const order = own?.order ?? 'primary'
  const named = otherCoverages(form)
  const others: OtherPlan[] = []
  if (named.length === 0) return { form, order, others }
  const decided = await loadDecisions(db, tables, await getCase(db, claim.caseId))
  const onFile = decided.coverages.filter((one) => one.id !== coverageId)
  for (const coverage of named) {
    const known = coverageOf(coverage, onFile)
    const itsOrder = known?.order ?? (order === 'primary' ? 'secondary' : 'primary')
    others.push({
      coverage,
      order: itsOrder,
      payerKind: (await payerOf(db, known?.id ?? null))?.kind ?? 'commercial',
      ...(known && paysBefore(itsOrder, order)
        ? decisionOf(claim, known.id, decided)
        : { decision: null, waiting: [...claim.lines.keys()], otherCharges: new Map() }),
    })
  }
  return { form, order, others }
}

/** What the plans before ours still have to decide; a void takes its claim back whatever they say. */
export function openDecisions({ frequency, lines }: StoredClaim, plans: PlansOfClaim): ClaimFinding[] {
  return frequency === 'void' ? [] : checkEarlierPlans(plans, lines)
}

/** What was typed by hand names its coverage by the member id alone. */
function coverageOf(named: OtherCoverage, onFile: readonly Coverage[]): Coverage | undefined {
  return (
    onFile.find((one) => one.id === named.coverageId) ??
    onFile.find((one) => one.memberId === named.memberId && one.payerName === named.insurer)
  )
}

/** What of a plan's decisions stands on the services of our claim. */
function decisionOf(claim: StoredClaim, coverageId: CoverageId, decided: CaseDecisions) {
  const { decisions, replacedClaimIds, claims } = decided
  const own = decisions.filter((one) => one.coverageId === coverageId && !replacedClaimIds.includes(one.claimId))
  const numbers = own.map(
    (one) => one.payerClaimNumber || claims.find(({ id }) => id === one.claimId)!.payerClaimNumber,
  )
  return decisionOn(
    claim.lines.map((line) => ({
      service: line.lineId ?? '',
      chargeCents: line.feeCents * line.quantity,
      units: line.quantity,
    })),
    standingOfPlan(decided, coverageId),
    numbers.filter(Boolean).at(-1) ?? '',
  )
}
