// The other plans of a claim of ours, each with what it decided on the same services where it pays before this one.
import { decisionOn, otherCoverages, type OtherPlan, paysBefore, type PlanAnswer } from '#core/claim/other-plans.ts'
import type { OtherCoverage } from '#core/claim/schema.ts'
import type { CoverageId } from '#core/ids.ts'
import type { Coverage, PaymentOrder } from '#core/patient.ts'
import type { ReasonTables } from '#core/remittance/tables.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { getCase } from '#host/case/rows.ts'
import type { StoredClaim } from './rows.ts'
import { type CaseDecisions, loadDecisions, standingOfPlan } from '#host/remittance/decisions.ts'
import { payerOf } from '#host/remittance/remittances.ts'

type Db = Reader | Writer

/** The plans that the form names beside ours, `order` being ours, who pays first at the top. */
export async function otherPlansOf(
  db: Db,
  claim: StoredClaim,
  order: PaymentOrder,
  tables: ReasonTables,
): Promise<OtherPlan[]> {
  const decided = await loadDecisions(db, tables, await getCase(db, claim.caseId))
  const onFile = decided.coverages.filter((one) => one.id !== claim.coverageId)
  const plans: OtherPlan[] = []
  for (const coverage of otherCoverages(claim.form)) {
    const known = coverageOf(coverage, onFile)
    const itsOrder = known?.order ?? (order === 'primary' ? 'secondary' : 'primary')
    plans.push({
      coverage,
      order: itsOrder,
      payerKind: (await payerOf(db, known?.id ?? null))?.kind ?? 'commercial',
      ...(known && paysBefore(itsOrder, order) ? answerOf(claim, known.id, decided) : { decision: null, obstacle: '' }),
    })
  }
  return plans
}

/** What was typed by hand names its coverage by the member id alone. */
function coverageOf(named: OtherCoverage, onFile: readonly Coverage[]): Coverage | undefined {
  return (
    onFile.find((one) => one.id === named.coverageId) ??
    onFile.find((one) => one.memberId === named.memberId && one.payerName === named.insurer)
  )
}

/** What of a plan's decisions stands on the services of our claim. */
function answerOf(claim: StoredClaim, coverageId: CoverageId, decided: CaseDecisions): PlanAnswer {
  const { decisions, replacedClaimIds, claims } = decided
  const own = decisions.filter((one) => one.coverageId === coverageId && !replacedClaimIds.includes(one.claimId))
  const numbers = own.map(
    (one) => one.payerClaimNumber || claims.find(({ id }) => id === one.claimId)!.payerClaimNumber,
  )
  return decisionOn(
    claim.lines.map((line) => ({
      service: line.lineId ?? '',
      code: line.code,
      chargeCents: line.feeCents * line.quantity,
      units: line.quantity,
    })),
    standingOfPlan(decided, coverageId),
    numbers.filter(Boolean).at(-1) ?? '',
  )
}
