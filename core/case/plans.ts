// The other plans of a claim of ours, each with what it decided on the same services where it pays before this one.
import {
  checkEarlierPlans,
  decisionOn,
  otherCoverages,
  type OtherPlan,
  paysBefore,
  type PlansOfClaim,
} from '../claim/other-plans.ts'
import type { ClaimFinding, OtherCoverage } from '../claim/schema.ts'
import type { CoverageId } from '../ids.ts'
import { type CaseContents, coverageOf, type CoverageOnFile, type StoredClaim } from './contents.ts'
import { type CaseDecisions, standingOfPlan } from './decisions.ts'

/** Our plan and those that the form names beside it, who pays first at the top. */
export function plansOf(
  contents: Pick<CaseContents, 'coverages'>,
  claim: StoredClaim,
  decided: CaseDecisions,
): PlansOfClaim {
  const { form, coverageId } = claim
  const order = coverageOf(contents, coverageId)?.coverage.order ?? 'primary'
  const held = contents.coverages.filter(({ coverage, isRemoved }) => !isRemoved && coverage.id !== coverageId)
  const others = otherCoverages(form).map((coverage): OtherPlan => {
    const known = namedIn(held, coverage)
    const itsOrder = known?.coverage.order ?? (order === 'primary' ? 'secondary' : 'primary')
    return {
      coverage,
      order: itsOrder,
      payerKind: known?.payer.kind ?? 'commercial',
      ...(known && paysBefore(itsOrder, order)
        ? decisionOf(claim, known.coverage.id, decided)
        : { decision: null, waiting: [...claim.lines.keys()], otherCharges: new Map() }),
    }
  })
  return { form, order, others }
}

/** What the plans before ours still have to decide; a void takes its claim back whatever they say. */
export function openDecisions({ frequency, lines }: StoredClaim, plans: PlansOfClaim): ClaimFinding[] {
  return frequency === 'void' ? [] : checkEarlierPlans(plans, lines)
}

/** What was typed by hand names its coverage by the member ID alone. */
function namedIn(held: readonly CoverageOnFile[], named: OtherCoverage): CoverageOnFile | undefined {
  return (
    held.find(({ coverage }) => coverage.id === named.coverageId) ??
    held.find(({ coverage }) => coverage.memberId === named.memberId && coverage.payerName === named.insurer)
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
